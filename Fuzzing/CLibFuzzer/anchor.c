// The package manager wants a source file in every target.
#include "libfuzzer.h"
