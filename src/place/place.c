#include "app/journal.h"
#include "place/place_impl.h"

static const struct field place_end_fields[] = {
    FIELD(place_end, successor, .doc = "What takes its place, when anything does", .zh = "由谁承接",
          .en = "Successor"),
    FIELD(place_end, day, .doc = "First day it no longer holds; today when not sent",
          .zh = "停用日期", .en = "Ends on"),
};
const struct record place_end_record = RECORD(place_end, place_end_fields);

struct str place_above(struct arena *a, struct str path)
{
    return arena_printf(a, "%.*s\x7f", STR_ARG(path));
}

bool place_cursor(const struct req *r, int64_t *after, struct err *e)
{
    *after = 0;
    if (!r->cursor.n || (str_to_i64(r->cursor, after) && *after > 0))
        return true;
    return err_field(e, ERR_BAD_CURSOR, "after");
}

void place_next(struct req *r, size_t n, struct id last)
{
    if (n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)last.v);
}

bool place_journal(struct req *r, const char *action, struct id subject,
                   const struct record *rec, const void *was, const void *is, struct err *e)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 64 << 10);
    if (was) {
        json_put_key(&b, "{", "before");
        record_to_json(rec, was, SIGHT_ALL, &b);
    }
    json_put_key(&b, was ? "," : "{", "after");
    record_to_json(rec, is, SIGHT_ALL, &b);
    buf_add_char(&b, '}');
    if (!buf_ok(&b))
        return err_internal(e, "a journal payload is too large");
    return journal_system(r->c, r, str_of(action), subject, arena_dup(r->a, buf_str(&b)), e);
}

static bool no_such(const char *field, struct err *e)
{
    if (e->id != ERR_NOT_FOUND)
        return false;
    err_clear(e);
    return err_field(e, ERR_NO_SUCH_REF, field);
}

bool place_need_area(struct req *r, struct id id, const char *field, struct area_brief *out,
                     struct err *e)
{
    return !id.v || area_brief(r, id, out, e) || no_such(field, e);
}

bool place_need_org(struct req *r, struct id id, const char *field, struct err *e)
{
    struct org_brief o;
    return !id.v || org_brief(r, id, &o, e) || no_such(field, e);
}

bool place_end_day(struct req *r, const struct place_end *x, struct day *out, struct err *e)
{
    enum { YEAR = 366 };
    int64_t today = place_today(r);
    *out = x->day.n ? x->day : (struct day){ (int32_t)today };
    if (out->n < today - YEAR || out->n > today + YEAR)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "day", "±%d", YEAR);
    return true;
}
