/* grow DIR N [DATABASE]: fills a demo city with N matters of the last three years.
 *
 * Written with the program's own tables, hashes and index, thousands to a commit,
 * so that `fengqiao verify` and `check` find the city whole. The last OPEN matters
 * wait to be accepted (as many in a big city as in a small one: what waits depends
 * on the hands, not on the archive); all others are closed, with two entries each.
 * A quarter of all belongs to one body, clerk.guicheng's.
 *
 * A city that has been served: clocks stand where the rules put them, the statistics
 * and the index have followed, nobody is still to be told of anything. Else the first
 * minutes of a measurement would be spent catching up. */
#include "app/app.h"
#include "app/codebook.h"
#include "app/journal.h"
#include "db/db_near.h"
#include "db/db_search.h"
#include "db/feed.h"
#include "insight/fact.h"
#include "matter/deadline_change.h"
#include "matter/deadline_recompute.h"
#include "matter/matter.h"
#include "matter/search.h"
#include "matter/worklist.h"

ASSETS_DECLARE(sql_files);
ASSETS_DECLARE(rules_files);
ASSETS_DECLARE(demo_files);

enum { CHUNK = 2000, OPEN = 5000 };
#define OPEN_MS (INT64_C(24) * 86400000)
#define YEARS_MS (INT64_C(3) * 365 * 86400000)

struct body { struct id id, area, account, post; struct str path; };
static const struct field body_fields[] = {
    FIELD(body, id, .doc = "Body"), FIELD(body, area, .doc = "Its area"),
    FIELD(body, account, .doc = "A clerk"), FIELD(body, post, .doc = "The clerk's post"),
    FIELD(body, path, .doc = "Path of the area"),
};
static const struct record body_record = RECORD(body, body_fields);

struct grow {
    struct id home;
    struct list bodies;
    int64_t done, total;
    struct stamp now;
};

static const char *const what[] = {
    "楼上漏水", "拖欠工资", "噪音扰民", "路灯不亮", "占道经营", "物业收费", "邻里口角", "宅基地边界",
    "交通事故赔偿", "垃圾清运", "井盖塌陷", "退还押金", "婚姻家事", "劳动合同", "租房押金", "水管爆裂" };
static const char *const where[] = {
    "桂花园小区", "南海大道", "夏西村口", "平洲市场", "叠北工业区", "虹岭路", "千灯湖公园", "怡海花苑" };
static const char *const then[] = {
    "多次协商没有结果", "希望有人上门查看", "双方愿意坐下来谈", "已经向物业反映过", "影响老人和孩子休息",
    "有照片和收据为证", "最近一周每天如此", "请尽快安排处理", "曾经口头答应过赔偿", "对方不接电话" };

#define PICK(v, n) v[(uint64_t)(n) % COUNT(v)]

static bool find_bodies(struct req *r, void *ctx, struct err *e)
{
    struct grow *g = ctx;
    return db_all(r->c, e, r->a, &body_record, &g->bodies,
        SQL("SELECT o.id, o.area, a.path, MIN(p.account) AS account, MIN(p.id) AS post FROM post p"
            " JOIN org o ON o.home = p.home AND o.id = p.org JOIN area a ON a.id = o.area"
            " JOIN account c ON c.id = p.account AND c.kind = 0"
            " WHERE p.home = $1 GROUP BY o.id, o.area, a.path"
            " ORDER BY MIN(CASE WHEN c.login = 'clerk.guicheng' THEN 0 ELSE 1 END), o.id"
            " LIMIT 500"),
        V(g->home));
}

static bool add_entry(struct req *r, const struct matter *m, const struct body *o,
                      struct journal_entry *x, struct err *e)
{
    *x = (struct journal_entry){
        .home = m->home, .chain = m->id, .seq = x->seq + 1,
        .action = x->seq ? STR("close") : STR("file"), .actor = o->account, .post = o->post,
        .happened_at = m->filed_at, .recorded_at = m->filed_at,
        .prev = x->seq ? x->hash : journal_first_prev,
    };
    x->payload.json = x->seq > 1 ? STR("{}")
        : arena_printf(r->a, "{\"title\":\"%.*s\",\"story\":\"%.*s\"}", STR_ARG(m->title),
                       STR_ARG(m->story));
    return journal_add(r->c, r->a, x, e);
}

