/* Plays the stories of a folder against the real program: play PROGRAM FOLDER [STORY…].
 *
 * Each story has a fresh copy of the demo city and a server of its own. Every
 * answer is held against the OpenAPI the server serves, asked for or not, and a
 * story fails when the server logged a failure of its own. */
#include "client.h"
#include "contract.h"
#include "expect.h"
#include "host.h"
#include "base/buf.h"
#include "base/stamp.h"
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

enum { STORY_MAX = 1 << 20, STORIES_MAX = 500, WAIT_STEP_US = 50000 };

struct play {
    struct arena a;
    struct host *host;
    struct contract *contract;
    struct client *client;
    struct story story;
    struct catches caught;
    const char *folder;
    int news;
};

/* ---- {M}, {DAY+3}, {HUGE 7000}, {NEW} ---- */

static bool put_macro(struct play *p, struct str name, struct buf *b)
{
    const struct str *value = catch_find(&p->caught, name);
    int64_t n = 0;
    if (value) {
        buf_add(b, *value);
    } else if (str_starts(name, STR("DAY"))) {
        if (name.n > 3 && !str_to_i64(str_sub(name, 3, name.n), &n))
            return false;
        struct day d = { day_of_stamp(stamp_now()).n + (int32_t)n };
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
static struct str filled(struct play *p, struct str s)
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

static bool costs_fit(struct play *p, const struct step *s, const struct answer *y,
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

static bool texts_fit(struct play *p, const struct step *s, struct str body, struct str *why)
{
    for (size_t i = 0; i < s->holds.n; i++) {
        struct str want = filled(p, s->holds.v[i]);
        if (str_find(body, want) == body.n)
            return no(why, arena_printf(&p->a, "does not hold \"%.*s\": %.*s", STR_ARG(want),
                                        (int)MIN(body.n, (size_t)800), body.p));
    }
    for (size_t i = 0; i < s->lacks.n; i++) {
        struct str want = filled(p, s->lacks.v[i]);
        if (str_find(body, want) < body.n)
            return no(why, arena_printf(&p->a, "holds \"%.*s\"", STR_ARG(want)));
    }
    return true;
}

static bool headers_fit(struct play *p, const struct step *s, const struct answer *y,
                        struct str *why)
{
    for (size_t i = 0; i < s->want.n; i++) {
        struct str name = s->want.v[i].name, want = filled(p, s->want.v[i].value);
        struct str got = answer_header(y, arena_cstr(&p->a, name));
        if (!expect_text(&p->a, want, got, &p->caught))
            return no(why, arena_printf(&p->a, "%.*s is \"%.*s\", wanted \"%.*s\"", STR_ARG(name),
                                        STR_ARG(got), STR_ARG(want)));
    }
    return true;
}

static bool json_fits(struct play *p, const struct step *s, struct str body, struct str *why)
{
    if (!s->expect.n)
        return true;
    json_t *j = json_loadb(body.p, body.n, JSON_DECODE_ANY, NULL);
    if (!j)
        return no(why, arena_printf(&p->a, "no JSON: %.*s", (int)MIN(body.n, (size_t)300),
                                    body.p ? body.p : ""));
    bool ok = expect_json(&p->a, filled(p, s->expect), j, &p->caught, why);
    json_decref(j);
    return ok;
}

static bool keeps_contract(struct play *p, const struct step *s, const struct ask *q,
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

static bool answer_fits(struct play *p, const struct step *s, const struct ask *q,
                        const struct answer *y, struct str *why)
{
    if (y->status != s->status)
        return no(why, arena_printf(&p->a, "wanted %d, got %d %.*s", s->status, y->status,
                                    (int)MIN(y->body.n, (size_t)800), y->body.p));
    return keeps_contract(p, s, q, y, why) && headers_fit(p, s, y, why)
        && costs_fit(p, s, y, why) && texts_fit(p, s, y->body, why)
        && json_fits(p, s, y->body, why);
}

/* ---- one step ---- */

/* "@name" stands for the bytes of a file in the folder "files". */
static struct str part_value(struct play *p, struct str value)
{
    if (!str_starts(value, STR("@")))
        return filled(p, value);
    char *text = arena_alloc(&p->a, STORY_MAX);
    struct str path = arena_printf(&p->a, "%s/files/%.*s", p->folder,
                                   STR_ARG(str_sub(value, 1, value.n)));
    FILE *f = fopen(path.p, "re");
    size_t n = f ? fread(text, 1, STORY_MAX, f) : 0;
    if (f)
        fclose(f);
    return (struct str){ text, n };
}

static struct ask ask_of(struct play *p, const struct step *s)
{
    struct ask q = { .actor = s->actor, .method = s->method, .target = filled(p, s->target),
                     .body = filled(p, s->body), .has_body = s->has_body };
    struct pair *h = arena_array(&p->a, struct pair, s->headers.n);
    struct form_part *f = arena_array(&p->a, struct form_part, s->parts.n);
    for (size_t i = 0; i < s->headers.n; i++)
        h[i] = (struct pair){ s->headers.v[i].name, filled(p, s->headers.v[i].value) };
    for (size_t i = 0; i < s->parts.n; i++) {
        f[i] = s->parts.v[i];
        f[i].value = part_value(p, f[i].value);
    }
    q.headers = h, q.headers_n = s->headers.n;
    q.parts = f, q.parts_n = s->parts.n;
    return q;
}

static bool request_step(struct play *p, const struct step *s, struct str *why)
{
    int64_t until = stamp_now().ms + s->wait_s * STAMP_SECOND;
    if (!client_sign_in(p->client, &p->a, s->actor, why))
        return false;
    struct ask q = ask_of(p, s);
    while (true) {
        struct answer y;
        if (!client_ask(p->client, &p->a, &q, &y, why))
            return false;
        if (answer_fits(p, s, &q, &y, why))
            return true;
        if (stamp_now().ms >= until)
            return false;
        usleep(WAIT_STEP_US);
    }
}

static bool run_step(struct play *p, const struct step *s, struct str *why)
{
    struct str out;
    int code = host_run(p->host, &p->a, filled(p, s->target), &out);
    if (code != s->status)
        return no(why, arena_printf(&p->a, "wanted exit %d, got %d: %.*s", s->status, code,
                                    (int)MIN(out.n, (size_t)800), out.p));
    return texts_fit(p, s, out, why);
}

static bool restart_step(struct play *p, struct str *why)
{
    if (!host_stop(p->host, &p->a, why) || !host_start(p->host, p->story.config.v,
                                                       p->story.config.n))
        return false;
    client_move(p->client, p->host->port);
    return true;
}

static bool one_step(struct play *p, const struct step *s, struct str *why)
{
    switch (s->kind) {
    case STEP_REQUEST:
        return request_step(p, s, why);
    case STEP_RUN:
        return run_step(p, s, why);
    case STEP_RESTART:
        return restart_step(p, why);
    }
    return false;
}

/* ---- one story ---- */

static bool read_story(struct play *p, const char *name, struct str *text)
{
    char *bytes = arena_alloc(&p->a, STORY_MAX);
    struct str path = arena_printf(&p->a, "%s/%s", p->folder, name);
    FILE *f = fopen(path.p, "re");
    *text = (struct str){ bytes, f ? fread(bytes, 1, STORY_MAX, f) : 0 };
    if (f)
        fclose(f);
    return text->n > 0;
}

static bool learn_contract(struct play *p, struct str *why)
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

static bool tell_steps(struct play *p, const char *name)
{
    struct str why = STR("");
    for (size_t i = 0; i < p->story.steps.n; i++) {
        const struct step *s = &p->story.steps.v[i];
        if (one_step(p, s, &why))
            continue;
        printf("# %s:%d: %.*s %.*s\n#   %.*s\n", name, s->line, STR_ARG(s->method),
               STR_ARG(s->target), STR_ARG(why));
        return false;
    }
    return true;
}

static bool served(struct play *p, const char *name)
{
    struct str why = STR(""), log;
    if (!host_start(p->host, p->story.config.v, p->story.config.n))
        return false;
    p->client = client_open(p->host->port);
    bool ok = learn_contract(p, &why) && tell_steps(p, name);
    if (why.n)
        printf("# %.*s\n", STR_ARG(why));
    client_close(p->client);
    if (!host_stop(p->host, &p->a, &log)) {
        printf("# %s: the server failed: %.*s\n", name, STR_ARG(log));
        ok = false;
    }
    return ok;
}

static bool play(struct host *h, struct contract *c, const char *folder, const char *name)
{
    struct play p = { .host = h, .contract = c, .folder = folder };
    struct str text;
    const char *why = "";
    int line = 0;
    bool ok = read_story(&p, name, &text) && story_parse(&p.a, text, &p.story, &line, &why);
    if (!ok)
        printf("# %s:%d: %s\n", name, line, why);
    ok = ok && host_copy(h) && served(&p, name);
    host_drop(h);
    arena_done(&p.a);
    return ok;
}

/* ---- all stories ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t stories_in(struct arena *a, const char *folder, const char **names)
{
    size_t n = 0;
    DIR *d = opendir(folder);
    for (struct dirent *x; d && (x = readdir(d));)
        if (n < STORIES_MAX && str_ends(str_of(x->d_name), STR(".story")))
            names[n++] = arena_cstr(a, str_of(x->d_name));
    if (d)
        closedir(d);
    qsort(names, n, sizeof *names, by_name);
    return n;
}

int main(int argc, char **argv)
{
    const char *names[STORIES_MAX];
    struct arena a = { 0 };
    struct host h;
    struct contract c = { NULL };
    int passed = 0, failed = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc < 3 || !host_open(&h, argv[1]))
        return printf("0 passed, 1 failed\n"), 1;
    size_t n = stories_in(&a, argv[2], names);
    for (int i = 3; i < argc && n; i++)
        names[i - 3] = argv[i];
    n = argc > 3 ? (size_t)argc - 3 : n;
    for (size_t i = 0; i < n; i++) {
        bool ok = play(&h, &c, argv[2], names[i]);
        printf("%sok %zu - %s on %s\n", ok ? "" : "not ", i + 1, names[i],
               h.url ? "postgresql" : "sqlite");
        *(ok ? &passed : &failed) += 1;
    }
    host_close(&h);
    json_decref(c.root);
    arena_done(&a);
    printf("1..%zu\n%d passed, %d failed\n", n, passed, failed);
    return failed || !passed;
}
