/* E-mail: what is written, and what becomes of it at servers good and bad. The good
 * one is Debian's aiosmtpd as a process of its own; the bad ones are played here. */
#include "app/mail.h"
#include "tap.h"
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct arena a;
static char dir[] = "/tmp/fengqiao-mail-XXXXXX";

static void test_address__is_plain(void)
{
    static const char *const good[] = { "a@b.cn", "zhang.san+x@mail.example.org", "a_b@1.2" };
    static const char *const bad[] = {
        "", "@", "a@", "@b.cn", "a@b", "a b@c.cn", "a@b.cn\r\nRCPT TO:<x@y.z>", "<a@b.cn>",
        "a@b.cn,c@d.cn", "a@@b.cn", ".a@b.cn", "a.@b.cn", "a..b@c.cn", "a@-b.cn", "a@b..cn",
        "张三@b.cn", "a@b.cn.", "\"a b\"@c.cn", "a@b.cn\n", "a:b@c.cn",
    };
    for (size_t i = 0; i < COUNT(good); i++)
        OK(mail_address_ok(str_of(good[i])));
    for (size_t i = 0; i < COUNT(bad); i++)
        if (!OK(!mail_address_ok(str_of(bad[i]))))
            printf("# %s\n", bad[i]);
    OK(!mail_address_ok((struct str){ "a@b.c\0n", 7 }));
    char *long_one = arena_alloc(&a, 300);
    memset(long_one, 'a', 300);
    memcpy(long_one + 200, "@b.cn", 5);
    OK(!mail_address_ok((struct str){ long_one, 205 }));
    OK_STR(mail_address_mask(&a, STR("wang@example.org")), "w***@example.org");
    OK_STR(mail_address_mask(&a, STR("w@example.org")), "***");
    OK_STR(mail_address_mask(&a, STR("nonsense")), "***");
}

static struct mail letter(void)
{
    return (struct mail){
        .from = STR("fengqiao@example.org"), .to = STR("clerk@example.org"),
        .subject = STR("枫桥：一件事项待接"), .body = STR("编号 4406202611210001，请登录查看。\n"),
        .id = STR("m123"), .at = { 1795224600000 },
    };
}

static void test_write__is_ascii_and_has_the_headers(void)
{
    AUTO(buf_done) struct buf b;
    struct err e = { 0 };
    struct mail m = letter();
    buf_init(&b, 1 << 16);
    OK(mail_write(&m, &a, &b, &e));
    struct str s = buf_str(&b);
    OK(str_starts(s, STR("From: <fengqiao@example.org>\r\nTo: <clerk@example.org>\r\nDate: ")));
    OK(str_find(s, STR(" +0800\r\nMessage-ID: <m123@example.org>\r\nSubject: =?UTF-8?B?")) < s.n);
    OK(str_find(s, STR("\r\nContent-Transfer-Encoding: base64\r\n\r\n")) < s.n);
    size_t line = 0;
    for (size_t i = 0; i < s.n; i++) {
        line = s.p[i] == '\n' ? 0 : line + 1;
        if ((unsigned char)s.p[i] > 126 || line > 78)
            OK(!"ASCII, short lines");
    }
}

static size_t lines(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

/* A line feed in a subject would begin a header of the writer's choice. */
static void test_write__lets_nothing_become_a_header(void)
{
    AUTO(buf_done) struct buf b;
    struct err e = { 0 };
    struct mail m = letter();
    buf_init(&b, 1 << 16);
    m.subject = STR("x\r\nBcc: everybody@example.org\r\n\r\nbody");
    m.body = STR("\r\n.\r\nMAIL FROM:<x@y.z>\r\n");
    OK(mail_write(&m, &a, &b, &e));
    OK(str_find(buf_str(&b), STR("Bcc")) == b.n && str_find(buf_str(&b), STR("MAIL FROM")) == b.n);
    OK_INT(lines(buf_str(&b)), 11);
    struct str wrong[] = { STR("a@b.cn>\r\nBcc: <c@d.cn"), STR("") };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        m.to = wrong[i];
        OK(!mail_write(&m, &a, &b, &e) && e.id == ERR_BAD_VALUE);
        err_clear(&e);
    }
    m = letter();
    m.id = STR("m1>\r\nX: y");
    OK(!mail_write(&m, &a, &b, &e));
}

