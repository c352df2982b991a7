#include "doc/sheet_xml.h"

enum { CHUNK = 64 << 10, TAG_MAX = 1 << 20, DEPTH_MAX = 64, NAMES_MAX = 2048 };
enum { RATIO_MAX = 300, RATIO_GRACE = 16 << 20 };

static struct str local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return str_of(colon ? colon + 1 : name);
}

struct str sheet_xml_att(const char **atts, const char *name)
{
    for (; *atts; atts += 2)
        if (str_is(local_name(atts[0]), name))
            return str_of(atts[1]);
    return STR_NONE;
}

void sheet_xml_pause(struct sheet_xml *x)
{
    XML_StopParser(x->parser, XML_TRUE);
}

void sheet_xml_stop(struct sheet_xml *x)
{
    XML_StopParser(x->parser, XML_FALSE);
}

static void refuse(struct sheet_xml *x, const char *why)
{
    sheet_bad(x->e, x->part, why);
    sheet_xml_stop(x);
}

static void note_name(struct sheet_xml *x, const char *name)
{
    uint32_t h = 2166136261U;
    for (const unsigned char *p = (const unsigned char *)name; *p; p++)
        h = (h ^ *p) * 16777619U;
    h = (h ^ h >> 16) & 0xFFFF;
    uint64_t bit = (uint64_t)1 << (h & 63);
    if (x->seen[h >> 6] & bit)
        return;
    x->seen[h >> 6] |= bit;
    if (++x->names > NAMES_MAX)
        refuse(x, "too many different names");
}

static void XMLCALL on_start(void *ctx, const char *name, const char **atts)
{
    struct sheet_xml *x = ctx;
    if (++x->depth > DEPTH_MAX) {
        refuse(x, "nested too deeply");
        return;
    }
    note_name(x, name);
    for (const char **at = atts; *at; at += 2)
        note_name(x, *at);
    if (!err_is_set(x->e))
        x->on->start(x, local_name(name), atts);
}

static void XMLCALL on_end(void *ctx, const char *name)
{
    struct sheet_xml *x = ctx;
    x->depth--;
    if (x->on->end && !err_is_set(x->e))
        x->on->end(x, local_name(name));
}

static void XMLCALL on_text(void *ctx, const char *text, int n)
{
    struct sheet_xml *x = ctx;
    if (x->on->text && !err_is_set(x->e))
        x->on->text(x, (struct str){ text, (size_t)n });
}

static void XMLCALL on_doctype(void *ctx, const char *name, const char *sysid, const char *pubid,
                               int internal)
{
    (void)name;
    (void)sysid;
    (void)pubid;
    (void)internal;
    refuse(ctx, "has a document type");
}

static zip_file_t *open_file(zip_t *zip, const char *part, const char **why)
{
    zip_stat_t st;
    if (zip_stat(zip, part, ZIP_FL_NOCASE, &st) != 0) {     /* as ECMA-376 part 2 compares */
        *why = "is missing";
        return NULL;
    }
    bool plain = !(st.valid & ZIP_STAT_COMP_METHOD) || st.comp_method == ZIP_CM_STORE
              || st.comp_method == ZIP_CM_DEFLATE;
    if (!plain) {
        *why = "is packed by a method that is not taken";
        return NULL;
    }
    *why = "cannot be unpacked";
    return zip_fopen_index(zip, st.index, 0);
}

bool sheet_xml_open(struct sheet_xml *x, struct sheet_reader *r, zip_t *zip, const char *part,
                    const struct sheet_xml_on *on, void *ctx, struct err *e)
{
    const char *why;
    *x = (struct sheet_xml){ .reader = r, .on = on, .ctx = ctx, .part = part };
    x->file = open_file(zip, part, &why);
    if (!x->file)
        return sheet_bad(e, part, why);
    x->parser = XML_ParserCreate(NULL);
    if (!x->parser)
        abort();
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_start, on_end);
    XML_SetCharacterDataHandler(x->parser, on_text);
    XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
    return true;
}

void sheet_xml_done(struct sheet_xml *x)
{
    if (x->parser)
        XML_ParserFree(x->parser);
    if (x->file)
        zip_fclose(x->file);
    x->parser = NULL;
    x->file = NULL;
}

/* Unpacks the next piece into the parser's own buffer. */
static bool unpack(struct sheet_xml *x, size_t *got, struct err *e)
{
    void *to = XML_GetBuffer(x->parser, CHUNK);
    if (!to)
        return sheet_bad(e, x->part, "the parser takes no more");
    zip_int64_t n = zip_fread(x->file, to, CHUNK);
    if (n < 0)
        return sheet_bad(e, x->part, "is damaged");
    struct sheet_reader *r = x->reader;
    if (!sheet_count_bytes(r, (size_t)n, e))
        return false;
    if (r->inflated > RATIO_GRACE && r->inflated / RATIO_MAX > r->source.size)
        return sheet_bad(e, x->part, "unpacks to too many times its size");
    *got = (size_t)n;
    return true;
}

/* A tag that does not end would be scanned again with every piece. */
static bool is_stalled(const struct sheet_xml *x)
{
    XML_Index done = XML_GetCurrentByteIndex(x->parser);
    return done >= 0 && x->fed > (uint64_t)done + TAG_MAX;
}

static bool advance(struct sheet_xml *x, enum XML_Status *status, struct err *e)
{
    if (x->paused) {
        *status = XML_ResumeParser(x->parser);
        return true;
    }
    size_t got;
    if (!unpack(x, &got, e))
        return false;
    x->fed += got;
    x->final = got == 0;
    *status = XML_ParseBuffer(x->parser, (int)got, x->final);
    return true;
}

bool sheet_xml_next(struct sheet_xml *x, struct err *e)
{
    enum XML_Status status;
    x->e = e;
    while (x->paused || !x->final) {
        if (!advance(x, &status, e))
            return false;
        x->paused = status == XML_STATUS_SUSPENDED;
        if (err_is_set(e))
            return false;
        if (status == XML_STATUS_ERROR)
            return sheet_bad(e, x->part, XML_ErrorString(XML_GetErrorCode(x->parser)));
        if (x->paused)
            return true;
        if (is_stalled(x))
            return sheet_bad(e, x->part, "has a tag without end");
    }
    return false;
}

bool sheet_xml_run(struct sheet_reader *r, zip_t *zip, const char *part,
                   const struct sheet_xml_on *on, void *ctx, struct err *e)
{
    AUTO(sheet_xml_done) struct sheet_xml x = { 0 };
    if (!sheet_xml_open(&x, r, zip, part, on, ctx, e))
        return false;
    while (sheet_xml_next(&x, e)) { }
    return !err_is_set(e);
}
