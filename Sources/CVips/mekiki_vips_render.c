// Decoding, averaging down and turning upright in one pass over the rows, in the calling thread.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mekiki_picture.h"

// Rows asked of libvips at a time: the height of its own sequential buffers.
enum { MEKIKI_STRIP = 16 };

// Where the stored pixel (x, y) goes: origin + x * along_x + y * along_y.
typedef struct mekiki_placement {
    ptrdiff_t origin, along_x, along_y;
} mekiki_placement;

static mekiki_placement mekiki_place(int width, int height, int orientation) {
    ptrdiff_t w = width, h = height;
    switch (orientation) {
    case 2: return (mekiki_placement){w - 1, -1, w};
    case 3: return (mekiki_placement){w * h - 1, -1, -w};
    case 4: return (mekiki_placement){(h - 1) * w, 1, -w};
    case 5: return (mekiki_placement){0, h, 1};
    case 6: return (mekiki_placement){h - 1, h, -1};
    case 7: return (mekiki_placement){w * h - 1, -h, -1};
    case 8: return (mekiki_placement){(w - 1) * h, -h, 1};
    default: return (mekiki_placement){0, 1, w};
    }
}

static void mekiki_store_row(
    const uint8_t *rgb, int width, int y, mekiki_placement place, uint8_t *pixels) {
    if (place.along_x == 1) {
        memcpy(pixels + 3 * (place.origin + y * place.along_y), rgb, (size_t)width * 3);
        return;
    }
    for (int x = 0; x < width; x++) {
        uint8_t *to = pixels + 3 * (place.origin + x * place.along_x + y * place.along_y);
        to[0] = rgb[3 * x];
        to[1] = rgb[3 * x + 1];
        to[2] = rgb[3 * x + 2];
    }
}

// An exact average over areas whose borders may fall inside a pixel, so that the reduced picture
// covers precisely what the whole one does: a reduction by a whole factor would drop or add part
// of the last column, and a shift of half a pixel costs more likeness than any filter.
typedef struct mekiki_average {
    int from_width, width, height;
    double scale_x, scale_y;
    float *row;     // [width, 3], one source row averaged along x
    float *sum;     // [width, 3], the output row in the making
    uint8_t *rgb;   // [width, 3]
    int y;          // the output row in the making
} mekiki_average;

static void mekiki_average_along_x(mekiki_average *average, const uint8_t *rgb) {
    float share = (float)(1.0 / average->scale_x);
    for (int x = 0; x < average->width; x++) {
        double start = x * average->scale_x;
        double end = (x + 1) * average->scale_x;
        int first = (int)start;
        int last = (int)ceil(end) - 1;
        if (last >= average->from_width) {
            last = average->from_width - 1;
        }
        // Whole pixels in integers, then what the borders cut off the first and the last.
        unsigned red = 0, green = 0, blue = 0;
        for (int i = first; i <= last; i++) {
            red += rgb[3 * i];
            green += rgb[3 * i + 1];
            blue += rgb[3 * i + 2];
        }
        float before = (float)(start - first);
        float after = (float)(last + 1 - end);
        if (after < 0) {
            after = 0;
        }
        const uint8_t *a = rgb + 3 * first;
        const uint8_t *b = rgb + 3 * last;
        float *to = average->row + 3 * x;
        to[0] = ((float)red - before * a[0] - after * b[0]) * share;
        to[1] = ((float)green - before * a[1] - after * b[1]) * share;
        to[2] = ((float)blue - before * a[2] - after * b[2]) * share;
    }
}

static void mekiki_average_flush(
    mekiki_average *average, mekiki_placement place, uint8_t *pixels) {
    for (int i = 0; i < average->width * 3; i++) {
        float value = average->sum[i] + 0.5f;
        average->rgb[i] = value <= 0 ? 0 : value >= 255 ? 255 : (uint8_t)value;
        average->sum[i] = 0;
    }
    mekiki_store_row(average->rgb, average->width, average->y, place, pixels);
    average->y++;
}

static void mekiki_average_add(
    mekiki_average *average, const uint8_t *rgb, int y, mekiki_placement place, uint8_t *pixels) {
    mekiki_average_along_x(average, rgb);
    double top = y;
    while (average->y < average->height) {
        double end = (average->y + 1) * average->scale_y;
        double bottom = y + 1 < end ? y + 1 : end;
        float weight = (float)((bottom - top) / average->scale_y);
        for (int i = 0; i < average->width * 3; i++) {
            average->sum[i] += weight * average->row[i];
        }
        // A border closer than rounding noise counts as reached.
        if (y + 1 < end - 1e-6) {
            return;
        }
        mekiki_average_flush(average, place, pixels);
        top = bottom;
        if (top >= y + 1 - 1e-6) {
            return;
        }
    }
}

