/* Estimates of inner products from codes: one bit a dimension against a query of four bits a
 * dimension, and which vectors may be near enough to be looked at more closely.
 *
 * Codes lie in blocks of 32 vectors. A block holds, without gaps:
 *
 *   words            [words, 32] uint64: the 64-bit words first by their place in the code and then
 *                    by vector, so that one register holds the same word of several vectors and no
 *                    sum has to be taken across a register
 *   factor           [32] float16: what the sum over the signs is multiplied by
 *   centre product   [32] float16: the inner product of the vector's difference with the centre
 *   deviation        [32] float16: for a query of length 1, one standard deviation of the estimate
 *   ones             [32] uint16: the set bits of the code
 *
 * Vectors, queries and formulas are those of RaBitQ (Gao and Long, arXiv 2405.12497). */
#ifndef MEKIKI_CODES_H
#define MEKIKI_CODES_H

#include "mekiki_cpu.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MEKIKI_CODE_BLOCK 32

/* 64-bit words of a block of codes. */
#define MEKIKI_CODE_BLOCK_WORDS(words) (((words) + 1) * MEKIKI_CODE_BLOCK)

/* A query, ready to be compared with codes.
 *
 *   sum      = sum over planes p of 2^p * (bits that the code and plane p share)
 *   estimate = base + share * centre product + factor * (scale * sum + tilt * ones + shift)
 *   upper    = estimate + reach * deviation */
typedef struct {
    const uint64_t *planes; /* [words, 4]: bit p of each dimension's query value, 0 to 15 */
    float base;
    float share;
    float scale;
    float tilt;
    float shift;
    float reach;
} mekiki_code_query_t;

/* Writes the vectors whose upper bound is at least `threshold`, in their order, and returns how many
 * these are.
 *
 * blocks    [count, MEKIKI_CODE_BLOCK_WORDS(words)]
 * words     64-bit words of one code; below 2^22, so that no sum overflows
 * admitted  [count]: bit v of word b for vector v of block b; others are passed over
 * rows, estimates, uppers   room for 32 * count + 16 each; what lies behind the last result is
 *                           undefined. A row is 32 * block + vector.
 *
 * Every version gives the same bits. */
typedef size_t (*mekiki_code_scan_function_t)(const uint64_t *blocks, size_t count, size_t words,
                                              const mekiki_code_query_t *query,
                                              const uint32_t *admitted, float threshold,
                                              uint32_t *rows, float *estimates, float *uppers);
size_t mekiki_code_scan(const uint64_t *blocks, size_t count, size_t words,
                        const mekiki_code_query_t *query, const uint32_t *admitted,
                        float threshold, uint32_t *rows, float *estimates, float *uppers);

/* The implementation that a level uses, under the rules of mekiki_vectors_functions. AVX-512
 * processors without VPOPCNTDQ use the one for AVX2. */
mekiki_code_scan_function_t mekiki_code_scan_at(mekiki_cpu_level_t level);

size_t mekiki_code_scan_scalar(const uint64_t *blocks, size_t count, size_t words,
                               const mekiki_code_query_t *query, const uint32_t *admitted,
                               float threshold, uint32_t *rows, float *estimates, float *uppers);
#if defined(__x86_64__)
size_t mekiki_code_scan_avx2(const uint64_t *blocks, size_t count, size_t words,
                             const mekiki_code_query_t *query, const uint32_t *admitted,
                             float threshold, uint32_t *rows, float *estimates, float *uppers);
/* Needs VPOPCNTDQ. */
size_t mekiki_code_scan_avx512(const uint64_t *blocks, size_t count, size_t words,
                               const mekiki_code_query_t *query, const uint32_t *admitted,
                               float threshold, uint32_t *rows, float *estimates, float *uppers);
#elif defined(__aarch64__)
size_t mekiki_code_scan_neon(const uint64_t *blocks, size_t count, size_t words,
                             const mekiki_code_query_t *query, const uint32_t *admitted,
                             float threshold, uint32_t *rows, float *estimates, float *uppers);
#endif

/* How vectors become codes. */
typedef struct {
    size_t dimension;
    size_t padded;       /* 64-bit words of a code times 64, at least `dimension` */
    const float *centre; /* [dimension] */
    /* The rotation: for each turn, these signs and then a Hadamard transform of the greatest power
     * of two that fits, in even turns at the front, in odd ones at the back. */
    size_t turns;
    const float *signs; /* [turns, padded], each 1 or -1 */
    /* The mean squared error that rounding a query of length 1 adds, see "deviation" above. */
    float rounding;
} mekiki_code_making_t;

/* Writes the block of up to 32 vectors; the places behind `count` become zero.
 *
 * rows     [count, stride] float16, finite
 * scratch  room for 17 * padded float32
 *
 * Every version gives the same bits. */
typedef void (*mekiki_code_encode_function_t)(const mekiki_code_making_t *making,
                                              const uint16_t *rows, size_t count, size_t stride,
                                              float *scratch, uint64_t *block);
void mekiki_code_encode(const mekiki_code_making_t *making, const uint16_t *rows, size_t count,
                        size_t stride, float *scratch, uint64_t *block);

/* The implementation that a level uses, under the rules of mekiki_vectors_functions. */
mekiki_code_encode_function_t mekiki_code_encode_at(mekiki_cpu_level_t level);

#ifdef __cplusplus
}
#endif

#endif
