/* sheet_book.c - the workbook of an XLSX: which part is which (ECMA-376 part
 * 2, 9.3 and part 1, 18.2).
 *
 * A part is found by the relations beside the part that uses it. Their targets
 * are paths; those that leave the file, or point outside it, are refused. */
#include "doc/sheet_xlsx.h"
#include "base/utf8.h"

enum { RELATIONS_MAX = 2000, SHEETS_MAX = 1000, TARGET_MAX = 500, NAME_MAX_BYTES = 200 };

struct relation { struct str id, type; const char *part; };
struct relations { struct str folder; VEC(struct relation) list; };

/* ---- relations ---- */

/* The part a target names, seen from folder ("xl/"); NULL when it is no part. */
static const char *resolve(struct arena *a, struct str folder, struct str target)
{
    bool is_path = target.n && target.n <= TARGET_MAX && !memchr(target.p, '\\', target.n)
                && !memchr(target.p, ':', target.n) && str_find(target, STR("..")) == target.n;
    if (!is_path)
        return NULL;
    if (target.p[0] == '/')
        return arena_cstr(a, str_sub(target, 1, target.n));
    if (str_starts(target, STR("./")))
        target = str_sub(target, 2, target.n);
    return arena_printf(a, "%.*s%.*s", STR_ARG(folder), STR_ARG(target)).p;
}

static void on_relation(struct sheet_xml *x, struct str name, const char **atts)
{
    struct relations *rels = x->ctx;
    struct arena *a = x->reader->arena;
    struct str type = sheet_xml_att(atts, "Type");
    if (!str_is(name, "Relationship") || str_is(sheet_xml_att(atts, "TargetMode"), "External"))
        return;
    if (rels->list.n == RELATIONS_MAX) {
        sheet_bad(x->e, x->part, "has too many relations");
        sheet_xml_stop(x);
        return;
    }
    const char *slash = type.n ? memrchr(type.p, '/', type.n) : NULL;
    if (slash)
        type = str_of(slash + 1);
    vec_push(a, &rels->list, (struct relation){
        .id = arena_dup(a, str_sub(sheet_xml_att(atts, "Id"), 0, NAME_MAX_BYTES)),
        .type = arena_dup(a, str_sub(type, 0, NAME_MAX_BYTES)),
        .part = resolve(a, rels->folder, sheet_xml_att(atts, "Target")) });
}

static const struct sheet_xml_on relations_on = { .start = on_relation };

static const char *part_of_type(const struct relations *rels, const char *type)
{
    for (size_t i = 0; i < rels->list.n; i++)
        if (str_is(rels->list.v[i].type, type))
            return rels->list.v[i].part;
    return NULL;
}

static const char *sheet_part(const struct relations *rels, struct str id)
{
    for (size_t i = 0; i < rels->list.n; i++) {
        const struct relation *rel = &rels->list.v[i];
        if (str_eq(rel->id, id) && str_is(rel->type, "worksheet"))
            return rel->part;
    }
    return NULL;
}

/* ---- the workbook ---- */

static bool is_true(struct str s)
{
    return str_is(s, "1") || str_is(s, "true");
}

static void on_workbook(struct sheet_xml *x, struct str name, const char **atts)
{
    struct xlsx_book *book = x->ctx;
    struct arena *a = x->reader->arena;
    if (str_is(name, "workbookPr"))
        book->is_1904 = is_true(sheet_xml_att(atts, "date1904"));
    if (!str_is(name, "sheet"))
        return;
    if (book->sheets.n == SHEETS_MAX) {
        sheet_bad(x->e, x->part, "has too many sheets");
        sheet_xml_stop(x);
        return;
    }
    struct str state = sheet_xml_att(atts, "state");
    vec_push(a, &book->sheets, (struct xlsx_sheet){
        .name = arena_dup(a, utf8_cut(sheet_xml_att(atts, "name"), NAME_MAX_BYTES)),
        .relation = arena_dup(a, str_sub(sheet_xml_att(atts, "id"), 0, NAME_MAX_BYTES)),
        .hidden = !str_empty(state) && !str_is(state, "visible") });
}

static const struct sheet_xml_on workbook_on = { .start = on_workbook };

/* "xl/workbook.xml" -> folder "xl/", relations "xl/_rels/workbook.xml.rels". */
static const char *relations_part(struct arena *a, const char *part, struct str *folder)
{
    const char *slash = strrchr(part, '/');
    size_t n = slash ? (size_t)(slash - part) + 1 : 0;
    *folder = str_sub(str_of(part), 0, n);
    return arena_printf(a, "%.*s_rels/%s.rels", STR_ARG(*folder), part + n).p;
}

/* Places each sheet; drops what is none (chart sheets, dangling relations). */
static void place_sheets(struct xlsx_book *book, const struct relations *rels)
{
    size_t kept = 0;
    for (size_t i = 0; i < book->sheets.n; i++) {
        struct xlsx_sheet sheet = book->sheets.v[i];
        sheet.part = sheet_part(rels, sheet.relation);
        if (sheet.part)
            book->sheets.v[kept++] = sheet;
    }
    book->sheets.n = kept;
}

bool xlsx_book_read(struct xlsx_book *book, struct sheet_reader *r, zip_t *zip, struct err *e)
{
    struct relations root = { 0 }, rels = { 0 };
    if (zip_name_locate(zip, "_rels/.rels", ZIP_FL_NOCASE) < 0)
        return err_setf(e, ERR_FILE_KIND, "ZIP");
    if (!sheet_xml_run(r, zip, "_rels/.rels", &relations_on, &root, e))
        return false;
    const char *part = part_of_type(&root, "officeDocument");
    if (!part)
        return err_setf(e, ERR_FILE_KIND, "ZIP");
    const char *beside = relations_part(r->arena, part, &rels.folder);
    if (!sheet_xml_run(r, zip, beside, &relations_on, &rels, e)
        || !sheet_xml_run(r, zip, part, &workbook_on, book, e))
        return false;
    place_sheets(book, &rels);
    if (book->sheets.n == 0)
        return sheet_bad(e, part, "has no worksheet");
    book->strings = part_of_type(&rels, "sharedStrings");
    book->styles = part_of_type(&rels, "styles");
    return true;
}
