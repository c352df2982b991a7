/* mail.h - one e-mail, written by RFC 5322 and handed to a server by RFC 5321.
 *
 * Plain text only. An address is ASCII without quotes and signs of the syntax, a
 * subject is encoded whole, the body is base64: nothing a writer puts in can
 * become a header or a command. The same message keeps its Message-ID over every
 * try, so that a server may know it again. */
#ifndef APP_MAIL_H
#define APP_MAIL_H
#include "app/config.h"
#include "base/arena.h"

enum { MAIL_ADDRESS_MAX = 254 };

struct mail {
    struct str from, to;                /* addresses, by mail_address_ok() */
    struct str subject, body;           /* UTF-8 */
    struct str id;                      /* left part of the Message-ID: letters and digits */
    struct stamp at;
};

/* How mail leaves, from the configuration. */
struct mail_server {
    const char *url;                    /* smtp://host:port or smtps://host:port */
    const char *user, *password;        /* NULL: without signing in */
    const char *ca;                     /* certificates to trust; NULL: the system's */
    bool loopback;                      /* on this machine: without TLS unless ca is set */
    int64_t timeout_ms;                 /* for the whole of one message */
};
enum mail_result { MAIL_SENT, MAIL_LATER, MAIL_NEVER };

/* local@domain: letters, digits and .!#$%&'*+-/=?^_{|}~ on the left; a name with a
 * dot, or an address, no longer than MAIL_ADDRESS_MAX. */
bool mail_address_ok(struct str s);
/* w***@example.org: what a screen shows of an address. */
struct str mail_address_mask(struct arena *a, struct str s);
/* Headers and body, lines of at most 76 bytes ended by CR LF. ERR_BAD_VALUE (field
 * "from", "to") for what is no address, "id" for a bad id. */
bool mail_write(const struct mail *m, struct arena *a, struct buf *b, struct err *e) MUST_CHECK;
/* The server of the configuration; url NULL when none is set. Reads the password
 * from the file smtp_secret (mode 0600). ERR_CONFIG, ERR_KEY_FILE_MODE. */
bool mail_server_of(const struct config *c, struct arena *a, struct mail_server *out,
                    struct err *e) MUST_CHECK;
/* Hands it over, waiting. TLS is demanded of every server but one on this machine.
 * MAIL_NEVER: the server refused it for good (5yz). why gets a short reason that
 * names no address. */
enum mail_result mail_send(const struct mail_server *s, const struct mail *m, char why[80]);
#endif
