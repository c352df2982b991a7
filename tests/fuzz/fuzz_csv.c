#include "fuzz_sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n < 2 || data[0] != 'P' || data[1] != 'K')
        fuzz_read_bytes((struct str){ (const char *)data, n });
    return 0;
}
