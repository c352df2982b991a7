/* attachment.h - an attachment 附件: a file that belongs to a matter. */
#ifndef MATTER_ATTACHMENT_H
#define MATTER_ATTACHMENT_H
#include "matter/matter.h"

struct attachment {
    struct id id;
    struct str name, media, note, added_name;
    int64_t size;
    struct stamp added_at;
};
extern const struct record attachment_record;
extern const struct route_table attachment_table;
#endif
