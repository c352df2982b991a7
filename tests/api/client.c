#include "client.h"
#include "base/buf.h"
#include <ctype.h>
#include <curl/curl.h>
#include <jansson.h>

enum { SECONDS_MAX = 30, ANSWER_MAX = 32 << 20 };
#define PASSWORD "fengqiao-2026"

struct actor { struct str login, csrf; CURL *h; };
struct client {
    struct arena a;
    unsigned port;
    VEC(struct actor *) actors;
};

struct client *client_open(unsigned port)
{
    struct arena a = { 0 };
    struct client *c = arena_new(&a, struct client);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    c->a = a;
    c->port = port;
    return c;
}

void client_move(struct client *c, unsigned port)
{
    c->port = port;
}

void client_close(struct client *c)
{
    for (size_t i = 0; i < c->actors.n; i++)
        curl_easy_cleanup(c->actors.v[i]->h);
    struct arena a = c->a;
    arena_done(&a);
}

static struct actor *actor_of(struct client *c, struct str login)
{
    for (size_t i = 0; i < c->actors.n; i++)
        if (str_eq(c->actors.v[i]->login, login))
            return c->actors.v[i];
    struct actor *x = arena_new(&c->a, struct actor);
    *x = (struct actor){ .login = arena_dup(&c->a, login), .h = curl_easy_init() };
    vec_push(&c->a, &c->actors, x);
    return x;
}

/* ---- one transfer ---- */

struct transfer { struct arena *a; struct answer *out; struct buf body; };

static size_t on_body(char *p, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;
    buf_add(&t->body, (struct str){ p, size * n });
    return buf_ok(&t->body) ? size * n : 0;
}

static size_t on_header(char *p, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;
    struct str line = { p, size * n };
    struct pair h;
    if (str_cut(line, ':', &h.name, &h.value)) {
        h.name = arena_dup(t->a, h.name);
        h.value = arena_dup(t->a, str_trim(h.value));
        vec_push(t->a, &t->out->headers, h);
    }
    return size * n;
}

static bool is_sent(const struct ask *q, const char *name)
{
    for (size_t i = 0; i < q->headers_n; i++)
        if (str_eq_nocase(q->headers[i].name, str_of(name)))
            return true;
    return false;
}

static struct curl_slist *put_header(struct curl_slist *list, struct arena *a, const char *name,
                                     struct str value)
{
    /* libcurl drops a header without a value unless it ends in ; */
    return curl_slist_append(list, value.n
        ? arena_printf(a, "%s: %.*s", name, STR_ARG(value)).p : arena_printf(a, "%s;", name).p);
}

static struct curl_slist *all_headers(struct arena *a, const struct actor *x, const struct ask *q)
{
    struct curl_slist *list = curl_slist_append(NULL, "Expect:");
    if (x->csrf.n && !str_is(q->method, "GET") && !is_sent(q, "X-CSRF"))
        list = put_header(list, a, "X-CSRF", x->csrf);
    if (q->has_body && !is_sent(q, "Content-Type"))
        list = put_header(list, a, "Content-Type", STR("application/json"));
    for (size_t i = 0; i < q->headers_n; i++)
        list = put_header(list, a, arena_cstr(a, q->headers[i].name), q->headers[i].value);
    return list;
}

static curl_mime *form_of(CURL *h, struct arena *a, const struct ask *q)
{
    curl_mime *form = curl_mime_init(h);
    for (size_t i = 0; i < q->parts_n; i++) {
        const struct form_part *p = &q->parts[i];
        curl_mimepart *part = curl_mime_addpart(form);
        curl_mime_name(part, arena_cstr(a, p->name));
        curl_mime_data(part, p->value.p ? p->value.p : "", p->value.n);
        if (p->file.n) {
            curl_mime_filename(part, arena_cstr(a, p->file));
            curl_mime_type(part, arena_cstr(a, p->media));
        }
    }
    return form;
}

static void prepare(CURL *h, struct arena *a, struct client *c, const struct ask *q,
                    struct transfer *t)
{
    struct str url = arena_printf(a, "http://127.0.0.1:%u%.*s", c->port, STR_ARG(q->target));
    curl_easy_reset(h);                 /* cookies and the connection stay */
    curl_easy_setopt(h, CURLOPT_COOKIEFILE, "");
    curl_easy_setopt(h, CURLOPT_URL, url.p);
    curl_easy_setopt(h, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(h, CURLOPT_TIMEOUT, (long)SECONDS_MAX);
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(h, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(h, CURLOPT_NOBODY, str_is(q->method, "HEAD") ? 1L : 0L);
    curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, arena_cstr(a, q->method));
    if (q->has_body || (!q->parts_n && str_is(q->method, "POST"))) {
        curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)q->body.n);
        curl_easy_setopt(h, CURLOPT_COPYPOSTFIELDS, q->body.p ? q->body.p : "");
    }
}

