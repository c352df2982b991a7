/* fill_visit.c - the record of a visit: boxes to tick by hand, ticked as the last visit's
 * entry says when one was recorded. */
#include "base/vec.h"
#include "handling/visit.h"
#include "paper/paper_type.h"

/* The payload of the last visit; NULL for none. The caller gives it back. */
static json_t *last_visit(const struct paper_fact *f)
{
    const struct paper_entry *x = paper_entry_of(f, "visit");
    return x ? json_loadb(x->payload.json.p, x->payload.json.n, 0, NULL) : NULL;
}

static const char *said(json_t *j, const char *key)
{
    const char *s = json_string_value(json_object_get(j, key));
    return s ? s : "";
}

/* One of several boxes: each its label and the value that ticks it. */
struct box { const char *label, *ticked_by; };
static struct str boxes_of(struct arena *a, const struct box *v, size_t n, const char *value)
{
    struct str out = STR("");
    for (size_t i = 0; i < n; i++)
        out = arena_printf(a, "%.*s%s%s%s", STR_ARG(out), i ? "　" : "",
                           *value && !strcmp(v[i].ticked_by, value) ? "■" : "□", v[i].label);
    return out;
}

static struct str name_of(const struct paper_fact *f, const char *id)
{
    const struct party *v = f->parties.v;
    int64_t n;
    for (size_t i = 0; i < f->parties.n; i++)
        if (str_to_i64(str_of(id), &n) && v[i].id.v == n)
            return v[i].name;
    return STR("");
}

static const char *word_of(const struct names *names, const char *slug)
{
    for (size_t i = 0; i < names->n; i++)
        if (!strcmp(names->v[i].slug, slug))
            return names->v[i].zh;
    return "";
}

/* Each who was asked with what he or she said, then the visitor's note. */
static struct str found(const struct paper_fact *f, json_t *j)
{
    AUTO(buf_done) struct buf b;
    size_t i;
    json_t *one, *all = json_object_get(j, "parties");
    buf_init(&b, 64 << 10);
    json_array_foreach(all, i, one) {
        struct str name = name_of(f, said(one, "party"));
        bool reached = json_is_true(json_object_get(one, "reached"));
        buf_addf(&b, "%s%.*s：%s", b.n ? "；" : "", STR_ARG(name),
                 reached ? word_of(&satisfaction_names, said(one, "satisfaction")) : "未联系上");
        if (*said(one, "note"))
            buf_addf(&b, "，%s", said(one, "note"));
    }
    if (*said(j, "note"))
        buf_addf(&b, "%s%s", b.n ? "\n" : "", said(j, "note"));
    if (*said(j, "help"))
        buf_addf(&b, "%s需要的帮助：%s", b.n ? "\n" : "", said(j, "help"));
    return arena_dup(f->r->a, buf_str(&b));
}

/* What all who were reached said alike; nothing when they differ. */
static const char *alike(json_t *j)
{
    size_t i;
    json_t *one, *all = json_object_get(j, "parties");
    const char *first = "";
    json_array_foreach(all, i, one) {
        const char *s = said(one, "satisfaction");
        if (!json_is_true(json_object_get(one, "reached")))
            continue;
        if (*first && strcmp(first, s))
            return "";
        first = s;
    }
    return first;
}

#define BOXES(p, value, ...)                                                                 \
    boxes_of((p)->a, (const struct box[]){ __VA_ARGS__ },                                    \
             sizeof (const struct box[]){ __VA_ARGS__ } / sizeof(struct box), value)

static void put_boxes(struct paper *p, struct paper_table *t, json_t *j)
{
    const char *rebound = !j ? "" : *said(j, "rebound") ? "yes" : "no";
    const char *help = !j ? "" : *said(j, "help") ? "yes" : "no";
    paper_row(p, t, PAPER_LABEL("履行情况"),
              { .text = BOXES(p, said(j, "performance"), { "全部履行", "done" },
                              { "部分履行", "part" }, { "未到期", "not_due" },
                              { "未履行", "none" }, { "不涉及", "" }), .span = 3 });
    paper_row(p, t, PAPER_LABEL("是否反复"),
              paper_cell(BOXES(p, rebound, { "否", "no" }, { "是", "yes" })),
              PAPER_LABEL("需要帮助"), paper_cell(BOXES(p, help, { "否", "no" }, { "是", "yes" })));
    paper_row(p, t, PAPER_LABEL("是否满意"),
              { .text = BOXES(p, alike(j), { "满意", "satisfied" }, { "基本满意", "basically" },
                              { "不满意", "not" }, { "不愿评价", "unsaid" }), .span = 3 });
}

void fill_visit(struct paper *p, const struct paper_fact *f)
{
    const struct paper_entry *x = paper_entry_of(f, "visit");
    json_t *j = last_visit(f);
    struct paper_table *t = paper_table(p, 1, 2, 1, 2);
    paper_row(p, t, PAPER_LABEL("当事人"),
              { .text = arena_printf(p->a, "%.*s%s%.*s", STR_ARG(paper_names(f, PARTY_APPLICANT)),
                                     f->parties.n > 1 ? "；" : "",
                                     STR_ARG(paper_names(f, PARTY_RESPONDENT))), .span = 3 });
    paper_row(p, t, PAPER_LABEL("事项"), { .text = f->m.title, .span = 3 });
    paper_row(p, t, PAPER_LABEL("办结时间"), paper_cell(paper_time(p->a, f->m.closed_at)),
              PAPER_LABEL("协议书编号"), paper_blank(1));
    paper_row(p, t, PAPER_LABEL("回访时间"),
              paper_cell(x ? paper_time(p->a, x->happened_at) : STR("")), PAPER_LABEL("回访方式"),
              paper_cell(BOXES(p, said(j, "channel"), { "上门", "visit" }, { "电话", "phone" },
                               { "到访", "counter" })));
    paper_row(p, t, PAPER_LABEL("回访事由"), { .text = STR(""), .span = 3, .lines = 2 });
    put_boxes(p, t, j);
    paper_row(p, t, PAPER_LABEL("回访情况"), { .text = found(f, j), .span = 3, .lines = 10 });
    paper_put(p, PAPER_SIGN, STR("被回访人（签名，可不签）："),
              STR("回访人（签名）：　　　　　　　　年　　月　　日"));
    json_decref(j);
}
