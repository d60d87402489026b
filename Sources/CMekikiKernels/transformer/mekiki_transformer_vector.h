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

/* c[rows of a tile][vectors] = a[rows][depth] * b[depth][vectors], in registers. */
INLINE void multiply_tile(
    const float *a, int64_t a_stride, const float *b, int64_t b_stride, int64_t depth, float *c,
    int64_t c_stride, const int vectors) {
    vector_t sums[TILE_ROWS][TILE_VECTORS];
    for (int row = 0; row < TILE_ROWS; row++) {
        for (int v = 0; v < vectors; v++) sums[row][v] = splat(0);
    }
    for (int64_t k = 0; k < depth; k++) {
        vector_t columns[TILE_VECTORS];
        for (int v = 0; v < vectors; v++) columns[v] = load(b + k * b_stride + v * LANES);
        for (int row = 0; row < TILE_ROWS; row++) {
            float factor = a[row * a_stride + k];
            for (int v = 0; v < vectors; v++) sums[row][v] += columns[v] * factor;
        }
    }
    for (int row = 0; row < TILE_ROWS; row++) {
        for (int v = 0; v < vectors; v++) store(c + row * c_stride + v * LANES, sums[row][v]);
    }
}

/* The product for all columns; `columns` is a multiple of LANES. */
static void multiply_rows(
    const float *a, int64_t a_stride, const float *b, int64_t b_stride, int64_t depth, float *c,
    int64_t c_stride, int64_t columns) {
    int64_t column = 0;
    for (; column + TILE_VECTORS * LANES <= columns; column += TILE_VECTORS * LANES) {
        multiply_tile(
            a, a_stride, b + column, b_stride, depth, c + column, c_stride, TILE_VECTORS);
    }
    for (; column < columns; column += LANES) {
        multiply_tile(a, a_stride, b + column, b_stride, depth, c + column, c_stride, 1);
    }
}

/* Copies a row of one head as floats, times `factor`, with zeros to the padded width. */
INLINE void copy_row(
    const void *array, int64_t index, float factor, int64_t width, int64_t padded_width,
    float *to, const bool is_bf16) {
    int64_t c = 0;
    if (is_bf16) {
        const uint16_t *from = (const uint16_t *)array + index;
        for (; c + LANES <= width; c += LANES) store(to + c, load_bf16(from + c) * factor);
        for (; c < width; c++) to[c] = from_bf16(from[c]) * factor;
    } else {
        const float *from = (const float *)array + index;
        for (; c + LANES <= width; c += LANES) store(to + c, load(from + c) * factor);
        for (; c < width; c++) to[c] = from[c] * factor;
    }
    for (; c < padded_width; c++) to[c] = 0;
}

INLINE void write_row(
    const float *from, float factor, int64_t width, void *array, int64_t index,
    const bool is_bf16) {
    int64_t c = 0;
    if (is_bf16) {
        uint16_t *to = (uint16_t *)array + index;
        for (; c + LANES <= width; c += LANES) store_bf16(to + c, load(from + c) * factor);
        for (; c < width; c++) {
            float value = from[c] * factor;
            mekiki_convert_f32_bf16(&value, to + c, 1);
        }
    } else {
        float *to = (float *)array + index;
        for (; c + LANES <= width; c += LANES) store(to + c, load(from + c) * factor);
        for (; c < width; c++) to[c] = from[c] * factor;
    }
}

