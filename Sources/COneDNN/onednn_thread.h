/* What each calling thread keeps, and the engine that all share. */
#ifndef MEKIKI_ONEDNN_THREAD_H
#define MEKIKI_ONEDNN_THREAD_H

#include <dnnl.h>
#include <stddef.h>

typedef struct {
    dnnl_stream_t stream;
    void *scratch;
    size_t scratch_bytes;
} thread_state_t;

/* The one processor engine; NULL when oneDNN can't make it. */
dnnl_engine_t shared_engine(void);

/* The calling thread's state, made on its first call, with its OpenMP team set to one thread. */
dnnl_status_t thread_state(thread_state_t **state);

/* Makes the thread's scratch memory at least `bytes` long. */
dnnl_status_t thread_scratch(thread_state_t *state, size_t bytes);

#endif
