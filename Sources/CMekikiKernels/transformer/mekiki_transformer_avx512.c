#if defined(__x86_64__)

#include "mekiki_transformer_kernels.h"

#define LANES 16
/* 6 x 4 sums, 4 columns and a factor of 32 registers. */
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define NAME(operation) operation##_avx512

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma"))), apply_to = function)
#include "mekiki_transformer_vector.h"
#pragma clang attribute pop

#endif
