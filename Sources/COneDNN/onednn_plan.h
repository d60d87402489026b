/* A packed layer, and the code generated for each row count that it met. */
#ifndef MEKIKI_ONEDNN_PLAN_H
#define MEKIKI_ONEDNN_PLAN_H

#include "COneDNN.h"
#include "onednn_layout.h"

#include <pthread.h>
#include <stddef.h>

/* The rows that a product runs over. */
typedef struct {
    int64_t rows, input_stride, output_stride;
} product_rows_t;

/* Row counts whose generated code a layer keeps. Batches have one or two, queries as many as there
 * are lengths; oneDNN's own cache behind this one holds 1024 over all layers. */
enum { PLAN_CAPACITY = 24 };

typedef struct {
    product_rows_t rows; /* none in a free place */
    int users;
    uint64_t last_use;
    dnnl_primitive_t primitive;
    layout_t source, destination, scratch;
    size_t scratch_bytes;
} plan_t;

struct mekiki_linear {
    int64_t inputs, outputs;
    dnnl_data_type_t compute_type, output_type;
    dnnl_primitive_attr_t attributes;

    layout_t weights_layout, bias_layout;
    bool has_weights_layout, has_bias;
    void *weights;
    float *bias;
    int64_t bytes;

    pthread_mutex_t mutex; /* guards `plans` and `clock` */
    plan_t plans[PLAN_CAPACITY];
    uint64_t clock;
};

/* Bytes of a layout; 0 for none. */
size_t layout_bytes(layout_ref_t layout);

/* Describes the product for a row count. `source` and `destination` are made and left to the
 * caller even on failure. */
dnnl_status_t describe_product(
    const mekiki_linear_t *layer, product_rows_t rows, layout_ref_t weights, layout_t *source,
    layout_t *destination, dnnl_primitive_desc_t *description);

/* Finds or makes the plan for a row count and counts the caller as its user. When every place is in
 * use, the plan is made in `own` and belongs to the caller. */
dnnl_status_t take_plan(
    mekiki_linear_t *layer, product_rows_t rows, plan_t *own, plan_t **result);

/* Ends the use that take_plan began. */
void give_back_plan(mekiki_linear_t *layer, plan_t *own, plan_t *plan);

/* Frees what a plan holds. */
void destroy_plan(plan_t *plan);

#endif
