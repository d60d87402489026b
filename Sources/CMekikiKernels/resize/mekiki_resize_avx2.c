/* AVX2 multiplies and adds pairs of 16-bit numbers in one step. A weight w is therefore divided into
 * w = high * 2^15 + low with 0 <= low < 2^15, both of which fit 16 bits, and the two sums of
 * products are put together at the end. Everything is modulo 2^32, so the result is the scalar one
 * to the bit even where the sum of the low parts wraps around. */
#if defined(__x86_64__)

#include "mekiki_resize.h"
#include "mekiki_resize_round.h"

#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))
#define LOW_BITS 15
#define LOW_MASK ((1 << LOW_BITS) - 1)

/* Rows that the horizontal pass does at a time: they share the work on the weights. */
#define ROWS 4

/* Adds four taps of one pixel row. `pixels` holds at least 16 bytes; 12 of them count. Low half of
 * the sums: red, green, blue of taps 0 and 1; high half: of taps 2 and 3. */
AVX2 static inline void add_four_taps(const uint8_t *pixels, __m256i high, __m256i low,
                                      __m256i *high_sum, __m256i *low_sum) {
    /* Bytes to 16 bits, the same channel of neighbouring pixels side by side. */
    const __m256i order = _mm256_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1,
                                           6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1,
                                           -1);
    __m128i bytes = _mm_loadu_si128((const __m128i *)pixels);
    __m256i samples = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(bytes), order);
    *high_sum = _mm256_add_epi32(*high_sum, _mm256_madd_epi16(samples, high));
    *low_sum = _mm256_add_epi32(*low_sum, _mm256_madd_epi16(samples, low));
}

/* Puts the two sums together and stores one RGB pixel. */
AVX2 static inline void store_pixel(__m256i high_sum, __m256i low_sum, uint8_t *destination) {
    __m256i both = _mm256_add_epi32(_mm256_slli_epi32(high_sum, LOW_BITS), low_sum);
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(both), _mm256_extracti128_si256(both, 1));
    sum = _mm_add_epi32(sum, _mm_set1_epi32(MEKIKI_RESIZE_HALF));
    sum = _mm_srai_epi32(sum, MEKIKI_RESIZE_PRECISION);
    sum = _mm_packs_epi32(sum, sum);
    uint32_t pixel = (uint32_t)_mm_cvtsi128_si32(_mm_packus_epi16(sum, sum));
    destination[0] = (uint8_t)pixel;
    destination[1] = (uint8_t)(pixel >> 8);
    destination[2] = (uint8_t)(pixel >> 16);
}

AVX2 static void horizontal_rows(const uint8_t *const rows[ROWS], size_t width,
                                 const mekiki_resize_axis_t *axis, uint8_t *const out[ROWS]) {
    /* Pairs of weights, each three times over for the channels (the fourth place is idle). */
    const __m256i high_order = _mm256_setr_epi8(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 4, 5,
                                                6, 7, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7);
    const __m256i low_order = _mm256_add_epi8(high_order, _mm256_set1_epi8(8));
    const __m128i low_mask = _mm_set1_epi32(LOW_MASK);
    for (size_t x = 0; x < axis->outputs; x++) {
        const int32_t *weights = axis->weights + x * axis->taps;
        size_t offset = (size_t)axis->starts[x] * 3;
        size_t groups = ((size_t)axis->counts[x] + 3) / 4;
        __m256i high_sum[ROWS], low_sum[ROWS];
        for (int r = 0; r < ROWS; r++) high_sum[r] = low_sum[r] = _mm256_setzero_si256();
        for (size_t group = 0; group < groups; group++) {
            __m128i weight = _mm_loadu_si128((const __m128i *)(weights + group * 4));
            __m128i parts = _mm_packs_epi32(_mm_srai_epi32(weight, LOW_BITS),
                                            _mm_and_si128(weight, low_mask));
            __m256i twice = _mm256_broadcastsi128_si256(parts);
            __m256i high = _mm256_shuffle_epi8(twice, high_order);
            __m256i low = _mm256_shuffle_epi8(twice, low_order);
            if (offset + 16 <= width * 3) {
                for (int r = 0; r < ROWS; r++) {
                    add_four_taps(rows[r] + offset, high, low, &high_sum[r], &low_sum[r]);
                }
            } else {
                /* At the right edge 16 bytes would reach past the row. */
                for (int r = 0; r < ROWS; r++) {
                    uint8_t edge[16] = {0};
                    memcpy(edge, rows[r] + offset, width * 3 - offset);
                    add_four_taps(edge, high, low, &high_sum[r], &low_sum[r]);
                }
            }
            offset += 12;
        }
        for (int r = 0; r < ROWS; r++) store_pixel(high_sum[r], low_sum[r], out[r] + x * 3);
    }
}

