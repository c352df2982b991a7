/* Fills a form at random from its record alone. */
#include "walk.h"
#include "app/codebook.h"
#include "matter/claim.h"
#include "matter/party.h"

static const char *const words[] = {
    "楼上漏水", "双方各让一步", "已到现场查看", "请补充材料", "工资未发", "路灯不亮", "田界不清",
    "愿意分期支付", "不同意", "已电话联系", "另行约定时间", "証據𠮷", "a", "，", "0571-88",
};

struct filler { struct walk *w; const struct matter *m; bool willing; struct stamp now; struct buf *b; };

static void put_record(struct filler *x, const struct record *r, struct id party, struct id claim,
                       int depth);

static void put_words(struct filler *x, const struct field *f)
{
    AUTO(buf_done) struct buf b;
    int64_t min = f->max > f->min ? f->min : 0, max = f->max ? f->max : FIELD_TEXT_MAX;
    buf_init(&b, 4000);
    for (int64_t n = 0; n < min + 2 && n < max && b.n < 3000; n += 4)
        buf_add(&b, str_of(words[walk_roll(x->w, 12)]));
    if (!b.n || max < 8) {
        buf_clear(&b);
        buf_add(&b, STR("一二"));
    }
    json_put_str(x->b, buf_str(&b));
}

/* A code that fits the matter's kind: its column kinds names it, or its parent. */
static struct str a_code(struct filler *x, const struct field *f)
{
    const char *kind = matter_kind_names.v[x->m->kind].slug;
    struct str list = str_of(f->codelist);
    if (str_is(list, "{kind}_type"))
        list = arena_printf(&x->w->a, "%s_type", kind);
    struct list all = codebook_list(x->w->app, &x->w->a, list, DAY_NONE);
    const struct code_entry *v = all.v;
    for (int i = 0; i < 300 && all.n; i++) {
        const struct code_entry *c = &v[walk_roll(x->w, all.n)];
        struct str kinds = code_extra(c, &x->w->a, "kinds");
        bool outcome = str_is(list, "outcome");
        if (outcome ? str_is(c->parent, kind)
                    : !kinds.n || str_is(kinds, "*") || str_has_word(kinds, str_of(kind)))
            if (!x->willing || !outcome || !str_is(code_extra(c, &x->w->a, "success"), "no"))
                return c->code;
    }
    return STR("");
}

static struct id any_party(struct filler *x)
{
    const struct party *v = x->m->parties.v;
    return x->m->parties.n ? v[walk_roll(x->w, x->m->parties.n)].id : ID_NONE;
}

static struct id an_id(struct filler *x, const struct field *f, struct id party, struct id claim)
{
    const struct claim *v = x->m->claims.v;
    if (!strcmp(f->name, "party") || !strcmp(f->name, "side"))
        return party.v ? party : any_party(x);
    if (!strcmp(f->name, "claim"))
        return claim.v || !x->m->claims.n ? claim : v[walk_roll(x->w, x->m->claims.n)].id;
    if (f->format == FORMAT_ORG)
        return x->w->orgs[walk_roll(x->w, x->w->orgs_n)];
    if (f->format == FORMAT_ACCOUNT)
        return x->w->players[walk_roll(x->w, x->w->players_n)].who.account;
    return ID_NONE;
}

static void put_stamp(struct filler *x)
{
    char text[32];
    struct stamp t = { x->now.ms - (int64_t)walk_roll(x->w, 3600000) };
    buf_addf(x->b, "\"%.*s\"", (int)stamp_format(t, text), text);
}

static void put_day(struct filler *x, int ahead)
{
    char text[16];
    struct day d = { day_of_stamp(x->now).n + ahead };
    day_format(d, text);
    buf_addf(x->b, "\"%s\"", text);
}

/* One entry for each party or claim where the entries name one; else a few. */
static void put_list(struct filler *x, const struct field *f, int depth)
{
    const struct party *parties = x->m->parties.v;
    const struct claim *claims = x->m->claims.v;
    bool by_claim = record_field(f->sub, STR("claim")), by_party = record_field(f->sub, STR("party"));
    size_t n = by_claim ? x->m->claims.n : by_party ? x->m->parties.n : walk_roll(x->w, 3);
    const char *sep = "";
    buf_add_char(x->b, '[');
    for (size_t i = 0; i < n; i++) {
        if (!x->willing && !walk_roll(x->w, 6))
            continue;
        buf_add(x->b, str_of(sep));
        put_record(x, f->sub, by_party && !by_claim ? parties[i].id : ID_NONE,
                   by_claim ? claims[i].id : ID_NONE, depth + 1);
        sep = ",";
    }
    buf_add_char(x->b, ']');
}