INLINE void attend(const mekiki_attention_t *a, const bool is_bf16) {
    int64_t padded_keys = mekiki_round_up(a->keys, LANES);
    int64_t padded_width = mekiki_round_up(a->head_width, LANES);
    /* Keys are turned, so that both products have the same form and read along rows. */
    float *turned_keys = a->scratch;
    float *values = turned_keys + padded_width * padded_keys;
    float *queries = values + padded_keys * padded_width;
    float *scores = queries + TILE_ROWS * padded_width;
    float *outputs = scores + TILE_ROWS * padded_keys;
    float *row = outputs + TILE_ROWS * padded_width;

    for (int64_t head = 0; head < a->heads; head++) {
        int64_t column = head * a->head_width;
        for (int64_t k = 0; k < a->keys; k++) {
            copy_row(
                a->key, k * a->key_stride + column, 1, a->head_width, padded_width, row, is_bf16);
            for (int64_t d = 0; d < a->head_width; d++) turned_keys[d * padded_keys + k] = row[d];
            copy_row(
                a->value, k * a->value_stride + column, 1, a->head_width, padded_width,
                values + k * padded_width, is_bf16);
        }
        for (int64_t k = a->keys; k < padded_keys; k++) {
            for (int64_t d = 0; d < a->head_width; d++) turned_keys[d * padded_keys + k] = 0;
        }
        for (int64_t first = 0; first < a->queries; first += TILE_ROWS) {
            int64_t rows = a->queries - first < TILE_ROWS ? a->queries - first : TILE_ROWS;
            for (int64_t q = 0; q < TILE_ROWS; q++) {
                /* A tile that reaches beyond the last query repeats it. */
                int64_t query = first + (q < rows ? q : rows - 1);
                copy_row(
                    a->query, query * a->query_stride + column, a->scale, a->head_width,
                    padded_width, queries + q * padded_width, is_bf16);
            }
            /* The keys that any query of the tile sees; scores are kept from the first of them on. */
            int64_t start = mekiki_first_visible(a, first) / LANES * LANES;
            int64_t end = mekiki_end_visible(a, first + rows - 1);
            int64_t span = mekiki_round_up(end, LANES) - start;
            multiply_rows(
                queries, padded_width, turned_keys + start, padded_keys, a->head_width, scores,
                padded_keys, span);
            float factors[TILE_ROWS];
            for (int64_t q = 0; q < TILE_ROWS; q++) {
                int64_t query = first + (q < rows ? q : rows - 1);
                factors[q] = 1.0f
                    / exponentials(scores + q * padded_keys, mekiki_first_visible(a, query) - start,
                                   mekiki_end_visible(a, query) - start, span);
            }
            multiply_rows(
                scores, padded_keys, values + start * padded_width, padded_width, end - start,
                outputs, padded_width, padded_width);
            for (int64_t q = 0; q < rows; q++) {
                write_row(
                    outputs + q * padded_width, factors[q], a->head_width, a->output,
                    (first + q) * a->output_stride + column, is_bf16);
            }
        }
    }
}

void NAME(mekiki_attention_f32)(const mekiki_attention_t *attention) { attend(attention, false); }

void NAME(mekiki_attention_bf16)(const mekiki_attention_t *attention) { attend(attention, true); }

INLINE vector_t load_element(const void *array, int64_t index, const bool is_bf16) {
    return is_bf16 ? load_bf16((const uint16_t *)array + index) : load((const float *)array + index);
}

INLINE void store_element(void *array, int64_t index, vector_t value, const bool is_bf16) {
    if (is_bf16) {
        store_bf16((uint16_t *)array + index, value);
    } else {
        store((float *)array + index, value);
    }
}

INLINE float element(const void *array, int64_t index, const bool is_bf16) {
    return is_bf16 ? from_bf16(((const uint16_t *)array)[index]) : ((const float *)array)[index];
}

INLINE void put(void *array, int64_t index, float value, const bool is_bf16) {
    if (is_bf16) {
        mekiki_convert_f32_bf16(&value, (uint16_t *)array + index, 1);
    } else {
        ((float *)array)[index] = value;
    }
}

/* Turns one head whose pairs are half a head apart. */
INLINE void rotate_halves(
    void *values, int64_t start, int64_t pairs, const float *cosines, const float *sines,
    const bool is_bf16) {
    int64_t p = 0;
    for (; p + LANES <= pairs; p += LANES) {
        vector_t a = load_element(values, start + p, is_bf16);
        vector_t b = load_element(values, start + pairs + p, is_bf16);
        vector_t cosine = load(cosines + p), sine = load(sines + p);
        store_element(values, start + p, a * cosine - b * sine, is_bf16);
        store_element(values, start + pairs + p, b * cosine + a * sine, is_bf16);
    }
    for (; p < pairs; p++) {
        float a = element(values, start + p, is_bf16);
        float b = element(values, start + pairs + p, is_bf16);
        put(values, start + p, a * cosines[p] - b * sines[p], is_bf16);
        put(values, start + pairs + p, b * cosines[p] + a * sines[p], is_bf16);
    }
}

typedef uint64_t pairs_t __attribute__((vector_size(LANES * 4)));

/* Turns one head whose pairs are neighbours. */
INLINE void rotate_neighbours(
    void *values, int64_t start, int64_t width, const float *cosines, const float *sines,
    const bool is_bf16) {
    int64_t c = 0;
    for (; c + LANES <= width; c += LANES) {
        vector_t own = load_element(values, start + c, is_bf16);
        /* Neighbours change places when a pair's 64 bits turn by half. */
        pairs_t pair = (pairs_t)own;
        vector_t other = (vector_t)((pair << 32) | (pair >> 32));
        store_element(
            values, start + c, own * load(cosines + c) + other * load(sines + c), is_bf16);
    }
    for (; c < width; c += 2) {
        float a = element(values, start + c, is_bf16);
        float b = element(values, start + c + 1, is_bf16);
        put(values, start + c, a * cosines[c] + b * sines[c], is_bf16);
        put(values, start + c + 1, b * cosines[c + 1] + a * sines[c + 1], is_bf16);
    }
}

