#if defined(__aarch64__)

#include "mekiki_resize.h"
#include "mekiki_resize_round.h"

#include <arm_neon.h>

/* Sums to samples: the narrowing shifts saturate just as the scalar version clamps. */
static inline uint8x8_t samples_of_sums(int32x4_t first, int32x4_t second) {
    int16x4_t low = vqmovn_s32(vshrq_n_s32(first, MEKIKI_RESIZE_PRECISION));
    int16x4_t high = vqmovn_s32(vshrq_n_s32(second, MEKIKI_RESIZE_PRECISION));
    return vqmovun_s16(vcombine_s16(low, high));
}

void mekiki_resize_horizontal_rgb_u8_neon(const uint8_t *source, size_t stride, size_t width,
                                          size_t rows, const mekiki_resize_axis_t *axis,
                                          uint8_t *destination) {
    for (size_t y = 0; y < rows; y++) {
        const uint8_t *row = source + y * stride;
        for (size_t x = 0; x < axis->outputs; x++) {
            size_t start = (size_t)axis->starts[x];
            const int32_t *weights = axis->weights + x * axis->taps;
            size_t count = (size_t)axis->counts[x];
            int32x4_t red = vdupq_n_s32(0), green = red, blue = red;
            size_t t = 0;
            /* Eight pixels at a time, parted into channels by the load. */
            for (; t + 8 <= count && start + t + 8 <= width; t += 8) {
                uint8x8x3_t pixels = vld3_u8(row + (start + t) * 3);
                int32x4_t weight = vld1q_s32(weights + t);
                int32x4_t next = vld1q_s32(weights + t + 4);
                uint16x8_t wide = vmovl_u8(pixels.val[0]);
                red = vmlaq_s32(red, vreinterpretq_s32_u32(vmovl_u16(vget_low_u16(wide))), weight);
                red = vmlaq_s32(red, vreinterpretq_s32_u32(vmovl_high_u16(wide)), next);
                wide = vmovl_u8(pixels.val[1]);
                green = vmlaq_s32(green, vreinterpretq_s32_u32(vmovl_u16(vget_low_u16(wide))),
                                  weight);
                green = vmlaq_s32(green, vreinterpretq_s32_u32(vmovl_high_u16(wide)), next);
                wide = vmovl_u8(pixels.val[2]);
                blue = vmlaq_s32(blue, vreinterpretq_s32_u32(vmovl_u16(vget_low_u16(wide))),
                                 weight);
                blue = vmlaq_s32(blue, vreinterpretq_s32_u32(vmovl_high_u16(wide)), next);
            }
            int32_t sums[3] = {MEKIKI_RESIZE_HALF + vaddvq_s32(red),
                               MEKIKI_RESIZE_HALF + vaddvq_s32(green),
                               MEKIKI_RESIZE_HALF + vaddvq_s32(blue)};
            for (; t < count; t++) {
                const uint8_t *pixel = row + (start + t) * 3;
                for (int c = 0; c < 3; c++) sums[c] += pixel[c] * weights[t];
            }
            for (int c = 0; c < 3; c++) *destination++ = mekiki_resize_sample(sums[c]);
        }
    }
}

void mekiki_resize_vertical_u8_neon(const uint8_t *source, size_t stride, size_t length,
                                    const mekiki_resize_axis_t *axis, uint8_t *destination) {
    size_t blocks = length / 8 * 8;
    for (size_t y = 0; y < axis->outputs; y++) {
        const uint8_t *first = source + (size_t)axis->starts[y] * stride;
        const int32_t *weights = axis->weights + y * axis->taps;
        size_t count = (size_t)axis->counts[y];
        for (size_t x = 0; x < blocks; x += 8) {
            int32x4_t low = vdupq_n_s32(MEKIKI_RESIZE_HALF), high = low;
            for (size_t t = 0; t < count; t++) {
                uint16x8_t wide = vmovl_u8(vld1_u8(first + t * stride + x));
                low = vmlaq_n_s32(low, vreinterpretq_s32_u32(vmovl_u16(vget_low_u16(wide))),
                                  weights[t]);
                high = vmlaq_n_s32(high, vreinterpretq_s32_u32(vmovl_high_u16(wide)), weights[t]);
            }
            vst1_u8(destination + x, samples_of_sums(low, high));
        }
        for (size_t x = blocks; x < length; x++) {
            int32_t sum = MEKIKI_RESIZE_HALF;
            for (size_t t = 0; t < count; t++) sum += first[t * stride + x] * weights[t];
            destination[x] = mekiki_resize_sample(sum);
        }
        destination += length;
    }
}

#endif
