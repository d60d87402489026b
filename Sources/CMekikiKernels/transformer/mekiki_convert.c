#include "mekiki_transformer.h"

#include <string.h>

/* Plain loops: compilers turn them into vector code, and they run at load time only. */

void mekiki_convert_f32_bf16(const void *from, uint16_t *to, int64_t count) {
    const char *bytes = from;
    for (int64_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, bytes + i * 4, 4);
        uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
        /* Rounding could carry a NaN's payload into infinity. */
        to[i] = (bits & 0x7fffffff) > 0x7f800000 ? (uint16_t)((bits >> 16) | 0x40)
                                                 : (uint16_t)rounded;
    }
}

void mekiki_convert_bf16_f32(const void *from, float *to, int64_t count) {
    const char *bytes = from;
    for (int64_t i = 0; i < count; i++) {
        uint16_t half;
        memcpy(&half, bytes + i * 2, 2);
        uint32_t bits = (uint32_t)half << 16;
        memcpy(&to[i], &bits, 4);
    }
}

void mekiki_convert_f16_f32(const void *from, float *to, int64_t count) {
    const char *bytes = from;
    for (int64_t i = 0; i < count; i++) {
        uint16_t half;
        memcpy(&half, bytes + i * 2, 2);
        /* Exponent and fraction moved to a float's places mean the value times 2^-112, subnormal
         * numbers included; the product is exact. */
        uint32_t bits = (uint32_t)(half & 0x7fff) << 13;
        float value;
        memcpy(&value, &bits, 4);
        value *= 0x1p112f;
        memcpy(&bits, &value, 4);
        /* The largest exponent is infinity or NaN, not a number. */
        if ((half & 0x7c00) == 0x7c00) bits |= 0x7f800000;
        bits |= (uint32_t)(half & 0x8000) << 16;
        memcpy(&to[i], &bits, 4);
    }
}
