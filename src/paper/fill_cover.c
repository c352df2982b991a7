/* fill_cover.c - the dossier's cover and, on its next page, the list of what lies
 * in it. */
#include "app/codebook.h"
#include "paper/paper_type.h"

static struct str two_names(const struct paper_fact *f)
{
    struct str x = paper_names(f, PARTY_APPLICANT), y = paper_names(f, PARTY_RESPONDENT);
    if (f->blank)
        return STR("");
    return arena_printf(f->r->a, "%.*s%s%.*s%.*s", STR_ARG(x), y.n ? "与" : "", STR_ARG(y),
                        STR_ARG(f->m.title));
}

static struct str span_of(const struct paper_fact *f)
{
    const char *until = f->m.closed_at.ms ? "　至　" : "　起";
    if (f->blank)
        return STR("　　　年　　月　　日　至　　　　年　　月　　日");
    return arena_printf(f->r->a, "%.*s%s%.*s", STR_ARG(paper_day(f->r->a, f->m.accepted_at.ms
                        ? f->m.accepted_at : f->m.filed_at)), until,
                        STR_ARG(paper_day(f->r->a, f->m.closed_at)));
}

/* "30年", by the rule it was put away under; nothing before that. */
static struct str term_of(const struct paper_fact *f)
{
    static const struct { const char *unit, *zh; } units[] = {
        { "year", "年" }, { "month", "个月" }, { "day", "日" },
    };
    const struct code_entry *x = codebook_code(f->r->app, STR("retention"), f->m.retention,
                                               DAY_NONE);
    int64_t n = 0;
    if (!x)
        return STR("");
    if (!str_to_i64(code_extra(x, f->r->a, "amount"), &n) || n <= 0)
        return STR("永久");
    for (size_t i = 0; i < COUNT(units); i++)
        if (str_is(code_extra(x, f->r->a, "unit"), units[i].unit))
            return arena_printf(f->r->a, "%lld%s", (long long)n, units[i].zh);
    return STR("");
}

/* What the program itself can have put in; the rest is written by hand. */
static void put_index(struct paper *p, const struct paper_fact *f)
{
    enum { ROWS = 20 };
    size_t n = 0;
    paper_put(p, PAPER_BREAK, STR(""), STR(""));
    paper_put(p, PAPER_HEADING, STR("卷内目录"), STR(""));
    struct paper_table *t = paper_table(p, 2, 12, 3, 5);
    paper_head(p, t, PAPER_LABEL("序号"), PAPER_LABEL("文书名称"), PAPER_LABEL("页号"),
               PAPER_LABEL("备注"));
    for (size_t i = 0; i < paper_types_n; i++) {
        const struct paper_type *x = &paper_types[i];
        if (f->blank || x->fill == fill_cover || !paper_type_fits(x, f))
            continue;
        paper_row(p, t, { .text = arena_printf(p->a, "%zu", ++n), .label = true },
                  paper_cell(str_of(x->zh)), paper_blank(1), paper_blank(1));
    }
    for (; n < ROWS; n++)
        paper_row(p, t, { .text = arena_printf(p->a, "%zu", n + 1), .label = true },
                  paper_blank(1), paper_blank(1), paper_blank(1));
}

void fill_cover(struct paper *p, const struct paper_fact *f)
{
    const struct paper_entry *x = paper_entry_of(f, "close");
    bool mediated = f->blank || f->m.kind == MATTER_DISPUTE;
    paper_put(p, PAPER_LINE, STR("卷　　名"), two_names(f));
    paper_put(p, PAPER_LINE, STR("卷　　号"), f->m.number);
    paper_put(p, PAPER_LINE, STR("文　　号"), f->m.docket.n ? f->m.docket
              : STR("〔　　　　〕　　　人调字第　　　　号"));
    paper_put(p, PAPER_LINE, STR("承办单位"), f->lead.id.v ? f->lead.name : f->owner.name);
    paper_put(p, PAPER_LINE, mediated ? STR("调 解 员") : STR("承 办 人"), f->m.handler_name);
    paper_put(p, PAPER_LINE, mediated ? STR("调解日期") : STR("办理日期"), span_of(f));
    paper_put(p, PAPER_LINE, STR("立 卷 人"), STR(""));
    paper_put(p, PAPER_LINE, STR("立卷日期"), x ? paper_day(p->a, f->r->now) : STR(""));
    paper_put(p, PAPER_LINE, STR("保管期限"), term_of(f));
    paper_box(p, STR("备注"), STR(""), 4);
    put_index(p, f);
}
