/* Walks at random through the life of matters: walk_test [MATTERS [SEED]].
 *
 * Silent and stubborn parties, slow and careless staff: whatever they do, no matter is
 * left without somebody who has to act and a clock, the lists say what is, the journal
 * is whole, and from wherever it got to a willing town brings it to an end without
 * anybody withdrawing it or declaring it void. Days pass meanwhile, and what the server
 * does in the background is done: clocks turn yellow and red, times run out, visits fall
 * due, people are told. */
#include "walk.h"
#include "unit/city.h"
#include "app/verify.h"
#include "db/feed.h"
#include "handling/tell.h"
#include "insight/fact.h"
#include "matter/matter_act.h"
#include "matter/matter_check.h"
#include "matter/deadline_recompute.h"
#include "matter/overdue.h"
#include "matter/pause.h"
#include "matter/search.h"
#include "matter/worklist.h"

enum { STEPS = 14, WILLING_STEPS = 60, TOGETHER = 20 };

static const char *const logins[] = {
    "clerk.guicheng", "dispatcher.guicheng", "head.guicheng", "leader.guicheng",
    "mediator.guicheng", "mediator2.guicheng", "mediator.guiyi", "handler.police.guicheng",
    "dispatcher.nanhai", "head.nanhai", "leader.nanhai", "handler.labour.nanhai",
    "head.labour.nanhai", "head.foshan", "leader.foshan", "grid.guicheng", "周玉珍", "吴𬍛",
};

uint64_t walk_roll(struct walk *w, uint64_t n)
{
    w->seed ^= w->seed << 13;
    w->seed ^= w->seed >> 7;
    w->seed ^= w->seed << 17;
    return n ? w->seed % n : 0;
}

struct answer walk_call(struct walk *w, const struct player *p, struct str method,
                        struct str path, struct str body, int64_t version)
{
    struct told t = { 0 };
    app_request(&town.app, &w->a, &p->who, &t.r);
    t.r.site = SITE_BOTH;
    if (version)
        t.r.if_match = arena_printf(&w->a, "\"v%lld\"", (long long)version);
    t.r.route = route_find(town.app.routes, town.app.routes_n, SITE_BOTH, method, path, &w->a,
                           t.r.param, &t.e);
    if (t.r.route && query_read(&t.r, STR(""), &t.e))
        town_answer(&t, body);
    return (struct answer){ t.e, t.out };
}

const struct record *walk_record(const struct matter_offer *o)
{
    for (size_t t = 0; t < town.app.routes_n; t++)
        for (size_t i = 0; i < town.app.routes[t].n; i++) {
            const struct route *x = &town.app.routes[t].v[i];
            if (x->in && str_is(o->record, x->in->name))
                return x->in;
        }
    return NULL;
}

/* ---- who plays ---- */

struct orgs { struct id *v; size_t n; };
static bool find_orgs(struct req *r, void *ctx, struct err *e)
{
    static const char *const names[] = {
        "桂城街道人民调解委员会", "桂城街道社会治安综合治理中心", "佛山市南海区劳动保障监察大队",
    };
    struct orgs *x = ctx;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct id id = ID_NONE;
        if (!db_int(r->c, e, &id.v, SQL("SELECT COALESCE(MAX(id), 0) FROM org WHERE name = $1"),
                    V(str_of(names[i]))))
            return false;
        if (id.v)
            x->v[x->n++] = id;
    }
    return true;
}

static void players(struct walk *w)
{
    struct orgs x = { arena_array(&town.a, struct id, 32), 0 };
    w->players = arena_array(&town.a, struct player, COUNT(logins));
    for (size_t i = 0; i < COUNT(logins); i++) {
        w->players[i].login = logins[i];
        const struct who *who = who_of(logins[i]);
        if (who)
            w->players[i].who = *who;
        if (w->players[i].who.org.v)
            x.v[x.n++] = w->players[i].who.org;
    }
    OK_INT(city_write(&town, find_orgs, &x), ERR_OK);
    w->orgs = x.v;
    w->orgs_n = x.n;
    w->players_n = COUNT(logins);
}

static bool is_resident_player(const struct player *p)
{
    return p->who.kind == ACCOUNT_RESIDENT;
}

/* ---- one matter ---- */

/* What the player sees of it, with what he or she may do; NULL for nothing. */
static const struct matter *look(struct walk *w, const struct player *p, struct id id)
{
    struct str path = arena_printf(&w->a, "/api/v1/%smatters/%lld",
                                   is_resident_player(p) ? "door/" : "", (long long)id.v);
    struct answer y = walk_call(w, p, STR("GET"), path, STR(""), 0);
    if (getenv("WALK_TELL") && y.e.id && y.e.id != ERR_NOT_FOUND)
        printf("# %s looks: %s %s %s\n", p->login, err_slug(y.e.id), y.e.field, y.e.detail);
    return y.e.id ? NULL : y.out;
}

