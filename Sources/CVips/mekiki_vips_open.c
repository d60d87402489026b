#include <stdlib.h>

#include "mekiki_picture.h"

mekiki_picture *mekiki_vips_open(
    mekiki_format format, const void *bytes, size_t count, int shrink) {
    VipsImage *image = NULL;
    void *buffer = (void *)(uintptr_t)bytes;  // libvips only reads it, yet asks for a mutable one.
    int failed = -1;
    switch (format) {
    case MEKIKI_FORMAT_JPEG:
        failed = vips_jpegload_buffer(
            buffer, count, &image, "access", VIPS_ACCESS_SEQUENTIAL,
            "fail_on", VIPS_FAIL_ON_ERROR, "shrink", shrink, NULL);
        break;
    case MEKIKI_FORMAT_PNG:
        failed = vips_pngload_buffer(
            buffer, count, &image, "access", VIPS_ACCESS_SEQUENTIAL,
            "fail_on", VIPS_FAIL_ON_ERROR, NULL);
        break;
    case MEKIKI_FORMAT_WEBP:
        failed = vips_webpload_buffer(
            buffer, count, &image, "access", VIPS_ACCESS_SEQUENTIAL,
            "fail_on", VIPS_FAIL_ON_ERROR, "page", 0, "n", 1, NULL);
        break;
    case MEKIKI_FORMAT_GIF:
        failed = vips_gifload_buffer(
            buffer, count, &image, "access", VIPS_ACCESS_SEQUENTIAL,
            "fail_on", VIPS_FAIL_ON_ERROR, "page", 0, "n", 1, NULL);
        break;
    case MEKIKI_FORMAT_TIFF:
        failed = vips_tiffload_buffer(
            buffer, count, &image, "access", VIPS_ACCESS_SEQUENTIAL,
            "fail_on", VIPS_FAIL_ON_ERROR, "page", 0, "n", 1, NULL);
        break;
    case MEKIKI_FORMAT_HEIC:
    case MEKIKI_FORMAT_AVIF:
        // Neither page nor count, which chooses the primary picture.
        failed = vips_heifload_buffer(
            buffer, count, &image, "access", VIPS_ACCESS_SEQUENTIAL,
            "fail_on", VIPS_FAIL_ON_ERROR, NULL);
        break;
    }
    if (failed != 0 || image == NULL) {
        return NULL;
    }
    mekiki_picture *picture = malloc(sizeof *picture);
    if (picture == NULL) {
        g_object_unref(image);
        return NULL;
    }
    picture->image = image;
    return picture;
}

void mekiki_vips_close(mekiki_picture *picture) {
    g_object_unref(picture->image);
    free(picture);
}

int mekiki_vips_width(const mekiki_picture *picture) {
    return vips_image_get_width(picture->image);
}

int mekiki_vips_height(const mekiki_picture *picture) {
    return vips_image_get_height(picture->image);
}

int mekiki_vips_blob(
    const mekiki_picture *picture, const char *name, const void **bytes, size_t *count) {
    // Asked for first, because reading an absent field leaves a message in libvips' buffer.
    if (vips_image_get_typeof(picture->image, name) != VIPS_TYPE_BLOB) {
        return -1;
    }
    return vips_image_get_blob(picture->image, name, bytes, count);
}
