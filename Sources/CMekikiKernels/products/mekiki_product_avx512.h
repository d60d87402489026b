/* A product by tiles of up to TILE_ROWS x 32 sums in registers. An including file sets ELEMENT (the
 * type of inputs and weights), STEP (how many of them one instruction multiplies for each sum),
 * MULTIPLY(sums, weights, from) and NAME. */

#include "mekiki_avx512.h"
#include "mekiki_product.h"

INLINE __m512 reciprocal(__m512 x, const bool is_rough) {
    if (!is_rough) return _mm512_div_ps(_mm512_set1_ps(1.0f), x);
    return _mm512_rcp14_ps(x);
}

/* x * sigmoid(factor * x), with log2(e) in the factor. Far below zero the power is capped, so that
 * the quotient is a small number and not one of infinities. */
INLINE __m512 times_sigmoid(__m512 x, __m512 scaled, const bool is_rough) {
    __m512 power = _mm512_min_ps(_mm512_sub_ps(_mm512_setzero_ps(), scaled), _mm512_set1_ps(120.0f));
    __m512 denominator = _mm512_add_ps(_mm512_set1_ps(1.0f), exp2_of(power, is_rough));
    return _mm512_mul_ps(x, reciprocal(denominator, is_rough));
}

/* x * Phi(x) with the error function of Abramowitz and Stegun 7.1.26, whose error is below 1.5e-7. */
INLINE __m512 gelu(__m512 x) {
    __m512 z = _mm512_abs_ps(_mm512_mul_ps(x, _mm512_set1_ps(0.707106781f)));
    __m512 t = reciprocal(
        _mm512_fmadd_ps(z, _mm512_set1_ps(0.3275911f), _mm512_set1_ps(1.0f)), false);
    __m512 sum = _mm512_set1_ps(1.061405429f);
    sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(-1.453152027f));
    sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(1.421413741f));
    sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(-0.284496736f));
    sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(0.254829592f));
    sum = _mm512_mul_ps(sum, t);
    __m512 square = _mm512_max_ps(
        _mm512_mul_ps(_mm512_mul_ps(z, z), _mm512_set1_ps(-1.44269504f)), _mm512_set1_ps(-120.0f));
    /* half = (1 - erf(z)) / 2, the weight of the tail beyond |x|. */
    __m512 half = _mm512_mul_ps(
        _mm512_mul_ps(sum, exp2_of(square, false)), _mm512_set1_ps(0.5f));
    __mmask16 is_negative = _mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_LT_OQ);
    __m512 phi = _mm512_mask_mov_ps(_mm512_sub_ps(_mm512_set1_ps(1.0f), half), is_negative, half);
    return _mm512_mul_ps(x, phi);
}

INLINE __m512 activate(__m512 x, mekiki_product_activation_t activation, const bool is_rough) {
    switch (activation) {
    case MEKIKI_PRODUCT_IDENTITY: return x;
    case MEKIKI_PRODUCT_GELU: return gelu(x);
    case MEKIKI_PRODUCT_GELU_TANH: {
        /* 2 sqrt(2 / pi) log2(e) (x + 0.044715 x^3) */
        __m512 cubic = _mm512_fmadd_ps(
            _mm512_mul_ps(x, x), _mm512_set1_ps(0.044715f), _mm512_set1_ps(1.0f));
        __m512 scaled = _mm512_mul_ps(_mm512_mul_ps(x, cubic), _mm512_set1_ps(2.30220819f));
        return times_sigmoid(x, scaled, is_rough);
    }
    case MEKIKI_PRODUCT_QUICK_GELU:
        return times_sigmoid(x, _mm512_mul_ps(x, _mm512_set1_ps(2.45546696f)), is_rough);
    }
    return x;
}

/* Finishes one row of a tile and stores it. */
INLINE void store_row(
    const mekiki_product_t *p, __m512 first, __m512 second, int64_t row, int64_t column,
    const __m512 *bias, __mmask16 first_mask, __mmask16 second_mask) {
    __m512 values[2] = {first, second};
    __mmask16 masks[2] = {first_mask, second_mask};
    for (int half = 0; half < 2; half++) {
        int64_t index = row * p->output_stride + column + half * LANES;
        __m512 value = _mm512_add_ps(values[half], bias[half]);
        if (p->activation != MEKIKI_PRODUCT_IDENTITY) {
            value = p->output_is_bf16 ? activate(value, p->activation, true)
                                      : activate(value, p->activation, false);
        }
        if (p->output_is_bf16) {
            _mm256_mask_storeu_epi16((uint16_t *)p->output + index, masks[half], to_bf16(value));
        } else {
            float *to = (float *)p->output + index;
            if (p->accumulates) value = _mm512_add_ps(value, _mm512_maskz_loadu_ps(masks[half], to));
            _mm512_mask_storeu_ps(to, masks[half], value);
        }
    }
}

