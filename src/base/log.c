#include "base/log.h"
#include "base/buf.h"
#include "base/stamp.h"
#include <stdarg.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 4096 };

static enum log_level least_level = LOG_INFO;
static _Thread_local char request_id[40];

void log_start(enum log_level least)
{
    least_level = least;
}

void log_request(struct str id)
{
    size_t n = MIN(id.n, sizeof request_id - 1);
    if (n)
        memcpy(request_id, id.p, n);
    request_id[n] = 0;
}

static void put_text(struct buf *b, const char *text)
{
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '"' || c == '\\')
            buf_addf(b, "\\%c", c);
        else if (c < 0x20)
            buf_addf(b, "\\u%04x", c);
        else
            buf_add_char(b, *p);
    }
}

void log_event(enum log_level level, const char *event, const char *fmt, ...)
{
    static const char *const names[] = { "debug", "info", "warn", "error", "none" };
    if (level < least_level)
        return;
    char text[1024], at[32];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    stamp_format(stamp_now(), at);
    AUTO(buf_done) struct buf b;
    buf_init(&b, (size_t)LINE_MAX_BYTES * 2);
    buf_addf(&b, "{\"at\":\"%s\",\"level\":\"%s\",\"event\":\"%s\"", at, names[level], event);
    if (request_id[0])
        buf_addf(&b, ",\"req\":\"%s\"", request_id);
    buf_add(&b, STR(",\"text\":\""));
    put_text(&b, text);
    buf_add(&b, STR("\"}\n"));
    ssize_t wrote UNUSED = write(STDERR_FILENO, b.p, b.n);   /* one write: lines do not mix */
}
