// Rows of settled samples to RGB over white. Plain loops: a decoder before them costs far more.
#include "mekiki_picture.h"

// x / 255, rounded, for 0 <= x <= 255 * 255.
static inline uint8_t mekiki_divide_by_255(unsigned x) {
    x += 128;
    return (uint8_t)((x + (x >> 8)) >> 8);
}

static void mekiki_row_of_grey(const uint8_t *from, int width, int stride, uint8_t *rgb) {
    for (int x = 0; x < width; x++, from += stride, rgb += 3) {
        rgb[0] = rgb[1] = rgb[2] = from[0];
    }
}

static void mekiki_row_of_rgb(const uint8_t *from, int width, int stride, uint8_t *rgb) {
    for (int x = 0; x < width; x++, from += stride, rgb += 3) {
        rgb[0] = from[0];
        rgb[1] = from[1];
        rgb[2] = from[2];
    }
}

// Inks as ideal filters, which is what everybody shows where no profile says more.
static void mekiki_row_of_cmyk(const uint8_t *from, int width, int stride, uint8_t *rgb) {
    for (int x = 0; x < width; x++, from += stride, rgb += 3) {
        unsigned light = 255u - from[3];
        for (int c = 0; c < 3; c++) {
            rgb[c] = mekiki_divide_by_255((255u - from[c]) * light);
        }
    }
}

static void mekiki_row_over_white(const uint8_t *opacity, int width, int stride, uint8_t *rgb) {
    for (int x = 0; x < width; x++, opacity += stride, rgb += 3) {
        unsigned share = *opacity;
        for (int c = 0; c < 3; c++) {
            rgb[c] = mekiki_divide_by_255(rgb[c] * share + 255u * (255u - share));
        }
    }
}

void mekiki_row_to_rgb(
    const uint8_t *samples, int width, mekiki_layout layout, int has_opacity,
    const mekiki_profile *profile, uint8_t *rgb) {
    int colours = layout == MEKIKI_LAYOUT_GREY ? 1 : layout == MEKIKI_LAYOUT_RGB ? 3 : 4;
    int stride = colours + (has_opacity ? 1 : 0);
    if (profile != NULL) {
        mekiki_profile_convert(profile, samples, width, rgb);
    } else if (layout == MEKIKI_LAYOUT_GREY) {
        mekiki_row_of_grey(samples, width, stride, rgb);
    } else if (layout == MEKIKI_LAYOUT_RGB) {
        mekiki_row_of_rgb(samples, width, stride, rgb);
    } else {
        mekiki_row_of_cmyk(samples, width, stride, rgb);
    }
    if (has_opacity) {
        mekiki_row_over_white(samples + colours, width, stride, rgb);
    }
}