// Runs over a settled image's rows in order.
static int mekiki_render_rows(
    VipsImage *image, mekiki_layout layout, const mekiki_profile *profile,
    const mekiki_render_options *options, uint8_t *pixels) {
    int width = image->Xsize, height = image->Ysize;
    int averages = options->width != width || options->height != height
        || options->extent_width < width || options->extent_height < height;
    // Most rows are what is wanted already.
    int is_settled = layout == MEKIKI_LAYOUT_RGB && !options->has_opacity && profile == NULL;
    mekiki_placement place = mekiki_place(options->width, options->height, options->orientation);
    mekiki_average average = {
        .from_width = width,
        .width = options->width,
        .height = options->height,
        .scale_x = options->extent_width / options->width,
        .scale_y = options->extent_height / options->height,
    };
    size_t samples = (size_t)options->width * 3;
    uint8_t *rgb = malloc((size_t)width * 3);
    average.row = calloc(samples, sizeof(float));
    average.sum = calloc(samples, sizeof(float));
    average.rgb = malloc(samples);
    VipsRegion *region = vips_region_new(image);
    int failed = rgb == NULL || average.row == NULL || average.sum == NULL || average.rgb == NULL
        || region == NULL;
    for (int top = 0; !failed && top < height; top += MEKIKI_STRIP) {
        int rows = height - top < MEKIKI_STRIP ? height - top : MEKIKI_STRIP;
        VipsRect strip = {0, top, width, rows};
        failed = vips_region_prepare(region, &strip);
        for (int y = top; !failed && y < top + rows; y++) {
            const uint8_t *row = VIPS_REGION_ADDR(region, 0, y);
            if (!is_settled) {
                mekiki_row_to_rgb(row, width, layout, options->has_opacity, profile, rgb);
                row = rgb;
            }
            if (averages) {
                mekiki_average_add(&average, row, y, place, pixels);
            } else {
                mekiki_store_row(row, width, y, place, pixels);
            }
        }
    }
    if (region != NULL) {
        g_object_unref(region);
    }
    free(rgb);
    free(average.row);
    free(average.sum);
    free(average.rgb);
    return failed ? -1 : 0;
}

int mekiki_vips_render(
    mekiki_picture *picture, const mekiki_render_options *options, uint8_t *pixels) {
    VipsImage *settled = NULL;
    mekiki_layout layout = MEKIKI_LAYOUT_RGB;
    mekiki_render_options chosen = *options;
    if (!mekiki_picture_has_more_bands(picture->image)) {
        chosen.has_opacity = 0;
    }
    if (mekiki_picture_settle_colours(picture->image, &chosen, &settled, &layout) != 0) {
        return -1;
    }
    int failed = settled->BandFmt != VIPS_FORMAT_UCHAR;
    if (!failed) {
        mekiki_profile *profile = mekiki_picture_is_lab(picture->image)
            ? NULL
            : mekiki_profile_new(picture->image, layout, chosen.has_opacity);
        failed = mekiki_render_rows(settled, layout, profile, &chosen, pixels);
        mekiki_profile_free(profile);
    }
    g_object_unref(settled);
    return failed ? -1 : 0;
}

int mekiki_vips_range(mekiki_picture *picture, double *low, double *high) {
    VipsImage *image = NULL;
    if (vips_cast_double(picture->image, &image, NULL) != 0) {
        return -1;
    }
    VipsRegion *region = vips_region_new(image);
    int failed = region == NULL;
    size_t samples = (size_t)image->Xsize * (size_t)mekiki_picture_colours(picture->image);
    size_t colours = (size_t)mekiki_picture_colours(picture->image);
    size_t bands = (size_t)image->Bands;
    *low = INFINITY;
    *high = -INFINITY;
    for (int y = 0; !failed && y < image->Ysize; y++) {
        VipsRect row = {0, y, image->Xsize, 1};
        failed = vips_region_prepare(region, &row);
        if (failed) {
            break;
        }
        const double *values = (const double *)VIPS_REGION_ADDR(region, 0, y);
        for (size_t i = 0; i < samples; i++) {
            double value = values[i / colours * bands + i % colours];
            if (isfinite(value)) {
                *low = value < *low ? value : *low;
                *high = value > *high ? value : *high;
            }
        }
    }
    if (region != NULL) {
        g_object_unref(region);
    }
    g_object_unref(image);
    return failed ? -1 : 0;
}
