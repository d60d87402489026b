#include "peak.h"

#include <stddef.h>

/* Sums of 24 registers: enough that each waits for none of the others' latency, few enough that all
 * stay in registers. */
enum { SUMS_512 = 24, SUMS_256 = 12 };

/* Keeps the compiler from computing a loop once or never. */
static volatile float sink;

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx512f"))) static int64_t f32_avx512(int64_t rounds) {
    __m512 sums[SUMS_512];
    for (int i = 0; i < SUMS_512; i++) sums[i] = _mm512_set1_ps((float)i);
    __m512 a = _mm512_set1_ps(1e-9f);
    __m512 b = _mm512_set1_ps(0.5f);
    for (int64_t round = 0; round < rounds; round++) {
        __asm__ volatile("" : "+v"(a), "+v"(b));
#pragma clang loop unroll(full)
        for (int i = 0; i < SUMS_512; i++) sums[i] = _mm512_fmadd_ps(a, b, sums[i]);
    }
    __m512 total = _mm512_setzero_ps();
    for (int i = 0; i < SUMS_512; i++) total = _mm512_add_ps(total, sums[i]);
    sink = _mm512_reduce_add_ps(total);
    return rounds * SUMS_512 * 16 * 2;
}

__attribute__((target("avx2,fma"))) static int64_t f32_avx2(int64_t rounds) {
    __m256 sums[SUMS_256];
    for (int i = 0; i < SUMS_256; i++) sums[i] = _mm256_set1_ps((float)i);
    __m256 a = _mm256_set1_ps(1e-9f);
    __m256 b = _mm256_set1_ps(0.5f);
    for (int64_t round = 0; round < rounds; round++) {
        __asm__ volatile("" : "+x"(a), "+x"(b));
#pragma clang loop unroll(full)
        for (int i = 0; i < SUMS_256; i++) sums[i] = _mm256_fmadd_ps(a, b, sums[i]);
    }
    __m256 total = _mm256_setzero_ps();
    for (int i = 0; i < SUMS_256; i++) total = _mm256_add_ps(total, sums[i]);
    float lanes[8];
    _mm256_storeu_ps(lanes, total);
    sink = lanes[0] + lanes[7];
    return rounds * SUMS_256 * 8 * 2;
}

__attribute__((target("avx512f,avx512bf16"))) static int64_t bf16_avx512(int64_t rounds) {
    __m512 sums[SUMS_512];
    for (int i = 0; i < SUMS_512; i++) sums[i] = _mm512_set1_ps((float)i);
    /* bfloat16 pairs of 1.0 and of a small number. */
    __m512i a = _mm512_set1_epi32(0x3f803f80);
    __m512i b = _mm512_set1_epi32(0x30803080);
    for (int64_t round = 0; round < rounds; round++) {
        __asm__ volatile("" : "+v"(a), "+v"(b));
#pragma clang loop unroll(full)
        for (int i = 0; i < SUMS_512; i++) {
            sums[i] = _mm512_dpbf16_ps(sums[i], (__m512bh)a, (__m512bh)b);
        }
    }
    __m512 total = _mm512_setzero_ps();
    for (int i = 0; i < SUMS_512; i++) total = _mm512_add_ps(total, sums[i]);
    sink = _mm512_reduce_add_ps(total);
    return rounds * SUMS_512 * 32 * 2;
}

const char *mekiki_peak_instructions(mekiki_peak_kind_t kind) {
    __builtin_cpu_init();
    if (kind == MEKIKI_PEAK_BF16) {
        return __builtin_cpu_supports("avx512bf16") ? "avx512_bf16" : NULL;
    }
    if (__builtin_cpu_supports("avx512f")) return "avx512";
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? "avx2" : NULL;
}

int64_t mekiki_peak_run(mekiki_peak_kind_t kind, int64_t rounds) {
    __builtin_cpu_init();
    if (kind == MEKIKI_PEAK_BF16) {
        return __builtin_cpu_supports("avx512bf16") ? bf16_avx512(rounds) : 0;
    }
    if (__builtin_cpu_supports("avx512f")) return f32_avx512(rounds);
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? f32_avx2(rounds) : 0;
}

#elif defined(__aarch64__)
#include <arm_neon.h>

static int64_t f32_neon(int64_t rounds) {
    float32x4_t sums[SUMS_512];
    for (int i = 0; i < SUMS_512; i++) sums[i] = vdupq_n_f32((float)i);
    float32x4_t a = vdupq_n_f32(1e-9f);
    float32x4_t b = vdupq_n_f32(0.5f);
    for (int64_t round = 0; round < rounds; round++) {
        __asm__ volatile("" : "+w"(a), "+w"(b));
#pragma clang loop unroll(full)
        for (int i = 0; i < SUMS_512; i++) sums[i] = vfmaq_f32(sums[i], a, b);
    }
    float32x4_t total = vdupq_n_f32(0);
    for (int i = 0; i < SUMS_512; i++) total = vaddq_f32(total, sums[i]);
    sink = vaddvq_f32(total);
    return rounds * SUMS_512 * 4 * 2;
}

const char *mekiki_peak_instructions(mekiki_peak_kind_t kind) {
    return kind == MEKIKI_PEAK_F32 ? "neon" : NULL;
}

int64_t mekiki_peak_run(mekiki_peak_kind_t kind, int64_t rounds) {
    return kind == MEKIKI_PEAK_F32 ? f32_neon(rounds) : 0;
}

#else

const char *mekiki_peak_instructions(mekiki_peak_kind_t kind) {
    (void)kind;
    return NULL;
}

int64_t mekiki_peak_run(mekiki_peak_kind_t kind, int64_t rounds) {
    (void)kind;
    (void)rounds;
    return 0;
}

#endif
