#include "mekiki_codes.h"
#include "mekiki_vectors.h"

#include <math.h>
#include <string.h>

/* Vectors that are encoded side by side, each in a lane of its own: every step is then the same for
 * all lanes, whatever the transform's width. Compilers make the widest instructions of these types
 * that a level has. */
#define LANES 16
typedef float lanes_t __attribute__((vector_size(LANES * sizeof(float)), aligned(4)));
typedef int32_t masks_t __attribute__((vector_size(LANES * sizeof(int32_t)), aligned(4)));

/* One text for every level, so that all give the same bits; products are never fused with sums. */
#pragma clang fp contract(off)

#define INLINE static inline __attribute__((always_inline))

INLINE void transform(lanes_t *values, size_t length) {
    for (size_t half = 1; half < length; half *= 2) {
        for (size_t group = 0; group < length; group += 2 * half) {
            for (size_t i = group; i < group + half; i++) {
                lanes_t a = values[i], b = values[i + half];
                values[i] = a + b;
                values[i + half] = a - b;
            }
        }
    }
    float scale = 1.0f / sqrtf((float)length);
    for (size_t i = 0; i < length; i++) values[i] *= scale;
}

INLINE void rotate(const mekiki_code_making_t *making, lanes_t *values) {
    size_t length = 1;
    while (length * 2 <= making->padded) length *= 2;
    for (size_t turn = 0; turn < making->turns; turn++) {
        const float *signs = making->signs + turn * making->padded;
        for (size_t i = 0; i < making->padded; i++) values[i] *= signs[i];
        transform(values + (turn % 2 == 0 ? 0 : making->padded - length), length);
    }
}

/* The lanes' codes, into places `first` to `first + LANES` of the block. */
INLINE void encode_lanes(const mekiki_code_making_t *making, const uint16_t *rows, size_t count,
                         size_t stride, float *scratch, uint64_t *block, size_t first,
                         mekiki_f32_from_f16_function_t from_f16) {
    lanes_t *values = (lanes_t *)scratch;
    float *row = scratch + making->padded * LANES;
    memset(scratch, 0, making->padded * sizeof *values);
    for (size_t v = 0; v < count; v++) {
        from_f16(rows + v * stride, row, making->dimension);
        for (size_t i = 0; i < making->dimension; i++) scratch[i * LANES + v] = row[i];
    }
    lanes_t product = {0}, absolute = {0}, squared = {0};
    for (size_t i = 0; i < making->dimension; i++) {
        values[i] -= making->centre[i];
        product += values[i] * making->centre[i];
    }
    /* Lanes without a vector have a difference now as well; nobody reads them. */
    rotate(making, values);
    masks_t ones = {0};
    size_t words = making->padded / 64;
    for (size_t w = 0; w < words; w++) {
        masks_t bits[2] = {{0}, {0}};
        for (size_t i = 0; i < 64; i++) {
            lanes_t at = values[w * 64 + i];
            masks_t is_set = at > 0;
            absolute += (lanes_t)((masks_t)at & INT32_MAX);
            squared += at * at;
            bits[i / 32] |= is_set & (int32_t)(1u << (i % 32));
            ones -= is_set;
        }
        for (size_t v = 0; v < count; v++) {
            block[w * MEKIKI_CODE_BLOCK + first + v] =
                (uint64_t)(uint32_t)bits[1][v] << 32 | (uint32_t)bits[0][v];
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
        numbers[3 * MEKIKI_CODE_BLOCK + v] = (uint16_t)ones[v];
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
