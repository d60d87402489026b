#include "COneDNN.h"
#include "onednn_plan.h"
#include "onednn_thread.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* The row count whose preferred weight layout is packed. The layout hardly depends on it; where it
 * would, the layout is imposed. */
enum { PACKING_ROWS = 64 };

static dnnl_data_type_t data_type(mekiki_element_t element) {
    return element == MEKIKI_ELEMENT_BF16 ? dnnl_bf16 : dnnl_f32;
}

static void *aligned_bytes(size_t bytes) {
    void *memory = NULL;
    return posix_memalign(&memory, 64, bytes > 0 ? bytes : 64) == 0 ? memory : NULL;
}

static dnnl_status_t make_attributes(
    const mekiki_linear_description_t *description, dnnl_primitive_attr_t *attributes) {
    dnnl_status_t status = dnnl_primitive_attr_create(attributes);
    if (status != dnnl_success) return status;
    /* With scratch memory of the caller's thread, threads can share a primitive. */
    status = dnnl_primitive_attr_set_scratchpad_mode(*attributes, dnnl_scratchpad_mode_user);
    if (status != dnnl_success) return status;

    dnnl_post_ops_t post_ops = NULL;
    status = dnnl_post_ops_create(&post_ops);
    if (status != dnnl_success) return status;
    switch (description->activation) {
    case MEKIKI_ACTIVATION_NONE: break;
    case MEKIKI_ACTIVATION_GELU:
        status = append_activation(post_ops, dnnl_eltwise_gelu_erf, 0.0f);
        break;
    case MEKIKI_ACTIVATION_GELU_TANH:
        status = append_activation(post_ops, dnnl_eltwise_gelu_tanh, 0.0f);
        break;
    case MEKIKI_ACTIVATION_QUICK_GELU:
        status = append_activation(post_ops, dnnl_eltwise_swish, 1.702f);
        break;
    }
    if (status == dnnl_success && description->accumulate) status = append_accumulation(post_ops);
    if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(*attributes, post_ops);
    dnnl_post_ops_destroy(post_ops);
    return status;
}

static dnnl_status_t choose_weights_layout(mekiki_linear_t *layer) {
    dnnl_dims_t dims = {layer->inputs, layer->outputs};
    product_rows_t rows = {PACKING_ROWS, layer->inputs, layer->outputs};
    layout_t any = {0}, source = {0}, destination = {0};
    dnnl_primitive_desc_t description = NULL;
    dnnl_status_t status = layout_any(&any, 2, dims, layer->compute_type);
    if (status == dnnl_success) {
        status = describe_product(
            layer, rows, LAYOUT_REF(any), &source, &destination, &description);
    }
    if (status == dnnl_success) {
        status = layout_copy(
            &layer->weights_layout,
            dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0));
        layer->has_weights_layout = status == dnnl_success;
    }
    if (description != NULL) dnnl_primitive_desc_destroy(description);
    layout_destroy(&any);
    layout_destroy(&source);
    layout_destroy(&destination);
    return status;
}

