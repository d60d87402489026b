/* Sums over the codes of vectors: one bit a dimension against a query of four bits a dimension.
 *
 * Codes lie in blocks of 32 vectors. Within a block the 64-bit words come first by their place in
 * the code and then by vector, [words, 32], so that one register holds the same word of several
 * vectors and no sum has to be taken across a register. */
#ifndef MEKIKI_CODES_H
#define MEKIKI_CODES_H

#include "mekiki_cpu.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MEKIKI_CODE_BLOCK 32

/* sums[v] = sum over planes p of 2^p * (bits that vector v's code and plane p share).
 *
 * codes   [blocks, words, 32]
 * planes  [words, 4]: bit p of each dimension's query value, 0 to 15
 * sums    [blocks * 32]
 * words   64-bit words of one code; below 2^22, so that no sum overflows
 *
 * Every version gives the same numbers. */
typedef void (*mekiki_code_sums_function_t)(const uint64_t *codes, size_t blocks, size_t words,
                                            const uint64_t *planes, uint32_t *sums);
void mekiki_code_sums(const uint64_t *codes, size_t blocks, size_t words, const uint64_t *planes,
                      uint32_t *sums);

/* The implementation that a level uses, under the rules of mekiki_vectors_functions. AVX-512
 * processors without VPOPCNTDQ use the one for AVX2. */
mekiki_code_sums_function_t mekiki_code_sums_at(mekiki_cpu_level_t level);

void mekiki_code_sums_scalar(const uint64_t *codes, size_t blocks, size_t words,
                             const uint64_t *planes, uint32_t *sums);
#if defined(__x86_64__)
void mekiki_code_sums_avx2(const uint64_t *codes, size_t blocks, size_t words,
                           const uint64_t *planes, uint32_t *sums);
/* Needs VPOPCNTDQ. */
void mekiki_code_sums_avx512(const uint64_t *codes, size_t blocks, size_t words,
                             const uint64_t *planes, uint32_t *sums);
#elif defined(__aarch64__)
void mekiki_code_sums_neon(const uint64_t *codes, size_t blocks, size_t words,
                           const uint64_t *planes, uint32_t *sums);
#endif

#ifdef __cplusplus
}
#endif

#endif
