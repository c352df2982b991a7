#include "act.h"
#include "cost.h"
#include "base/buf.h"
#include "base/stamp.h"
#include <inttypes.h>
#include <unistd.h>

enum { FILE_MAX = 1 << 20, WAIT_STEP_US = 50000, TOLD_MAX = 3000 };

/* ---- {M}, {DAY+3}, {HUGE 7000}, {NEW} ---- */

static bool put_macro(struct act *p, struct str name, struct buf *b)
{
    const struct str *value = catch_find(&p->caught, name);
    int64_t n = 0;
    if (value) {
        buf_add(b, *value);
    } else if (str_starts(name, STR("DAY"))) {
        if (name.n > 3 && !str_to_i64(str_sub(name, 3, name.n), &n))
            return false;
        struct day d = { day_of_stamp(stamp_now()).n + (int32_t)(p->host->days + n) };
        struct civil c = civil_of_day(d);
        buf_addf(b, "%04d-%02d-%02d", c.year, c.month, c.day);
    } else if (str_starts(name, STR("HUGE "))) {
        if (!str_to_i64(str_sub(name, 5, name.n), &n))
            return false;
        while (n-- > 0)
            buf_add_char(b, 'a');
    } else if (str_is(name, "NEW")) {
        buf_addf(b, "new-%d-%d", (int)getpid(), ++p->news);
    } else {
        return false;
    }
    return true;
}

/* Replaces every {NAME}; what is no name of ours stays as it is. */
struct str act_fill(struct act *p, struct str s)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 64 << 20);
    for (size_t i = 0; i < s.n; i++) {
        size_t n = i + 1;
        if (s.p[i] == '{')
            while (n < s.n && n - i < 40 && s.p[n] != '}' && s.p[n] != '{' && s.p[n] != '"')
                n++;
        if (s.p[i] != '{' || n >= s.n || s.p[n] != '}'
            || !put_macro(p, str_sub(s, i + 1, n - i - 1), &b))
            buf_add_char(&b, s.p[i]);
        else
            i = n;
    }
    return arena_dup(&p->a, buf_str(&b));
}

/* ---- one answer ---- */

static bool no(struct str *why, struct str what)
{
    *why = what;
    return false;
}

static bool costs_fit(struct act *p, const struct step *s, const struct answer *y,
                      struct str *why)
{
    const struct { const char *header; int64_t most; } costs[] = {
        { "X-Statements", s->statements }, { "X-Allocations", s->allocations },
    };
    for (size_t i = 0; i < COUNT(costs); i++) {
        int64_t n = 0;
        if (costs[i].most < 0)
            continue;
        if (!str_to_i64(answer_header(y, costs[i].header), &n))
            return no(why, arena_printf(&p->a, "no %s in the answer", costs[i].header));
        if (n > costs[i].most)
            return no(why, arena_printf(&p->a, "%s is %" PRId64 ", at most %" PRId64,
                                        costs[i].header, n, costs[i].most));
    }
    return true;
}

static bool texts_fit(struct act *p, const struct step *s, struct str body, struct str *why)
{
    for (size_t i = 0; i < s->holds.n; i++) {
        struct str want = act_fill(p, s->holds.v[i]);
        if (str_find(body, want) == body.n)
            return no(why, arena_printf(&p->a, "does not hold \"%.*s\": %.*s", STR_ARG(want),
                                        (int)MIN(body.n, (size_t)800), body.p));
    }
    for (size_t i = 0; i < s->lacks.n; i++) {
        struct str want = act_fill(p, s->lacks.v[i]);
        if (str_find(body, want) < body.n)
            return no(why, arena_printf(&p->a, "holds \"%.*s\"", STR_ARG(want)));
    }
    return true;
}

static bool headers_fit(struct act *p, const struct step *s, const struct answer *y,
                        struct str *why)
{
    for (size_t i = 0; i < s->want.n; i++) {
        struct str name = s->want.v[i].name, want = act_fill(p, s->want.v[i].value);
        struct str got = answer_header(y, arena_cstr(&p->a, name));
        if (!expect_text(&p->a, want, got, &p->caught))
            return no(why, arena_printf(&p->a, "%.*s is \"%.*s\", wanted \"%.*s\"", STR_ARG(name),
                                        STR_ARG(got), STR_ARG(want)));
    }
    return true;
}

static bool json_fits(struct act *p, const struct step *s, struct str body, struct str *why)
{
    if (!s->expect.n)
        return true;
    json_t *j = json_loadb(body.p, body.n, JSON_DECODE_ANY, NULL);
    if (!j)
        return no(why, arena_printf(&p->a, "no JSON: %.*s", (int)MIN(body.n, (size_t)300),
                                    body.p ? body.p : ""));
    bool ok = expect_json(&p->a, act_fill(p, s->expect), j, &p->caught, why);
    json_decref(j);
    return ok;
}

static bool keeps_contract(struct act *p, const struct step *s, const struct ask *q,
                           const struct answer *y, struct str *why)
{
    struct str path, rest, media;
    str_cut(q->target, '?', &path, &rest);
    struct str method = str_is(s->method, "HEAD") ? STR("GET") : s->method;
    str_cut(answer_header(y, "Content-Type"), ';', &media, &rest);
    json_t *op = contract_find(p->contract, method, path);
    bool page = !op && y->status < 400;          /* the front end's files are no API */
    if (str_is(s->method, "HEAD") || page)
        return true;
    if (!contract_answer(p->contract, &p->a, op, y->status, str_trim(media), y->body, why)
        || (y->status < 300 && q->has_body
            && !contract_request(p->contract, &p->a, op, q->body, why))) {
        *why = arena_printf(&p->a, "breaks the description: %.*s", STR_ARG(*why));
        return false;
    }
    return true;
}

