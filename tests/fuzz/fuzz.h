/* fuzz.h - one fuzz target is one file with this function. It must end
 * normally for every input; what must hold is checked by FUZZ_HOLDS. */
#ifndef FUZZ_H
#define FUZZ_H
#include "base/defs.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define FUZZ_HOLDS(cond) ((cond) ? (void)0 : abort())
#endif
