/* defs.h - the compiler attributes the program uses, behind plain names. */
#ifndef BASE_DEFS_H
#define BASE_DEFS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if !defined(__GNUC__)
# error "this program is built with GCC or Clang"
#endif
#define MUST_CHECK   __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))
#define AUTO(done)   __attribute__((cleanup(done)))
#define NORETURN     __attribute__((noreturn))
#define UNUSED       __attribute__((unused))
#define COUNT(a)     (sizeof(a) / sizeof((a)[0]))

#undef MIN                              /* GLib brings its own */
#undef MAX
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#endif
