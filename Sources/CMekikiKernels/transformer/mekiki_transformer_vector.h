/* The vector implementations, written once for every register width in the compiler's vector
 * extensions. An including file sets LANES (floats in a register), TILE_ROWS and TILE_VECTORS (the
 * tile of a product that stays in registers) and NAME (the suffix of its level). */

#include <stdint.h>
#include <string.h>

#include "mekiki_transformer_kernels.h"

#define INLINE static inline __attribute__((always_inline))

typedef float vector_t __attribute__((vector_size(LANES * 4)));
typedef int32_t int_vector_t __attribute__((vector_size(LANES * 4)));
typedef uint32_t bits_t __attribute__((vector_size(LANES * 4)));
typedef uint16_t halves_t __attribute__((vector_size(LANES * 2)));
/* The same at any address. */
typedef float loose_t __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef uint16_t loose_halves_t __attribute__((vector_size(LANES * 2), aligned(2), may_alias));

INLINE vector_t load(const float *from) { return *(const loose_t *)from; }

INLINE void store(float *to, vector_t value) { *(loose_t *)to = value; }

INLINE vector_t splat(float value) { return (vector_t){0} + value; }

INLINE vector_t load_bf16(const uint16_t *from) {
    halves_t halves = *(const loose_halves_t *)from;
    return (vector_t)(__builtin_convertvector(halves, bits_t) << 16);
}

INLINE void store_bf16(uint16_t *to, vector_t value) {
    bits_t bits = (bits_t)value;
    bits_t not_a_number = (bits_t)(value != value);
    bits_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
    bits = (not_a_number & ((bits >> 16) | 0x40)) | (~not_a_number & rounded);
    *(loose_halves_t *)to = __builtin_convertvector(bits, halves_t);
}

