/* notice_rule.c - rules/notices.csv: who is told what of which event. */
#include "app/notice.h"

#define X(id, slug) slug,
static const char *const tos[] = { NOTICE_TOS(X) };
#undef X
static const char *const onlys[] = { "", "danger", "calm" };

static size_t place(const char *const *v, size_t n, struct str s)
{
    size_t i = 0;
    while (i < n && !str_is(s, v[i]))
        i++;
    return i;
}

static size_t class_of(struct str s)
{
    size_t i = 0;
    while (i < notice_class_names.n && !str_is(s, notice_class_names.v[i].slug))
        i++;
    return i;
}

static bool wrong(struct err *e, const char *field, struct str s)
{
    return err_fieldf(e, ERR_BAD_VALUE, field, "%.*s", STR_ARG(str_sub(s, 0, 60)));
}

static bool media_parse(struct str s, unsigned *out)
{
    struct str word;
    *out = 0;
    for (bool more = s.n > 0; more;) {
        more = str_cut(s, ' ', &word, &s);
        if (str_is(word, "sms"))
            *out |= MEDIUM_SMS;
        else if (str_is(word, "email"))
            *out |= MEDIUM_EMAIL;
        else if (!str_is(word, "in_app"))
            return false;
    }
    return true;
}

/* The three places, and no other brace. */
static bool words_ok(struct str s)
{
    static const char *const places[] = { "{number}", "{what}", "{due}" };
    for (size_t i = 0; i < s.n; i++) {
        size_t k = 0;
        if (s.p[i] == '}')
            return false;
        if (s.p[i] != '{')
            continue;
        while (k < COUNT(places) && !str_starts(str_sub(s, i, s.n), str_of(places[k])))
            k++;
        if (k == COUNT(places))
            return false;
        i += strlen(places[k]) - 1;
    }
    return true;
}

static bool is_one(struct str s, const char *yes, bool *out)
{
    *out = str_is(s, yes);
    return *out || !s.n;
}

bool notice_rule_parse(const struct code_entry *x, struct arena *a, struct notice_rule *out,
                       struct err *e)
{
    struct str to = code_extra(x, a, "to"), class = code_extra(x, a, "class");
    struct str only = code_extra(x, a, "only"), media = code_extra(x, a, "media");
    struct str pace = code_extra(x, a, "pace"), quiet = code_extra(x, a, "quiet");
    struct str otherwise = code_extra(x, a, "otherwise");
    size_t to_at = place(tos, COUNT(tos), to), class_at = class_of(class);
    size_t only_at = place(onlys, COUNT(onlys), only);
    *out = (struct notice_rule){
        .code = x->code, .event = code_extra(x, a, "event"), .zh = x->zh, .en = x->en,
        .to = (enum notice_to)to_at, .class = (enum notice_class)class_at,
        .only = (enum notice_only)only_at, .digest = str_is(pace, "digest"),
    };
    if (!out->event.n)
        return wrong(e, "event", out->event);
    if (to_at == COUNT(tos))
        return wrong(e, "to", to);
    if (class_at == notice_class_names.n)
        return wrong(e, "class", class);
    if (only_at == COUNT(onlys))
        return wrong(e, "only", only);
    if (!media_parse(media, &out->media))
        return wrong(e, "media", media);
    if (!out->digest && !str_is(pace, "at_once"))
        return wrong(e, "pace", pace);
    if (!is_one(quiet, "ignore", &out->urgent))
        return wrong(e, "quiet", quiet);
    if (!is_one(otherwise, "task", &out->task))
        return wrong(e, "otherwise", otherwise);
    return (words_ok(x->zh) || wrong(e, "zh", x->zh)) && (words_ok(x->en) || wrong(e, "en", x->en));
}

static void put_due(struct stamp t, enum lang lang, struct buf *b)
{
    char text[32];
    if (!t.ms) {
        buf_add(b, lang == LANG_ZH ? STR("未定") : STR("not set"));
        return;
    }
    stamp_format(t, text);              /* 2026-11-21T09:30:… */
    buf_addf(b, "%.10s %.5s", text, text + 11);
}

struct str notice_text(struct arena *a, const struct notice_rule *x, enum lang lang,
                       const struct notice_words *w)
{
    AUTO(buf_done) struct buf b;
    struct str s = lang == LANG_ZH ? x->zh : x->en;
    buf_init(&b, 2000);
    for (size_t i = 0; i < s.n;) {
        struct str rest = str_sub(s, i, s.n);
        size_t open = str_find(rest, STR("{"));
        buf_add(&b, str_sub(rest, 0, open));
        if (open == rest.n)
            break;
        rest = str_sub(rest, open, rest.n);
        if (str_starts(rest, STR("{number}")))
            buf_add(&b, w->number);
        else if (str_starts(rest, STR("{what}")))
            buf_add(&b, w->what);
        else
            put_due(w->due, lang, &b);
        i += open + str_find(rest, STR("}")) + 1;
    }
    return arena_dup(a, buf_str(&b));
}
