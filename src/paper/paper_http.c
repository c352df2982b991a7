/* A paper is made on a slow thread, outside any transaction: one read for the
 * facts, then the press; the look and the journal's entry follow in a write of their
 * own before the answer leaves. */
#include "paper/paper_http.h"
#include "app/access.h"
#include "doc/press.h"
#include "paper/paper_type.h"
#include "paper/verify_page.h"

#define CSS "/api/v1/papers.css"

/* ---- what there is ---- */

struct paper_offer { struct str slug, zh, en, path; struct strs audiences; };
static const struct field paper_offer_fields[] = {
    FIELD(paper_offer, slug, .doc = "Its name in addresses", .flags = PARTY | HIDDEN),
    FIELD(paper_offer, zh, .doc = "Official title", .flags = PARTY, .zh = "文书", .en = "Paper"),
    FIELD(paper_offer, en, .doc = "In English", .flags = PARTY, .zh = "英文名称",
          .en = "English name"),
    FIELD(paper_offer, path, .doc = "Where it is; ?as=pdf or page", .max = 300,
          .flags = PARTY | HIDDEN),
    FIELD(paper_offer, audiences, .doc = "Whose copies there are", .flags = PARTY,
          .zh = "联次", .en = "Copies"),
};
static const struct record paper_offer_record = RECORD(paper_offer, paper_offer_fields);

static struct strs audiences_of(struct arena *a, unsigned mask)
{
    struct strs out = { arena_array(a, struct str, AUDIENCE__COUNT), 0 };
    for (unsigned i = 0; i < AUDIENCE__COUNT; i++)
        if (mask >> i & 1)
            out.v[out.n++] = str_of(paper_audience_names.v[i].slug);
    return out;
}

static void add_offer(struct req *r, struct list *out, const struct paper_type *t, unsigned copies)
{
    struct paper_offer *v = out->v;
    if (!v)
        out->v = v = arena_array(r->a, struct paper_offer, paper_types_n);
    struct str here = r->param[0].n
        ? arena_printf(r->a, "/api/v1/%smatters/%.*s/papers", r->who->kind == ACCOUNT_RESIDENT
                       ? "door/" : "", STR_ARG(r->param[0]))
        : STR("/api/v1/papers");
    v[out->n++] = (struct paper_offer){
        .slug = str_of(t->slug), .zh = str_of(t->zh), .en = str_of(t->en),
        .path = arena_printf(r->a, "%.*s/%s", STR_ARG(here), t->slug),
        .audiences = audiences_of(r->a, copies),
    };
}

static bool on_types(struct req *r, const void *in UNUSED, void *out, struct err *e UNUSED)
{
    r->sight = SIGHT_ALL;
    for (size_t i = 0; i < paper_types_n; i++)
        add_offer(r, out, &paper_types[i], paper_types[i].audiences);
    return true;
}

/* The copies r->who may have: a resident its own side's, staff all. */
static unsigned copies_for(const struct paper_fact *f, const struct paper_type *t)
{
    const struct req *r = f->r;
    unsigned own = 0;
    const struct party *v = f->parties.v;
    if (r->who->kind != ACCOUNT_RESIDENT)
        return who_may(r->who, t->perm) ? t->audiences : 0;
    for (size_t i = 0; i < f->parties.n; i++)
        if (v[i].account.v == r->who->account.v && !v[i].left_at.ms)
            own |= v[i].role == PARTY_APPLICANT ? AUDIENCE_BIT(APPLICANT)
                 : v[i].role == PARTY_RESPONDENT ? AUDIENCE_BIT(RESPONDENT) : 0;
    return own & t->audiences;
}

static bool on_offers(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct paper_fact f = { 0 };
    struct id id;
    r->sight = (struct sight){ .content = true, .party = who_may(r->who, PERM_RESIDENT) };
    if (!req_id(r, 0, &id, e) || !paper_fact_load(r, id, &f, e))
        return false;
    for (size_t i = 0; i < paper_types_n; i++) {
        unsigned copies = copies_for(&f, &paper_types[i]);
        if (copies && paper_type_fits(&paper_types[i], &f))
            add_offer(r, out, &paper_types[i], copies);
    }
    return access_look(r, f.m.home, id, STR("read"), e);
}

