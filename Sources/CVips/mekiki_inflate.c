#include <limits.h>
#include <zlib.h>

#include "mekiki_vips.h"

ptrdiff_t mekiki_inflate(
    const void *bytes, size_t count, void *inflated, size_t capacity) {
    if (count > UINT_MAX || capacity > UINT_MAX) {
        return -1;
    }
    z_stream stream = {0};
    if (inflateInit(&stream) != Z_OK) {
        return -1;
    }
    stream.next_in = (Bytef *)(uintptr_t)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = inflated;
    stream.avail_out = (uInt)capacity;
    int status = inflate(&stream, Z_FINISH);
    ptrdiff_t produced = (ptrdiff_t)stream.total_out;
    inflateEnd(&stream);
    return status == Z_STREAM_END ? produced : -1;
}
