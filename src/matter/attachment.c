#include "matter/attachment.h"
#include "app/access.h"
#include "app/store.h"
#include "base/utf8.h"

enum { ATTACHMENTS_MAX = 500 };         /* what a list shows */

static const struct field attachment_fields[] = {
    FIELD(attachment, id, .doc = "Key", .flags = HIDDEN | PARTY),
    FIELD(attachment, name, .doc = "File name", .max = 150, .flags = PARTY, .zh = "文件名",
          .en = "Name"),
    FIELD(attachment, media, .doc = "Kind, as found by its content", .flags = PARTY,
          .zh = "类型", .en = "Kind"),
    FIELD(attachment, size, .doc = "Bytes", .flags = PARTY, .zh = "字节", .en = "Bytes"),
    FIELD(attachment, note, .doc = "What it shows", .max = 200, .flags = PARTY, .zh = "说明",
          .en = "Note"),
    FIELD(attachment, added_at, .doc = "When it was added", .flags = PARTY, .zh = "上传时间",
          .en = "Added"),
    FIELD(attachment, added_name, .doc = "Who added it", .flags = PARTY, .zh = "上传人",
          .en = "Added by"),
};
const struct record attachment_record = RECORD(attachment, attachment_fields);

/* The form beside the file; the stored file is put in by prepare. */
struct attachment_new { struct str note; struct stored file; struct str name; };
static const struct field attachment_new_fields[] = {
    FIELD(attachment_new, note, .doc = "What it shows", .max = 200, .zh = "说明", .en = "Note"),
};
static const struct record attachment_new_record = RECORD(attachment_new, attachment_new_fields);

/* The matter's content must be the sender's to see, and there must be room. */
static bool may_add(struct req *r, void *ctx UNUSED, struct err *e)
{
    struct matter m;
    int64_t n = 0;
    return matter_reach(r, &m, e)
        && db_int(r->c, e, &n,
            SQL("SELECT COUNT(*) FROM (SELECT 1 FROM attachment WHERE home = $1 AND matter = $2"
                " LIMIT 500) x"), V(m.home), V(m.id))
        && (n < ATTACHMENTS_MAX || err_setf(e, ERR_TOO_MANY, "%d", ATTACHMENTS_MAX));
}

/* Asked before the file is taken in: what was taken once is not taken out again. */
static bool before_add(struct req *r, void *in, struct err *e)
{
    struct attachment_new *x = in;
    if (r->uploads.n != 1)
        return err_field(e, ERR_REQUIRED, "file");
    if (!(r->c ? may_add(r, NULL, e) : app_read(r->app, r, may_add, NULL, e)))
        return false;
    const struct upload *u = &r->uploads.v[0];
    x->name = utf8_cut(utf8_clean(r->a, u->name), 400);
    if (!x->name.n)
        x->name = STR("file");
    return store_take(r->app, r->a, u, &x->file, e);
}

static struct str told(struct req *r, const struct attachment_new *x)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 8192);
    json_put_key(&b, "{", "name");
    json_put_str(&b, x->name);
    json_put_key(&b, ",", "digest");
    json_put_str(&b, x->file.digest);
    buf_add_char(&b, '}');
    return arena_dup(r->a, buf_str(&b));
}

static bool on_add(struct req *r, const void *in, void *out, struct err *e)
{
    const struct attachment_new *x = in;
    struct matter m;
    struct id id = id_make();
    if (!matter_reach(r, &m, e))
        return false;
    struct attachment row = { id, x->name, x->file.media, x->note, r->who->name, x->file.size,
                              r->now };
    *(struct attachment *)out = row;
    r->sight = SIGHT_ALL;
    return matter_log(r, &m, STR("attach"), id, told(r, x), e)
        && db_exec(r->c, e, NULL,
            SQL("INSERT INTO attachment (id, home, matter, digest, name, media, size, note,"
                " added_by, added_at, removed_at)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)"),
            V(id), V(m.home), V(m.id), V(x->file.digest), V(x->name), V(x->file.media),
            V(x->file.size), V(x->note), V(r->who->account), V(r->now));
}

