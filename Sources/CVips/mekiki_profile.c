// Colour profiles by Little CMS itself, which libvips uses too: libvips goes by way of Lab, and
// loses what a profile says about black between its two steps. Straight, the result is that of a
// Pillow built with the same Little CMS, bit for bit; by Lab, a CMYK profile came out 26 dB apart.
#include <lcms2.h>
#include <string.h>

#include "mekiki_picture.h"

struct mekiki_profile {
    cmsContext context;
    cmsHTRANSFORM transform;
};

// The profile's bytes where they describe the layout's colours: grey JPEGs often carry an RGB
// profile, which says nothing about them. (ICC.1:2010, 7.2.6: the colour space stands at 16.)
static int mekiki_profile_bytes(
    VipsImage *image, mekiki_layout layout, const void **bytes, size_t *count) {
    static const char *const spaces[] = {
        [MEKIKI_LAYOUT_GREY] = "GRAY", [MEKIKI_LAYOUT_RGB] = "RGB ", [MEKIKI_LAYOUT_CMYK] = "CMYK",
    };
    return vips_image_get_typeof(image, VIPS_META_ICC_NAME) == VIPS_TYPE_BLOB
        && vips_image_get_blob(image, VIPS_META_ICC_NAME, bytes, count) == 0 && *count >= 128
        && *count <= UINT32_MAX && memcmp((const char *)*bytes + 16, spaces[layout], 4) == 0;
}

static cmsUInt32Number mekiki_profile_format(mekiki_layout layout, int has_opacity) {
    cmsUInt32Number extra = EXTRA_SH(has_opacity ? 1 : 0) | BYTES_SH(1);
    switch (layout) {
    case MEKIKI_LAYOUT_GREY: return COLORSPACE_SH(PT_GRAY) | CHANNELS_SH(1) | extra;
    case MEKIKI_LAYOUT_CMYK: return COLORSPACE_SH(PT_CMYK) | CHANNELS_SH(4) | extra;
    default: return COLORSPACE_SH(PT_RGB) | CHANNELS_SH(3) | extra;
    }
}

mekiki_profile *mekiki_profile_new(VipsImage *image, mekiki_layout layout, int has_opacity) {
    const void *bytes = NULL;
    size_t count = 0;
    if (!mekiki_profile_bytes(image, layout, &bytes, &count)) {
        return NULL;
    }
    // A context of its own has no error handler, which libvips set for everybody else.
    cmsContext context = cmsCreateContext(NULL, NULL);
    if (context == NULL) {
        return NULL;
    }
    cmsHTRANSFORM transform = NULL;
    cmsHPROFILE source = cmsOpenProfileFromMemTHR(context, bytes, (cmsUInt32Number)count);
    cmsHPROFILE target = cmsCreate_sRGBProfileTHR(context);
    if (source != NULL && target != NULL) {
        // Perceptual, like Pillow's ImageCms and browsers; matrix profiles know no intents anyway.
        transform = cmsCreateTransformTHR(
            context, source, mekiki_profile_format(layout, has_opacity), target, TYPE_RGB_8,
            INTENT_PERCEPTUAL, 0);
    }
    if (source != NULL) {
        cmsCloseProfile(source);
    }
    if (target != NULL) {
        cmsCloseProfile(target);
    }
    mekiki_profile *profile = transform == NULL ? NULL : g_new(mekiki_profile, 1);
    if (profile == NULL) {
        cmsDeleteContext(context);
        return NULL;
    }
    profile->context = context;
    profile->transform = transform;
    return profile;
}

void mekiki_profile_free(mekiki_profile *profile) {
    if (profile != NULL) {
        cmsDeleteTransform(profile->transform);
        cmsDeleteContext(profile->context);
        g_free(profile);
    }
}

void mekiki_profile_convert(
    const mekiki_profile *profile, const uint8_t *samples, int width, uint8_t *rgb) {
    cmsDoTransform(profile->transform, samples, rgb, (cmsUInt32Number)width);
}
