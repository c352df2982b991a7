/* stamp.h - points in time and days.
 *
 * A stamp is milliseconds since 1970-01-01T00:00:00Z: what the database keeps.
 * A day is a calendar day in the zone of the law (UTC+8 in all of China, no
 * summer time): days since 1970-01-01. JSON shows a stamp as RFC 3339 with
 * offset, a day as YYYY-MM-DD. Zero means "none" in both. */
#ifndef BASE_STAMP_H
#define BASE_STAMP_H
#include "base/str.h"

struct stamp { int64_t ms; };
struct day   { int32_t n; };

enum { STAMP_SECOND = 1000, STAMP_MINUTE = 60 * STAMP_SECOND, STAMP_HOUR = 60 * STAMP_MINUTE };
#define STAMP_DAY ((int64_t)24 * STAMP_HOUR)
#define ZONE_MS   ((int64_t)8 * STAMP_HOUR)
#define DAY_NONE  ((struct day){ 0 })

struct civil { int year, month, day; };          /* month and day from 1 */

struct stamp stamp_now(void);
/* For measuring only: never goes back, has no date. */
int64_t      clock_us(void);
/* "2026-11-21T09:30:00.000+08:00" into at least 32 bytes; returns the length. */
size_t       stamp_format(struct stamp t, char out[32]);
/* RFC 3339 with offset or Z; seconds may have 0..9 decimals. */
bool         stamp_parse(struct str s, struct stamp *out) MUST_CHECK;
/* Local midnight at which day d begins; and the day a stamp falls on. */
struct stamp stamp_of_day(struct day d);
struct day   day_of_stamp(struct stamp t);
struct day   day_today(void);

struct day   day_of_civil(int year, int month, int day);
struct civil civil_of_day(struct day d);
bool         civil_exists(int year, int month, int day);
/* 0 Monday … 6 Sunday. */
int          weekday(struct day d);
size_t       day_format(struct day d, char out[16]);
/* YYYY-MM-DD that exists. */
bool         day_parse(struct str s, struct day *out) MUST_CHECK;
/* The same day n months later; the month's last day where it has no such day. */
struct day   day_add_months(struct day d, int n);
#endif
