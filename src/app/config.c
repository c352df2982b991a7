#include "app/config.h"
#include "base/utf8.h"
#include <ctype.h>
#include <errno.h>

static const struct field config_fields[] = {
    FIELD(config, data, .preset = "data", .max = 1000, .zh = "数据目录", .en = "data directory",
          .doc = "Directory of the database, attachments, keys and spool files"),
    FIELD(config, database, .max = 2000, .zh = "数据库", .en = "database",
          .doc = "postgresql://… or sqlite:PATH; empty: fengqiao.db in the data directory"),
    FIELD(config, keys, .max = 1000, .zh = "密钥文件", .en = "key file",
          .doc = "File of the master keys, mode 0600; empty: keys in the data directory"),
    FIELD(config, witness, .max = 1000, .zh = "见证文件", .en = "witness file",
          .doc = "File outside the database to which checkpoints are appended; empty: witness.log "
                 "in the data directory"),
    FIELD(config, desk, .preset = "127.0.0.1:8080", .max = 100, .zh = "工作台地址", .en = "desk",
          .doc = "Address and port for staff"),
    FIELD(config, door, .max = 100, .zh = "群众端地址", .en = "door",
          .doc = "Address and port for residents; empty: the desk's listener serves both"),
    FIELD(config, address, .max = 200, .zh = "公开网址", .en = "address",
          .doc = "https://… as people reach the door; stands in the codes on papers; empty: the "
                 "listener's address"),
    FIELD(config, threads, .preset = "0", .min = 0, .max = 64, .zh = "线程", .en = "threads",
          .doc = "Event threads of a listener; 0: as many as cores"),
    FIELD(config, db_workers, .preset = "8", .min = 1, .max = 256, .zh = "数据库连接",
          .en = "database workers", .doc = "Connections to the database"),
    FIELD(config, log, .preset = "info", .max = 10, .zh = "日志级别", .en = "log level",
          .doc = "debug, info, warn, error or none"),
    FIELD(config, behind_proxy, .preset = "false", .zh = "反向代理", .en = "behind proxy",
          .doc = "Believe X-Forwarded-For and X-Forwarded-Proto"),
    FIELD(config, secure_cookie, .preset = "false", .zh = "仅 HTTPS", .en = "secure cookie",
          .doc = "Cookies travel over HTTPS only"),
    FIELD(config, demo, .preset = "false", .zh = "演示", .en = "demo",
          .doc = "Show the demo outbox and accounts; never on real data"),
    FIELD(config, probe, .preset = "false", .zh = "测量", .en = "probe",
          .doc = "Answers tell their cost in X-Statements and X-Allocations; for tests"),
    FIELD(config, session_hours, .preset = "12", .min = 1, .max = 720, .zh = "登录有效小时",
          .en = "session hours", .doc = "A sign-in ends after so many hours"),
    FIELD(config, idle_minutes, .preset = "120", .min = 5, .max = 10080, .zh = "闲置分钟",
          .en = "idle minutes", .doc = "A sign-in ends after so many idle minutes"),
    FIELD(config, home_code, .preset = "4406", .max = 4, .zh = "城市代码", .en = "home code",
          .doc = "First four digits of the city's statistical code; begins every number"),
    FIELD(config, sms_command, .max = 1000, .zh = "短信程序", .en = "sms command",
          .doc = "Program that sends a message read from standard input; empty: outbox only"),
    FIELD(config, smtp_url, .max = 300, .zh = "邮件服务器", .en = "smtp url",
          .doc = "smtp://host:587 (STARTTLS) or smtps://host:465; empty: outbox only"),
    FIELD(config, smtp_from, .max = 254, .zh = "发件地址", .en = "smtp from",
          .doc = "Address e-mail is sent from"),
    FIELD(config, smtp_user, .max = 200, .zh = "邮件账号", .en = "smtp user",
          .doc = "Name to sign in with at the mail server; empty: none"),
    FIELD(config, smtp_secret, .max = 1000, .zh = "邮件密码文件", .en = "smtp secret",
          .doc = "File with the password for it, mode 0600"),
    FIELD(config, smtp_ca, .max = 1000, .zh = "邮件证书", .en = "smtp ca",
          .doc = "File of certificates to trust for it; empty: the system's"),
    FIELD(config, suite, .preset = "sm", .max = 3, .zh = "算法套件", .en = "suite",
          .doc = "Secret fields: sm (SM4-CTR and HMAC-SM3) or aes (AES-256-GCM)"),
    FIELD(config, login_rate, .preset = "20", .min = 1, .max = 100000, .zh = "登录频率",
          .en = "login rate", .doc = "Sign-in tries a minute and address"),
    FIELD(config, rate_factor, .preset = "1", .min = 1, .max = 1000, .zh = "频率倍数",
          .en = "rate factor", .doc = "Multiplies what an account may ask a minute, but for "
                                      "sign-ins, codes and pins"),
    FIELD(config, code_rate, .preset = "10", .min = 1, .max = 100000, .zh = "验证码频率",
          .en = "code rate", .doc = "Codes and pins tried a minute and address"),
};
const struct record config_record = RECORD(config, config_fields);

