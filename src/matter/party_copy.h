/* party_copy.h - the parties of a matter that was merged, as they stand in its head. */
#ifndef MATTER_PARTY_COPY_H
#define MATTER_PARTY_COPY_H
#include "matter/party.h"

/* Copies parties of another matter into m, but those who left: their data sealed anew,
 * their accounts as parties of m, where they do not stand on the other side of it already.
 * ERR_TOO_MANY when m would have more than PARTY_ROWS_MAX. */
bool party_copy(struct req *r, const struct matter *m, struct list parties,
                struct err *e) MUST_CHECK;
/* Who left head as a copy has left m, from the same moment on; *alone: no applicant of m is
 * left, though it had some. */
bool party_leave_too(struct req *r, const struct matter *m, const struct matter *head,
                     bool *alone, struct err *e) MUST_CHECK;
/* The copies that head has of from's parties are taken out again; *kept of them, as whom
 * something was done since, stay as parties who left. */
bool party_take_back(struct req *r, const struct matter *from, const struct matter *head,
                     int64_t *kept, struct err *e) MUST_CHECK;
#endif
