#include "paper/paper_type.h"
#include "base/random.h"
#include "crypt/digest.h"

#define ALL_COPIES (AUDIENCE_BIT(FILE) | AUDIENCE_BIT(APPLICANT) | AUDIENCE_BIT(RESPONDENT))
#define ASKED (AUDIENCE_BIT(FILE) | AUDIENCE_BIT(APPLICANT))
#define KEPT AUDIENCE_BIT(FILE)
#define DISPUTES (1u << MATTER_DISPUTE)

const struct paper_type paper_types[] = {
    { "receipt", "登记回执", "Receipt", "file", 0, ASKED, PERM_MATTER_READ, PAPER_FORM,
      fill_receipt },
    { "registration", "人民调解受理登记表", "Registration form", "file", DISPUTES, KEPT,
      PERM_MATTER_READ, PAPER_FORM, fill_registration },
    { "details", "补正告知书", "Notice of details wanted", "ask_details", 0, ASKED,
      PERM_MATTER_READ, PAPER_LETTER, fill_details },
    { "acceptance", "受理通知书", "Notice of acceptance", "accept", 0, ALL_COPIES,
      PERM_MATTER_READ, PAPER_LETTER, fill_acceptance },
    { "refusal", "不予受理告知书", "Notice of refusal", "decline", 0, ASKED, PERM_MATTER_READ,
      PAPER_LETTER, fill_refusal },
    { "assignment", "转办单", "Assignment sheet", "assign", 0, KEPT, PERM_MATTER_READ,
      PAPER_FORM, fill_assignment },
    { "reply", "答复书", "Reply", "reply", 0, ASKED, PERM_MATTER_READ, PAPER_LETTER, fill_reply },
    { "termination", "终止调解通知书", "Notice that mediation ended", "stop", DISPUTES, ALL_COPIES,
      PERM_MATTER_READ, PAPER_LETTER, fill_termination, fits_termination },
    { "closing", "办结单", "Closing sheet", "close", 0, KEPT, PERM_MATTER_READ, PAPER_FORM,
      fill_closing },
    { "visit", "回访记录", "Visit record", "close", 0, KEPT, PERM_MATTER_READ, PAPER_FORM,
      fill_visit },
    { "cover", "卷宗封面", "Dossier cover", "file", 0, KEPT, PERM_MATTER_READ, PAPER_LETTER,
      fill_cover },
};
const size_t paper_types_n = COUNT(paper_types);

const struct paper_type *paper_type_of(struct str slug)
{
    for (size_t i = 0; i < COUNT(paper_types); i++)
        if (str_is(slug, paper_types[i].slug))
            return &paper_types[i];
    return NULL;
}

bool paper_type_fits(const struct paper_type *t, const struct paper_fact *f)
{
    return (!t->kinds || t->kinds >> f->m.kind & 1) && paper_entry_of(f, t->action)
        && (!t->fits || t->fits(f));
}

/* Address of the page that checks codes, as a telephone's camera opens it. */
static struct str code_of(const struct paper_fact *f, const struct paper_entry *x)
{
    const struct config *c = &f->r->app->config;
    struct arena *a = f->r->a;
    struct str site = c->address.n ? c->address
                    : arena_printf(a, "http://%.*s", STR_ARG(c->door.n ? c->door : c->desk));
    return arena_printf(a, "%.*s/verify?number=%.*s&hash=%.*s", STR_ARG(site),
                        STR_ARG(f->m.number), STR_ARG(hex_of(a, x->hash.p, x->hash.n)));
}

/* Where the code stands: beside the seal, or at the end of the first page. */
static size_t code_place(const struct paper *p)
{
    size_t at = p->blocks.n;
    for (size_t i = 0; i < p->blocks.n; i++)
        if (p->blocks.v[i].kind == PAPER_SEAL)
            return i + 1;
        else if (p->blocks.v[i].kind == PAPER_BREAK)
            return i;
    return at;
}

static void put_code(struct paper *p, const struct paper_type *t, const struct paper_fact *f)
{
    const struct paper_entry *x = paper_entry_of(f, t->action);
    if (!x)
        return;
    struct str note = arena_printf(p->a, "%.*s\n编号 %.*s　日志第 %lld 条　校验码 %.*s",
        STR_ARG(paper_words(f, "verify")), STR_ARG(f->m.number), (long long)x->seq,
        STR_ARG(str_sub(hex_of(p->a, x->hash.p, x->hash.n), 0, 16)));
    size_t at = code_place(p), n = p->blocks.n;
    paper_put(p, PAPER_QR, note, code_of(f, x));
    if (p->blocks.n == n)
        return;
    struct paper_block code = p->blocks.v[n];
    memmove(&p->blocks.v[at + 1], &p->blocks.v[at], (n - at) * sizeof code);
    p->blocks.v[at] = code;
}

static struct str digest_of(struct paper *p, const struct paper_fact *f)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 16 << 20);
    paper_plain(p, &b);
    buf_add(&b, str_of(paper_audience_names.v[f->audience].slug));
    struct digest d = digest_sm3(buf_str(&b));
    return digest_hex(p->a, &d);
}

struct paper *paper_build(const struct paper_type *t, const struct paper_fact *f,
                          struct str *hash)
{
    struct paper *p = paper_make(f->r->a, t->style, str_of(t->zh));
    p->made_at = stamp_of_day(day_of_stamp(f->r->now));
    if (!f->blank)
        p->number = f->m.docket.n ? f->m.docket
                                  : arena_printf(p->a, "编号：%.*s", STR_ARG(f->m.number));
    t->fill(p, f);
    if (!f->blank) {
        put_code(p, t, f);
        if (!p->copies_n)
            paper_copy(p, str_of(paper_audience_names.v[f->audience].zh));
    }
    *hash = digest_of(p, f);
    if (!f->blank)
        p->foot = arena_printf(p->a, "%.*s　%.*s 出具　文书摘要 %.*s", STR_ARG(f->m.number),
                               STR_ARG(paper_day(p->a, f->r->now)), STR_ARG(str_sub(*hash, 0, 16)));
    return p;
}
