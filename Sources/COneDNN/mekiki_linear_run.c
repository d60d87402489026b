#include "COneDNN.h"
#include "onednn_plan.h"
#include "onednn_thread.h"

#include <string.h>

mekiki_onednn_status_t mekiki_linear_run(
    mekiki_linear_t *layer, int64_t count, const void *input, int64_t input_stride, void *output,
    int64_t output_stride) {
    if (count < 1) return count == 0 ? dnnl_success : dnnl_invalid_arguments;
    if (input_stride < layer->inputs || output_stride < layer->outputs) {
        return dnnl_invalid_arguments;
    }
    product_rows_t rows = {count, input_stride, output_stride};
    thread_state_t *thread = NULL;
    dnnl_status_t status = thread_state(&thread);
    if (status != dnnl_success) return status;
    plan_t own, *plan = NULL;
    status = take_plan(layer, rows, &own, &plan);
    if (status != dnnl_success) return status;

    enum { SOURCE, WEIGHTS, DESTINATION, BIAS, SCRATCH, ROLES };
    dnnl_memory_t memories[ROLES] = {NULL};
    dnnl_engine_t engine = shared_engine();
    status = thread_scratch(thread, plan->scratch_bytes);
    if (status == dnnl_success) {
        status = dnnl_memory_create(
            &memories[SOURCE], LAYOUT_REF(plan->source), engine, (void *)input);
    }
    if (status == dnnl_success) {
        status = dnnl_memory_create(
            &memories[WEIGHTS], LAYOUT_REF(layer->weights_layout), engine, layer->weights);
    }
    if (status == dnnl_success) {
        status = dnnl_memory_create(
            &memories[DESTINATION], LAYOUT_REF(plan->destination), engine, output);
    }
    if (status == dnnl_success && layer->has_bias) {
        status = dnnl_memory_create(
            &memories[BIAS], LAYOUT_REF(layer->bias_layout), engine, layer->bias);
    }
    if (status == dnnl_success && plan->scratch_bytes > 0) {
        status = dnnl_memory_create(
            &memories[SCRATCH], LAYOUT_REF(plan->scratch), engine, thread->scratch);
    }
    if (status == dnnl_success) {
        static const int roles[ROLES] = {
            DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST, DNNL_ARG_BIAS, DNNL_ARG_SCRATCHPAD};
        dnnl_exec_arg_t arguments[ROLES];
        int count = 0;
        for (int role = 0; role < ROLES; role++) {
            if (memories[role] == NULL) continue;
            arguments[count].arg = roles[role];
            arguments[count].memory = memories[role];
            count += 1;
        }
        status = dnnl_primitive_execute(plan->primitive, thread->stream, count, arguments);
    }
    if (status == dnnl_success) status = dnnl_stream_wait(thread->stream);
    for (int role = 0; role < ROLES; role++) {
        if (memories[role] != NULL) dnnl_memory_destroy(memories[role]);
    }
    give_back_plan(layer, &own, plan);
    return status;
}

void mekiki_linear_implementation(
    mekiki_linear_t *layer, int64_t count, char *name, int64_t capacity) {
    product_rows_t rows = {count, layer->inputs, layer->outputs};
    if (capacity < 1) return;
    name[0] = 0;
    thread_state_t *thread = NULL;
    if (thread_state(&thread) != dnnl_success) return;
    layout_t source = {0}, destination = {0};
    dnnl_primitive_desc_t description = NULL;
    const char *text = NULL;
    dnnl_status_t status = describe_product(
        layer, rows, LAYOUT_REF(layer->weights_layout), &source, &destination, &description);
    if (status == dnnl_success
        && dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, &text)
            == dnnl_success) {
        strncpy(name, text, (size_t)capacity - 1);
        name[capacity - 1] = 0;
    }
    if (description != NULL) dnnl_primitive_desc_destroy(description);
    layout_destroy(&source);
    layout_destroy(&destination);
}
