/* expect.h - what a JSON answer must look like.
 *
 * A pattern is JSON with a little more: keys need no quotes;
 *     …            as a value: anything; as an object's last member: others too;
 *                  in an array: any number of entries; in a text: any run of it
 *     =>NAME       as a value: anything, caught; key=>NAME for short
 *     !key         a member that must not be there
 * Without … an object has these members and no others. */
#ifndef TESTS_EXPECT_H
#define TESTS_EXPECT_H
#include "base/vec.h"
#include <jansson.h>

struct caught { struct str name, value; };
struct catches { VEC(struct caught) v; };

/* The value caught under name, the latest; NULL when nothing was. */
const struct str *catch_find(const struct catches *c, struct str name);
void catch_put(struct arena *a, struct catches *c, struct str name, struct str value);

/* Whether got fits the pattern. why gets where and how it does not. */
bool expect_json(struct arena *a, struct str pattern, json_t *got, struct catches *c,
                 struct str *why);
/* Whether got fits a text in which … stands for any run; =>NAME alone catches. */
bool expect_text(struct arena *a, struct str pattern, struct str got, struct catches *c);
#endif
