/* What differs between oneDNN's version 2 and 3, under one set of names.
 *
 * A memory descriptor is a plain struct in version 2 and an object to be destroyed in version 3. */
#ifndef MEKIKI_ONEDNN_LAYOUT_H
#define MEKIKI_ONEDNN_LAYOUT_H

#include <dnnl.h>

#if DNNL_VERSION_MAJOR >= 3

typedef dnnl_memory_desc_t layout_t;
typedef const_dnnl_memory_desc_t layout_ref_t;
#define LAYOUT_REF(layout) (layout)

static inline dnnl_status_t layout_strided(
    layout_t *layout, int ndims, const dnnl_dims_t dims, dnnl_data_type_t type,
    const dnnl_dims_t strides) {
    return dnnl_memory_desc_create_with_strides(layout, ndims, dims, type, strides);
}

static inline dnnl_status_t layout_any(
    layout_t *layout, int ndims, const dnnl_dims_t dims, dnnl_data_type_t type) {
    return dnnl_memory_desc_create_with_tag(layout, ndims, dims, type, dnnl_format_tag_any);
}

static inline dnnl_status_t layout_copy(layout_t *layout, layout_ref_t from) {
    return dnnl_memory_desc_clone(layout, from);
}

static inline void layout_destroy(layout_t *layout) {
    if (*layout != NULL) dnnl_memory_desc_destroy(*layout);
    *layout = NULL;
}

static inline dnnl_status_t append_activation(
    dnnl_post_ops_t post_ops, dnnl_alg_kind_t kind, float alpha) {
    return dnnl_post_ops_append_eltwise(post_ops, kind, alpha, 0.0f);
}

static inline dnnl_status_t append_accumulation(dnnl_post_ops_t post_ops) {
    return dnnl_post_ops_append_sum(post_ops, 1.0f, 0, dnnl_data_type_undef);
}

static inline dnnl_status_t matmul_create(
    dnnl_primitive_desc_t *description, dnnl_engine_t engine, layout_ref_t source,
    layout_ref_t weights, layout_ref_t bias, layout_ref_t destination,
    const_dnnl_primitive_attr_t attributes) {
    return dnnl_matmul_primitive_desc_create(
        description, engine, source, weights, bias, destination, attributes);
}

#else

typedef dnnl_memory_desc_t layout_t;
typedef const dnnl_memory_desc_t *layout_ref_t;
#define LAYOUT_REF(layout) (&(layout))

static inline dnnl_status_t layout_strided(
    layout_t *layout, int ndims, const dnnl_dims_t dims, dnnl_data_type_t type,
    const dnnl_dims_t strides) {
    return dnnl_memory_desc_init_by_strides(layout, ndims, dims, type, strides);
}

static inline dnnl_status_t layout_any(
    layout_t *layout, int ndims, const dnnl_dims_t dims, dnnl_data_type_t type) {
    return dnnl_memory_desc_init_by_tag(layout, ndims, dims, type, dnnl_format_tag_any);
}

static inline dnnl_status_t layout_copy(layout_t *layout, layout_ref_t from) {
    if (from == NULL) return dnnl_invalid_arguments;
    *layout = *from;
    return dnnl_success;
}

static inline void layout_destroy(layout_t *layout) { (void)layout; }

static inline dnnl_status_t append_activation(
    dnnl_post_ops_t post_ops, dnnl_alg_kind_t kind, float alpha) {
    return dnnl_post_ops_append_eltwise(post_ops, 1.0f, kind, alpha, 0.0f);
}

static inline dnnl_status_t append_accumulation(dnnl_post_ops_t post_ops) {
    return dnnl_post_ops_append_sum(post_ops, 1.0f);
}

static inline dnnl_status_t matmul_create(
    dnnl_primitive_desc_t *description, dnnl_engine_t engine, layout_ref_t source,
    layout_ref_t weights, layout_ref_t bias, layout_ref_t destination,
    const_dnnl_primitive_attr_t attributes) {
    dnnl_matmul_desc_t operation;
    dnnl_status_t status = dnnl_matmul_desc_init(&operation, source, weights, bias, destination);
    if (status != dnnl_success) return status;
    return dnnl_primitive_desc_create(description, &operation, attributes, engine, NULL);
}

#endif

#endif
