#include "mekiki_transformer_kernels.h"

#include <math.h>
#include <string.h>

/* The oracle: nothing here is meant to be fast. */

static float from_bf16(uint16_t half) {
    uint32_t bits = (uint32_t)half << 16;
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

static void row_statistics(
    const float *input, float epsilon, int64_t width, float *mean_out, float *factor_out) {
    double sum = 0;
    for (int64_t c = 0; c < width; c++) sum += input[c];
    double mean = sum / (double)width;
    double squares = 0;
    for (int64_t c = 0; c < width; c++) squares += (input[c] - mean) * (input[c] - mean);
    *mean_out = (float)mean;
    *factor_out = (float)(1.0 / sqrt(squares / (double)width + epsilon));
}

void mekiki_layer_norm_f32_scalar(
    const float *input, const float *scale, const float *shift, float epsilon, int64_t rows,
    int64_t width, float *output) {
    for (int64_t r = 0; r < rows; r++, input += width, output += width) {
        float mean, factor;
        row_statistics(input, epsilon, width, &mean, &factor);
        for (int64_t c = 0; c < width; c++) {
            output[c] = (input[c] - mean) * factor * scale[c] + shift[c];
        }
    }
}

void mekiki_layer_norm_f32_bf16_scalar(
    const float *input, const float *scale, const float *shift, float epsilon, int64_t rows,
    int64_t width, uint16_t *output) {
    for (int64_t r = 0; r < rows; r++, input += width, output += width) {
        float mean, factor;
        row_statistics(input, epsilon, width, &mean, &factor);
        for (int64_t c = 0; c < width; c++) {
            float value = (input[c] - mean) * factor * scale[c] + shift[c];
            mekiki_convert_f32_bf16(&value, &output[c], 1);
        }
    }
}

void mekiki_layer_norm_f32_copied_scalar(
    const float *input, const float *scale, const float *shift, float epsilon, int64_t rows,
    int64_t width, float *output, void *copy, int64_t copy_stride, bool copy_is_bf16) {
    mekiki_layer_norm_f32_scalar(input, scale, shift, epsilon, rows, width, output);
    for (int64_t r = 0; r < rows; r++) {
        const float *row = output + r * width;
        if (copy_is_bf16) {
            mekiki_convert_f32_bf16(row, (uint16_t *)copy + r * copy_stride, width);
        } else {
            memcpy((float *)copy + r * copy_stride, row, (size_t)width * sizeof(float));
        }
    }
}

void mekiki_softmax_f32_scalar(float *values, int64_t rows, int64_t width) {
    for (int64_t r = 0; r < rows; r++, values += width) {
        float largest = values[0];
        for (int64_t c = 1; c < width; c++) largest = fmaxf(largest, values[c]);
        float sum = 0;
        for (int64_t c = 0; c < width; c++) {
            values[c] = expf(values[c] - largest);
            sum += values[c];
        }
        for (int64_t c = 0; c < width; c++) values[c] /= sum;
    }
}

static float element(const void *array, int64_t index, bool is_bf16) {
    return is_bf16 ? from_bf16(((const uint16_t *)array)[index]) : ((const float *)array)[index];
}

static void put(void *array, int64_t index, float value, bool is_bf16) {
    if (is_bf16) {
        mekiki_convert_f32_bf16(&value, (uint16_t *)array + index, 1);
    } else {
        ((float *)array)[index] = value;
    }
}

static void attend(const mekiki_attention_t *a, bool is_bf16) {
    float *scores = a->scratch;
    for (int64_t head = 0; head < a->heads; head++) {
        int64_t column = head * a->head_width;
        for (int64_t q = 0; q < a->queries; q++) {
            int64_t first = mekiki_first_visible(a, q), end = mekiki_end_visible(a, q);
            for (int64_t k = first; k < end; k++) {
                float sum = 0;
                for (int64_t d = 0; d < a->head_width; d++) {
                    sum += element(a->query, q * a->query_stride + column + d, is_bf16)
                        * element(a->key, k * a->key_stride + column + d, is_bf16);
                }
                scores[k] = sum * a->scale;
            }
            mekiki_softmax_f32_scalar(scores + first, 1, end - first);
            for (int64_t d = 0; d < a->head_width; d++) {
                float sum = 0;
                for (int64_t k = first; k < end; k++) {
                    sum += scores[k] * element(a->value, k * a->value_stride + column + d, is_bf16);
                }
                put(a->output, q * a->output_stride + column + d, sum, is_bf16);
            }
        }
    }
}

void mekiki_attention_f32_scalar(const mekiki_attention_t *attention) { attend(attention, false); }

void mekiki_attention_bf16_scalar(const mekiki_attention_t *attention) { attend(attention, true); }

static void rotate(const mekiki_rotation_t *t, bool is_bf16) {
    int64_t pairs = t->head_width / 2;
    for (int64_t r = 0; r < t->rows; r++) {
        for (int64_t head = 0; head < t->heads; head++) {
            int64_t start = r * t->stride + head * t->head_width;
            for (int64_t p = 0; p < pairs; p++) {
                int64_t a = start + (t->neighbours ? 2 * p : p);
                int64_t b = t->neighbours ? a + 1 : a + pairs;
                int64_t angle = t->neighbours ? r * t->head_width + 2 * p + 1 : r * pairs + p;
                float cosine = t->cosines[angle], sine = t->sines[angle];
                float first = element(t->values, a, is_bf16);
                float second = element(t->values, b, is_bf16);
                put(t->values, a, first * cosine - second * sine, is_bf16);
                put(t->values, b, second * cosine + first * sine, is_bf16);
            }
        }
    }
}

void mekiki_rotate_f32_scalar(const mekiki_rotation_t *rotation) { rotate(rotation, false); }

void mekiki_rotate_bf16_scalar(const mekiki_rotation_t *rotation) { rotate(rotation, true); }

static double activated(double x, mekiki_gate_activation_t activation) {
    switch (activation) {
    case MEKIKI_GATE_GELU: return x * 0.5 * erfc(-x * 0.70710678118654752);
    case MEKIKI_GATE_GELU_TANH:
        return 0.5 * x * (1 + tanh(0.79788456080286536 * (x + 0.044715 * x * x * x)));
    case MEKIKI_GATE_SILU: return x / (1 + exp(-x));
    }
    return x;
}

void mekiki_gate_scalar(const mekiki_gate_t *g) {
    for (int64_t r = 0; r < g->rows; r++) {
        for (int64_t c = 0; c < g->width; c++) {
            int64_t place = r * g->input_stride + c;
            double value = activated(element(g->input, place, g->input_is_bf16), g->activation);
            value *= element(g->input, place + g->width, g->input_is_bf16);
            put(g->output, r * g->output_stride + c, (float)value, g->output_is_bf16);
        }
    }
}
