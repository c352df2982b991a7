/* The rules of notices, taken apart once a book: whoever tells reads them where they stand. */
#include "app/codebook_impl.h"
#include "app/notice.h"

/* Texts of the row are in the pool already; the event is cut out of its own columns. */
static bool take(const struct code_entry *x, struct pool *pool, struct arena *tmp,
                 struct notice_rule *out)
{
    struct err e = { 0 };
    if (!notice_rule_parse(x, tmp, out, &e))
        return false;
    out->event = pool_str(pool, out->event);
    return true;
}

static bool is_rule(const struct book *b, const struct code_entry *x)
{
    return str_is(x->list, "notice") && holds_on(x->valid_from, x->valid_to, b->day);
}

void book_index_notices(struct book *b, struct pool *pool)
{
    AUTO(arena_done) struct arena tmp = { 0 };
    size_t most = 0, n = 0;
    for (size_t i = 0; i < b->codes_n; i++)
        most += is_rule(b, b->order[i]);
    struct notice_rule *v = arena_array(&tmp, struct notice_rule, most);
    for (size_t i = 0; i < b->codes_n; i++)
        if (is_rule(b, b->order[i]))
            n += take(b->order[i], pool, &tmp, &v[n]);
    struct str kept = pool_str(pool, (struct str){ (const char *)v, n * sizeof *v });
    b->notices = (struct list){ (void *)(uintptr_t)kept.p, n };
}

struct list notice_rules(const struct app *app)
{
    struct list rules = book_lock(app)->notices;
    book_unlock(app);
    return rules;
}