INLINE void rotate(const mekiki_rotation_t *t, const bool is_bf16) {
    int64_t pairs = t->head_width / 2;
    for (int64_t r = 0; r < t->rows; r++) {
        for (int64_t head = 0; head < t->heads; head++) {
            int64_t start = r * t->stride + head * t->head_width;
            if (t->neighbours) {
                int64_t angle = r * t->head_width;
                rotate_neighbours(
                    t->values, start, t->head_width, t->cosines + angle, t->sines + angle, is_bf16);
            } else {
                int64_t angle = r * pairs;
                rotate_halves(
                    t->values, start, pairs, t->cosines + angle, t->sines + angle, is_bf16);
            }
        }
    }
}

void NAME(mekiki_rotate_f32)(const mekiki_rotation_t *rotation) { rotate(rotation, false); }

void NAME(mekiki_rotate_bf16)(const mekiki_rotation_t *rotation) { rotate(rotation, true); }

INLINE vector_t choose(int_vector_t mask, vector_t yes, vector_t no) {
    return (vector_t)(((int_vector_t)yes & mask) | ((int_vector_t)no & ~mask));
}

/* x * sigmoid(scaled) */
INLINE vector_t times_sigmoid(vector_t x, vector_t scaled) {
    vector_t power = exp_of_negative(-__builtin_elementwise_abs(scaled));
    vector_t positive = 1.0f / (1.0f + power);
    return x * choose(scaled >= 0.0f, positive, power * positive);
}

/* x * Phi(x) with the error function of Abramowitz and Stegun 7.1.26, whose error is below 1.5e-7. */
INLINE vector_t gelu(vector_t x) {
    vector_t z = __builtin_elementwise_abs(x) * 0.707106781f;
    vector_t t = 1.0f / (1.0f + 0.3275911f * z);
    vector_t sum = splat(1.061405429f);
    sum = sum * t - 1.453152027f;
    sum = sum * t + 1.421413741f;
    sum = sum * t - 0.284496736f;
    sum = sum * t + 0.254829592f;
    /* Half of 1 - erf(z): the weight of the tail beyond |x|. */
    vector_t tail = sum * t * exp_of_negative(-z * z) * 0.5f;
    return x * choose(x < 0.0f, tail, 1.0f - tail);
}

INLINE vector_t gated(vector_t x, vector_t gate, mekiki_gate_activation_t activation) {
    switch (activation) {
    case MEKIKI_GATE_GELU: return gelu(x) * gate;
    case MEKIKI_GATE_GELU_TANH:
        /* 2 sqrt(2 / pi) (x + 0.044715 x^3) */
        return times_sigmoid(x, x * (x * x * 0.044715f + 1.0f) * 1.59576912f) * gate;
    case MEKIKI_GATE_SILU: return times_sigmoid(x, x) * gate;
    }
    return x * gate;
}

INLINE void gate_rows(
    const mekiki_gate_t *g, mekiki_gate_activation_t activation, const bool from_bf16_rows,
    const bool to_bf16_rows) {
    for (int64_t r = 0; r < g->rows; r++) {
        int64_t from = r * g->input_stride, to = r * g->output_stride;
        int64_t c = 0;
        for (; c + LANES <= g->width; c += LANES) {
            vector_t x = load_element(g->input, from + c, from_bf16_rows);
            vector_t gate = load_element(g->input, from + g->width + c, from_bf16_rows);
            store_element(g->output, to + c, gated(x, gate, activation), to_bf16_rows);
        }
        if (c == g->width) continue;
        float xs[LANES] = {0}, gates[LANES] = {0}, results[LANES];
        for (int64_t i = c; i < g->width; i++) {
            xs[i - c] = element(g->input, from + i, from_bf16_rows);
            gates[i - c] = element(g->input, from + g->width + i, from_bf16_rows);
        }
        store(results, gated(load(xs), load(gates), activation));
        for (int64_t i = c; i < g->width; i++) put(g->output, to + i, results[i - c], to_bf16_rows);
    }
}

INLINE void gate_elements(const mekiki_gate_t *g, const bool from_bf16_rows, const bool to_bf16_rows) {
    switch (g->activation) {
    case MEKIKI_GATE_GELU: gate_rows(g, MEKIKI_GATE_GELU, from_bf16_rows, to_bf16_rows); break;
    case MEKIKI_GATE_GELU_TANH:
        gate_rows(g, MEKIKI_GATE_GELU_TANH, from_bf16_rows, to_bf16_rows);
        break;
    case MEKIKI_GATE_SILU: gate_rows(g, MEKIKI_GATE_SILU, from_bf16_rows, to_bf16_rows); break;
    }
}

void NAME(mekiki_gate)(const mekiki_gate_t *g) {
    if (g->input_is_bf16) {
        if (g->output_is_bf16) {
            gate_elements(g, true, true);
        } else {
            gate_elements(g, true, false);
        }
    } else if (g->output_is_bf16) {
        gate_elements(g, false, true);
    } else {
        gate_elements(g, false, false);
    }
}
