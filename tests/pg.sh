#!/bin/sh
# Runs a command against a throw-away PostgreSQL 15: pg.sh COMMAND [ARGUMENT…]
# The server listens on a socket in its own directory only, syncs as in life, and
# ends with the command; PG_OPTIONS adds to its settings. Without
# PostgreSQL the test counts as skipped (77).
set -eu
bin=${PG_BIN:-/usr/lib/postgresql/15/bin}
[ -x "$bin/postgres" ] || { echo "1..0 # skip: no PostgreSQL in $bin"; exit 77; }
dir=$(mktemp -d /tmp/fengqiao-pg-XXXXXX)
as=""
if [ "$(id -u)" = 0 ]; then
    as="setpriv --reuid=postgres --regid=postgres --init-groups"
    chown postgres "$dir"
fi
pid=""
end() {
    status=$?
    trap - EXIT
    if [ -n "$pid" ]; then kill -INT "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; fi
    rm -rf "$dir"
    exit $status
}
trap end EXIT
trap 'exit 130' INT TERM
cd /
$as "$bin/initdb" -D "$dir/data" -U test -E UTF8 --locale=C -A trust >"$dir/initdb.log" 2>&1 ||
    { cat "$dir/initdb.log"; exit 1; }
$as "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c shared_buffers=64MB \
    -c max_connections=60 ${PG_OPTIONS:-} >"$dir/log" 2>&1 &
pid=$!
n=0
until "$bin/pg_isready" -q -h "$dir" -U test -d postgres; do
    n=$((n + 1))
    [ $n -lt 300 ] && kill -0 "$pid" 2>/dev/null || { cat "$dir/log"; exit 1; }
    sleep 0.1
done
FENGQIAO_TEST_URL="postgresql://test@/postgres?host=$dir"
FENGQIAO_TEST_PG_PID=$pid FENGQIAO_TEST_PG_DIR=$dir
export FENGQIAO_TEST_URL FENGQIAO_TEST_PG_PID FENGQIAO_TEST_PG_DIR
cd "$OLDPWD"
"$@"