AVX2 void mekiki_resize_horizontal_rgb_u8_avx2(const uint8_t *source, size_t stride, size_t width,
                                               size_t rows, const mekiki_resize_axis_t *axis,
                                               uint8_t *destination) {
    for (size_t y = 0; y < rows; y += ROWS) {
        const uint8_t *in[ROWS];
        uint8_t *out[ROWS];
        for (size_t r = 0; r < ROWS; r++) {
            /* Fewer rows than a group: the last one is done again, with the same result. */
            size_t row = y + r < rows ? y + r : rows - 1;
            in[r] = source + row * stride;
            out[r] = destination + row * axis->outputs * 3;
        }
        horizontal_rows(in, width, axis, out);
    }
}

/* Sixteen neighbouring samples of one output row. */
AVX2 static inline __m128i vertical_block(const uint8_t *sample, size_t stride,
                                          const int32_t *weights, size_t count) {
    __m256i high_sum[2], low_sum[2];
    for (int h = 0; h < 2; h++) high_sum[h] = low_sum[h] = _mm256_setzero_si256();
    for (size_t t = 0; t < count; t += 2) {
        /* Two taps at a time; behind the last odd one stands a weight of zero. */
        int32_t first = weights[t];
        int32_t second = t + 1 < count ? weights[t + 1] : 0;
        const uint8_t *below = t + 1 < count ? sample + stride : sample;
        __m256i high = _mm256_set1_epi32((int32_t)(((uint32_t)(second >> LOW_BITS) << 16)
                                                   | ((uint32_t)(first >> LOW_BITS) & 0xFFFF)));
        __m256i low = _mm256_set1_epi32(((second & LOW_MASK) << 16) | (first & LOW_MASK));
        __m128i a = _mm_loadu_si128((const __m128i *)sample);
        __m128i b = _mm_loadu_si128((const __m128i *)below);
        __m256i samples[2] = {_mm256_cvtepu8_epi16(_mm_unpacklo_epi8(a, b)),
                              _mm256_cvtepu8_epi16(_mm_unpackhi_epi8(a, b))};
        for (int h = 0; h < 2; h++) {
            high_sum[h] = _mm256_add_epi32(high_sum[h], _mm256_madd_epi16(samples[h], high));
            low_sum[h] = _mm256_add_epi32(low_sum[h], _mm256_madd_epi16(samples[h], low));
        }
        sample += 2 * stride;
    }
    __m256i sum[2];
    for (int h = 0; h < 2; h++) {
        sum[h] = _mm256_add_epi32(_mm256_slli_epi32(high_sum[h], LOW_BITS), low_sum[h]);
        sum[h] = _mm256_add_epi32(sum[h], _mm256_set1_epi32(MEKIKI_RESIZE_HALF));
        sum[h] = _mm256_srai_epi32(sum[h], MEKIKI_RESIZE_PRECISION);
    }
    /* Packing works within halves of registers: 0-3 8-11 4-7 12-15, put in order again. */
    __m256i words = _mm256_permute4x64_epi64(_mm256_packs_epi32(sum[0], sum[1]), 0xD8);
    return _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
}

AVX2 void mekiki_resize_vertical_u8_avx2(const uint8_t *source, size_t stride, size_t length,
                                         const mekiki_resize_axis_t *axis, uint8_t *destination) {
    size_t blocks = length / 16 * 16;
    for (size_t y = 0; y < axis->outputs; y++) {
        const uint8_t *first = source + (size_t)axis->starts[y] * stride;
        const int32_t *weights = axis->weights + y * axis->taps;
        size_t count = (size_t)axis->counts[y];
        for (size_t x = 0; x < blocks; x += 16) {
            __m128i block = vertical_block(first + x, stride, weights, count);
            _mm_storeu_si128((__m128i *)(destination + x), block);
        }
        for (size_t x = blocks; x < length; x++) {
            int32_t sum = MEKIKI_RESIZE_HALF;
            for (size_t t = 0; t < count; t++) sum += first[t * stride + x] * weights[t];
            destination[x] = mekiki_resize_sample(sum);
        }
        destination += length;
    }
}

#endif
