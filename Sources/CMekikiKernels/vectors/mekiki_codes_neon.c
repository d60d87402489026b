#include "mekiki_code_finish.h"

#if defined(__aarch64__)

#include <arm_neon.h>

static inline uint8x16_t byte_counts(uint64x2_t bits) {
    return vcntq_u8(vreinterpretq_u8_u64(bits));
}

size_t mekiki_code_scan_neon(const uint64_t *blocks, size_t count, size_t words,
                             const mekiki_code_query_t *query, const uint32_t *admitted,
                             float threshold, uint32_t *rows, float *estimates, float *uppers) {
    const uint64_t *planes = query->planes;
    size_t found = 0;
    for (size_t b = 0; b < count; b++) {
        if (admitted[b] == 0) continue;
        const uint64_t *block = blocks + b * MEKIKI_CODE_BLOCK_WORDS(words);
        uint64x2_t sum[16];
        for (int g = 0; g < 16; g++) sum[g] = vdupq_n_u64(0);
        for (size_t w = 0; w < words; w++) {
            const uint64_t *row = block + w * MEKIKI_CODE_BLOCK;
            uint64x2_t plane[4];
            for (int p = 0; p < 4; p++) plane[p] = vdupq_n_u64(planes[w * 4 + (size_t)p]);
            for (int g = 0; g < 16; g++) {
                uint64x2_t code = vld1q_u64(row + 2 * g);
                /* From the highest plane down, doubling: at most 8 * 15 = 120, which a byte holds. */
                uint8x16_t total = byte_counts(vandq_u64(code, plane[3]));
                for (int p = 2; p >= 0; p--) {
                    total = vaddq_u8(vshlq_n_u8(total, 1), byte_counts(vandq_u64(code, plane[p])));
                }
                sum[g] = vaddq_u64(sum[g], vpaddlq_u32(vpaddlq_u16(vpaddlq_u8(total))));
            }
        }
        uint32_t sums[MEKIKI_CODE_BLOCK];
        for (int g = 0; g < 16; g++) vst1_u32(sums + 2 * g, vmovn_u64(sum[g]));
        found = mekiki_code_finish(sums, (const uint16_t *)(block + words * MEKIKI_CODE_BLOCK), query,
                                   admitted[b], threshold, (uint32_t)(b * MEKIKI_CODE_BLOCK), found,
                                   rows, estimates, uppers);
    }
    return found;
}

#endif
