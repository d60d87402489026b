#include <vips/vips.h>

#include "mekiki_vips.h"

static void mekiki_ignore_message(
    const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer context) {
    (void)domain;
    (void)level;
    (void)message;
    (void)context;
}

int mekiki_vips_start(void) {
    // libvips warns about every odd file on standard error, which belongs to the program.
    g_log_set_handler("VIPS", G_LOG_LEVEL_MASK, mekiki_ignore_message, NULL);
    if (vips_init("mekiki") != 0) {
        return -1;
    }
    // An allow-list: everything off (SVG, PDF, ImageMagick ...), then five back on.
    static const char *const allowed[] = {
        "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
        "VipsForeignLoadNsgif", "VipsForeignLoadTiff",
    };
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        vips_operation_block_set(allowed[i], FALSE);
    }
    // Operations are cached by the address of a buffer, and every file here is a new buffer that
    // may well lie where an earlier one lay.
    vips_cache_set_max(0);
    // The callers bring their own threads.
    vips_concurrency_set(1);
    return 0;
}

char *mekiki_vips_take_messages(void) { return vips_error_buffer_copy(); }

void mekiki_vips_free(void *memory) { g_free(memory); }

void mekiki_vips_end_thread(void) { vips_thread_shutdown(); }