static bool ask_as(struct client *c, struct actor *x, struct arena *a, const struct ask *q,
                   struct answer *out, struct str *why)
{
    struct transfer t = { .a = a, .out = out };
    long status = 0;
    *out = (struct answer){ 0 };
    buf_init(&t.body, ANSWER_MAX);
    prepare(x->h, a, c, q, &t);
    struct curl_slist *headers = all_headers(a, x, q);
    curl_easy_setopt(x->h, CURLOPT_HTTPHEADER, headers);
    curl_mime *form = q->parts_n ? form_of(x->h, a, q) : NULL;
    if (form)
        curl_easy_setopt(x->h, CURLOPT_MIMEPOST, form);
    CURLcode code = curl_easy_perform(x->h);
    curl_easy_getinfo(x->h, CURLINFO_RESPONSE_CODE, &status);
    curl_mime_free(form);
    curl_slist_free_all(headers);
    out->status = (int)status;
    out->body = arena_dup(a, buf_str(&t.body));
    buf_done(&t.body);
    if (code != CURLE_OK)
        *why = str_of(curl_easy_strerror(code));
    return code == CURLE_OK;
}

bool client_ask(struct client *c, struct arena *a, const struct ask *q, struct answer *out,
                struct str *why)
{
    return ask_as(c, actor_of(c, q->actor), a, q, out, why);
}

static void forget(struct actor *x)
{
    curl_easy_setopt(x->h, CURLOPT_COOKIELIST, "ALL");
    x->csrf = STR_NONE;
}

void client_forget(struct client *c, struct str login)
{
    forget(actor_of(c, login));
}

void client_forget_all(struct client *c)
{
    for (size_t i = 0; i < c->actors.n; i++)
        forget(c->actors.v[i]);
}

struct str answer_header(const struct answer *x, const char *name)
{
    for (size_t i = 0; i < x->headers.n; i++)
        if (str_eq_nocase(x->headers.v[i].name, str_of(name)))
            return x->headers.v[i].value;
    return STR("");
}

/* ---- signing in ---- */

static bool post(struct client *c, struct arena *a, struct actor *x, const char *target,
                 struct str body, struct answer *out, struct str *why)
{
    struct ask q = { .method = STR("POST"), .target = str_of(target), .body = body,
                     .has_body = true };
    return ask_as(c, x, a, &q, out, why);
}

static bool keep_csrf(struct client *c, struct arena *a, struct actor *x, const struct answer *y,
                      struct str *why)
{
    json_t *j = json_loadb(y->body.p, y->body.n, 0, NULL);
    const char *csrf = json_string_value(json_object_get(j, "csrf"));
    bool ok = y->status < 300 && csrf;
    if (ok)
        x->csrf = arena_dup(&c->a, str_of(csrf));
    else
        *why = arena_printf(a, "cannot sign in as %.*s: %d %.*s", STR_ARG(x->login), y->status,
                            STR_ARG(y->body));
    json_decref(j);
    return ok;
}

static bool is_phone(struct str login)
{
    return login.n == 11 && isdigit((unsigned char)login.p[0]) && isdigit((unsigned char)login.p[10]);
}

/* The run of six digits in the newest message of the outbox. */
static bool code_in_outbox(struct client *c, struct arena *a, struct str *code, struct str *why)
{
    struct answer y;
    struct ask q = { .method = STR("GET"), .target = STR("/api/v1/demo/outbox") };
    if (!client_ask(c, a, &q, &y, why))
        return false;
    size_t run = 0;
    for (size_t i = 0; i <= y.body.n; i++) {
        bool digit = i < y.body.n && isdigit((unsigned char)y.body.p[i]);
        if (!digit && run == 6) {
            *code = str_sub(y.body, i - 6, 6);
            return true;
        }
        run = digit ? run + 1 : 0;
    }
    *why = arena_printf(a, "no code in the outbox: %d %.300s", y.status, y.body.p);
    return false;
}

static bool sign_in_resident(struct client *c, struct arena *a, struct actor *x, struct str *why)
{
    struct answer y;
    struct str code, ask_code = arena_printf(a, "{\"phone\":\"%.*s\"}", STR_ARG(x->login));
    if (!post(c, a, x, "/api/v1/door/code", ask_code, &y, why)
        || !code_in_outbox(c, a, &code, why))
        return false;
    struct str body = arena_printf(a, "{\"phone\":\"%.*s\",\"code\":\"%.*s\"}", STR_ARG(x->login),
                                   STR_ARG(code));
    return post(c, a, x, "/api/v1/door/session", body, &y, why) && keep_csrf(c, a, x, &y, why);
}

bool client_sign_in(struct client *c, struct arena *a, struct str login, struct str *why)
{
    struct actor *x = actor_of(c, login);
    struct answer y;
    if (!login.n || x->csrf.n)
        return true;
    if (is_phone(login))
        return sign_in_resident(c, a, x, why);
    struct str body = arena_printf(a, "{\"login\":\"%.*s\",\"password\":\"" PASSWORD "\"}",
                                   STR_ARG(login));
    return post(c, a, x, "/api/v1/session", body, &y, why) && keep_csrf(c, a, x, &y, why);
}
