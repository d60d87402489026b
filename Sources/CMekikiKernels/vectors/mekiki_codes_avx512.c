#include "mekiki_codes.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define MEKIKI_VPOPCNT __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vpopcntdq")))

MEKIKI_VPOPCNT static inline __m512i counted(__m512i sum, __m512i code, __m512i plane) {
    return _mm512_add_epi64(sum, _mm512_popcnt_epi64(_mm512_and_si512(code, plane)));
}

MEKIKI_VPOPCNT void mekiki_code_sums_avx512(const uint64_t *codes, size_t blocks, size_t words,
                                            const uint64_t *planes, uint32_t *sums) {
    for (size_t b = 0; b < blocks; b++) {
        /* A sum for each plane and each eight vectors: 16 registers, and none waits for another. */
        __m512i sum[4][4];
        for (int p = 0; p < 4; p++) {
            for (int g = 0; g < 4; g++) sum[p][g] = _mm512_setzero_si512();
        }
        for (size_t w = 0; w < words; w++) {
            const uint64_t *row = codes + (b * words + w) * MEKIKI_CODE_BLOCK;
            __m512i code[4];
            for (int g = 0; g < 4; g++) code[g] = _mm512_loadu_si512(row + 8 * g);
            for (int p = 0; p < 4; p++) {
                __m512i plane = _mm512_set1_epi64((long long)planes[w * 4 + (size_t)p]);
                for (int g = 0; g < 4; g++) sum[p][g] = counted(sum[p][g], code[g], plane);
            }
        }
        for (int g = 0; g < 4; g++) {
            __m512i low = _mm512_add_epi64(sum[0][g], _mm512_slli_epi64(sum[1][g], 1));
            __m512i high = _mm512_add_epi64(sum[2][g], _mm512_slli_epi64(sum[3][g], 1));
            __m512i whole = _mm512_add_epi64(low, _mm512_slli_epi64(high, 2));
            _mm256_storeu_si256((__m256i *)(sums + b * MEKIKI_CODE_BLOCK + 8 * (size_t)g),
                                _mm512_cvtepi64_epi32(whole));
        }
    }
}

#endif
