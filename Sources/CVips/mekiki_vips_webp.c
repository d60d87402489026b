#include <vips/vips.h>

#include "mekiki_vips.h"

int mekiki_vips_webp(
    const uint8_t *pixels, int width, int height, int to_width, int to_height, int quality,
    void **encoded, size_t *count) {
    VipsImage *whole = vips_image_new_from_memory(
        pixels, (size_t)width * (size_t)height * 3, width, height, 3, VIPS_FORMAT_UCHAR);
    if (whole == NULL) {
        return -1;
    }
    whole->Type = VIPS_INTERPRETATION_sRGB;
    VipsImage *reduced = NULL;
    int failed = 0;
    if (to_width == width && to_height == height) {
        reduced = whole;
        g_object_ref(reduced);
    } else {
        failed = vips_thumbnail_image(
            whole, &reduced, to_width, "height", to_height, "size", VIPS_SIZE_FORCE, NULL);
    }
    if (failed == 0) {
        failed = vips_webpsave_buffer(
            reduced, encoded, count, "Q", quality, "effort", 2, "strip", TRUE, NULL);
        g_object_unref(reduced);
    }
    g_object_unref(whole);
    return failed;
}
