/* replay.c - feeds every file of a folder to a fuzz target, so that the corpus
 * runs as an ordinary test, with any compiler. */
#include "fuzz.h"
#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

enum { INPUT_MAX = 1 << 20, PATH_BYTES = 4096 };

/* The input lies in memory of exactly its size: reading past it is noticed. */
static bool feed(const char *path)
{
    static char all[INPUT_MAX];
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    size_t n = fread(all, 1, sizeof all, f);
    bool ok = !ferror(f);
    fclose(f);
    uint8_t *data = malloc(n + (n == 0));
    if (!data)
        abort();
    memcpy(data, all, n);
    LLVMFuzzerTestOneInput(data, n);
    free(data);
    return ok;
}

static int feed_folder(const char *folder)
{
    char path[PATH_BYTES];
    struct stat st;
    int fed = 0;
    DIR *d = opendir(folder);
    if (!d)
        return 0;
    for (struct dirent *f; (f = readdir(d));) {
        snprintf(path, sizeof path, "%s/%s", folder, f->d_name);
        if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
            fed += feed(path);
    }
    closedir(d);
    return fed;
}

int main(int argc, char **argv)
{
    int fed = 0;
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++)
        fed += feed_folder(argv[i]);
    printf("%d passed, %d failed\n", fed, fed == 0);
    return fed == 0;
}
