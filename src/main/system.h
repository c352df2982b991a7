/* system.h - the program's own addresses: health, metrics, its description. */
#ifndef MAIN_SYSTEM_H
#define MAIN_SYSTEM_H
#include "app/app.h"

extern const struct route_table system_table;
#endif
