// Reduces 8-bit RGB for thumbnails: a separable cubic (Catmull-Rom, as Keys, "Cubic convolution
// interpolation", 1981), stretched over the source pixels that fall together, in floating point.
#include <math.h>
#include <stdlib.h>

#include "mekiki_picture.h"

// The source samples that make up each result along an axis, with their weights.
typedef struct mekiki_taps {
    int count;        // taps of each result
    int *first;       // [results]
    float *weights;   // [results, count]
} mekiki_taps;

static double mekiki_cubic(double x) {
    x = fabs(x);
    if (x < 1) {
        return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

static int mekiki_taps_make(mekiki_taps *taps, int from, int to) {
    double scale = (double)from / to;
    double stretch = scale > 1 ? scale : 1;
    int count = (int)ceil(4 * stretch) + 1;
    taps->count = count < from ? count : from;
    taps->first = malloc((size_t)to * sizeof *taps->first);
    taps->weights = malloc((size_t)to * (size_t)taps->count * sizeof *taps->weights);
    if (taps->first == NULL || taps->weights == NULL) {
        return -1;
    }
    for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale - 0.5;
        int first = (int)floor(centre - 2 * stretch) + 1;
        first = first > from - taps->count ? from - taps->count : first;
        first = first < 0 ? 0 : first;
        taps->first[i] = first;
        float *weights = taps->weights + (size_t)i * (size_t)taps->count;
        double sum = 0;
        for (int k = 0; k < taps->count; k++) {
            sum += mekiki_cubic((first + k - centre) / stretch);
        }
        for (int k = 0; k < taps->count; k++) {
            weights[k] = (float)(mekiki_cubic((first + k - centre) / stretch) / sum);
        }
    }
    return 0;
}

static void mekiki_taps_free(mekiki_taps *taps) {
    free(taps->first);
    free(taps->weights);
}

// Rows first, because their sums run over whole rows at once: `sums` has room for one source row.
static void mekiki_resize_rows(
    const uint8_t *pixels, int width, const mekiki_taps *down, const mekiki_taps *across, int y,
    int to_width, float *sums, uint8_t *row) {
    size_t samples = (size_t)width * 3;
    for (size_t i = 0; i < samples; i++) {
        sums[i] = 0.5f;
    }
    for (int k = 0; k < down->count; k++) {
        const uint8_t *source = pixels + (size_t)(down->first[y] + k) * samples;
        float weight = down->weights[(size_t)y * (size_t)down->count + (size_t)k];
        if (weight != 0) {
            for (size_t i = 0; i < samples; i++) {
                sums[i] += weight * source[i];
            }
        }
    }
    for (int x = 0; x < to_width; x++) {
        const float *source = sums + 3 * (size_t)across->first[x];
        const float *weights = across->weights + (size_t)x * (size_t)across->count;
        float colour[3] = {0, 0, 0};
        for (int k = 0; k < across->count; k++, source += 3) {
            colour[0] += weights[k] * source[0];
            colour[1] += weights[k] * source[1];
            colour[2] += weights[k] * source[2];
        }
        for (int c = 0; c < 3; c++) {
            row[3 * x + c] = colour[c] <= 0 ? 0 : colour[c] >= 255 ? 255 : (uint8_t)colour[c];
        }
    }
}

int mekiki_resize(
    const uint8_t *pixels, int width, int height, int to_width, int to_height, uint8_t *resized) {
    mekiki_taps across = {0}, down = {0};
    float *sums = malloc((size_t)width * 3 * sizeof(float));
    int failed = mekiki_taps_make(&across, width, to_width) != 0;
    failed = mekiki_taps_make(&down, height, to_height) != 0 || failed || sums == NULL;
    for (int y = 0; !failed && y < to_height; y++) {
        mekiki_resize_rows(
            pixels, width, &down, &across, y, to_width, sums,
            resized + (size_t)y * (size_t)to_width * 3);
    }
    mekiki_taps_free(&across);
    mekiki_taps_free(&down);
    free(sums);
    return failed ? -1 : 0;
}