INLINE float from_bf16(uint16_t half) {
    uint32_t bits = (uint32_t)half << 16;
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

INLINE float sum_lanes(vector_t vector) {
    float lanes[LANES];
    memcpy(lanes, &vector, sizeof lanes);
    for (int step = LANES / 2; step > 0; step /= 2) {
        for (int lane = 0; lane < step; lane++) lanes[lane] += lanes[lane + step];
    }
    return lanes[0];
}

INLINE float largest_lane(vector_t vector) {
    float lanes[LANES];
    memcpy(lanes, &vector, sizeof lanes);
    float largest = lanes[0];
    for (int lane = 1; lane < LANES; lane++) {
        largest = lanes[lane] > largest ? lanes[lane] : largest;
    }
    return largest;
}

/* exp(x) for x <= 0: 2^n times a polynomial on [-ln 2 / 2, ln 2 / 2], the coefficients of the
 * Taylor series, whose first omitted term there is below 1e-7. Below -87 the result is the smallest
 * normal number instead of zero. */
INLINE vector_t exp_of_negative(vector_t x) {
    x = __builtin_elementwise_max(x, splat(-87.0f));
    /* Adding 1.5 * 2^23 leaves a float's integer part in its lowest bits. */
    const float shifter = 12582912.0f;
    vector_t shifted = x * 1.44269504f + shifter;
    vector_t power = shifted - shifter;
    /* ln 2 in two parts, the first exact in few bits. */
    vector_t rest = x - power * 0.693359375f + power * 2.12194440e-4f;
    vector_t value = splat(1.0f / 5040.0f);
    value = value * rest + 1.0f / 720.0f;
    value = value * rest + 1.0f / 120.0f;
    value = value * rest + 1.0f / 24.0f;
    value = value * rest + 1.0f / 6.0f;
    value = value * rest + 0.5f;
    value = value * rest + 1.0f;
    value = value * rest + 1.0f;
    int_vector_t exponent = ((int_vector_t)shifted - 0x4b400000 + 127) << 23;
    return value * (vector_t)exponent;
}

INLINE void row_statistics(
    const float *input, float epsilon, int64_t width, float *mean_out, float *factor_out) {
    vector_t sums[2] = {{0}, {0}};
    float tail = 0;
    int64_t c = 0;
    for (; c + 2 * LANES <= width; c += 2 * LANES) {
        sums[0] += load(input + c);
        sums[1] += load(input + c + LANES);
    }
    for (; c < width; c++) tail += input[c];
    float mean = (sum_lanes(sums[0] + sums[1]) + tail) / (float)width;

    sums[0] = sums[1] = splat(0);
    tail = 0;
    for (c = 0; c + 2 * LANES <= width; c += 2 * LANES) {
        vector_t first = load(input + c) - mean, second = load(input + c + LANES) - mean;
        sums[0] += first * first;
        sums[1] += second * second;
    }
    for (; c < width; c++) tail += (input[c] - mean) * (input[c] - mean);
    float variance = (sum_lanes(sums[0] + sums[1]) + tail) / (float)width;
    *mean_out = mean;
    *factor_out = 1.0f / __builtin_sqrtf(variance + epsilon);
}

void NAME(mekiki_layer_norm_f32)(
    const float *input, const float *scale, const float *shift, float epsilon, int64_t rows,
    int64_t width, float *output) {
    for (int64_t r = 0; r < rows; r++, input += width, output += width) {
        float mean, factor;
        row_statistics(input, epsilon, width, &mean, &factor);
        int64_t c = 0;
        for (; c + LANES <= width; c += LANES) {
            vector_t value = (load(input + c) - mean) * factor;
            store(output + c, value * load(scale + c) + load(shift + c));
        }
        for (; c < width; c++) output[c] = (input[c] - mean) * factor * scale[c] + shift[c];
    }
}

void NAME(mekiki_layer_norm_f32_bf16)(
    const float *input, const float *scale, const float *shift, float epsilon, int64_t rows,
    int64_t width, uint16_t *output) {
    for (int64_t r = 0; r < rows; r++, input += width, output += width) {
        float mean, factor;
        row_statistics(input, epsilon, width, &mean, &factor);
        int64_t c = 0;
        for (; c + LANES <= width; c += LANES) {
            vector_t value = (load(input + c) - mean) * factor;
            store_bf16(output + c, value * load(scale + c) + load(shift + c));
        }
        for (; c < width; c++) {
            float value = (input[c] - mean) * factor * scale[c] + shift[c];
            mekiki_convert_f32_bf16(&value, &output[c], 1);
        }
    }
}

void NAME(mekiki_layer_norm_f32_copied)(
    const float *input, const float *scale, const float *shift, float epsilon, int64_t rows,
    int64_t width, float *output, void *copy, int64_t copy_stride, bool copy_is_bf16) {
    for (int64_t r = 0; r < rows; r++, input += width, output += width) {
        float mean, factor;
        row_statistics(input, epsilon, width, &mean, &factor);
        int64_t c = 0;
        for (; c + LANES <= width; c += LANES) {
            vector_t value = (load(input + c) - mean) * factor;
            value = value * load(scale + c) + load(shift + c);
            store(output + c, value);
            if (copy_is_bf16) {
                store_bf16((uint16_t *)copy + r * copy_stride + c, value);
            } else {
                store((float *)copy + r * copy_stride + c, value);
            }
        }
        for (; c < width; c++) {
            output[c] = (input[c] - mean) * factor * scale[c] + shift[c];
            if (copy_is_bf16) {
                mekiki_convert_f32_bf16(&output[c], (uint16_t *)copy + r * copy_stride + c, 1);
            } else {
                ((float *)copy)[r * copy_stride + c] = output[c];
            }
        }
    }
}

/* Replaces a row by exp(x - max) for the columns first ..< end, zeros for the others of its padded
 * width, and returns the sum. */
INLINE float exponentials(float *row, int64_t first, int64_t end, int64_t padded_width) {
    for (int64_t c = 0; c < first; c++) row[c] = -__builtin_inff();
    for (int64_t c = end; c < padded_width; c++) row[c] = -__builtin_inff();
    vector_t largest = splat(-__builtin_inff());
    for (int64_t c = 0; c < padded_width; c += LANES) {
        largest = __builtin_elementwise_max(largest, load(row + c));
    }
    float maximum = largest_lane(largest);
    vector_t sum = splat(0);
    for (int64_t c = 0; c < padded_width; c += LANES) {
        vector_t value = load(row + c);
        /* exp_of_negative never gives an exact zero. */
        int_vector_t visible = value > -__builtin_inff();
        value = (vector_t)((int_vector_t)exp_of_negative(value - maximum) & visible);
        store(row + c, value);
        sum += value;
    }
    return sum_lanes(sum);
}

void NAME(mekiki_softmax_f32)(float *values, int64_t rows, int64_t width) {
    for (int64_t r = 0; r < rows; r++, values += width) {
        int64_t whole = width / LANES * LANES;
        float rest[LANES];
        float maximum = values[0];
        for (int64_t c = 1; c < width; c++) {
            maximum = values[c] > maximum ? values[c] : maximum;
        }
        vector_t sums = splat(0);
        for (int64_t c = 0; c < whole; c += LANES) {
            vector_t value = exp_of_negative(load(values + c) - maximum);
            store(values + c, value);
            sums += value;
        }
        float sum = sum_lanes(sums);
        if (whole < width) {
            for (int64_t c = 0; c < LANES; c++) {
                rest[c] = whole + c < width ? values[whole + c] - maximum : 0;
            }
            store(rest, exp_of_negative(load(rest)));
            for (int64_t c = whole; c < width; c++) {
                values[c] = rest[c - whole];
                sum += values[c];
            }
        }
        for (int64_t c = 0; c < width; c++) values[c] /= sum;
    }
}

#include "mekiki_attention_vector.h"
#include "mekiki_rotation_vector.h"
