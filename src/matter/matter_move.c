/* The one way a matter changes: lock, ask the flow, act, write everything that
 * hangs on it in the same transaction. */
#include "app/journal.h"
#include "matter/deadline.h"
#include "matter/docket.h"
#include "matter/done.h"
#include "matter/matter_impl.h"
#include "matter/pause.h"
#include "matter/supervision.h"
#include "matter/urge.h"
#include "matter/worklist.h"

enum { PAYLOAD_MAX = 64 << 10 };

bool matter_load(struct req *r, struct id id, struct matter *m, struct err *e)
{
    return matter_db_load(r, id, m, e);
}

static void payload_done(void *b)
{
    buf_done(b);
}

/* Whether a window of time is open is read off the clocks: only actions that ask
 * for one pay for them. */
static bool with_windows(struct req *r, struct matter *m, enum matter_action action,
                         struct err *e)
{
    uint64_t needs = 0;
    for (const struct step *s = matter_flow.s; s < matter_flow.s + matter_flow.n; s++)
        if (s->from == m->state && s->action == action)
            needs |= s->needs | s->bars;
    return !(needs & MATTER_WINDOWS) || deadline_list(r, m->id, &m->deadlines, e);
}

/* Outlives mv, which lies on a handler's stack. */
static void begin_payload(struct move *mv)
{
    mv->payload = arena_new(mv->r->a, struct buf);
    buf_init(mv->payload, PAYLOAD_MAX);
    arena_defer(mv->r->a, payload_done, mv->payload);
}

/* The bodies besides its own that decide something in m now, and read it for that. */
static void find_lent(const struct matter *m, struct id lent[2])
{
    bool own = m->approver.v == m->owner.v || m->approver.v == m->lead.v;
    lent[0] = own ? ID_NONE : m->approver;
    lent[1] = m->facts & FACT_BIT(VOID_ABOVE) ? m->reviewer : ID_NONE;
}

static bool end_lent(struct move *mv, struct err *e)
{
    struct id now[2];
    find_lent(&mv->m, now);
    for (size_t i = 0; i < COUNT(mv->lent); i++)
        if (mv->lent[i].v && mv->lent[i].v != now[0].v && mv->lent[i].v != now[1].v
            && !sight_over(mv->r, mv->m.id, mv->lent[i], e))
            return false;
    return true;
}

bool move_begin(struct move *mv, struct req *r, enum matter_action action, struct err *e)
{
    struct id id;
    const struct step *step;
    *mv = (struct move){ .r = r, .action = action, .happened_at = r->now };
    if (!req_id(r, 0, &id, e) || !matter_load(r, id, &mv->m, e))
        return false;
    mv->was = (enum matter_state)mv->m.state;
    if (!with_windows(r, &mv->m, action, e)
        || !flow_allow(&matter_flow, mv->was, action, matter_relations(r->who, &mv->m),
                       matter_facts(&mv->m, r->now), &step, e)
        || !req_match(r, mv->m.version, e) || !matter_db_lock(r->c, r->a, &mv->m, e))
        return false;
    mv->m.state = step->to;
    mv->ends = flow_ends(step);
    find_lent(&mv->m, mv->lent);
    begin_payload(mv);
    return true;
}

bool move_made(struct move *mv, struct req *r, struct id id, struct err *e)
{
    *mv = (struct move){ .r = r };
    return matter_load(r, id, &mv->m, e);
}

bool move_step(struct move *mv, enum matter_action action, struct stamp at, struct err *e)
{
    const struct step *step;
    struct req *r = mv->r;
    struct matter m = mv->m;
    if (!with_windows(r, &m, action, e)
        || !flow_allow(&matter_flow, m.state, action, ~0u, matter_facts(&m, r->now), &step, e))
        return false;
    mv->was = (enum matter_state)m.state;
    mv->action = action;
    mv->subject = ID_NONE;
    mv->event = NULL;
    mv->happened_at = at;
    mv->starts_at = (struct stamp){ 0 };
    mv->m.state = step->to;
    mv->ends = flow_ends(step);
    mv->m.journal_seq++;
    mv->m.version++;
    find_lent(&mv->m, mv->lent);
    begin_payload(mv);
    return true;
}

void move_note(struct move *mv, const char *key, struct str value)
{
    json_put_key(mv->payload, mv->payload->n ? "," : "", key);
    json_put_str(mv->payload, value);
}

void move_note_int(struct move *mv, const char *key, int64_t value)
{
    json_put_key(mv->payload, mv->payload->n ? "," : "", key);
    buf_add_i64(mv->payload, value);
}

