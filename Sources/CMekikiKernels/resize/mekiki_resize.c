#include "mekiki_resize.h"

#include "mekiki_cpu.h"

void mekiki_resize_horizontal_rgb_u8(const uint8_t *source, size_t stride, size_t width,
                                     size_t rows, const mekiki_resize_axis_t *axis,
                                     uint8_t *destination) {
#if defined(__x86_64__)
    if (mekiki_cpu_level() >= MEKIKI_CPU_AVX2) {
        mekiki_resize_horizontal_rgb_u8_avx2(source, stride, width, rows, axis, destination);
        return;
    }
#elif defined(__aarch64__)
    if (mekiki_cpu_level() == MEKIKI_CPU_NEON) {
        mekiki_resize_horizontal_rgb_u8_neon(source, stride, width, rows, axis, destination);
        return;
    }
#endif
    mekiki_resize_horizontal_rgb_u8_scalar(source, stride, width, rows, axis, destination);
}

void mekiki_resize_vertical_u8(const uint8_t *source, size_t stride, size_t length,
                               const mekiki_resize_axis_t *axis, uint8_t *destination) {
#if defined(__x86_64__)
    if (mekiki_cpu_level() >= MEKIKI_CPU_AVX2) {
        mekiki_resize_vertical_u8_avx2(source, stride, length, axis, destination);
        return;
    }
#elif defined(__aarch64__)
    if (mekiki_cpu_level() == MEKIKI_CPU_NEON) {
        mekiki_resize_vertical_u8_neon(source, stride, length, axis, destination);
        return;
    }
#endif
    mekiki_resize_vertical_u8_scalar(source, stride, length, axis, destination);
}