static bool put_matter(struct req *r, const struct matter *m, struct err *e)
{
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO matter (id, home, number, pin, client_ref, kind, state, source, type,"
            " type_raw, title, story, area, path, place, people, amount, danger, filed_by,"
            " filed_org, owner, lead, handler, round, happened_at, filed_at, accepted_at,"
            " concluded_at, replied_at, closed_at, due_at, yellow_at, paused_at, batch,"
            " journal_seq, journal_head, version) VALUES ($1, $2, $3, 'x', '', $4, $5, 'counter',"
            " '', '', $6, $7, $8, $9, $10, 0, 0, 0, $11, $12, $12, 0, 0, 1, $13, $13, 0, 0, 0,"
            " $14, $15, $18, 0, 0, $16, $17, $16)"),
        V(m->id), V(m->home), V(m->number), V(m->kind), V(m->state), V(m->title), V(m->story),
        V(m->area), V(m->path), V(m->place), V(m->filed_by), V(m->owner), V(m->filed_at),
        V(m->closed_at), V(m->due_at), V(m->journal_seq),
        V(((struct blob){ m->journal_head.p, m->journal_head.n })), V(m->yellow_at));
}

static bool put_parts(struct req *r, const struct matter *m, struct err *e)
{
    static const char *const names[] = { "陈伟强", "黄丽华", "梁志明", "何婉仪", "罗子轩" };
    bool open = m->state == MATTER_FILED;
    for (int no = 1; no <= 2; no++)
        if (!db_exec(r->c, e, NULL,
                SQL("INSERT INTO party (id, home, matter, no, role, kind, name, phone, id_kind,"
                    " id_number, address, channel, account, agent_for, answer, answered_at,"
                    " left_at, version) VALUES ($1, $2, $3, $4, $5, 0, $6, '', '', '', '', 2, 0,"
                    " 0, 0, 0, 0, 1)"),
                V(id_make()), V(m->home), V(m->id), V(no), V(no - 1),
                V(str_of(PICK(names, m->filed_at.ms / 7 + no)))))
            return false;
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO claim (id, home, matter, no, party, text, amount, outcome, settled, note,"
            " version) VALUES ($1, $2, $3, 1, 0, $4, 0, $5, 0, '', 1)"),
        V(id_make()), V(m->home), V(m->id), V(m->title), V(open ? STR("") : STR("resolved")))
        && db_exec(r->c, e, NULL,
        SQL("INSERT INTO deadline (id, home, matter, assignment, what, rule, state, org,"
            " started_at, due_at, yellow_at, ended_at, paused_at, pauses, extended, provisional,"
            " red_at, look_at) VALUES ($1, $2, $3, 0, 'whole', 'product.request.whole', $4, $5, $6,"
            " $7, $9, $8, 0, '', 0, 0, 0, $10)"),
        V(id_make()), V(m->home), V(m->id), V(open ? 0 : 2), V(m->owner), V(m->filed_at),
        V(m->due_at), V(m->closed_at), V(m->yellow_at),
        V(deadline_look(m->due_at, m->yellow_at, r->now)))
        && db_exec(r->c, e, NULL,
        SQL("INSERT INTO sight (home, holder, matter, grade, why, since, until)"
            " VALUES ($1, $2, $3, 3, 0, $4, 0)"),
        V(m->home), V(m->owner), V(m->id), V(m->filed_at))
        && (!open || db_exec(r->c, e, NULL,
        SQL("INSERT INTO worklist (home, holder, bucket, due_at, matter, yellow_at)"
            " VALUES ($1, $2, $3, $4, $5, $6)"),
        V(m->home), V(m->owner), V((int)WORK_TO_ACCEPT), V(m->due_at), V(m->id),
        V(m->yellow_at)))
        && (!open || db_exec(r->c, e, NULL,
        SQL("INSERT INTO work_count (home, holder, bucket, n) VALUES ($1, $2, $3, 1)"
            " ON CONFLICT (home, holder, bucket) DO UPDATE SET n = work_count.n + 1"),
        V(m->home), V(m->owner), V((int)WORK_TO_ACCEPT)));
}

