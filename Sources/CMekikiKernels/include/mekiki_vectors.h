/* Inner products of a float32 query with float16 rows, and float16 <-> float32.
 *
 * A float16 (IEEE 754 binary16) travels as its 16 bits in a uint16_t, because C has no portable
 * type for it. Pointers need no alignment beyond their type's; rows on 64-byte boundaries are
 * fastest.
 *
 * The functions without an ending pick an implementation by mekiki_cpu_level(). A row's result
 * depends on the level and on nothing else: not on the row's place, its neighbours, or the number
 * of rows in the call. */
#ifndef MEKIKI_VECTORS_H
#define MEKIKI_VECTORS_H

#include "mekiki_cpu.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* scores[i] = sum over d of query[d] * rows[i * stride + d].
 *
 * query   [dimension]
 * rows    [count, stride], of which the first `dimension` elements of each row count
 * scores  [count]
 * stride  elements from one row's start to the next, at least `dimension`
 *
 * The scalar version adds up in double and rounds once. The others add up in float32, 32 or more
 * partial sums side by side: against the scalar version they are off by at most
 * (dimension / 32 + 9) * 2^-24 * (sum of |query[d] * row[d]|). */
typedef void (*mekiki_dot_f16_function_t)(const float *query, const uint16_t *rows, size_t count,
                                          size_t dimension, size_t stride, float *scores);
void mekiki_dot_f16(const float *query, const uint16_t *rows, size_t count, size_t dimension,
                    size_t stride, float *scores);

/* scores[i] = sum over d of query[d] * rows[i][d], as mekiki_dot_f16 gives it for each row alone.
 *
 * For rows here and there in a large memory: the next ones are fetched while one is multiplied. */
void mekiki_dot_f16_each(const float *query, const uint16_t *const *rows, size_t count,
                         size_t dimension, float *scores);

/* destination[i] = source[i], rounded to nearest, ties to even; beyond 65519 it becomes infinite.
 * A NaN stays a NaN and becomes quiet. Every version gives the same bits. */
typedef void (*mekiki_f16_from_f32_function_t)(const float *source, uint16_t *destination,
                                               size_t count);
void mekiki_f16_from_f32(const float *source, uint16_t *destination, size_t count);

/* destination[i] = source[i], exactly; a NaN becomes quiet. Every version gives the same bits. */
typedef void (*mekiki_f32_from_f16_function_t)(const uint16_t *source, float *destination,
                                               size_t count);
void mekiki_f32_from_f16(const uint16_t *source, float *destination, size_t count);

/* The implementations of one level. */
typedef struct {
    mekiki_dot_f16_function_t dot_f16;
    mekiki_f16_from_f32_function_t f16_from_f32;
    mekiki_f32_from_f16_function_t f32_from_f16;
} mekiki_vectors_functions_t;

/* The implementations that a level uses, so that tests can run each without changing the level of
 * the whole process. A level of another architecture gives the scalar ones; one that the processor
 * lacks must not be called. */
mekiki_vectors_functions_t mekiki_vectors_functions(mekiki_cpu_level_t level);

void mekiki_dot_f16_scalar(const float *query, const uint16_t *rows, size_t count,
                           size_t dimension, size_t stride, float *scores);
void mekiki_f16_from_f32_scalar(const float *source, uint16_t *destination, size_t count);
void mekiki_f32_from_f16_scalar(const uint16_t *source, float *destination, size_t count);

#if defined(__x86_64__)
void mekiki_dot_f16_avx2(const float *query, const uint16_t *rows, size_t count, size_t dimension,
                         size_t stride, float *scores);
void mekiki_f16_from_f32_avx2(const float *source, uint16_t *destination, size_t count);
void mekiki_f32_from_f16_avx2(const uint16_t *source, float *destination, size_t count);

void mekiki_dot_f16_avx512(const float *query, const uint16_t *rows, size_t count,
                           size_t dimension, size_t stride, float *scores);
void mekiki_f16_from_f32_avx512(const float *source, uint16_t *destination, size_t count);
void mekiki_f32_from_f16_avx512(const uint16_t *source, float *destination, size_t count);
#elif defined(__aarch64__)
void mekiki_dot_f16_neon(const float *query, const uint16_t *rows, size_t count, size_t dimension,
                         size_t stride, float *scores);
void mekiki_f16_from_f32_neon(const float *source, uint16_t *destination, size_t count);
void mekiki_f32_from_f16_neon(const uint16_t *source, float *destination, size_t count);
#endif

#ifdef __cplusplus
}
#endif

#endif
