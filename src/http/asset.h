/* asset.h - the front end's files, inside the program.
 *
 * tools/embed packs a folder into the table at build time: path, media type,
 * strong ETag (SHA-256 of the content) and copies already compressed. */
#ifndef HTTP_ASSET_H
#define HTTP_ASSET_H
#include "base/str.h"

/* Every member is eight bytes wide: the packer writes the table as assembly. */
struct asset {
    const char *path;                   /* "/assets/app-3f2a9c1b.js" */
    const char *media, *tag;            /* tag with its quotes */
    const char *body, *gz, *br;         /* gz, br: NULL when they save nothing */
    size_t n, gz_n, br_n;
    size_t immutable;                   /* 1: the name changes with the content */
};
#define ASSETS_DECLARE(name) extern const struct asset name[]; extern const size_t name##_n

/* The file for a GET or HEAD of path on a site, or the page that answers an
 * address of the front end's own ("/matters/12" is index.html's, "/door/…" the
 * door's). NULL for what is not the front end's: other methods, /api/, a missing
 * file with an extension, the other site's pages. */
const struct asset *asset_find(const struct asset *v, size_t n, unsigned site, struct str method,
                               struct str path);
#endif
