#include "mekiki_cpu.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

/* -1 until the first question. Two threads that ask at once find the same answer. */
static atomic_int detected_level = -1;
/* One a thread: kernels of different levels round differently, and tests run side by side. */
static _Thread_local int level_limit = -1;

static int detect_processor(void) {
#if defined(__x86_64__)
    /* These builtins ask the operating system too: registers that it does not save are not
     * reported. */
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")
        || !__builtin_cpu_supports("f16c")) {
        return MEKIKI_CPU_SCALAR;
    }
    if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw")
        || !__builtin_cpu_supports("avx512vl") || !__builtin_cpu_supports("avx512dq")) {
        return MEKIKI_CPU_AVX2;
    }
    return __builtin_cpu_supports("avx512bf16") ? MEKIKI_CPU_AVX512_BF16 : MEKIKI_CPU_AVX512;
#elif defined(__aarch64__)
    return MEKIKI_CPU_NEON;
#else
    return MEKIKI_CPU_SCALAR;
#endif
}

/* The environment variable MEKIKI_CPU caps the level of the whole process, to see what an older
 * processor would do; a name of another architecture means nothing. */
static int detect(void) {
    int level = detect_processor();
    const char *cap = getenv("MEKIKI_CPU");
    if (cap == NULL) return level;
    if (strcmp(cap, "scalar") == 0) return MEKIKI_CPU_SCALAR;
    if (level == MEKIKI_CPU_NEON) return level;
    for (int lower = MEKIKI_CPU_AVX2; lower < level; lower++) {
        if (strcmp(cap, mekiki_cpu_level_name((mekiki_cpu_level_t)lower)) == 0) return lower;
    }
    return level;
}

mekiki_cpu_level_t mekiki_cpu_detected(void) {
    int level = atomic_load_explicit(&detected_level, memory_order_relaxed);
    if (level < 0) {
        level = detect();
        atomic_store_explicit(&detected_level, level, memory_order_relaxed);
    }
    return (mekiki_cpu_level_t)level;
}

mekiki_cpu_level_t mekiki_cpu_level(void) {
    mekiki_cpu_level_t detected = mekiki_cpu_detected();
    return level_limit >= 0 && level_limit < (int)detected ? (mekiki_cpu_level_t)level_limit
                                                           : detected;
}

void mekiki_cpu_limit(mekiki_cpu_level_t level) {
    mekiki_cpu_level_t detected = mekiki_cpu_detected();
    /* On Arm the only levels are scalar and NEON; the x86 levels between them mean nothing. */
    if (detected == MEKIKI_CPU_NEON && level != MEKIKI_CPU_SCALAR) level = MEKIKI_CPU_NEON;
    level_limit = (int)level;
}

const char *mekiki_cpu_level_name(mekiki_cpu_level_t level) {
    switch (level) {
    case MEKIKI_CPU_SCALAR: return "scalar";
    case MEKIKI_CPU_AVX2: return "avx2";
    case MEKIKI_CPU_AVX512: return "avx512";
    case MEKIKI_CPU_AVX512_BF16: return "avx512_bf16";
    case MEKIKI_CPU_NEON: return "neon";
    }
    return "unknown";
}

bool mekiki_cpu_has_amx_bf16(void) {
#if defined(__x86_64__)
    unsigned int a, b, c, d;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (d & 1u << 22) != 0;
#else
    return false;
#endif
}

void mekiki_cpu_relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("isb");
#endif
}

void mekiki_cpu_yield(void) { sched_yield(); }
