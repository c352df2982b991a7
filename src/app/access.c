#include "app/access.h"

enum { SLOT_MS = 600000 };

static const struct field access_entry_fields[] = {
    FIELD(access_entry, at, .doc = "When", .flags = PARTY, .zh = "时间", .en = "When"),
    FIELD(access_entry, name, .doc = "Who", .flags = PARTY, .zh = "查阅人", .en = "Who"),
    FIELD(access_entry, org_name, .doc = "Of which body", .flags = PARTY, .zh = "单位",
          .en = "Body"),
    FIELD(access_entry, what, .doc = "What was looked at", .flags = PARTY, .zh = "查阅内容",
          .en = "What"),
    FIELD(access_entry, reason, .doc = "The reason given", .flags = PARTY, .max = 200,
          .zh = "理由", .en = "Reason"),
    FIELD(access_entry, account, .doc = "Whose look", .flags = HIDDEN | WRITEONLY),
};
const struct record access_entry_record = RECORD(access_entry, access_entry_fields);

struct look { struct id home, matter, subject; struct str what; };

/* Looks of one kind stand once a slot; what was given a reason stands for itself. */
static bool write_look(struct req *r, const struct look *l, struct str reason, struct err *e)
{
    int64_t slot = reason.n ? id_make().v : r->now.ms / SLOT_MS;
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO access (home, matter, account, slot, what, subject, post, org, reason,"
            " at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
            " ON CONFLICT (home, matter, account, slot, what, subject) DO NOTHING"),
        V(l->home), V(l->matter), V(r->who->account), V(slot), V(l->what), V(l->subject),
        V(r->who->post), V(r->who->org), V(reason), V(r->now));
}

bool access_note(struct req *r, struct id home, struct id matter, struct str what,
                 struct str reason, struct err *e)
{
    return write_look(r, &(struct look){ .home = home, .matter = matter, .what = what }, reason, e);
}

static bool write_then(struct req *r, struct err *e)
{
    return write_look(r, r->then, STR(""), e);
}

static bool look(struct req *r, struct look x, struct err *e)
{
    int64_t there = 0;
    if (!db_int(r->c, e, &there,
            SQL("SELECT 1 FROM access WHERE home = $1 AND matter = $2 AND account = $3"
                " AND slot = $4 AND what = $5 AND subject = $6"),
            V(x.home), V(x.matter), V(r->who->account), V(r->now.ms / SLOT_MS), V(x.what),
            V(x.subject)))
        return false;
    if (!there) {
        struct look *l = arena_new(r->a, struct look);
        *l = x;
        r->then = l;
        r->then_write = write_then;
    }
    return true;
}

bool access_look(struct req *r, struct id home, struct id matter, struct str what, struct err *e)
{
    return look(r, (struct look){ .home = home, .matter = matter, .what = what }, e);
}

bool access_look_into(struct req *r, struct id home, struct id matter, struct id compartment,
                      struct str what, struct err *e)
{
    return look(r, (struct look){ home, matter, compartment, what }, e);
}

/* A page's end as "at-account-what": several looks may share an instant. */
static bool parse_end(struct str s, int64_t *at, int64_t *account, struct str *what, struct err *e)
{
    struct str head, middle, rest;
    *at = *account = INT64_MAX;
    *what = STR("");
    if (!s.n)
        return true;
    if (str_cut(s, '-', &head, &rest) && str_cut(rest, '-', &middle, what)
        && str_to_i64(head, at) && str_to_i64(middle, account))
        return true;
    return err_field(e, ERR_BAD_CURSOR, "after");
}

bool access_list(struct req *r, struct id home, struct id matter, struct list *out,
                 struct err *e)
{
    int64_t at, account;
    struct str what;
    if (!parse_end(r->cursor, &at, &account, &what, e)
        || !db_all(r->c, e, r->a, &access_entry_record, out,
            SQL("SELECT x.at, x.account, COALESCE(w.name, '') AS name,"
                " COALESCE(o.name, '') AS org_name, x.what, x.reason FROM access x"
                " LEFT JOIN account w ON w.home = x.home AND w.id = x.account"
                " LEFT JOIN org o ON o.home = x.home AND o.id = x.org"
                " WHERE x.home = $1 AND x.matter = $2 AND x.at <= $3"
                " AND (x.at, x.account, x.what) < ($3, $6, $7)"
                " AND (x.what <> 'safety' OR EXISTS (SELECT 1 FROM compartment k"
                " JOIN party p ON p.home = k.home AND p.id = k.side WHERE k.home = x.home"
                " AND k.matter = x.matter AND k.id = x.subject AND p.account = $5))"
                " ORDER BY x.at DESC, x.account DESC, x.what DESC LIMIT $4"),
            V(home), V(matter), V(at), V(r->limit), V(r->who->account), V(account), V(what)))
        return false;
    const struct access_entry *v = out->v;
    if (out->n == (size_t)r->limit) {
        const struct access_entry *x = &v[out->n - 1];
        r->next = arena_printf(r->a, "%lld-%lld-%.*s", (long long)x->at.ms,
                               (long long)x->account.v, STR_ARG(x->what));
    }
    return true;
}
