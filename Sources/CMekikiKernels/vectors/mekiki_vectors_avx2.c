#include "mekiki_vectors.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define MEKIKI_AVX2 __attribute__((target("avx2,fma,f16c")))

MEKIKI_AVX2 static inline __m256 load_halves(const uint16_t *source) {
    return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)source));
}

MEKIKI_AVX2 static inline float sum_of_lanes(__m256 lanes) {
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(lanes), _mm256_extractf128_ps(lanes, 1));
    __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

/* Four partial sums hide the latency of the fused multiply-add; a row that fits the cache is then
 * bound by the conversions, one that doesn't by memory. */
MEKIKI_AVX2 static inline float dot(const float *query, const uint16_t *row, size_t dimension) {
    __m256 sum0 = _mm256_setzero_ps(), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    size_t d = 0;
    for (; d + 32 <= dimension; d += 32) {
        sum0 = _mm256_fmadd_ps(_mm256_loadu_ps(query + d), load_halves(row + d), sum0);
        sum1 = _mm256_fmadd_ps(_mm256_loadu_ps(query + d + 8), load_halves(row + d + 8), sum1);
        sum2 = _mm256_fmadd_ps(_mm256_loadu_ps(query + d + 16), load_halves(row + d + 16), sum2);
        sum3 = _mm256_fmadd_ps(_mm256_loadu_ps(query + d + 24), load_halves(row + d + 24), sum3);
    }
    for (; d + 8 <= dimension; d += 8) {
        sum0 = _mm256_fmadd_ps(_mm256_loadu_ps(query + d), load_halves(row + d), sum0);
    }
    if (d < dimension) {
        /* Never read past a row: it may be the last of its memory. */
        float query_tail[8] = {0};
        uint16_t row_tail[8] = {0};
        __builtin_memcpy(query_tail, query + d, (dimension - d) * sizeof *query);
        __builtin_memcpy(row_tail, row + d, (dimension - d) * sizeof *row);
        sum1 = _mm256_fmadd_ps(_mm256_loadu_ps(query_tail), load_halves(row_tail), sum1);
    }
    return sum_of_lanes(_mm256_add_ps(_mm256_add_ps(sum0, sum1), _mm256_add_ps(sum2, sum3)));
}

MEKIKI_AVX2 void mekiki_dot_f16_avx2(const float *query, const uint16_t *rows, size_t count,
                                     size_t dimension, size_t stride, float *scores) {
    for (size_t i = 0; i < count; i++) scores[i] = dot(query, rows + i * stride, dimension);
}

MEKIKI_AVX2 void mekiki_f16_from_f32_avx2(const float *source, uint16_t *destination,
                                          size_t count) {
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        __m128i halves = _mm256_cvtps_ph(_mm256_loadu_ps(source + i), _MM_FROUND_TO_NEAREST_INT);
        _mm_storeu_si128((__m128i *)(destination + i), halves);
    }
    mekiki_f16_from_f32_scalar(source + i, destination + i, count - i);
}

MEKIKI_AVX2 void mekiki_f32_from_f16_avx2(const uint16_t *source, float *destination,
                                          size_t count) {
    size_t i = 0;
    for (; i + 8 <= count; i += 8) _mm256_storeu_ps(destination + i, load_halves(source + i));
    mekiki_f32_from_f16_scalar(source + i, destination + i, count - i);
}

#endif
