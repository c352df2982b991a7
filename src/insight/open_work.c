#include "insight/open_work.h"
#include "app/codebook.h"
#include "app/memo.h"
#include "base/vec.h"
#include "insight/view.h"
#include "matter/worklist.h"

enum { TOGETHER = 3, ROWS = 5000 };

/* ---- what is asked and told ---- */

struct open_ask { struct id area; };
static const struct field open_ask_fields[] = {
    FIELD(open_ask, area, .doc = "Area; the reader's own when not sent", .format = FORMAT_AREA,
          .zh = "辖区", .en = "Area"),
};
static const struct record open_ask_record = RECORD(open_ask, open_ask_fields);

struct open_bucket { unsigned bucket; int64_t count, yellow, overdue; };
static const struct field open_bucket_fields[] = {
    FIELD(open_bucket, bucket, .doc = "What has to be done", .names = &work_bucket_names,
          .zh = "工作", .en = "Work"),
    FIELD(open_bucket, count, .doc = "How much waits", .zh = "数量", .en = "Count"),
    FIELD(open_bucket, yellow, .doc = "Of it nearly past its time", .zh = "将超期",
          .en = "Nearly over"),
    FIELD(open_bucket, overdue, .doc = "Of it past its time", .zh = "已超期", .en = "Overdue"),
};
static const struct record open_bucket_record = RECORD(open_bucket, open_bucket_fields);

struct open_row { struct id area, org; struct str name; struct list buckets; };
static const struct field open_row_fields[] = {
    FIELD(open_row, area, .doc = "An area below; none: a body", .format = FORMAT_AREA,
          .zh = "辖区", .en = "Area"),
    FIELD(open_row, org, .doc = "The body; none: an area, the others, or the sum",
          .format = FORMAT_ORG, .zh = "机构", .en = "Body"),
    FIELD(open_row, name, .doc = "What it is called", .zh = "名称", .en = "Name"),
    FIELD(open_row, buckets, .doc = "What waits there", .sub = &open_bucket_record,
          .zh = "待办", .en = "Waiting"),
};
static const struct record open_row_record = RECORD(open_row, open_row_fields);

struct open_table { struct id area; struct str area_name; struct list rows; };
static const struct field open_table_fields[] = {
    FIELD(open_table, area, .doc = "Area counted", .format = FORMAT_AREA, .zh = "辖区",
          .en = "Area"),
    FIELD(open_table, area_name, .doc = "Its name", .zh = "辖区名称", .en = "Area’s name"),
    FIELD(open_table, rows, .doc = "Areas below and bodies, the sum last",
          .sub = &open_row_record, .zh = "行", .en = "Rows"),
};
static const struct record open_table_record = RECORD(open_table, open_table_fields);

/* ---- what is kept ---- */

/* A body's (or an area's) share of a bucket. */
struct open_cell {
    struct id area, org;
    bool small;                         /* not to be told by name */
    unsigned bucket;
    int64_t count, yellow, overdue;
};
static const struct field open_cell_fields[] = {
    FIELD(open_cell, area, .doc = "Area below"), FIELD(open_cell, org, .doc = "Body"),
    FIELD(open_cell, small, .doc = "A studio, or too few posts"),
    FIELD(open_cell, bucket, .doc = "Bucket", .names = &work_bucket_names),
    FIELD(open_cell, count, .doc = "How much"), FIELD(open_cell, yellow, .doc = "Nearly over"),
    FIELD(open_cell, overdue, .doc = "Over"),
};
static const struct record open_cell_record = RECORD(open_cell, open_cell_fields);

/* Counts as they are kept; what is late is read from the head of each body's range
 * (the cross join keeps SQLite from reading the whole list in its own order). */
