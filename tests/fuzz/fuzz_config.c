/* fuzz_config.c - a configuration file and the addresses in it, as anybody may
 * have written them. */
#include "app/config.h"
#include "base/utf8.h"
#include "fuzz.h"

/* What was printed can be read again and says the same. */
static void prints_itself(const struct config *c, struct arena *a)
{
    AUTO(buf_done) struct buf first, second;
    struct config again = { 0 };
    struct err e = { 0 };
    buf_init(&first, 1 << 20);
    buf_init(&second, 1 << 20);
    config_print(c, &first);
    FUZZ_HOLDS(buf_ok(&first));
    FUZZ_HOLDS(record_preset(&config_record, a, &again, &e));
    if (!config_parse(&again, a, buf_str(&first), STR("again"), &e))
        return;                         /* a text that begins or ends in blanks, or holds a line end */
    config_print(&again, &second);
    FUZZ_HOLDS(buf_ok(&second));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = { 0 };
    struct config c = { 0 };
    struct err e = { 0 };
    const char *host;
    unsigned port = 0;
    struct str text = { (const char *)data, n };
    if (n <= 1 << 16 && utf8_valid(text) && record_preset(&config_record, &a, &c, &e)) {
        if (config_parse(&c, &a, text, STR("file"), &e)) {
            prints_itself(&c, &a);
            if (config_address(c.desk, &a, &host, &port, &e))
                FUZZ_HOLDS(host && port <= 65535);
        } else {
            FUZZ_HOLDS(e.id == ERR_CONFIG);
        }
    }
    arena_done(&a);
    return 0;
}
