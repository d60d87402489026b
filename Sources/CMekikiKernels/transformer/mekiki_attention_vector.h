/* Attention for every register width. Included by mekiki_transformer_vector.h alone. */

/* c[rows of a tile][vectors] = a[rows][depth] * b[depth][vectors], in registers. */
INLINE void multiply_tile(
    const float *a, int64_t a_stride, const float *b, int64_t b_stride, int64_t depth, float *c,
    int64_t c_stride, const int vectors) {
    vector_t sums[TILE_ROWS][TILE_VECTORS];
    for (int row = 0; row < TILE_ROWS; row++) {
        for (int v = 0; v < vectors; v++) sums[row][v] = splat(0);
    }
    for (int64_t k = 0; k < depth; k++) {
        vector_t columns[TILE_VECTORS];
        for (int v = 0; v < vectors; v++) columns[v] = load(b + k * b_stride + v * LANES);
        for (int row = 0; row < TILE_ROWS; row++) {
            float factor = a[row * a_stride + k];
            for (int v = 0; v < vectors; v++) sums[row][v] += columns[v] * factor;
        }
    }
    for (int row = 0; row < TILE_ROWS; row++) {
        for (int v = 0; v < vectors; v++) store(c + row * c_stride + v * LANES, sums[row][v]);
    }
}

/* The product for all columns; `columns` is a multiple of LANES. */
static void multiply_rows(
    const float *a, int64_t a_stride, const float *b, int64_t b_stride, int64_t depth, float *c,
    int64_t c_stride, int64_t columns) {
    int64_t column = 0;
    for (; column + TILE_VECTORS * LANES <= columns; column += TILE_VECTORS * LANES) {
        multiply_tile(
            a, a_stride, b + column, b_stride, depth, c + column, c_stride, TILE_VECTORS);
    }
    for (; column < columns; column += LANES) {
        multiply_tile(a, a_stride, b + column, b_stride, depth, c + column, c_stride, 1);
    }
}

/* Copies a row of one head as floats, times `factor`, with zeros to the padded width. */
INLINE void copy_row(
    const void *array, int64_t index, float factor, int64_t width, int64_t padded_width,
    float *to, const bool is_bf16) {
    int64_t c = 0;
    if (is_bf16) {
        const uint16_t *from = (const uint16_t *)array + index;
        for (; c + LANES <= width; c += LANES) store(to + c, load_bf16(from + c) * factor);
        for (; c < width; c++) to[c] = from_bf16(from[c]) * factor;
    } else {
        const float *from = (const float *)array + index;
        for (; c + LANES <= width; c += LANES) store(to + c, load(from + c) * factor);
        for (; c < width; c++) to[c] = from[c] * factor;
    }
    for (; c < padded_width; c++) to[c] = 0;
}

INLINE void write_row(
    const float *from, float factor, int64_t width, void *array, int64_t index,
    const bool is_bf16) {
    int64_t c = 0;
    if (is_bf16) {
        uint16_t *to = (uint16_t *)array + index;
        for (; c + LANES <= width; c += LANES) store_bf16(to + c, load(from + c) * factor);
        for (; c < width; c++) {
            float value = from[c] * factor;
            mekiki_convert_f32_bf16(&value, to + c, 1);
        }
    } else {
        float *to = (float *)array + index;
        for (; c + LANES <= width; c += LANES) store(to + c, load(from + c) * factor);
        for (; c < width; c++) to[c] = from[c] * factor;
    }
}

INLINE void attend(const mekiki_attention_t *a, const bool is_bf16) {
    int64_t padded_keys = mekiki_round_up(a->keys, LANES);
    int64_t padded_width = mekiki_round_up(a->head_width, LANES);
    /* Keys are turned, so that both products have the same form and read along rows. */
    float *turned_keys = a->scratch;
    float *values = turned_keys + padded_width * padded_keys;
    float *queries = values + padded_keys * padded_width;
    float *scores = queries + TILE_ROWS * padded_width;
    float *outputs = scores + TILE_ROWS * padded_keys;
    float *row = outputs + TILE_ROWS * padded_width;

    for (int64_t head = 0; head < a->heads; head++) {
        int64_t column = head * a->head_width;
        for (int64_t k = 0; k < a->keys; k++) {
            copy_row(
                a->key, k * a->key_stride + column, 1, a->head_width, padded_width, row, is_bf16);
            for (int64_t d = 0; d < a->head_width; d++) turned_keys[d * padded_keys + k] = row[d];
            copy_row(
                a->value, k * a->value_stride + column, 1, a->head_width, padded_width,
                values + k * padded_width, is_bf16);
        }
        for (int64_t k = a->keys; k < padded_keys; k++) {
            for (int64_t d = 0; d < a->head_width; d++) turned_keys[d * padded_keys + k] = 0;
        }
        for (int64_t first = 0; first < a->queries; first += TILE_ROWS) {
            int64_t rows = a->queries - first < TILE_ROWS ? a->queries - first : TILE_ROWS;
            for (int64_t q = 0; q < TILE_ROWS; q++) {
                /* A tile that reaches beyond the last query repeats it. */
                int64_t query = first + (q < rows ? q : rows - 1);
                copy_row(
                    a->query, query * a->query_stride + column, a->scale, a->head_width,
                    padded_width, queries + q * padded_width, is_bf16);
            }
            /* The keys that any query of the tile sees; scores are kept from the first of them on. */
            int64_t start = mekiki_first_visible(a, first) / LANES * LANES;
            int64_t end = mekiki_end_visible(a, first + rows - 1);
            int64_t span = mekiki_round_up(end, LANES) - start;
            multiply_rows(
                queries, padded_width, turned_keys + start, padded_keys, a->head_width, scores,
                padded_keys, span);
            float factors[TILE_ROWS];
            for (int64_t q = 0; q < TILE_ROWS; q++) {
                int64_t query = first + (q < rows ? q : rows - 1);
                factors[q] = 1.0f
                    / exponentials(scores + q * padded_keys, mekiki_first_visible(a, query) - start,
                                   mekiki_end_visible(a, query) - start, span);
            }
            multiply_rows(
                scores, padded_keys, values + start * padded_width, padded_width, end - start,
                outputs, padded_width, padded_width);
            for (int64_t q = 0; q < rows; q++) {
                write_row(
                    outputs + q * padded_width, factors[q], a->head_width, a->output,
                    (first + q) * a->output_stride + column, is_bf16);
            }
        }
    }
}

void NAME(mekiki_attention_f32)(const mekiki_attention_t *attention) { attend(attention, false); }

void NAME(mekiki_attention_bf16)(const mekiki_attention_t *attention) { attend(attention, true); }
