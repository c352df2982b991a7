/* keys.h - the keys of the installation, kept in a file outside the database.
 *
 *     fengqiao-keys 1
 *     master 1a2b3c4d 2026-11-21T09:30:00.000+08:00 current <64 hex digits>
 *     sm2    …
 *     sum <16 hex digits: SM3 of everything above, against a cut or mistyped file>
 *
 * Master keys are never used themselves: each use has its own subkey (HKDF-SM3
 * with a label), so that what one use gives away says nothing about another.
 * Rotation adds a key and makes it the current one; older ones stay to read
 * what they wrote. Whoever holds this file and the database can read it all. */
#ifndef CRYPT_KEYS_H
#define CRYPT_KEYS_H
#include "base/err.h"
#include "base/stamp.h"
#include "crypt/digest.h"

enum { KEYS_MAX = 24, KEY_LEN = 32, KEY_ID_LEN = 8 };

enum key_kind { KEY_MASTER, KEY_ED25519, KEY_SM2, KEY_KIND__COUNT };

enum key_use {
    KEY_SECRET,                     /* secret fields */
    KEY_BLIND,                      /* blind index of secret fields */
    KEY_TOKEN,                      /* stored hashes of tokens and pins */
    KEY_JOURNAL_SALT,               /* salts of the journal's payload hashes */
    KEY_COMPARTMENT,                /* wrapping of compartment and matter keys */
    KEY_CSRF,                       /* form tokens of a session */
    KEY_CURSOR,                     /* page positions and short codes we hand out */
    KEY_USE__COUNT
};
/* What seals has a key for each of its parts, so that cipher and tag share none. */
enum key_part { KEY_PART_SM4, KEY_PART_SM4_TAG, KEY_PART_AES, KEY_PART__COUNT };

struct key {
    char id[KEY_ID_LEN + 1];        /* 8 hex digits */
    enum key_kind kind;
    bool current;                   /* exactly one of each kind present */
    struct stamp made_at;
    unsigned char raw[KEY_LEN];
    unsigned char sub[KEY_USE__COUNT][KEY_LEN];     /* of a master key only */
    unsigned char part[KEY_USE__COUNT][KEY_PART__COUNT][KEY_LEN];
};
/* Caller's storage; keys_done wipes it. In order of making. */
struct keys { struct key v[KEYS_MAX]; size_t n; };

/* Makes the file with one new key of each kind. ERR_KEY_FILE_EXISTS rather than
 * overwrite; ERR_NO_FILE. On the disk when it returns. */
bool keys_create(const char *path, struct err *e) MUST_CHECK;
/* Refuses a file that others may read or that is not ours (ERR_KEY_FILE_MODE),
 * a damaged one (ERR_KEY_FILE, the line), one without a key of some kind. */
bool keys_open(struct keys *k, const char *path, struct err *e) MUST_CHECK;
/* Adds a new current key of that kind to the file, atomically; running
 * processes go on with what they read. Two at once: one ERR_KEY_FILE_EXISTS. */
bool keys_rotate(const char *path, enum key_kind kind, struct err *e) MUST_CHECK;
/* Writes k to a new file (a restored escrow). As keys_create. */
bool keys_save(const struct keys *k, const char *path, struct err *e) MUST_CHECK;
void keys_done(struct keys *k);

/* NULL when there is none; id may be anything. */
const struct key *keys_find(const struct keys *k, enum key_kind kind, struct str id);
/* keys_open made sure that there is one. */
const struct key *keys_current(const struct keys *k, enum key_kind kind);
/* Each key of the kind, newest first; *at begins with 0; NULL after the last. */
const struct key *keys_each(const struct keys *k, enum key_kind kind, size_t *at);
/* The subkey's 32 bytes. */
struct str key_sub(const struct key *master, enum key_use use);
/* The key of a part under 32 bytes that seal; a master key's are kept with it. */
struct digest key_part_of(struct str key, enum key_part part);
struct digest key_part(const struct key *master, enum key_use use, enum key_part part);

/* Without a file: a new random current key; ERR_TOO_MANY. A known one
 * (ERR_DATA: twice the same id, or bytes that cannot be such a key). */
bool keys_make(struct keys *k, enum key_kind kind, struct err *e) MUST_CHECK;
bool keys_add(struct keys *k, const struct key *one, struct err *e) MUST_CHECK;
/* One key of each kind, one of them current. ERR_DATA. */
bool keys_check(const struct keys *k, struct err *e) MUST_CHECK;
void keys_print(const struct keys *k, struct buf *b);
bool keys_parse(struct str text, struct keys *out, struct err *e) MUST_CHECK;
#endif
