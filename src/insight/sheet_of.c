#include "insight/sheet_of.h"
#include "doc/paper.h"
#include "doc/sheet.h"

/* What stands where a count is left out. */
#define LEFT_OUT "—"

struct str view_title(struct req *r, const struct view *x)
{
    const struct name *form = &form_names.v[x->ask.form];
    int year = (int)(x->edition.month / 100), month = (int)(x->edition.month % 100);
    if (r->lang != LANG_ZH)
        return arena_printf(r->a, "%.*s, %s, %s%d-%02d", STR_ARG(x->area.name), form->en,
                            x->ask.year ? "year to " : "", year, month);
    return x->ask.year
        ? arena_printf(r->a, "%.*s%s %d年1—%d月累计", STR_ARG(x->area.name), form->zh, year, month)
        : arena_printf(r->a, "%.*s%s %d年%d月", STR_ARG(x->area.name), form->zh, year, month);
}

bool view_sheet(struct req *r, const struct view *x, const char *path, struct err *e)
{
    struct sheet_column columns[1 + FORM_COLUMNS_N];
    struct sheet_about about = { .name = view_title(r, x), .bom = true };
    struct sheet_writer *w;
    unsigned rows[FORM_ROWS];
    size_t n = view_rows((enum form_name)x->ask.form, rows);
    columns[0] = (struct sheet_column){ "row", r->lang == LANG_ZH ? STR("类别") : STR("Row"),
                                        SHEET_TEXT, 20 };
    for (unsigned c = 0; c < FORM_COLUMNS_N; c++)
        columns[1 + c] = (struct sheet_column){ form_columns[c].slug,
            view_column_name(r, (enum form_col)c),
            !x->exact ? SHEET_TEXT : form_columns[c].measure == MEASURE_FEN ? SHEET_FEN
                                                                            : SHEET_INT, 0 };
    if (!sheet_create(r->a, SHEET_XLSX, path, &about, columns, COUNT(columns), &w, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct sheet_cell cells[1 + FORM_COLUMNS_N] = {
            { .text = view_row_name(r, (enum form_name)x->ask.form, rows[i]) },
        };
        for (unsigned c = 0; c < FORM_COLUMNS_N; c++) {
            int64_t v = x->v[rows[i]][c];
            bool fen = form_columns[c].measure == MEASURE_FEN;
            cells[1 + c] = x->exact ? (struct sheet_cell){ .n = v }
                : (struct sheet_cell){ .text = x->hidden[rows[i]][c] ? STR(LEFT_OUT)
                    : fen ? arena_printf(r->a, "%lld.%02lld", (long long)(v / 100),
                                         (long long)(v % 100))
                          : arena_printf(r->a, "%lld", (long long)v) };
        }
        if (!sheet_write_row(w, cells, e))
            return false;
    }
    return sheet_finish(w, e);
}

/* ---- the page ---- */

/* A paper takes seven columns beside the rows' names: the form in parts. */
enum { PART = 7 };
static const struct { const char *zh, *en; enum form_col col[PART]; size_t n; } parts[] = {
    { "一、受理与来源", "1. Accepted, and how it came",
      { COLUMN_ACCEPTED, COLUMN_PROACTIVE, COLUMN_APPLIED, COLUMN_REFERRED, COLUMN_WAY_UNKNOWN,
        COLUMN_PEOPLE }, 6 },
    { "二、移送来源", "2. Who sent it",
      { COLUMN_REFERRED, COLUMN_FROM_COURT, COLUMN_FROM_PROCURATORATE, COLUMN_FROM_POLICE,
        COLUMN_FROM_PETITION, COLUMN_FROM_OTHER }, 6 },
    { "三、组织类型", "3. Kind of organisation",
      { COLUMN_BODY_VILLAGE, COLUMN_BODY_RESIDENTS, COLUMN_BODY_TOWN, COLUMN_BODY_STREET,
        COLUMN_BODY_ENTERPRISE, COLUMN_BODY_ASSOCIATION, COLUMN_BODY_OTHER }, 7 },
    { "四、结果", "4. Results",
      { COLUMN_CONCLUDED, COLUMN_AGREED, COLUMN_FAILED, COLUMN_STOPPED, COLUMN_UNREACHABLE,
        COLUMN_SENT_ON, COLUMN_ENDED_OTHERWISE }, 7 },
    { "五、协议与履行", "5. Agreements and performance",
      { COLUMN_SETTLED, COLUMN_PARTLY, COLUMN_WRITTEN, COLUMN_ORAL, COLUMN_PERFORMED,
        COLUMN_UNPERFORMED, COLUMN_AMOUNT }, 7 },
    { "六、疑难复杂、待核实与司法确认", "6. Complex, unconfirmed, confirmed by a court",
      { COLUMN_COMPLEX, COLUMN_NOT_COMPLEX, COLUMN_UNCONFIRMED, COLUMN_CONFIRMED,
        COLUMN_NOT_CONFIRMED }, 5 },
    { "七、防止激化", "7. Prevented",
      { COLUMN_PREVENTED_CRIME, COLUMN_CRIME_PEOPLE, COLUMN_PREVENTED_PETITION,
        COLUMN_PETITION_PEOPLE, COLUMN_PREVENTED_FIGHT, COLUMN_PREVENTED_SUICIDE,
        COLUMN_SUICIDE_PEOPLE }, 7 },
    { "八、重启", "8. Opened again",
      { COLUMN_REOPENED, COLUMN_AGAIN, COLUMN_AGAIN_AGREED, COLUMN_AGAIN_OTHER }, 4 },
};

static struct paper_cell cell_of(struct req *r, const struct view *x, unsigned row,
                                 enum form_col col)
{
    int64_t v = x->v[row][col];
    bool fen = form_columns[col].measure == MEASURE_FEN;
    struct str text = x->hidden[row][col] ? STR(LEFT_OUT)
        : fen ? arena_printf(r->a, "%lld.%02lld万", (long long)(v / 1000000),
                             (long long)(v % 1000000 / 10000))
              : arena_printf(r->a, "%lld", (long long)v);
    return (struct paper_cell){ .text = text, .align = PAPER_RIGHT };
}

static void put_part(struct req *r, struct paper *p, const struct view *x, size_t part)
{
    static const unsigned width[] = { 3, 2, 2, 2, 2, 2, 2, 2 };
    unsigned rows[FORM_ROWS];
    size_t n = view_rows((enum form_name)x->ask.form, rows), columns = 1 + parts[part].n;
    struct paper_cell cell[1 + PART] = { { .text = STR("类别"), .label = true } };
    if (r->lang != LANG_ZH)
        cell[0].text = STR("Row");
    paper_put(p, PAPER_HEADING, str_of(r->lang == LANG_ZH ? parts[part].zh : parts[part].en),
              STR(""));
    struct paper_table *t = paper_table_v(p, width, columns);
    for (size_t c = 0; c < parts[part].n; c++)
        cell[1 + c] = (struct paper_cell){ .text = view_column_name(r, parts[part].col[c]),
                                           .label = true };
    paper_row_v(p, t, true, cell, columns);
    for (size_t i = 0; i < n; i++) {
        cell[0] = paper_cell(view_row_name(r, (enum form_name)x->ask.form, rows[i]));
        for (size_t c = 0; c < parts[part].n; c++)
            cell[1 + c] = cell_of(r, x, rows[i], parts[part].col[c]);
        paper_row_v(p, t, false, cell, columns);
    }
}

bool view_page(struct req *r, const struct view *x, struct err *e)
{
    AUTO(buf_done) struct buf b;
    struct paper *p = paper_make(r->a, PAPER_FORM, view_title(r, x));
    bool zh = r->lang == LANG_ZH;
    p->number = arena_printf(r->a, zh ? "第 %lld 期" : "edition %lld", (long long)x->edition.no);
    p->made_at = x->edition.made_at;
    p->foot = arena_printf(r->a, "SM3 %.*s", STR_ARG(x->edition.hash));
    for (size_t i = 0; i < COUNT(parts); i++)
        put_part(r, p, x, i);
    if (!x->exact)
        paper_put(p, PAPER_NOTE, zh ? STR("“—”：小于公布阈值的数及为防止推算一并不公布的数。")
            : STR("“—”: small counts, and counts left out so that these cannot be computed."),
            STR(""));
    buf_init(&b, 4 << 20);
    if (!paper_page(p, STR("/api/v1/papers.css"), &b, e))
        return false;
    r->text = arena_dup(r->a, buf_str(&b));
    r->media = STR("text/html; charset=utf-8");
    return true;
}