bool act_fits(struct act *p, const struct step *s, const struct answer *y, struct str *why)
{
    if (y->status != s->status)
        return no(why, arena_printf(&p->a, "wanted %d, got %d %.*s", s->status, y->status,
                                    (int)MIN(y->body.n, (size_t)800), y->body.p));
    return headers_fit(p, s, y, why) && costs_fit(p, s, y, why) && texts_fit(p, s, y->body, why)
        && json_fits(p, s, y->body, why);
}

/* ---- one step ---- */

/* "@name" stands for the bytes of a file in the folder "files". */
static struct str part_value(struct act *p, struct str value)
{
    if (!str_starts(value, STR("@")))
        return act_fill(p, value);
    char *text = arena_alloc(&p->a, FILE_MAX);
    struct str path = arena_printf(&p->a, "%s/files/%.*s", p->folder,
                                   STR_ARG(str_sub(value, 1, value.n)));
    FILE *f = fopen(path.p, "re");
    size_t n = f ? fread(text, 1, FILE_MAX, f) : 0;
    if (f)
        fclose(f);
    return (struct str){ text, n };
}

static struct ask ask_of(struct act *p, const struct step *s)
{
    struct ask q = { .actor = s->actor, .method = s->method, .target = act_fill(p, s->target),
                     .body = act_fill(p, s->body), .has_body = s->has_body };
    struct pair *h = arena_array(&p->a, struct pair, s->headers.n);
    struct form_part *f = arena_array(&p->a, struct form_part, s->parts.n);
    for (size_t i = 0; i < s->headers.n; i++)
        h[i] = (struct pair){ s->headers.v[i].name, act_fill(p, s->headers.v[i].value) };
    for (size_t i = 0; i < s->parts.n; i++) {
        f[i] = s->parts.v[i];
        f[i].value = part_value(p, f[i].value);
    }
    q.headers = h, q.headers_n = s->headers.n;
    q.parts = f, q.parts_n = s->parts.n;
    return q;
}

/* Whatever the server keeps: a reader finds in it what he or she would find anew. What
 * chores and the clock change between two questions is no difference: the third tells. */
static bool is_fresh(struct act *p, const struct ask *q, const struct answer *kept,
                     struct str *why)
{
    static const struct pair no_cache = { STR_INIT("Cache-Control"), STR_INIT("no-cache") };
    struct ask anew = *q;
    struct answer x, again;
    bool json = str_is(answer_header(kept, "Content-Type"), "application/json");
    if (!str_is(q->method, "GET") || kept->status != 200 || q->headers_n || !json)
        return true;
    anew.headers = &no_cache;
    anew.headers_n = 1;
    if (!client_ask(p->client, &p->a, &anew, &x, why))
        return false;
    if (str_eq(x.body, kept->body))
        return true;
    if (!client_ask(p->client, &p->a, q, &again, why))
        return false;
    return str_eq(x.body, again.body) || !str_eq(kept->body, again.body)
        || no(why, STR("an answer was kept too long"));
}

bool act_ask(struct act *p, const struct step *s, struct answer *out, struct str *why)
{
    if (!client_sign_in(p->client, &p->a, s->actor, why))
        return false;
    struct ask q = ask_of(p, s);
    return client_ask(p->client, &p->a, &q, out, why) && keeps_contract(p, s, &q, out, why)
        && cost_fits(&p->a, q.method, q.target, out, why) && is_fresh(p, &q, out, why);
}

static bool request_step(struct act *p, const struct step *s, struct str *why)
{
    int64_t until = stamp_now().ms + s->wait_s * STAMP_SECOND;
    while (true) {
        struct answer y = { 0 };
        if (act_ask(p, s, &y, why) && act_fits(p, s, &y, why))
            return true;
        if (stamp_now().ms >= until)
            return no(why, arena_printf(&p->a, "%.*s\n#   in: %.*s", STR_ARG(*why),
                                        (int)MIN(y.body.n, (size_t)TOLD_MAX),
                                        y.body.n ? y.body.p : ""));
        usleep(WAIT_STEP_US);
    }
}

static bool run_step(struct act *p, const struct step *s, struct str *why)
{
    struct str out;
    int code = host_run(p->host, &p->a, act_fill(p, s->target), &out);
    if (getenv("PRINT"))                /* a matter's timeline, for reading */
        printf("%.*s\n", STR_ARG(out));
    if (code != s->status)
        return no(why, arena_printf(&p->a, "wanted exit %d, got %d: %.*s", s->status, code,
                                    (int)MIN(out.n, (size_t)800), out.p));
    return texts_fit(p, s, out, why);
}

/* A sign-in does not outlast days. */
static bool restart_step(struct act *p, const struct step *s, struct str *why)
{
    if (!host_stop(p->host, &p->a, why))
        return false;
    p->host->days += s->days;
    if (!host_start(p->host, p->config, p->config_n))
        return false;
    client_move(p->client, p->host->port);
    if (s->days)
        client_forget_all(p->client);
    return true;
}

bool act_step(struct act *p, const struct step *s, struct str *why)
{
    switch (s->kind) {
    case STEP_REQUEST:
        return request_step(p, s, why);
    case STEP_RUN:
        return run_step(p, s, why);
    case STEP_RESTART:
        return restart_step(p, s, why);
    }
    return false;
}

bool act_learn(struct act *p, struct str *why)
{
    struct answer y;
    struct ask q = { .method = STR("GET"), .target = STR("/api/v1/openapi.json") };
    if (p->contract->root)
        return true;
    if (!client_ask(p->client, &p->a, &q, &y, why))
        return false;
    p->contract->root = json_loadb(y.body.p, y.body.n, JSON_REJECT_DUPLICATES, NULL);
    return p->contract->root || no(why, STR("openapi.json is no JSON"));
}