void move_note_list(struct move *mv, const char *key, const struct record *rec,
                    struct list list)
{
    json_put_key(mv->payload, mv->payload->n ? "," : "", key);
    buf_add_char(mv->payload, '[');
    for (size_t i = 0; i < list.n; i++) {
        if (i)
            buf_add_char(mv->payload, ',');
        record_to_json(rec, (const char *)list.v + i * rec->size, SIGHT_ALL, mv->payload);
    }
    buf_add_char(mv->payload, ']');
}

static bool add_entry(struct move *mv, struct err *e)
{
    struct req *r = mv->r;
    if (!buf_ok(mv->payload))
        return err_setf(e, ERR_TOO_LARGE, "%d KiB", PAYLOAD_MAX >> 10);
    struct journal_entry x = {
        .home = mv->m.home, .chain = mv->m.id, .seq = mv->m.journal_seq,
        .action = str_of(matter_action_names.v[mv->action].slug), .subject = mv->subject,
        .actor = r->who->account, .post = r->who->post, .happened_at = mv->happened_at,
        .recorded_at = r->now, .prev = mv->m.journal_head,
        .payload = { arena_printf(r->a, "{%.*s}", STR_ARG(buf_str(mv->payload))) },
    };
    if (!journal_add(r->c, r->a, &x, e))
        return false;
    mv->m.journal_head = x.hash;
    return true;
}

/* A dispute that a committee accepts, or takes from a centre, gets its case number. */
static bool give_docket(struct move *mv, struct err *e)
{
    struct matter *m = &mv->m;
    bool accepted = m->state == MATTER_ACCEPTED && mv->was != MATTER_ACCEPTED,
         taken = m->state == MATTER_IN_HAND && mv->was != MATTER_IN_HAND;
    struct str before = m->docket;
    if (m->kind != MATTER_DISPUTE || !(accepted || taken))
        return true;
    if (!docket_give(mv->r, m, taken ? m->lead : m->owner, mv->happened_at, e))
        return false;
    if (!str_eq(before, m->docket))
        move_note(mv, "docket", m->docket);
    return true;
}

/* The substance came to rest: nobody has to decide about it any more. */
static void settle(struct matter *m)
{
    if (!matter_at_rest(m->state))
        return;
    m->facts &= ~(FACT_BIT(OBJECTED) | FACT_BIT(THIRD_REFUSAL) | FACT_BIT(APPROVAL)
                  | FACT_BIT(REPLY_APPROVAL));
    m->approver = ID_NONE;
    m->approver_role = 0;
}

bool move_step_end(struct move *mv, struct err *e)
{
    struct str event = str_of(mv->event ? mv->event : matter_action_names.v[mv->action].slug);
    struct stamp from = mv->starts_at.ms ? mv->starts_at : mv->happened_at;
    if (!(mv->ends >> mv->m.state & 1))
        return err_internal(e, "%s came to %s", matter_action_names.v[mv->action].slug,
                            matter_state_names.v[mv->m.state].slug);
    settle(&mv->m);
    return give_docket(mv, e) && pause_follow(mv->r, &mv->m, mv->happened_at, e)
        && urge_follow(mv->r, &mv->m, mv->was, e)
        && supervision_follow(mv->r, &mv->m, mv->was, e)
        && deadline_event(mv->r, &mv->m, event, ID_NONE, matter_turn(&mv->m), from, e)
        && pause_take_in(mv->r, &mv->m, e) && end_lent(mv, e)
        && add_entry(mv, e);
}

static bool save(struct move *mv, struct matter_moved *out, struct err *e)
{
    struct req *r = mv->r;
    if (!matter_db_save(r->c, &mv->m, e) || !worklist_put(r, &mv->m, true, e)
        || !done_put(r, &mv->m, mv->action, e))
        return false;
    *out = (struct matter_moved){ mv->m.id, mv->m.number, mv->m.state, mv->m.version };
    r->version = mv->m.version;
    return true;
}

bool move_end(struct move *mv, struct matter_moved *out, struct err *e)
{
    return move_step_end(mv, e) && save(mv, out, e);
}

bool move_save(struct move *mv, struct matter_moved *out, struct err *e)
{
    return matter_db_advance(mv->r->c, &mv->m, e) && save(mv, out, e);
}

bool matter_log(struct req *r, struct matter *m, struct str action, struct id subject,
                struct str payload, struct err *e)
{
    if (!matter_db_count_on(r->c, r->a, m, e))
        return false;
    struct journal_entry x = {
        .home = m->home, .chain = m->id, .seq = m->journal_seq, .action = action,
        .subject = subject, .actor = r->who->account, .post = r->who->post,
        .happened_at = r->now, .recorded_at = r->now, .prev = m->journal_head,
        .payload = { payload },
    };
    if (!journal_add(r->c, r->a, &x, e))
        return false;
    m->journal_head = x.hash;
    return matter_db_head(r->c, m, e);
}
