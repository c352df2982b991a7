/* Every route × every actor, against a table written by hand from the product's
 * rules: permissions PROGRAM FOLDER (tests/permissions).
 *
 * FOLDER.csv: a row a route, a column an actor, a cell what must come:
 *   ok        what calls.story says for this route
 *   content   200, and what people wrote is in it
 *   envelope  200, without what people wrote
 *   401 403 404 409 422 …
 * FOLDER/calls.story: how each route is asked, "as" naming the state the matter is
 * in; FOLDER/matter.story: how a matter gets into that state (its marks), and
 * FOLDER/MARK.NAME.story: a way that leaves it at a mark. A route
 * or an actor that the table leaves out is a failure; so is a reader of content
 * whom the party does not find in the list of those who looked. */
#include "act.h"

enum { TEXT_MAX = 1 << 20, ROWS_MAX = 600, ACTORS_MAX = 32 };

struct actor { const char *name, *login, *shown; };     /* shown: name in the access list */
static const struct actor actors[] = {
    { "guest", "", NULL },
    { "resident", "19900000203", NULL },                /* signed in, in no matter */
    { "party", "19900000201", NULL },
    { "filer", "grid.guicheng", "何伟杰" },             /* filed it in the field */
    { "grid_worker", "grid2.guicheng", NULL },          /* of the same centre, did not */
    { "clerk", "clerk.guicheng", "区敏华" },            /* of the owner body */
    { "dispatcher", "dispatcher.guicheng", "关颖仪" },
    { "head", "head.guicheng", "霍志强" },
    { "leader", "leader.guicheng", NULL },
    { "handler", "mediator.guicheng", "陈伯均" },       /* of the lead body, named */
    { "member", "mediator2.guicheng", "冼佩雯" },       /* of the lead body, not named */
    { "other_body", "handler.police.guicheng", NULL },  /* same town, not asked */
    { "other_town", "dispatcher.dali", NULL },
    { "above_dispatcher", "dispatcher.nanhai", NULL },
    { "above_leader", "leader.nanhai", NULL },
    { "judge", "judge.nanhai", NULL },
    { "system_admin", "sysadmin", NULL },
    { "security_admin", "secadmin", NULL },
    { "audit_admin", "audit", NULL },
    { "token", "", NULL },                              /* the clerk's, matter.read only */
};

struct row { struct str method, path, cell[ACTORS_MAX]; bool called; };
struct matrix {
    struct act act;
    struct story calls, matter;
    struct row rows[ROWS_MAX];
    size_t n;
    struct str state;                                   /* of the matter at hand */
    int passed, failed;
};

static void tally(struct matrix *m, bool ok)
{
    *(ok ? &m->passed : &m->failed) += 1;
}

/* ---- the table ---- */

static bool read_file(struct matrix *m, const char *name, struct str *out)
{
    char *bytes = arena_alloc(&m->act.a, TEXT_MAX);
    struct str path = arena_printf(&m->act.a, "%s%s", m->act.folder, name);
    FILE *f = fopen(path.p, "re");
    *out = (struct str){ bytes, f ? fread(bytes, 1, TEXT_MAX, f) : 0 };
    if (f)
        fclose(f);
    if (!out->n)
        printf("# %s cannot be read\n", path.p);
    return out->n > 0;
}

static size_t cells_of(struct str line, struct str *v, size_t max)
{
    size_t n = 0;
    for (bool more = true; more && n < max; n++) {
        more = str_cut(line, ',', &v[n], &line);
        v[n] = str_trim(v[n]);
    }
    return n;
}

/* The column of an actor, 0 for none: the first is the method's. */
static size_t column(const struct str *head, size_t n, const char *name)
{
    for (size_t i = 2; i < n; i++)
        if (str_is(head[i], name))
            return i;
    return 0;
}

static bool read_table(struct matrix *m)
{
    struct str text, line, head[ACTORS_MAX + 2] = { 0 }, cell[ACTORS_MAX + 2];
    size_t columns = 0;
    if (!read_file(m, ".csv", &text))
        return false;
    while (text.n && m->n < ROWS_MAX) {
        str_cut(text, '\n', &line, &text);
        line = str_trim(line);
        if (!line.n || line.p[0] == '#')
            continue;
        if (!columns) {
            columns = cells_of(line, head, COUNT(head));
            continue;
        }
        if (cells_of(line, cell, COUNT(cell)) != columns) {
            printf("# another number of cells: %.*s\n", STR_ARG(line));
            return false;
        }
        struct row *r = &m->rows[m->n++];
        r->method = cell[0], r->path = cell[1];
        for (size_t i = 0; i < COUNT(actors); i++) {
            size_t at = column(head, columns, actors[i].name);
            r->cell[i] = at ? cell[at] : STR("");
        }
    }
    return m->n > 0;
}

