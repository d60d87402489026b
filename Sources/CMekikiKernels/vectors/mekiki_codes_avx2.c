#include "mekiki_codes.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define MEKIKI_AVX2 __attribute__((target("avx2,fma,f16c")))

/* The set bits of each byte, from a table of half bytes. */
MEKIKI_AVX2 static inline __m256i byte_counts(__m256i bits) {
    const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1,
                                           2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i low = _mm256_set1_epi8(0x0f);
    __m256i lower = _mm256_shuffle_epi8(table, _mm256_and_si256(bits, low));
    __m256i upper = _mm256_and_si256(_mm256_srli_epi16(bits, 4), low);
    return _mm256_add_epi8(lower, _mm256_shuffle_epi8(table, upper));
}

/* The sums of a block's 32 vectors. */
MEKIKI_AVX2 static inline void block_sums(const uint64_t *block, size_t words,
                                          const uint64_t *planes, uint32_t *sums) {
    const __m256i zero = _mm256_setzero_si256();
    __m256i sum[8];
    for (int g = 0; g < 8; g++) sum[g] = zero;
    for (size_t w = 0; w < words; w++) {
        const uint64_t *row = block + w * MEKIKI_CODE_BLOCK;
        __m256i plane[4];
        for (int p = 0; p < 4; p++) {
            plane[p] = _mm256_set1_epi64x((long long)planes[w * 4 + (size_t)p]);
        }
        for (int g = 0; g < 8; g++) {
            __m256i code = _mm256_loadu_si256((const __m256i *)(row + 4 * g));
            /* From the highest plane down, doubling: at most 8 * 15 = 120, which a byte holds. */
            __m256i count = byte_counts(_mm256_and_si256(code, plane[3]));
            for (int p = 2; p >= 0; p--) {
                count = _mm256_add_epi8(_mm256_add_epi8(count, count),
                                        byte_counts(_mm256_and_si256(code, plane[p])));
            }
            sum[g] = _mm256_add_epi64(sum[g], _mm256_sad_epu8(count, zero));
        }
    }
    for (int g = 0; g < 8; g++) {
        uint64_t lanes[4];
        _mm256_storeu_si256((__m256i *)lanes, sum[g]);
        for (int v = 0; v < 4; v++) sums[4 * g + v] = (uint32_t)lanes[v];
    }
}

MEKIKI_AVX2 static inline __m256 halves(const uint16_t *source) {
    return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)source));
}

MEKIKI_AVX2 size_t mekiki_code_scan_avx2(const uint64_t *blocks, size_t count, size_t words,
                                         const mekiki_code_query_t *query,
                                         const uint32_t *admitted, float threshold, uint32_t *rows,
                                         float *estimates, float *uppers) {
    const __m256 base = _mm256_set1_ps(query->base), share = _mm256_set1_ps(query->share);
    const __m256 scale = _mm256_set1_ps(query->scale), tilt = _mm256_set1_ps(query->tilt);
    const __m256 shift = _mm256_set1_ps(query->shift), reach = _mm256_set1_ps(query->reach);
    const __m256 least = _mm256_set1_ps(threshold);
    size_t found = 0;
    for (size_t b = 0; b < count; b++) {
        if (admitted[b] == 0) continue;
        const uint64_t *block = blocks + b * MEKIKI_CODE_BLOCK_WORDS(words);
        const uint16_t *factors = (const uint16_t *)(block + words * MEKIKI_CODE_BLOCK);
        uint32_t sums[MEKIKI_CODE_BLOCK];
        block_sums(block, words, query->planes, sums);
        for (size_t g = 0; g < MEKIKI_CODE_BLOCK; g += 8) {
            const uint16_t *own = factors + g;
            __m128i counts = _mm_loadu_si128((const __m128i *)(own + 96));
            __m256 ones = _mm256_cvtepi32_ps(_mm256_cvtepu16_epi32(counts));
            __m256 sum = _mm256_cvtepi32_ps(_mm256_loadu_si256((const __m256i *)(sums + g)));
            __m256 signs = _mm256_fmadd_ps(scale, sum, _mm256_fmadd_ps(tilt, ones, shift));
            __m256 rest = _mm256_fmadd_ps(share, halves(own + 32), base);
            __m256 estimate = _mm256_fmadd_ps(halves(own), signs, rest);
            __m256 upper = _mm256_fmadd_ps(reach, halves(own + 64), estimate);
            unsigned near =
                (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(upper, least, _CMP_GE_OQ));
            near &= admitted[b] >> g;
            if (near == 0) continue;
            float estimated[8], reached[8];
            _mm256_storeu_ps(estimated, estimate);
            _mm256_storeu_ps(reached, upper);
            for (; near != 0; near &= near - 1) {
                unsigned v = (unsigned)__builtin_ctz(near);
                rows[found] = (uint32_t)(b * MEKIKI_CODE_BLOCK + g + v);
                estimates[found] = estimated[v];
                uppers[found] = reached[v];
                found++;
            }
        }
    }
    return found;
}

#endif
