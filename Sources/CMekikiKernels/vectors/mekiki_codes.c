#include "mekiki_code_finish.h"

size_t mekiki_code_scan_scalar(const uint64_t *blocks, size_t count, size_t words,
                               const mekiki_code_query_t *query, const uint32_t *admitted,
                               float threshold, uint32_t *rows, float *estimates, float *uppers) {
    size_t found = 0;
    for (size_t b = 0; b < count; b++) {
        if (admitted[b] == 0) continue;
        const uint64_t *block = blocks + b * MEKIKI_CODE_BLOCK_WORDS(words);
        uint32_t sums[MEKIKI_CODE_BLOCK];
        for (size_t v = 0; v < MEKIKI_CODE_BLOCK; v++) {
            uint32_t sum = 0;
            for (size_t w = 0; w < words; w++) {
                uint64_t code = block[w * MEKIKI_CODE_BLOCK + v];
                for (size_t p = 0; p < 4; p++) {
                    sum += (uint32_t)__builtin_popcountll(code & query->planes[w * 4 + p]) << p;
                }
            }
            sums[v] = sum;
        }
        found = mekiki_code_finish(sums, (const uint16_t *)(block + words * MEKIKI_CODE_BLOCK), query,
                                   admitted[b], threshold, (uint32_t)(b * MEKIKI_CODE_BLOCK), found,
                                   rows, estimates, uppers);
    }
    return found;
}

mekiki_code_scan_function_t mekiki_code_scan_at(mekiki_cpu_level_t level) {
    switch (level) {
#if defined(__x86_64__)
    case MEKIKI_CPU_AVX2:
        return mekiki_code_scan_avx2;
    case MEKIKI_CPU_AVX512:
    case MEKIKI_CPU_AVX512_BF16:
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx512vpopcntdq") ? mekiki_code_scan_avx512
                                                         : mekiki_code_scan_avx2;
#elif defined(__aarch64__)
    case MEKIKI_CPU_NEON:
        return mekiki_code_scan_neon;
#endif
    default:
        return mekiki_code_scan_scalar;
    }
}

size_t mekiki_code_scan(const uint64_t *blocks, size_t count, size_t words,
                        const mekiki_code_query_t *query, const uint32_t *admitted,
                        float threshold, uint32_t *rows, float *estimates, float *uppers) {
    return mekiki_code_scan_at(mekiki_cpu_level())(blocks, count, words, query, admitted, threshold,
                                                   rows, estimates, uppers);
}