/* A party sees what it brought itself; what the other side brought is shown by the
 * mediator, not by the file list (product.md rule 4). None: all. */
static struct id only_of(const struct req *r)
{
    return who_may(r->who, PERM_RESIDENT) ? r->who->account : ID_NONE;
}

static bool on_list(struct req *r, const void *in UNUSED, void *out, struct err *e)
{
    struct matter m;
    return matter_open(r, &m, e)
        && db_all(r->c, e, r->a, &attachment_record, out,
            SQL("SELECT x.id, x.name, x.media, x.size, x.note, x.added_at,"
                " COALESCE(w.name, '') AS added_name FROM attachment x"
                " LEFT JOIN account w ON w.home = x.home AND w.id = x.added_by"
                " WHERE x.home = $1 AND x.matter = $2 AND x.removed_at = 0"
                " AND (CAST($3 AS BIGINT) = 0 OR x.added_by = CAST($3 AS BIGINT))"
                " ORDER BY x.id LIMIT 500"), V(m.home), V(m.id), V(only_of(r)));
}

struct place { struct id matter; struct str digest, name, media; };
static const struct field place_fields[] = {
    FIELD(place, matter, .doc = "Matter"), FIELD(place, digest, .doc = "Content"),
    FIELD(place, name, .doc = "Name"), FIELD(place, media, .doc = "Kind"),
};
static const struct record place_record = RECORD(place, place_fields);

static bool on_get(struct req *r, const void *in UNUSED, void *out UNUSED, struct err *e)
{
    struct place p = { 0 };
    struct matter m;
    struct id id;
    if (!req_id(r, 0, &id, e)
        || !db_one(r->c, e, r->a, &place_record, &p,
            SQL("SELECT matter, digest, name, media FROM attachment"
                " WHERE home = $1 AND id = $2 AND removed_at = 0"
                " AND (CAST($3 AS BIGINT) = 0 OR added_by = CAST($3 AS BIGINT))"),
            V(r->who->home), V(id), V(only_of(r)))
        || !matter_load_content(r, p.matter, &m, e))
        return false;
    r->file.path = store_path(r->app, r->a, p.digest);
    r->file.name = p.name;
    r->file.media = p.media;
    r->file.attachment = !store_is_safe_inline(p.media);
    return access_look(r, m.home, m.id, STR("attachment"), e);
}

static const struct route attachment_routes[] = {
    { "POST", "/api/v1/matters/{id}/attachments", PERM_MATTER_ACT, ROUTE_WRITE,
      .prepare = before_add, .slow = true, .apply = on_add, .in = &attachment_new_record,
      .out = &attachment_record, .body = BODY_FILE, .rate = RATE_FILE,
      .doc = "Add a file to a matter" },
    { "GET", "/api/v1/matters/{id}/attachments", PERM_MATTER_READ, ROUTE_READ, .apply = on_list,
      .out = &attachment_record, .reply = REPLY_LIST, .doc = "The files of a matter" },
    { "GET", "/api/v1/attachments/{id}", PERM_MATTER_READ, ROUTE_READ, .apply = on_get,
      .reply = REPLY_FILE, .rate = RATE_FILE, .doc = "One file" },
    { "POST", "/api/v1/door/matters/{id}/attachments", PERM_RESIDENT, ROUTE_WRITE,
      .prepare = before_add, .slow = true, .apply = on_add, .in = &attachment_new_record,
      .out = &attachment_record, .body = BODY_FILE, .rate = RATE_FILE, .sites = SITE_BOTH,
      .doc = "Add a file to my matter" },
    { "GET", "/api/v1/door/matters/{id}/attachments", PERM_RESIDENT, ROUTE_READ, .apply = on_list,
      .out = &attachment_record, .reply = REPLY_LIST, .sites = SITE_BOTH,
      .doc = "The files of my matter" },
    { "GET", "/api/v1/door/attachments/{id}", PERM_RESIDENT, ROUTE_READ, .apply = on_get,
      .reply = REPLY_FILE, .rate = RATE_FILE, .sites = SITE_BOTH, .doc = "One file" },
};
const struct route_table attachment_table = ROUTES("attachment", attachment_routes);
