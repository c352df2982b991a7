/* The cases, as a table. */
#include "damage.h"
#include <unistd.h>

#define ONE " WHERE home = $1 AND chain = $2 AND seq = $3"
#define FEED " WHERE home = $1 AND matter = $2 AND entry = $3"
#define NUMBER_FEED                                                                            \
    "CREATE TEMP TABLE dense AS SELECT seq, ROW_NUMBER() OVER (ORDER BY seq) AS n FROM feed", \
    "UPDATE feed SET seq = -(SELECT d.n FROM dense d WHERE d.seq = feed.seq)",            \
    "UPDATE feed SET seq = -seq"

/* ---- the witness file ---- */

size_t witness_read(const struct damage *d, char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/witness.log", d->data);
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(text, 1, WITNESS_MAX - 1, f) : 0;
    if (f)
        fclose(f);
    text[n] = '\0';
    return n;
}

bool witness_write(const struct damage *d, const char *text, size_t n)
{
    char path[256];
    snprintf(path, sizeof path, "%s/witness.log", d->data);
    FILE *f = fopen(path, "we");
    return f && fwrite(text, 1, n, f) == n && fclose(f) == 0;
}

/* Where line no (from 1) begins. */
static size_t line_at(const char *text, int no)
{
    const char *p = text;
    while (--no > 0 && (p = strchr(p, '\n')))
        p++;
    return p ? (size_t)(p - text) : strlen(text);
}

static bool witness_cut(const struct damage *d)
{
    static char text[WITNESS_MAX];
    return witness_read(d, text) && witness_write(d, text, line_at(text, 3));
}

static bool witness_hole(const struct damage *d)
{
    static char text[WITNESS_MAX];
    size_t n = witness_read(d, text), from = line_at(text, 2), to = line_at(text, 3);
    memmove(text + from, text + to, n - to);
    return n && witness_write(d, text, n - (to - from));
}

/* The last digit of the second line: of the signature. */
static bool witness_digit(const struct damage *d)
{
    static char text[WITNESS_MAX];
    size_t n = witness_read(d, text), at = line_at(text, 3) - 2;
    text[at] = text[at] == '0' ? '1' : '0';
    return n && witness_write(d, text, n);
}

static bool witness_word(const struct damage *d)
{
    static char text[WITNESS_MAX];
    size_t n = witness_read(d, text);
    text[line_at(text, 2) + 3] = 'x';
    return n && witness_write(d, text, n);
}

static bool witness_gone(const struct damage *d)
{
    char path[256];
    snprintf(path, sizeof path, "%s/witness.log", d->data);
    return unlink(path) == 0;
}

/* ---- the cases ---- */

