#include "matter/stream.h"
#include "db/feed.h"
#include "matter/matter_impl.h"

enum { EVENTS_MAX = 200 };

static const struct str told = STR_INIT(
    "file link attach accept assign take conclude reply close withdraw ask_details "
    "add_details decline ask_review review object decide_objection rule_objection recall "
    "transfer pause resume extend stop ask_void decide_void correct add_party record_attempt "
    "answer urge answer_urge supervise answer_supervision visit rate reopen archive merge "
    "unmerge merge_in merge_out merge_kept split join_parts go_on");

bool matter_stream_told(struct str kind)
{
    return str_has_word(told, kind);
}

struct event { int64_t seq; struct str kind; struct id matter; };
static const struct field event_fields[] = {
    FIELD(event, seq, .doc = "Feed number"), FIELD(event, kind, .doc = "What happened"),
    FIELD(event, matter, .doc = "In which matter"),
};
static const struct record event_record = RECORD(event, event_fields);

static bool page_end(struct req *r, int64_t seq, int64_t *last, struct err *e)
{
    *last = seq;
    return db_int(r->c, e, last,
        SQL("SELECT COALESCE(MAX(seq), $1) FROM (SELECT seq FROM feed WHERE seq > $1 ORDER BY seq"
            " LIMIT $2) page"),
        V(seq), V((int64_t)EVENTS_MAX));
}

/* Sight is asked for row by row: as a join, PostgreSQL reads all that a body holds. */
static bool events_seen(struct req *r, int64_t seq, int64_t last, struct list *out, struct err *e)
{
    return db_all(r->c, e, r->a, &event_record, out,
        SQL("SELECT f.seq, f.kind, f.matter FROM feed f"
            " WHERE f.seq > $1 AND f.seq <= $2 AND 1 = (SELECT 1 FROM sight s"
            " WHERE s.home = f.home AND s.holder IN ($3, $4) AND s.matter = f.matter"
            " AND s.until = 0 AND (s.why <> " SIGHT_HANDLER " OR EXISTS (SELECT 1 FROM matter m"
            " WHERE m.home = f.home AND m.id = f.matter AND m.lead = $3)) LIMIT 1)"
            " ORDER BY f.seq"),
        V(seq), V(last), V(who_holder(r->who)), V(r->who->account));
}

static void put_event(struct buf *out, const struct event *v, struct str kind)
{
    buf_addf(out, "id: %lld\nevent: feed\ndata: {\"seq\":%lld,\"kind\":\"%.*s\","
             "\"matter\":\"%lld\"}\n\n", (long long)v->seq, (long long)v->seq, STR_ARG(kind),
             (long long)v->matter.v);
}

bool matter_stream_after(struct req *r, int64_t seq, struct buf *out, int64_t *last,
                         struct err *e)
{
    struct list events;
    *last = seq;
    if (!r->who)
        return err_set(e, ERR_SIGN_IN);
    if (seq < 0)
        return feed_last(r->c, last, e);
    if (!page_end(r, seq, last, e))
        return false;
    if (*last <= seq)
        return true;
    if (!events_seen(r, seq, *last, &events, e))
        return false;
    bool party = who_may(r->who, PERM_RESIDENT);
    const struct event *v = events.v;
    for (size_t i = 0; i < events.n; i++)
        if (!str_starts(v[i].kind, STR("compartment."))
            && (!party || matter_stream_told(v[i].kind)))
            put_event(out, &v[i], party ? STR("change") : v[i].kind);
    return true;
}
