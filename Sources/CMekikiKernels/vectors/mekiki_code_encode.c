#include "mekiki_codes.h"
#include "mekiki_vectors.h"

#include <math.h>
#include <string.h>

/* Vectors that are encoded side by side, each in a lane of its own: every step is then the same for
 * all lanes, and compilers make vector instructions of it whatever the transform's width. */
#define LANES 16

/* One text for every level, so that all give the same bits; products are never fused with sums. */
#pragma clang fp contract(off)

#define INLINE static inline __attribute__((always_inline))

INLINE void transform(float *values, size_t length) {
    for (size_t half = 1; half < length; half *= 2) {
        for (size_t group = 0; group < length; group += 2 * half) {
            for (size_t i = group; i < group + half; i++) {
                float *low = values + i * LANES, *high = values + (i + half) * LANES;
                for (size_t v = 0; v < LANES; v++) {
                    float a = low[v], b = high[v];
                    low[v] = a + b;
                    high[v] = a - b;
                }
            }
        }
    }
    float scale = 1.0f / sqrtf((float)length);
    for (size_t i = 0; i < length * LANES; i++) values[i] *= scale;
}

INLINE void rotate(const mekiki_code_making_t *making, float *values) {
    size_t length = 1;
    while (length * 2 <= making->padded) length *= 2;
    for (size_t turn = 0; turn < making->turns; turn++) {
        const float *signs = making->signs + turn * making->padded;
        for (size_t i = 0; i < making->padded; i++) {
            for (size_t v = 0; v < LANES; v++) values[i * LANES + v] *= signs[i];
        }
        size_t start = turn % 2 == 0 ? 0 : making->padded - length;
        transform(values + start * LANES, length);
    }
}

/* The lanes' codes, into places `first` to `first + LANES` of the block. */
INLINE void encode_lanes(const mekiki_code_making_t *making, const uint16_t *rows, size_t count,
                         size_t stride, float *scratch, uint64_t *block, size_t first,
                         mekiki_f32_from_f16_function_t from_f16) {
    float *values = scratch, *row = scratch + making->padded * LANES;
    memset(values, 0, making->padded * LANES * sizeof *values);
    float product[LANES] = {0};
    for (size_t v = 0; v < count; v++) {
        from_f16(rows + v * stride, row, making->dimension);
        float sum[LANES] = {0};
        for (size_t i = 0; i < making->dimension; i++) {
            float difference = row[i] - making->centre[i];
            values[i * LANES + v] = difference;
            sum[i % LANES] += difference * making->centre[i];
        }
        for (size_t i = 0; i < LANES; i++) product[v] += sum[i];
    }
    rotate(making, values);
    float absolute[LANES] = {0}, squared[LANES] = {0};
    uint16_t ones[LANES] = {0};
    size_t words = making->padded / 64;
    for (size_t w = 0; w < words; w++) {
        uint64_t bits[LANES] = {0};
        for (size_t i = 0; i < 64; i++) {
            const float *at = values + (w * 64 + i) * LANES;
            for (size_t v = 0; v < LANES; v++) {
                absolute[v] += fabsf(at[v]);
                squared[v] += at[v] * at[v];
                bits[v] |= (uint64_t)(at[v] > 0) << i;
            }
        }
        for (size_t v = 0; v < count; v++) {
            block[w * MEKIKI_CODE_BLOCK + first + v] = bits[v];
            ones[v] = (uint16_t)(ones[v] + __builtin_popcountll(bits[v]));
        }
    }
    uint16_t *numbers = (uint16_t *)(block + words * MEKIKI_CODE_BLOCK) + first;
    for (size_t v = 0; v < count; v++) {
        /* The signs times the factor have the right inner product with the difference itself, and
         * miss it by a vector at right angles, of length sqrt(factor^2 * D - squared), in a random
         * direction of the D - 1 that are left. */
        float padded = (float)making->padded;
        float factor = absolute[v] > 0 ? squared[v] / absolute[v] : 0;
        float missed = fmaxf(0, factor * factor * padded - squared[v]);
        float spread = missed / fmaxf(1, padded - 1);
        float deviation = sqrtf(spread + making->rounding * factor * factor);
        const float own[3] = {factor, product[v], deviation};
        uint16_t halves[3];
        mekiki_f16_from_f32_scalar(own, halves, 3);
        for (size_t i = 0; i < 3; i++) numbers[i * MEKIKI_CODE_BLOCK + v] = halves[i];
        numbers[3 * MEKIKI_CODE_BLOCK + v] = ones[v];
    }
}

INLINE void encode(const mekiki_code_making_t *making, const uint16_t *rows, size_t count,
                   size_t stride, float *scratch, uint64_t *block,
                   mekiki_f32_from_f16_function_t from_f16) {
    memset(block, 0, MEKIKI_CODE_BLOCK_WORDS(making->padded / 64) * sizeof *block);
    for (size_t first = 0; first < count; first += LANES) {
        size_t part = count - first < LANES ? count - first : LANES;
        encode_lanes(making, rows + first * stride, part, stride, scratch, block, first, from_f16);
    }
}

static void encode_scalar(const mekiki_code_making_t *making, const uint16_t *rows, size_t count,
                          size_t stride, float *scratch, uint64_t *block) {
    encode(making, rows, count, stride, scratch, block, mekiki_f32_from_f16_scalar);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void encode_avx2(const mekiki_code_making_t *making,
                                                        const uint16_t *rows, size_t count,
                                                        size_t stride, float *scratch,
                                                        uint64_t *block) {
    encode(making, rows, count, stride, scratch, block, mekiki_f32_from_f16_avx2);
}

__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))) static void
encode_avx512(const mekiki_code_making_t *making, const uint16_t *rows, size_t count, size_t stride,
              float *scratch, uint64_t *block) {
    encode(making, rows, count, stride, scratch, block, mekiki_f32_from_f16_avx512);
}
#endif

mekiki_code_encode_function_t mekiki_code_encode_at(mekiki_cpu_level_t level) {
    switch (level) {
#if defined(__x86_64__)
    case MEKIKI_CPU_AVX2:
        return encode_avx2;
    case MEKIKI_CPU_AVX512:
    case MEKIKI_CPU_AVX512_BF16:
        return encode_avx512;
#endif
    default:
        /* Of 64-bit Arm every compiler makes vector instructions without being asked. */
        return encode_scalar;
    }
}

void mekiki_code_encode(const mekiki_code_making_t *making, const uint16_t *rows, size_t count,
                        size_t stride, float *scratch, uint64_t *block) {
    mekiki_code_encode_at(mekiki_cpu_level())(making, rows, count, stride, scratch, block);
}
