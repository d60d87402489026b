#include "mekiki_transformer_kernels.h"

#include "mekiki_cpu.h"

#if defined(__x86_64__)
#define DISPATCH(operation, ...)                                     \
    switch (mekiki_cpu_level()) {                                    \
    case MEKIKI_CPU_AVX512:                                          \
    case MEKIKI_CPU_AVX512_BF16: operation##_avx512(__VA_ARGS__); break; \
    case MEKIKI_CPU_AVX2: operation##_avx2(__VA_ARGS__); break;      \
    default: operation##_scalar(__VA_ARGS__); break;                 \
    }
#elif defined(__aarch64__)
#define DISPATCH(operation, ...)                                \
    switch (mekiki_cpu_level()) {                               \
    case MEKIKI_CPU_NEON: operation##_neon(__VA_ARGS__); break; \
    default: operation##_scalar(__VA_ARGS__); break;            \
    }
#else
#define DISPATCH(operation, ...) operation##_scalar(__VA_ARGS__);
#endif

void mekiki_layer_norm_f32(
    const float *input, const float *scale, const float *shift, float epsilon, int64_t rows,
    int64_t width, float *output) {
    DISPATCH(mekiki_layer_norm_f32, input, scale, shift, epsilon, rows, width, output)
}

void mekiki_layer_norm_f32_bf16(
    const float *input, const float *scale, const float *shift, float epsilon, int64_t rows,
    int64_t width, uint16_t *output) {
    DISPATCH(mekiki_layer_norm_f32_bf16, input, scale, shift, epsilon, rows, width, output)
}

void mekiki_layer_norm_f32_copied(
    const float *input, const float *scale, const float *shift, float epsilon, int64_t rows,
    int64_t width, float *output, void *copy, int64_t copy_stride, bool copy_is_bf16) {
    DISPATCH(
        mekiki_layer_norm_f32_copied, input, scale, shift, epsilon, rows, width, output, copy,
        copy_stride, copy_is_bf16)
}

void mekiki_softmax_f32(float *values, int64_t rows, int64_t width) {
    DISPATCH(mekiki_softmax_f32, values, rows, width)
}

void mekiki_attention_f32(const mekiki_attention_t *attention) {
    DISPATCH(mekiki_attention_f32, attention)
}

void mekiki_attention_bf16(const mekiki_attention_t *attention) {
#if defined(__x86_64__)
    if (mekiki_cpu_level() == MEKIKI_CPU_AVX512_BF16) {
        mekiki_attention_bf16_avx512_bf16(attention);
        return;
    }
#endif
    DISPATCH(mekiki_attention_bf16, attention)
}

void mekiki_rotate_f32(const mekiki_rotation_t *rotation) {
    DISPATCH(mekiki_rotate_f32, rotation)
}

void mekiki_rotate_bf16(const mekiki_rotation_t *rotation) {
    DISPATCH(mekiki_rotate_bf16, rotation)
}

void mekiki_gate(const mekiki_gate_t *gate) {
    DISPATCH(mekiki_gate, gate)
}

int64_t mekiki_attention_scratch_f32(int64_t keys, int64_t head_width) {
    int64_t padded_keys = mekiki_round_up(keys, MEKIKI_LANES_MAX);
    int64_t padded_width = mekiki_round_up(head_width, MEKIKI_LANES_MAX);
    int64_t turned_keys = padded_width * padded_keys;
    int64_t values = padded_keys * padded_width;
    int64_t tile = MEKIKI_TILE_ROWS_MAX * (2 * padded_width + padded_keys);
    /* The multiplier of pairs keeps half of the keys and values, and two tiles of keys. */
    int64_t pairs = padded_width * padded_keys + 2 * MEKIKI_TILE_ROWS_MAX * padded_keys;
    int64_t floats = turned_keys + values + tile + padded_width;
    return floats > pairs ? floats : pairs;
}
