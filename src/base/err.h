/* err.h - a failure, as one value handed up.
 *
 * What can fail returns bool (true is success), is MUST_CHECK and takes a
 * struct err last. The first failure's text is kept: callers pass it up
 * untouched, and may add the field. Every kind of failure the product knows is
 * one row of err_list.h, with its HTTP status, its stable slug and a sentence
 * in each language; nobody writes a sentence for a user anywhere else. */
#ifndef BASE_ERR_H
#define BASE_ERR_H
#include "base/buf.h"
#include "base/err_list.h"

enum lang { LANG_ZH, LANG_EN, LANG__COUNT };

#define X(id, status, slug, zh, en) ERR_##id,
enum err_id { ERR_LIST(X) ERR__COUNT };
#undef X

/* Between the Chinese and the English spelling of an argument, where they differ:
 * err_setf(e, ERR_WRONG_STATE, "%s" ERR_OR "%s", zh, en). */
#define ERR_OR "\x1f"

struct err {
    enum err_id id;
    char field[64];                 /* name of the field at fault, or "" */
    char arg[160];                  /* fills the {} of the sentence */
    char detail[320];               /* for the log only; never shown */
};

/* Each fills e (only if it holds no failure yet) and returns false, so that a
 * failing path is one statement: return err_set(e, ERR_DENIED); */
bool err_set(struct err *e, enum err_id id);
bool err_setf(struct err *e, enum err_id id, const char *arg, ...) PRINTF(3, 4);
bool err_field(struct err *e, enum err_id id, const char *field);
bool err_fieldf(struct err *e, enum err_id id, const char *field, const char *arg, ...)
    PRINTF(4, 5);
/* Our fault: the text goes to the log, the user sees ERR_INTERNAL's sentence. */
bool err_internal(struct err *e, const char *detail, ...) PRINTF(2, 3);
/* For failures of the outside (disk, network): shown as id, detail logged. */
bool err_detail(struct err *e, enum err_id id, const char *detail, ...) PRINTF(3, 4);
/* Puts "prefix" before the field: "claims[2]" + "amount" -> "claims[2].amount". */
void err_at(struct err *e, const char *prefix, size_t index);
void err_clear(struct err *e);
static inline bool err_is_set(const struct err *e) { return e->id != ERR_OK; }

int         err_status(enum err_id id);
const char *err_slug(enum err_id id);
/* The sentence in the reader's language, {} filled, without the field. */
void        err_text(const struct err *e, enum lang lang, struct buf *b);
#endif