/* ---- one paper ---- */

static const struct name as_v[] = { { "page", "打印页", "print page" }, { "pdf", "PDF", "PDF" } };
static const struct names as_names = NAMES("paper_as", as_v);
enum { AS_PAGE, AS_PDF };

struct paper_query { unsigned as, audience; };
static const struct field paper_query_fields[] = {
    FIELD(paper_query, as, .doc = "Print page or PDF", .names = &as_names, .zh = "形式",
          .en = "As"),
    FIELD(paper_query, audience, .doc = "Whose copy; residents get their own side's",
          .names = &paper_audience_names, .zh = "联次", .en = "Copy"),
};
static const struct record paper_query_record = RECORD(paper_query, paper_query_fields);

struct printing {
    const struct paper_type *type;
    struct paper_fact f;
    struct str hash;
};

static bool choose_copy(struct printing *x, unsigned wanted, struct err *e)
{
    unsigned copies = copies_for(&x->f, x->type);
    if (!copies)
        return err_set(e, ERR_NOT_FOUND);
    if (x->f.r->who->kind == ACCOUNT_RESIDENT)
        wanted = copies & AUDIENCE_BIT(APPLICANT) ? AUDIENCE_APPLICANT : AUDIENCE_RESPONDENT;
    if (!(copies >> wanted & 1))
        return err_fieldf(e, ERR_NOT_A_CHOICE, "audience", "%s",
                          paper_audience_names.v[wanted].slug);
    x->f.audience = (enum paper_audience)wanted;
    return true;
}

static bool load(struct req *r, void *ctx, struct err *e)
{
    const struct paper_query *q = r->query;
    struct printing *x = ctx;
    struct id id;
    if (!req_id(r, 0, &id, e) || !paper_fact_load(r, id, &x->f, e)
        || !choose_copy(x, q->audience, e))
        return false;
    return paper_type_fits(x->type, &x->f) || err_set(e, ERR_PAPER_NOT_YET);
}

static bool encode(struct req *r, struct paper *p, const struct paper_type *t, struct err *e)
{
    const struct paper_query *q = r->query;
    struct press_report report;
    AUTO(buf_done) struct buf b;
    buf_init(&b, PRESS_BYTES);
    bool pdf = q->as == AS_PDF;
    if (pdf ? !press_pdf(r->app->press, p, &b, &report, e) : !paper_page(p, STR(CSS), &b, e))
        return false;
    r->text = arena_dup(r->a, buf_str(&b));
    r->media = pdf ? STR("application/pdf") : STR("text/html; charset=utf-8");
    if (pdf)
        r->file.name = arena_printf(r->a, "%s.pdf", t->zh);
    r->file.attachment = true;
    r->no_store = true;
    return true;
}

static bool before_print(struct req *r, void *in UNUSED, struct err *e)
{
    struct printing *x = arena_new(r->a, struct printing);
    x->type = paper_type_of(r->param[1]);
    if (!x->type)
        return err_set(e, ERR_NOT_FOUND);
    if (!(r->c ? load(r, x, e) : app_read(r->app, r, load, x, e)))
        return false;
    x->f.r = r;
    struct paper *p = paper_build(x->type, &x->f, &x->hash);
    r->then = x;
    return encode(r, p, x->type, e);
}

/* The same paper again by the same person is no second entry. */
static bool is_noted(struct req *r, const struct matter *m, struct str payload, bool *is,
                     struct err *e)
{
    struct str last = STR("");
    if (!db_text(r->c, e, r->a, &last,
            SQL("SELECT p.body FROM journal j JOIN journal_payload p ON p.home = j.home"
                " AND p.chain = j.chain AND p.seq = j.seq WHERE j.home = $1 AND j.chain = $2"
                " AND j.action = 'print' AND j.actor = $3 ORDER BY j.seq DESC LIMIT 1"),
            V(m->home), V(m->id), V(r->who->account)))
        return false;
    *is = str_eq(last, payload);
    return true;
}

