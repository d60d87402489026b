#include "mekiki_codes.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define MEKIKI_AVX2 __attribute__((target("avx2")))

/* The set bits of each byte, from a table of half bytes. */
MEKIKI_AVX2 static inline __m256i byte_counts(__m256i bits) {
    const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1,
                                           2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i low = _mm256_set1_epi8(0x0f);
    __m256i lower = _mm256_shuffle_epi8(table, _mm256_and_si256(bits, low));
    __m256i upper = _mm256_and_si256(_mm256_srli_epi16(bits, 4), low);
    return _mm256_add_epi8(lower, _mm256_shuffle_epi8(table, upper));
}

MEKIKI_AVX2 void mekiki_code_sums_avx2(const uint64_t *codes, size_t blocks, size_t words,
                                       const uint64_t *planes, uint32_t *sums) {
    const __m256i zero = _mm256_setzero_si256();
    for (size_t b = 0; b < blocks; b++) {
        __m256i sum[8];
        for (int g = 0; g < 8; g++) sum[g] = zero;
        for (size_t w = 0; w < words; w++) {
            const uint64_t *row = codes + (b * words + w) * MEKIKI_CODE_BLOCK;
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
            for (int v = 0; v < 4; v++) {
                sums[b * MEKIKI_CODE_BLOCK + (size_t)(4 * g + v)] = (uint32_t)lanes[v];
            }
        }
    }
}

#endif