static bool read_cells(struct req *r, const struct area_brief *area, struct list *out,
                       struct err *e)
{
    return db_all(r->c, e, r->a, &open_cell_record, out,
        SQL("WITH body AS (SELECT o.id, COALESCE(a.id, 0) AS area,"
            " CASE WHEN a.id IS NULL THEN o.id ELSE 0 END AS org,"
            " CASE WHEN a.id IS NULL AND (o.kind = 'studio' OR o.kind LIKE 'studio.%'"
            " OR (SELECT COUNT(*) FROM post p WHERE p.home = o.home AND p.org = o.id"
            " AND p.valid_from <= $6 AND (p.valid_to = 0 OR p.valid_to > $6)) < $7)"
            " THEN 1 ELSE 0 END AS small FROM org o LEFT JOIN area a ON a.parent = $4"
            " AND a.level <= $5 AND SUBSTR(o.path, 1, LENGTH(a.path)) = a.path"
            " WHERE o.home = $1 AND o.path >= $2 AND o.path < $3)"
            " SELECT b.area, b.org, b.small, k.bucket, CAST(SUM(k.n) AS BIGINT) AS count,"
            " CAST(SUM(COALESCE(l.yellow, 0)) AS BIGINT) AS yellow,"
            " CAST(SUM(COALESCE(l.overdue, 0)) AS BIGINT) AS overdue"
            " FROM body b JOIN work_count k ON k.home = $1 AND k.holder = b.id AND k.n > 0"
            " LEFT JOIN (SELECT w.holder, w.bucket,"
            " SUM(CASE WHEN w.due_at >= $8 THEN 1 ELSE 0 END) AS yellow,"
            " SUM(CASE WHEN w.due_at < $8 THEN 1 ELSE 0 END) AS overdue"
            " FROM body x CROSS JOIN worklist w WHERE w.home = $1 AND w.holder = x.id"
            " AND w.yellow_at <= $8 GROUP BY w.holder, w.bucket) l"
            " ON l.holder = b.id AND l.bucket = k.bucket"
            " GROUP BY b.area, b.org, b.small, k.bucket ORDER BY b.area DESC, b.org, k.bucket"
            " LIMIT $9"),
        V(r->app->home), V(area->path), V(arena_printf(r->a, "%.*s\x7f", STR_ARG(area->path))),
        V(area->id), V((unsigned)AREA_TOWN), V(day_of_stamp(r->now)),
        V(codebook_number(r->app, "posts_for_analysis", 3)), V(r->now), V((int)ROWS));
}

/* ---- rows ---- */

/* A row in the making: cells by bucket. */
struct standing {
    struct id area, org;
    bool small;
    int64_t all;
    struct open_bucket v[WORK_BUCKET__COUNT];
};
struct standings { struct standing **v; size_t n, cap; };

static void add(struct standing *s, const struct open_bucket *x)
{
    struct open_bucket *b = &s->v[x->bucket];
    b->count += x->count;
    b->yellow += x->yellow;
    b->overdue += x->overdue;
    s->all += x->count;
}

/* The cells come row by row. */
static void gather(struct arena *a, struct list cells, struct standings *out)
{
    const struct open_cell *c = cells.v;
    for (size_t i = 0; i < cells.n; i++) {
        bool same = i && c[i].area.v == c[i - 1].area.v && c[i].org.v == c[i - 1].org.v;
        struct open_bucket x = { c[i].bucket, c[i].count, c[i].yellow, c[i].overdue };
        if (!same) {
            out->v = vec_room(a, out->v, out->n, &out->cap, sizeof *out->v);
            out->v[out->n] = arena_new(a, struct standing);
            *out->v[out->n++] = (struct standing){ .area = c[i].area, .org = c[i].org,
                                                   .small = c[i].small };
        }
        if (x.bucket < WORK_BUCKET__COUNT)
            add(out->v[out->n - 1], &x);
    }
}

/* The body by name that has the least; NULL for none. */
static struct standing *least(const struct standings *s)
{
    struct standing *best = NULL;
    for (size_t i = 0; i < s->n; i++)
        if (s->v[i]->org.v && !s->v[i]->small && (!best || s->v[i]->all < best->all))
            best = s->v[i];
    return best;
}

