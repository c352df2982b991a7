#include "crypt/keys.h"
#include "base/arena.h"
#include "crypt/crypto.h"
#include "tap.h"
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/fengqiao-keys-XXXXXX", path[64], fresh[80];
#define REFUSED(call, want) (err_clear(&e), !(call) && e.id == (want))

static struct str text_of(struct arena *a, const struct keys *k)
{
    struct buf b;
    buf_init(&b, 20000);
    keys_print(k, &b);
    struct str s = arena_dup(a, buf_str(&b));
    buf_done(&b);
    return s;
}

static void test_file(void)
{
    struct err e = { 0 };
    struct keys k = { .n = 0 }, again = { .n = 0 };
    struct stat st;
    OK(REFUSED(keys_open(&k, path, &e), ERR_NO_FILE));
    err_clear(&e);
    OK(keys_create(path, &e) && stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
    OK(REFUSED(keys_create(path, &e), ERR_KEY_FILE_EXISTS));
    err_clear(&e);
    OK(keys_open(&k, path, &e) && k.n == KEY_KIND__COUNT);
    const struct key *first = keys_current(&k, KEY_MASTER);

    OK(keys_rotate(path, KEY_MASTER, &e) && keys_open(&again, path, &e));
    OK_INT(again.n, KEY_KIND__COUNT + 1);
    const struct key *now = keys_current(&again, KEY_MASTER);
    OK(strcmp(now->id, first->id) != 0 && memcmp(now->raw, first->raw, KEY_LEN) != 0);
    const struct key *old = keys_find(&again, KEY_MASTER, str_of(first->id));
    OK(old && !old->current && str_eq(key_sub(old, KEY_BLIND), key_sub(first, KEY_BLIND)));
    OK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600 && access(fresh, F_OK) != 0);

    OK(!keys_find(&again, KEY_SM2, str_of(first->id)) && !keys_find(&again, KEY_MASTER, STR("")));
    fclose(fopen(fresh, "w"));              /* another rotation at work */
    OK(REFUSED(keys_rotate(path, KEY_MASTER, &e), ERR_KEY_FILE_EXISTS) && access(fresh, F_OK) == 0);
    unlink(fresh);
}

static void test_refuses_to_be_readable(void)
{
    struct err e = { 0 };
    struct keys k = { .n = 0 };
    static const mode_t bad[] = { 0640, 0604, 0620, 0602, 0700, 0666 };
    for (size_t i = 0; i < COUNT(bad); i++) {
        chmod(path, bad[i]);
        OK(REFUSED(keys_open(&k, path, &e), ERR_KEY_FILE_MODE) && k.n == 0);
        OK(REFUSED(keys_rotate(path, KEY_SM2, &e), ERR_KEY_FILE_MODE) && access(fresh, F_OK) != 0);
    }
    chmod(path, 0400);
    err_clear(&e);
    OK(keys_open(&k, path, &e));
    chmod(path, 0600);
    OK(symlink(path, fresh) == 0 && REFUSED(keys_open(&k, fresh, &e), ERR_NO_FILE));
    unlink(fresh);
    OK(REFUSED(keys_open(&k, dir, &e), ERR_KEY_FILE_MODE));
    OK(mkfifo(fresh, 0600) == 0 && REFUSED(keys_open(&k, fresh, &e), ERR_KEY_FILE_MODE));
    unlink(fresh);
    FILE *f = fopen(fresh, "w");
    fchmod(fileno(f), 0600);
    for (int i = 0; i < 20000; i++)
        fputc('#', f);
    fclose(f);
    OK(REFUSED(keys_open(&k, fresh, &e), ERR_TOO_LARGE));
    unlink(fresh);
}

static void test_every_damage_is_seen(void)
{
    struct arena a = { 0 };
    struct err e = { 0 };
    struct keys k = { .n = 0 }, out = { .n = 0 };
    OK(keys_open(&k, path, &e));
    struct str text = text_of(&a, &k);
    OK(keys_parse(text, &out, &e) && str_eq(text_of(&a, &out), text));
    out.n = 77;
    int taken = 0;
    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n)
            taken += keys_parse(str_sub(text, 0, i), &out, &(struct err){ 0 });
        char *bent = (char *)arena_dup(&a, text).p;
        bent[i < text.n ? i : 0] ^= 1;
        taken += keys_parse((struct str){ bent, text.n }, &out, &(struct err){ 0 });
    }
    OK_INT(taken, 0);
    OK_INT(out.n, 77);
    OK(REFUSED(keys_parse(STR_NONE, &out, &e), ERR_KEY_FILE));
    OK(REFUSED(keys_parse(STR("\0\0\n\n"), &out, &e), ERR_KEY_FILE));
    arena_done(&a);
}

static void test_limits_of_a_set(void)
{
    struct err e = { 0 };
    struct keys k = { .n = 0 };
    OK(REFUSED(keys_check(&k, &e), ERR_DATA));
    err_clear(&e);
    bool ok = true;
    for (int i = 0; i < KEYS_MAX; i++)
        ok = keys_make(&k, (enum key_kind)(i % KEY_KIND__COUNT), &e) && ok;
    OK(ok && keys_check(&k, &e));
    OK(REFUSED(keys_make(&k, KEY_MASTER, &e), ERR_TOO_MANY));
    struct key twin = k.v[0], zero = { .id = "00000000", .current = true };
    struct key above = { .id = "00000001", .kind = KEY_SM2 };
    memset(above.raw, 0xFF, KEY_LEN);
    k.n = 3;
    OK(REFUSED(keys_add(&k, &twin, &e), ERR_DATA));
    OK(REFUSED(keys_add(&k, &zero, &e), ERR_DATA));
    OK(REFUSED(keys_add(&k, &above, &e), ERR_DATA) && k.n == 3);
    int same = 0;
    for (int x = 0; x < KEY_USE__COUNT; x++)
        for (int y = 0; y < x; y++)
            same += str_eq(key_sub(&k.v[0], (enum key_use)x), key_sub(&k.v[0], (enum key_use)y));
    OK_INT(same, 0);
    keys_done(&k);
    OK(k.n == 0 && k.v[0].raw[0] == 0 && k.v[0].id[0] == 0);
}

int main(void)
{
    if (!mkdtemp(dir))
        return 1;
    snprintf(path, sizeof path, "%s/keys", dir);
    snprintf(fresh, sizeof fresh, "%s.new", path);
    test_file();
    test_refuses_to_be_readable();
    test_every_damage_is_seen();
    test_limits_of_a_set();
    unlink(path);
    OK(rmdir(dir) == 0);                    /* nothing is left lying about */
    return tap_end();
}
