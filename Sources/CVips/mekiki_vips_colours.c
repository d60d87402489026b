// From a file's own colours to 8-bit grey, RGB or CMYK samples, as a lazy libvips pipeline.
#include "mekiki_picture.h"

int mekiki_picture_colours(const VipsImage *image) {
    int bands = image->Bands;
    VipsInterpretation kind = vips_image_guess_interpretation(image);
    if (kind == VIPS_INTERPRETATION_CMYK && bands >= 4) {
        return 4;
    }
    return bands >= 3 ? 3 : 1;
}

int mekiki_picture_is_lab(const VipsImage *image) {
    return image->Coding == VIPS_CODING_LABQ || image->Type == VIPS_INTERPRETATION_LAB
        || image->Type == VIPS_INTERPRETATION_LABS;
}

int mekiki_picture_has_more_bands(const VipsImage *image) {
    return !mekiki_picture_is_lab(image) && image->Bands > mekiki_picture_colours(image);
}

int mekiki_vips_needs_range(const mekiki_picture *picture) {
    const VipsImage *image = picture->image;
    return image->Coding == VIPS_CODING_NONE && image->BandFmt != VIPS_FORMAT_UCHAR
        && image->BandFmt != VIPS_FORMAT_USHORT && !vips_band_format_iscomplex(image->BandFmt)
        && !mekiki_picture_is_lab(image);
}

// Replaces `*image` by the result of an operation that was handed it.
static int mekiki_step(int failed, VipsImage **image, VipsImage *next) {
    g_object_unref(*image);
    *image = failed == 0 ? next : NULL;
    return failed;
}

// Samples without a fixed range, mapped so that `low` is 0 and `high` 255.
static int mekiki_narrow_by_range(VipsImage **image, double low, double high) {
    VipsImage *next = NULL;
    double scale = high > low ? 255.0 / (high - low) : 0.0;
    if (mekiki_step(
            vips_linear1(*image, &next, scale, 0.5 - low * scale, NULL), image, next) != 0) {
        return -1;
    }
    next = NULL;
    return mekiki_step(vips_cast_uchar(*image, &next, NULL), image, next);
}

static int mekiki_narrow(VipsImage **image, const mekiki_render_options *options) {
    VipsImage *next = NULL;
    switch ((*image)->BandFmt) {
    case VIPS_FORMAT_UCHAR:
        return 0;
    case VIPS_FORMAT_USHORT:
        // The high byte, as Pillow takes it; rounding instead would differ in half of all values.
        return mekiki_step(vips_msb(*image, &next, NULL), image, next);
    default:
        return mekiki_narrow_by_range(image, options->low, options->high);
    }
}

int mekiki_picture_settle_colours(
    VipsImage *image, const mekiki_render_options *options, VipsImage **settled,
    mekiki_layout *layout) {
    *settled = NULL;
    if (vips_band_format_iscomplex(image->BandFmt)
        || (image->Coding != VIPS_CODING_NONE && image->Coding != VIPS_CODING_LABQ)) {
        vips_error("mekiki", "samples of this kind are not supported");
        return -1;
    }
    if (mekiki_picture_is_lab(image)) {
        VipsImage *colours = NULL;
        // TIFF's CIELab has profiles' own white (D50); vips_colourspace would take it for D65.
        if (vips_icc_export(
                image, &colours, "output_profile", "srgb", "depth", 8, "pcs", VIPS_PCS_LAB, NULL)
            != 0) {
            return -1;
        }
        *layout = MEKIKI_LAYOUT_RGB;
        int failed = vips_extract_band(colours, settled, 0, "n", 3, NULL);
        g_object_unref(colours);
        return failed;
    }

    int count = mekiki_picture_colours(image);
    VipsImage *colours = NULL;
    if (image->Bands == count) {
        colours = image;
        g_object_ref(colours);
    } else if (vips_extract_band(image, &colours, 0, "n", count, NULL) != 0) {
        return -1;
    }
    if (mekiki_narrow(&colours, options) != 0) {
        return -1;
    }
    *layout = count == 1 ? MEKIKI_LAYOUT_GREY
        : count == 3     ? MEKIKI_LAYOUT_RGB
                         : MEKIKI_LAYOUT_CMYK;
    if (!options->has_opacity) {
        *settled = colours;
        return 0;
    }

    VipsImage *opacity = NULL;
    if (vips_extract_band(image, &opacity, count, NULL) != 0
        || mekiki_narrow(&opacity, options) != 0) {
        g_object_unref(colours);
        return -1;
    }
    int failed = vips_bandjoin2(colours, opacity, settled, NULL);
    g_object_unref(colours);
    g_object_unref(opacity);
    return failed;
}