/* Fewer than three together could be told apart: others join them, the least first. */
static void hide(struct standings *s)
{
    size_t n = 0;
    struct standing *more;
    for (size_t i = 0; i < s->n; i++)
        n += s->v[i]->small;
    while (n && n < TOGETHER && (more = least(s)) != NULL) {
        more->small = true;
        n++;
    }
}

static struct list buckets_of(struct arena *a, const struct standing *s)
{
    VEC(struct open_bucket) out = { 0 };
    for (unsigned b = 0; b < WORK_BUCKET__COUNT; b++)
        if (s->v[b].count)
            vec_push(a, &out, (struct open_bucket){ b, s->v[b].count, s->v[b].yellow,
                                                    s->v[b].overdue });
    return (struct list){ out.v, out.n };
}

static bool name_rows(struct req *r, struct open_row *v, size_t n, struct err *e)
{
    struct memo_ask *ask = arena_array(r->a, struct memo_ask, n);
    for (size_t i = 0; i < n; i++)
        ask[i] = v[i].area.v ? (struct memo_ask){ MEMO_AREA, v[i].area }
                             : (struct memo_ask){ MEMO_ORG_SHORT, v[i].org };
    if (!memo_learn(r, ask, n, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (ask[i].id.v && !memo_name(r, ask[i].what, ask[i].id, &v[i].name, e))
            return false;
    return true;
}

/* Areas and bodies by name, then the others, then the sum. */
static bool tell(struct req *r, const struct standings *s, struct list *out, struct err *e)
{
    struct standing *others = arena_new(r->a, struct standing),
                    *sum = arena_new(r->a, struct standing);
    struct open_row *v = arena_array(r->a, struct open_row, s->n + 2);
    bool zh = r->lang == LANG_ZH;
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct standing *x = s->v[i];
        for (unsigned b = 0; b < WORK_BUCKET__COUNT; b++) {
            struct open_bucket one = x->v[b];
            one.bucket = b;
            add(sum, &one);
            if (x->small)
                add(others, &one);
        }
        if (!x->small)
            v[n++] = (struct open_row){ x->area, x->org, STR(""), buckets_of(r->a, x) };
    }
    if (!name_rows(r, v, n, e))
        return false;
    if (others->all)
        v[n++] = (struct open_row){ .name = zh ? STR("其他机构") : STR("others"),
                                    .buckets = buckets_of(r->a, others) };
    v[n++] = (struct open_row){ .name = zh ? STR("合计") : STR("all"),
                                .buckets = buckets_of(r->a, sum) };
    *out = (struct list){ v, n };
    return true;
}

static bool find_area(struct req *r, struct id asked, struct area_brief *out, struct err *e)
{
    struct err none = { 0 };
    if (!asked.v)
        return r->who->path.n ? area_of_path(r, r->who->path, out, e) : err_set(e, ERR_DENIED);
    return area_brief(r, asked, out, &none) || err_field(e, ERR_NO_SUCH_REF, "area");
}

static bool on_open_work(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    const struct open_ask *ask = r->query;
    struct open_table *t = out;
    struct area_brief area = { 0 };
    struct standings s = { 0 };
    struct list cells;
    if (!find_area(r, ask->area, &area, e))
        return false;
    if (!view_is_inside(r, area.path))
        return err_set(e, ERR_DENIED);
    if (!read_cells(r, &area, &cells, e))
        return false;
    gather(r->a, cells, &s);
    hide(&s);
    t->area = area.id;
    t->area_name = area.name;
    r->sight = SIGHT_ALL;
    return tell(r, &s, &t->rows, e);
}

static const struct route open_work_routes[] = {
    { "GET", "/api/v1/work/statistics", PERM_MATTER_SUPERVISE, ROUTE_READ,
      .apply = on_open_work, .query = &open_ask_record, .out = &open_table_record,
      .doc = "What waits in my jurisdiction now, by area below or body, by what is to be done" },
};
const struct route_table open_work_table = ROUTES("open_work", open_work_routes);
