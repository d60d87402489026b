/* The rounding that all implementations share. */
#ifndef MEKIKI_RESIZE_ROUND_H
#define MEKIKI_RESIZE_ROUND_H

#include "mekiki_resize.h"

/* Half of the last bit, where every sum starts. */
#define MEKIKI_RESIZE_HALF (1 << (MEKIKI_RESIZE_PRECISION - 1))

/* The nearest sample to a fixed-point sum. */
static inline uint8_t mekiki_resize_sample(int32_t sum) {
    int32_t value = sum >> MEKIKI_RESIZE_PRECISION;
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

#endif
