/* What follows the sums of a block, in plain C: for the levels that have no better way. */
#ifndef MEKIKI_CODE_FINISH_H
#define MEKIKI_CODE_FINISH_H

#include "mekiki_codes.h"
#include "mekiki_vectors.h"

#include <math.h>

/* Appends the admitted vectors of a block that reach the threshold; returns the new count.
 *
 * Each product is fused with its sum, as in the vector versions, so that all give the same bits. */
static inline size_t mekiki_code_finish(const uint32_t *sums, const uint16_t *factors,
                                        const mekiki_code_query_t *query, uint32_t admitted,
                                        float threshold, uint32_t first_row, size_t found,
                                        uint32_t *rows, float *estimates, float *uppers) {
    float numbers[3 * MEKIKI_CODE_BLOCK];
    mekiki_f32_from_f16_scalar(factors, numbers, 3 * MEKIKI_CODE_BLOCK);
    const uint16_t *ones = factors + 3 * MEKIKI_CODE_BLOCK;
    for (size_t v = 0; v < MEKIKI_CODE_BLOCK; v++) {
        float signs = fmaf(query->scale, (float)sums[v], fmaf(query->tilt, (float)ones[v], query->shift));
        float rest = fmaf(query->share, numbers[MEKIKI_CODE_BLOCK + v], query->base);
        float estimate = fmaf(numbers[v], signs, rest);
        float upper = fmaf(query->reach, numbers[2 * MEKIKI_CODE_BLOCK + v], estimate);
        if (!(admitted >> v & 1) || !(upper >= threshold)) continue;
        rows[found] = first_row + (uint32_t)v;
        estimates[found] = estimate;
        uppers[found] = upper;
        found++;
    }
    return found;
}

#endif
