#include "matter/search.h"
#include "app/follow.h"
#include "db/db_near.h"
#include "db/db_search.h"
#include "matter/matter_impl.h"

struct doc { struct id id, home; struct str title, story, text; };
static const struct field doc_fields[] = {
    FIELD(doc, id, .doc = "Matter"), FIELD(doc, home, .doc = "City"),
    FIELD(doc, title, .doc = "One line"), FIELD(doc, story, .doc = "What happened"),
    FIELD(doc, text, .doc = "What is searched", .max = 100000),
};
static const struct record doc_record = RECORD(doc, doc_fields);

struct doc_key { struct id id; };
static const struct field doc_key_fields[] = { FIELD(doc_key, id, .doc = "Key") };
static const struct record doc_key_record = RECORD(doc_key, doc_key_fields);

/* Number, title, story, place and the parties' names; nothing secret. */
#define TEXT "m.number || ' ' || m.title || ' ' || m.story || ' ' || m.place AS text"

static bool load_doc(struct db_conn *c, struct arena *a, struct id home, struct id matter,
                     struct doc *out, bool *found, struct err *e)
{
    struct list names;
    if (!db_maybe(c, e, a, &doc_record, out, found,
            SQL("SELECT m.id, m.home, m.title, m.story, " TEXT " FROM matter m"
                " WHERE m.home = $1 AND m.id = $2"), V(home), V(matter))
        || !*found)
        return !err_is_set(e);
    if (!db_all(c, e, a, &doc_record, &names,
            SQL("SELECT matter AS id, name AS text FROM party WHERE home = $1 AND matter = $2"
                " LIMIT 100"), V(out->home), V(matter)))
        return false;
    const struct doc *v = names.v;
    for (size_t i = 0; i < names.n; i++)
        out->text = arena_printf(a, "%.*s %.*s", STR_ARG(out->text), STR_ARG(v[i].text));
    return true;
}

/* What the index is to hold of a matter; gone: it is no more. */
struct entry { struct id matter; bool gone; struct near_sketch sketch; struct db_search_doc doc; };

/* With the mark that lets it be found by its likeness. */
static bool make_entry(struct req *r, const struct doc *d, struct list holders, struct entry *x,
                       struct err *e)
{
    x->sketch = near_sketch_of(r->a, d->title, d->story);
    struct id *scopes = arena_array(r->a, struct id, holders.n + 1), mark = near_mark(&x->sketch);
    size_t n = holders.n;
    if (n)
        memcpy(scopes, holders.v, n * sizeof *scopes);
    if (mark.v)
        scopes[n++] = mark;
    return db_search_make(r->a, db_conn_engine(r->c), d->text, scopes, n, &x->doc, e);
}

static bool look(struct req *r, const void *shared UNUSED, const struct feed_event *event,
                 void **found, struct err *e)
{
    struct doc d = { 0 };
    struct list holders;
    struct entry *x = *found = arena_new(r->a, struct entry);
    bool known;
    x->matter = event->matter;
    if (!load_doc(r->c, r->a, event->home, x->matter, &d, &known, e))
        return false;
    x->gone = !known;
    return x->gone
        || (db_all(r->c, e, r->a, &doc_key_record, &holders,
                SQL("SELECT holder AS id FROM sight WHERE home = $1 AND matter = $2 AND until = 0"
                    " AND grade = 3 LIMIT 999"), V(d.home), V(x->matter))
            && make_entry(r, &d, holders, x, e));
}

static bool keep(struct req *r, const void *found, int64_t to UNUSED, struct err *e)
{
    const struct entry *x = found;
    if (x->gone)
        return db_search_delete(r->c, x->matter, e);
    return db_near_count(r->c, x->matter, &x->sketch, e)
        && db_search_keep(r->c, x->matter, &x->doc, e);
}
static const struct follower follower = {
    .name = STR_INIT("search"), .step = 200, .look = look, .keep = keep,
};

bool matter_search_follow(struct app *app, bool *more, struct err *e)
{
    return follow_step(app, &follower, more, e);
}

bool matter_search_catch_up(struct app *app, struct err *e)
{
    return follow_all(app, &follower, e);
}

static bool restart(struct req *r, void *ctx UNUSED, struct err *e)
{
    int64_t at;
    return db_search_clear(r->c, e) && follow_at(r->c, &follower, &at, e)
        && (at == 0 || feed_cursor_move(r->c, follower.name, at, 0, e));
}

bool matter_search_rebuild(struct app *app, struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    app_request(app, &a, NULL, &r);
    bool ok = app_write(app, &r, restart, NULL, e);
    arena_done(&a);
    return ok && matter_search_catch_up(app, e);
}

