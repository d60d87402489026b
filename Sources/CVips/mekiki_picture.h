// What the files of this target share about an opened picture.
#ifndef MEKIKI_PICTURE_H
#define MEKIKI_PICTURE_H

#include <vips/vips.h>

#include "mekiki_vips.h"

struct mekiki_picture {
    VipsImage *image;
};

/// The number of colour bands: 1 grey, 3, or 4 for CMYK; what follows is opacity or nothing known.
int mekiki_picture_colours(const VipsImage *image);

/// Whether the samples are CIELAB.
int mekiki_picture_is_lab(const VipsImage *image);

/// Whether bands follow the colours.
int mekiki_picture_has_more_bands(const VipsImage *image);

/// The colours that the rows of an image hold.
typedef enum mekiki_layout {
    MEKIKI_LAYOUT_GREY,
    MEKIKI_LAYOUT_RGB,
    MEKIKI_LAYOUT_CMYK,
} mekiki_layout;

/// Builds the lazy pipeline from the file's own samples to 8-bit ones in the same colours, the
/// opacity last where `has_opacity`. The caller unrefs `*settled`. 0, or -1 on failure.
int mekiki_picture_settle_colours(
    VipsImage *image, const mekiki_render_options *options, VipsImage **settled,
    mekiki_layout *layout);

/// A conversion of rows by a colour profile to sRGB.
typedef struct mekiki_profile mekiki_profile;

/// Prepares the conversion by the image's embedded profile; NULL where there is none, it describes
/// other colours than the image has, or it is broken: then the numbers are taken as they are.
mekiki_profile *mekiki_profile_new(VipsImage *image, mekiki_layout layout, int has_opacity);

void mekiki_profile_free(mekiki_profile *profile);

/// Converts `width` pixels to RGB, skipping the opacity.
void mekiki_profile_convert(
    const mekiki_profile *profile, const uint8_t *samples, int width, uint8_t *rgb);

/// Turns a row of settled samples into RGB over white, by a profile unless it is NULL.
void mekiki_row_to_rgb(
    const uint8_t *samples, int width, mekiki_layout layout, int has_opacity,
    const mekiki_profile *profile, uint8_t *rgb);

/// Resizes 8-bit RGB of shape [height, width, 3]. 0, or -1 where there is no memory.
int mekiki_resize(
    const uint8_t *pixels, int width, int height, int to_width, int to_height, uint8_t *resized);

#endif
