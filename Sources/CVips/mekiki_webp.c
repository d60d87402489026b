// Thumbnails: WebP by libwebp itself. libvips' own path costs as much again for pipelines, threads
// and metadata as the encoding does.
#include <stdlib.h>
#include <webp/encode.h>

#include "mekiki_picture.h"

static int mekiki_webp_encode(
    const uint8_t *pixels, int width, int height, int quality, void **encoded, size_t *count) {
    WebPConfig config;
    WebPPicture picture;
    if (!WebPConfigInit(&config) || !WebPPictureInit(&picture)) {
        return -1;
    }
    config.quality = (float)quality;
    config.method = 2;
    picture.width = width;
    picture.height = height;
    WebPMemoryWriter writer;
    WebPMemoryWriterInit(&writer);
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = &writer;
    int failed = !WebPPictureImportRGB(&picture, pixels, 3 * width)
        || !WebPEncode(&config, &picture);
    WebPPictureFree(&picture);
    if (failed) {
        WebPMemoryWriterClear(&writer);
        return -1;
    }
    *encoded = writer.mem;
    *count = writer.size;
    return 0;
}

int mekiki_webp(
    const uint8_t *pixels, int width, int height, int to_width, int to_height, int quality,
    void **encoded, size_t *count) {
    if (to_width == width && to_height == height) {
        return mekiki_webp_encode(pixels, width, height, quality, encoded, count);
    }
    uint8_t *reduced = malloc((size_t)to_width * (size_t)to_height * 3);
    int failed = reduced == NULL
        || mekiki_resize(pixels, width, height, to_width, to_height, reduced) != 0
        || mekiki_webp_encode(reduced, to_width, to_height, quality, encoded, count) != 0;
    free(reduced);
    return failed ? -1 : 0;
}

void mekiki_webp_free(void *memory) { WebPFree(memory); }