static void tell_failure(const struct walk *w, const char *what, struct str body,
                         const struct err *e)
{
    if (e->id == ERR_INTERNAL || e->id == ERR_UNAVAILABLE)
        printf("# seed %llu: %s %.*s: %s %s\n", (unsigned long long)w->seed, what, STR_ARG(body),
               err_slug(e->id), e->detail);
}

static bool take(struct walk *w, const struct player *p, const struct matter *m,
                 const struct matter_offer *o, bool willing)
{
    struct str body = walk_form(w, walk_record(o), m, willing);
    struct answer y = walk_call(w, p, STR("POST"), o->path, body, m->version);
    w->tried++;
    w->done += !y.e.id;
    w->refused[y.e.id]++;
    tell_failure(w, o->path.p, body, &y.e);
    if (willing && y.e.id && getenv("WALK_TELL"))
        printf("# %s: %.*s %.*s: %s %s %s\n", p->login, STR_ARG(o->name), STR_ARG(body),
               err_slug(y.e.id), y.e.field, y.e.arg);
    return !y.e.id;
}

static struct id file_one(struct walk *w)
{
    static const char *const kinds[] = { "dispute", "dispute", "request", "event", "advice" };
    const struct player *p = &w->players[walk_roll(w, 2)];
    const char *kind = kinds[walk_roll(w, COUNT(kinds))];
    struct str sides = STR("\"parties\":[{\"role\":\"applicant\",\"name\":\"周玉珍\","
        "\"phone\":\"19900000201\"},{\"role\":\"respondent\",\"name\":\"吴某\"}],"
        "\"claims\":[{\"text\":\"退还押金\",\"amount\":80000},{\"text\":\"赔礼道歉\"}]");
    struct str body = arena_printf(&w->a,
        "{\"kind\":\"%s\",\"title\":\"游走%llu\",\"source\":\"%s\",\"people\":%llu,\"danger\":%s,%s%.*s}",
        kind, (unsigned long long)walk_roll(w, 100000), walk_roll(w, 4) ? "counter" : "petition",
        (unsigned long long)walk_roll(w, 40), walk_roll(w, 9) ? "false" : "true",
        "", STR_ARG(sides));
    struct answer y = walk_call(w, p, STR("POST"), STR("/api/v1/matters"), body, 0);
    if (y.e.id == ERR_NO_SUCH_REF)      /* a petition is no source of an advice */
        return ID_NONE;
    tell_failure(w, "file", body, &y.e);
    const struct matter_filed *f = y.out;
    if (y.e.id)
        return ID_NONE;
    struct str link = arena_printf(&w->a, "{\"number\":\"%.*s\",\"pin\":\"%.*s\"}",
                                   STR_ARG(f->number), STR_ARG(f->pin));
    walk_call(w, &w->players[COUNT(logins) - 2], STR("POST"), STR("/api/v1/door/links"), link, 0);
    w->numbers[w->numbers_n++] = arena_dup(&town.a, f->number);
    return f->id;
}

/* Somebody does something. */
static void stroll(struct walk *w, struct id id)
{
    for (int tries = 0; tries < 40; tries++) {
        const struct player *p = &w->players[walk_roll(w, w->players_n)];
        const struct matter *m = look(w, p, id);
        if (!m || !m->actions.n)
            continue;
        const struct matter_offer *v = m->actions.v;
        take(w, p, m, &v[walk_roll(w, m->actions.n)], walk_roll(w, 2));
        return;
    }
}

/* ---- a willing town ---- */

/* What leads to an end, the later the step the better; what may be said again and again
 * only where nothing else goes on. */
static const char *const forward[] = {
    "join_parts", "archive", "close", "reply", "conclude", "take", "rule_objection",
    "decide_objection", "assign", "resume", "decide_approval", "ask_approval", "answer",
    "record_attempt", "review", "accept", "add_details", "go_on", "unmerge", "refuse_void",
    "answer_supervision", "report_danger",
};

static bool is_end(unsigned state)
{
    return matter_flow.final >> state & 1 || state == MATTER_CLOSED || state == MATTER_DECLINED
        || state == MATTER_WITHDRAWN;
}

static unsigned state_of(struct id id)
{
    return (unsigned)ASK(SQL("SELECT state FROM matter WHERE id = $1"), V(id));
}

