#include "mekiki_codes.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define MEKIKI_VPOPCNT \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vpopcntdq")))

/* Blocks that are asked for ahead: the processor's own prefetching ends with each page. */
#define MEKIKI_CODE_AHEAD 2

MEKIKI_VPOPCNT static inline __m512i counted(__m512i sum, __m512i code, __m512i plane) {
    return _mm512_add_epi64(sum, _mm512_popcnt_epi64(_mm512_and_si512(code, plane)));
}

/* The sums of a block's 32 vectors, 16 a register. */
MEKIKI_VPOPCNT static inline void block_sums(const uint64_t *block, size_t words,
                                             const uint64_t *planes, __m512i sums[2]) {
    /* A sum for each plane and each eight vectors: 16 registers, and none waits for another. */
    __m512i sum[4][4];
    for (int p = 0; p < 4; p++) {
        for (int g = 0; g < 4; g++) sum[p][g] = _mm512_setzero_si512();
    }
    const char *ahead = (const char *)(block + MEKIKI_CODE_AHEAD * MEKIKI_CODE_BLOCK_WORDS(words));
    for (size_t w = 0; w < words; w++) {
        const uint64_t *row = block + w * MEKIKI_CODE_BLOCK;
        __m512i code[4];
        for (int g = 0; g < 4; g++) {
            _mm_prefetch(ahead + (w * 4 + (size_t)g) * 64, _MM_HINT_T0);
            code[g] = _mm512_loadu_si512(row + 8 * g);
        }
        for (int p = 0; p < 4; p++) {
            __m512i plane = _mm512_set1_epi64((long long)planes[w * 4 + (size_t)p]);
            for (int g = 0; g < 4; g++) sum[p][g] = counted(sum[p][g], code[g], plane);
        }
    }
    for (int g = 0; g < 4; g++) {
        _mm_prefetch(ahead + (words * 4 + (size_t)g) * 64, _MM_HINT_T0);
        __m512i low = _mm512_add_epi64(sum[0][g], _mm512_slli_epi64(sum[1][g], 1));
        __m512i high = _mm512_add_epi64(sum[2][g], _mm512_slli_epi64(sum[3][g], 1));
        sum[0][g] = _mm512_add_epi64(low, _mm512_slli_epi64(high, 2));
    }
    for (int h = 0; h < 2; h++) {
        __m256i low = _mm512_cvtepi64_epi32(sum[0][2 * h]);
        __m256i high = _mm512_cvtepi64_epi32(sum[0][2 * h + 1]);
        sums[h] = _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
    }
}

MEKIKI_VPOPCNT static inline __m512 halves(const uint16_t *source) {
    return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)source));
}

MEKIKI_VPOPCNT size_t mekiki_code_scan_avx512(const uint64_t *blocks, size_t count, size_t words,
                                              const mekiki_code_query_t *query,
                                              const uint32_t *admitted, float threshold,
                                              uint32_t *rows, float *estimates, float *uppers) {
    const __m512 base = _mm512_set1_ps(query->base), share = _mm512_set1_ps(query->share);
    const __m512 scale = _mm512_set1_ps(query->scale), tilt = _mm512_set1_ps(query->tilt);
    const __m512 shift = _mm512_set1_ps(query->shift), reach = _mm512_set1_ps(query->reach);
    const __m512 least = _mm512_set1_ps(threshold);
    const __m512i lanes =
        _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    size_t found = 0;
    for (size_t b = 0; b < count; b++) {
        if (admitted[b] == 0) continue;
        const uint64_t *block = blocks + b * MEKIKI_CODE_BLOCK_WORDS(words);
        const uint16_t *factors = (const uint16_t *)(block + words * MEKIKI_CODE_BLOCK);
        __m512i sums[2];
        block_sums(block, words, query->planes, sums);
        for (int h = 0; h < 2; h++) {
            const uint16_t *own = factors + 16 * h;
            __m256i counts = _mm256_loadu_si256((const __m256i *)(own + 96));
            __m512 ones = _mm512_cvtepi32_ps(_mm512_cvtepu16_epi32(counts));
            __m512 signs = _mm512_fmadd_ps(scale, _mm512_cvtepi32_ps(sums[h]),
                                           _mm512_fmadd_ps(tilt, ones, shift));
            __m512 rest = _mm512_fmadd_ps(share, halves(own + 32), base);
            __m512 estimate = _mm512_fmadd_ps(halves(own), signs, rest);
            __m512 upper = _mm512_fmadd_ps(reach, halves(own + 64), estimate);
            __mmask16 near = _mm512_mask_cmp_ps_mask((__mmask16)(admitted[b] >> (16 * h)), upper,
                                                     least, _CMP_GE_OQ);
            if (near == 0) continue;
            __m512i row = _mm512_add_epi32(
                lanes, _mm512_set1_epi32((int)(b * MEKIKI_CODE_BLOCK) + 16 * h));
            /* Whole registers, because storing part of one is slow on some processors. */
            _mm512_storeu_si512(rows + found, _mm512_maskz_compress_epi32(near, row));
            _mm512_storeu_ps(estimates + found, _mm512_maskz_compress_ps(near, estimate));
            _mm512_storeu_ps(uppers + found, _mm512_maskz_compress_ps(near, upper));
            found += (size_t)__builtin_popcount(near);
        }
    }
    return found;
}

#endif
