#if defined(__x86_64__)

#include "mekiki_transformer_kernels.h"

#define LANES 8
/* 4 x 2 sums, 2 columns and a factor of 16 registers. */
#define TILE_ROWS 4
#define TILE_VECTORS 2
#define NAME(operation) operation##_avx2

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "mekiki_transformer_vector.h"
#pragma clang attribute pop

#endif
