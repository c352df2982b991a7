#include "exchange/ledger_row.h"
#include "app/checks.h"
#include "app/codebook.h"
#include "base/utf8.h"
#include "matter/claim.h"
#include "matter/party.h"
#include "place/place.h"

enum { TITLE_CHARS = 100, STORY_CHARS = 20000 };

static const struct field ledger_row_fields[] = {
    FIELD(ledger_row, ref, .doc = "The row's own number in its ledger", .max = 100, .zh = "编号",
          .en = "Reference"),
    FIELD(ledger_row, kind, .doc = "Kind", .names = &matter_kind_names, .zh = "事项类别",
          .en = "Kind"),
    FIELD(ledger_row, title, .doc = "One line", .max = 500, .zh = "标题", .en = "Title"),
    FIELD(ledger_row, story, .doc = "What happened", .max = STORY_CHARS, .flags = LINES,
          .zh = "情况", .en = "What happened"),
    FIELD(ledger_row, type, .doc = "Type, by code or name", .max = 100, .zh = "类型",
          .en = "Type"),
    FIELD(ledger_row, source, .doc = "How it came in, by code or name", .max = 100, .zh = "来源",
          .en = "Source"),
    FIELD(ledger_row, area, .doc = "Area, by code or name", .max = 100, .zh = "辖区",
          .en = "Area"),
    FIELD(ledger_row, place, .doc = "Where exactly", .max = 200, .zh = "地点", .en = "Place"),
    FIELD(ledger_row, filed_at, .doc = "When it came in", .zh = "登记时间", .en = "Filed"),
    FIELD(ledger_row, happened_at, .doc = "When it happened", .zh = "发生时间", .en = "Happened"),
    FIELD(ledger_row, people, .doc = "Persons involved", .max = 100000, .zh = "涉及人数",
          .en = "Persons"),
    FIELD(ledger_row, claim, .doc = "What is asked", .max = 500, .zh = "请求", .en = "Claim"),
    FIELD(ledger_row, amount, .doc = "How much money", .max = 100000000000000, .zh = "金额",
          .en = "Amount"),
    FIELD(ledger_row, applicant, .doc = "Who asks", .max = 100, .zh = "申请人", .en = "Applicant"),
    FIELD(ledger_row, applicant_phone, .doc = "Telephone", .max = 40, .check = check_phone,
          .zh = "申请人电话", .en = "Applicant's telephone"),
    FIELD(ledger_row, applicant_number, .doc = "Identity number", .max = 40, .check = check_idnum,
          .zh = "申请人身份证号", .en = "Applicant's identity number"),
    FIELD(ledger_row, applicant_address, .doc = "Address", .max = 200, .zh = "申请人地址",
          .en = "Applicant's address"),
    FIELD(ledger_row, respondent, .doc = "Whom it is about", .max = 100, .zh = "被申请人",
          .en = "Respondent"),
    FIELD(ledger_row, respondent_phone, .doc = "Telephone", .max = 40, .check = check_phone,
          .zh = "被申请人电话", .en = "Respondent's telephone"),
    FIELD(ledger_row, respondent_address, .doc = "Address", .max = 200, .zh = "被申请人地址",
          .en = "Respondent's address"),
};
const struct record ledger_row_record = RECORD(ledger_row, ledger_row_fields);

/* How ledgers call their columns beside our own labels. */
static const struct { const char *header, *field; } synonyms[] = {
    { "id", "ref" }, { "no", "ref" }, { "工单编号", "ref" }, { "留言编号", "ref" },
    { "案件编号", "ref" }, { "序号", "ref" }, { "流水号", "ref" },
    { "time", "filed_at" }, { "date", "filed_at" }, { "受理时间", "filed_at" },
    { "登记日期", "filed_at" }, { "来电时间", "filed_at" }, { "留言时间", "filed_at" },
    { "时间", "filed_at" }, { "日期", "filed_at" },
    { "topic", "title" }, { "subject", "title" }, { "主题", "title" }, { "留言主题", "title" },
    { "事项名称", "title" }, { "事由", "title" },
    { "body", "story" }, { "content", "story" }, { "detail", "story" }, { "内容", "story" },
    { "留言详情", "story" }, { "诉求内容", "story" }, { "纠纷简要情况", "story" },
    { "简要情况", "story" }, { "事件简述", "story" },
    { "user", "applicant" }, { "name", "applicant" }, { "姓名", "applicant" },
    { "来电人", "applicant" }, { "留言用户", "applicant" }, { "诉求人", "applicant" },
    { "当事人", "applicant" }, { "phone", "applicant_phone" }, { "电话", "applicant_phone" },
    { "联系电话", "applicant_phone" }, { "联系方式", "applicant_phone" },
    { "来电号码", "applicant_phone" }, { "身份证号", "applicant_number" },
    { "证件号码", "applicant_number" }, { "对方当事人", "respondent" },
    { "被投诉单位", "respondent" }, { "对方电话", "respondent_phone" },
    { "纠纷类型", "type" }, { "事项类型", "type" }, { "一级分类", "type" }, { "分类", "type" },
    { "来源渠道", "source" }, { "渠道", "source" }, { "案件来源", "source" },
    { "address", "place" }, { "地址", "place" }, { "发生地点", "place" }, { "事发地址", "place" },
    { "镇街", "area" }, { "所属镇街", "area" }, { "社区", "area" }, { "村居", "area" },
    { "涉及金额", "amount" }, { "涉案金额", "amount" }, { "人数", "people" },
    { "诉求", "claim" }, { "申请事项", "claim" },
};

