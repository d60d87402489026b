/* Mekiki's surface over oneDNN: a linear layer whose weights are packed once, and nothing else.
 *
 * oneDNN's C interface changed between version 2 (Debian 12) and version 3 (Debian 13, Homebrew);
 * both stand behind this header, and no type of oneDNN shows.
 *
 * oneDNN divides its work over an OpenMP team of the calling thread. Teams spin, and two of them on
 * the same processors, or one beside any other work, are many times slower than one thread. Every
 * thread that calls in here is therefore set to a team of one: callers divide work themselves. */
#ifndef CONEDNN_H
#define CONEDNN_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* oneDNN's own status values, 0 for success. Nothing here exits or aborts. */
typedef int mekiki_onednn_status_t;

typedef enum {
    MEKIKI_ELEMENT_F32 = 0,
    MEKIKI_ELEMENT_BF16 = 1
} mekiki_element_t;

typedef enum {
    MEKIKI_ACTIVATION_NONE = 0,
    MEKIKI_ACTIVATION_GELU = 1,       /* x * Phi(x), by the error function */
    MEKIKI_ACTIVATION_GELU_TANH = 2,  /* the tanh approximation */
    MEKIKI_ACTIVATION_QUICK_GELU = 3  /* x * sigmoid(1.702 x) */
} mekiki_activation_t;

typedef struct {
    int64_t inputs;  /* columns of the weights */
    int64_t outputs; /* rows of the weights */

    const void *weights; /* [outputs, inputs], row-major, aligned to its element */
    mekiki_element_t weights_element;
    const float *bias; /* [outputs], or NULL */

    mekiki_element_t compute_element; /* of the input rows and of the packed weights */
    mekiki_element_t output_element;

    mekiki_activation_t activation;
    bool accumulate; /* add to what the output holds, after the activation */
} mekiki_linear_description_t;

typedef struct mekiki_linear mekiki_linear_t;

/* Packs a layer: output = activation(input * weights^T + bias) (+ output). The weights and the bias
 * are copied; the description can go. On failure `*layer` is NULL. */
mekiki_onednn_status_t mekiki_linear_create(
    const mekiki_linear_description_t *description, mekiki_linear_t **layer);

/* Runs a layer over `rows` rows: input [rows, inputs], output [rows, outputs], the strides in
 * elements from row to row. Several threads may run the same layer at once. The first run with a
 * row count costs up to a few milliseconds of code generation; the last few counts are
 * remembered. */
mekiki_onednn_status_t mekiki_linear_run(
    mekiki_linear_t *layer, int64_t rows, const void *input, int64_t input_stride, void *output,
    int64_t output_stride);

/* Frees a layer that nobody runs any more. NULL is fine. */
void mekiki_linear_destroy(mekiki_linear_t *layer);

/* Bytes that the packed weights and the bias take. */
int64_t mekiki_linear_bytes(const mekiki_linear_t *layer);

/* oneDNN's name of the implementation for a row count, for reports and tests; "" on failure. The
 * text is copied to `name`, cut to `capacity` bytes with its terminator. */
void mekiki_linear_implementation(
    mekiki_linear_t *layer, int64_t rows, char *name, int64_t capacity);

/* Whether this processor has instructions for bfloat16 products and oneDNN uses them. */
bool mekiki_onednn_has_bf16(void);

/* oneDNN's version as the program was built, such as 20603 for 2.6.3. */
int mekiki_onednn_version(void);

/* What a status means, in a few words. */
const char *mekiki_onednn_status_text(mekiki_onednn_status_t status);

#ifdef __cplusplus
}
#endif

#endif
