/* Hints of doubles: candidates by three ways, then each is looked at as it is. */
#include "matter/double_impl.h"
#include "app/codebook.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "db/db_near.h"
#include "db/db_search.h"
#include "matter/party.h"
#include "matter/search.h"
#include <stdlib.h>

enum { PHONE_LEAST = 7, PLACE_LEAST = 3, PLACES_MOST = 50, REASONS_MOST = 8 };

/* What ties two matters by a number: which number, and on which sides it stands. */
enum side { SIDE_APPLICANTS, SIDE_RESPONDENTS, SIDE_OTHER, SIDE__COUNT };
struct tie_words { const char *zh, *en; int64_t weight; };
static const struct tie_words tie_words[2][SIDE__COUNT] = {
    { { "同一申请人电话", "same telephone of the applicant", 80 },
      { "同一被申请人电话", "same telephone of the respondent", 30 },
      { "同一当事人电话，身份不同", "same telephone, on another side", 40 } },
    { { "同一申请人证件号码", "same identity number of the applicant", 90 },
      { "同一被申请人证件号码", "same identity number of the respondent", 40 },
      { "同一当事人证件号码，身份不同", "same identity number, on another side", 50 } },
};
static const enum blind_kind blind_kinds[2] = { BLIND_PHONE, BLIND_IDNUM };

struct candidate { struct id id; unsigned ties; };      /* bit: number × SIDE__COUNT + side */

struct look {
    struct req *r;
    const struct double_probe *p;
    struct double_holders holders;
    struct near_sketch sketch;
    struct str place;                   /* folded, without blanks; empty: not compared */
    int64_t percent, party_days, place_days;
    VEC(struct candidate) found;
};

static void add(struct look *l, struct id id, unsigned ties)
{
    if (id.v == l->p->self.v)
        return;
    for (size_t i = 0; i < l->found.n; i++)
        if (l->found.v[i].id.v == id.v) {
            l->found.v[i].ties |= ties;
            return;
        }
    vec_push(l->r->a, &l->found, (struct candidate){ id, ties });
}

/* ---- where to look ---- */

static bool by_text(struct look *l, struct err *e)
{
    struct db_near q = { l->sketch, l->holders.v, COUNT(l->holders.v), l->percent };
    struct db_near_found f;
    if (!db_near(l->r->c, l->r->a, &q, &f, e))
        return false;
    for (size_t i = 0; i < f.n; i++)
        add(l, f.ids[i], 0);
    return true;
}

/* What the index has not reached is looked at one by one. */
static bool not_indexed(struct look *l, struct err *e)
{
    bool one = l->holders.v[0].v == l->holders.v[1].v;
    for (size_t h = 0; h < (one ? 1 : COUNT(l->holders.v)); h++) {
        struct list ids;
        if (!matter_search_behind(l->r, l->holders.v[h], &ids, e))
            return false;
        for (size_t i = 0; i < ids.n; i++)
            add(l, ((const struct id *)ids.v)[i], 0);
    }
    return true;
}

static struct str without_blanks(struct arena *a, struct str s)
{
    struct str folded = utf8_fold(a, s);
    char *p = arena_alloc(a, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++)
        if (folded.p[i] != ' ')
            p[n++] = folded.p[i];
    return (struct str){ p, n };
}

static bool by_place(struct look *l, struct err *e)
{
    struct db_search q = { .text = utf8_first(l->p->place, SEARCH_QUERY_MAX), .count_max = 1,
                           .scopes = l->holders.v, .scopes_n = COUNT(l->holders.v),
                           .limit = PLACES_MOST };
    struct db_found f;
    if (!l->place.n)
        return true;
    if (!db_search(l->r->c, l->r->a, &q, &f, e))
        return false;
    for (size_t i = 0; i < f.n; i++)
        add(l, f.ids[i], 0);
    return true;
}

static enum side side_of(unsigned a, unsigned b)
{
    return a != b ? SIDE_OTHER : a == PARTY_APPLICANT ? SIDE_APPLICANTS
         : a == PARTY_RESPONDENT ? SIDE_RESPONDENTS : SIDE_OTHER;
}

/* Short numbers (110, 12345) are nobody's. */
static bool is_somebodys(struct str phone)
{
    size_t digits = 0;
    for (size_t i = 0; i < phone.n; i++)
        digits += phone.p[i] >= '0' && phone.p[i] <= '9';
    return digits >= PHONE_LEAST;
}

/* Under every key there is: older matters were indexed under older ones. */
static bool by_number(struct look *l, const struct double_person *x, unsigned number,
                      struct str value, struct err *e)
{
    const struct key *k;
    int64_t hash;
    for (size_t at = 0; (k = keys_each(l->r->app->secrets.keys, KEY_MASTER, &at));) {
        struct list ties;
        if (!secret_blind(k, blind_kinds[number], l->r->a, value, &hash))
            continue;
        if (!double_db_ties(l->r, blind_kinds[number], hash, &ties, e))
            return false;
        const struct double_tie *v = ties.v;
        for (size_t i = 0; i < ties.n; i++)
            add(l, v[i].matter, 1u << (number * SIDE__COUNT + side_of(x->role, v[i].role)));
    }
    return true;
}

