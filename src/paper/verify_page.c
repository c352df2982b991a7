#include "paper/verify_page.h"
#include "doc/paper.h"
#include "matter/matter.h"
#include "matter/receipt.h"
#include "paper/paper_fact.h"

struct verify_page_query { struct str number, hash; };
static const struct field verify_page_query_fields[] = {
    FIELD(verify_page_query, number, .doc = "Public number", .max = 30, .zh = "编号",
          .en = "Number"),
    FIELD(verify_page_query, hash, .doc = "The code on the paper", .max = 64, .zh = "核验码",
          .en = "Check code"),
};
const struct record verify_page_query_record = RECORD(verify_page_query, verify_page_query_fields);

/* 登记 for the first entry, else the action's own name; empty for what is no step. */
static struct str step_name(struct str action)
{
    if (str_is(action, "file"))
        return STR("登记");
    for (size_t i = 0; i < matter_action_names.n; i++)
        if (str_is(action, matter_action_names.v[i].slug))
            return str_of(matter_action_names.v[i].zh);
    return STR("");
}

static struct paper *verdict(struct req *r, const struct verified *v)
{
    struct paper *p = paper_make(r->a, PAPER_FORM,
                                 v->valid ? STR("核验结果：真实") : STR("核验结果：未找到"));
    if (!v->valid) {
        paper_text(p, STR("没有找到与该编号和校验码相符的登记条目。请核对文书上的编号，或者向出具文书的单位查询。"));
        return p;
    }
    struct paper_table *t = paper_table(p, 1, 2);
    paper_row(p, t, PAPER_LABEL("编号"), paper_cell(v->number));
    paper_row(p, t, PAPER_LABEL("登记条目"), paper_cell(step_name(v->action)));
    paper_row(p, t, PAPER_LABEL("记录时间"), paper_cell(paper_time(r->a, v->recorded_at)));
    paper_text(p, STR("该条目记载于本系统的日志链。请核对文书所载编号与本页一致。本页不显示事项内容。"));
    return p;
}

bool on_verify_page(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    const struct verify_page_query *q = r->query;
    struct verified v;
    AUTO(buf_done) struct buf b;
    buf_init(&b, 256 << 10);
    if (!receipt_verify(r, q->number, q->hash, &v, e)
        || !paper_page(verdict(r, &v), STR("/api/v1/papers.css"), &b, e))
        return false;
    r->text = arena_dup(r->a, buf_str(&b));
    r->media = STR("text/html; charset=utf-8");
    r->no_store = true;
    return true;
}