const struct field *ledger_guess(struct str header)
{
    header = str_trim(header);
    for (size_t i = 0; i < ledger_row_record.n; i++) {
        const struct field *f = &ledger_row_record.f[i];
        if (str_eq_nocase(header, str_of(f->name)) || str_is(header, f->zh)
            || str_eq_nocase(header, str_of(f->en)))
            return f;
    }
    for (size_t i = 0; i < COUNT(synonyms); i++)
        if (str_eq_nocase(header, str_of(synonyms[i].header)))
            return record_field(&ledger_row_record, str_of(synonyms[i].field));
    return NULL;
}

struct strs ledger_guess_all(struct arena *a, struct strs columns)
{
    struct strs v = { arena_array(a, struct str, columns.n), columns.n };
    for (size_t i = 0; i < columns.n; i++) {
        const struct field *f = ledger_guess(columns.v[i]);
        for (size_t k = 0; f && k < i; k++)
            if (str_is(v.v[k], f->name))
                f = NULL;
        v.v[i] = f ? str_of(f->name) : STR("");
    }
    return v;
}

bool ledger_read(struct arena *a, const struct ledger_import *m, const struct sheet_row *row,
                 struct ledger_row *out, size_t *col, struct err *e)
{
    *out = (struct ledger_row){ .kind = m->kind, .source = m->source };
    for (size_t i = 0; i < m->mapping.n; i++) {
        const struct field *f = record_field(&ledger_row_record, m->mapping.v[i]);
        *col = i + 1;
        if (f && !field_from_text(f, sheet_cell_at(row, i), a, out, e))
            return false;
    }
    *col = 0;
    return true;
}

/* A code by itself or by its name in either language. */
static struct str find_code(struct req *r, struct str list, struct str text)
{
    if (!text.n || codebook_code(r->app, list, text, DAY_NONE))
        return text;
    struct list codes = codebook_list(r->app, r->a, list, DAY_NONE);
    const struct code_entry *v = codes.v;
    for (size_t i = 0; i < codes.n; i++)
        if (str_eq(text, v[i].zh) || str_eq_nocase(text, v[i].en))
            return v[i].code;
    return STR_NONE;
}

static struct party party_of(enum party_role role, struct str name, struct str phone,
                             struct str number, struct str address)
{
    return (struct party){ .role = role, .kind = PARTY_PERSON, .name = name, .phone = phone,
                           .id_number = number, .address = address, .channel = CHANNEL_PHONE };
}

static void put_parties(struct req *r, const struct ledger_row *row, struct matter_new *out)
{
    struct party *v = arena_array(r->a, struct party, 2);
    size_t n = 0;
    if (row->applicant.n)
        v[n++] = party_of(PARTY_APPLICANT, row->applicant, row->applicant_phone,
                          row->applicant_number, row->applicant_address);
    if (row->respondent.n)
        v[n++] = party_of(PARTY_RESPONDENT, row->respondent, row->respondent_phone, STR_NONE,
                          row->respondent_address);
    out->parties = (struct list){ v, n };
}

/* A long title stays whole at the head of the story; a missing one is the
 * story's beginning. */
static void put_words(struct req *r, const struct ledger_row *row, struct matter_new *out)
{
    out->title = row->title;
    out->story = row->story;
    if (!out->title.n)
        out->title = utf8_first(row->story, 40);
    if (utf8_count(out->title) > TITLE_CHARS) {
        out->story = arena_printf(r->a, "%.*s\n%.*s", STR_ARG(row->title), STR_ARG(row->story));
        out->title = utf8_first(row->title, TITLE_CHARS);
    }
}

static void put_claim(struct req *r, const struct ledger_row *row, struct matter_new *out)
{
    if (!row->claim.n && !row->amount.v)
        return;
    struct claim *c = arena_new(r->a, struct claim);
    *c = (struct claim){ .text = row->claim.n ? row->claim : out->title, .amount = row->amount };
    out->claims = (struct list){ c, 1 };
}

bool ledger_matter(struct req *r, const struct ledger_import *m, const struct ledger_row *row,
                   struct matter_new *out, struct stamp *filed_at, struct err *e)
{
    struct area_brief area;
    struct str types = arena_printf(r->a, "%s_type", matter_kind_names.v[row->kind].slug);
    *out = (struct matter_new){ .kind = row->kind, .type_raw = row->type, .area = m->area,
        .place = row->place, .happened_at = row->happened_at, .people = row->people };
    *filed_at = row->filed_at.ms ? row->filed_at : r->now;
    put_words(r, row, out);
    if (!out->title.n)
        return err_field(e, ERR_REQUIRED, "title");
    if (filed_at->ms > r->now.ms)
        return err_fieldf(e, ERR_OUT_OF_RANGE, "filed_at", "%s", "≤ 今天" ERR_OR "≤ today");
    out->type = find_code(r, types, row->type);
    out->source = find_code(r, STR("source"), row->source);
    if (!out->source.n)
        return err_field(e, ERR_NO_SUCH_REF, "source");
    if (row->area.n) {
        if (!area_by_text(r, row->area, &area, e)) {
            if (e->id != ERR_NOT_FOUND)
                return false;
            err_clear(e);
            return err_field(e, ERR_NO_SUCH_REF, "area");
        }
        out->area = area.id;
    }
    put_parties(r, row, out);
    put_claim(r, row, out);
    return true;
}