/* One step on by whoever may; false when nobody can go on. */
static bool go_on(struct walk *w, struct id id)
{
    for (size_t k = 0; k < COUNT(forward); k++)
        for (size_t i = 0; i < w->players_n; i++) {
            const struct player *p = &w->players[i];
            const struct matter *m = look(w, p, id);
            const struct matter_offer *v = m ? m->actions.v : NULL;
            for (size_t a = 0; m && a < m->actions.n; a++)
                if (str_is(v[a].name, forward[k]))
                    for (int again = 0; again < 3; again++)
                        if (take(w, p, m, &v[a], true))
                            return true;
        }
    return false;
}

/* The parts a matter was split into that are not at their end, one after another. */
static struct id open_part(struct id id)
{
    return (struct id){ ASK(SQL("SELECT COALESCE(MAX(m.id), 0) FROM tie t JOIN matter m"
                                " ON m.home = t.home AND m.id = t.matter WHERE t.other = $1"
                                " AND t.relation = 1 AND t.ended_at = 0 AND m.state IN (0, 1, 2, 7)"),
                            V(id)) };
}

/* Its parts first, then itself: one step; whether it is at its end, or stuck. */
static bool step_home(struct walk *w, struct id id)
{
    struct id part = open_part(id);
    return is_end(state_of(id)) || ((!part.v || !go_on(w, part)) && !go_on(w, id));
}

/* What was done in it, in order. */
static struct str deeds(struct id id)
{
    struct str all = STR("");
    int64_t n = ASK(SQL("SELECT journal_seq FROM matter WHERE id = $1"), V(id));
    for (int64_t i = 1; i <= n; i++)
        all = text("%.*s %.*s", STR_ARG(all), STR_ARG(ASK_TEXT(SQL("SELECT j.action || ' ' ||"
                   " COALESCE(w.login, '') FROM journal j LEFT JOIN account w ON w.id = j.actor"
                   " WHERE j.chain = $1 AND j.seq = $2"), V(id), V(i))));
    return text("facts %llx,%.*s", (unsigned long long)ASK(SQL("SELECT facts FROM matter WHERE id = $1"),
                V(id)), STR_ARG(all));
}

static void is_home(struct walk *w, struct id id)
{
    unsigned state = state_of(id);
    for (size_t i = 0; !is_end(state) && i < w->players_n; i++) {
        const struct matter *m = look(w, &w->players[i], id);
        const struct matter_offer *v = m ? m->actions.v : NULL;
        for (size_t a = 0; m && a < m->actions.n; a++)
            printf("#   %s may %.*s\n", w->players[i].login, STR_ARG(v[a].name));
    }
    if (!OK(is_end(state)))
        printf("#   matter %lld stays %s, done so far: %.*s\n", (long long)id.v,
               matter_state_names.v[state].slug, STR_ARG(deeds(id)));
}

/* ---- what holds after every step ---- */

static void has_holder_and_clock(struct id id)
{
    unsigned state = state_of(id);
    int64_t waiting = ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1"), V(id));
    int64_t clocks = ASK(SQL("SELECT COUNT(*) FROM deadline WHERE matter = $1"
                             " AND state IN (0, 1) AND org <> 0"), V(id));
    if (is_end(state)) {
        int64_t stale = ASK(SQL("SELECT COUNT(*) FROM worklist WHERE matter = $1"
                                " AND bucket IN ($2, $3)"), V(id), V((unsigned)WORK_OBJECTED),
                            V((unsigned)WORK_TO_APPROVE));
        OK_INT(stale, 0);
        return;
    }
    if (!waiting || !clocks)
        printf("# matter %lld %s: %lld wait, %lld clocks\n", (long long)id.v,
               matter_state_names.v[state].slug, (long long)waiting, (long long)clocks);
    *(waiting && clocks ? &tap_passed : &tap_failed) += 1;
}

static void counters_are_the_lists(void)
{
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM (SELECT holder, bucket, matter FROM worklist"
                   " GROUP BY holder, bucket, matter HAVING COUNT(*) > 1) x")), 0);
    struct matter_check c = { 0 };
    struct err e = { 0 };
    OK(matter_check_all(&town.app, &c, &e));
    OK_INT(c.worklists, 0);
    OK_INT(c.counts, 0);
    OK_INT(c.loads, 0);
}

/* ---- time ---- */

/* On SQLite the writer numbers events itself; on PostgreSQL nobody does so here. */
static bool sequence(struct req *r, void *ctx, struct err *e)
{
    return feed_sequence(r->c, r->app->holder, 10000, ctx, e);
}

