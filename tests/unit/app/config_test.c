/* Settings: which source wins, and what a wrong one is told. */
#include "app/config.h"
#include "tap.h"
#include <unistd.h>

static struct arena a;

static void refused(const char *file, const char *want)
{
    struct config c = { 0 };
    struct err e = { 0 };
    OK(!config_parse(&c, &a, str_of(file), STR("etc/f.conf"), &e));
    OK_INT(e.id, ERR_CONFIG);
    if (!OK(strstr(e.arg, want) != NULL))
        printf("#   got    %s\n#   wanted %s\n", e.arg, want);
}

static void test_parse__names_file_line_and_setting(void)
{
    refused("desk = 1.2.3.4:1\nnonsense\n", "etc/f.conf:2: name = value");
    refused("# one\n\n  colour = red\n", "etc/f.conf:3: colour");
    refused("threads = many\n", "etc/f.conf:1: threads");
    refused("threads = 65\n", "etc/f.conf:1: threads");
    refused("demo = perhaps\n", "etc/f.conf:1: demo");
    refused("home_code = 440600\n", "etc/f.conf:1: home_code");
}

static void test_parse__takes_blanks_comments_and_signs(void)
{
    struct config c = { 0 };
    struct err e = { 0 };
    OK(config_parse(&c, &a, STR("# x\r\n  data=/srv/a=b \n\nthreads = 3\ndemo = true"), STR("f"), &e));
    OK_STR(c.data, "/srv/a=b");
    OK(c.threads == 3 && c.demo);
}

static void test_load__file_then_environment_then_command_line(void)
{
    char path[] = "/tmp/fengqiao-config-XXXXXX";
    static const char body[] = "log = warn\nthreads = 2\nsession_hours = 5\n";
    int fd = mkstemp(path);
    OK(fd >= 0 && write(fd, body, sizeof body - 1) == (ssize_t)sizeof body - 1);
    close(fd);
    struct config c = { 0 };
    struct err e = { 0 };
    struct str set[] = { STR("threads=9") };
    setenv("FENGQIAO_THREADS", "7", 1);
    setenv("FENGQIAO_LOG", "error", 1);
    OK(config_load(&c, &a, str_of(path), set, 1, &e));
    OK_INT(c.threads, 9);
    OK_STR(c.log, "error");
    OK_INT(c.session_hours, 5);
    OK_INT(c.idle_minutes, 120);
    OK(config_load(&c, &a, str_of(path), NULL, 0, &e));
    OK_INT(c.threads, 7);
    setenv("FENGQIAO_THREADS", "x", 1);
    OK(!config_load(&c, &a, STR(""), NULL, 0, &e) && strstr(e.arg, "FENGQIAO_THREADS"));
    unsetenv("FENGQIAO_THREADS");
    unsetenv("FENGQIAO_LOG");
    err_clear(&e);
    OK(config_load(&c, &a, str_of(path), NULL, 0, &e));
    OK(c.threads == 2 && str_is(c.log, "warn"));
    struct str wrong[] = { STR("threads") };
    OK(!config_load(&c, &a, STR(""), wrong, 1, &e) && strstr(e.arg, "--set:1"));
    unlink(path);
    err_clear(&e);
    OK(!config_load(&c, &a, str_of(path), NULL, 0, &e) && strstr(e.arg, path));
}

static void test_address__is_taken_apart(void)
{
    static const struct { const char *s, *host; unsigned port; bool ok; } rows[] = {
        { "127.0.0.1:8080", "127.0.0.1", 8080, true }, { "[::1]:0", "[::1]", 0, true },
        { "8080", "", 0, false }, { ":8080", "", 0, false }, { "a:65536", "", 0, false },
        { "a:-1", "", 0, false }, { "a:", "", 0, false }, { "", "", 0, false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e = { 0 };
        const char *host = NULL;
        unsigned port = 0;
        bool ok = config_address(str_of(rows[i].s), &a, &host, &port, &e);
        OK(ok == rows[i].ok && (!ok || (!strcmp(host, rows[i].host) && port == rows[i].port)));
    }
}

static void test_print__can_be_read_again(void)
{
    struct config c = { 0 }, again = { 0 };
    struct err e = { 0 };
    struct buf b;
    buf_init(&b, 1 << 20);
    struct str set[] = { STR("threads=5"), STR("home_code=3301") };
    OK(config_load(&c, &a, STR(""), set, 2, &e));
    config_print(&c, &b);
    OK(config_parse(&again, &a, buf_str(&b), STR("printed"), &e));
    OK(again.threads == 5 && str_is(again.home_code, "3301") && again.db_workers == c.db_workers);
    buf_done(&b);
}

int main(void)
{
    test_parse__names_file_line_and_setting();
    test_parse__takes_blanks_comments_and_signs();
    test_load__file_then_environment_then_command_line();
    test_address__is_taken_apart();
    test_print__can_be_read_again();
    arena_done(&a);
    return tap_end();
}
