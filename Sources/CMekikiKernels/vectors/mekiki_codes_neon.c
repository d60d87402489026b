#include "mekiki_codes.h"

#if defined(__aarch64__)

#include <arm_neon.h>

static inline uint8x16_t byte_counts(uint64x2_t bits) {
    return vcntq_u8(vreinterpretq_u8_u64(bits));
}

void mekiki_code_sums_neon(const uint64_t *codes, size_t blocks, size_t words,
                           const uint64_t *planes, uint32_t *sums) {
    for (size_t b = 0; b < blocks; b++) {
        uint64x2_t sum[16];
        for (int g = 0; g < 16; g++) sum[g] = vdupq_n_u64(0);
        for (size_t w = 0; w < words; w++) {
            const uint64_t *row = codes + (b * words + w) * MEKIKI_CODE_BLOCK;
            uint64x2_t plane[4];
            for (int p = 0; p < 4; p++) plane[p] = vdupq_n_u64(planes[w * 4 + (size_t)p]);
            for (int g = 0; g < 16; g++) {
                uint64x2_t code = vld1q_u64(row + 2 * g);
                /* From the highest plane down, doubling: at most 8 * 15 = 120, which a byte holds. */
                uint8x16_t count = byte_counts(vandq_u64(code, plane[3]));
                for (int p = 2; p >= 0; p--) {
                    count = vaddq_u8(vshlq_n_u8(count, 1), byte_counts(vandq_u64(code, plane[p])));
                }
                sum[g] = vaddq_u64(sum[g], vpaddlq_u32(vpaddlq_u16(vpaddlq_u8(count))));
            }
        }
        for (int g = 0; g < 16; g++) {
            vst1_u32(sums + b * MEKIKI_CODE_BLOCK + 2 * (size_t)g, vmovn_u64(sum[g]));
        }
    }
}

#endif
