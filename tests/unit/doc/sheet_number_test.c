#include "doc/sheet_number.h"
#include "tap.h"

static struct str format(char out[SHEET_NUMBER_MAX], const char *number, const char *code,
                         bool is_1904, bool *rounded)
{
    *rounded = false;
    size_t n = sheet_number_format(str_of(number), sheet_style_of_code(str_of(code)), is_1904,
                                   rounded, out);
    return (struct str){ out, n };
}

static const struct { const char *number, *code, *text; bool rounded; } numbers[] = {
    { "0", "General", "0" },
    { "-0", "General", "0" },
    { "0.00", "General", "0" },
    { "0E+30", "General", "0" },
    { "12", "General", "12" },
    { "12.0", "General", "12" },
    { "-12.50", "General", "-12.5" },
    { "0.30000000000000004", "General", "0.3" },
    { "0.99999999999999999", "General", "1" },
    { "1E-3", "General", "0.001" },
    { "1.5e2", "General", "150" },
    { "1E+300", "General", "1E+300" },
    { "1E-300", "General", "1E-300" },
    { "1E+99999", "General", "1E+99999" },
    { "13800138000", "General", "13800138000" },
    { "4.4010619900101E+17", "General", "440106199001010000", true },
    { "440106199001011234", "General", "440106199001011234", true },
    { "123456789012345", "General", "123456789012345" },
    { "1234567890123456", "General", "1234567890123456", true },
    { "99999999999999999999999999999999999999", "General",
      "99999999999999999999999999999999999999" },
    { "42", "00000", "00042" },
    { "1234.5", "#,##0.00", "1234.50" },
    { "1234.567", "0.00", "1234.567" },
    { "-3", "0.00_);[Red]\\-0.00", "-3.00" },
    { "0.5", "0%", "0.5" },
    { "", "General", "" },
    { ".", "General", "." },
    { "1.2.3", "General", "1.2.3" },
    { "-", "0", "-" },
    { "1e", "0", "1e" },
    { "nan", "yyyy-mm-dd", "nan" },
};

static const struct { const char *serial, *code, *text; bool is_1904; } dates[] = {
    { "1", "yyyy-mm-dd", "1900-01-01" },
    { "59", "yyyy-mm-dd", "1900-02-28" },
    { "60", "yyyy-mm-dd", "1900-02-29" },           /* the leap bug, as a person sees it */
    { "61", "yyyy-mm-dd", "1900-03-01" },
    { "25569", "yyyy-mm-dd", "1970-01-01" },
    { "46347", "yyyy\"年\"m\"月\"d\"日\";@", "2026-11-21" },
    { "46347.395833333336", "yyyy/m/d h:mm", "2026-11-21T09:30:00" },
    { "46347.999999999", "yyyy/m/d h:mm", "2026-11-22T00:00:00" },
    { "46347.5", "m/d", "2026-11-21" },
    { "46347.5", "h:mm AM/PM", "2026-11-21T12:00:00" },
    { "0.75", "h:mm:ss", "18:00:00" },
    { "1.5", "[h]:mm:ss", "36:00:00" },
    { "0.75", "mm:ss", "18:00:00" },
    { "0", "yyyy-mm-dd", "0" },
    { "-5", "yyyy-mm-dd", "-5" },
    { "2958465", "yyyy-mm-dd", "9999-12-31" },
    { "2958466", "yyyy-mm-dd", "2958466" },
    { "1E+15", "yyyy-mm-dd", "1000000000000000" },
    { "0", "yyyy-mm-dd", "1904-01-01", true },
    { "44885", "yyyy-mm-dd", "2026-11-21", true },
    { "44885", "[$-804]yyyy-mm-dd", "2026-11-21", true },
    { "44885", "\"yyyy\"0", "44885" },
    { "5", "[Magenta]0", "5" },
    { "5", "\"open", "5" },
    { "5", "[open", "5" },
    { "5", "\\", "5" },
};

int main(void)
{
    char out[SHEET_NUMBER_MAX];
    bool rounded;
    for (size_t i = 0; i < COUNT(numbers); i++) {
        OK_STR(format(out, numbers[i].number, numbers[i].code, false, &rounded), numbers[i].text);
        OK_INT(rounded, numbers[i].rounded);
    }
    for (size_t i = 0; i < COUNT(dates); i++)
        OK_STR(format(out, dates[i].serial, dates[i].code, dates[i].is_1904, &rounded),
               dates[i].text);
    OK(sheet_style_of_id(14).look == LOOK_DATE && sheet_style_of_id(31).look == LOOK_DATE);
    OK(sheet_style_of_id(22).look == LOOK_STAMP && sheet_style_of_id(0).look == LOOK_NUMBER);
    OK(sheet_style_of_id(46).look == LOOK_ELAPSED && sheet_style_of_id(57).look == LOOK_DATE);
    OK_INT(sheet_style_of_id(4).decimals, 2);
    return tap_end();
}
