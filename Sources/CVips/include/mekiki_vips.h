// libvips behind a handful of plain functions: its own are variadic, which Swift can't call, and
// its headers bring in GLib, which Swift needn't see.
//
// Every function may be called from several threads at once, each picture from one at a time.
// Nothing here starts a thread, but libheif does for the tiles of a grid, and waits for its own.
#ifndef MEKIKI_VIPS_H
#define MEKIKI_VIPS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// An opened file: header read, pixels still to come. It borrows the file's bytes.
typedef struct mekiki_picture mekiki_picture;

typedef enum mekiki_format {
    MEKIKI_FORMAT_JPEG,
    MEKIKI_FORMAT_PNG,
    MEKIKI_FORMAT_WEBP,
    MEKIKI_FORMAT_GIF,
    MEKIKI_FORMAT_TIFF,
    MEKIKI_FORMAT_HEIC,
    MEKIKI_FORMAT_AVIF,
} mekiki_format;

/// 1 where this libvips has a loader for a format and, for HEIC and AVIF, libheif a decoder: both come
/// in packages of their own on many systems.
int mekiki_vips_decodes(mekiki_format format);

/// Starts libvips for this process: six loaders allowed, no operation cache, one thread an
/// operation, nothing printed. Call once before anything else. 0, or -1 on failure.
int mekiki_vips_start(void);

/// What libvips said about failures since the last call, as text to free with
/// mekiki_vips_free; libvips keeps ONE buffer for all threads, so a line may be about another
/// thread's file. The buffer is emptied.
char *mekiki_vips_take_messages(void);

void mekiki_vips_free(void *memory);

/// Reads a file's header. `shrink` is 1, or for JPEG 2, 4 or 8. NULL on failure. `bytes` must
/// outlive the picture. Animations give their first frame, TIFF its first page.
mekiki_picture *mekiki_vips_open(
    mekiki_format format, const void *bytes, size_t count, int shrink);

void mekiki_vips_close(mekiki_picture *picture);

/// Releases what libvips keeps for the calling thread, because nobody tells it when a thread that
/// it did not start ends.
void mekiki_vips_end_thread(void);

int mekiki_vips_width(const mekiki_picture *picture);
int mekiki_vips_height(const mekiki_picture *picture);

/// Lends a binary field of the header, such as "exif-data". 0, or -1 where there is none.
int mekiki_vips_blob(
    const mekiki_picture *picture, const char *name, const void **bytes, size_t *count);

/// 1 where the samples have no fixed range (floating point and the wider integers), so that
/// mekiki_vips_range must be asked on a picture opened for that alone.
int mekiki_vips_needs_range(const mekiki_picture *picture);

/// Decodes the whole picture for its smallest and largest finite sample. A picture is decoded
/// once: open another to render. 0, or -1 on failure.
int mekiki_vips_range(mekiki_picture *picture, double *low, double *high);

typedef struct mekiki_render_options {
    /// The part of the decoded picture that holds the original, from the top left: a JPEG's
    /// reduced sides are rounded up, so that its last column may lie partly outside.
    double extent_width, extent_height;
    /// The stored (not yet upright) picture's size to average down to; the decoded size for none.
    int width, height;
    /// EXIF's orientation, 1 to 8.
    int orientation;
    /// 1 where a band after the colours is opacity.
    int has_opacity;
    /// What stands for black and white where mekiki_vips_needs_range.
    double low, high;
} mekiki_render_options;

/// Decodes into upright 8-bit sRGB over white: shape [height, width, 3], sides exchanged for the
/// orientations 5 to 8. 0, or -1 on failure.
int mekiki_vips_render(
    mekiki_picture *picture, const mekiki_render_options *options, uint8_t *pixels);

/// Resizes 8-bit sRGB of shape [height, width, 3] and encodes it as WebP without metadata.
/// `*encoded` is freed with mekiki_webp_free. 0, or -1 on failure.
int mekiki_webp(
    const uint8_t *pixels, int width, int height, int to_width, int to_height, int quality,
    void **encoded, size_t *count);

void mekiki_webp_free(void *memory);

/// Inflates a zlib stream into at most `capacity` bytes. Their number, or -1 where the stream is
/// damaged or larger.
ptrdiff_t mekiki_inflate(
    const void *bytes, size_t count, void *inflated, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