static unsigned a_choice(struct filler *x, const struct field *f)
{
    static const char *const liked[] = { "yes", "written" };
    for (size_t k = 0; x->willing && k < COUNT(liked); k++)
        for (unsigned i = 0; i < f->names->n; i++)
            if (!strcmp(f->names->v[i].slug, liked[k]))
                return i;
    return (unsigned)walk_roll(x->w, f->names->n);
}

static void put_value(struct filler *x, const struct field *f, struct id party, struct id claim,
                      int depth)
{
    switch (f->type) {
    case F_STR:
        if (!strcmp(f->name, "routes"))  /* codes by blanks */
            json_put_str(x->b, x->willing || walk_roll(x->w, 4) ? STR("court") : STR("moon"));
        else if (!strcmp(f->name, "number") && x->w->numbers_n)
            json_put_str(x->b, x->w->numbers[walk_roll(x->w, x->w->numbers_n)]);
        else if (f->codelist)
            json_put_str(x->b, a_code(x, f));
        else
            put_words(x, f);
        return;
    case F_BOOL:
        buf_add(x->b, x->willing || walk_roll(x->w, 2) ? STR("true") : STR("false"));
        return;
    case F_ENUM:
        json_put_str(x->b, str_of(f->names->v[a_choice(x, f)].slug));
        return;
    case F_ID:
        buf_addf(x->b, "\"%lld\"", (long long)an_id(x, f, party, claim).v);
        return;
    case F_INT:
        buf_addf(x->b, "%lld", (long long)(MAX(f->min, INT64_C(0)) + (int64_t)walk_roll(x->w, 5)));
        return;
    case F_FEN:
        buf_addf(x->b, "%lld", (long long)walk_roll(x->w, 1000000));
        return;
    case F_STAMP:
        put_stamp(x);
        return;
    case F_DAY:
        put_day(x, (int)walk_roll(x->w, 20));
        return;
    case F_LIST:
        put_list(x, f, depth);
        return;
    case F_STRS:
    case F_RAW:
    case F__COUNT:
        buf_add(x->b, STR("[]"));
        return;
    }
}

/* Whether the member is sent: what must be is, the rest half of the time. An id that
 * nothing fits is left out. */
static bool is_sent(struct filler *x, const struct field *f, struct id party, struct id claim)
{
    if (f->flags & READONLY || f->flags & HIDDEN || f->type == F_RAW || f->type == F_STRS)
        return false;
    if (f->format == FORMAT_PHONE || f->format == FORMAT_IDNUM || f->format == FORMAT_AREA)
        return false;
    if (f->type == F_ID && !an_id(x, f, party, claim).v)
        return false;
    if (f->flags & REQUIRED || (x->willing && !strcmp(f->name, "routes")))
        return x->willing || walk_roll(x->w, 40);
    if (f->type == F_LIST)
        return x->willing || walk_roll(x->w, 4);
    if (x->willing && claim.v && f->type == F_ID && strcmp(f->name, "claim"))
        return false;                   /* an outcome of a claim is everybody's */
    bool whose = f->type == F_ID && (party.v || claim.v);
    return whose || f->type == F_ENUM || f->type == F_BOOL ? walk_roll(x->w, 8) || x->willing
                                                           : walk_roll(x->w, 3) == 0;
}

static void put_record(struct filler *x, const struct record *r, struct id party, struct id claim,
                       int depth)
{
    const char *sep = "";
    buf_add_char(x->b, '{');
    for (size_t i = 0; i < r->n && depth < 3; i++) {
        const struct field *f = &r->f[i];
        if (!is_sent(x, f, party, claim))
            continue;
        json_put_key(x->b, sep, f->name);
        put_value(x, f, party, claim, depth);
        sep = ",";
    }
    buf_add_char(x->b, '}');
}

struct str walk_form(struct walk *w, const struct record *r, const struct matter *m, bool willing)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1 << 18);
    struct filler x = { w, m, willing, stamp_now(), &b };
    if (r)
        put_record(&x, r, ID_NONE, ID_NONE, 0);
    else
        buf_add(&b, STR("{}"));
    return arena_dup(&w->a, buf_str(&b));
}