static bool add_one(struct req *r, const struct grow *g, int64_t i, struct err *e)
{
    const struct body *o = g->bodies.v;
    o += i % 4 ? (uint64_t)i % g->bodies.n : 0;
    bool open = i >= g->total - OPEN;
    struct matter m = {
        .id = id_make(), .home = g->home, .kind = MATTER_REQUEST,
        .state = open ? MATTER_FILED : MATTER_CLOSED, .area = o->area, .path = o->path,
        .owner = o->id, .filed_by = o->account,
        .filed_at = open ? (struct stamp){ g->now.ms - OPEN_MS / OPEN * (g->total - i) }
                         : (struct stamp){ g->now.ms - YEARS_MS + YEARS_MS / g->total * i },
        .number = arena_printf(r->a, "G%014lld", (long long)i),
        .place = arena_printf(r->a, "%s%lld号", PICK(where, i / 3), (long long)(i % 200 + 1)),
        .title = arena_printf(r->a, "%s%s", PICK(where, i / 5), PICK(what, i)),
        .story = arena_printf(r->a, "本人住在%s%lld栋，反映%s问题，%s，%s，%s。", PICK(where, i / 7),
                              (long long)(i % 30 + 1), PICK(what, i), PICK(then, i / 2),
                              PICK(then, i / 11), PICK(then, i / 13)),
    };
    const struct limit_rule *rule =
        codebook_rule(r->app, STR("product.request.whole"), day_of_stamp(m.filed_at));
    struct limit_due due;
    if (!rule || !codebook_due(r->app, rule, o->id, m.filed_at, STR(""), &due, e))
        return false;
    m.due_at = due.due_at;
    m.yellow_at = due.yellow_at;
    m.closed_at.ms = open ? 0 : m.filed_at.ms + 86400000;
    struct journal_entry x = { .seq = 0 };
    if (!add_entry(r, &m, o, &x, e) || (!open && !add_entry(r, &m, o, &x, e)))
        return false;
    m.journal_seq = x.seq;
    m.journal_head = x.hash;
    struct str text = arena_printf(r->a, "%.*s %.*s %.*s %.*s", STR_ARG(m.number),
                                   STR_ARG(m.title), STR_ARG(m.story), STR_ARG(m.place));
    struct near_sketch sketch = near_sketch_of(r->a, m.title, m.story);
    struct id scopes[] = { m.owner, near_mark(&sketch) };
    return put_matter(r, &m, e) && put_parts(r, &m, e) && db_near_count(r->c, m.id, &sketch, e)
        && db_search_put(r->c, m.id, text, scopes, scopes[1].v ? 2 : 1, e);
}

static bool add_chunk(struct req *r, void *ctx, struct err *e)
{
    struct grow *g = ctx;
    int64_t to = MIN(g->done + CHUNK, g->total);
    for (int64_t i = g->done; i < to; i++)
        if (!add_one(r, g, i, e))
            return false;
    return true;
}

static bool skip_to_end(struct req *r, struct str cursor, struct err *e)
{
    int64_t at, last;
    return feed_cursor_get(r->c, cursor, &at, e) && feed_last(r->c, &last, e)
        && (at == last || feed_cursor_move(r->c, cursor, at, last, e));
}

/* The events get their numbers; what is indexed need not be indexed again, and
 * nobody is to be told. */
static bool settle(struct req *r, void *ctx UNUSED, struct err *e)
{
    int64_t moved = 1;
    while (moved > 0)
        if (!feed_sequence(r->c, STR("grow"), DB_ROWS_MAX, &moved, e))
            return false;
    return skip_to_end(r, STR("search"), e) && skip_to_end(r, STR("notices"), e);
}

static bool in_arena(struct app *app, struct grow *g,
                     bool (*fn)(struct req *, void *, struct err *), struct err *e)
{
    struct arena a = { 0 };
    struct req r;
    app_request(app, &a, NULL, &r);
    bool ok = app_write(app, &r, fn, g, e);
    arena_done(&a);
    return ok;
}

/* Until it has nothing left to do. */
static bool run_dry(struct app *app, bool (*chore)(struct app *, bool *, struct err *),
                    struct err *e)
{
    bool more = true;
    while (more)
        if (!chore(app, &more, e))
            return false;
    return true;
}

/* ---- a big city on PostgreSQL: a tenth is grown, the closed ones copied nine times,
 * as a statement for each matter and row would take an hour. Copies have their rows in
 * every table a request reads, but no place in the feed: verify would miss it. ---- */

enum { COPY_FROM = 200000, COPIES = 9 };
#define HOUR_OF_IDS (INT64_C(3600000) << 22)

#define COPY(table, key, changes)                                                            \
    SQL("INSERT INTO " table " SELECT p.* FROM " table " t, LATERAL jsonb_populate_record(t," \
        " jsonb_build_object(" changes ")) p WHERE t.home = $2 AND t." key " >= $3"           \
        " AND t." key " < $4")
#define LESS(column) "'" column "', t." column " - CAST($1 AS BIGINT)"

struct copies { int64_t k, from, to; };

