/* fill_part.c - pieces several papers have. */
#include "paper/paper_type.h"

enum { BLANK_PARTIES = 4, BLANK_CLAIMS = 3 };

void part_seal(struct paper *p, const struct paper_fact *f, const struct org *org,
               const char *action)
{
    const struct paper_entry *x = paper_entry_of(f, action);
    struct str day = x ? paper_day(p->a, x->happened_at) : STR("　　　　年　　月　　日");
    paper_put(p, PAPER_SEAL, f->blank ? STR("（单位名称、盖章）")
              : org->name, day);
}

void part_contact(struct paper *p, const struct org *org)
{
    if (org->address.n || org->phone.n)
        paper_put(p, PAPER_NOTE, arena_printf(p->a, "联系地址：%.*s　电话：%.*s%s%.*s",
                  STR_ARG(org->address), STR_ARG(org->phone), org->hours.n ? "　办公时间：" : "",
                  STR_ARG(org->hours)), STR(""));
}

static struct str outcome_of(const struct paper_fact *f, const struct claim *c)
{
    struct str name = paper_code(f, "outcome", c->outcome);
    const char *sep = c->note.n ? "：" : "";
    if (c->settled.v)
        return arena_printf(f->r->a, "%.*s，%.*s%s%.*s", STR_ARG(name),
                            STR_ARG(paper_money(f->r->a, c->settled)), sep, STR_ARG(c->note));
    return arena_printf(f->r->a, "%.*s%s%.*s", STR_ARG(name), sep, STR_ARG(c->note));
}

void part_claims(struct paper *p, const struct paper_fact *f, struct paper_table *t)
{
    const struct claim *v = f->claims.v;
    paper_head(p, t, PAPER_LABEL("序号"), PAPER_LABEL("请求"), PAPER_LABEL("金额"),
               PAPER_LABEL("结果"));
    for (size_t i = 0; i < f->claims.n; i++)
        paper_row(p, t, { .text = arena_printf(p->a, "%lld", (long long)v[i].no), .label = true },
                  paper_cell(v[i].text),
                  { .text = v[i].amount.v ? paper_money(p->a, v[i].amount) : STR(""),
                    .align = PAPER_RIGHT },
                  paper_cell(v[i].outcome.n ? outcome_of(f, &v[i]) : STR("")));
    for (int i = 0; f->blank && i < BLANK_CLAIMS; i++)
        paper_row(p, t, paper_blank(1), paper_blank(1), paper_blank(1), paper_blank(1));
}

struct str part_claim_text(const struct paper_fact *f)
{
    AUTO(buf_done) struct buf b;
    const struct claim *v = f->claims.v;
    buf_init(&b, 256 << 10);
    for (size_t i = 0; i < f->claims.n; i++) {
        buf_addf(&b, "%s%lld. %.*s", i ? "\n" : "", (long long)v[i].no, STR_ARG(v[i].text));
        if (v[i].amount.v)
            buf_addf(&b, "（%.*s）", STR_ARG(paper_money(f->r->a, v[i].amount)));
    }
    return arena_dup(f->r->a, buf_str(&b));
}

static struct str role_of(const struct party *x)
{
    return str_of(party_role_names.v[x->role].zh);
}

/* What the form asks and the law does not need (民族, 学历 and the like) stays empty. */
void part_parties(struct paper *p, const struct paper_fact *f, struct paper_table *t)
{
    const struct party *v = f->parties.v;
    paper_head(p, t, PAPER_LABEL("身份"), PAPER_LABEL("姓名或名称"), PAPER_LABEL("性别"),
               PAPER_LABEL("民族"), PAPER_LABEL("年龄"), PAPER_LABEL("职业或职务"),
               PAPER_LABEL("联系方式"), PAPER_LABEL("单位或住址"));
    for (size_t i = 0; i < f->parties.n; i++)
        paper_row(p, t, { .text = role_of(&v[i]), .label = true },
                  paper_cell(v[i].left_at.ms ? arena_printf(p->a, "%.*s（已退出）",
                                                             STR_ARG(v[i].name)) : v[i].name),
                  paper_blank(1), paper_blank(1), paper_blank(1), paper_blank(1),
                  paper_cell(paper_phone(f, &v[i])), paper_cell(paper_address(f, &v[i])));
    for (int i = 0; f->blank && i < BLANK_PARTIES; i++)
        paper_row(p, t, { .text = i < BLANK_PARTIES / 2 ? STR("申请人") : STR("被申请人"),
                          .label = true },
                  paper_blank(2), paper_blank(1), paper_blank(1), paper_blank(1), paper_blank(1),
                  paper_blank(1), paper_blank(1));
}
