/* problem.c - a failure as RFC 9457 problem+json, in the reader's language.
 *
 * The sentence comes from err_list.h; the field's label, from the record the
 * field is of, is put in front: "当事人 2 姓名：必须填写". */
#include "http/call.h"

/* "parties[1].name" by the record's labels: "Parties 2 Name". */
static bool label_put(const struct record *rec, const char *path, enum lang lang, struct buf *b)
{
    struct str rest = str_of(path), word, index;
    for (const char *sep = ""; rest.n && rec; sep = " ") {
        bool more = str_cut(rest, '.', &word, &rest);
        bool entry = str_cut(word, '[', &word, &index);
        const struct field *f = record_field(rec, word);
        int64_t at;
        if (!f)
            return false;
        const char *label = lang == LANG_ZH ? f->zh : f->en;
        buf_addf(b, "%s%s", sep, label && label[0] ? label : f->name);
        if (entry && str_to_i64(str_sub(index, 0, index.n ? index.n - 1 : 0), &at))
            buf_addf(b, " %lld", (long long)at + 1);
        rec = f->sub;
        if (more && !rec)
            return false;
    }
    return true;
}

static void detail_put(const struct call *c, struct buf *b)
{
    const struct route *t = c->r.route;
    const struct record *recs[] = { t ? t->in : NULL, t ? t->query : NULL, t ? t->out : NULL };
    enum lang lang = c->r.lang;
    for (size_t i = 0; c->err.field[0] && i < COUNT(recs); i++) {
        size_t at = b->n;
        if (recs[i] && label_put(recs[i], c->err.field, lang, b)) {
            buf_add(b, lang == LANG_ZH ? STR("：") : STR(" "));
            break;
        }
        b->n = at;
    }
    err_text(&c->err, lang, b);
}

void problem_write(const struct call *c, struct buf *b)
{
    int status = err_status(c->err.id);
    AUTO(buf_done) struct buf detail;
    buf_init(&detail, 4096);
    detail_put(c, &detail);
    buf_addf(b, "{\"type\":\"/problems/%s\",\"title\":", err_slug(c->err.id));
    json_put_str(b, str_of(MHD_get_reason_phrase_for((unsigned)status)));
    buf_addf(b, ",\"status\":%d,\"detail\":", status);
    json_put_str(b, buf_str(&detail));
    if (c->err.field[0]) {
        buf_add(b, STR(",\"field\":"));
        json_put_str(b, str_of(c->err.field));
    }
    buf_add(b, STR(",\"request_id\":"));
    json_put_str(b, c->r.id);
    buf_add_char(b, '}');
}
