#include "mekiki_vectors.h"

/* The one place that knows which level uses which implementation. */
mekiki_vectors_functions_t mekiki_vectors_functions(mekiki_cpu_level_t level) {
    mekiki_vectors_functions_t functions = {
        .dot_f16 = mekiki_dot_f16_scalar,
        .f16_from_f32 = mekiki_f16_from_f32_scalar,
        .f32_from_f16 = mekiki_f32_from_f16_scalar,
    };
    switch (level) {
#if defined(__x86_64__)
    case MEKIKI_CPU_AVX2:
        functions.dot_f16 = mekiki_dot_f16_avx2;
        functions.f16_from_f32 = mekiki_f16_from_f32_avx2;
        functions.f32_from_f16 = mekiki_f32_from_f16_avx2;
        break;
    case MEKIKI_CPU_AVX512:
    case MEKIKI_CPU_AVX512_BF16:
        functions.dot_f16 = mekiki_dot_f16_avx512;
        functions.f16_from_f32 = mekiki_f16_from_f32_avx512;
        functions.f32_from_f16 = mekiki_f32_from_f16_avx512;
        break;
#elif defined(__aarch64__)
    case MEKIKI_CPU_NEON:
        functions.dot_f16 = mekiki_dot_f16_neon;
        functions.f16_from_f32 = mekiki_f16_from_f32_neon;
        functions.f32_from_f16 = mekiki_f32_from_f16_neon;
        break;
#endif
    default:
        break;
    }
    return functions;
}

/* Asking for the level on every call costs two atomic loads, nothing beside a block of rows, and
 * lets mekiki_cpu_limit take effect at once. */
void mekiki_dot_f16(const float *query, const uint16_t *rows, size_t count, size_t dimension,
                    size_t stride, float *scores) {
    mekiki_vectors_functions(mekiki_cpu_level())
        .dot_f16(query, rows, count, dimension, stride, scores);
}

void mekiki_dot_f16_each(const float *query, const uint16_t *const *rows, size_t count,
                         size_t dimension, float *scores) {
    mekiki_dot_f16_function_t dot = mekiki_vectors_functions(mekiki_cpu_level()).dot_f16;
    const size_t ahead = 4, line = 32;
    for (size_t i = 0; i < count; i++) {
        if (i + ahead < count) {
            const uint16_t *next = rows[i + ahead];
            for (size_t d = 0; d < dimension; d += line) __builtin_prefetch(next + d);
        }
        dot(query, rows[i], 1, dimension, dimension, scores + i);
    }
}

void mekiki_f16_from_f32(const float *source, uint16_t *destination, size_t count) {
    mekiki_vectors_functions(mekiki_cpu_level()).f16_from_f32(source, destination, count);
}

void mekiki_f32_from_f16(const uint16_t *source, float *destination, size_t count) {
    mekiki_vectors_functions(mekiki_cpu_level()).f32_from_f16(source, destination, count);
}
