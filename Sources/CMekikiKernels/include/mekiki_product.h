/* Matrix products for AVX-512: rows of inputs times packed weights, with what follows a product
 * (bias, activation, residual) done while the sums are still in registers.
 *
 * Weights are packed in panels of MEKIKI_PRODUCT_PANEL outputs. A panel lies in memory in the order
 * in which it is read, so that a product of few rows runs as fast as memory delivers weights, and one
 * of many rows close to the rate of the multipliers. There is no blocking over inputs: a tile of sums
 * stays in registers from the first input to the last. */
#ifndef MEKIKI_PRODUCT_H
#define MEKIKI_PRODUCT_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Outputs of a panel. */
enum { MEKIKI_PRODUCT_PANEL = 32 };

typedef enum {
    MEKIKI_PRODUCT_IDENTITY = 0,
    MEKIKI_PRODUCT_GELU = 1,      /* x * Phi(x) */
    MEKIKI_PRODUCT_GELU_TANH = 2, /* its approximation by tanh */
    MEKIKI_PRODUCT_QUICK_GELU = 3 /* x * sigmoid(1.702 x) */
} mekiki_product_activation_t;

/* Whether this processor, within the level set, runs products of float32 or of bfloat16. */
bool mekiki_product_has_f32(void);
bool mekiki_product_has_bf16(void);

/* Bytes of packed weights; `inputs` is even for bfloat16. */
int64_t mekiki_product_packed_bytes_f32(int64_t inputs, int64_t outputs);
int64_t mekiki_product_packed_bytes_bf16(int64_t inputs, int64_t outputs);

/* Packs weights [outputs, inputs] into memory aligned to 64 bytes. Outputs beyond the last are
 * zeros. */
void mekiki_product_pack_f32(const float *weights, int64_t inputs, int64_t outputs, void *packed);
void mekiki_product_pack_bf16(const float *weights, int64_t inputs, int64_t outputs, void *packed);

/* output[r][o] = activation(sum over i of input[r][i] * weights[o][i] + bias[o]) (+ output[r][o])
 * for all rows and for the outputs of the panels first_panel ..< last_panel. */
typedef struct {
    const void *packed;
    const float *bias; /* [outputs], or NULL */
    int64_t inputs, outputs;
    mekiki_product_activation_t activation;
    bool accumulates;     /* add to what the output holds, which is then float32 */
    bool output_is_bf16;  /* else float32 */
    const void *input;    /* [rows, inputs] of the weights' element */
    void *output;         /* [rows, outputs] */
    int64_t input_stride, output_stride; /* elements from row to row */
    int64_t rows;
    int64_t first_panel, last_panel;
} mekiki_product_t;

void mekiki_product_f32(const mekiki_product_t *product);
void mekiki_product_bf16(const mekiki_product_t *product);

#ifdef __cplusplus
}
#endif

#endif
