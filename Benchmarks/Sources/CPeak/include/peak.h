#ifndef MEKIKI_PEAK_H
#define MEKIKI_PEAK_H

#include <stdint.h>

/* The fastest that a core multiplies and adds numbers that are in registers already: the ceiling
 * that matrix products are compared with. */

/* How the loop multiplies. */
typedef enum {
    MEKIKI_PEAK_F32,
    MEKIKI_PEAK_BF16,
} mekiki_peak_kind_t;

/* The instructions that the loop of a kind uses on this processor, such as "avx512"; null where
 * there is no loop for it. */
const char *mekiki_peak_instructions(mekiki_peak_kind_t kind);

/* Runs `rounds` rounds of a kind's loop in the calling thread. Returns the floating-point operations
 * done, a product and a sum being two; 0 where there is no loop. */
int64_t mekiki_peak_run(mekiki_peak_kind_t kind, int64_t rounds);

#endif
