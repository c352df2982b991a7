#include "app/mail.h"
#include "base/utf8.h"
#include "crypt/base64.h"

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool all_of(struct str s, const char *signs)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_alnum(s.p[i]) && (!s.p[i] || !strchr(signs, s.p[i])))
            return false;
    return true;
}

/* Parts between dots are neither empty nor begin or end with a hyphen. */
static bool labels_ok(struct str s, bool hyphens)
{
    struct str one;
    for (bool more = true; more;) {
        more = str_cut(s, '.', &one, &s);
        if (!one.n || (hyphens && (one.p[0] == '-' || one.p[one.n - 1] == '-')))
            return false;
    }
    return true;
}

bool mail_address_ok(struct str s)
{
    struct str left, right;
    return s.n <= MAIL_ADDRESS_MAX && str_cut(s, '@', &left, &right) && left.n && left.n <= 64
        && all_of(left, ".!#$%&'*+-/=?^_{|}~") && labels_ok(left, false)
        && all_of(right, ".-") && labels_ok(right, true) && str_find(right, STR(".")) < right.n;
}

struct str mail_address_mask(struct arena *a, struct str s)
{
    struct str left, right;
    if (!str_cut(s, '@', &left, &right) || left.n < 2)
        return STR("***");
    return arena_printf(a, "%c***@%.*s", left.p[0], STR_ARG(right));
}

/* "Sat, 21 Nov 2026 09:30:00 +0800" */
static void put_date(struct stamp t, struct buf *b)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
                                          "Sep", "Oct", "Nov", "Dec" };
    struct day d = day_of_stamp(t);
    struct civil c = civil_of_day(d);
    int64_t s = (t.ms - stamp_of_day(d).ms) / STAMP_SECOND;
    buf_addf(b, "Date: %s, %d %s %04d %02d:%02d:%02d +0800\r\n", days[weekday(d)], c.day,
             months[c.month - 1], c.year, (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

/* Encoded words (RFC 2047) of whole characters, at most 75 bytes each. */
static void put_subject(struct str s, struct arena *a, struct buf *b)
{
    enum { WORD = 45 };
    const char *lead = "Subject: ";
    while (s.n || lead) {
        struct str word = utf8_cut(s, WORD);
        buf_addf(b, "%s=?UTF-8?B?%.*s?=\r\n", lead ? lead : " ", STR_ARG(base64_padded(a, word)));
        s = str_sub(s, word.n, s.n);
        lead = NULL;
    }
}

static void put_body(struct str body, struct arena *a, struct buf *b)
{
    enum { LINE = 76 };
    struct str text = base64_padded(a, body);
    for (size_t at = 0; at < text.n; at += LINE) {
        buf_add(b, str_sub(text, at, LINE));
        buf_add(b, STR("\r\n"));
    }
}

bool mail_write(const struct mail *m, struct arena *a, struct buf *b, struct err *e)
{
    struct str left, domain;
    if (!mail_address_ok(m->from))
        return err_fieldf(e, ERR_BAD_VALUE, "from", "%s", "local@domain");
    if (!mail_address_ok(m->to))
        return err_fieldf(e, ERR_BAD_VALUE, "to", "%s", "local@domain");
    if (!m->id.n || m->id.n > 64 || !all_of(m->id, ""))
        return err_fieldf(e, ERR_BAD_VALUE, "id", "%s", "a-z 0-9");
    str_cut(m->from, '@', &left, &domain);
    buf_addf(b, "From: <%.*s>\r\nTo: <%.*s>\r\n", STR_ARG(m->from), STR_ARG(m->to));
    put_date(m->at, b);
    buf_addf(b, "Message-ID: <%.*s@%.*s>\r\n", STR_ARG(m->id), STR_ARG(domain));
    put_subject(utf8_clean(a, m->subject), a, b);
    buf_add(b, STR("Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                   "Content-Type: text/plain; charset=utf-8\r\n"
                   "Content-Transfer-Encoding: base64\r\n\r\n"));
    put_body(m->body, a, b);
    return buf_ok(b) || err_setf(e, ERR_TOO_LARGE, "%zu", b->max);
}
