#include "doc/sheet_writer.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

bool sheet_cell_is_empty(const struct sheet_cell *cell, enum sheet_kind kind)
{
    return cell->none || (kind == SHEET_TEXT && str_empty(cell->text))
        || (kind == SHEET_DAY && cell->day.n == 0)
        || (kind == SHEET_STAMP && cell->stamp.ms == 0);
}

static struct str fen_text(struct arena *a, int64_t fen)
{
    uint64_t u = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
    return arena_printf(a, "%s%llu.%02u", fen < 0 ? "-" : "", (unsigned long long)(u / 100),
                        (unsigned)(u % 100));
}

struct str sheet_cell_text(struct arena *a, const struct sheet_cell *cell, enum sheet_kind kind)
{
    char text[32];
    if (sheet_cell_is_empty(cell, kind))
        return STR_NONE;
    switch (kind) {
    case SHEET_INT:
        return arena_printf(a, "%lld", (long long)cell->n);
    case SHEET_FEN:
        return fen_text(a, cell->n);
    case SHEET_DAY:
        return arena_dup(a, (struct str){ text, day_format(cell->day, text) });
    case SHEET_STAMP:
        stamp_format(cell->stamp, text);
        return arena_dup(a, str_sub(str_of(text), 0, sizeof "2026-11-21T09:30:00" - 1));
    default:
        return cell->text;
    }
}

/* Empty, and for this account alone: tables hold personal data. */
static bool create_file(const char *path, struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_detail(e, ERR_UNAVAILABLE, "creating %s: errno %d", path, errno);
    close(fd);
    return true;
}

static void writer_close(void *p)
{
    struct sheet_writer *w = p;
    if (!w->finished) {
        w->ops->drop(w);
        unlink(w->path);
    }
    arena_done(&w->row_arena);
}

bool sheet_create(struct arena *a, enum sheet_format format, const char *path,
                  const struct sheet_about *about, const struct sheet_column *columns, size_t n,
                  struct sheet_writer **out, struct err *e)
{
    static const struct sheet_writer_ops *const ops[SHEET_FORMAT__COUNT] = {
        [SHEET_CSV] = &sheet_csv_writer_ops, [SHEET_XLSX] = &sheet_xlsx_writer_ops,
    };
    struct sheet_writer *w = arena_new(a, struct sheet_writer);
    *w = (struct sheet_writer){ .ops = ops[format], .arena = a, .about = *about,
                                .path = arena_cstr(a, str_of(path)), .columns = columns, .n = n };
    if (!create_file(path, e))
        return false;
    arena_defer(a, writer_close, w);
    if (!w->ops->begin(w, e))
        return false;
    w->rows = 1;
    *out = w;
    return true;
}

bool sheet_write_row(struct sheet_writer *w, const struct sheet_cell *cells, struct err *e)
{
    assert(!w->finished);
    bool ok = w->ops->row(w, cells, e);
    w->rows++;
    arena_clear(&w->row_arena);
    return ok;
}

bool sheet_finish(struct sheet_writer *w, struct err *e)
{
    assert(!w->finished);
    if (!w->ops->done(w, e)) {
        unlink(w->path);
        w->finished = true;
        return false;
    }
    w->finished = true;
    return true;
}
