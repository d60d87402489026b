#include <dlfcn.h>
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
    // An allow-list: everything off (SVG, PDF, ImageMagick ...), then six back on.
    static const char *const allowed[] = {
        "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
        "VipsForeignLoadNsgif", "VipsForeignLoadTiff",
        "VipsForeignLoadHeif",
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

int mekiki_vips_decodes(mekiki_format format) {
    if (format != MEKIKI_FORMAT_HEIC && format != MEKIKI_FORMAT_AVIF) {
        return 1;
    }
    if (g_type_from_name("VipsForeignLoadHeifBuffer") == 0) {
        return 0;
    }
    // libheif came with libvips' loader; asked for by name, because nothing here links it.
    void *library = dlopen("libheif.so.1", RTLD_LAZY | RTLD_NOLOAD);
    if (library == NULL) {
        return 1;
    }
    void *(*allocate)(void) = NULL;
    void (*release)(void *) = NULL;
    int (*has_decoder)(int) = NULL;
    *(void **)&allocate = dlsym(library, "heif_context_alloc");
    *(void **)&release = dlsym(library, "heif_context_free");
    *(void **)&has_decoder = dlsym(library, "heif_have_decoder_for_format");
    int decodes = 1;
    if (allocate != NULL && release != NULL && has_decoder != NULL) {
        // The first context makes libheif look for its decoders.
        release(allocate());
        // heif_compression_HEVC is 1, heif_compression_AV1 is 4.
        decodes = has_decoder(format == MEKIKI_FORMAT_HEIC ? 1 : 4);
    }
    dlclose(library);
    return decodes;
}

char *mekiki_vips_take_messages(void) { return vips_error_buffer_copy(); }

void mekiki_vips_free(void *memory) { g_free(memory); }

void mekiki_vips_end_thread(void) { vips_thread_shutdown(); }
