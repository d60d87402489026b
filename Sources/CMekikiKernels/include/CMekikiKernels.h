/* Everything that Mekiki computes in C. Each header is one family of kernels. */
#ifndef CMEKIKIKERNELS_H
#define CMEKIKIKERNELS_H

#include "mekiki_checksum.h"
#include "mekiki_codes.h"
#include "mekiki_cpu.h"
#include "mekiki_product.h"
#include "mekiki_resize.h"
#include "mekiki_transformer.h"
#include "mekiki_vectors.h"

#endif
