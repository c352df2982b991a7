/* fill_form.c - the forms: receipt, registration, assignment, closing. */
#include "base/vec.h"
#include "paper/paper_type.h"

static struct str type_of(const struct paper_fact *f)
{
    struct str list = arena_printf(f->r->a, "%s_type", matter_kind_names.v[f->m.kind].slug);
    struct str name = paper_code(f, arena_cstr(f->r->a, list), f->m.type);
    return name.n ? name : f->m.type_raw;
}

static struct str kind_of(const struct paper_fact *f)
{
    return f->blank ? STR("") : str_of(matter_kind_names.v[f->m.kind].zh);
}

static struct paper_cell wide(struct str s)
{
    return (struct paper_cell){ .text = s, .span = 3 };
}
static struct paper_cell tall(struct str s, unsigned lines)
{
    return (struct paper_cell){ .text = s, .span = 3, .lines = lines };
}

/* ---- the receipt states facts and claims nothing ---- */

void fill_receipt(struct paper *p, const struct paper_fact *f)
{
    const struct paper_entry *x = paper_entry_of(f, "file");
    struct paper_table *t = paper_table(p, 1, 2, 1, 2);
    paper_row(p, t, PAPER_LABEL("登记单位"), wide(f->owner.name));
    paper_row(p, t, PAPER_LABEL("提出人"), wide(paper_names(f, PARTY_APPLICANT)));
    paper_row(p, t, PAPER_LABEL("对方"), wide(paper_names(f, PARTY_RESPONDENT)));
    paper_row(p, t, PAPER_LABEL("事项类别"), paper_cell(kind_of(f)), PAPER_LABEL("来源"),
              paper_cell(paper_code(f, "source", f->m.source)));
    paper_row(p, t, PAPER_LABEL("事项"), wide(f->m.title));
    paper_row(p, t, PAPER_LABEL("提出的请求"), tall(part_claim_text(f), f->blank ? 6 : 1));
    paper_row(p, t, PAPER_LABEL("提出时间"), paper_cell(x ? paper_time(p->a, x->happened_at) : STR("")),
              PAPER_LABEL("记录时间"), paper_cell(x ? paper_time(p->a, x->recorded_at) : STR("")));
    paper_put(p, PAPER_NOTE, paper_words(f, "receipt"), STR(""));
    if (f->blank || f->m.kind == MATTER_DISPUTE)
        paper_put(p, PAPER_NOTE, paper_words(f, "limitation"), STR(""));
    part_seal(p, f, &f->owner, "file");
}

/* ---- 人民调解受理登记表 ---- */

void fill_registration(struct paper *p, const struct paper_fact *f)
{
    part_parties(p, f, paper_table(p, 8, 13, 4, 4, 4, 8, 12, 14));
    struct paper_table *t = paper_table(p, 1, 2, 1, 2);
    paper_row(p, t, PAPER_LABEL("登记日期"), paper_cell(paper_day(p->a, f->m.filed_at)),
              PAPER_LABEL("纠纷类型"), paper_cell(f->blank ? STR("") : type_of(f)));
    paper_row(p, t, PAPER_LABEL("案件来源"),
              wide(f->blank ? STR("□当事人申请　□主动调解　□移送委托（由＿＿＿＿＿＿移送）")
                            : paper_code(f, "source", f->m.source)));
    struct str story = arena_printf(p->a, "%.*s%s%.*s", STR_ARG(f->m.title),
                                    f->m.story.n ? "\n" : "", STR_ARG(f->m.story));
    paper_row(p, t, PAPER_LABEL("纠纷简要\n情况"), tall(story, 6));
    paper_row(p, t, PAPER_LABEL("申请事项"), tall(part_claim_text(f), 3));
    paper_row(p, t, PAPER_LABEL("当事人签名\n盖章按指印"), tall(STR(""), 2));
    paper_row(p, t, PAPER_LABEL("备注"), tall(STR(""), 1));
    const struct paper_entry *x = paper_entry_of(f, "file");
    paper_put(p, PAPER_SIGN, arena_printf(p->a, "登记人：%.*s　　（签名）",
              STR_ARG(x ? x->actor_name : STR(""))), STR(""));
    part_seal(p, f, &f->owner, "file");
}

/* ---- 转办单 ---- */

static const struct assignment *lead_of(const struct paper_fact *f)
{
    const struct assignment *v = f->assignments.v, *last = NULL;
    for (size_t i = 0; i < f->assignments.n; i++)
        if (v[i].part == PART_LEAD)
            last = &v[i];
    return last;
}

static struct str assisting(const struct paper_fact *f)
{
    AUTO(buf_done) struct buf b;
    const struct assignment *v = f->assignments.v;
    buf_init(&b, 16 << 10);
    for (size_t i = 0; i < f->assignments.n; i++)
        if (v[i].part != PART_LEAD && v[i].state <= ASSIGNMENT_DONE)
            buf_addf(&b, "%s%.*s", b.n ? "、" : "", STR_ARG(v[i].org_name));
    return arena_dup(f->r->a, buf_str(&b));
}

