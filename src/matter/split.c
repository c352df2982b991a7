/* Parting a matter into several, and joining what became of the parts. */
#include "matter/assignment.h"
#include "matter/claim.h"
#include "matter/deadline.h"
#include "matter/intake.h"
#include "matter/matter_act.h"
#include "matter/party.h"
#include "matter/pause.h"
#include "matter/tie.h"
#include "place/place.h"

struct part_claim { struct id claim; };
struct part_party { struct id party; };
struct split_part { struct str title; struct id org; struct list claims, parties; };
struct matter_split { struct list parts; struct str reason; };
struct matter_join_parts { struct str summary; };

static const struct field part_claim_fields[] = {
    FIELD(part_claim, claim, .doc = "A claim that goes into the part", .flags = REQUIRED,
          .zh = "请求", .en = "Claim"),
};
static const struct record part_claim_record = RECORD(part_claim, part_claim_fields);
static const struct field part_party_fields[] = {
    FIELD(part_party, party, .doc = "A party of the part", .flags = REQUIRED, .zh = "当事人",
          .en = "Party"),
};
static const struct record part_party_record = RECORD(part_party, part_party_fields);
static const struct field split_part_fields[] = {
    FIELD(split_part, title, .doc = "One line", .max = 100, .flags = REQUIRED, .zh = "标题",
          .en = "Title"),
    FIELD(split_part, org, .doc = "The body that is to lead it; assigned later when not sent",
          .format = FORMAT_ORG, .zh = "主办单位", .en = "Lead body"),
    FIELD(split_part, claims, .doc = "Claims that go into it", .sub = &part_claim_record,
          .max = 50, .zh = "请求", .en = "Claims"),
    FIELD(split_part, parties, .doc = "Its parties; all when none is sent",
          .sub = &part_party_record, .max = 50, .zh = "当事人", .en = "Parties"),
};
static const struct record split_part_record = RECORD(split_part, split_part_fields);
static const struct field matter_split_fields[] = {
    FIELD(matter_split, parts, .doc = "The parts", .sub = &split_part_record, .min = 2, .max = 20,
          .flags = REQUIRED, .zh = "子事项", .en = "Parts"),
    FIELD(matter_split, reason, .doc = "Why", .min = 2, .max = 300, .flags = REQUIRED,
          .zh = "拆单理由", .en = "Why"),
};
static const struct record matter_split_record = RECORD(matter_split, matter_split_fields);
static const struct field matter_join_parts_fields[] = {
    FIELD(matter_join_parts, summary, .doc = "What became of the parts, in sum", .min = 2,
          .max = 3000, .flags = REQUIRED | LINES, .zh = "汇总结果", .en = "In sum"),
};
static const struct record matter_join_parts_record =
    RECORD(matter_join_parts, matter_join_parts_fields);

/* A part made: its pin is told this once. */
struct parted { struct id matter; struct str number, pin, title; };
static const struct field parted_fields[] = {
    FIELD(parted, matter, .doc = "The part", .flags = HIDDEN),
    FIELD(parted, number, .doc = "Its public number", .zh = "编号", .en = "Number"),
    FIELD(parted, pin, .doc = "Its query code, told this once", .zh = "查询码",
          .en = "Query code"),
    FIELD(parted, title, .doc = "One line", .flags = CONTENT, .zh = "标题", .en = "Title"),
};
static const struct record parted_record = RECORD(parted, parted_fields);

/* What a split answers with: as any action, and its parts. */
struct matter_parted {
    struct id id;
    struct str number;
    unsigned state;
    int64_t version;
    struct list parts;
};
static const struct field matter_parted_fields[] = {
    FIELD(matter_parted, id, .doc = "The matter", .flags = HIDDEN),
    FIELD(matter_parted, number, .doc = "Public number", .zh = "编号", .en = "Number"),
    FIELD(matter_parted, state, .doc = "Where it stands now", .names = &matter_state_names,
          .zh = "状态", .en = "State"),
    FIELD(matter_parted, version, .doc = "Send it as If-Match with the next change",
          .flags = HIDDEN),
    FIELD(matter_parted, parts, .doc = "The parts with their query codes", .sub = &parted_record,
          .zh = "子事项", .en = "Parts"),
};
static const struct record matter_parted_record = RECORD(matter_parted, matter_parted_fields);

/* What is being parted. given: claims that went into a part before. */
struct parting {
    struct move *mv;
    struct list parties, claims;
    struct pause_past past;
    bool *given;
};

static bool bad_ref(struct err *e, const char *list, size_t i, const char *field)
{
    err_field(e, ERR_NO_SUCH_REF, field);
    err_at(e, list, i);
    return false;
}

