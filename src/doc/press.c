/* press.c - fonts, characters, lines and pages; paper_pdf.c sets the blocks. */
#include "doc/press_impl.h"
#include "base/log.h"
#include "base/utf8.h"
#include "doc/paper_pdf.h"
#include <cairo-pdf.h>
#include <dirent.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <unistd.h>

static const char *const needed[] = {
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
};
/* Rarer characters; each only where it is installed. */
static const char *const rarer[] = {
    "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
    "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    "/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf",
};
/* In order: what GB/T 9704 wants, where an office has put it into its folder (the
 * usual faces may not be given away with the program); then what is always there. */
#define ALWAYS "Noto Serif CJK SC, HanaMinA, HanaMinB, BabelStone Han"
#define BODY   "FangSong_GB2312, FangSong, FandolFang, FandolFang R, " ALWAYS
#define TITLE  "FZXiaoBiaoSong-B05S, FZXiaoBiaoSong-B05, " ALWAYS
enum { GETA = 0x3013, MISSING_MAX = 40, FOLDER_MAX = 16 };

struct press {
    pthread_mutex_t lock;
    struct str folder;
    FcConfig *fonts;
    FcCharSet *covered;
    PangoFontMap *map;
};

static void press_end(void *arg)
{
    struct press *x = arg;
    if (x->map)
        g_object_unref(x->map);
    if (x->covered)
        FcCharSetDestroy(x->covered);
    if (x->fonts)
        FcConfigDestroy(x->fonts);
    pthread_mutex_destroy(&x->lock);
}

struct press *press_make(struct arena *a, struct str folder)
{
    struct press *x = arena_new(a, struct press);
    x->folder = arena_dup(a, folder);
    pthread_mutex_init(&x->lock, NULL);
    arena_defer(a, press_end, x);
    return x;
}

/* ---- fonts ---- */

static bool add_font(FcConfig *c, const char *path)
{
    return !access(path, R_OK) && FcConfigAppFontAddFile(c, (const FcChar8 *)path);
}

/* File by file: for a folder Fontconfig wants a place to keep its cache. */
static void add_folder(FcConfig *c, struct str folder)
{
    char path[1200];
    DIR *d = folder.n ? opendir(folder.p) : NULL;
    int n = 0;
    for (const struct dirent *x; d && n < FOLDER_MAX && (x = readdir(d)) != NULL; ) {
        struct str name = str_of(x->d_name);
        bool font = str_ends(name, STR(".ttf")) || str_ends(name, STR(".otf"))
                 || str_ends(name, STR(".ttc"));
        int len = snprintf(path, sizeof path, "%s/%s", folder.p, x->d_name);
        if (font && len > 0 && (size_t)len < sizeof path)
            n += add_font(c, path);
    }
    if (d)
        closedir(d);
}

static FcCharSet *cover(FcConfig *c)
{
    FcFontSet *set = FcConfigGetFonts(c, FcSetApplication);
    FcCharSet *all = FcCharSetCreate(), *one;
    FcBool changed;
    for (int i = 0; set && i < set->nfont; i++)
        if (FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &one) == FcResultMatch)
            FcCharSetMerge(all, one, &changed);
    return all;
}

static bool fonts_open(struct press *x, struct err *e)
{
    if (x->map)
        return true;
    FcConfig *c = FcConfigCreate();
    for (size_t i = 0; i < COUNT(needed); i++)
        if (!add_font(c, needed[i])) {
            FcConfigDestroy(c);
            return err_detail(e, ERR_PAPER_FONT, "no font %s", needed[i]);
        }
    for (size_t i = 0; i < COUNT(rarer); i++)
        (void)add_font(c, rarer[i]);
    add_folder(c, x->folder);
    x->fonts = c;
    x->covered = cover(c);
    x->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(x->map), c);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(x->map), 72);
    return true;
}

/* ---- characters ---- */

/* What has no shape of its own: joiners, variation selectors, marks of direction. */
static bool is_unseen(uint32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || c == 0xfeff
        || (c >= 0x2060 && c <= 0x206f) || (c >= 0xfe00 && c <= 0xfe0f)
        || (c >= 0xe0000 && c <= 0xe0fff);
}

static void note_missing(struct setting *s, uint32_t c)
{
    for (size_t i = 0; i < s->missing.n; i++)
        if (s->missing.v[i] == c)
            return;
    if (s->missing.n < MISSING_MAX)
        vec_push(s->a, &s->missing, c);
}

static uint32_t shown(struct setting *s, uint32_t c)
{
    if (c == '\n')
        return c;
    if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029 || c == 0xa0)
        return ' ';
    if (FcCharSetHasChar(s->press->covered, c))
        return c;
    note_missing(s, c);
    return GETA;
}

/* A blank between Han and Latin is dropped: justifying would widen it alone. */
static bool is_joint(uint32_t before, uint32_t after)
{
    bool x = utf8_is_han(before), y = utf8_is_han(after);
    return x != y && before < 0x10000 && after < 0x10000 && (x || y);
}

static struct str printable(struct setting *s, struct str in)
{
    AUTO(buf_done) struct buf b;
    char at[4];
    uint32_t last = 0;
    buf_init(&b, in.n * 3 + 16);
    while (in.n) {
        uint32_t c = utf8_next(&in);
        if (is_unseen(c))
            continue;
        c = shown(s, c);
        struct str ahead = in;
        if (c == ' ' && in.n && is_joint(last, utf8_next(&ahead)))
            continue;
        buf_add(&b, (struct str){ at, utf8_put(c, at) });
        last = c;
    }
    return arena_dup(s->a, buf_str(&b));
}

