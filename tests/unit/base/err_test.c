#include "base/err.h"
#include "tap.h"

int main(void)
{
    struct err e = { 0 };
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1000);
    OK(!err_fieldf(&e, ERR_TOO_LONG, "title", "%d", 200));
    err_set(&e, ERR_DENIED);
    OK(e.id == ERR_TOO_LONG);                       /* the first failure is kept */
    err_text(&e, LANG_ZH, &b);
    OK_STR(buf_str(&b), "不能超过 200 个字");
    buf_clear(&b);
    err_text(&e, LANG_EN, &b);
    OK_STR(buf_str(&b), "must be at most 200 characters");
    err_at(&e, "claims", 2);
    OK_STR(str_of(e.field), "claims[2].title");
    err_clear(&e);
    err_internal(&e, "secret %d", 1);
    buf_clear(&b);
    err_text(&e, LANG_EN, &b);
    OK(str_find(buf_str(&b), STR("secret")) == b.n);
    for (int i = 0; i < ERR__COUNT; i++) {          /* slugs are unique and plain */
        const char *slug = err_slug(i);
        if (!OK(slug[strspn(slug, "abcdefghijklmnopqrstuvwxyz-")] == '\0'))
            printf("#   %s\n", slug);
        for (int k = 0; k < i; k++)
            if (!strcmp(slug, err_slug(k)))
                OK_STR(str_of(slug), "listed once");
        OK(err_status(i) >= 200 && err_status(i) < 600);
    }
    return tap_end();
}
