#include "mekiki_vectors.h"

#if defined(__aarch64__)

#include <arm_neon.h>

/* Conversions between float16 and float32 belong to every 64-bit Arm; arithmetic in float16,
 * which doesn't, is not used. */
static inline float32x4_t load_halves(const uint16_t *source) {
    return vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(source)));
}

static inline float dot(const float *query, const uint16_t *row, size_t dimension) {
    /* Eight partial sums of four lanes: the 32 that the error bound in the header counts on. */
    float32x4_t sums[8];
    for (int k = 0; k < 8; k++) sums[k] = vdupq_n_f32(0);
    size_t d = 0;
    for (; d + 32 <= dimension; d += 32) {
        for (size_t k = 0; k < 8; k++) {
            float32x4_t halves = load_halves(row + d + 4 * k);
            sums[k] = vfmaq_f32(sums[k], vld1q_f32(query + d + 4 * k), halves);
        }
    }
    for (size_t k = 0; d + 4 <= dimension; d += 4, k++) {
        sums[k] = vfmaq_f32(sums[k], vld1q_f32(query + d), load_halves(row + d));
    }
    if (d < dimension) {
        float query_tail[4] = {0};
        uint16_t row_tail[4] = {0};
        __builtin_memcpy(query_tail, query + d, (dimension - d) * sizeof *query);
        __builtin_memcpy(row_tail, row + d, (dimension - d) * sizeof *row);
        sums[7] = vfmaq_f32(sums[7], vld1q_f32(query_tail), load_halves(row_tail));
    }
    for (int width = 4; width > 0; width /= 2) {
        for (int k = 0; k < width; k++) sums[k] = vaddq_f32(sums[k], sums[k + width]);
    }
    return vaddvq_f32(sums[0]);
}

void mekiki_dot_f16_neon(const float *query, const uint16_t *rows, size_t count, size_t dimension,
                         size_t stride, float *scores) {
    for (size_t i = 0; i < count; i++) scores[i] = dot(query, rows + i * stride, dimension);
}

void mekiki_f16_from_f32_neon(const float *source, uint16_t *destination, size_t count) {
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        vst1_u16(destination + i, vreinterpret_u16_f16(vcvt_f16_f32(vld1q_f32(source + i))));
    }
    mekiki_f16_from_f32_scalar(source + i, destination + i, count - i);
}

void mekiki_f32_from_f16_neon(const uint16_t *source, float *destination, size_t count) {
    size_t i = 0;
    for (; i + 4 <= count; i += 4) vst1q_f32(destination + i, load_halves(source + i));
    mekiki_f32_from_f16_scalar(source + i, destination + i, count - i);
}

#endif
