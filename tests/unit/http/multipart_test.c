/* multipart_test.c - forms in pieces of every size, and forms that are none. */
#include "http/multipart.h"
#include "tap.h"

struct seen { struct buf b; struct arena a; int refuse_after; };

static bool on_begin(void *ctx, const struct part *p, struct err *e)
{
    struct seen *s = ctx;
    if (s->refuse_after-- == 0)
        return err_set(e, ERR_TOO_MANY);
    buf_addf(&s->b, "[%.*s|%.*s|%.*s|%d:", STR_ARG(p->name), STR_ARG(p->filename), STR_ARG(p->media),
             p->is_file);
    return true;
}
static bool on_data(void *ctx, struct str bytes, struct err *e UNUSED)
{
    buf_add(&((struct seen *)ctx)->b, bytes);
    return true;
}
static bool on_end(void *ctx, struct err *e UNUSED)
{
    buf_add(&((struct seen *)ctx)->b, STR("]"));
    return true;
}

/* Feeds text in pieces of step bytes; what the sink saw, or the error's slug. */
static struct str run(struct seen *s, const char *boundary, struct str text, size_t step)
{
    struct err e = { 0 };
    struct multipart_sink sink = { s, on_begin, on_data, on_end };
    arena_done(&s->a);
    buf_clear(&s->b);
    s->refuse_after = 1000;
    struct multipart *m = multipart_open(&s->a, str_of(boundary), &sink, &e);
    bool ok = m != NULL;
    for (size_t at = 0; ok && at < text.n; at += step)
        ok = multipart_feed(m, str_sub(text, at, step), &e);
    ok = ok && multipart_end(m, &e);
    return ok ? buf_str(&s->b) : str_of(err_slug(e.id));
}
#define HEAD(n) "Content-Disposition: form-data; name=\"" n "\"\r\n\r\n"

static void test_multipart__rows(void)
{
    static const struct { const char *text, *want; } rows[] = {
        { "--B\r\n" HEAD("a") "1\r\n--B--\r\n", "[a|||0:1]" },
        { "--B\r\n" HEAD("a") "\r\n--B--", "[a|||0:]" },
        { "--B\r\n" HEAD("a") "1\r\n--B\r\n" HEAD("b") "2\r\n--B--epilogue", "[a|||0:1][b|||0:2]" },
        { "--B\r\n" HEAD("a") "\r\n\r\n--\r\n--A\r\r\n-\r\n--B--", "[a|||0:\r\n\r\n--\r\n--A\r\r\n-]" },
        { "--B\r\n" HEAD("a") "\r\r\n--B--", "[a|||0:\r]" },
        { "--B\r\nContent-Type: image/png; x=y\r\nCONTENT-DISPOSITION: form-data; name=f; "
          "filename=\"a;b.png\"\r\n\r\nx\r\n--B--", "[f|a;b.png|image/png|1:x]" },
        { "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n\r\n--B--",
          "[f|||1:]" },
        { "--B\r\nContent-Disposition: form-data; filename=\"a\"; filename*=UTF-8''%E6%BC%8F; "
          "name=\"f\"\r\n\r\n\r\n--B--", "[f|漏||1:]" },
        { "", "invalid" }, { "--B--", "" }, { "--B", "invalid" }, { "--B\r\n", "invalid" },
        { "x--B\r\n" HEAD("a") "1\r\n--B--", "invalid" },
        { "--C\r\n" HEAD("a") "1\r\n--C--", "invalid" },
        { "--B\r\n\r\n1\r\n--B--", "invalid" },
        { "--B\r\nContent-Disposition: form-data\r\n\r\n1\r\n--B--", "invalid" },
        { "--B\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--B--", "invalid" },
        { "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--B--", "invalid" },
        { "--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--B--", "invalid" },
        { "--B\r\n" HEAD("a") "1\r\n--B-x", "invalid" },
        { "--B\r\n" HEAD("a") "1\r\n--Bx", "invalid" },
        { "--B\r\n" HEAD("a") "1", "invalid" },
    };
    struct seen s = { .refuse_after = 0 };
    buf_init(&s.b, 100000);
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t step = 1; step < 8; step = step * 2 + 1)
            if (!OK_STR(run(&s, "B", str_of(rows[i].text), step), rows[i].want))
                printf("#   for row %zu in steps of %zu\n", i, step);
    buf_done(&s.b);
    arena_done(&s.a);
}

static void test_multipart__bounds(void)
{
    static const char *const bad[] = { "", " ", "a ", "a\"b", "a\rb", "漏", "{}",
        "0123456789012345678901234567890123456789012345678901234567890123456789x" };
    struct seen s = { .refuse_after = 0 };
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1 << 20);
    buf_init(&s.b, 1 << 20);
    for (size_t i = 0; i < COUNT(bad); i++)
        OK_STR(run(&s, bad[i], STR("--B--"), 1), "invalid");
    buf_add(&b, STR("--B\r\nX: "));
    for (int i = 0; i < 5000; i++)
        buf_add_char(&b, 'x');
    OK_STR(run(&s, "B", buf_str(&b), 100), "invalid");
    buf_clear(&b);
    for (int i = 0; i <= MULTIPART_PARTS_MAX; i++)
        buf_add(&b, STR("--B\r\n" HEAD("a") "1\r\n"));
    buf_add(&b, STR("--B--"));
    OK_STR(run(&s, "B", buf_str(&b), 1000), "invalid");
    buf_done(&s.b);
    arena_done(&s.a);
}

static void test_header_filename__rows(void)
{
    static const struct { const char *raw, *want; } rows[] = {
        { "a.png", "a.png" }, { "C:\\x\\y.png", "y.png" }, { "../../etc/passwd", "passwd" },
        { "/", "" }, { "a/..", "" }, { ".", "" }, { "a\tb\n.c", "ab.c" },
        { ".\t.", "" }, { "a\xff", "" }, { "a\x01" "b", "ab" }, { "证据\xE2\x80\xAEgpj.exe", "证据gpj.exe" },
    };
    struct arena a = { 0 };
    for (size_t i = 0; i < COUNT(rows); i++)
        OK_STR(header_filename(&a, str_of(rows[i].raw)), rows[i].want);
    char name[3 * 300 + 1] = "";
    for (size_t i = 0; i < 300; i++)
        memcpy(name + 3 * i, "漏", 3);
    OK_INT(header_filename(&a, (struct str){ name, 900 }).n, 600);
    arena_done(&a);
}

int main(void)
{
    test_multipart__rows();
    test_multipart__bounds();
    test_header_filename__rows();
    return tap_end();
}
