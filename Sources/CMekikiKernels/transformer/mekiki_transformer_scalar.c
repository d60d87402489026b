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

static void attend(const mekiki_attention_t *a, bool is_bf16) {
    float *scores = a->scratch;
    for (int64_t head = 0; head < a->heads; head++) {
        int64_t column = head * a->head_width;
        for (int64_t q = 0; q < a->queries; q++) {
            int64_t visible = a->causal ? a->keys - a->queries + q + 1 : a->keys;
            for (int64_t k = 0; k < visible; k++) {
                float sum = 0;
                for (int64_t d = 0; d < a->head_width; d++) {
                    sum += element(a->query, q * a->query_stride + column + d, is_bf16)
                        * element(a->key, k * a->key_stride + column + d, is_bf16);
                }
                scores[k] = sum * a->scale;
            }
            mekiki_softmax_f32_scalar(scores, 1, visible);
            for (int64_t d = 0; d < a->head_width; d++) {
                float sum = 0;
                for (int64_t k = 0; k < visible; k++) {
                    sum += scores[k] * element(a->value, k * a->value_stride + column + d, is_bf16);
                }
                int64_t place = q * a->output_stride + column + d;
                if (is_bf16) {
                    mekiki_convert_f32_bf16(&sum, (uint16_t *)a->output + place, 1);
                } else {
                    ((float *)a->output)[place] = sum;
                }
            }
        }
    }
}

void mekiki_attention_f32_scalar(const mekiki_attention_t *attention) { attend(attention, false); }

void mekiki_attention_bf16_scalar(const mekiki_attention_t *attention) { attend(attention, true); }
