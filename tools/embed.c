/* embed NAME OUT.S DEPFILE DIR - packs a folder into the program.
 *
 * Writes an assembly file with the table `const struct asset NAME[]` (see
 * src/http/asset.h: nine words of eight bytes) and .incbin lines; texts that
 * shrink get a gzip copy beside OUT.S. The order is that of the names, so the
 * same folder makes the same program. A folder that is not there is empty. */
#include <dirent.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <zlib.h>

enum { FILES_MAX = 4096, PATH_BYTES = 1024, WORTH_GZIP = 400 };

struct file { char *path, *rel; unsigned char *p; size_t n; char tag[72]; bool gz; };
static struct file files[FILES_MAX];
static size_t files_n;

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

static void walk(const char *dir, const char *rel)
{
    struct dirent **names;
    int n = scandir(dir, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char path[PATH_BYTES], r[PATH_BYTES];
        struct stat st;
        if (names[i]->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", dir, names[i]->d_name);
        snprintf(r, sizeof r, "%s/%s", rel, names[i]->d_name);
        if (stat(path, &st) != 0)
            die("cannot stat", path);
        if (S_ISDIR(st.st_mode)) {
            walk(path, r);
            continue;
        }
        if (files_n == FILES_MAX)
            die("too many files in", dir);
        files[files_n] = (struct file){ .path = copy(path), .rel = copy(r) };
        read_file(&files[files_n++]);
    }
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

/* "app-3f2a9c1b.js": eight or more letters and digits after the last hyphen. */
static bool has_hash(const char *rel)
{
    const char *name = strrchr(rel, '/') + 1, *dash = strrchr(name, '-'), *dot = strrchr(name, '.');
    return strstr(rel, "/assets/") && dash && dot && dot - dash > 8;
}

static void gzip(struct file *f, const char *out, size_t i)
{
    z_stream z = { 0 };
    bool text = strncmp(media(f->rel), "image/p", 7) && strncmp(media(f->rel), "font/", 5);
    size_t cap = f->n + f->n / 1000 + 64;
    unsigned char *p = malloc(cap);
    if (f->n < WORTH_GZIP || !text || !p
        || deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(p);
        return;
    }
    z.next_in = f->p, z.avail_in = (unsigned)f->n, z.next_out = p, z.avail_out = (unsigned)cap;
    bool ok = deflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out < f->n * 9 / 10;
    if (ok) {
        char path[PATH_BYTES];
        snprintf(path, sizeof path, "%s.%zu.gz", out, i);
        FILE *g = fopen(path, "wb");
        if (!g || fwrite(p, 1, z.total_out, g) != z.total_out || fclose(g) != 0)
            die("cannot write", path);
        f->gz = true;
    }
    deflateEnd(&z);
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

static void write_asm(const char *name, const char *out)
{
    FILE *o = fopen(out, "w");
    if (!o)
        die("cannot write", out);
    fprintf(o, ".section .rodata\n");
    for (size_t i = 0; i < files_n; i++) {
        struct file *f = &files[i];
        char path[PATH_BYTES];
        char *full = realpath(f->path, NULL);
        fprintf(o, ".Lp%zu: .asciz ", i), put_string(o, f->rel), fputc('\n', o);
        fprintf(o, ".Lm%zu: .asciz ", i), put_string(o, media(f->rel)), fputc('\n', o);
        fprintf(o, ".Lt%zu: .asciz ", i), put_string(o, f->tag), fputc('\n', o);
        put_blob(o, ".Lb", i, full ? full : f->path);
        free(full);
        snprintf(path, sizeof path, "%s.%zu.gz", out, i);
        full = realpath(path, NULL);
        if (f->gz)
            put_blob(o, ".Lg", i, full ? full : path);
        free(full);
    }
    fprintf(o, ".section .data.rel.ro,\"aw\"\n.balign 8\n.globl %s\n.type %s,@object\n%s:\n", name,
            name, name);
    for (size_t i = 0; i < files_n; i++) {
        fprintf(o, ".quad .Lp%zu, .Lm%zu, .Lt%zu, .Lb%zu, ", i, i, i, i);
        if (files[i].gz)
            fprintf(o, ".Lg%zu, 0, %zu, .Lg%zu_end - .Lg%zu, 0, %d\n", i, files[i].n, i, i,
                    has_hash(files[i].rel));
        else
            fprintf(o, "0, 0, %zu, 0, 0, %d\n", files[i].n, has_hash(files[i].rel));
    }
    fprintf(o, ".size %s, . - %s\n.section .rodata\n.balign 8\n.globl %s_n\n.type %s_n,@object\n"
               "%s_n: .quad %zu\n.size %s_n, 8\n.section .note.GNU-stack,\"\",@progbits\n",
            name, name, name, name, name, files_n, name);
    if (fclose(o) != 0)
        die("cannot write", out);
}

static void write_deps(const char *out, const char *dep, const char *dir)
{
    FILE *o = fopen(dep, "w");
    if (!o)
        die("cannot write", dep);
    fprintf(o, "%s: %s", out, dir);
    for (size_t i = 0; i < files_n; i++)
        fprintf(o, " \\\n  %s", files[i].path);
    fputc('\n', o);
    if (fclose(o) != 0)
        die("cannot write", dep);
}

int main(int argc, char **argv)
{
    if (argc != 5)
        die("usage:", "embed NAME OUT.S DEPFILE DIR");
    walk(argv[4], "");
    for (size_t i = 0; i < files_n; i++) {
        tag(&files[i]);
        gzip(&files[i], argv[2], i);
    }
    write_asm(argv[1], argv[2]);
    write_deps(argv[2], argv[3], argv[4]);
    return 0;
}
