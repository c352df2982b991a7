/* sheet_xml.h - one XML part of a zip file, parsed as it is unpacked.
 *
 * Element and attribute names arrive without their prefix: writers differ in
 * it. Refused: a document type (so no entities of the file's own), tags of
 * over 1 MB, depth over 64, over 2,048 different names (the parser keeps every
 * name for ever), more unpacked bytes than the reader's limit, and a file that
 * unpacks to over 300 times its size. */
#ifndef DOC_SHEET_XML_H
#define DOC_SHEET_XML_H
#include "doc/sheet_impl.h"
#include <expat.h>
#include <zip.h>

struct sheet_xml;
struct sheet_xml_on {
    void (*start)(struct sheet_xml *x, struct str name, const char **atts);
    void (*end)(struct sheet_xml *x, struct str name);
    void (*text)(struct sheet_xml *x, struct str text);
};

struct sheet_xml {
    struct sheet_reader *reader;
    const struct sheet_xml_on *on;
    void *ctx;                      /* for the callbacks */
    struct err *e;                  /* of the call under way */
    const char *part;               /* its name in the zip file */
    zip_file_t *file;
    XML_Parser parser;
    bool paused, final;
    uint64_t fed;
    unsigned depth, names;
    uint64_t seen[1024];            /* one bit for each hash of a name */
};

/* ERR_BAD_FILE when the part is missing or cannot be unpacked. part must
 * outlive x. */
bool sheet_xml_open(struct sheet_xml *x, struct sheet_reader *r, zip_t *zip, const char *part,
                    const struct sheet_xml_on *on, void *ctx, struct err *e) MUST_CHECK;
void sheet_xml_done(struct sheet_xml *x);
/* Parses until a callback pauses (true), or to the end (false, e unset). */
bool sheet_xml_next(struct sheet_xml *x, struct err *e) MUST_CHECK;
/* Opens, parses to the end, closes. */
bool sheet_xml_run(struct sheet_reader *r, zip_t *zip, const char *part,
                   const struct sheet_xml_on *on, void *ctx, struct err *e) MUST_CHECK;

/* For callbacks. Once x->e is set, call sheet_xml_stop. */
void sheet_xml_pause(struct sheet_xml *x);
void sheet_xml_stop(struct sheet_xml *x);
/* The attribute of that local name, or STR_NONE. */
struct str sheet_xml_att(const char **atts, const char *name);
#endif