/* ---- configuration ---- */

static enum err_id server_of(const char *url, const char *user, const char *secret,
                             struct mail_server *s)
{
    struct err e = { 0 };
    struct config c = { .smtp_url = str_of(url), .smtp_from = STR("a@b.cn"),
                        .smtp_user = str_of(user), .smtp_secret = str_of(secret) };
    return mail_server_of(&c, &a, s, &e) ? ERR_OK : e.id;
}

static const char *path_of(const char *name)
{
    return arena_printf(&a, "%s/%s", dir, name).p;
}

static void put_file(const char *path, const char *text, mode_t mode)
{
    FILE *f = fopen(path, "we");
    fputs(text, f);
    fclose(f);
    chmod(path, mode);
}

static void test_server__is_read_strictly(void)
{
    struct mail_server s;
    const char *secret = path_of("secret");
    OK_INT(server_of("", "", "", &s), ERR_OK);
    OK(!s.url);
    OK_INT(server_of("smtp://mail.example.org:587", "", "", &s), ERR_OK);
    OK(!s.loopback && !s.user);
    OK_INT(server_of("smtp://127.0.0.1:25", "", "", &s), ERR_OK);
    OK(s.loopback);
    OK_INT(server_of("smtp://127.0.0.1.evil.example:25", "", "", &s), ERR_OK);
    OK(!s.loopback);
    OK_INT(server_of("http://mail.example.org", "", "", &s), ERR_CONFIG);
    OK_INT(server_of("smtp://u:p@mail.example.org", "", "", &s), ERR_CONFIG);
    OK_INT(server_of("smtp://", "", "", &s), ERR_CONFIG);
    OK_INT(server_of("smtp://h:25", "me", "", &s), ERR_CONFIG);
    OK_INT(server_of("smtp://h:25", "me", path_of("none"), &s), ERR_CONFIG);
    put_file(secret, "pass word\n", 0644);
    OK_INT(server_of("smtp://h:25", "me", secret, &s), ERR_KEY_FILE_MODE);
    chmod(secret, 0600);
    OK_INT(server_of("smtp://h:25", "me", secret, &s), ERR_OK);
    OK_STR(str_of(s.password), "pass word");
    put_file(secret, "two\nlines\n", 0600);
    OK_INT(server_of("smtp://h:25", "me", secret, &s), ERR_CONFIG);
}

static void test_config__shows_no_password(void)
{
    AUTO(buf_done) struct buf b;
    struct config c = { .smtp_user = STR("me"), .smtp_secret = str_of(path_of("secret")) };
    put_file(path_of("secret"), "open sesame\n", 0600);
    buf_init(&b, 1 << 16);
    config_print(&c, &b);
    OK(str_find(buf_str(&b), STR("open sesame")) == b.n);
}

/* ---- servers that misbehave ---- */

enum { DROP = -1, SLEEP = -2 };
/* What it says to each step: greeting, EHLO, MAIL, RCPT, DATA, the end of the text. */
struct script { const char *name; int say[6]; enum mail_result want; const char *why; };
struct peer { int fd; unsigned port; const struct script *script; };

static unsigned listen_on(int *fd)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t n = sizeof at;
    *fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(*fd, (struct sockaddr *)&at, n) || listen(*fd, 4)
        || getsockname(*fd, (struct sockaddr *)&at, &n))
        abort();
    return ntohs(at.sin_port);
}

/* Reads to the end of a command, or of the text. */
static bool read_to(int fd, const char *end)
{
    char got[4096];
    size_t n = 0;
    while (n < sizeof got - 1 && read(fd, got + n, 1) == 1) {
        got[++n] = '\0';
        if (n >= strlen(end) && !strcmp(got + n - strlen(end), end))
            return true;
    }
    return false;
}

static bool say(int fd, int code)
{
    char line[40];
    if (code == SLEEP)
        sleep(3);
    if (code < 0)
        return false;
    int n = snprintf(line, sizeof line, "%d said\r\n", code);
    return write(fd, line, (size_t)n) == n;
}

