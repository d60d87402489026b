/* What a transformer needs beside matrix products: layer normalisation, softmax, attention,
 * rotary positions, gates, and conversions between element types. All arrays are row-major and need no alignment beyond their
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

/* The same with the results twice: as float32, which may be the input's array, and a copy of either
 * element type whose rows begin `copy_stride` elements apart. */
void mekiki_layer_norm_f32_copied(
    const float *input, const float *scale, const float *shift, float epsilon, int64_t rows,
    int64_t width, float *output, void *copy, int64_t copy_stride, bool copy_is_bf16);

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
    /* Query i stands at the place of key `position + i`, and sees the keys from `before` places
     * before it to `after` places after it; `keys` of them are all there are. What it doesn't see is
     * not computed. Each query sees at least one key. */
    int64_t position, before, after;
    float *scratch; /* mekiki_attention_scratch_f32 floats, each thread its own */
} mekiki_attention_t;

/* Floats of scratch memory that attention needs. */
int64_t mekiki_attention_scratch_f32(int64_t keys, int64_t head_width);

/* Attention on float32 rows. */
void mekiki_attention_f32(const mekiki_attention_t *attention);

/* Attention on bfloat16 rows, computed in float32. */
void mekiki_attention_bf16(const mekiki_attention_t *attention);

/* Rotary position embedding (Su and others 2021) in place. A head's elements are pairs, and each pair
 * (a, b) of row r turns by its angle: (a cos - b sin, b cos + a sin). */
typedef struct {
    void *values;   /* [rows, heads * head_width] */
    int64_t stride; /* elements from row to row */
    int64_t rows, heads, head_width; /* an even head_width */
    /* Whether pairs are the elements 2 p and 2 p + 1; else p and p + head_width / 2. */
    bool neighbours;
    /* Each pair's cosine and sine, [rows, head_width / 2]. For neighbours [rows, head_width]: the
     * cosine of each element's pair, and its sine, negative for the first of the two. */
    const float *cosines, *sines;
} mekiki_rotation_t;

void mekiki_rotate_f32(const mekiki_rotation_t *rotation);
void mekiki_rotate_bf16(const mekiki_rotation_t *rotation);

typedef enum {
    MEKIKI_GATE_GELU = 0,      /* x * Phi(x) */
    MEKIKI_GATE_GELU_TANH = 1, /* its approximation by tanh */
    MEKIKI_GATE_SILU = 2       /* x * sigmoid(x) */
} mekiki_gate_activation_t;

/* output[r][c] = activation(input[r][c]) * input[r][width + c], computed in float32. */
typedef struct {
    const void *input; /* [rows, 2 * width] */
    void *output;      /* [rows, width], no part of the input */
    int64_t input_stride, output_stride; /* elements from row to row */
    int64_t rows, width;
    mekiki_gate_activation_t activation;
    bool input_is_bf16, output_is_bf16; /* else float32 */
} mekiki_gate_t;

void mekiki_gate(const mekiki_gate_t *gate);

/* Element conversions; to bfloat16 by rounding to the nearest, ties to even, NaN staying NaN.
 * Source pointers may lie at any byte. */
void mekiki_convert_f32_bf16(const void *from, uint16_t *to, int64_t count);
void mekiki_convert_bf16_f32(const void *from, float *to, int64_t count);
void mekiki_convert_f16_f32(const void *from, float *to, int64_t count);

#ifdef __cplusplus
}
#endif

#endif
