#include "COneDNN.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

/* Plain AVX-512 passes oneDNN's own check and is slower there than float32, so the instruction
 * itself is asked for. AMX processors all have AVX512_BF16. */
static bool processor_has_bf16(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    const char *cap = getenv("MEKIKI_CPU");
    if (cap != NULL && strcmp(cap, "avx512_bf16") != 0) return false;
    return __builtin_cpu_supports("avx512bf16");
#elif defined(__aarch64__) && defined(__linux__)
    const unsigned long bf16 = 1ul << 14; /* HWCAP2_BF16 */
    return (getauxval(AT_HWCAP2) & bf16) != 0;
#else
    return false;
#endif
}

bool mekiki_onednn_has_bf16(void) {
    if (!processor_has_bf16()) return false;
    /* oneDNN may be capped (ONEDNN_MAX_CPU_ISA) or built without the kernels: its reference code
     * is thousands of times slower. */
    enum { SIDE = 64 };
    static const uint16_t weights[SIDE * SIDE];
    mekiki_linear_description_t description = {
        .inputs = SIDE,
        .outputs = SIDE,
        .weights = weights,
        .weights_element = MEKIKI_ELEMENT_BF16,
        .compute_element = MEKIKI_ELEMENT_BF16,
        .output_element = MEKIKI_ELEMENT_F32,
    };
    mekiki_linear_t *layer = NULL;
    if (mekiki_linear_create(&description, &layer) != 0) return false;
    char name[64];
    mekiki_linear_implementation(layer, SIDE, name, sizeof name);
    mekiki_linear_destroy(layer);
    return name[0] != 0 && strstr(name, "ref") == NULL;
}
