/* The implementations behind include/mekiki_transformer.h: one set of functions for each level. */
#ifndef MEKIKI_TRANSFORMER_KERNELS_H
#define MEKIKI_TRANSFORMER_KERNELS_H

#include "mekiki_transformer.h"

#define MEKIKI_DECLARE_TRANSFORMER(isa)                                                          \
    void mekiki_layer_norm_f32_##isa(                                                            \
        const float *input, const float *scale, const float *shift, float epsilon, int64_t rows, \
        int64_t width, float *output);                                                           \
    void mekiki_layer_norm_f32_bf16_##isa(                                                       \
        const float *input, const float *scale, const float *shift, float epsilon, int64_t rows, \
        int64_t width, uint16_t *output);                                                        \
    void mekiki_layer_norm_f32_copied_##isa(                                                     \
        const float *input, const float *scale, const float *shift, float epsilon, int64_t rows, \
        int64_t width, float *output, void *copy, int64_t copy_stride, bool copy_is_bf16);       \
    void mekiki_softmax_f32_##isa(float *values, int64_t rows, int64_t width);                   \
    void mekiki_rotate_f32_##isa(const mekiki_rotation_t *rotation);                             \
    void mekiki_rotate_bf16_##isa(const mekiki_rotation_t *rotation);                            \
    void mekiki_gate_##isa(const mekiki_gate_t *gate);                                           \
    void mekiki_attention_f32_##isa(const mekiki_attention_t *attention);                        \
    void mekiki_attention_bf16_##isa(const mekiki_attention_t *attention);

MEKIKI_DECLARE_TRANSFORMER(scalar)
#if defined(__x86_64__)
MEKIKI_DECLARE_TRANSFORMER(avx2)
MEKIKI_DECLARE_TRANSFORMER(avx512)

/* With products of bfloat16 pairs; the shares of the keys are rounded to bfloat16. */
void mekiki_attention_bf16_avx512_bf16(const mekiki_attention_t *attention);
#elif defined(__aarch64__)
MEKIKI_DECLARE_TRANSFORMER(neon)
#endif

/* Bounds over all implementations, from which scratch memory is sized. */
enum {
    MEKIKI_LANES_MAX = 32,
    MEKIKI_TILE_ROWS_MAX = 14
};

static inline int64_t mekiki_round_up(int64_t value, int64_t multiple) {
    return (value + multiple - 1) / multiple * multiple;
}

/* The keys that a query sees. */
static inline int64_t mekiki_first_visible(const mekiki_attention_t *a, int64_t query) {
    int64_t first = a->position + query - a->before;
    return first > 0 ? first : 0;
}

static inline int64_t mekiki_end_visible(const mekiki_attention_t *a, int64_t query) {
    int64_t end = a->position + query + a->after + 1;
    return end < a->keys ? end : a->keys;
}

#endif