static void *play(void *ctx)
{
    struct peer *p = ctx;
    int fd = accept4(p->fd, NULL, NULL, SOCK_CLOEXEC);
    bool on = say(fd, p->script->say[0]);
    for (int i = 1; on && i < 6 && p->script->say[i - 1] < 400; i++)
        on = read_to(fd, i == 5 ? "\r\n.\r\n" : "\r\n") && say(fd, p->script->say[i]);
    close(fd);
    return NULL;
}

static enum mail_result try(unsigned port, int64_t timeout, const char *ca, char why[80])
{
    struct mail m = letter();
    struct mail_server s = {
        .url = arena_printf(&a, "smtp://127.0.0.1:%u", port).p, .loopback = true, .ca = ca,
        .timeout_ms = timeout,
    };
    return mail_send(&s, &m, why);
}

static void test_send__tells_later_from_never(void)
{
    static const struct script scripts[] = {
        { "taken",               { 220, 250, 250, 250, 354, 250 }, MAIL_SENT, "" },
        { "greylisted",          { 220, 250, 250, 450 },          MAIL_LATER, "refused smtp-450" },
        { "no such mailbox",     { 220, 250, 250, 550 },          MAIL_NEVER, "refused smtp-550" },
        { "sender refused",      { 220, 250, 553 },               MAIL_NEVER, "refused smtp-553" },
        { "busy",                { 421 },                         MAIL_LATER, "refused smtp-421" },
        { "not now",             { 220, 250, 250, 250, 354, 451 }, MAIL_LATER, "refused smtp-451" },
        { "content refused",     { 220, 250, 250, 250, 354, 554 }, MAIL_NEVER, "refused smtp-554" },
        { "gone after the text", { 220, 250, 250, 250, 354, DROP }, MAIL_LATER, "broken-off" },
        { "gone at once",        { DROP },                        MAIL_LATER, "broken-off" },
        { "slow",                { 220, 250, SLEEP },             MAIL_LATER, "timeout curl-28" },
        { "slow after text", { 220, 250, 250, 250, 354, SLEEP }, MAIL_LATER, "timeout curl-28" },
    };
    for (size_t i = 0; i < COUNT(scripts); i++) {
        struct peer p = { .script = &scripts[i] };
        pthread_t t;
        char why[80];
        p.port = listen_on(&p.fd);
        pthread_create(&t, NULL, play, &p);
        int64_t began = clock_us();
        if (!OK_INT(try(p.port, 1000, NULL, why), scripts[i].want))
            printf("# %s: %s\n", scripts[i].name, why);
        OK(clock_us() - began < 2500000);
        OK((scripts[i].want == MAIL_SENT) == !why[0] && !strchr(why, '@'));
        OK(str_starts(str_of(why), str_of(scripts[i].why)));
        shutdown(p.fd, SHUT_RDWR);
        pthread_join(t, NULL);
        close(p.fd);
    }
    char why[80];
    OK_INT(try(1, 1000, NULL, why), MAIL_LATER);
    OK_STR(str_of(why), "no-connection curl-7");
}

/* A server that offers no TLS gets nothing where TLS is demanded. */
static void test_send__demands_tls(void)
{
    static const struct script plain = { "plain", { 220, 250, 250, 250, 354, 250 }, 0, "" };
    struct peer p = { .script = &plain };
    struct mail m = letter();
    pthread_t t;
    char why[80];
    p.port = listen_on(&p.fd);
    pthread_create(&t, NULL, play, &p);
    struct mail_server s = { .url = arena_printf(&a, "smtp://127.0.0.1:%u", p.port).p,
                             .timeout_ms = 1000 };
    OK_INT(mail_send(&s, &m, why), MAIL_LATER);
    pthread_join(t, NULL);
    close(p.fd);
}

/* ---- a real server ---- */

#define MAILBOX "aiosmtpd.handlers.Mailbox"
struct server { pid_t pid; unsigned port; const char *box; };

/* What it says goes nowhere. */
static pid_t spawn(const char *const *argv)
{
    extern char **environ;
    pid_t pid = 0;
    posix_spawn_file_actions_t acts;
    posix_spawn_file_actions_init(&acts);
    posix_spawn_file_actions_addopen(&acts, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&acts, 2, "/dev/null", O_WRONLY, 0);
    int failed = posix_spawnp(&pid, argv[0], &acts, NULL, (char *const *)(uintptr_t)argv, environ);
    posix_spawn_file_actions_destroy(&acts);
    return failed ? 0 : pid;
}

