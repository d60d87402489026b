/* What a transformer needs beside matrix products: layer normalisation, softmax, attention, and
 * conversions between element types. All arrays are row-major and need no alignment beyond their
 * element's; results are the same on every level up to rounding. bfloat16 is a uint16_t with the
 * upper half of a float's bits. */
#ifndef MEKIKI_TRANSFORMER_H
#define MEKIKI_TRANSFORMER_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* output[r][c] = (input[r][c] - mean_r) / sqrt(variance_r + epsilon) * scale[c] + shift[c] over
 * rows [rows, width]; the variance is the biased one. Input and output may be the same array. */
void mekiki_layer_norm_f32(
    const float *input, const float *scale, const float *shift, float epsilon, int64_t rows,
    int64_t width, float *output);

/* The same with bfloat16 results. */
void mekiki_layer_norm_f32_bf16(
    const float *input, const float *scale, const float *shift, float epsilon, int64_t rows,
    int64_t width, uint16_t *output);

/* Turns each row of [rows, width] into exp(x - max) / sum, in place. */
void mekiki_softmax_f32(float *values, int64_t rows, int64_t width);

/* One sequence's attention over all its heads. Heads lie side by side in a row: head h takes the
 * columns h * head_width ..< (h + 1) * head_width. Strides count elements from row to row, so that
 * the three can lie side by side in one array. */
typedef struct {
    const void *query;  /* [queries, heads * head_width] */
    const void *key;    /* [keys, heads * head_width] */
    const void *value;  /* [keys, heads * head_width] */
    void *output;       /* [queries, heads * head_width] */
    int64_t query_stride, key_stride, value_stride, output_stride;
    int64_t queries, keys, heads, head_width;
    float scale; /* of the scores, before the softmax */
    /* Query i sees the keys 0 ... keys - queries + i: the queries are the last of the sequence.
     * `queries` may then not exceed `keys`. */
    bool causal;
    float *scratch; /* mekiki_attention_scratch_f32 floats, each thread its own */
} mekiki_attention_t;

/* Floats of scratch memory that attention needs. */
int64_t mekiki_attention_scratch_f32(int64_t keys, int64_t head_width);

/* Attention on float32 rows. */
void mekiki_attention_f32(const mekiki_attention_t *attention);

/* Attention on bfloat16 rows, computed in float32. */
void mekiki_attention_bf16(const mekiki_attention_t *attention);

/* Element conversions; to bfloat16 by rounding to the nearest, ties to even, NaN staying NaN.
 * Source pointers may lie at any byte. */
void mekiki_convert_f32_bf16(const void *from, uint16_t *to, int64_t count);
void mekiki_convert_bf16_f32(const void *from, float *to, int64_t count);
void mekiki_convert_f16_f32(const void *from, float *to, int64_t count);

#ifdef __cplusplus
}
#endif

#endif