static bool note_print(struct req *r, struct err *e)
{
    struct printing *x = r->then;
    struct matter m = x->f.m;
    bool noted;
    struct str payload = arena_printf(r->a,
        "{\"paper\":\"%s\",\"name\":\"%s\",\"audience\":\"%s\",\"hash\":\"%.*s\"}", x->type->slug,
        x->type->zh, paper_audience_names.v[x->f.audience].slug, STR_ARG(x->hash));
    return access_note(r, m.home, m.id, arena_printf(r->a, "print:%s", x->type->slug), STR(""), e)
        && is_noted(r, &m, payload, &noted, e)
        && (noted || matter_log(r, &m, STR("print"), ID_NONE, payload, e));
}

static bool on_print(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e UNUSED)
{
    r->then_write = note_print;
    return true;
}

/* ---- blank ones ---- */

static bool before_blank(struct req *r, void *in UNUSED, struct err *e)
{
    const struct paper_query *q = r->query;
    const struct paper_type *t = paper_type_of(r->param[0]);
    struct paper_fact f = { .r = r, .blank = true, .audience = (enum paper_audience)q->audience };
    struct str hash;
    if (!t)
        return err_set(e, ERR_NOT_FOUND);
    return encode(r, paper_build(t, &f, &hash), t, e);
}

static bool on_made(struct req *r UNUSED, const void *in UNUSED, void *out UNUSED,
                    struct err *e UNUSED)
{
    return true;
}

static bool on_css(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e UNUSED)
{
    r->text = paper_css;
    r->media = STR("text/css; charset=utf-8");
    r->version = 1;
    return true;
}

static const struct route paper_routes[] = {
    { "GET", "/api/v1/papers", PERM_SIGNED_IN, ROUTE_READ, .apply = on_types,
      .out = &paper_offer_record, .reply = REPLY_LIST, .doc = "The papers there are" },
    { "GET", "/api/v1/papers/{slug}", PERM_SIGNED_IN, ROUTE_PLAIN, .prepare = before_blank,
      .slow = true, .apply = on_made, .query = &paper_query_record, .reply = REPLY_TEXT,
      .rate = RATE_FILE, .doc = "A blank paper" },
    { "GET", CSS, PERM_PUBLIC, ROUTE_PLAIN, .apply = on_css, .reply = REPLY_TEXT,
      .sites = SITE_BOTH, .doc = "How print pages look" },
    { "GET", "/api/v1/matters/{id}/papers", PERM_MATTER_READ, ROUTE_READ, .apply = on_offers,
      .out = &paper_offer_record, .reply = REPLY_LIST,
      .doc = "The papers that can be made of a matter now" },
    { "GET", "/api/v1/matters/{id}/papers/{slug}", PERM_MATTER_READ, ROUTE_PLAIN,
      .prepare = before_print, .slow = true, .apply = on_print, .query = &paper_query_record,
      .reply = REPLY_TEXT, .rate = RATE_FILE,
      .doc = "One paper of a matter; that it was made stands in the journal" },
    { "GET", "/api/v1/door/matters/{id}/papers", PERM_RESIDENT, ROUTE_READ, .apply = on_offers,
      .out = &paper_offer_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "My papers of a matter" },
    { "GET", "/api/v1/door/matters/{id}/papers/{slug}", PERM_RESIDENT, ROUTE_PLAIN,
      .prepare = before_print, .slow = true, .apply = on_print, .query = &paper_query_record,
      .reply = REPLY_TEXT, .rate = RATE_FILE, .sites = SITE_BOTH,
      .doc = "My copy of a paper" },
    { "GET", "/verify", PERM_PUBLIC, ROUTE_READ, .apply = on_verify_page,
      .query = &verify_page_query_record, .reply = REPLY_TEXT, .rate = RATE_CODE,
      .sites = SITE_BOTH, .doc = "Is the code on a paper true, as a page for a telephone" },
};
const struct route_table paper_table = ROUTES("paper", paper_routes);
