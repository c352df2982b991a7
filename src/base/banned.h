/* banned.h - calls the house style refuses; force-included everywhere.
 * They truncate silently, know no length, or share hidden state. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H
#ifndef __ASSEMBLER__
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef BANNED_AFTER                 /* a library's header whose macros contain such calls */
#include BANNED_AFTER
#endif
#undef sprintf                      /* macros in a fortified <stdio.h> under clang */
#undef vsprintf
#pragma GCC poison strcpy strcat sprintf vsprintf strncpy strncat strtok gets
#pragma GCC poison atoi atol atoll localtime gmtime ctime asctime srand system popen
/* Not poisoned: libcrypto's headers have parameters of this name. */
#ifndef __clang__                   /* which refuses the attribute on a second declaration */
extern int rand(void) __attribute__((error("use base/random.h")));
#endif
#endif
#endif
