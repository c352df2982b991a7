#include "app/notice.h"

#define X(id, slug, zh, en) { slug, zh, en },
static const struct name class_v[] = { NOTICE_CLASSES(X) };
static const struct name pace_v[] = { NOTICE_PACES(X) };
#undef X
const struct names notice_class_names = NAMES("notice_class", class_v),
                   notice_pace_names = NAMES("notice_pace", pace_v);

static const struct field notice_fields[] = {
    FIELD(notice, id, .doc = "Key", .flags = HIDDEN),
    FIELD(notice, account, .doc = "Whose", .flags = HIDDEN | WRITEONLY),
    FIELD(notice, party, .doc = "Told as this party", .flags = HIDDEN),
    FIELD(notice, matter, .doc = "About which matter", .flags = HIDDEN),
    FIELD(notice, task, .doc = "About which task", .flags = HIDDEN),
    FIELD(notice, cause, .doc = "The event", .flags = HIDDEN | WRITEONLY),
    FIELD(notice, rule, .doc = "By which rule", .max = 64, .flags = HIDDEN),
    FIELD(notice, class, .doc = "What kind", .names = &notice_class_names, .zh = "类别",
          .en = "Kind"),
    FIELD(notice, text, .doc = "A number and a sentence", .max = 300, .zh = "内容", .en = "Text"),
    FIELD(notice, media, .doc = "How else it leaves", .flags = HIDDEN | WRITEONLY),
    FIELD(notice, digest, .doc = "Together with others", .flags = HIDDEN | WRITEONLY),
    FIELD(notice, urgent, .doc = "At night too", .flags = HIDDEN | WRITEONLY),
    FIELD(notice, neutral, .doc = "Outside in neutral words", .flags = HIDDEN | WRITEONLY),
    FIELD(notice, send_at, .doc = "When it leaves", .flags = HIDDEN | WRITEONLY),
    FIELD(notice, created_at, .doc = "When", .zh = "时间", .en = "Time"),
    FIELD(notice, read_at, .doc = "Read since", .zh = "已读时间", .en = "Read"),
};
const struct record notice_record = RECORD(notice, notice_fields);

static bool insert(struct req *r, const struct notice *n, bool *added, struct err *e)
{
    int64_t changed = 0;
    if (!db_exec(r->c, e, &changed,
            SQL("INSERT INTO notice (id, home, account, party, matter, task, cause, rule, class,"
                " text, media, digest, urgent, neutral, send_at, created_at, read_at)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0)"
                " ON CONFLICT (home, cause, rule, account, party) DO NOTHING"),
            V(id_make()), V(r->app->home), V(n->account), V(n->party), V(n->matter), V(n->task),
            V(n->cause), V(n->rule), V(n->class), V(n->text), V(n->media), V(n->digest),
            V(n->urgent), V(n->neutral), V(n->send_at), V(r->now)))
        return false;
    if (added)
        *added = changed > 0;
    return true;
}

bool notice_add(struct req *r, const struct notice *in, bool *added, struct err *e)
{
    struct notice n = *in;
    struct notice_hours hours = NOTICE_HOURS_PRESET;
    unsigned pace = PACE_BY_RULE;
    if (n.media && n.account.v
        && !notice_choice_of(r, n.account, (enum notice_class)n.class, &hours, &n.media, &pace, e))
        return false;
    if (pace != PACE_BY_RULE)
        n.digest = pace == PACE_DIGEST && !n.urgent;
    if (n.media)
        n.send_at = notice_when(r->app, &hours, n.digest, n.urgent, r->now);
    return insert(r, &n, added, e);
}

/* ---- the reader's list ---- */

static bool parse_cursor(const struct req *r, int64_t *before, struct err *e)
{
    *before = INT64_MAX;
    return !r->cursor.n || str_to_i64(r->cursor, before) || err_field(e, ERR_BAD_CURSOR, "after");
}

#define SHOWN "SELECT id, party, matter, task, rule, class, text, created_at, read_at FROM notice"

bool notice_list(struct req *r, bool unread, struct list *out, struct err *e)
{
    int64_t before;
    bool ok = parse_cursor(r, &before, e);
    if (ok && unread)
        ok = db_all(r->c, e, r->a, &notice_record, out,
            SQL(SHOWN " WHERE home = $1 AND account = $2 AND read_at = 0 AND id < $3"
                " ORDER BY id DESC LIMIT $4"),
            V(r->who->home), V(r->who->account), V(before), V(r->limit));
    else if (ok)
        ok = db_all(r->c, e, r->a, &notice_record, out,
            SQL(SHOWN " WHERE home = $1 AND account = $2 AND id < $3 ORDER BY id DESC LIMIT $4"),
            V(r->who->home), V(r->who->account), V(before), V(r->limit));
    const struct notice *v = out->v;
    if (ok && out->n == (size_t)r->limit)
        r->next = arena_printf(r->a, "%lld", (long long)v[out->n - 1].id.v);
    return ok;
}

bool notice_unread(struct req *r, int64_t *n, struct err *e)
{
    return db_int(r->c, e, n,
        SQL("SELECT COUNT(*) FROM (SELECT id FROM notice WHERE home = $1 AND account = $2"
            " AND read_at = 0 LIMIT $3) few"),
        V(r->who->home), V(r->who->account), V((int64_t)NOTICE_COUNT_MAX));
}

bool notice_read(struct req *r, struct id id, struct err *e)
{
    int64_t known = 0;
    return db_exec(r->c, e, &known,
            SQL("UPDATE notice SET read_at = CASE WHEN read_at = 0 THEN $4 ELSE read_at END"
                " WHERE home = $1 AND id = $2 AND account = $3"),
            V(r->who->home), V(id), V(r->who->account), V(r->now))
        && (known || err_set(e, ERR_NOT_FOUND));
}

bool notice_read_to(struct req *r, struct id to, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("UPDATE notice SET read_at = $4 WHERE home = $1 AND account = $2 AND read_at = 0"
            " AND id <= $3"),
        V(r->who->home), V(r->who->account), V(to), V(r->now));
}
