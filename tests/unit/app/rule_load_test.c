#include "book.h"
#include "base/vec.h"

static struct book_home h;

static struct rule_counts load(void)
{
    struct rule_counts n = { -1, -1, -1, -1 };
    struct err e = { 0 };
    MUST(book_load(&h, &n, &e), &e);
    return n;
}

static int64_t entries(void)
{
    return book_count(&h, SQL("SELECT COUNT(*) FROM journal WHERE home = 0 AND chain = 0"));
}

static int64_t book_no(void)
{
    return book_count(&h, SQL("SELECT value FROM counter WHERE home = 0 AND name = 'book'"));
}

static void loads_once(void)
{
    struct rule_counts n = load();
    OK(n.added > 1000);
    OK_INT(n.changed + n.ended + n.kept, 0);
    OK_INT(entries(), 6);
    OK_INT(book_no(), 1);
    OK_INT(book_count(&h, SQL("SELECT COUNT(*) FROM code WHERE edited <> 0 OR version <> 1")), 0);
}

static void second_load_changes_nothing(void)
{
    int64_t was = entries();
    struct rule_counts n = load();
    OK_INT(n.added + n.changed + n.ended + n.kept, 0);
    OK_INT(entries(), was);
    OK_INT(book_no(), 1);
    struct err e = { 0 };
    OK(rules_load_first(&h.app, &e));
    OK_INT(entries(), was);
}

#define HEAD "code,zh,en,value,unit,kinds,source,certainty,valid_from,valid_to,note\n"

/* All of numbers.csv but the one row that stays end with it. */
static int64_t ending;

static void changes_and_ends(void)
{
    int64_t was = entries(), book = book_no();
    ending = book_count(&h, SQL("SELECT COUNT(*) FROM code WHERE list = 'number'")) - 1;
    OK(ending >= 14);
    book_swap(&h, "numbers.csv", HEAD
              "refusals,退单次数到上一级,refusals before the level above,4,time,dispute,产品缺省,assumed,,,\n"
              "brand_new,新,new,7,time,dispute,产品缺省,assumed,2026-01-01,,\n");
    struct rule_counts n = load();
    OK_INT(n.added, 1);
    OK_INT(n.changed, 1);
    OK_INT(n.ended, ending);
    OK_INT(n.kept, 0);
    OK_INT(entries(), was + 1 + 1 + ending);
    OK_INT(book_no(), book + 1);
    OK_INT(book_count(&h, SQL("SELECT COUNT(*) FROM code WHERE list = 'number' AND valid_to > 0")),
           ending);
    OK_INT(book_count(&h, SQL("SELECT COUNT(*) FROM journal_payload"
        " WHERE body LIKE '{\"before\":{%\"value\":\"3\"%\"after\":{%\"value\":\"4\"%'")), 1);
    n = load();
    OK_INT(n.added + n.changed + n.ended + n.kept, 0);
}

/* A row taken out comes back when it is in the files again. */
static void comes_back(void)
{
    book_embed(&h);
    struct rule_counts n = load();
    OK_INT(n.added, 0);
    OK_INT(n.changed, ending + 1);
    OK_INT(n.ended, 1);
    book_swap(&h, "calendar.csv", "day,kind,in_lieu,name_zh,name_en,source,certainty\n"
              "2004-01-01,holiday,0,元旦,New Year's Day,国务院办公厅关于2004年部分节假日安排的通知,statute\n");
    n = load();
    OK_INT(n.ended, 768);
    OK_INT(load().ended, 0);
    OK_INT(book_count(&h, SQL("SELECT COUNT(*) FROM calendar_day WHERE ended = 0")), 1);
    book_embed(&h);
    OK_INT(load().changed, 768);
    OK_INT(book_count(&h, SQL("SELECT COUNT(*) FROM calendar_day WHERE ended = 0")), 769);
}

static void leaves_what_was_edited(void)
{
    book_exec(&h, SQL("UPDATE code SET zh = '我们的', edited = 1 WHERE list = 'outcome'"
                      " AND code = 'settled'"));
    book_exec(&h, SQL("INSERT INTO code VALUES ('outcome', 'ours', 'dispute', 'x', 'x', 99, '',"
                      " '', 0, 0, 0, 1, 1)"));
    struct rule_counts n = load();
    OK_INT(n.added + n.changed + n.ended, 0);
    OK_INT(n.kept, 2);
    OK_INT(book_count(&h, SQL("SELECT COUNT(*) FROM code WHERE zh = '我们的'")), 1);
    OK_INT(book_count(&h, SQL("SELECT valid_to FROM code WHERE code = 'ours'")), 0);
}