static dnnl_status_t pack_weights(
    mekiki_linear_t *layer, const mekiki_linear_description_t *from) {
    thread_state_t *thread = NULL;
    dnnl_status_t status = thread_state(&thread);
    if (status != dnnl_success) return status;

    size_t bytes = layout_bytes(LAYOUT_REF(layer->weights_layout));
    layer->weights = aligned_bytes(bytes);
    if (layer->weights == NULL) return dnnl_out_of_memory;
    layer->bytes += (int64_t)bytes;

    dnnl_engine_t engine = shared_engine();
    /* The file has one row for each output; the product wants one for each input. */
    dnnl_dims_t dims = {layer->inputs, layer->outputs}, strides = {1, layer->inputs};
    layout_t plain = {0};
    dnnl_primitive_desc_t description = NULL;
    dnnl_primitive_t reorder = NULL;
    dnnl_memory_t source = NULL, destination = NULL;
    status = layout_strided(&plain, 2, dims, data_type(from->weights_element), strides);
    if (status == dnnl_success) {
        status = dnnl_reorder_primitive_desc_create(
            &description, LAYOUT_REF(plain), engine, LAYOUT_REF(layer->weights_layout), engine,
            NULL);
    }
    if (status == dnnl_success) status = dnnl_primitive_create(&reorder, description);
    if (status == dnnl_success) {
        status = dnnl_memory_create(&source, LAYOUT_REF(plain), engine, (void *)from->weights);
    }
    if (status == dnnl_success) {
        status = dnnl_memory_create(
            &destination, LAYOUT_REF(layer->weights_layout), engine, layer->weights);
    }
    if (status == dnnl_success) {
        dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, source}, {DNNL_ARG_TO, destination}};
        status = dnnl_primitive_execute(reorder, thread->stream, 2, arguments);
    }
    if (status == dnnl_success) status = dnnl_stream_wait(thread->stream);
    if (source != NULL) dnnl_memory_destroy(source);
    if (destination != NULL) dnnl_memory_destroy(destination);
    if (reorder != NULL) dnnl_primitive_destroy(reorder);
    if (description != NULL) dnnl_primitive_desc_destroy(description);
    layout_destroy(&plain);
    return status;
}

static dnnl_status_t copy_bias(mekiki_linear_t *layer, const float *bias) {
    if (bias == NULL) return dnnl_success;
    dnnl_dims_t dims = {1, layer->outputs}, strides = {layer->outputs, 1};
    dnnl_status_t status = layout_strided(&layer->bias_layout, 2, dims, dnnl_f32, strides);
    if (status != dnnl_success) return status;
    layer->has_bias = true;
    size_t bytes = (size_t)layer->outputs * sizeof(float);
    layer->bias = aligned_bytes(bytes);
    if (layer->bias == NULL) return dnnl_out_of_memory;
    memcpy(layer->bias, bias, bytes);
    layer->bytes += (int64_t)bytes;
    return dnnl_success;
}

mekiki_onednn_status_t mekiki_linear_create(
    const mekiki_linear_description_t *description, mekiki_linear_t **result) {
    *result = NULL;
    if (description->inputs < 1 || description->outputs < 1 || description->weights == NULL
) {
        return dnnl_invalid_arguments;
    }
    /* First of all the thread's team: what oneDNN plans depends on its size. */
    thread_state_t *thread = NULL;
    dnnl_status_t status = thread_state(&thread);
    if (status != dnnl_success) return status;

    mekiki_linear_t *layer = calloc(1, sizeof *layer);
    if (layer == NULL) return dnnl_out_of_memory;
    if (pthread_mutex_init(&layer->mutex, NULL) != 0) {
        free(layer);
        return dnnl_runtime_error;
    }
    layer->inputs = description->inputs;
    layer->outputs = description->outputs;
    layer->compute_type = data_type(description->compute_element);
    layer->output_type = data_type(description->output_element);
    status = make_attributes(description, &layer->attributes);
    if (status == dnnl_success) status = copy_bias(layer, description->bias);
    if (status == dnnl_success) status = choose_weights_layout(layer);
    if (status == dnnl_success) status = pack_weights(layer, description);
    if (status != dnnl_success) {
        mekiki_linear_destroy(layer);
        return status;
    }
    *result = layer;
    return dnnl_success;
}

void mekiki_linear_destroy(mekiki_linear_t *layer) {
    if (layer == NULL) return;
    for (int place = 0; place < PLAN_CAPACITY; place++) {
        if (layer->plans[place].rows.rows != 0) destroy_plan(&layer->plans[place]);
    }
    if (layer->has_weights_layout) layout_destroy(&layer->weights_layout);
    if (layer->has_bias) layout_destroy(&layer->bias_layout);
    if (layer->attributes != NULL) dnnl_primitive_attr_destroy(layer->attributes);
    free(layer->weights);
    free(layer->bias);
    pthread_mutex_destroy(&layer->mutex);
    free(layer);
}

int64_t mekiki_linear_bytes(const mekiki_linear_t *layer) { return layer->bytes; }
