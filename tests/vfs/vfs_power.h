/* vfs_power.h - a SQLite file system whose power can fail.
 *
 * What is written is seen at once but is on the disk only after xSync. When the
 * power fails, what was not synced is kept, dropped or torn by sectors, as the
 * seed's dice fall; the files on the real disk become what that disk would hold,
 * and the process ends. Files live in memory meanwhile, shared by all connections
 * of the process; locks and the shared WAL index are the real system's. */
#ifndef VFS_POWER_H
#define VFS_POWER_H
#include <stdbool.h>
#include <stdint.h>

struct power_options {
    uint64_t seed;
    long cut_at;                        /* number of the write, sync or truncate that fails */
    bool lies;                          /* a disk that says "synced" and is not */
};
/* Registers it as "power". Once a process. */
void vfs_power_start(const struct power_options *o);
/* The power fails now. */
_Noreturn void vfs_power_cut(void);
/* While on, every sync fails, or every write too: a disk that is broken or full. */
void vfs_power_fail(bool syncs, bool writes);
/* Writes to WAL files that no sync has covered yet. */
long vfs_power_wal_unsynced(void);
long vfs_power_syncs(void);
#endif
