/* What the AVX-512 kernels share. Included where the target attribute is set. */
#include <immintrin.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

/* 14 x 2 sums, 2 vectors of weights, and a factor: 31 of 32 registers. */
enum { TILE_ROWS = 14, LANES = 16 };

/* 2^x for a polynomial of a degree that suffices for the result's element: the remainder lies in
 * [-1/2, 1/2], the coefficients are those of the Taylor series with the last one adjusted to make
 * the error even. */
INLINE __m512 exp2_of(__m512 x, const bool is_rough) {
    __m512 whole = _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m512 rest = _mm512_sub_ps(x, whole);
    __m512 value;
    if (is_rough) {
        value = _mm512_set1_ps(0.0096181291f);
        value = _mm512_fmadd_ps(value, rest, _mm512_set1_ps(0.0555041087f));
    } else {
        value = _mm512_set1_ps(0.000154035304f);
        value = _mm512_fmadd_ps(value, rest, _mm512_set1_ps(0.00133335581f));
        value = _mm512_fmadd_ps(value, rest, _mm512_set1_ps(0.00961812911f));
        value = _mm512_fmadd_ps(value, rest, _mm512_set1_ps(0.0555041087f));
    }
    value = _mm512_fmadd_ps(value, rest, _mm512_set1_ps(0.240226507f));
    value = _mm512_fmadd_ps(value, rest, _mm512_set1_ps(0.693147181f));
    value = _mm512_fmadd_ps(value, rest, _mm512_set1_ps(1.0f));
    return _mm512_scalef_ps(value, whole);
}

INLINE __m256i to_bf16(__m512 value) {
    __m512i bits = _mm512_castps_si512(value);
    __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
    __m512i rounded = _mm512_srli_epi32(
        _mm512_add_epi32(_mm512_add_epi32(bits, _mm512_set1_epi32(0x7fff)), odd), 16);
    __mmask16 is_nan = _mm512_cmp_ps_mask(value, value, _CMP_UNORD_Q);
    rounded = _mm512_mask_mov_epi32(rounded, is_nan, _mm512_set1_epi32(0x7fc0));
    return _mm512_cvtepi32_epi16(rounded);
}
