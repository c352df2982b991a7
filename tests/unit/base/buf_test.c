#include "base/buf.h"
#include "tap.h"

int main(void)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 8);
    buf_add(&b, STR("123456789"));
    OK(!buf_ok(&b) && b.n == 0);
    buf_add(&b, STR("1"));
    OK_INT(b.n, 0);                                 /* the failure sticks */
    buf_clear(&b);
    buf_addf(&b, "%d%s", 12, "ab");
    OK_STR(buf_str(&b), "12ab");
    AUTO(buf_done) struct buf n;
    buf_init(&n, 100);
    buf_add_i64(&n, INT64_MIN);
    buf_add_char(&n, ' ');
    buf_add_i64(&n, 0);
    OK_STR(buf_str(&n), "-9223372036854775808 0");
    char *room = buf_room(&n, 3);
    memcpy(room, "xyz", 3);
    buf_took(&n, 3);
    OK(str_ends(buf_str(&n), STR("0xyz")));
    return tap_end();
}
