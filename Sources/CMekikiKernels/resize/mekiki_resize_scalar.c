#include "mekiki_resize.h"
#include "mekiki_resize_round.h"

void mekiki_resize_horizontal_rgb_u8_scalar(const uint8_t *source, size_t stride, size_t width,
                                            size_t rows, const mekiki_resize_axis_t *axis,
                                            uint8_t *destination) {
    (void)width;
    for (size_t y = 0; y < rows; y++) {
        const uint8_t *row = source + y * stride;
        for (size_t x = 0; x < axis->outputs; x++) {
            const uint8_t *pixel = row + (size_t)axis->starts[x] * 3;
            const int32_t *weights = axis->weights + x * axis->taps;
            int32_t red = MEKIKI_RESIZE_HALF;
            int32_t green = MEKIKI_RESIZE_HALF;
            int32_t blue = MEKIKI_RESIZE_HALF;
            for (int32_t t = 0; t < axis->counts[x]; t++) {
                red += pixel[0] * weights[t];
                green += pixel[1] * weights[t];
                blue += pixel[2] * weights[t];
                pixel += 3;
            }
            destination[0] = mekiki_resize_sample(red);
            destination[1] = mekiki_resize_sample(green);
            destination[2] = mekiki_resize_sample(blue);
            destination += 3;
        }
    }
}

void mekiki_resize_vertical_u8_scalar(const uint8_t *source, size_t stride, size_t length,
                                      const mekiki_resize_axis_t *axis, uint8_t *destination) {
    for (size_t y = 0; y < axis->outputs; y++) {
        const uint8_t *first = source + (size_t)axis->starts[y] * stride;
        const int32_t *weights = axis->weights + y * axis->taps;
        for (size_t x = 0; x < length; x++) {
            const uint8_t *sample = first + x;
            int32_t sum = MEKIKI_RESIZE_HALF;
            for (int32_t t = 0; t < axis->counts[y]; t++) {
                sum += *sample * weights[t];
                sample += stride;
            }
            destination[x] = mekiki_resize_sample(sum);
        }
        destination += length;
    }
}
