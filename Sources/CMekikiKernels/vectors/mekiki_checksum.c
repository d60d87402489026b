#include "mekiki_checksum.h"

#include <string.h>

#define LANES 8

/* An odd number with bits all over: 2^64 divided by the golden ratio. */
static const uint64_t factor = 0x9e3779b97f4a7c15u;

static inline uint64_t mixed(uint64_t sum, uint64_t word) {
    sum = (sum ^ word) * factor;
    /* Products carry upwards only: what is above comes down again. */
    return sum ^ (sum >> 32);
}

static inline uint64_t little_endian(uint64_t word) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return __builtin_bswap64(word);
#else
    return word;
#endif
}

uint64_t mekiki_checksum(const void *bytes, size_t count) {
    const unsigned char *at = bytes;
    uint64_t lanes[LANES];
    for (size_t i = 0; i < LANES; i++) lanes[i] = factor * (i + 1);
    size_t rest = count;
    /* Lanes side by side, so that no product waits for the one before. */
    for (; rest >= LANES * 8; rest -= LANES * 8, at += LANES * 8) {
        uint64_t words[LANES];
        memcpy(words, at, sizeof words);
        for (size_t i = 0; i < LANES; i++) lanes[i] = mixed(lanes[i], little_endian(words[i]));
    }
    if (rest > 0) {
        uint64_t words[LANES] = {0};
        memcpy(words, at, rest);
        for (size_t i = 0; i < LANES; i++) lanes[i] = mixed(lanes[i], little_endian(words[i]));
    }
    uint64_t sum = mixed(factor, (uint64_t)count);
    for (size_t i = 0; i < LANES; i++) sum = mixed(sum, lanes[i]);
    return mixed(sum, sum >> 29);
}
