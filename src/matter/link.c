/* Tying matters together and parting them. */
#include "matter/link_impl.h"
#include "matter/matter_impl.h"

bool link_list(struct req *r, const struct matter *m, struct id after, struct list *out,
               struct err *e)
{
    return link_db_page(r, m->id, after, r->limit, out, e);
}

/* Both chains, the smaller id first, which locks both against whoever ties them at the
 * same time. What is written names no side: each chain has its own readers. */
static bool tell(struct req *r, struct matter *a, struct matter *b, struct str action,
                 struct id link, struct str payload, struct err *e)
{
    struct matter *first = a->id.v < b->id.v ? a : b, *then = first == a ? b : a;
    return matter_log(r, first, action, link, payload, e)
        && matter_log(r, then, action, link, payload, e);
}

static struct str payload_of(struct req *r, const char *relation, struct str reason)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1 << 14);
    buf_add_char(&b, '{');
    if (relation)
        buf_addf(&b, "\"relation\":\"%s\",", relation);
    buf_add(&b, STR("\"reason\":"));
    json_put_str(&b, reason);
    buf_add_char(&b, '}');
    return arena_dup(r->a, buf_str(&b));
}

/* Numbers are read in groups of digits. */
static struct str without_blanks(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ')
            p[n++] = s.p[i];
    return (struct str){ p, n };
}

/* One that is not there and one that is not the asker's look alike. */
static bool other_of(struct req *r, const struct matter *m, struct str number,
                     struct matter *other, struct err *e)
{
    struct matter known = { 0 };
    struct str pin = STR("");
    bool found;
    if (!matter_db_by_number(r, without_blanks(r->a, number), &known, &pin, &found, e))
        return false;
    if (found && known.id.v != m->id.v && matter_load(r, known.id, other, e)
        && other->grade >= GRADE_CONTENT)
        return true;
    if (e->id != ERR_OK && e->id != ERR_NOT_FOUND)
        return false;
    err_clear(e);
    return err_field(e, ERR_NO_SUCH_REF, "number");
}

/* A group has one head, which is in no group; its members head none. */
static bool check_group(struct req *r, const struct matter *m, const struct matter *head,
                        struct err *e)
{
    struct id mine, above;
    bool heads;
    if (!link_db_head(r, m->id, &mine, e) || !link_db_head(r, head->id, &above, e)
        || !link_db_heads(r, m->id, &heads, e))
        return false;
    if (mine.v)
        return err_setf(e, ERR_IN_GROUP, "%.*s", STR_ARG(m->number));
    if (above.v)
        return err_setf(e, ERR_IN_GROUP, "%.*s", STR_ARG(head->number));
    return !heads || err_setf(e, ERR_GROUP_HEAD, "%.*s", STR_ARG(m->number));
}

/* Under the locks of both chains: what is found here stays so. */
static bool insert(struct req *r, struct id link, const struct matter *m,
                   const struct matter *other, const struct matter_link_add *in, struct err *e)
{
    enum link_relation relation = (enum link_relation)in->relation;
    bool swap = relation != LINK_GROUP && m->id.v > other->id.v, holds;
    struct id from = swap ? other->id : m->id, to = swap ? m->id : other->id;
    if (!link_db_holds(r, from, to, relation, &holds, e))
        return false;
    if (holds)
        return err_setf(e, ERR_DUPLICATE, "%.*s", STR_ARG(other->number));
    return (relation != LINK_GROUP || check_group(r, m, other, e))
        && link_db_insert(r, link, from, to, relation, in->reason, e);
}

bool link_add(struct req *r, struct matter *m, const struct matter_link_add *in, struct link *out,
              struct err *e)
{
    struct matter other = { 0 };
    struct id link = id_make();
    enum link_relation relation = (enum link_relation)in->relation;
    if (!other_of(r, m, in->number, &other, e)
        || !tell(r, m, &other, STR("link_add"), link,
                 payload_of(r, link_relation_names.v[relation].slug, in->reason), e)
        || !insert(r, link, m, &other, in, e))
        return false;
    *out = (struct link){ .id = link, .matter = other.id, .relation = relation, .own = true,
        .head = relation == LINK_GROUP, .reason = in->reason, .made_by_name = r->who->name,
        .made_at = r->now,
        .number = other.number, .title = other.title, .type = other.type, .kind = other.kind,
        .state = other.state, .owner_name = other.owner_name };
    return true;
}

bool link_end(struct req *r, struct matter *m, struct id link, struct str reason, struct err *e)
{
    struct list one;
    struct matter other = { 0 };
    struct id before = { link.v - 1 };
    if (!link_db_page(r, m->id, before, 1, &one, e))
        return false;
    const struct link *x = one.v;
    if (!one.n || x->id.v != link.v || !x->own)
        return err_set(e, ERR_NOT_FOUND);
    return matter_load(r, x->matter, &other, e)
        && tell(r, m, &other, STR("link_end"), link, payload_of(r, NULL, reason), e)
        && link_db_end(r, link, reason, e);
}
