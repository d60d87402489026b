#if defined(__x86_64__)

#include <stdint.h>

#define ELEMENT float
#define STEP 1
#define MULTIPLY(sums, weights, from) \
    _mm512_fmadd_ps(_mm512_castsi512_ps(weights), _mm512_set1_ps(*(from)), sums)
#define NAME mekiki_product_f32

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma"))), apply_to = function)
#include "mekiki_product_avx512.h"
#pragma clang attribute pop

#endif
