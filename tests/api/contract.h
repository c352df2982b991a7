/* contract.h - every answer held against the description the server serves.
 *
 * The validator knows what record_schema() writes, and refuses to judge a
 * keyword it does not know: a description that grows makes it grow. */
#ifndef TESTS_CONTRACT_H
#define TESTS_CONTRACT_H
#include "base/arena.h"
#include <jansson.h>

struct contract { json_t *root; };

/* The operation of a method and a raw path (no query), or NULL. A literal segment
 * wins over a parameter. */
json_t *contract_find(const struct contract *c, struct str method, struct str path);
/* Whether value is what schema says; why tells where it is not. */
bool contract_valid(const struct contract *c, struct arena *a, json_t *schema, json_t *value,
                    struct str *why);
/* Whether an answer keeps what its operation promises (op NULL: an address that is
 * none, hence a problem). media is the Content-Type; body is parsed here. */
bool contract_answer(const struct contract *c, struct arena *a, json_t *op, int status,
                     struct str media, struct str body, struct str *why);
/* Whether a body the server took is one the operation says it takes. */
bool contract_request(const struct contract *c, struct arena *a, json_t *op, struct str body,
                      struct str *why);
#endif