static void put_contacts(struct paper *p, const struct paper_fact *f, struct paper_table *t)
{
    const struct party *v = f->parties.v;
    for (size_t i = 0; i < f->parties.n; i++)
        paper_row(p, t, { .text = str_of(party_role_names.v[v[i].role].zh), .label = true },
                  paper_cell(v[i].name), PAPER_LABEL("电话"), paper_cell(paper_phone(f, &v[i])));
    if (f->blank) {
        paper_row(p, t, PAPER_LABEL("申请人"), paper_blank(1), PAPER_LABEL("电话"), paper_blank(1));
        paper_row(p, t, PAPER_LABEL("被申请人"), paper_blank(1), PAPER_LABEL("电话"), paper_blank(1));
    }
}

void fill_assignment(struct paper *p, const struct paper_fact *f)
{
    const struct assignment *l = lead_of(f);
    struct paper_table *t = paper_table(p, 1, 2, 1, 2);
    paper_copy(p, STR("第一联　派单单位存"));
    paper_copy(p, STR("第二联　主办单位存"));
    paper_row(p, t, PAPER_LABEL("派单单位"), paper_cell(f->owner.name), PAPER_LABEL("派单时间"),
              paper_cell(l ? paper_time(p->a, l->offered_at) : STR("")));
    paper_row(p, t, PAPER_LABEL("主办单位"), paper_cell(f->lead.name), PAPER_LABEL("协办单位"),
              paper_cell(assisting(f)));
    paper_row(p, t, PAPER_LABEL("办理期限"), paper_cell(l ? paper_time(p->a, l->due_at) : STR("")),
              PAPER_LABEL("全程期限"), paper_cell(paper_time(p->a, f->m.due_at)));
    paper_row(p, t, PAPER_LABEL("事项类别"), paper_cell(kind_of(f)), PAPER_LABEL("类型"),
              paper_cell(f->blank ? STR("") : type_of(f)));
    paper_row(p, t, PAPER_LABEL("辖区"), paper_cell(f->m.area_name), PAPER_LABEL("来源"),
              paper_cell(paper_code(f, "source", f->m.source)));
    put_contacts(p, f, t);
    paper_row(p, t, PAPER_LABEL("事项"), wide(f->m.title));
    paper_row(p, t, PAPER_LABEL("情况"), tall(f->m.story, f->blank ? 6 : 2));
    paper_row(p, t, PAPER_LABEL("请求"), tall(part_claim_text(f), f->blank ? 4 : 1));
    paper_row(p, t, PAPER_LABEL("派单理由"), tall(l ? l->reason : STR(""), f->blank ? 2 : 1));
    paper_row(p, t, PAPER_LABEL("办理意见"), tall(STR(""), 4));
    paper_put(p, PAPER_SIGN, STR("派单人（签名）："), STR("签收人（签名）：　　　　　　　　年　　月　　日"));
    part_seal(p, f, &f->owner, "assign");
}

/* ---- 办结单 ---- */

static void put_answers(struct paper *p, const struct paper_fact *f)
{
    const struct party *v = f->parties.v;
    struct paper_table *t = paper_table(p, 3, 6, 4, 7);
    paper_head(p, t, PAPER_LABEL("当事人"), PAPER_LABEL("姓名或名称"), PAPER_LABEL("本人意见"),
               PAPER_LABEL("时间"));
    for (size_t i = 0; i < f->parties.n; i++)
        paper_row(p, t, { .text = str_of(party_role_names.v[v[i].role].zh), .label = true },
                  paper_cell(v[i].name),
                  { .text = v[i].left_at.ms ? STR("已退出")
                                            : str_of(party_answer_names.v[v[i].answer].zh),
                    .align = PAPER_CENTRE },
                  paper_cell(paper_time(p->a, v[i].answered_at)));
    for (int i = 0; f->blank && i < 2; i++)
        paper_row(p, t, paper_blank(1), paper_blank(1), paper_blank(1), paper_blank(1));
}

void fill_closing(struct paper *p, const struct paper_fact *f)
{
    struct paper_table *t = paper_table(p, 1, 2, 1, 2);
    paper_row(p, t, PAPER_LABEL("承办单位"), paper_cell(f->lead.id.v ? f->lead.name : f->owner.name),
              PAPER_LABEL("承办人"), paper_cell(f->m.handler_name));
    paper_row(p, t, PAPER_LABEL("受理时间"), paper_cell(paper_time(p->a, f->m.accepted_at)),
              PAPER_LABEL("办结时间"), paper_cell(paper_time(p->a, f->m.closed_at)));
    paper_row(p, t, PAPER_LABEL("事项类别"), paper_cell(kind_of(f)), PAPER_LABEL("来源"),
              paper_cell(paper_code(f, "source", f->m.source)));
    paper_row(p, t, PAPER_LABEL("事项"), wide(f->m.title));
    paper_row(p, t, PAPER_LABEL("简要事实"), tall(f->m.story, f->blank ? 5 : 2));
    paper_row(p, t, PAPER_LABEL("办理情况"),
              tall(paper_payload(f, "conclude", "summary"), f->blank ? 5 : 2));
    part_claims(p, f, paper_table(p, 2, 9, 5, 8));
    put_answers(p, f);
    paper_box(p, STR("备注"), STR(""), 2);
    paper_put(p, PAPER_SIGN, STR("承办人（签名）："), STR("负责人（签名）：　　　　　　　　年　　月　　日"));
    part_seal(p, f, &f->owner, "close");
}
