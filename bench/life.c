/* life.c - from the counter to its closing. */
#include "city.h"

const char *const life_names[LIFE_STEPS] = {
    "file", "accept", "assign", "take", "read", "conclude", "reply", "close" };

struct walk {
    struct load *x;
    const struct city *c;
    void (*after)(void *ctx, int step, const struct load *x);
    void *ctx;
    int step;
    char id[24];
    int version;
};

static bool told(struct walk *w, bool ok)
{
    if (ok && w->after)
        w->after(w->ctx, w->step, w->x);
    w->step++;
    return ok;
}

static bool act(struct walk *w, enum person who, const char *action, const char *body)
{
    char path[120], match[40];
    snprintf(path, sizeof path, "/api/v1/matters/%s/actions/%s", w->id, action);
    snprintf(match, sizeof match, "If-Match: \"v%d\"\r\n", w->version++);
    snprintf(w->x->auth, sizeof w->x->auth, "%s", w->c->auth[who]);
    return told(w, load_ask(w->x, "POST", path, match, str_of(body)) == 200);
}

static bool file(struct walk *w)
{
    snprintf(w->x->auth, sizeof w->x->auth, "%s", w->c->auth[CLERK]);
    bool ok = load_ask(w->x, "POST", "/api/v1/matters", "",
        STR("{\"kind\":\"dispute\",\"title\":\"楼上漏水\",\"story\":\"楼上漏水多次协商没有结果，希望"
            "调解。\",\"parties\":[{\"role\":\"applicant\",\"kind\":\"person\",\"name\":\"张三\"},"
            "{\"role\":\"respondent\",\"kind\":\"person\",\"name\":\"李四\"}],"
            "\"claims\":[{\"text\":\"赔偿\",\"amount\":100000}]}")) == 201;
    struct str id = load_member(w->x->body, "id");
    snprintf(w->id, sizeof w->id, "%.*s", STR_ARG(id));
    w->version = 1;
    return told(w, ok);
}

/* The id of the first row behind "list":[ in the answer; rest goes on behind it. */
static void row_id(struct str *rest, const char *list, char out[24])
{
    size_t at = list ? str_find(*rest, str_of(list)) : 0;
    *rest = str_sub(*rest, at, rest->n);
    struct str id = load_member(*rest, "id");
    snprintf(out, 24, "%.*s", STR_ARG(id));
    *rest = id.n ? str_sub(*rest, (size_t)(id.p + id.n - rest->p), rest->n) : STR_NONE;
}

static bool read_rows(struct walk *w, char party[2][24], char claim[24])
{
    char path[80];
    snprintf(path, sizeof path, "/api/v1/matters/%s", w->id);
    if (!told(w, load_ask(w->x, "GET", path, "", STR("")) == 200))
        return false;
    struct str rest = w->x->body;
    row_id(&rest, "\"parties\":[", party[0]);
    row_id(&rest, NULL, party[1]);
    row_id(&rest, "\"claims\":[", claim);
    return claim[0];
}

bool life(struct load *x, const struct city *c,
          void (*after)(void *ctx, int step, const struct load *x), void *ctx)
{
    struct walk w = { .x = x, .c = c, .after = after, .ctx = ctx };
    char party[2][24] = { "" }, claim[24] = "", assign[80], conclude[200], answers[200];
    snprintf(assign, sizeof assign, "{\"org\":\"%s\",\"reason\":\"就近调解\"}", c->body);
    if (!file(&w) || !act(&w, CLERK, "accept", "{}") || !act(&w, DISPATCHER, "assign", assign)
        || !act(&w, MEDIATOR, "take", "{\"disclosed\":true}") || !read_rows(&w, party, claim))
        return false;
    snprintf(conclude, sizeof conclude, "{\"outcomes\":[{\"claim\":\"%s\",\"outcome\":\"settled\","
             "\"settled\":200000}],\"summary\":\"已达成协议，分两次付清\"}", claim);
    snprintf(answers, sizeof answers, "{\"answers\":[{\"party\":\"%s\",\"answer\":\"yes\"},"
             "{\"party\":\"%s\",\"answer\":\"yes\"}]}", party[0], party[1]);
    return act(&w, MEDIATOR, "conclude", conclude)
        && act(&w, MEDIATOR, "reply", "{\"text\":\"双方已达成协议\",\"channel\":\"phone\"}")
        && act(&w, CLERK, "close", answers);
}

bool ask_life(struct load *x, void *ctx, int64_t i UNUSED)
{
    return life(x, ctx, NULL, NULL);
}
