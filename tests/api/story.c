/* Reads a story line by line: a line belongs to what the lines before began. */
#include "story.h"
#include <ctype.h>

enum mode { MODE_TOP, MODE_ASK, MODE_ANSWER };
struct reader {
    struct arena *a;
    struct story *out;
    struct str rest;
    int line;
    enum mode mode;
    struct str actor, mark;
    int64_t wait_s;
    const char *why;
};

static bool fail(struct reader *r, const char *why)
{
    r->why = why;
    return false;
}

static struct step *last(struct reader *r)
{
    return &r->out->steps.v[r->out->steps.n - 1];
}

static bool next_line(struct reader *r, struct str *line)
{
    if (!r->rest.n)
        return false;
    str_cut(r->rest, '\n', line, &r->rest);
    r->line++;
    return true;
}

/* What stands after the word, when the line begins with it and a blank. */
static bool after_word(struct str line, const char *word, struct str *rest)
{
    struct str w = str_of(word);
    if (!str_starts(line, w) || (line.n > w.n && line.p[w.n] != ' '))
        return false;
    *rest = str_trim(str_sub(line, w.n, line.n));
    return true;
}

static bool is_method_line(struct str line)
{
    size_t i = 0;
    while (i < line.n && isupper((unsigned char)line.p[i]))
        i++;
    return i >= 3 && i + 1 < line.n && line.p[i] == ' ';
}

static bool is_status(struct str line)
{
    return line.n == 3 && line.p[0] >= '1' && line.p[0] <= '5' && isdigit((unsigned char)line.p[1])
        && isdigit((unsigned char)line.p[2]);
}

static bool is_header(struct str line)
{
    size_t i = 0;
    while (i < line.n && (isalnum((unsigned char)line.p[i]) || line.p[i] == '-'))
        i++;
    return i > 1 && i < line.n && line.p[i] == ':' && isupper((unsigned char)line.p[0]);
}

static struct pair header_of(struct str line)
{
    struct pair p;
    str_cut(line, ':', &p.name, &p.value);
    p.value = str_trim(p.value);
    return p;
}

static bool begins_json(struct str line)
{
    return line.n && strchr("{[\"", line.p[0]) != NULL;
}

/* Brackets open at the end of s, outside of quoted texts. */
static int depth_of(struct str s)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < s.n; i++) {
        if (quoted && s.p[i] == '\\')
            i++;
        else if (s.p[i] == '"')
            quoted = !quoted;
        else if (!quoted && strchr("{[", s.p[i]))
            depth++;
        else if (!quoted && strchr("}]", s.p[i]))
            depth--;
    }
    return depth;
}

/* The lines from this one to where its brackets close. */
static bool take_json(struct reader *r, struct str line, struct str *out)
{
    struct str more;
    *out = line;
    while (depth_of(*out) > 0) {
        if (!next_line(r, &more))
            return fail(r, "the brackets never close");
        out->n = (size_t)(more.p + more.n - out->p);
    }
    return true;
}

static void begin(struct reader *r, enum step_kind kind)
{
    struct step s = { .kind = kind, .line = r->line, .actor = r->actor, .mark = r->mark, .wait_s = r->wait_s,
                      .statements = -1, .allocations = -1 };
    vec_push(r->a, &r->out->steps, s);
    r->wait_s = 0;
    r->mark = STR("");
}

static bool top_line(struct reader *r, struct str line)
{
    struct str rest;
    if (after_word(line, "as", &rest)) {
        r->actor = str_is(rest, "guest") ? STR("") : rest;
        return true;
    }
    if (after_word(line, "mark", &rest)) {
        r->mark = rest;
        return true;
    }
    if (after_word(line, "config", &rest)) {
        vec_push(r->a, &r->out->config, rest);
        return r->out->steps.n == 0 || fail(r, "config stands before the first request");
    }
    if (after_word(line, "wait", &rest))
        return str_to_i64(rest, &r->wait_s) || fail(r, "wait takes seconds");
    if (after_word(line, "restart", &rest)) {
        begin(r, STEP_RESTART);
        return true;
    }
    if (after_word(line, "days", &rest)) {
        begin(r, STEP_RESTART);
        int64_t *n = &last(r)->days;
        return (str_to_i64(rest, n) && *n > 0 && *n < 4000) || fail(r, "days takes their number");
    }
    if (after_word(line, "run", &rest)) {
        begin(r, STEP_RUN);
        last(r)->target = rest;
        r->mode = MODE_ASK;
        return true;
    }
    if (!is_method_line(line))
        return fail(r, "neither a request nor a directive");
    begin(r, STEP_REQUEST);
    str_cut(line, ' ', &last(r)->method, &last(r)->target);
    r->mode = MODE_ASK;
    return true;
}

