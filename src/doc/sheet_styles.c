/* sheet_styles.c - which cells of an XLSX show dates: its cell formats and the
 * number formats they name (ECMA-376 part 1, 18.8). */
#include "doc/sheet_xlsx.h"

enum { CODES_MAX = 1000, STYLES_MAX = 1 << 16 };

struct reading {
    struct sheet_styles *styles;
    VEC(struct code { int64_t id; struct sheet_style style; }) codes;
    bool in_cell_formats;
};

static int64_t id_of(const char **atts)
{
    int64_t id;
    return str_to_i64(sheet_xml_att(atts, "numFmtId"), &id) && id >= 0 && id <= INT32_MAX ? id : 0;
}

static struct sheet_style style_of(const struct reading *g, int64_t id)
{
    for (size_t i = 0; i < g->codes.n; i++)
        if (g->codes.v[i].id == id)
            return g->codes.v[i].style;
    return sheet_style_of_id((unsigned)id);
}

static void too_many(struct sheet_xml *x)
{
    sheet_bad(x->e, x->part, "has too many formats");
    sheet_xml_stop(x);
}

static void on_start(struct sheet_xml *x, struct str name, const char **atts)
{
    struct reading *g = x->ctx;
    struct arena *a = x->reader->arena;
    if (str_is(name, "numFmt")) {
        struct str code = sheet_xml_att(atts, "formatCode");
        if (g->codes.n == CODES_MAX) {
            too_many(x);
            return;
        }
        vec_push(a, &g->codes, (struct code){ id_of(atts), sheet_style_of_code(code) });
    } else if (str_is(name, "cellXfs")) {
        g->in_cell_formats = true;
    } else if (str_is(name, "xf") && g->in_cell_formats) {
        if (g->styles->n == STYLES_MAX) {
            too_many(x);
            return;
        }
        vec_push(a, g->styles, style_of(g, id_of(atts)));
    }
}

static void on_end(struct sheet_xml *x, struct str name)
{
    struct reading *g = x->ctx;
    if (str_is(name, "cellXfs"))
        g->in_cell_formats = false;
}

static const struct sheet_xml_on styles_on = { .start = on_start, .end = on_end };

bool sheet_styles_read(struct sheet_styles *s, struct sheet_reader *r, zip_t *zip,
                       const char *part, struct err *e)
{
    struct reading g = { .styles = s };
    return sheet_xml_run(r, zip, part, &styles_on, &g, e);
}