static bool fail(struct err *e, struct str where, int line, const struct err *inner)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 400);
    err_text(inner, LANG_EN, &b);
    return err_setf(e, ERR_CONFIG, "%.*s:%d: %s %.*s", STR_ARG(where), line, inner->field,
                    STR_ARG(buf_str(&b)));
}

static bool set(struct config *c, struct arena *a, struct str name, struct str value,
                struct err *e)
{
    const struct field *f = record_field(&config_record, name);
    if (!f)
        return err_fieldf(e, ERR_UNKNOWN_FIELD, arena_cstr(a, utf8_cut(name, 60)), "%s", "");
    return field_from_text(f, value, a, c, e);
}

bool config_parse(struct config *c, struct arena *a, struct str text, struct str path,
                  struct err *e)
{
    struct str line;
    for (int no = 1; text.n; no++) {
        str_cut(text, '\n', &line, &text);
        struct str name, value;
        struct err inner = { 0 };
        line = str_trim(line);
        if (str_empty(line) || line.p[0] == '#')
            continue;
        if (!str_cut(line, '=', &name, &value))
            return err_setf(e, ERR_CONFIG, "%.*s:%d: name = value", STR_ARG(path), no);
        if (!set(c, a, str_trim(name), str_trim(value), &inner))
            return fail(e, path, no, &inner);
    }
    return true;
}

static bool read_file(struct arena *a, struct str path, struct str *out, struct err *e)
{
    enum { CONFIG_MAX = 1 << 20 };
    FILE *f = fopen(arena_cstr(a, path), "re");
    if (!f)
        return err_setf(e, ERR_CONFIG, "%.*s: %s", STR_ARG(path), strerror(errno));
    char *p = arena_alloc(a, CONFIG_MAX);
    size_t n = fread(p, 1, CONFIG_MAX, f);
    bool whole = n < CONFIG_MAX && !ferror(f);
    fclose(f);
    if (!whole || !utf8_valid((struct str){ p, n }))
        return err_setf(e, ERR_CONFIG, "%.*s: not a text of at most 1 MiB", STR_ARG(path));
    *out = (struct str){ p, n };
    return true;
}

static struct str env_name(struct arena *a, const char *name)
{
    struct str s = arena_printf(a, "FENGQIAO_%s", name);
    char *p = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = (char)toupper((unsigned char)s.p[i]);
    return (struct str){ p, s.n };
}

static bool from_env(struct config *c, struct arena *a, struct err *e)
{
    for (size_t i = 0; i < config_record.n; i++) {
        struct str name = env_name(a, config_fields[i].name);
        const char *value = getenv(name.p);
        struct err inner = { 0 };
        if (value && !set(c, a, str_of(config_fields[i].name), str_of(value), &inner))
            return fail(e, name, 1, &inner);
    }
    return true;
}

bool config_load(struct config *out, struct arena *a, struct str file, const struct str *sets,
                 size_t n, struct err *e)
{
    struct config c = { 0 };
    struct str text;
    if (!record_preset(&config_record, a, &c, e))
        return false;
    if (file.n && !(read_file(a, file, &text, e) && config_parse(&c, a, text, file, e)))
        return false;
    if (!from_env(&c, a, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!config_parse(&c, a, sets[i], STR("--set"), e))
            return false;
    *out = c;
    return true;
}

void config_print(const struct config *c, struct buf *b)
{
    struct arena a = { 0 };
    for (size_t i = 0; i < config_record.n; i++) {
        const struct field *f = &config_fields[i];
        buf_addf(b, "# %s\n# %.*s, preset: %s\n%s = ", f->doc, STR_ARG(env_name(&a, f->name)),
                 f->preset ? f->preset : "(empty)", f->name);
        field_to_text(f, c, LANG_EN, b);
        buf_add(b, STR("\n\n"));
    }
    arena_done(&a);
}

bool config_address(struct str s, struct arena *a, const char **host, unsigned *port,
                    struct err *e)
{
    size_t colon = s.n;
    while (colon && s.p[colon - 1] != ':')
        colon--;
    int64_t n = 0;
    if (colon < 2 || !str_to_i64(str_sub(s, colon, s.n), &n) || n < 0 || n > 65535)
        return err_setf(e, ERR_CONFIG, "%.*s: address:port", STR_ARG(s));
    *host = arena_cstr(a, str_sub(s, 0, colon - 1));
    *port = (unsigned)n;
    return true;
}
