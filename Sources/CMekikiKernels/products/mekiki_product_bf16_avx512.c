#if defined(__x86_64__)

#include <stdint.h>

#define ELEMENT uint16_t
#define STEP 2
/* The processor takes denormal inputs and sums for zero and rounds sums to nearest. */
#define MULTIPLY(sums, weights, from) \
    _mm512_dpbf16_ps(sums, (__m512bh)(weights), (__m512bh)_mm512_set1_epi32(pair_at(from)))
#define NAME mekiki_product_bf16

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,fma"))), \
    apply_to = function)

/* Two neighbours of a row, at any even address. */
static inline __attribute__((always_inline)) int32_t pair_at(const uint16_t *from) {
    int32_t pair;
    __builtin_memcpy(&pair, from, sizeof pair);
    return pair;
}

#include "mekiki_product_avx512.h"
#pragma clang attribute pop

#endif
