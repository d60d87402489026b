#include "COneDNN.h"

#include <dnnl.h>

int mekiki_onednn_version(void) {
    return DNNL_VERSION_MAJOR * 10000 + DNNL_VERSION_MINOR * 100 + DNNL_VERSION_PATCH;
}

const char *mekiki_onednn_status_text(mekiki_onednn_status_t status) {
    switch (status) {
    case dnnl_success: return "success";
    case dnnl_out_of_memory: return "out of memory";
    case dnnl_invalid_arguments: return "invalid arguments";
    case dnnl_unimplemented: return "not implemented on this processor";
    case dnnl_runtime_error: return "failed while running";
    default: return "unexpected status";
    }
}