static bool read_story(struct matrix *m, const char *name, struct story *out)
{
    struct str text;
    const char *why = "";
    int line = 0;
    bool ok = read_file(m, name, &text) && story_parse(&m->act.a, text, out, &line, &why);
    if (!ok)
        printf("# %s:%d: %s\n", name, line, why);
    return ok;
}

/* ---- a matter in the state a call wants ---- */

/* Plays the story up to its mark, or to its end for none. */
static bool play_to(struct matrix *m, const struct story *story, struct str mark)
{
    struct str why = STR("");
    for (size_t i = 0; i < story->steps.n; i++) {
        const struct step *s = &story->steps.v[i];
        if (mark.n && str_eq(s->mark, mark))
            return true;
        if (!act_step(&m->act, s, &why)) {
            printf("# line %d on the way to %.*s: %.*s\n", s->line, STR_ARG(m->state),
                   STR_ARG(why));
            return false;
        }
    }
    return !mark.n || str_is(mark, "closed")
        || (printf("# no state %.*s\n", STR_ARG(mark)), false);
}

/* "filed.declined" is the mark filed, and then what filed.declined.story does: a way
 * that leaves the main road there. */
static bool matter_make(struct matrix *m, struct str state)
{
    struct str mark, branch;
    struct story more = { 0 };
    bool leaves = str_cut(state, '.', &mark, &branch);
    m->state = state;
    bool made = play_to(m, &m->matter, mark)
        && (!leaves || (read_story(m, arena_printf(&m->act.a, "/%.*s.story", STR_ARG(state)).p,
                                   &more)
                        && play_to(m, &more, STR(""))));
    if (!made)
        m->state = STR("");
    return made;
}

/* ---- one cell ---- */

static bool has_content(struct matrix *m, const struct answer *y)
{
    const struct str *secret = catch_find(&m->act.caught, STR("WRITTEN"));
    return secret && str_find(y->body, *secret) < y->body.n;
}

static bool cell_fits(struct matrix *m, struct str cell, const struct step *call,
                      const struct answer *y)
{
    int64_t status;
    if (str_is(cell, "ok"))
        return y->status == call->status;
    if (str_is(cell, "content"))
        return y->status == 200 && has_content(m, y);
    if (str_is(cell, "envelope"))
        return y->status == 200 && !has_content(m, y);
    return str_to_i64(cell, &status) && y->status == status && !has_content(m, y);
}

/* The party finds the reader among those who looked. */
static bool is_listed(struct matrix *m, const struct actor *x)
{
    struct str why;
    struct answer y;
    struct ask q = { .actor = STR("19900000201"), .method = STR("GET"),
                     .target = act_fill(&m->act, STR("/api/v1/door/matters/{MATTER}/access")) };
    return client_sign_in(m->act.client, &m->act.a, q.actor, &why)
        && client_ask(m->act.client, &m->act.a, &q, &y, &why) && y.status == 200
        && str_find(y.body, str_of(x->shown)) < y.body.n;
}

static bool one_cell(struct matrix *m, const struct row *r, const struct step *call, size_t i)
{
    struct step s = *call;
    struct answer y = { 0 };
    struct str why = STR("");
    s.actor = str_of(actors[i].login);
    if (str_is(str_of(actors[i].name), "token")) {
        struct pair bearer = { STR("Authorization"), STR("Bearer {TOKEN}") };
        s.headers.v = vec_room(&m->act.a, s.headers.v, s.headers.n, &s.headers.cap, sizeof bearer);
        s.headers.v[s.headers.n++] = bearer;
    }
    bool any = str_is(call->actor, "any");
    if (!any && !str_eq(m->state, call->actor) && !matter_make(m, call->actor))
        return false;
    bool asked = act_ask(&m->act, &s, &y, &why), fits = asked && cell_fits(m, r->cell[i], call, &y);
    bool changed = asked && y.status < 400 && !str_is(r->method, "GET");
    if (changed && !any)
        m->state = STR("");
    if (changed && str_starts(r->path, STR("/api/v1/session")))
        client_forget(m->act.client, s.actor);
    if (!fits)
        printf("# %.*s %.*s as %s: wanted %.*s, got %d %.*s %.*s\n", STR_ARG(r->method),
               STR_ARG(r->path), actors[i].name, STR_ARG(r->cell[i]), y.status, STR_ARG(why),
               (int)MIN(y.body.n, (size_t)200), y.body.p ? y.body.p : "");
    bool content = fits && str_is(r->cell[i], "content") && actors[i].shown
        && str_find(r->path, STR("{")) < r->path.n;
    if (!content || is_listed(m, &actors[i]))
        return fits;
    printf("# %.*s %.*s as %s: the party does not find who looked\n", STR_ARG(r->method),
           STR_ARG(r->path), actors[i].name);
    return false;
}

