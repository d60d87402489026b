#include "mekiki_vectors.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define MEKIKI_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))

MEKIKI_AVX512 static inline __m512 load_halves(const uint16_t *source) {
    return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)source));
}

/* The lowest `count` lanes, 1 to 15. */
MEKIKI_AVX512 static inline __mmask16 first_lanes(size_t count) {
    return (__mmask16)((1u << count) - 1u);
}

MEKIKI_AVX512 static inline float dot(const float *query, const uint16_t *row, size_t dimension) {
    __m512 sum0 = _mm512_setzero_ps(), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    size_t d = 0;
    for (; d + 64 <= dimension; d += 64) {
        sum0 = _mm512_fmadd_ps(_mm512_loadu_ps(query + d), load_halves(row + d), sum0);
        sum1 = _mm512_fmadd_ps(_mm512_loadu_ps(query + d + 16), load_halves(row + d + 16), sum1);
        sum2 = _mm512_fmadd_ps(_mm512_loadu_ps(query + d + 32), load_halves(row + d + 32), sum2);
        sum3 = _mm512_fmadd_ps(_mm512_loadu_ps(query + d + 48), load_halves(row + d + 48), sum3);
    }
    for (; d + 16 <= dimension; d += 16) {
        sum0 = _mm512_fmadd_ps(_mm512_loadu_ps(query + d), load_halves(row + d), sum0);
    }
    if (d < dimension) {
        /* Masked loads don't touch what lies past the row. */
        __mmask16 lanes = first_lanes(dimension - d);
        __m512 halves = _mm512_cvtph_ps(_mm256_maskz_loadu_epi16(lanes, row + d));
        sum1 = _mm512_fmadd_ps(_mm512_maskz_loadu_ps(lanes, query + d), halves, sum1);
    }
    __m512 sum = _mm512_add_ps(_mm512_add_ps(sum0, sum1), _mm512_add_ps(sum2, sum3));
    return _mm512_reduce_add_ps(sum);
}

MEKIKI_AVX512 void mekiki_dot_f16_avx512(const float *query, const uint16_t *rows, size_t count,
                                         size_t dimension, size_t stride, float *scores) {
    for (size_t i = 0; i < count; i++) scores[i] = dot(query, rows + i * stride, dimension);
}

MEKIKI_AVX512 void mekiki_f16_from_f32_avx512(const float *source, uint16_t *destination,
                                              size_t count) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        __m256i halves = _mm512_cvtps_ph(_mm512_loadu_ps(source + i), _MM_FROUND_TO_NEAREST_INT);
        _mm256_storeu_si256((__m256i *)(destination + i), halves);
    }
    if (i < count) {
        __mmask16 lanes = first_lanes(count - i);
        __m512 values = _mm512_maskz_loadu_ps(lanes, source + i);
        __m256i halves = _mm512_cvtps_ph(values, _MM_FROUND_TO_NEAREST_INT);
        _mm256_mask_storeu_epi16(destination + i, lanes, halves);
    }
}

MEKIKI_AVX512 void mekiki_f32_from_f16_avx512(const uint16_t *source, float *destination,
                                              size_t count) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) _mm512_storeu_ps(destination + i, load_halves(source + i));
    if (i < count) {
        __mmask16 lanes = first_lanes(count - i);
        __m512 values = _mm512_cvtph_ps(_mm256_maskz_loadu_epi16(lanes, source + i));
        _mm512_mask_storeu_ps(destination + i, lanes, values);
    }
}

#endif
