/* Plays the stories of a folder against the real program: play PROGRAM FOLDER [STORY…].
 *
 * Each story has a fresh copy of the demo city and a server of its own. Every
 * answer is held against the OpenAPI the server serves, asked for or not, and a
 * story fails when the server logged a failure of its own. */
#include "act.h"
#include <dirent.h>

enum { STORY_MAX = 1 << 20, STORIES_MAX = 500 };

struct play { struct act act; struct story story; };

/* ---- one story ---- */

static bool read_story(struct play *p, const char *name, struct str *text)
{
    char *bytes = arena_alloc(&p->act.a, STORY_MAX);
    struct str path = arena_printf(&p->act.a, "%s/%s", p->act.folder, name);
    FILE *f = fopen(path.p, "re");
    *text = (struct str){ bytes, f ? fread(bytes, 1, STORY_MAX, f) : 0 };
    if (f)
        fclose(f);
    return text->n > 0;
}

static bool tell_steps(struct play *p, const char *name)
{
    struct str why = STR("");
    for (size_t i = 0; i < p->story.steps.n; i++) {
        const struct step *s = &p->story.steps.v[i];
        if (act_step(&p->act, s, &why))
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
    if (!host_start(p->act.host, p->story.config.v, p->story.config.n))
        return false;
    p->act.client = client_open(p->act.host->port);
    bool ok = act_learn(&p->act, &why) && tell_steps(p, name);
    if (why.n)
        printf("# %.*s\n", STR_ARG(why));
    client_close(p->act.client);
    if (!host_stop(p->act.host, &p->act.a, &log)) {
        printf("# %s: the server failed: %.*s\n", name, STR_ARG(log));
        ok = false;
    }
    return ok;
}

static bool play(struct host *h, struct contract *c, const char *folder, const char *name)
{
    struct play p = { .act = { .host = h, .contract = c, .folder = folder } };
    struct str text;
    const char *why = "";
    int line = 0;
    bool ok = read_story(&p, name, &text) && story_parse(&p.act.a, text, &p.story, &line, &why);
    if (!ok)
        printf("# %s:%d: %s\n", name, line, why);
    p.act.config = p.story.config.v, p.act.config_n = p.story.config.n;
    ok = ok && host_copy(h) && served(&p, name);
    host_drop(h);
    arena_done(&p.act.a);
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
