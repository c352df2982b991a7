#include "insight/form.h"
#include "base/vec.h"
#include "matter/matter.h"

#define X(id, slug, parent, window, measure, by, value)                                        \
    { slug, COLUMN_##parent, ON_##window, MEASURE_##measure, BY_##by, value },
const struct form_column form_columns[FORM_COLUMNS_N] = { FORM_COLUMNS(X) };
#undef X

static const struct name form_v[FORM__COUNT] = {
    [FORM_MEDIATION] = { "mediation", "人民调解月报", "mediation" },
    [FORM_MATTERS] = { "matters", "各类事项月报", "all matters" },
};
const struct names form_names = NAMES("form", form_v);

bool form_is_part(enum form_col part, enum form_col whole, enum form_by by)
{
    const struct form_column *c = &form_columns[part];
    bool result = by == BY_RESULT && c->by == BY_AGREED;   /* agreed is one of the results */
    return c->parent == whole && c->measure == MEASURE_COUNT && (c->by == by || result);
}

static bool is_agreed(const struct fact *f)
{
    return f->result == FACT_RESULT_SETTLED || f->result == FACT_RESULT_PARTLY;
}

static bool is_in(const struct fact *f, const struct form_column *c)
{
    bool agreed = is_agreed(f);
    if ((c->by == BY_AGAIN) != (f->round > 1))
        return false;
    switch (c->by) {
    case BY_ALL:       return true;
    case BY_WAY:       return f->way == c->value;
    case BY_REFERRER:  return f->way == FACT_WAY_REFERRED
                           && (f->referrer ? f->referrer : FACT_REFERRER_OTHER) == c->value;
    case BY_BODY:      return f->body == c->value;
    case BY_RESULT:    return f->result == c->value;
    case BY_AGREED:    return agreed;
    case BY_AGREEMENT: return agreed && f->agreement == c->value;
    case BY_PERFORMED: return agreed && f->performed == (c->value != 0);
    case BY_CONFIRMED: return agreed && f->confirmed == (c->value != 0);
    case BY_COMPLEX:   return f->complex == (c->value != 0);
    case BY_PREVENTED: return f->prevented == c->value;
    case BY_AGAIN:     return c->value == AGAIN_ALL || (c->value == AGAIN_IS_AGREED) == agreed;
    case BY__COUNT:    break;
    }
    return false;
}

int64_t form_value(const struct fact *f, enum form_col c)
{
    if (!is_in(f, &form_columns[c]))
        return 0;
    switch (form_columns[c].measure) {
    case MEASURE_COUNT:  return 1;
    case MEASURE_PEOPLE: return f->people;
    case MEASURE_FEN:    return f->settled.v;
    case MEASURE_PREVENTED: return f->prevented_people;
    }
    return 0;
}

unsigned form_row(const struct fact *f, unsigned *kind_row)
{
    *kind_row = ROW_KIND + f->kind;
    return f->kind == MATTER_DISPUTE ? (unsigned)f->type : *kind_row;
}

bool form_has_row(enum form_name form, unsigned row)
{
    return form == FORM_MEDIATION ? row <= ROW_TYPE_18
                                  : row >= ROW_KIND && row < ROW_KIND + MATTER_KIND__COUNT;
}

unsigned form_sum_row(enum form_name form)
{
    return form == FORM_MEDIATION ? (unsigned)ROW_KIND + MATTER_DISPUTE : (unsigned)ROW_ALL;
}

/* ---- months ---- */

int64_t form_month(struct day d)
{
    struct civil c = civil_of_day(d);
    return (int64_t)c.year * 100 + c.month;
}

struct day form_month_first(int64_t month)
{
    return day_of_civil((int)(month / 100), (int)(month % 100), 1);
}

int64_t form_month_next(int64_t month, int n)
{
    int64_t k = month / 100 * 12 + month % 100 - 1 + n;
    return k / 12 * 100 + k % 12 + 1;
}

bool form_month_is(int64_t month)
{
    return month >= 190001 && month <= 219912 && month % 100 >= 1 && month % 100 <= 12;
}

/* ---- counting ---- */

static int order(const struct form_sheet *s, int64_t month, struct id unit)
{
    if (s->month != month)
        return s->month < month ? -1 : 1;
    return (s->unit.v > unit.v) - (s->unit.v < unit.v);
}

static struct form_sheet *sheet_of(struct form_count *c, int64_t month, struct id unit,
                                   struct str path)
{
    size_t low = 0, high = c->n;
    if (c->last < c->n && order(c->v[c->last], month, unit) == 0)
        return c->v[c->last];
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (order(c->v[mid], month, unit) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    c->last = low;
    if (low < c->n && order(c->v[low], month, unit) == 0)
        return c->v[low];
    c->v = vec_room(c->a, c->v, c->n, &c->cap, sizeof *c->v);
    memmove(c->v + low + 1, c->v + low, (c->n++ - low) * sizeof *c->v);
    c->v[low] = arena_new(c->a, struct form_sheet);
    c->v[low]->month = month;
    c->v[low]->unit = unit;
    c->v[low]->path = arena_dup(c->a, path);
    return c->v[low];
}

void form_count_add(struct form_count *c, const struct fact *f, enum form_window w, int64_t sign)
{
    struct day d = w == ON_ACCEPTED ? f->accepted : f->concluded;
    unsigned kind_row, row = form_row(f, &kind_row);
    if (!f->counts || !d.n)
        return;
    struct form_sheet *s = sheet_of(c, form_month(d), f->unit, f->path);
    for (unsigned k = 0; k < FORM_COLUMNS_N; k++) {
        int64_t value = form_columns[k].window == w ? sign * form_value(f, (enum form_col)k) : 0;
        s->v[row][k] += value;
        if (kind_row != row)
            s->v[kind_row][k] += value;
    }
}
