#if defined(__x86_64__)

#include "mekiki_transformer_kernels.h"

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,fma"))), \
    apply_to = function)

#include "../products/mekiki_avx512.h"

/* Columns that a tile covers. */
enum { WIDTH = 2 * LANES };

/* Neighbouring bfloat16 of a row as one number, at any even address. */
INLINE int32_t pair_at(const uint16_t *from) {
    int32_t pair;
    memcpy(&pair, from, sizeof pair);
    return pair;
}

/* sums[row] = a[row] * b over `pairs` pairs, for a number of rows that is a constant for the
 * compiler; b holds pairs [pairs, b_stride]. */
INLINE void multiply(
    __m512 sums[TILE_ROWS][2], const uint16_t *a, int64_t a_stride, const int32_t *b,
    int64_t b_stride, int64_t pairs, const int rows) {
    const uint16_t *thirds[(TILE_ROWS + 2) / 3];
    for (int r = 0; r < (rows + 2) / 3; r++) thirds[r] = a + 3 * r * a_stride;
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm512_setzero_ps();
    for (int64_t i = 0; i < pairs; i++) {
        __m512i first = _mm512_loadu_si512(b + i * b_stride);
        __m512i second = _mm512_loadu_si512(b + i * b_stride + LANES);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            __m512bh factor =
                (__m512bh)_mm512_set1_epi32(pair_at(thirds[r / 3] + (r % 3) * a_stride + 2 * i));
            sums[r][0] = _mm512_dpbf16_ps(sums[r][0], (__m512bh)first, factor);
            sums[r][1] = _mm512_dpbf16_ps(sums[r][1], (__m512bh)second, factor);
        }
    }
}

/* The working memory of one call. */
typedef struct {
    int32_t *keys;    /* [pairs of a head's elements, padded_keys] */
    int32_t *values;  /* [pairs of keys, padded_width] */
    float *scores;    /* [TILE_ROWS, padded_keys] */
    uint16_t *shares; /* [TILE_ROWS, padded_keys], what the softmax makes of them */
    float sums[TILE_ROWS];
    int64_t padded_keys, padded_width;
} work_t;

static void turn_keys(const mekiki_attention_t *a, int64_t column, work_t *w) {
    int64_t pairs = a->head_width / 2;
    for (int64_t k = 0; k < a->keys; k++) {
        const uint16_t *row = (const uint16_t *)a->key + k * a->key_stride + column;
        for (int64_t p = 0; p < pairs; p++) w->keys[p * w->padded_keys + k] = pair_at(row + 2 * p);
    }
    for (int64_t p = 0; p < pairs; p++) {
        for (int64_t k = a->keys; k < w->padded_keys; k++) w->keys[p * w->padded_keys + k] = 0;
    }
}

static void pair_values(const mekiki_attention_t *a, int64_t column, work_t *w) {
    for (int64_t k = 0; k < w->padded_keys; k += 2) {
        const uint16_t *even = (const uint16_t *)a->value + k * a->value_stride + column;
        const uint16_t *odd = even + a->value_stride;
        int32_t *to = w->values + k / 2 * w->padded_width;
        for (int64_t c = 0; c < w->padded_width; c += LANES) {
            int64_t left = a->head_width - c;
            __mmask16 mask = left >= LANES ? 0xffff
                : left > 0                 ? (__mmask16)((1u << left) - 1)
                                           : 0;
            /* Keys beyond the last have a share of zero, which must not meet a NaN. */
            __mmask16 even_mask = k < a->keys ? mask : 0, odd_mask = k + 1 < a->keys ? mask : 0;
            __m512i low = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(even_mask, even + c));
            __m512i high = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(odd_mask, odd + c));
            _mm512_storeu_si512(to + c, _mm512_or_si512(low, _mm512_slli_epi32(high, 16)));
        }
    }
}

/* Which of the LANES keys from k on lie in a range. */
INLINE __mmask16 mask_of(int64_t k, int64_t first, int64_t end) {
    int64_t left = end - k, skipped = first - k;
    __mmask16 mask = left >= LANES ? 0xffff : left > 0 ? (__mmask16)((1u << left) - 1) : 0;
    if (skipped > 0) {
        mask &= skipped >= LANES ? 0 : (__mmask16)(0xffffu << skipped);
    }
    return mask;
}

/* shares = exp((scores - the largest) * scale) for the keys first ..< end that a query sees, zeros
 * for the others of start ..< stop; their sum is left to the end. */
