#if defined(__aarch64__)

#include "mekiki_transformer_kernels.h"

#define LANES 4
/* 6 x 4 sums, 4 columns and a factor of 32 registers; every 64-bit Arm processor has them. */
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define NAME(operation) operation##_neon

#include "mekiki_transformer_vector.h"

#endif
