#include "crypt/keys.h"
#include "base/random.h"
#include "crypt/digest.h"
#include <assert.h>
#include <sodium.h>

static const char *const kind_names[KEY_KIND__COUNT] = {
    [KEY_MASTER] = "master", [KEY_ED25519] = "ed25519", [KEY_SM2] = "sm2",
};
/* Part of what is stored for ever: never change a label. */
static const char *const use_labels[KEY_USE__COUNT] = {
    [KEY_SECRET] = "fengqiao/1/secret", [KEY_BLIND] = "fengqiao/1/blind",
    [KEY_TOKEN] = "fengqiao/1/token", [KEY_JOURNAL_SALT] = "fengqiao/1/journal-salt",
    [KEY_COMPARTMENT] = "fengqiao/1/compartment-wrap", [KEY_CSRF] = "fengqiao/1/csrf",
    [KEY_CURSOR] = "fengqiao/1/cursor",
};
/* As above: never change one. */
static const char *const part_labels[KEY_PART__COUNT] = {
    [KEY_PART_SM4] = "s1 encrypt", [KEY_PART_SM4_TAG] = "s1 authenticate", [KEY_PART_AES] = "g1",
};
#define HEADER "fengqiao-keys 1\n"
static const char advice[] =
    "# Keep this file apart from the database and from its backups, and keep an\n"
    "# escrow of it on paper. Without it no secret field can be read again.\n";

void keys_done(struct keys *k)
{
    sodium_memzero(k, sizeof *k);
}

struct digest key_part_of(struct str key, enum key_part part)
{
    struct str label = str_of(part_labels[part]);
    return part == KEY_PART_AES ? digest_hmac_sha256(key, label) : digest_hmac_sm3(key, label);
}

static void keep(unsigned char out[KEY_LEN], struct digest d)
{
    memcpy(out, d.b, KEY_LEN);
    sodium_memzero(&d, sizeof d);
}

static void derive(struct key *k)
{
    struct str raw = { (const char *)k->raw, KEY_LEN };
    for (unsigned use = 0; k->kind == KEY_MASTER && use < KEY_USE__COUNT; use++) {
        keep(k->sub[use], digest_hkdf_sm3(raw, str_of(use_labels[use])));
        for (unsigned part = 0; part < KEY_PART__COUNT; part++)
            keep(k->part[use][part], key_part_of(key_sub(k, (enum key_use)use),
                                                 (enum key_part)part));
    }
}

/* An SM2 key must lie below the order of the group, FFFFFFFE…; none we make or
 * take begins with FF, which is simpler to see and costs nothing. */
static bool is_usable(const struct key *k)
{
    return !sodium_is_zero(k->raw, KEY_LEN) && (k->kind != KEY_SM2 || k->raw[0] != 0xFF);
}

bool keys_add(struct keys *k, const struct key *one, struct err *e)
{
    if (k->n == KEYS_MAX)
        return err_setf(e, ERR_TOO_MANY, "%d", KEYS_MAX);
    for (size_t i = 0; i < k->n; i++)
        if (strcmp(k->v[i].id, one->id) == 0)
            return err_setf(e, ERR_DATA, "%s", one->id);
    if (!is_usable(one))
        return err_setf(e, ERR_DATA, "%s", one->id);
    for (size_t i = 0; i < k->n && one->current; i++)
        if (k->v[i].kind == one->kind)
            k->v[i].current = false;
    k->v[k->n] = *one;
    derive(&k->v[k->n++]);
    return true;
}

bool keys_make(struct keys *k, enum key_kind kind, struct err *e)
{
    struct key one = { .kind = kind, .current = true, .made_at = stamp_now() };
    unsigned char id[KEY_ID_LEN / 2];
    random_bytes(id, sizeof id);
    sodium_bin2hex(one.id, sizeof one.id, id, sizeof id);
    do
        random_bytes(one.raw, KEY_LEN);
    while (!is_usable(&one));
    bool ok = keys_add(k, &one, e);
    sodium_memzero(&one, sizeof one);
    return ok;
}

bool keys_check(const struct keys *k, struct err *e)
{
    for (int kind = 0; kind < KEY_KIND__COUNT; kind++) {
        size_t current = 0;
        for (size_t i = 0; i < k->n; i++)
            current += (int)k->v[i].kind == kind && k->v[i].current;
        if (current != 1)
            return err_setf(e, ERR_DATA, "%s", kind_names[kind]);
    }
    return true;
}