static bool by_parties(struct look *l, struct err *e)
{
    const struct double_person *v = l->p->persons.v;
    for (size_t i = 0; i < MIN(l->p->persons.n, (size_t)DOUBLE_PERSONS); i++)
        if ((is_somebodys(v[i].phone) && !by_number(l, &v[i], 0, v[i].phone, e))
            || (v[i].id_number.n && !by_number(l, &v[i], 1, v[i].id_number, e)))
            return false;
    return true;
}

/* ---- what each is ---- */

static void because(struct look *l, struct double_hint *h, int64_t weight, struct str words)
{
    h->weight += weight;
    if (h->reasons.n < REASONS_MOST)
        h->reasons.v[h->reasons.n++] = arena_dup(l->r->a, words);
}

static void compare_text(struct look *l, const struct double_row *m, struct double_hint *h)
{
    struct near_sketch s = near_sketch_of(l->r->a, m->title, m->story);
    bool zh = l->r->lang == LANG_ZH;
    int64_t percent = l->sketch.n < NEAR_LEAST || s.n < NEAR_LEAST ? 0
                    : near_percent(&l->sketch, &s);
    if (percent < l->percent)
        return;
    h->percent = percent;
    because(l, h, 100 + percent, percent == 100 ? (zh ? STR("内容相同") : STR("same text"))
        : arena_printf(l->r->a, zh ? "内容相近 %lld %%" : "text %lld %% alike", (long long)percent));
}

static int64_t days_between(struct stamp a, struct stamp b)
{
    int64_t ms = a.ms > b.ms ? a.ms - b.ms : b.ms - a.ms;
    return ms / STAMP_DAY;
}

static void compare_parties(struct look *l, const struct double_row *m, unsigned ties,
                            struct double_hint *h)
{
    bool ended = matter_at_rest(m->state);
    if (ended && days_between(m->filed_at, l->p->filed_at) > l->party_days)
        return;
    for (unsigned i = 0; i < 2 * SIDE__COUNT; i++)
        if (ties >> i & 1) {
            const struct tie_words *w = &tie_words[i / SIDE__COUNT][i % SIDE__COUNT];
            because(l, h, w->weight, str_of(l->r->lang == LANG_ZH ? w->zh : w->en));
        }
}

static void compare_place(struct look *l, const struct double_row *m, struct double_hint *h)
{
    int64_t days = days_between(m->filed_at, l->p->filed_at);
    if (!l->place.n || m->kind != l->p->kind || !str_eq(m->type, l->p->type)
        || (l->p->area.v && m->area.v != l->p->area.v) || days > l->place_days
        || !str_eq(without_blanks(l->r->a, m->place), l->place))
        return;
    because(l, h, 50, arena_printf(l->r->a, l->r->lang == LANG_ZH
        ? "同一地点、同类事项，相隔 %lld 天" : "same place and type, %lld days apart",
        (long long)days));
}

static bool is_double(struct look *l, const struct double_row *m, unsigned ties,
                      struct double_hint *h)
{
    *h = (struct double_hint){ .matter = m->matter, .number = m->number, .title = m->title,
        .type = m->type, .owner_name = m->owner_name, .kind = m->kind, .state = m->state,
        .filed_at = m->filed_at };
    h->reasons.v = arena_array(l->r->a, struct str, REASONS_MOST);
    compare_text(l, m, h);
    compare_parties(l, m, ties, h);
    compare_place(l, m, h);
    return h->reasons.n > 0;
}

static int likeliest_first(const void *a, const void *b)
{
    const struct double_hint *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    return (x->matter.v < y->matter.v) - (x->matter.v > y->matter.v);
}

static unsigned ties_of(const struct look *l, struct id matter)
{
    for (size_t i = 0; i < l->found.n; i++)
        if (l->found.v[i].id.v == matter.v)
            return l->found.v[i].ties;
    return 0;
}

static bool judge(struct look *l, struct list *out, struct err *e)
{
    struct id *ids = arena_array(l->r->a, struct id, l->found.n);
    struct list rows;
    size_t n = 0;
    for (size_t i = 0; i < l->found.n; i++)
        ids[i] = l->found.v[i].id;
    if (!double_db_rows(l->r, l->p->self, ids, l->found.n, &rows, e))
        return false;
    const struct double_row *m = rows.v;
    struct double_hint *v = arena_array(l->r->a, struct double_hint, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        n += is_double(l, &m[i], ties_of(l, m[i].matter), &v[n]);
    if (n)
        qsort(v, n, sizeof *v, likeliest_first);
    *out = (struct list){ v, MIN(n, (size_t)DOUBLE_MOST) };
    return true;
}

bool double_list(struct req *r, const struct double_probe *p, struct list *out, struct err *e)
{
    const struct app *app = r->app;
    struct look l = {
        .r = r, .p = p, .holders = double_holders_of(r->who),
        .sketch = near_sketch_of(r->a, p->title, p->story),
        .percent = MIN(MAX(codebook_number(app, "double_percent", 60), 50), 100),
        .party_days = codebook_number(app, "double_party_days", 365),
        .place_days = codebook_number(app, "double_place_days", 30),
    };
    if (p->type.n && utf8_count(p->place) >= PLACE_LEAST)
        l.place = without_blanks(r->a, p->place);
    return by_text(&l, e) && by_parties(&l, e) && by_place(&l, e) && not_indexed(&l, e)
        && judge(&l, out, e);
}