/* "file NAME FILE MEDIA: TEXT" or "part NAME: TEXT" */
static bool form_line(struct reader *r, struct str rest, bool file)
{
    struct form_part p = { 0 };
    struct str head;
    if (!str_cut(rest, ':', &head, &p.value))
        return fail(r, "a form's part has a colon");
    p.value = str_trim(p.value);
    str_cut(head, ' ', &p.name, &rest);
    if (file && (!str_cut(rest, ' ', &p.file, &p.media) || !p.media.n))
        return fail(r, "file NAME FILE MEDIA: TEXT");
    vec_push(r->a, &last(r)->parts, p);
    return true;
}

static bool ask_line(struct reader *r, struct str line)
{
    struct step *s = last(r);
    struct str rest;
    int64_t code;
    if (s->kind == STEP_RUN) {
        if (!after_word(line, "exit", &rest) || !str_to_i64(rest, &code))
            return fail(r, "exit CODE is missing");
        s->status = (int)code;
        r->mode = MODE_ANSWER;
        return true;
    }
    if (is_status(line)) {
        s->status = (line.p[0] - '0') * 100 + (line.p[1] - '0') * 10 + line.p[2] - '0';
        r->mode = MODE_ANSWER;
        return true;
    }
    if (after_word(line, "part", &rest) || after_word(line, "file", &rest))
        return form_line(r, rest, line.p[0] == 'f');
    if (after_word(line, "text", &rest)) {
        s->body = rest;
        s->has_body = true;
        return true;
    }
    if (begins_json(line)) {
        s->has_body = true;
        return take_json(r, line, &s->body);
    }
    if (!is_header(line))
        return fail(r, "neither header, body nor status");
    vec_push(r->a, &s->headers, header_of(line));
    return true;
}

static bool cost_line(struct reader *r, struct str rest, int64_t *most)
{
    if (!str_starts(rest, STR("<=")))
        return fail(r, "a cost is written <= NUMBER");
    return str_to_i64(str_trim(str_sub(rest, 2, rest.n)), most) || fail(r, "no number");
}

static bool answer_line(struct reader *r, struct str line)
{
    struct step *s = last(r);
    struct str rest;
    if (after_word(line, "statements", &rest))
        return cost_line(r, rest, &s->statements);
    if (after_word(line, "allocations", &rest))
        return cost_line(r, rest, &s->allocations);
    if (after_word(line, "|", &rest)) {
        vec_push(r->a, &s->holds, rest);
        return true;
    }
    if (after_word(line, "!", &rest)) {
        vec_push(r->a, &s->lacks, rest);
        return true;
    }
    if (begins_json(line))
        return s->expect.n ? fail(r, "one pattern an answer") : take_json(r, line, &s->expect);
    if (is_header(line)) {
        vec_push(r->a, &s->want, header_of(line));
        return true;
    }
    r->mode = MODE_TOP;
    return top_line(r, line);
}

static bool one_line(struct reader *r, struct str line)
{
    line = str_trim(line);
    if (!line.n || line.p[0] == '#')
        return true;
    if (r->mode == MODE_TOP)
        return top_line(r, line);
    return r->mode == MODE_ASK ? ask_line(r, line) : answer_line(r, line);
}

bool story_parse(struct arena *a, struct str text, struct story *out, int *line, const char **why)
{
    struct reader r = { .a = a, .out = out, .rest = text };
    struct str one;
    bool ok = true;
    *out = (struct story){ 0 };
    while (ok && next_line(&r, &one))
        ok = one_line(&r, one);
    if (ok && r.mode == MODE_ASK)
        ok = fail(&r, "the last request has no status");
    if (ok && !out->steps.n)
        ok = fail(&r, "nothing is asked");
    *line = r.line;
    *why = r.why;
    return ok;
}