/* What the server does in the background. */
static void chores(void)
{
    static bool (*const all[])(struct app *, bool *, struct err *) = {
        deadline_recompute, pause_run, overdue_run, matter_search_follow, tell_clocks,
        tell_follow, fact_follow,
    };
    int64_t moved = 0;
    OK_INT(city_write(&town, sequence, &moved), ERR_OK);
    for (size_t i = 0; i < COUNT(all); i++) {
        bool more = true;
        struct err e = { 0 };
        while (more && OK(all[i](&town.app, &more, &e)))
            ;
        if (e.id)
            printf("# chore %zu: %s %s %s\n", i, err_slug(e.id), e.field, e.detail);
    }
}

/* Nothing that ran out is still thought to run on: clocks seen, pauses over. */
static void nothing_is_forgotten(void)
{
    struct stamp now = stamp_now();
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline WHERE state = 0 AND due_at < $1 AND org <> 0"
                   " AND red_at = 0"), V(now)), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM pause WHERE ended_at = 0 AND until < $1"), V(now)), 0);
    OK_INT(ASK(SQL("SELECT COUNT(*) FROM deadline d WHERE d.state = 1 AND NOT EXISTS"
                   " (SELECT 1 FROM pause p WHERE p.home = d.home AND p.matter = d.matter"
                   " AND p.ended_at = 0)")), 0);
}

/* Days go by, now and then a fortnight at once. */
static void pass(struct walk *w, int64_t seconds)
{
    walk_pass(1 + (int64_t)walk_roll(w, walk_roll(w, 10) ? (uint64_t)seconds : 15 * 86400));
    chores();
    nothing_is_forgotten();
}

static void journal_is_whole(void)
{
    AUTO(verify_report_done) struct verify_report v = { 0 };
    struct err e = { 0 };
    OK(verify_all(&town.app, &v, &e));
    OK_INT(v.findings, 0);
    if (v.findings)
        printf("# %.*s\n", (int)MIN(v.text.n, (size_t)2000), v.text.p);
    printf("# %lld chains, %lld entries\n", (long long)v.chains, (long long)v.entries);
}

static void tell(const struct walk *w)
{
    printf("# %lld of %lld tries done\n", (long long)w->done, (long long)w->tried);
    for (unsigned i = 1; i < ERR__COUNT; i++)
        if (w->refused[i])
            printf("#   %lld %s\n", (long long)w->refused[i], err_slug((enum err_id)i));
    int64_t red = ASK(SQL("SELECT COUNT(*) FROM deadline WHERE red_at > 0")),
            merged = ASK(SQL("SELECT COUNT(*) FROM tie WHERE relation = 0")),
            undone = ASK(SQL("SELECT COUNT(*) FROM tie WHERE relation = 0 AND ended_at > 0")),
            told = ASK(SQL("SELECT COUNT(*) FROM notice"));
    printf("# %lld clocks ran out, %lld merged, %lld of them undone, %lld notices\n",
           (long long)red, (long long)merged, (long long)undone, (long long)told);
    OK(red > 0 && told > 0);
    OK_INT(w->refused[ERR_INTERNAL], 0);
    OK(w->done > w->tried / 4);
}

/* Some matters at a time, as in a town: each step somebody does something about each. */
static void walk_some(struct walk *w)
{
    struct id v[TOGETHER];
    size_t n = 0;
    bool stuck[TOGETHER] = { false };
    w->numbers_n = 0;
    for (size_t i = 0; i < TOGETHER; i++) {
        v[n] = file_one(w);
        n += v[n].v != 0;
    }
    for (int k = 0; k < STEPS; k++) {
        pass(w, 3 * 86400);
        for (size_t i = 0; i < n; i++) {
            stroll(w, v[i]);
            has_holder_and_clock(v[i]);
        }
        counters_are_the_lists();
    }
    for (int k = 0; k < WILLING_STEPS; k++) {
        pass(w, 86400);
        for (size_t i = 0; i < n; i++)
            stuck[i] = stuck[i] || step_home(w, v[i]);
    }
    for (size_t i = 0; i < n; i++)
        is_home(w, v[i]);
    counters_are_the_lists();
    arena_done(&w->a);
    w->a = (struct arena){ 0 };
}

int main(int argc, char **argv)
{
    int64_t n = 60;
    if (argc > 1 && !str_to_i64(str_of(argv[1]), &n))
        return 2;
    struct walk w = { .app = &town.app, .seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 20261122 };
    town_open();
    players(&w);
    w.numbers = arena_array(&town.a, struct str, TOGETHER);
    DO(SQL("UPDATE post SET valid_to = 0"));    /* whose term ends is another test's */
    for (int64_t i = 0; i < n; i += TOGETHER)
        walk_some(&w);
    journal_is_whole();
    tell(&w);
    return town_close();
}
