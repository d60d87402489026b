/* RTLD_DEFAULT is an extension. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "onednn_thread.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool has_key;
static dnnl_engine_t engine;
static void (*set_team_size)(int);

static void destroy_state(void *pointer) {
    thread_state_t *state = pointer;
    if (state->stream != NULL) dnnl_stream_destroy(state->stream);
    free(state->scratch);
    free(state);
}

/* The cap that our own kernels keep (mekiki_cpu.h) holds for oneDNN too. */
static void cap_instructions(void) {
#if defined(__x86_64__)
    const char *cap = getenv("MEKIKI_CPU");
    if (cap == NULL) return;
    if (strcmp(cap, "avx512") == 0) {
        dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx512_core);
    } else if (strcmp(cap, "avx2") == 0 || strcmp(cap, "scalar") == 0) {
        dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx2);
    }
#endif
}

static void start(void) {
    cap_instructions();
    has_key = pthread_key_create(&key, destroy_state) == 0;
    if (dnnl_engine_create(&engine, dnnl_cpu, 0) != dnnl_success) engine = NULL;
    /* Looked up at run time, because which OpenMP there is (GNU's, LLVM's, none) is the choice of
     * whoever built oneDNN, and it is loaded already. */
    *(void **)&set_team_size = dlsym(RTLD_DEFAULT, "omp_set_num_threads");
}

dnnl_engine_t shared_engine(void) {
    pthread_once(&once, start);
    return engine;
}

dnnl_status_t thread_state(thread_state_t **result) {
    if (shared_engine() == NULL || !has_key) return dnnl_runtime_error;
    thread_state_t *state = pthread_getspecific(key);
    if (state == NULL) {
        if (set_team_size != NULL) set_team_size(1);
        state = calloc(1, sizeof *state);
        if (state == NULL) return dnnl_out_of_memory;
        dnnl_status_t status =
            dnnl_stream_create(&state->stream, engine, dnnl_stream_default_flags);
        if (status == dnnl_success && pthread_setspecific(key, state) != 0) {
            status = dnnl_out_of_memory;
        }
        if (status != dnnl_success) {
            destroy_state(state);
            return status;
        }
    }
    *result = state;
    return dnnl_success;
}

dnnl_status_t thread_scratch(thread_state_t *state, size_t bytes) {
    if (bytes <= state->scratch_bytes) return dnnl_success;
    void *larger = NULL;
    if (posix_memalign(&larger, 64, bytes) != 0) return dnnl_out_of_memory;
    free(state->scratch);
    state->scratch = larger;
    state->scratch_bytes = bytes;
    return dnnl_success;
}
