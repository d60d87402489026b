/* Sums that tell whether bytes are those that were written. Not secret: they find accidents. */
#ifndef MEKIKI_CHECKSUM_H
#define MEKIKI_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The sum of bytes, the same on every processor; part of file formats. Any change within 64 bytes
 * that stand together changes it for certain, any other with a chance of all but 2^-64. */
uint64_t mekiki_checksum(const void *bytes, size_t count);

#ifdef __cplusplus
}
#endif

#endif
