/* mail_send.c - an e-mail to its server, by libcurl. */
#include "app/mail.h"
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TIMEOUT_MS = 30000, MESSAGE_MAX = 64 << 10, SECRET_MAX = 1000 };

/* host of scheme://host:port. */
static bool is_loopback(struct str url)
{
    static const char *const here[] = { "127.0.0.1", "localhost", "[::1]" };
    struct str rest = str_sub(url, str_find(url, STR("://")) + 3, url.n);
    for (size_t i = 0; i < COUNT(here); i++) {
        struct str name = str_of(here[i]);
        if (str_starts(rest, name) && (rest.n == name.n || rest.p[name.n] == ':'))
            return true;
    }
    return false;
}

/* Nothing but a scheme, a host and a port: what else a URL may hold (a user, a
 * path) has no place here. */
static bool url_ok(struct str url)
{
    bool scheme = str_starts(url, STR("smtp://")) || str_starts(url, STR("smtps://"));
    struct str rest = str_sub(url, str_find(url, STR("://")) + 3, url.n);
    for (size_t i = 0; i < rest.n; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]",
                    rest.p[i]))
            return false;
    return scheme && rest.n;
}

static bool read_secret(struct str path, struct arena *a, const char **out, struct err *e)
{
    struct stat st;
    char *p = arena_alloc(a, SECRET_MAX + 1);
    int fd = open(arena_cstr(a, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return err_setf(e, ERR_CONFIG, "smtp_secret: %s", strerror(errno));
    bool mine = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && !(st.st_mode & 077);
    ssize_t n = mine ? read(fd, p, SECRET_MAX) : -1;
    close(fd);
    if (!mine)
        return err_setf(e, ERR_KEY_FILE_MODE, "%.*s", STR_ARG(path));
    struct str text = str_trim((struct str){ p, (size_t)MAX(n, 0) });
    if (!text.n || str_find(text, STR("\n")) < text.n)
        return err_setf(e, ERR_CONFIG, "%s", "smtp_secret: one line");
    *out = arena_cstr(a, text);
    return true;
}

bool mail_server_of(const struct config *c, struct arena *a, struct mail_server *out,
                    struct err *e)
{
    *out = (struct mail_server){ .timeout_ms = TIMEOUT_MS };
    if (!c->smtp_url.n)
        return true;
    if (!url_ok(c->smtp_url))
        return err_setf(e, ERR_CONFIG, "%s", "smtp_url: smtp://host:port, smtps://host:port");
    if (!mail_address_ok(c->smtp_from))
        return err_setf(e, ERR_CONFIG, "%s", "smtp_from: local@domain");
    if (c->smtp_user.n && !c->smtp_secret.n)
        return err_setf(e, ERR_CONFIG, "%s", "smtp_user: smtp_secret");
    if (c->smtp_user.n && !read_secret(c->smtp_secret, a, &out->password, e))
        return false;
    out->user = c->smtp_user.n ? arena_cstr(a, c->smtp_user) : NULL;
    out->ca = c->smtp_ca.n ? arena_cstr(a, c->smtp_ca) : NULL;
    out->loopback = is_loopback(c->smtp_url);
    out->url = arena_cstr(a, c->smtp_url);
    return true;
}

struct reading { struct str rest; };

static size_t read_more(char *out, size_t size, size_t n, void *ctx)
{
    struct reading *x = ctx;
    struct str some = str_sub(x->rest, 0, size * n);
    if (some.n)
        memcpy(out, some.p, some.n);
    x->rest = str_sub(x->rest, some.n, x->rest.n);
    return some.n;
}

static void set_server(CURL *c, const struct mail_server *s)
{
    curl_easy_setopt(c, CURLOPT_URL, s->url);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)s->timeout_ms);
    curl_easy_setopt(c, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)MAX(s->timeout_ms / 1000, 1));
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)MIN(s->timeout_ms, 10000));
    curl_easy_setopt(c, CURLOPT_USE_SSL,
                     (long)(s->loopback && !s->ca ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (s->ca)
        curl_easy_setopt(c, CURLOPT_CAINFO, s->ca);
    if (s->user) {
        curl_easy_setopt(c, CURLOPT_USERNAME, s->user);
        curl_easy_setopt(c, CURLOPT_PASSWORD, s->password);
    }
}

/* What the server said something to, if only that it does not want it. */
static bool spoken(CURLcode got)
{
    return got == CURLE_SEND_ERROR || got == CURLE_RECV_ERROR || got == CURLE_WEIRD_SERVER_REPLY
        || got == CURLE_UPLOAD_FAILED;
}

/* Why it failed, in a word for whoever shows it in the reader's language; the code after
 * it is the library's, or the server's own. */
static const char *word_for(CURLcode got)
{
    static const struct { CURLcode code; const char *word; } words[] = {
        { CURLE_COULDNT_RESOLVE_HOST, "no-host" },   { CURLE_COULDNT_CONNECT, "no-connection" },
        { CURLE_OPERATION_TIMEDOUT, "timeout" },     { CURLE_LOGIN_DENIED, "login" },
        { CURLE_USE_SSL_FAILED, "tls" },             { CURLE_SSL_CONNECT_ERROR, "tls" },
        { CURLE_PEER_FAILED_VERIFICATION, "tls" },   { CURLE_SSL_CACERT_BADFILE, "tls" },
        { CURLE_SSL_CERTPROBLEM, "tls" },
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (words[i].code == got)
            return words[i].word;
    return "broken-off";
}

/* The server's last word decides; without one it is tried again. */
static enum mail_result judge(CURL *c, CURLcode got, char why[80])
{
    long code = 0;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &code);
    if (got == CURLE_OK)
        return MAIL_SENT;
    bool refused = spoken(got);
    if (refused && code >= 400)
        snprintf(why, 80, "refused smtp-%ld", code);
    else
        snprintf(why, 80, "%s curl-%d", word_for(got), (int)got);
    return refused && code >= 500 && code < 600 ? MAIL_NEVER : MAIL_LATER;
}

static enum mail_result hand_over(CURL *c, const struct mail_server *s, const struct mail *m,
                                  struct arena *a, struct str text, char why[80])
{
    struct reading x = { text };
    struct curl_slist *to = curl_slist_append(NULL, arena_printf(a, "<%.*s>", STR_ARG(m->to)).p);
    set_server(c, s);
    curl_easy_setopt(c, CURLOPT_MAIL_FROM, arena_printf(a, "<%.*s>", STR_ARG(m->from)).p);
    curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, read_more);
    curl_easy_setopt(c, CURLOPT_READDATA, &x);
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    enum mail_result result = judge(c, curl_easy_perform(c), why);
    curl_slist_free_all(to);
    return result;
}

enum mail_result mail_send(const struct mail_server *s, const struct mail *m, char why[80])
{
    AUTO(arena_done) struct arena a = { 0 };
    AUTO(buf_done) struct buf b;
    struct err e = { 0 };
    buf_init(&b, MESSAGE_MAX);
    why[0] = '\0';
    if (!mail_write(m, &a, &b, &e)) {
        snprintf(why, 80, "message %s-%s", err_slug(e.id), e.field);
        return MAIL_NEVER;
    }
    CURL *c = curl_easy_init();
    if (!c) {
        snprintf(why, 80, "no-memory");
        return MAIL_LATER;
    }
    enum mail_result result = hand_over(c, s, m, &a, buf_str(&b), why);
    curl_easy_cleanup(c);
    return result;
}
