#!/usr/bin/env bash
# Measure plays on the local emulator, and write the tables to docs/measurements.md. Takes a third of an hour.
# With names of tables (dev/bench.sh --help lists them), these alone are made and printed.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
bash dev/setup.sh --quiet

# Another collection with some of the same jobs, to compare with. Without a package index the comparison is left out.
PACKAGE=ansible==14.5.0
PEERS=$STATE/peers
LOG=$STATE/peers.log

fetch_peers() {
    rm -rf "$PEERS" "$PEERS.new"
    mkdir -p "$PEERS.new"
    python -m pip download --quiet --no-deps --dest "$PEERS.new/wheel" "$PACKAGE" || return 1
    python -m pip install --quiet --target "$PEERS.new/lib" "passlib[argon2]" || return 1
    (cd "$PEERS.new" && python -m zipfile -e wheel/*.whl all) || return 1
    mkdir -p "$PEERS.new/ansible_collections/community"
    mv "$PEERS.new/all/ansible_collections/community/general" "$PEERS.new/ansible_collections/community/"
    rm -rf "$PEERS.new/all" "$PEERS.new/wheel"
    mv "$PEERS.new" "$PEERS"
}

if [[ ! -d $PEERS && ${1:-} != --help ]]; then
    fetch_peers >"$LOG" 2>&1 || say "community.general could not be fetched ($LOG), so it is not measured." >&2
fi
[[ ! -d $PEERS ]] || export PEERS

if (($#)); then
    PYTHONPATH=$ROOT/tests python -m benchmarks "$@"
else
    PYTHONPATH=$ROOT/tests python -m benchmarks --write docs/measurements.md
    say "The tables are in docs/measurements.md."
fi
