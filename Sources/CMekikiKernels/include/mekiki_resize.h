/* Resizing of 8-bit RGB pictures, bit for bit as Pillow's Image.resize does it.
 *
 * A resize is two passes, the horizontal one first, each a weighted sum along one axis whose
 * result is rounded to 8 bits. The weights come as fixed-point numbers with
 * MEKIKI_RESIZE_PRECISION fractional bits, so every implementation sums integers and the order of
 * the sums doesn't matter. */
#ifndef MEKIKI_RESIZE_H
#define MEKIKI_RESIZE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* 32 bits, less 8 for the samples and 2 for the overshoot of filters with negative lobes. */
#define MEKIKI_RESIZE_PRECISION 22

/* The weights of one axis. Output i is the sum over t < counts[i] of
 * input[starts[i] + t] * weights[i * taps + t]. */
typedef struct {
    size_t outputs;
    size_t taps;            /* row length of weights: a multiple of 4 */
    const int32_t *starts;  /* [outputs] */
    const int32_t *counts;  /* [outputs], at most taps */
    const int32_t *weights; /* [outputs, taps], zero from counts[i] on */
} mekiki_resize_axis_t;

/* The horizontal pass over `rows` rows of `width` RGB pixels that lie `stride` bytes apart:
 * source [rows, width, 3] -> destination [rows, outputs, 3], which is contiguous. Reads nothing
 * outside the rows. O(rows * outputs * taps). */
void mekiki_resize_horizontal_rgb_u8(const uint8_t *source, size_t stride, size_t width,
                                     size_t rows, const mekiki_resize_axis_t *axis,
                                     uint8_t *destination);

/* The vertical pass over rows of `length` samples that lie `stride` bytes apart:
 * source [rows, length] -> destination [outputs, length], which is contiguous.
 * O(length * outputs * taps). */
void mekiki_resize_vertical_u8(const uint8_t *source, size_t stride, size_t length,
                               const mekiki_resize_axis_t *axis, uint8_t *destination);

/* What the two above choose from by mekiki_cpu_level(). */
void mekiki_resize_horizontal_rgb_u8_scalar(const uint8_t *source, size_t stride, size_t width,
                                            size_t rows, const mekiki_resize_axis_t *axis,
                                            uint8_t *destination);
void mekiki_resize_vertical_u8_scalar(const uint8_t *source, size_t stride, size_t length,
                                      const mekiki_resize_axis_t *axis, uint8_t *destination);
#if defined(__x86_64__)
void mekiki_resize_horizontal_rgb_u8_avx2(const uint8_t *source, size_t stride, size_t width,
                                          size_t rows, const mekiki_resize_axis_t *axis,
                                          uint8_t *destination);
void mekiki_resize_vertical_u8_avx2(const uint8_t *source, size_t stride, size_t length,
                                    const mekiki_resize_axis_t *axis, uint8_t *destination);
#endif
#if defined(__aarch64__)
void mekiki_resize_horizontal_rgb_u8_neon(const uint8_t *source, size_t stride, size_t width,
                                          size_t rows, const mekiki_resize_axis_t *axis,
                                          uint8_t *destination);
void mekiki_resize_vertical_u8_neon(const uint8_t *source, size_t stride, size_t length,
                                    const mekiki_resize_axis_t *axis, uint8_t *destination);
#endif

#ifdef __cplusplus
}
#endif

#endif
