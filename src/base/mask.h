/* mask.h - what a secret field shows before it is revealed.
 *
 * Each keeps enough to tell two apart in a list and no more; when a value does
 * not have the expected shape, less is shown, never more. The result is for the
 * screen only; it is made from opened values by the server, not by a page. */
#ifndef BASE_MASK_H
#define BASE_MASK_H
#include "base/arena.h"

/* 138****5678: the first three and the last four of eleven characters or more
 * (an extension is dropped), the last two of seven to ten, nothing of fewer. */
struct str mask_phone(struct arena *a, struct str s);
/* 4****************X: the first and the last of six characters or more. */
struct str mask_idnum(struct arena *a, struct str s);
/* 张*, 张*三, 欧阳*, 欧阳*锋, 阿**热 (at most two stars); J*** S****. */
struct str mask_name(struct arena *a, struct str s);
/* Up to the village or, failing that, the town: 佛山市南海区桂城街道叠南社区****.
 * Without a town only up to the county; without that nothing at all. */
struct str mask_address(struct arena *a, struct str s);
#endif