/* Each claim goes into one part at most. */
static bool claims_of(struct parting *p, const struct split_part *x, struct list *out,
                      struct err *e)
{
    const struct part_claim *want = x->claims.v;
    const struct claim *v = p->claims.v;
    struct claim *got = arena_array(p->mv->r->a, struct claim, x->claims.n);
    for (size_t i = 0; i < x->claims.n; i++) {
        size_t k = 0;
        while (k < p->claims.n && v[k].id.v != want[i].claim.v)
            k++;
        if (k == p->claims.n || p->given[k] || v[k].outcome.n)
            return bad_ref(e, "claims", i, "claim");
        p->given[k] = true;
        got[i] = (struct claim){ .text = v[k].text, .amount = v[k].amount };
    }
    *out = (struct list){ got, x->claims.n };
    return true;
}

/* Chosen parties, or all who did not leave, as new rows of the part. */
static bool parties_of(struct parting *p, const struct split_part *x, struct list *out,
                       struct err *e)
{
    const struct part_party *want = x->parties.v;
    const struct party *v = p->parties.v;
    struct party *got = arena_array(p->mv->r->a, struct party, p->parties.n);
    size_t n = 0;
    for (size_t i = 0; i < x->parties.n; i++) {
        size_t k = 0;
        while (k < p->parties.n && v[k].id.v != want[i].party.v)
            k++;
        if (k == p->parties.n)
            return bad_ref(e, "parties", i, "party");
    }
    for (size_t k = 0; k < p->parties.n; k++) {
        bool wanted = !x->parties.n;
        for (size_t i = 0; i < x->parties.n; i++)
            wanted |= want[i].party.v == v[k].id.v;
        if (wanted && !v[k].left_at.ms)
            got[n++] = v[k];
    }
    *out = (struct list){ got, n };
    return true;
}

/* Whoever reads the whole as a party reads the part in which he or she is one. */
static bool give_sights(struct req *r, struct id part, struct list parties, struct err *e)
{
    const struct party *v = parties.v;
    for (size_t i = 0; i < parties.n; i++)
        if (v[i].account.v
            && !sight_give(r, part, v[i].account, GRADE_CONTENT, WHY_PARTY, e))
            return false;
    return true;
}

/* What was accepted as a whole is accepted in its parts, on the same day, with the pauses
 * it had, and may be offered at once. */
static bool start(const struct parting *p, struct move *part, const struct split_part *x,
                  struct err *e)
{
    struct req *r = part->r;
    struct stamp accepted = p->mv->m.accepted_at;
    struct org_brief org;
    struct id assignment;
    if (!move_step(part, MATTER_DO_ACCEPT, accepted, e))
        return false;
    part->m.accepted_at = accepted;
    if (!move_step_end(part, e) || !pause_take_over(r, &p->past, &part->m, e))
        return false;
    if (!x->org.v)
        return true;
    if (!org_brief(r, x->org, &org, e)) {
        if (e->id != ERR_NOT_FOUND)
            return false;
        err_clear(e);
        return err_field(e, ERR_NO_SUCH_REF, "org");
    }
    if (!move_step(part, MATTER_DO_ASSIGN, r->now, e)
        || !assignment_offer(r, &part->m, org.id, PART_LEAD, STR(""), &assignment, e)
        || !sight_give(r, part->m.id, org.id, GRADE_CONTENT, WHY_LEAD, e))
        return false;
    part->m.lead = org.id;
    part->subject = assignment;
    move_note(part, "org", org.name);
    return move_step_end(part, e);
}

/* Its clocks run from the filing of the whole: being parted gains nobody time. */
static bool make_part(struct parting *p, const struct split_part *x, struct str reason,
                      struct parted *out, struct err *e)
{
    struct req *r = p->mv->r;
    const struct matter *m = &p->mv->m;
    struct matter_filed f = { 0 };
    struct matter_moved moved;
    struct move part;
    struct matter_new in = {
        .kind = m->kind, .title = x->title, .story = m->story, .source = STR("split"),
        .type = m->type, .place = m->place, .area = m->area, .happened_at = m->happened_at,
    };
    if (!claims_of(p, x, &in.claims, e) || !parties_of(p, x, &in.parties, e)
        || !matter_file(r, &in, m->filed_at, &f, e) || !give_sights(r, f.id, in.parties, e)
        || !move_made(&part, r, f.id, e) || !start(p, &part, x, e)
        || !move_save(&part, &moved, e))
        return false;
    *out = (struct parted){ f.id, f.number, f.pin, x->title };
    return tie_make(r, &part.m, m->id, TIE_PART, MATTER_FILED, reason, e);
}