/* The matters the index has not reached, as far as the holder sees them: what the
 * feed tells after the index's place, also what waits for its number. Sight is asked
 * matter by matter: PostgreSQL, which knows no place, reckons with half of the feed and
 * would join that with all the holder sees. */
#define LAGGING                                                                               \
    "(SELECT f.matter FROM (SELECT matter FROM feed WHERE seq > $1"                            \
    " UNION SELECT matter FROM feed_pending) f WHERE f.matter < $4"                            \
    " AND (SELECT s.grade FROM sight s WHERE s.home = $2 AND s.holder = $3"                    \
    " AND s.matter = f.matter AND s.until = 0) = 3 ORDER BY f.matter DESC LIMIT 500) l"

bool matter_search_behind(struct req *r, struct id holder, struct list *out, struct err *e)
{
    int64_t at;
    struct id before = { INT64_MAX };
    return follow_at(r->c, &follower, &at, e)
        && db_all(r->c, e, r->a, &doc_key_record, out,
            SQL("SELECT l.matter AS id FROM " LAGGING), V(at), V(r->who->home), V(holder),
            V(before));
}

/* Their texts in two statements, however many they are. */
static bool lagging(struct req *r, struct id holder, struct id before, struct list *out,
                    struct err *e)
{
    int64_t at;
    struct list names;
    if (!follow_at(r->c, &follower, &at, e)
        || !db_all(r->c, e, r->a, &doc_record, out,
            SQL("SELECT m.id, m.home, " TEXT " FROM " LAGGING
                " CROSS JOIN matter m WHERE m.home = $2 AND m.id = l.matter ORDER BY m.id"),
            V(at), V(r->who->home), V(holder), V(before)))
        return false;
    if (!out->n)
        return true;
    if (!db_all(r->c, e, r->a, &doc_record, &names,
            SQL("SELECT p.matter AS id, p.name AS text FROM " LAGGING
                " CROSS JOIN party p WHERE p.home = $2 AND p.matter = l.matter"
                " ORDER BY p.matter LIMIT 5000"),
            V(at), V(r->who->home), V(holder), V(before)))
        return false;
    struct doc *v = out->v;
    const struct doc *name = names.v;
    for (size_t i = 0, k = 0; i < out->n; i++)
        for (; k < names.n && name[k].id.v <= v[i].id.v; k++)
            if (name[k].id.v == v[i].id.v)
                v[i].text = arena_printf(r->a, "%.*s %.*s", STR_ARG(v[i].text),
                                         STR_ARG(name[k].text));
    return true;
}

static int newest_first(const void *a, const void *b)
{
    int64_t x = ((const struct id *)a)->v, y = ((const struct id *)b)->v;
    return (x < y) - (x > y);
}

/* Index hits and fitting newcomers, newest first, each once, at most limit. */
static void merge(struct req *r, struct str words, const struct db_found *f, struct list lag,
                  struct id **out, size_t *n)
{
    struct id *v = arena_array(r->a, struct id, f->n + lag.n);
    const struct doc *d = lag.v;
    size_t kept = 0;
    for (size_t i = 0; i < f->n; i++) {
        bool renewed = false;
        for (size_t j = 0; j < lag.n; j++)
            renewed |= d[j].id.v == f->ids[i].v;
        if (!renewed)
            v[kept++] = f->ids[i];
    }
    for (size_t j = 0; j < lag.n; j++)
        if (db_search_fits(words, d[j].text))
            v[kept++] = d[j].id;
    if (kept)
        qsort(v, kept, sizeof *v, newest_first);
    *out = v;
    *n = MIN(kept, (size_t)r->limit);
}

/* Words are looked for in content: what the body holds is not searched by who may
 * see its envelopes only. */
static struct id searched(const struct who *w)
{
    return role_reach((enum role)w->role) == REACH_BELOW ? w->account : who_holder(w);
}

bool matter_search(struct req *r, struct str words, struct id before, struct list *out,
                   struct id *next, struct err *e)
{
    struct id holder = searched(r->who), *ids;
    struct db_found found;
    struct list lag;
    size_t n;
    struct db_search q = { .text = words, .scopes = &holder, .scopes_n = 1, .before = before,
                           .limit = (size_t)r->limit, .count_max = 1 };
    if (!before.v)
        before.v = INT64_MAX;
    if (!db_search(r->c, r->a, &q, &found, e) || !lagging(r, holder, before, &lag, e))
        return false;
    merge(r, words, &found, lag, &ids, &n);
    if (!matter_db_by_ids(r, holder, ids, n, out, e))
        return false;
    *next = n == (size_t)r->limit ? ids[n - 1] : found.next;
    return true;
}