/* Each breaks the load with the place in the message, and nothing is written. */
static void refuses_hostile(void)
{
    static const struct { const char *file, *text, *arg; } rows[] = {
        { "numbers.csv", HEAD ",x,x,1,time,dispute,s,assumed,,,\n", "numbers.csv:2 code required" },
        { "numbers.csv", HEAD "a,,x,1,time,dispute,s,assumed,,,\n", "numbers.csv:2 zh required" },
        { "numbers.csv", HEAD "a,x,x,1,time,dispute,s,sure,,,\n",
          "numbers.csv:2 certainty not-a-choice" },
        { "numbers.csv", HEAD "a,x,x,1,time,dispute,s,assumed,2026-02-30,,\n",
          "numbers.csv:2 valid_from bad-date" },
        { "numbers.csv", HEAD "a,x,x,1,time,dispute,s,assumed,2026-02-02,2026-02-01,\n",
          "numbers.csv:2 valid_to bad-date" },
        { "numbers.csv", HEAD "a,x,x,1,time,dispute,s,assumed,,,,more\n", "numbers.csv:2 + " },
        { "numbers.csv", "code,zh,en,edited\na,x,x,1\n", "numbers.csv:1 edited " },
        { "numbers.csv", "code,zh,en,extra\na,x,x,{}\n", "numbers.csv:1 extra " },
        { "numbers.csv", "code,zh,en,code\na,x,x,b\n", "numbers.csv:1 code " },
        { "numbers.csv", "code,zh,en,\na,x,x,b\n", NULL },
        { "numbers.csv", HEAD "a,x,x,1,time,dispute,s,assumed,,,\na,y,y,1,time,dispute,s,assumed,,,\n",
          "code: a row twice" },
        { "numbers.csv", HEAD "a,\"x", NULL },
        { "numbers.csv", HEAD "a,\xff\xfe\xfd,x,1,time,dispute,s,assumed,,,\n", NULL },
        { "calendar.csv", "day,kind,wrong\n2026-01-01,holiday,1\n", "calendar.csv:1 wrong " },
        { "calendar.csv", "day,kind\n2026-01-01,party\n", "calendar.csv:2 kind not-a-choice" },
        { "calendar.csv", "day,kind\n1066-10-14,holiday\n", "calendar.csv:2 day bad-date" },
        { "calendar.csv", "day,kind\n,holiday\n", "calendar.csv:2 day required" },
        { "calendar_year.csv", "year,known_from,known_to\n2026,2026-01-01,2025-12-31\n",
          "calendar_year.csv:2 known_to bad-date" },
        { "work_hours.csv", "code,zh,en,weekdays,spans,noon\na,x,x,1-5,09:00-08:00,12:00\n",
          "work_hours.csv:2 spans bad-value" },
        { "work_hours.csv", "code,zh,en,weekdays,spans,noon\na,x,x,5-1,09:00-18:00,12:00\n",
          "work_hours.csv:2 weekdays bad-value" },
        { "work_hours.csv", "code,zh,en,weekdays,spans,noon\na,x,x,1-5,09:00-18:00,25:00\n",
          "work_hours.csv:2 noon bad-value" },
        { "work_hours.csv", "code,zh,en,season,from_day,to_day,weekdays,spans,noon\n"
          "a,x,x,summer,02-30,09-01,1-5,09:00-18:00,12:00\n",
          "work_hours.csv:2 from_day bad-value" },
        { "deadlines.csv", "id,rule_set,what,starts_at,who,zh,en,amount,unit\n"
          "a,product,x,file,owner,x,x,0,month\n", "deadlines.csv:2 amount out-of-range" },
        { "deadlines.csv", "id,rule_set,what,starts_at,who,zh,en,amount,unit\n"
          "a,product,x,file,owner,x,x,90000,month\n", "deadlines.csv:2 amount out-of-range" },
        { "deadlines.csv", "id,rule_set,what,starts_at,who,zh,en,amount,unit\n"
          "a,product,x,file,owner,x,x,3,fortnight\n", "deadlines.csv:2 unit not-a-choice" },
        { "deadlines.csv", "id,rule_set,what,starts_at,who,zh,en,amount,unit,yellow,yellow_unit\n"
          "a,product,x,file,owner,x,x,3,month,1,month\n", "deadlines.csv:2 yellow out-of-range" },
    };
    int64_t was = entries();
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err e = { 0 };
        struct rule_counts n;
        book_embed(&h);
        book_swap(&h, rows[i].file, rows[i].text);
        OK(!book_load(&h, &n, &e) && e.id == ERR_DATA);
        if (rows[i].arg && !OK_STR(str_of(e.arg), rows[i].arg))
            printf("#   row %zu\n", i);
    }
    OK_INT(entries(), was);
    book_embed(&h);
}

static void refuses_too_much(void)
{
    struct buf b;
    struct err e = { 0 };
    struct rule_counts n;
    buf_init(&b, 8 << 20);
    buf_add(&b, STR(HEAD));
    for (int i = 0; i < 20100; i++)
        buf_addf(&b, "n%d,x,x,1,time,dispute,s,assumed,,,\n", i);
    buf_add_char(&b, 0);
    book_swap(&h, "numbers.csv", b.p);
    OK(!book_load(&h, &n, &e));
    OK_INT(e.id, ERR_DATA);
    buf_clear(&b);
    buf_add(&b, STR(HEAD "a,"));
    for (int i = 0; i < 5000; i++)
        buf_add(&b, STR("x"));
    buf_add(&b, STR(",x,1,time,dispute,s,assumed,,,\n"));
    buf_add_char(&b, 0);
    book_swap(&h, "numbers.csv", b.p);
    err_clear(&e);
    OK(!book_load(&h, &n, &e));
    buf_done(&b);
    book_embed(&h);
    h.app.rules.n--;                    /* a file is missing */
    err_clear(&e);
    OK(!book_load(&h, &n, &e));
    OK_INT(e.id, ERR_NO_FILE);
    h.app.rules.n = 0;
    err_clear(&e);
    OK(rules_load_first(&h.app, &e));
    book_embed(&h);
}

static void first_start_loads(void)
{
    struct err e = { 0 };
    OK(rules_load_first(&h.app, &e));
    OK(book_count(&h, SQL("SELECT COUNT(*) FROM code")) > 400);
}

int main(void)
{
    struct err e = { 0 };
    book_open(&h);
    first_start_loads();
    book_close(&h);
    book_open(&h);
    MUST(codebook_load(&h.app, &e), &e);
    loads_once();
    second_load_changes_nothing();
    changes_and_ends();
    comes_back();
    leaves_what_was_edited();
    refuses_hostile();
    refuses_too_much();
    book_close(&h);
    return tap_end();
}