/* ---- lines ---- */

struct face setting_face(const struct setting *s)
{
    return (struct face){ s->m->size, s->m->pitch, s->m->spacing, false, PAPER_LEFT, false };
}

static void lay_spacing(PangoLayout *l, double spacing)
{
    PangoAttrList *list = pango_attr_list_new();
    pango_attr_list_insert(list, pango_attr_letter_spacing_new((int)(spacing * PANGO_SCALE)));
    pango_layout_set_attributes(l, list);
    pango_attr_list_unref(list);
}

struct lines setting_lay(struct setting *s, struct str text, double width, struct face f)
{
    struct str ok = printable(s, text);
    PangoLayout *l = pango_layout_new(s->pango);
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family_static(d, f.bold ? TITLE : BODY);
    pango_font_description_set_weight(d, f.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(d, f.size * PANGO_SCALE);
    pango_layout_set_font_description(l, d);
    pango_font_description_free(d);
    if (f.spacing < 0 || f.spacing > 0)
        lay_spacing(l, f.spacing);
    pango_layout_set_auto_dir(l, FALSE);
    /* A hair more: 28 characters of 156/28 mm must not miss 156 mm by rounding. */
    pango_layout_set_width(l, (int)((MAX(width, f.size) + 0.3) * PANGO_SCALE));
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_justify(l, f.justify);
    pango_layout_set_text(l, ok.p, (int)ok.n);
    return (struct lines){ l, pango_layout_get_line_count(l), width, f };
}

void setting_drop(struct lines *l)
{
    if (l->layout)
        g_object_unref(l->layout);
    l->layout = NULL;
}

void setting_line(struct setting *s, const struct lines *l, int i, double x, double y)
{
    if (!s->draw)
        return;
    PangoLayoutLine *line = pango_layout_get_line_readonly(l->layout, i);
    PangoRectangle box;
    pango_layout_line_get_extents(line, NULL, &box);
    double spare = l->width - (double)box.width / PANGO_SCALE;
    double shift = l->face.align == PAPER_CENTRE ? spare / 2
                 : l->face.align == PAPER_RIGHT ? spare : 0;
    cairo_move_to(s->cr, x + MAX(shift, 0), y + (l->face.pitch - l->face.size) / 2
                  + l->face.size * 0.88);
    pango_cairo_show_layout_line(s->cr, line);
}

void setting_rule(struct setting *s, double x1, double y1, double x2, double y2)
{
    if (!s->draw)
        return;
    cairo_set_line_width(s->cr, 0.7);
    cairo_move_to(s->cr, x1, y1);
    cairo_line_to(s->cr, x2, y2);
    cairo_stroke(s->cr);
}

/* ---- pages ---- */

void setting_need(struct setting *s, double height)
{
    if (s->y + height > setting_bottom(s) + 0.1 && s->y > s->m->top + 0.1)
        setting_new_page(s);
}

static cairo_status_t keep(void *b, const unsigned char *data, unsigned n)
{
    buf_add(b, (struct str){ (const char *)data, n });
    return buf_ok(b) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static struct str missing_text(const struct setting *s)
{
    AUTO(buf_done) struct buf b;
    buf_init(&b, 1024);
    for (size_t i = 0; i < s->missing.n; i++)
        buf_addf(&b, "%sU+%04X", i ? " " : "", (unsigned)s->missing.v[i]);
    return arena_dup(s->a, buf_str(&b));
}

static void describe(cairo_surface_t *surface, const struct paper *p)
{
    char at[32];
    at[stamp_format(p->made_at, at)] = 0;
    struct str title = utf8_valid(p->title) ? p->title : STR("");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, arena_cstr(p->a, title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Fengqiao");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, at);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, at);
}

static bool print(struct press *x, const struct paper *p, struct buf *b,
                  struct press_report *report, struct err *e)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(keep, b, 595.276, 841.89);
    describe(surface, p);
    struct setting s = { .press = x, .paper = p, .m = &press_measures[p->style], .a = p->a,
                         .cr = cairo_create(surface),
                         .pango = pango_font_map_create_context(x->map) };
    pango_context_set_language(s.pango, pango_language_from_string("zh-cn"));
    pango_context_set_round_glyph_positions(s.pango, FALSE);
    pango_context_set_base_dir(s.pango, PANGO_DIRECTION_LTR);
    pango_cairo_update_context(s.cr, s.pango);
    bool ok = paper_set(&s, e);
    g_object_unref(s.pango);
    cairo_destroy(s.cr);
    cairo_surface_finish(surface);
    cairo_status_t status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (!ok)
        return false;
    if (!buf_ok(b))
        return err_setf(e, ERR_TOO_LARGE, "%zu MiB", b->max >> 20);
    if (status != CAIRO_STATUS_SUCCESS)
        return err_internal(e, "press: %s", cairo_status_to_string(status));
    *report = (struct press_report){ s.all_pages, missing_text(&s) };
    return true;
}

bool press_pdf(struct press *x, const struct paper *p, struct buf *b, struct press_report *report,
               struct err *e)
{
    if (p->overflow)
        return err_setf(e, ERR_TOO_LARGE, "%d", PAPER_BLOCKS);
    pthread_mutex_lock(&x->lock);
    bool ok = fonts_open(x, e) && print(x, p, b, report, e);
    pthread_mutex_unlock(&x->lock);
    if (ok && report->missing.n)
        log_event(LOG_WARN, "paper.missing", "no font has %.*s", STR_ARG(report->missing));
    return ok;
}
