/* Rotary positions and gates for every register width. Included by mekiki_transformer_vector.h
 * alone. */

INLINE vector_t load_element(const void *array, int64_t index, const bool is_bf16) {
    return is_bf16 ? load_bf16((const uint16_t *)array + index) : load((const float *)array + index);
}

INLINE void store_element(void *array, int64_t index, vector_t value, const bool is_bf16) {
    if (is_bf16) {
        store_bf16((uint16_t *)array + index, value);
    } else {
        store((float *)array + index, value);
    }
}

INLINE float element(const void *array, int64_t index, const bool is_bf16) {
    return is_bf16 ? from_bf16(((const uint16_t *)array)[index]) : ((const float *)array)[index];
}

INLINE void put(void *array, int64_t index, float value, const bool is_bf16) {
    if (is_bf16) {
        mekiki_convert_f32_bf16(&value, (uint16_t *)array + index, 1);
    } else {
        ((float *)array)[index] = value;
    }
}

/* Turns one head whose pairs are half a head apart. */
INLINE void rotate_halves(
    void *values, int64_t start, int64_t pairs, const float *cosines, const float *sines,
    const bool is_bf16) {
    int64_t p = 0;
    for (; p + LANES <= pairs; p += LANES) {
        vector_t a = load_element(values, start + p, is_bf16);
        vector_t b = load_element(values, start + pairs + p, is_bf16);
        vector_t cosine = load(cosines + p), sine = load(sines + p);
        store_element(values, start + p, a * cosine - b * sine, is_bf16);
        store_element(values, start + pairs + p, b * cosine + a * sine, is_bf16);
    }
    for (; p < pairs; p++) {
        float a = element(values, start + p, is_bf16);
        float b = element(values, start + pairs + p, is_bf16);
        put(values, start + p, a * cosines[p] - b * sines[p], is_bf16);
        put(values, start + pairs + p, b * cosines[p] + a * sines[p], is_bf16);
    }
}

typedef uint64_t pairs_t __attribute__((vector_size(LANES * 4)));

/* Turns one head whose pairs are neighbours. */
INLINE void rotate_neighbours(
    void *values, int64_t start, int64_t width, const float *cosines, const float *sines,
    const bool is_bf16) {
    int64_t c = 0;
    for (; c + LANES <= width; c += LANES) {
        vector_t own = load_element(values, start + c, is_bf16);
        /* Neighbours change places when a pair's 64 bits turn by half. */
        pairs_t pair = (pairs_t)own;
        vector_t other = (vector_t)((pair << 32) | (pair >> 32));
        store_element(
            values, start + c, own * load(cosines + c) + other * load(sines + c), is_bf16);
    }
    for (; c < width; c += 2) {
        float a = element(values, start + c, is_bf16);
        float b = element(values, start + c + 1, is_bf16);
        put(values, start + c, a * cosines[c] + b * sines[c], is_bf16);
        put(values, start + c + 1, b * cosines[c + 1] + a * sines[c + 1], is_bf16);
    }
}

INLINE void rotate(const mekiki_rotation_t *t, const bool is_bf16) {
    int64_t pairs = t->head_width / 2;
    for (int64_t r = 0; r < t->rows; r++) {
        for (int64_t head = 0; head < t->heads; head++) {
            int64_t start = r * t->stride + head * t->head_width;
            if (t->neighbours) {
                int64_t angle = r * t->head_width;
                rotate_neighbours(
                    t->values, start, t->head_width, t->cosines + angle, t->sines + angle, is_bf16);
            } else {
                int64_t angle = r * pairs;
                rotate_halves(
                    t->values, start, pairs, t->cosines + angle, t->sines + angle, is_bf16);
            }
        }
    }
}

void NAME(mekiki_rotate_f32)(const mekiki_rotation_t *rotation) { rotate(rotation, false); }

void NAME(mekiki_rotate_bf16)(const mekiki_rotation_t *rotation) { rotate(rotation, true); }

