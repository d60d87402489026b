// What the fuzzers call of libFuzzer, which comes with the compiler and without a header.
#ifndef MEKIKI_LIBFUZZER_H
#define MEKIKI_LIBFUZZER_H

#include <stddef.h>
#include <stdint.h>

/// Mutates bytes in place, guided by what the code under test compared. The new count.
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t count, size_t capacity);

#endif
