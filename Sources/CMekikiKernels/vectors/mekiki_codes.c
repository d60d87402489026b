#include "mekiki_codes.h"

void mekiki_code_sums_scalar(const uint64_t *codes, size_t blocks, size_t words,
                             const uint64_t *planes, uint32_t *sums) {
    for (size_t b = 0; b < blocks; b++) {
        const uint64_t *block = codes + b * words * MEKIKI_CODE_BLOCK;
        for (size_t v = 0; v < MEKIKI_CODE_BLOCK; v++) {
            uint32_t sum = 0;
            for (size_t w = 0; w < words; w++) {
                uint64_t code = block[w * MEKIKI_CODE_BLOCK + v];
                for (size_t p = 0; p < 4; p++) {
                    sum += (uint32_t)__builtin_popcountll(code & planes[w * 4 + p]) << p;
                }
            }
            sums[b * MEKIKI_CODE_BLOCK + v] = sum;
        }
    }
}

mekiki_code_sums_function_t mekiki_code_sums_at(mekiki_cpu_level_t level) {
    switch (level) {
#if defined(__x86_64__)
    case MEKIKI_CPU_AVX2:
        return mekiki_code_sums_avx2;
    case MEKIKI_CPU_AVX512:
    case MEKIKI_CPU_AVX512_BF16:
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx512vpopcntdq") ? mekiki_code_sums_avx512
                                                         : mekiki_code_sums_avx2;
#elif defined(__aarch64__)
    case MEKIKI_CPU_NEON:
        return mekiki_code_sums_neon;
#endif
    default:
        return mekiki_code_sums_scalar;
    }
}

void mekiki_code_sums(const uint64_t *codes, size_t blocks, size_t words, const uint64_t *planes,
                      uint32_t *sums) {
    mekiki_code_sums_at(mekiki_cpu_level())(codes, blocks, words, planes, sums);
}
