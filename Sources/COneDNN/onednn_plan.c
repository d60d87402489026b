#include "onednn_plan.h"

#include "onednn_thread.h"

#include <string.h>

size_t layout_bytes(layout_ref_t layout) {
    return layout == NULL ? 0 : dnnl_memory_desc_get_size(layout);
}

dnnl_status_t describe_product(
    const mekiki_linear_t *layer, product_rows_t rows, layout_ref_t weights, layout_t *source,
    layout_t *destination, dnnl_primitive_desc_t *description) {
    dnnl_dims_t source_dims = {rows.rows, layer->inputs};
    dnnl_dims_t source_strides = {rows.input_stride, 1};
    dnnl_dims_t dims = {rows.rows, layer->outputs}, strides = {rows.output_stride, 1};
    dnnl_status_t status =
        layout_strided(source, 2, source_dims, layer->compute_type, source_strides);
    if (status != dnnl_success) return status;
    status = layout_strided(destination, 2, dims, layer->output_type, strides);
    if (status != dnnl_success) return status;
    return matmul_create(
        description, shared_engine(), LAYOUT_REF(*source), weights,
        layer->has_bias ? LAYOUT_REF(layer->bias_layout) : NULL, LAYOUT_REF(*destination),
        layer->attributes);
}

void destroy_plan(plan_t *plan) {
    if (plan->primitive != NULL) dnnl_primitive_destroy(plan->primitive);
    layout_destroy(&plan->source);
    layout_destroy(&plan->destination);
    layout_destroy(&plan->scratch);
    memset(plan, 0, sizeof *plan);
}

static bool is_same(product_rows_t one, product_rows_t other) {
    return one.rows == other.rows && one.input_stride == other.input_stride
        && one.output_stride == other.output_stride;
}

static dnnl_status_t make_plan(mekiki_linear_t *layer, product_rows_t rows, plan_t *plan) {
    memset(plan, 0, sizeof *plan);
    plan->rows = rows;
    dnnl_primitive_desc_t description = NULL;
    dnnl_status_t status = describe_product(
        layer, rows, LAYOUT_REF(layer->weights_layout), &plan->source, &plan->destination,
        &description);
    if (status == dnnl_success) status = dnnl_primitive_create(&plan->primitive, description);
    if (status == dnnl_success) {
        layout_ref_t scratch =
            dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0);
        plan->scratch_bytes = layout_bytes(scratch);
        if (plan->scratch_bytes > 0) status = layout_copy(&plan->scratch, scratch);
    }
    if (description != NULL) dnnl_primitive_desc_destroy(description);
    if (status != dnnl_success) destroy_plan(plan);
    return status;
}

dnnl_status_t take_plan(
    mekiki_linear_t *layer, product_rows_t rows, plan_t *own, plan_t **result) {
    dnnl_status_t status = dnnl_success;
    pthread_mutex_lock(&layer->mutex);
    plan_t *plan = NULL, *oldest = NULL;
    for (int place = 0; place < PLAN_CAPACITY && plan == NULL; place++) {
        plan_t *candidate = &layer->plans[place];
        if (is_same(candidate->rows, rows)) {
            plan = candidate;
        } else if (candidate->users == 0
                   && (oldest == NULL || candidate->last_use < oldest->last_use)) {
            oldest = candidate;
        }
    }
    if (plan == NULL) {
        plan = oldest != NULL ? oldest : own;
        if (plan != own) destroy_plan(plan);
        status = make_plan(layer, rows, plan);
    }
    if (status == dnnl_success) {
        plan->users += 1;
        plan->last_use = ++layer->clock;
        *result = plan;
    }
    pthread_mutex_unlock(&layer->mutex);
    return status;
}

void give_back_plan(mekiki_linear_t *layer, plan_t *own, plan_t *plan) {
    if (plan == own) {
        destroy_plan(plan);
        return;
    }
    pthread_mutex_lock(&layer->mutex);
    plan->users -= 1;
    pthread_mutex_unlock(&layer->mutex);
}