const struct key *keys_find(const struct keys *k, enum key_kind kind, struct str id)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->v[i].kind == kind && str_is(id, k->v[i].id))
            return &k->v[i];
    return NULL;
}

const struct key *keys_current(const struct keys *k, enum key_kind kind)
{
    for (size_t i = 0; i < k->n; i++)
        if (k->v[i].kind == kind && k->v[i].current)
            return &k->v[i];
    assert(false && "keys_check was not asked");
    return NULL;
}

const struct key *keys_each(const struct keys *k, enum key_kind kind, size_t *at)
{
    while (*at < k->n) {
        const struct key *one = &k->v[k->n - ++*at];
        if (one->kind == kind)
            return one;
    }
    return NULL;
}

struct str key_sub(const struct key *master, enum key_use use)
{
    assert(master->kind == KEY_MASTER);
    return (struct str){ (const char *)master->sub[use], KEY_LEN };
}

struct digest key_part(const struct key *master, enum key_use use, enum key_part part)
{
    assert(master->kind == KEY_MASTER);
    struct digest d;
    memcpy(d.b, master->part[use][part], KEY_LEN);
    return d;
}

static void print_sum(struct str above, char out[17])
{
    struct digest d = digest_sm3(above);
    sodium_bin2hex(out, 17, d.b, 8);
}

void keys_print(const struct keys *k, struct buf *b)
{
    size_t start = b->n;
    buf_add(b, STR(HEADER));
    buf_add(b, str_of(advice));
    for (size_t i = 0; i < k->n; i++) {
        const struct key *one = &k->v[i];
        char made[32], hex[2 * KEY_LEN + 1];
        stamp_format(one->made_at, made);
        sodium_bin2hex(hex, sizeof hex, one->raw, KEY_LEN);
        buf_addf(b, "%s %s %s %s %s\n", kind_names[one->kind], one->id, made,
                 one->current ? "current" : "old", hex);
        sodium_memzero(hex, sizeof hex);
    }
    char sum[17];
    print_sum(str_sub(buf_str(b), start, b->n - start), sum);
    buf_addf(b, "sum %s\n", sum);
}

static bool parse_kind(struct str name, enum key_kind *out)
{
    for (int i = 0; i < KEY_KIND__COUNT; i++)
        if (str_is(name, kind_names[i])) {
            *out = (enum key_kind)i;
            return true;
        }
    return false;
}

static bool parse_key(struct str line, struct keys *k)
{
    struct str kind, id, made, state, hex;
    struct key one = { .kind = KEY_MASTER };
    struct err mine = { 0 };
    unsigned char raw_id[KEY_ID_LEN / 2];
    bool ok = str_cut(line, ' ', &kind, &line) && str_cut(line, ' ', &id, &line)
        && str_cut(line, ' ', &made, &line) && str_cut(line, ' ', &state, &hex)
        && parse_kind(kind, &one.kind) && hex_parse(id, raw_id, sizeof raw_id)
        && stamp_parse(made, &one.made_at) && (str_is(state, "current") || str_is(state, "old"))
        && hex_parse(hex, one.raw, KEY_LEN);
    if (ok) {
        one.current = str_is(state, "current");
        sodium_bin2hex(one.id, sizeof one.id, raw_id, sizeof raw_id);
        ok = keys_add(k, &one, &mine);
    }
    sodium_memzero(&one, sizeof one);
    return ok;
}

static bool parse_lines(struct str text, struct keys *k, struct err *e)
{
    struct str line, rest = text;
    for (int at = 1; str_cut(rest, '\n', &line, &rest); at++) {
        if (at == 1 && !str_is(line, "fengqiao-keys 1"))
            return err_setf(e, ERR_KEY_FILE, "%d", at);
        if (at == 1 || str_starts(line, STR("#")))
            continue;
        if (str_starts(line, STR("sum "))) {
            char sum[17];
            print_sum(str_sub(text, 0, (size_t)(line.p - text.p)), sum);
            if (!str_is(str_sub(line, 4, line.n), sum) || !str_empty(rest))
                return err_setf(e, ERR_KEY_FILE, "%d", at);
            return keys_check(k, e);
        }
        if (!parse_key(line, k))
            return err_setf(e, ERR_KEY_FILE, "%d", at);
    }
    return err_setf(e, ERR_KEY_FILE, "sum");
}

bool keys_parse(struct str text, struct keys *out, struct err *e)
{
    struct keys k = { .n = 0 };
    bool ok = parse_lines(text, &k, e);
    if (ok)
        *out = k;
    keys_done(&k);
    return ok;
}
