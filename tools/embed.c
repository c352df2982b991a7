/* embed NAME OUT.S DEPFILE DIR [pack] - packs a folder into the program.
 *
 * Writes an assembly file with the table `const struct asset NAME[]` (see
 * src/http/asset.h: nine words of eight bytes) and .incbin lines. With "pack",
 * texts that shrink get a gzip and a brotli copy beside OUT.S. The order is that
 * of the paths' bytes, in which the server searches, and the same folder makes
 * the same program. A folder that is not there is empty. */
#include <dirent.h>
#ifdef HAVE_BROTLI
# include <brotli/encode.h>
#endif
#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <zlib.h>

enum { FILES_MAX = 4096, FOLDERS_MAX = 512, PATH_BYTES = 1024, WORTH_PACKING = 400 };

struct file { char *path, *rel; unsigned char *p; size_t n; char tag[72]; bool gz, br; };
static struct file files[FILES_MAX];
static char *folders[FOLDERS_MAX];
static size_t files_n, folders_n;

static void die(const char *what, const char *name)
{
    fprintf(stderr, "embed: %s %s\n", what, name);
    exit(1);
}

static char *copy(const char *s)
{
    char *p = strdup(s);
    if (!p)
        die("no memory for", s);
    return p;
}

static void read_file(struct file *f)
{
    FILE *in = fopen(f->path, "rb");
    struct stat st;
    if (!in || fstat(fileno(in), &st) != 0)
        die("cannot read", f->path);
    f->n = (size_t)st.st_size;
    f->p = malloc(f->n + 1);
    if (!f->p || fread(f->p, 1, f->n, in) != f->n)
        die("cannot read", f->path);
    fclose(in);
}

static void take(const char *dir, const char *rel, const char *name);

static void walk(const char *dir, const char *rel)
{
    struct dirent **names;
    int n = scandir(dir, &names, NULL, alphasort);
    if (folders_n == FOLDERS_MAX)
        die("too many folders in", dir);
    char *last = copy(dir), *slash = strrchr(last, '/');
    if (n < 0 && slash && slash > last)
        *slash = '\0';                  /* not there: its parent changes when it comes */
    folders[folders_n++] = last;
    for (int i = 0; i < n; i++) {
        if (names[i]->d_name[0] != '.')
            take(dir, rel, names[i]->d_name);
        free(names[i]);
    }
    if (n >= 0)
        free(names);
}

static void take(const char *dir, const char *rel, const char *name)
{
    char path[PATH_BYTES], r[PATH_BYTES];
    struct stat st;
    snprintf(path, sizeof path, "%s/%s", dir, name);
    snprintf(r, sizeof r, "%s/%s", rel, name);
    if (stat(path, &st) != 0)
        die("cannot stat", path);
    if (S_ISDIR(st.st_mode)) {
        walk(path, r);
        return;
    }
    if (files_n == FILES_MAX)
        die("too many files in", dir);
    files[files_n] = (struct file){ .path = copy(path), .rel = copy(r) };
    read_file(&files[files_n++]);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->rel, ((const struct file *)b)->rel);
}

static const char *media(const char *path)
{
    static const struct { const char *end, *media; } kinds[] = {
        { ".html", "text/html; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" },
        { ".css", "text/css; charset=utf-8" }, { ".svg", "image/svg+xml" },
        { ".png", "image/png" }, { ".ico", "image/x-icon" }, { ".woff2", "font/woff2" },
        { ".json", "application/json" }, { ".webmanifest", "application/manifest+json" },
        { ".csv", "text/csv; charset=utf-8" }, { ".txt", "text/plain; charset=utf-8" },
        { ".sql", "text/plain; charset=utf-8" },
    };
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(dot, kinds[i].end))
            return kinds[i].media;
    return "application/octet-stream";
}

static void tag(struct file *f)
{
    unsigned char d[EVP_MAX_MD_SIZE];
    unsigned int n;
    EVP_Digest(f->p, f->n, d, &n, EVP_sha256(), NULL);
    size_t at = 0;
    f->tag[at++] = '"';
    for (unsigned i = 0; i < 16; i++)
        at += (size_t)snprintf(f->tag + at, sizeof f->tag - at, "%02x", d[i]);
    f->tag[at++] = '"';
}

/* "app-3f2a9c1b.js": a hyphen, then eight letters of a hash before the dot (they
 * may hold a hyphen themselves). */
static bool has_hash(const char *rel)
{
    const char *name = strrchr(rel, '/') + 1, *dot = strrchr(name, '.');
    return strstr(rel, "/assets/") && dot && dot - name > 9 && dot[-9] == '-';
}

/* Writes a packed copy unless it saves less than a tenth. */
static bool keep(const struct file *f, const unsigned char *p, size_t n, const char *out, size_t i,
                 const char *end)
{
    char path[PATH_BYTES];
    if (n >= f->n * 9 / 10)
        return false;
    snprintf(path, sizeof path, "%s.%zu.%s", out, i, end);
    FILE *g = fopen(path, "wb");
    if (!g || fwrite(p, 1, n, g) != n || fclose(g) != 0)
        die("cannot write", path);
    return true;
}

static bool gzip(const struct file *f, unsigned char *p, size_t cap, const char *out, size_t i)
{
    z_stream z = { 0 };
    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        die("cannot pack", f->path);
    z.next_in = f->p, z.avail_in = (unsigned)f->n, z.next_out = p, z.avail_out = (unsigned)cap;
    bool ok = deflate(&z, Z_FINISH) == Z_STREAM_END && keep(f, p, z.total_out, out, i, "gz");
    deflateEnd(&z);
    return ok;
}