const struct damage_case damage_cases[] = {
    { "an action", { "UPDATE journal SET action = action || 'x'" ONE },
      .want = "chain {C} entry {S}: its content" },
    { "a subject", { "UPDATE journal SET subject = subject + 1" ONE },
      .want = "chain {C} entry {S}: its content" },
    { "an actor", { "UPDATE journal SET actor = actor + 1" ONE },
      .want = "chain {C} entry {S}: its content" },
    { "a post", { "UPDATE journal SET post = post + 1" ONE },
      .want = "chain {C} entry {S}: its content" },
    { "when it happened", { "UPDATE journal SET happened_at = happened_at - 1" ONE },
      .want = "chain {C} entry {S}: its content" },
    { "when it was recorded", { "UPDATE journal SET recorded_at = recorded_at - 1" ONE },
      .want = "chain {C} entry {S}: its content" },
    { "a bit of the hash before", .forge = flip_prev,
      .want = "chain {C} entry {S}: does not follow" },
    { "a bit of the payload's hash", .forge = flip_payload_hash,
      .want = "chain {C} entry {S}: its content" },
    { "a bit of the hash", .forge = flip_hash, .want = "chain {C} entry {S}: its content" },
    { "a bit of the salt", .forge = flip_salt, .want = "chain {C} entry {S}: its payload was" },
    { "a payload", { "UPDATE journal_payload SET body = body || ' '" ONE },
      .want = "chain {C} entry {S}: its payload was changed" },
    { "a payload gone", { "DELETE FROM journal_payload" ONE },
      .want = "chain {C} entry {S}: its payload is gone" },
    { "an entry gone", { "DELETE FROM journal" ONE, "DELETE FROM journal_payload" ONE },
      .want = "chain {C}: after entry {S-1} comes {S+1}" },
    { "an entry inserted with good hashes", .forge = forge_insert,
      .want = "chain {C} entry {L+1}: the feed does not know it" },
    { "two entries swapped",
      { "UPDATE journal SET seq = -1" ONE,
        "UPDATE journal SET seq = $3 WHERE home = $1 AND chain = $2 AND seq = $3 + 1",
        "UPDATE journal SET seq = $3 + 1 WHERE home = $1 AND chain = $2 AND seq = -1",
        "UPDATE journal_payload SET seq = -1" ONE,
        "UPDATE journal_payload SET seq = $3 WHERE home = $1 AND chain = $2 AND seq = $3 + 1",
        "UPDATE journal_payload SET seq = $3 + 1 WHERE home = $1 AND chain = $2"
            " AND seq = -1" },
      .want = "chain {C} entry {S}: " },
    { "an entry moved to another chain",
      { "UPDATE journal SET seq = 500, chain ="
            " (SELECT MAX(id) FROM matter WHERE home = $1 AND id <> $2)" ONE },
      .want = "chain {C}: after entry {S-1} comes {S+1}" },
    { "the last entry gone", { "DELETE FROM journal WHERE home = $1 AND chain = $2"
                                   " AND seq = $3 - $3 + $4" },
      .want = "matter {N}: chain {C} does not end at entry {L}" },
    { "the last entry gone, the head set back",
      { "DELETE FROM journal WHERE home = $1 AND chain = $2 AND seq = $3 - $3 + $4",
        "UPDATE matter SET journal_seq = $3 - $3 + $4 - 1, journal_head = (SELECT j.hash"
            " FROM journal j WHERE j.home = $1 AND j.chain = $2 AND j.seq = $4 - 1)"
            " WHERE home = $1 AND id = $2" },
      .want = ": entry {L} of chain {C} is gone" },
    { "the last entry gone, head and feed set back",
      { "DELETE FROM journal WHERE home = $1 AND chain = $2 AND seq = $3 - $3 + $4",
        "DELETE FROM feed WHERE home = $1 AND matter = $2 AND entry = $3 - $3 + $4",
        "UPDATE matter SET journal_seq = $3 - $3 + $4 - 1, journal_head = (SELECT j.hash"
            " FROM journal j WHERE j.home = $1 AND j.chain = $2 AND j.seq = $4 - 1)"
            " WHERE home = $1 AND id = $2", NUMBER_FEED },
      .want = "checkpoint 1: the feed from 1 to " },
    { "a matter's row gone", { "DELETE FROM matter WHERE home = $1 AND id = $2" },
      .want = "matter {C} is gone" },
    { "a matter and its chain gone",
      { "DELETE FROM matter WHERE home = $1 AND id = $2",
        "DELETE FROM journal WHERE home = $1 AND chain = $2",
        "DELETE FROM journal_payload WHERE home = $1 AND chain = $2" },
      .want = "feed {F}: entry {S} of chain {C} is gone" },
    { "a matter, its chain and its events gone",
      { "DELETE FROM matter WHERE home = $1 AND id = $2",
        "DELETE FROM journal WHERE home = $1 AND chain = $2",
        "DELETE FROM journal_payload WHERE home = $1 AND chain = $2",
        "DELETE FROM feed WHERE home = $1 AND matter = $2" },
      .want = "checkpoint 1: the feed from 1 to " },
    { "a matter, its chain and its events gone, the feed numbered again",
      { "DELETE FROM matter WHERE home = $1 AND id = $2",
        "DELETE FROM journal WHERE home = $1 AND chain = $2",
        "DELETE FROM journal_payload WHERE home = $1 AND chain = $2",
        "DELETE FROM feed WHERE home = $1 AND matter = $2", NUMBER_FEED },
      .want = "checkpoint 1: the feed from 1 to " },
    { "an event changed", { "UPDATE feed SET actor = actor + 1" FEED },
      .want = "feed {F}: does not say what entry {S} of chain {C} says" },
    { "an event gone", { "DELETE FROM feed" FEED },
      .want = "feed: after {F-1} comes {F+1}" },
    { "an event told twice",
      { "INSERT INTO feed (seq, home, matter, kind, subject, actor, at, entry)"
            " SELECT (SELECT MAX(f.seq) FROM feed f) + 1, home, matter, kind, subject, actor, at,"
            " entry FROM feed" FEED },
      .want = "feed {E+1}: tells of entry {S} of chain {C} again" },
    { "the feed's end gone", { "DELETE FROM feed WHERE seq = (SELECT MAX(f.seq) FROM feed f)" },
      .want = "feed: ends at {E-1}, checkpoint 4 covers {E}" },
    { "the system's last entry gone",
      { "DELETE FROM journal WHERE home = 0 AND chain = 0 AND seq = (SELECT MAX(j.seq)"
            " FROM journal j WHERE j.home = 0 AND j.chain = 0)" },
      .want = "chain 0: does not end at entry " },
    { "a checkpoint gone", { "DELETE FROM checkpoint WHERE no = 2" },
      .want = "checkpoint 2: is gone, the witness has it" },
    { "the last checkpoints gone", { "DELETE FROM checkpoint WHERE no > 2" },
      .want = "checkpoint 3: is gone, the witness has it" },
    { "all checkpoints gone", { "DELETE FROM checkpoint" },
      .want = "checkpoint 1: is gone, the witness has it" },
    { "a checkpoint's root", { "UPDATE checkpoint SET root = prev WHERE no = 2" },
      .want = "checkpoint 2: the feed from " },
    { "a checkpoint's range", { "UPDATE checkpoint SET feed_to = feed_to - 1 WHERE no = 1" },
      .want = "checkpoint 1: its content is not what was hashed" },
    { "a checkpoint's time", { "UPDATE checkpoint SET at = at - 1 WHERE no = 2" },
      .want = "checkpoint 2: its content is not what was hashed" },
    { "a checkpoint's place", { "UPDATE checkpoint SET no = 7 WHERE no = 2" },
      .want = "checkpoint 2: is gone, the witness has it" },
    { "a checkpoint's signature", .forge = flip_signature,
      .want = "checkpoint 2: is not signed by" },
    { "the witness cut", .spoil = witness_cut, .want = "checkpoint 3: the witness lacks it" },
    { "a line of the witness gone", .spoil = witness_hole,
      .want = "checkpoint 2: the witness lacks it" },
    { "a digit in the witness", .spoil = witness_digit,
      .want = "checkpoint 2: the witness has another" },
    { "no digit in the witness", .spoil = witness_word,
      .want = "witness: the line after checkpoint 1 cannot be read" },
    { "the witness gone", .spoil = witness_gone, .want = "checkpoint 1: the witness lacks it" },
    { "a history rewritten with all its hashes", .forge = forge_history,
      .want = "checkpoint 1: the feed from 1 to " },
    { "everything rewritten without the key", .forge = forge_all,
      .want = "checkpoint 1: is not signed by" },
    { "everything rewritten with the key, without the witness", .forge = forge_with_key,
      .want = "checkpoint 1: the witness has another" },
};
const size_t damage_cases_n = COUNT(damage_cases);