static bool done(pid_t pid)
{
    int status = 1;
    return pid && waitpid(pid, &status, 0) == pid && status == 0;
}

static bool answers(unsigned port)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                              .sin_addr = { htonl(INADDR_LOOPBACK) } };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ok = connect(fd, (struct sockaddr *)&at, sizeof at) == 0;
    close(fd);
    return ok;
}

static struct server start(const char *box, const char *cert, const char *key)
{
    struct server s = { .box = path_of(box) };
    int fd;
    s.port = listen_on(&fd);
    close(fd);
    const char *at = arena_printf(&a, "127.0.0.1:%u", s.port).p;
    const char *const argv[] = { "/usr/bin/python3", "-m", "aiosmtpd", "-n", "-l", at,
                                 cert ? "--tlscert" : "-c", cert ? cert : MAILBOX,
                                 cert ? "--tlskey" : s.box, cert ? key : NULL, "-c", MAILBOX,
                                 s.box, NULL };
    s.pid = spawn(argv);
    for (int i = 0; i < 200 && !answers(s.port); i++)
        usleep(50000);
    return s;
}

static void stop(struct server *s)
{
    if (s->pid && kill(s->pid, SIGTERM) == 0)
        waitpid(s->pid, NULL, 0);
}

/* The only message in a Maildir, and how many there are. */
static int box_read(const char *box, struct str *out)
{
    int n = 0;
    const char *where = arena_printf(&a, "%s/new", box).p;
    DIR *d = opendir(where);
    for (struct dirent *f; d && (f = readdir(d));) {
        if (f->d_name[0] == '.')
            continue;
        FILE *in = fopen(arena_printf(&a, "%s/%s", where, f->d_name).p, "re");
        char *p = arena_alloc(&a, 1 << 16);
        *out = (struct str){ p, fread(p, 1, 1 << 16, in) };
        fclose(in);
        n++;
    }
    if (d)
        closedir(d);
    return n;
}

static void test_send__reaches_a_real_server(void)
{
    struct server s = start("plain", NULL, NULL);
    struct str got = STR("");
    char why[80];
    if (!OK_INT(try(s.port, 10000, NULL, why), MAIL_SENT))
        printf("# %s (is python3-aiosmtpd installed?)\n", why);
    OK_INT(box_read(s.box, &got), 1);
    OK(str_find(got, STR("Message-ID: <m123@example.org>")) < got.n);
    OK(str_find(got, STR("clerk@example.org")) < got.n);
    OK_INT(try(s.port, 10000, NULL, why), MAIL_SENT);
    OK_INT(box_read(s.box, &got), 2);
    stop(&s);
    OK_INT(try(s.port, 2000, NULL, why), MAIL_LATER);
}

static void test_send__checks_the_certificate(void)
{
    const char *cert = path_of("cert.pem"), *key = path_of("key.pem");
    const char *const argv[] = { "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                     "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                     "-keyout", key, "-out", cert, "-batch", NULL };
    OK(done(spawn(argv)));
    struct server s = start("tls", cert, key);
    struct str got = STR("");
    char why[80];
    OK_INT(try(s.port, 10000, cert, why), MAIL_SENT);
    OK_INT(box_read(s.box, &got), 1);
    struct mail m = letter();
    struct mail_server stranger = { .url = arena_printf(&a, "smtp://127.0.0.1:%u", s.port).p,
                                    .timeout_ms = 5000 };
    OK_INT(mail_send(&stranger, &m, why), MAIL_LATER);
    OK_INT(box_read(s.box, &got), 1);
    stop(&s);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    if (!mkdtemp(dir))
        return 1;
    test_address__is_plain();
    test_write__is_ascii_and_has_the_headers();
    test_write__lets_nothing_become_a_header();
    test_server__is_read_strictly();
    test_config__shows_no_password();
    test_send__tells_later_from_never();
    test_send__demands_tls();
    test_send__reaches_a_real_server();
    test_send__checks_the_certificate();
    const char *const rm[] = { "rm", "-rf", dir, NULL };
    OK(done(spawn(rm)));
    arena_done(&a);
    return tap_end();
}
