#include "mekiki_vectors.h"

/* Layouts: binary16 is 1 sign, 5 exponent (bias 15) and 10 fraction bits; binary32 is 1, 8
 * (bias 127) and 23. */

static uint32_t bits_of_float(float value) {
    uint32_t bits;
    __builtin_memcpy(&bits, &value, sizeof bits);
    return bits;
}

static float float_of_bits(uint32_t bits) {
    float value;
    __builtin_memcpy(&value, &bits, sizeof value);
    return value;
}

static uint16_t half_of_float(float value) {
    uint32_t bits = bits_of_float(value);
    uint16_t sign = (uint16_t)((bits >> 16) & 0x8000u);
    uint32_t magnitude = bits & 0x7fffffffu;
    if (magnitude > 0x7f800000u) {
        /* What the processors do with a NaN: keep the upper payload, set the quiet bit. */
        return (uint16_t)(sign | 0x7e00u | ((magnitude >> 13) & 0x3ffu));
    }
    /* From 65520 on, halfway between the greatest half and what would be the next, it rounds up. */
    if (magnitude >= 0x477ff000u) return sign | 0x7c00u;
    if (magnitude >= 0x38800000u) {
        /* Normal as a half: move the bias, drop 13 bits. Adding just under half of the last kept
         * bit, and one more if that bit is odd, rounds to even; a carry runs into the exponent,
         * where it belongs. */
        uint32_t odd = (magnitude >> 13) & 1u;
        return (uint16_t)(sign | ((magnitude - 0x38000000u + 0xfffu + odd) >> 13));
    }
    /* Subnormal as a half, or zero: multiples of 2^-24. Up to and including half of that is 0. */
    if (magnitude <= 0x33000000u) return sign;
    uint32_t exponent = magnitude >> 23;
    uint32_t fraction = (magnitude & 0x7fffffu) | 0x800000u;
    uint32_t dropped_bits = 126u - exponent; /* 14 at 2^-15, 24 at 2^-25 */
    uint32_t kept = fraction >> dropped_bits;
    uint32_t dropped = fraction & ((1u << dropped_bits) - 1u);
    uint32_t half = 1u << (dropped_bits - 1u);
    if (dropped > half || (dropped == half && (kept & 1u))) kept += 1u;
    return (uint16_t)(sign | kept);
}

static float float_of_half(uint16_t half) {
    uint32_t sign = (uint32_t)(half & 0x8000u) << 16;
    uint32_t exponent = (half >> 10) & 0x1fu;
    uint32_t fraction = half & 0x3ffu;
    if (exponent == 0x1fu) {
        uint32_t quiet = fraction ? 0x400000u : 0u;
        return float_of_bits(sign | 0x7f800000u | quiet | (fraction << 13));
    }
    if (exponent != 0) return float_of_bits(sign | ((exponent + 112u) << 23) | (fraction << 13));
    /* Subnormal: fraction * 2^-24, exact in float32. */
    float magnitude = (float)fraction * 0x1p-24f;
    return sign ? -magnitude : magnitude;
}

void mekiki_dot_f16_scalar(const float *query, const uint16_t *rows, size_t count,
                           size_t dimension, size_t stride, float *scores) {
    for (size_t i = 0; i < count; i++) {
        const uint16_t *row = rows + i * stride;
        double sum = 0;
        /* The product of a float32 and a float16 is exact in double: 24 + 11 bits. */
        for (size_t d = 0; d < dimension; d++) sum += (double)query[d] * float_of_half(row[d]);
        scores[i] = (float)sum;
    }
}

void mekiki_f16_from_f32_scalar(const float *source, uint16_t *destination, size_t count) {
    for (size_t i = 0; i < count; i++) destination[i] = half_of_float(source[i]);
}

void mekiki_f32_from_f16_scalar(const uint16_t *source, float *destination, size_t count) {
    for (size_t i = 0; i < count; i++) destination[i] = float_of_half(source[i]);
}
