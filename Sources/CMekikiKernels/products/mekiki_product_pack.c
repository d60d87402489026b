#include "mekiki_cpu.h"
#include "mekiki_product.h"
#include "mekiki_transformer.h"

#include <stdlib.h>

bool mekiki_product_has_f32(void) {
    mekiki_cpu_level_t level = mekiki_cpu_level();
    return level == MEKIKI_CPU_AVX512 || level == MEKIKI_CPU_AVX512_BF16;
}

bool mekiki_product_has_bf16(void) { return mekiki_cpu_level() == MEKIKI_CPU_AVX512_BF16; }

static int64_t panels(int64_t outputs) {
    return (outputs + MEKIKI_PRODUCT_PANEL - 1) / MEKIKI_PRODUCT_PANEL;
}

int64_t mekiki_product_packed_bytes_f32(int64_t inputs, int64_t outputs) {
    return panels(outputs) * MEKIKI_PRODUCT_PANEL * inputs * (int64_t)sizeof(float);
}

int64_t mekiki_product_packed_bytes_bf16(int64_t inputs, int64_t outputs) {
    return panels(outputs) * MEKIKI_PRODUCT_PANEL * inputs * (int64_t)sizeof(uint16_t);
}

/* Inputs that are packed at once: few enough that their part of a panel stays in the first cache
 * while it is written across. */
enum { RUN = 32 };

static int64_t run_length(int64_t start, int64_t inputs) {
    return inputs - start < RUN ? inputs - start : RUN;
}

/* [panel][input][output of the panel] */
void mekiki_product_pack_f32(const float *weights, int64_t inputs, int64_t outputs, void *packed) {
    float *to = packed;
    for (int64_t first = 0; first < outputs; first += MEKIKI_PRODUCT_PANEL) {
        for (int64_t start = 0; start < inputs; start += RUN) {
            int64_t count = run_length(start, inputs);
            for (int64_t o = 0; o < MEKIKI_PRODUCT_PANEL; o++) {
                bool exists = first + o < outputs;
                const float *row = weights + (exists ? first + o : 0) * inputs + start;
                float *column = to + start * MEKIKI_PRODUCT_PANEL + o;
                for (int64_t i = 0; i < count; i++) {
                    column[i * MEKIKI_PRODUCT_PANEL] = exists ? row[i] : 0;
                }
            }
        }
        to += inputs * MEKIKI_PRODUCT_PANEL;
    }
}

/* [panel][pair of inputs][output of the panel][input of the pair], as VDPBF16PS takes them. */
void mekiki_product_pack_bf16(const float *weights, int64_t inputs, int64_t outputs, void *packed) {
    uint16_t *to = packed;
    uint32_t pairs[RUN / 2];
    for (int64_t first = 0; first < outputs; first += MEKIKI_PRODUCT_PANEL) {
        for (int64_t start = 0; start < inputs; start += RUN) {
            int64_t count = run_length(start, inputs);
            for (int64_t o = 0; o < MEKIKI_PRODUCT_PANEL; o++) {
                bool exists = first + o < outputs;
                const float *row = weights + (exists ? first + o : 0) * inputs + start;
                mekiki_convert_f32_bf16(row, (uint16_t *)pairs, count);
                for (int64_t i = 0; i < count / 2; i++) {
                    int64_t place = (start / 2 + i) * MEKIKI_PRODUCT_PANEL + o;
                    ((uint32_t *)to)[place] = exists ? pairs[i] : 0;
                }
            }
        }
        to += inputs * MEKIKI_PRODUCT_PANEL;
    }
}

#if !defined(__x86_64__)
void mekiki_product_f32(const mekiki_product_t *product) {
    (void)product;
    abort();
}

void mekiki_product_bf16(const mekiki_product_t *product) {
    (void)product;
    abort();
}
#endif
