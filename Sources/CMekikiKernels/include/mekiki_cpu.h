/* Which instructions this processor has, and which of them the kernels may use. */
#ifndef MEKIKI_CPU_H
#define MEKIKI_CPU_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Levels in ascending order within one architecture. The scalar level is the oracle that every
 * other implementation is tested against. */
typedef enum {
    MEKIKI_CPU_SCALAR = 0,
    MEKIKI_CPU_AVX2 = 1,        /* AVX2, FMA, F16C */
    MEKIKI_CPU_AVX512 = 2,      /* AVX-512 F, BW, VL, DQ */
    MEKIKI_CPU_AVX512_BF16 = 3, /* the same with VDPBF16PS */
    MEKIKI_CPU_NEON = 4         /* 64-bit Arm */
} mekiki_cpu_level_t;

/* The level that kernels use on the calling thread: what the processor and the operating system
 * offer, capped by mekiki_cpu_limit. Constant time. */
mekiki_cpu_level_t mekiki_cpu_level(void);

/* What the processor and the operating system offer, capped by the environment variable MEKIKI_CPU
 * (a level's name), whatever the limit. */
mekiki_cpu_level_t mekiki_cpu_detected(void);

/* Caps the level on the calling thread, so that a test can run every implementation that this
 * processor has while other tests run beside it. A level of another architecture, or above what was
 * detected, takes the cap away. */
void mekiki_cpu_limit(mekiki_cpu_level_t level);

/* The level's name, for reports: "scalar", "avx2", "avx512", "avx512_bf16", "neon". */
const char *mekiki_cpu_level_name(mekiki_cpu_level_t level);

/* Whether the processor multiplies bfloat16 matrices in tiles (AMX). Constant time. */
bool mekiki_cpu_has_amx_bf16(void);

/* Tells the processor that the thread waits in a loop, so that it saves power and leaves its
 * resources to a thread beside it. */
void mekiki_cpu_relax(void);

/* Lets other threads run first. */
void mekiki_cpu_yield(void);

#ifdef __cplusplus
}
#endif

#endif
