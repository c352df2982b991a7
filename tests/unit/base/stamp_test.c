#include "base/stamp.h"
#include "tap.h"

static void both_ways(void)
{
    int bad = 0;
    for (int n = -62000; n < 100000; n++) {
        struct civil c = civil_of_day((struct day){ n });
        bad += !civil_exists(c.year, c.month, c.day)
            || day_of_civil(c.year, c.month, c.day).n != n;
    }
    OK_INT(bad, 0);
}

static void stamps(void)
{
    struct stamp t = { 0 };
    char out[32];
    OK(stamp_parse(STR("2026-11-21T09:30:05.25+08:00"), &t));
    stamp_format(t, out);
    OK_STR(str_of(out), "2026-11-21T09:30:05.250+08:00");
    struct stamp z = { 0 };
    OK(stamp_parse(STR("2026-11-21T01:30:05.250Z"), &z) && z.ms == t.ms);
    OK(!stamp_parse(STR("2026-11-21T24:00:00Z"), &z) && z.ms == t.ms);
    OK(!stamp_parse(STR("2026-02-29T00:00:00Z"), &z));
    OK(!stamp_parse(STR("2026-11-21T09:30:05"), &z));
    OK(!stamp_parse(STR(""), &z));
    OK_INT(stamp_of_day(day_of_stamp(t)).ms, t.ms - (9 * 3600 + 30 * 60 + 5) * 1000 - 250);
    stamp_format((struct stamp){ -1 }, out);
    OK_STR(str_of(out), "1970-01-01T07:59:59.999+08:00");
}

int main(void)
{
    struct day d = { 5 };
    both_ways();
    stamps();
    OK_INT(weekday(day_of_civil(2026, 11, 21)), 5);
    OK(day_parse(STR("2024-02-29"), &d) && !day_parse(STR("2023-02-29"), &d));
    OK(!day_parse(STR("2024-2-9"), &d) && !day_parse(STR("2024-02-290"), &d));
    OK_INT(day_add_months(day_of_civil(2024, 1, 31), 1).n, day_of_civil(2024, 2, 29).n);
    OK_INT(day_add_months(day_of_civil(2024, 1, 15), -13).n, day_of_civil(2022, 12, 15).n);
    return tap_end();
}