/* ---- all of them ---- */

/* The row whose path has the form of the call's target. */
static struct row *row_of(struct matrix *m, const struct step *call)
{
    struct str path, rest;
    str_cut(call->target, '?', &path, &rest);
    json_t *want = contract_find(m->act.contract, call->method, path);
    for (size_t i = 0; want && i < m->n; i++)
        if (str_eq(m->rows[i].method, call->method)
            && contract_find(m->act.contract, call->method, m->rows[i].path) == want)
            return &m->rows[i];
    return NULL;
}

static void all_cells(struct matrix *m)
{
    for (size_t k = 0; k < m->calls.steps.n; k++) {
        const struct step *call = &m->calls.steps.v[k];
        struct row *r = row_of(m, call);
        if (!r) {
            printf("# calls.story:%d: no row of the table, or no route: %.*s %.*s\n", call->line,
                   STR_ARG(call->method), STR_ARG(call->target));
            tally(m, false);
            continue;
        }
        r->called = true;
        for (size_t i = 0; i < COUNT(actors); i++)
            tally(m, one_cell(m, r, call, i));
    }
}

static bool is_row(const struct matrix *m, const char *method, const char *path)
{
    for (size_t i = 0; i < m->n; i++)
        if (str_eq_nocase(m->rows[i].method, str_of(method)) && str_is(m->rows[i].path, path))
            return true;
    return false;
}

/* A stream never ends; who gets one is told by stream.story. */
static bool is_endless(const char *path)
{
    return !strcmp(path, "/api/v1/stream");
}

/* Every route of the program has a row and a call, every row is a route's. */
static void all_rows(struct matrix *m)
{
    json_t *item, *op;
    const char *path, *method;
    json_object_foreach(json_object_get(m->act.contract->root, "paths"), path, item)
        json_object_foreach(item, method, op) {
            bool there = is_row(m, method, path) || is_endless(path);
            if (!there)
                printf("# no row: %s %s (%s)\n", method, path,
                       json_string_value(json_object_get(op, "x-permission")));
            tally(m, there);
        }
    for (size_t i = 0; i < m->n; i++) {
        if (!m->rows[i].called)
            printf("# no call, or no such route: %.*s %.*s\n", STR_ARG(m->rows[i].method),
                   STR_ARG(m->rows[i].path));
        tally(m, m->rows[i].called);
    }
}

/* The clerk's token that may read matters and nothing else. */
static bool make_token(struct matrix *m, struct str *why)
{
    struct step s = {
        .actor = STR("clerk.guicheng"), .method = STR("POST"), .target = STR("/api/v1/tokens"),
        .body = STR("{\"name\":\"read\",\"scopes\":[\"matter.read\"],"
                    "\"expires_on\":\"{DAY+30}\"}"),
        .has_body = true, .status = 201, .expect = STR("{token=>TOKEN, …}"), .statements = -1,
        .allocations = -1,
    };
    return act_step(&m->act, &s, why);
}

static void served(struct matrix *m, struct host *h)
{
    struct str why = STR(""), log;
    if (!host_start(h, NULL, 0)) {
        tally(m, false);
        return;
    }
    m->act.client = client_open(h->port);
    if (act_learn(&m->act, &why) && make_token(m, &why)) {
        all_cells(m);
        all_rows(m);
    }
    if (why.n)
        printf("# %.*s\n", STR_ARG(why));
    client_close(m->act.client);
    bool well = host_stop(h, &m->act.a, &log);
    if (!well)
        printf("# the server failed: %.*s\n", STR_ARG(log));
    tally(m, well && !why.n);
}

int main(int argc, char **argv)
{
    static struct matrix m;
    struct contract c = { NULL };
    struct host h;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc < 3)
        return 2;
    m.act = (struct act){ .host = &h, .contract = &c, .folder = argv[2] };
    bool ready = host_open(&h, argv[1]) && host_copy(&h) && read_table(&m)
        && read_story(&m, "/calls.story", &m.calls) && read_story(&m, "/matter.story", &m.matter);
    if (ready)
        served(&m, &h);
    else
        tally(&m, false);
    host_drop(&h);
    host_close(&h);
    json_decref(c.root);
    arena_done(&m.act.a);
    printf("%d passed, %d failed\n", m.passed, m.failed);
    return m.failed != 0;
}