static bool brotli(const struct file *f, unsigned char *p, size_t cap, const char *out, size_t i)
{
#ifdef HAVE_BROTLI
    return BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT, f->n,
                                 f->p, &cap, p)
        && keep(f, p, cap, out, i, "br");
#else
    return f->n == 0 && p && cap && out && i;   /* no encoder was there at build time */
#endif
}

static void pack(struct file *f, const char *out, size_t i)
{
    bool text = strncmp(media(f->rel), "image/p", 7) && strncmp(media(f->rel), "font/", 5);
    size_t cap = f->n + f->n / 100 + 1024;
    if (f->n < WORTH_PACKING || !text)
        return;
    unsigned char *p = malloc(cap);
    if (!p)
        die("no memory for", f->path);
    f->gz = gzip(f, p, cap, out, i);
    f->br = f->gz && brotli(f, p, cap, out, i);
    free(p);
}

static void put_string(FILE *o, const char *s)
{
    fputc('"', o);
    for (; *s; s++)
        fprintf(o, *s == '"' || *s == '\\' ? "\\%c" : "%c", *s);
    fputc('"', o);
}

static void put_blob(FILE *o, const char *label, size_t i, const char *path)
{
    fprintf(o, "%s%zu: .incbin ", label, i);
    put_string(o, path);
    fprintf(o, "\n%s%zu_end: .byte 0\n", label, i);
}

static void put_packed(FILE *o, const char *out, const char *label, size_t i, const char *end)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s.%zu.%s", out, i, end);
    char *full = realpath(path, NULL);
    put_blob(o, label, i, full ? full : path);
    free(full);
}

static void put_place(FILE *o, bool there, const char *label, size_t i)
{
    if (there)
        fprintf(o, "%s%zu, ", label, i);
    else
        fprintf(o, "0, ");
}

static void put_length(FILE *o, bool there, const char *label, size_t i)
{
    if (there)
        fprintf(o, "%s%zu_end - %s%zu, ", label, i, label, i);
    else
        fprintf(o, "0, ");
}

/* One row: path, media, tag, body, gz, br, three lengths, immutable. */
static void put_row(FILE *o, const struct file *f, size_t i)
{
    fprintf(o, ".quad .Lp%zu, .Lm%zu, .Lt%zu, .Lb%zu\n.quad ", i, i, i, i);
    put_place(o, f->gz, ".Lg", i);
    put_place(o, f->br, ".Lr", i);
    fprintf(o, "%zu, ", f->n);
    put_length(o, f->gz, ".Lg", i);
    put_length(o, f->br, ".Lr", i);
    fprintf(o, "%d\n", has_hash(f->rel));
}

static void write_asm(const char *name, const char *out)
{
    FILE *o = fopen(out, "w");
    if (!o)
        die("cannot write", out);
    fprintf(o, ".section .rodata\n");
    for (size_t i = 0; i < files_n; i++) {
        struct file *f = &files[i];
        char *full = realpath(f->path, NULL);
        fprintf(o, ".Lp%zu: .asciz ", i), put_string(o, f->rel), fputc('\n', o);
        fprintf(o, ".Lm%zu: .asciz ", i), put_string(o, media(f->rel)), fputc('\n', o);
        fprintf(o, ".Lt%zu: .asciz ", i), put_string(o, f->tag), fputc('\n', o);
        put_blob(o, ".Lb", i, full ? full : f->path);
        free(full);
        if (f->gz)
            put_packed(o, out, ".Lg", i, "gz");
        if (f->br)
            put_packed(o, out, ".Lr", i, "br");
    }
    fprintf(o, ".section .data.rel.ro,\"aw\"\n.balign 8\n.globl %s\n.type %s,@object\n%s:\n", name,
            name, name);
    for (size_t i = 0; i < files_n; i++)
        put_row(o, &files[i], i);
    fprintf(o, ".size %s, . - %s\n.section .rodata\n.balign 8\n.globl %s_n\n.type %s_n,@object\n"
               "%s_n: .quad %zu\n.size %s_n, 8\n.section .note.GNU-stack,\"\",@progbits\n",
            name, name, name, name, name, files_n, name);
    if (fclose(o) != 0)
        die("cannot write", out);
}

static void put_dep(FILE *o, const char *path)
{
    fputs(" \\\n  ", o);
    for (; *path; path++)
        fprintf(o, *path == ' ' ? "\\%c" : "%c", *path);
}

/* The folders too: a file that comes or goes changes its folder. */
static void write_deps(const char *out, const char *dep)
{
    FILE *o = fopen(dep, "w");
    if (!o)
        die("cannot write", dep);
    fprintf(o, "%s:", out);
    for (size_t i = 0; i < folders_n; i++)
        put_dep(o, folders[i]);
    for (size_t i = 0; i < files_n; i++)
        put_dep(o, files[i].path);
    fputc('\n', o);
    if (fclose(o) != 0)
        die("cannot write", dep);
}

int main(int argc, char **argv)
{
    bool packs = argc == 6 && !strcmp(argv[5], "pack");
    if (argc != 5 && !packs)
        die("usage:", "embed NAME OUT.S DEPFILE DIR [pack]");
    walk(argv[4], "");
    qsort(files, files_n, sizeof *files, by_path);
    for (size_t i = 0; i < files_n; i++) {
        tag(&files[i]);
        if (packs)
            pack(&files[i], argv[2], i);
    }
    write_asm(argv[1], argv[2]);
    write_deps(argv[2], argv[3]);
    return 0;
}