static bool copy_once(struct req *r, void *ctx, struct err *e)
{
    const struct copies *x = ctx;
    const struct db_val statements[] = {
        SQL("INSERT INTO matter SELECT p.* FROM matter t, LATERAL jsonb_populate_record(t,"
            " jsonb_build_object('id', t.id - CAST($1 AS BIGINT), 'number',"
            " CAST($1 AS TEXT) || t.number)) p WHERE t.home = $2 AND t.id >= $3 AND t.id < $4"),
        COPY("party", "matter", LESS("id") "," LESS("matter")),
        COPY("claim", "matter", LESS("id") "," LESS("matter")),
        COPY("deadline", "matter", LESS("id") "," LESS("matter")),
        COPY("sight", "matter", LESS("matter")),
        COPY("journal", "chain", LESS("chain")),
        COPY("journal_payload", "chain", LESS("chain")),
        COPY("fact", "matter", LESS("matter")),
    };
    int64_t back = x->k * (x->to - x->from) + HOUR_OF_IDS;  /* before all that is there */
    for (size_t i = 0; i < COUNT(statements); i++)
        if (!db_exec(r->c, e, NULL, statements[i], V(back), V(r->app->home), V(x->from),
                     V(x->to)))
            return false;
    return db_exec(r->c, e, NULL,
        SQL("INSERT INTO search_doc (id, text, scopes, terms, holders)"
            " SELECT id - CAST($1 AS BIGINT), text, scopes, terms, holders FROM search_doc"
            " WHERE id >= $2 AND id < $3"), V(back), V(x->from), V(x->to))
        && db_exec(r->c, e, NULL,
        SQL("INSERT INTO search_scope (scope, doc) SELECT scope, doc - CAST($1 AS BIGINT)"
            " FROM search_scope WHERE doc >= $2 AND doc < $3"), V(back), V(x->from), V(x->to));
}

/* What is near is looked for by the rarest terms: how rare they are is to be true. */
static bool count_copies(struct req *r, void *ctx UNUSED, struct err *e)
{
    return db_exec(r->c, e, NULL, SQL("UPDATE search_count SET n = n * $1"),
                   V((int64_t)COPIES + 1));
}

static bool find_closed(struct req *r, void *ctx, struct err *e)
{
    struct copies *x = ctx;
    return db_int(r->c, e, &x->from, SQL("SELECT MIN(id) FROM matter WHERE number LIKE 'G%'"))
        && db_int(r->c, e, &x->to,
                  SQL("SELECT MIN(id) FROM matter WHERE number LIKE 'G%' AND state = $1"),
                  V((int)MATTER_FILED));
}

static bool copy_all(struct app *app, struct err *e)
{
    struct copies x = { .k = 1 };
    struct arena a = { 0 };
    struct req r;
    app_request(app, &a, NULL, &r);
    bool ok = app_read(app, &r, find_closed, &x, e);
    for (; ok && x.k <= COPIES; x.k++)
        ok = app_write(app, &r, copy_once, &x, e);
    ok = ok && app_write(app, &r, count_copies, NULL, e);
    arena_done(&a);
    return ok;
}

/* What a city of years has had from PostgreSQL's own housekeeping. */
static bool analyze(struct req *r, void *ctx UNUSED, struct err *e)
{
    return db_conn_engine(r->c) == DB_SQLITE || db_exec(r->c, e, NULL, SQL("ANALYZE"));
}

static bool grow(struct app *app, struct arena *a, int64_t n, struct err *e)
{
    struct grow g = { .total = n, .now = stamp_now() };
    struct req r;
    if (!app_open(app, a, e))
        return false;
    g.home = app->home;
    if (!run_dry(app, matter_search_follow, e))
        return false;
    if (db_engine_of(app->db) == DB_PGSQL && n >= COPY_FROM)
        g.total = n / (COPIES + 1);
    app_request(app, a, NULL, &r);
    if (!app_read(app, &r, find_bodies, &g, e))
        return false;
    for (; g.done < g.total; g.done += CHUNK)
        if (!in_arena(app, &g, add_chunk, e) || !in_arena(app, &g, settle, e))
            return false;
    return run_dry(app, fact_follow, e) && run_dry(app, deadline_recompute, e)
        && (g.total == n || copy_all(app, e)) && in_arena(app, &g, analyze, e);
}

int main(int argc, char **argv)
{
    struct arena a = { 0 };
    struct err e = { 0 };
    struct app app = { .sql = { sql_files, sql_files_n }, .rules = { rules_files, rules_files_n },
                       .demo = { demo_files, demo_files_n } };
    if (argc != 3 && argc != 4)
        return 2;
    struct str set[] = { arena_printf(&a, "data=%s", argv[1]),
                         arena_printf(&a, "database=%s", argc == 4 ? argv[3] : "") };
    bool ok = config_load(&app.config, &a, STR(""), set, argc == 4 ? 2 : 1, &e)
        && grow(&app, &a, strtoll(argv[2], NULL, 10), &e);
    if (!ok)
        fprintf(stderr, "grow: %s\n", e.detail);
    app_close(&app);
    arena_done(&a);
    return !ok;
}
