/* config.h - the settings of one installation.
 *
 * One record is parser, default, range, documentation and environment name of
 * every setting. Order of strength: command line (--set name=value), environment
 * (FENGQIAO_NAME), file (name = value, # comments), preset. */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H
#include "schema/record.h"

struct config {
    struct str data;                    /* directory: database, attachments, keys, spool */
    struct str database;                /* "" means sqlite in data */
    struct str keys;                    /* key file; "" means data/keys */
    struct str witness;                 /* checkpoint file outside the database */
    struct str desk, door;              /* "address:port"; door "" shares the desk's */
    int64_t threads, db_workers;
    struct str log;                     /* debug, info, warn, error */
    bool behind_proxy, secure_cookie;
    bool probe;                         /* answers tell what they cost */
    bool demo;                          /* shows the outbox page and demo accounts */
    int64_t session_hours, idle_minutes;
    struct str home_code;               /* 4-digit code of the city */
    struct str sms_command;             /* program that sends a message; "": outbox only */
    struct str smtp_url, smtp_from;     /* server and sender of e-mail; "": outbox only */
    struct str smtp_user, smtp_secret;  /* sign-in: name, and the file with the password */
    struct str smtp_ca;                 /* certificates to trust; "": the system's */
    struct str suite;                   /* secret fields: sm or aes */
    int64_t login_rate;                 /* sign-in tries a minute and address */
    int64_t rate_factor;                /* multiplies the limits of ordinary requests */
    struct str address;                 /* "https://…" of the door, for codes on papers */
    int64_t code_rate;                  /* codes and pins tried a minute and address */
};
extern const struct record config_record;

/* Presets, then file (may be empty: none), then the environment, then each
 * "name=value" of sets. ERR_CONFIG names the file, the line and the setting. */
bool config_load(struct config *out, struct arena *a, struct str file, const struct str *sets,
                 size_t n, struct err *e) MUST_CHECK;
/* Text of a configuration file into a config; path is for messages. */
bool config_parse(struct config *c, struct arena *a, struct str text, struct str path,
                  struct err *e) MUST_CHECK;
/* Every setting with its value, preset, environment name and sentence. */
void config_print(const struct config *c, struct buf *b);
/* "127.0.0.1:8080" taken apart; the address is copied into a. */
bool config_address(struct str s, struct arena *a, const char **host, unsigned *port,
                    struct err *e) MUST_CHECK;
#endif