/* A claim is in one matter at a time. */
static bool take_out(struct parting *p, size_t *left, struct err *e)
{
    const struct claim *v = p->claims.v;
    *left = 0;
    for (size_t i = 0; i < p->claims.n; i++) {
        *left += !p->given[i];
        if (p->given[i]
            && (!db_exec(p->mv->r->c, e, NULL,
                    SQL("DELETE FROM claim WHERE home = $1 AND id = $2"), V(p->mv->m.home),
                    V(v[i].id))
                || !claim_amount_add(p->mv->r, &p->mv->m, -v[i].amount.v, e)))
            return false;
    }
    return true;
}

static bool make_parts(struct parting *p, const struct matter_split *x, struct list *out,
                       struct err *e)
{
    const struct split_part *v = x->parts.v;
    struct parted *made = arena_array(p->mv->r->a, struct parted, x->parts.n);
    json_put_key(p->mv->payload, "", "parts");
    for (size_t i = 0; i < x->parts.n; i++) {
        if (!make_part(p, &v[i], x->reason, &made[i], e)) {
            if (e->field[0])
                err_at(e, "parts", i);
            return false;
        }
        buf_add_char(p->mv->payload, i ? ',' : '[');
        json_put_str(p->mv->payload, made[i].number);
    }
    buf_add_char(p->mv->payload, ']');
    *out = (struct list){ made, x->parts.n };
    return true;
}

static bool on_split(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_split *x = in;
    struct matter_parted *told = out;
    struct matter_moved moved;
    struct move mv;
    struct parting p = { .mv = &mv };
    size_t left;
    if (!move_begin(&mv, r, MATTER_DO_SPLIT, e) || !party_list(r, mv.m.id, &p.parties, e)
        || !claim_list(r, mv.m.id, &p.claims, e) || !pause_past(r, &mv.m, &p.past, e))
        return false;
    p.given = arena_array(r->a, bool, p.claims.n);
    if (!make_parts(&p, x, &told->parts, e) || !take_out(&p, &left, e))
        return false;
    move_note(&mv, "reason", x->reason);
    if (!left) {                        /* nothing of its own: it waits for its parts */
        mv.m.facts |= FACT_BIT(PARTS);
        if (!deadline_drop_early(r, &mv.m, e))
            return false;
    }
    if (!move_end(&mv, &moved, e))
        return false;
    *told = (struct matter_parted){ moved.id, moved.number, moved.state, moved.version,
                                    told->parts };
    r->sight = SIGHT_ALL;
    r->no_store = true;
    return true;
}

static bool on_join(struct req *r, const void *in, void *out, struct err *e)
{
    const struct matter_join_parts *x = in;
    struct move mv;
    struct str open = STR("");
    if (!move_begin(&mv, r, MATTER_DO_JOIN_PARTS, e)
        || !db_text(r->c, e, r->a, &open,
            SQL("SELECT m.number FROM tie t JOIN matter m ON m.home = t.home AND m.id = t.matter"
                " WHERE t.home = $1 AND t.other = $2 AND t.relation = 1 AND t.ended_at = 0"
                " AND m.concluded_at = 0 AND m.state NOT IN ($3, $4, $5, $6, $7)"
                " ORDER BY t.id LIMIT 1"),
            V(mv.m.home), V(mv.m.id), V((unsigned)MATTER_WITHDRAWN), V((unsigned)MATTER_DECLINED),
            V((unsigned)MATTER_VOID), V((unsigned)MATTER_ARCHIVED), V((unsigned)MATTER_MERGED)))
        return false;
    if (open.n)
        return err_setf(e, ERR_HAS_PARTS, "%.*s", STR_ARG(open));
    mv.m.facts &= ~FACT_BIT(PARTS);
    mv.m.concluded_at = r->now;
    mv.event = "conclude";
    move_note(&mv, "summary", x->summary);
    return move_end(&mv, out, e);
}

static const struct route split_routes[] = {
    { "POST", "/api/v1/matters/{id}/actions/split", PERM_MATTER_ASSIGN, ROUTE_WRITE,
      .apply = on_split, .in = &matter_split_record, .out = &matter_parted_record,
      .body = BODY_JSON,
      .doc = "Part it into several matters, each with its own lead body" },
    MATTER_ACTION("join_parts", MATTER_INTAKE, on_join, matter_join_parts_record,
                  "Record what became of the parts in sum, when all of them have ended"),
};
const struct route_table split_table = ROUTES("split", split_routes);