INLINE void share(
    const float *scores, int64_t first, int64_t end, int64_t start, int64_t stop, float scale,
    int row, work_t *w) {
    __m512 largest = _mm512_set1_ps(-__builtin_inff());
    for (int64_t k = start; k < end; k += LANES) {
        __mmask16 mask = mask_of(k, first, end);
        largest = _mm512_mask_max_ps(largest, mask, largest, _mm512_loadu_ps(scores + k));
    }
    __m512 factor = _mm512_set1_ps(scale * 1.44269504f);
    __m512 maximum = _mm512_set1_ps(_mm512_reduce_max_ps(largest)), sum = _mm512_setzero_ps();
    uint16_t *to = w->shares + row * w->padded_keys;
    for (int64_t k = start; k < stop; k += LANES) {
        __mmask16 mask = mask_of(k, first, end);
        __m512 power =
            _mm512_mul_ps(_mm512_sub_ps(_mm512_loadu_ps(scores + k), maximum), factor);
        __m512 value = _mm512_maskz_mov_ps(mask, exp2_of(power, false));
        sum = _mm512_add_ps(sum, value);
        _mm256_storeu_si256((__m256i *)(to + k), (__m256i)_mm512_cvtneps_pbh(value));
    }
    w->sums[row] = _mm512_reduce_add_ps(sum);
}

/* The results of `rows` queries from `query` on. */
INLINE void attend_tile(
    const mekiki_attention_t *a, int64_t query, int64_t column, work_t *w, const int rows) {
    __m512 sums[TILE_ROWS][2];
    const uint16_t *queries = (const uint16_t *)a->query + query * a->query_stride + column;
    int64_t start = mekiki_first_visible(a, query) / WIDTH * WIDTH;
    int64_t end = mekiki_end_visible(a, query + rows - 1);
    for (int64_t k = start; k < end; k += WIDTH) {
        multiply(
            sums, queries, a->query_stride, w->keys + k, w->padded_keys, a->head_width / 2, rows);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            _mm512_storeu_ps(w->scores + r * w->padded_keys + k, sums[r][0]);
            _mm512_storeu_ps(w->scores + r * w->padded_keys + k + LANES, sums[r][1]);
        }
    }
    for (int r = 0; r < rows; r++) {
        share(
            w->scores + r * w->padded_keys, mekiki_first_visible(a, query + r),
            mekiki_end_visible(a, query + r), start, mekiki_round_up(end, LANES), a->scale, r, w);
    }
    for (int64_t c = 0; c < a->head_width; c += WIDTH) {
        multiply(
            sums, w->shares + start, w->padded_keys, w->values + start / 2 * w->padded_width + c,
            w->padded_width, (end - start + 1) / 2, rows);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            __m512 factor = _mm512_set1_ps(1.0f / w->sums[r]);
            uint16_t *to =
                (uint16_t *)a->output + (query + r) * a->output_stride + column + c;
            for (int half = 0; half < 2; half++) {
                int64_t left = a->head_width - c - half * LANES;
                __mmask16 mask = left >= LANES ? 0xffff
                    : left > 0                 ? (__mmask16)((1u << left) - 1)
                                               : 0;
                _mm256_mask_storeu_epi16(
                    to + half * LANES, mask, to_bf16(_mm512_mul_ps(sums[r][half], factor)));
            }
        }
    }
}

void mekiki_attention_bf16_avx512_bf16(const mekiki_attention_t *a) {
    if (a->head_width % 2 != 0) {
        mekiki_attention_bf16_avx512(a);
        return;
    }
    work_t w;
    w.padded_keys = mekiki_round_up(a->keys, WIDTH);
    w.padded_width = mekiki_round_up(a->head_width, WIDTH);
    w.keys = (int32_t *)a->scratch;
    w.values = w.keys + w.padded_width / 2 * w.padded_keys;
    w.scores = (float *)(w.values + w.padded_keys / 2 * w.padded_width);
    w.shares = (uint16_t *)(w.scores + TILE_ROWS * w.padded_keys);
    int64_t tiles = (a->queries + TILE_ROWS - 1) / TILE_ROWS;
    for (int64_t head = 0; head < a->heads; head++) {
        int64_t column = head * a->head_width;
        turn_keys(a, column, &w);
        pair_values(a, column, &w);
        for (int64_t t = 0; t < tiles; t++) {
            int64_t query = a->queries * t / tiles, end = a->queries * (t + 1) / tiles;
            switch (end - query) {
            case 1: attend_tile(a, query, column, &w, 1); break;
            case 2: attend_tile(a, query, column, &w, 2); break;
            case 3: attend_tile(a, query, column, &w, 3); break;
            case 4: attend_tile(a, query, column, &w, 4); break;
            case 5: attend_tile(a, query, column, &w, 5); break;
            case 6: attend_tile(a, query, column, &w, 6); break;
            case 7: attend_tile(a, query, column, &w, 7); break;
            case 8: attend_tile(a, query, column, &w, 8); break;
            case 9: attend_tile(a, query, column, &w, 9); break;
            case 10: attend_tile(a, query, column, &w, 10); break;
            case 11: attend_tile(a, query, column, &w, 11); break;
            case 12: attend_tile(a, query, column, &w, 12); break;
            case 13: attend_tile(a, query, column, &w, 13); break;
            default: attend_tile(a, query, column, &w, 14); break;
            }
        }
    }
}

#pragma clang attribute pop

#endif