/* One tile of `rows` rows, a constant for the compiler. Rows are reached from every third one, which
 * x86 addresses do by themselves. `next` is where the panel after this one lies. */
INLINE void tile(
    const mekiki_product_t *p, const ELEMENT *panel, const ELEMENT *next, int64_t row,
    int64_t column, const int rows) {
    const int64_t stride = p->input_stride;
    const ELEMENT *thirds[(TILE_ROWS + 2) / 3];
    for (int r = 0; r < (rows + 2) / 3; r++) {
        thirds[r] = (const ELEMENT *)p->input + (row + 3 * r) * stride;
    }
    __m512 sums[TILE_ROWS][2];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) sums[r][0] = sums[r][1] = _mm512_setzero_ps();
    for (int64_t i = 0; i < p->inputs; i += STEP) {
        /* The instruction's width of weights for each half of the panel. */
        const ELEMENT *weights = panel + i * MEKIKI_PRODUCT_PANEL;
        __m512i first = _mm512_load_si512(weights);
        __m512i second = _mm512_load_si512(weights + STEP * LANES);
        _mm_prefetch((const char *)(weights + 16 * STEP * LANES), _MM_HINT_T0);
        _mm_prefetch((const char *)(weights + 17 * STEP * LANES), _MM_HINT_T0);
        if (next != NULL) {
            const ELEMENT *ahead = next + i * MEKIKI_PRODUCT_PANEL;
            _mm_prefetch((const char *)ahead, _MM_HINT_T1);
            _mm_prefetch((const char *)(ahead + STEP * LANES), _MM_HINT_T1);
        }
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            const ELEMENT *from = thirds[r / 3] + (r % 3) * stride + i;
            sums[r][0] = MULTIPLY(sums[r][0], first, from);
            sums[r][1] = MULTIPLY(sums[r][1], second, from);
        }
    }
    int64_t left = p->outputs - column;
    __mmask16 first_mask = left >= LANES ? 0xffff : (__mmask16)((1u << left) - 1);
    __mmask16 second_mask = left >= 2 * LANES ? 0xffff
        : left > LANES                        ? (__mmask16)((1u << (left - LANES)) - 1)
                                              : 0;
    __m512 bias[2] = {_mm512_setzero_ps(), _mm512_setzero_ps()};
    if (p->bias != NULL) {
        bias[0] = _mm512_maskz_loadu_ps(first_mask, p->bias + column);
        bias[1] = _mm512_maskz_loadu_ps(second_mask, p->bias + column + LANES);
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
        store_row(p, sums[r][0], sums[r][1], row + r, column, bias, first_mask, second_mask);
    }
}

void NAME(const mekiki_product_t *p) {
    if (p->rows < 1) return;
    int64_t tiles = (p->rows + TILE_ROWS - 1) / TILE_ROWS;
    for (int64_t index = p->first_panel; index < p->last_panel; index++) {
        const ELEMENT *panel =
            (const ELEMENT *)p->packed + index * p->inputs * MEKIKI_PRODUCT_PANEL;
        const ELEMENT *next =
            index + 1 < p->last_panel ? panel + p->inputs * MEKIKI_PRODUCT_PANEL : NULL;
        int64_t column = index * MEKIKI_PRODUCT_PANEL;
        for (int64_t t = 0; t < tiles; t++) {
            /* Tiles differ by one row at most: a last tile of few rows would waste its time. */
            int64_t row = p->rows * t / tiles, end = p->rows * (t + 1) / tiles;
            const ELEMENT *ahead = t == 0 ? next : NULL;
            switch (end - row) {
            case 1: tile(p, panel, ahead, row, column, 1); break;
            case 2: tile(p, panel, ahead, row, column, 2); break;
            case 3: tile(p, panel, ahead, row, column, 3); break;
            case 4: tile(p, panel, ahead, row, column, 4); break;
            case 5: tile(p, panel, ahead, row, column, 5); break;
            case 6: tile(p, panel, ahead, row, column, 6); break;
            case 7: tile(p, panel, ahead, row, column, 7); break;
            case 8: tile(p, panel, ahead, row, column, 8); break;
            case 9: tile(p, panel, ahead, row, column, 9); break;
            case 10: tile(p, panel, ahead, row, column, 10); break;
            case 11: tile(p, panel, ahead, row, column, 11); break;
            case 12: tile(p, panel, ahead, row, column, 12); break;
            case 13: tile(p, panel, ahead, row, column, 13); break;
            default: tile(p, panel, ahead, row, column, 14); break;
            }
        }
    }
}