INLINE vector_t choose(int_vector_t mask, vector_t yes, vector_t no) {
    return (vector_t)(((int_vector_t)yes & mask) | ((int_vector_t)no & ~mask));
}

/* x * sigmoid(scaled) */
INLINE vector_t times_sigmoid(vector_t x, vector_t scaled) {
    vector_t power = exp_of_negative(-__builtin_elementwise_abs(scaled));
    vector_t positive = 1.0f / (1.0f + power);
    return x * choose(scaled >= 0.0f, positive, power * positive);
}

/* x * Phi(x) with the error function of Abramowitz and Stegun 7.1.26, whose error is below 1.5e-7. */
INLINE vector_t gelu(vector_t x) {
    vector_t z = __builtin_elementwise_abs(x) * 0.707106781f;
    vector_t t = 1.0f / (1.0f + 0.3275911f * z);
    vector_t sum = splat(1.061405429f);
    sum = sum * t - 1.453152027f;
    sum = sum * t + 1.421413741f;
    sum = sum * t - 0.284496736f;
    sum = sum * t + 0.254829592f;
    /* Half of 1 - erf(z): the weight of the tail beyond |x|. */
    vector_t tail = sum * t * exp_of_negative(-z * z) * 0.5f;
    return x * choose(x < 0.0f, tail, 1.0f - tail);
}

INLINE vector_t gated(vector_t x, vector_t gate, mekiki_gate_activation_t activation) {
    switch (activation) {
    case MEKIKI_GATE_GELU: return gelu(x) * gate;
    case MEKIKI_GATE_GELU_TANH:
        /* 2 sqrt(2 / pi) (x + 0.044715 x^3) */
        return times_sigmoid(x, x * (x * x * 0.044715f + 1.0f) * 1.59576912f) * gate;
    case MEKIKI_GATE_SILU: return times_sigmoid(x, x) * gate;
    }
    return x * gate;
}

INLINE void gate_rows(
    const mekiki_gate_t *g, mekiki_gate_activation_t activation, const bool from_bf16_rows,
    const bool to_bf16_rows) {
    for (int64_t r = 0; r < g->rows; r++) {
        int64_t from = r * g->input_stride, to = r * g->output_stride;
        int64_t c = 0;
        for (; c + LANES <= g->width; c += LANES) {
            vector_t x = load_element(g->input, from + c, from_bf16_rows);
            vector_t gate = load_element(g->input, from + g->width + c, from_bf16_rows);
            store_element(g->output, to + c, gated(x, gate, activation), to_bf16_rows);
        }
        if (c == g->width) continue;
        float xs[LANES] = {0}, gates[LANES] = {0}, results[LANES];
        for (int64_t i = c; i < g->width; i++) {
            xs[i - c] = element(g->input, from + i, from_bf16_rows);
            gates[i - c] = element(g->input, from + g->width + i, from_bf16_rows);
        }
        store(results, gated(load(xs), load(gates), activation));
        for (int64_t i = c; i < g->width; i++) put(g->output, to + i, results[i - c], to_bf16_rows);
    }
}

INLINE void gate_elements(const mekiki_gate_t *g, const bool from_bf16_rows, const bool to_bf16_rows) {
    switch (g->activation) {
    case MEKIKI_GATE_GELU: gate_rows(g, MEKIKI_GATE_GELU, from_bf16_rows, to_bf16_rows); break;
    case MEKIKI_GATE_GELU_TANH:
        gate_rows(g, MEKIKI_GATE_GELU_TANH, from_bf16_rows, to_bf16_rows);
        break;
    case MEKIKI_GATE_SILU: gate_rows(g, MEKIKI_GATE_SILU, from_bf16_rows, to_bf16_rows); break;
    }
}

void NAME(mekiki_gate)(const mekiki_gate_t *g) {
    if (g->input_is_bf16) {
        if (g->output_is_bf16) {
            gate_elements(g, true, true);
        } else {
            gate_elements(g, true, false);
        }
    } else if (g->output_is_bf16) {
        gate_elements(g, false, true);
    } else {
        gate_elements(g, false, false);
    }
}
