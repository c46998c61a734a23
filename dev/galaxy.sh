#!/usr/bin/env bash
# Check the Galaxy artifact as Galaxy does when it imports one. Errors and warnings fail.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
bash dev/stage.sh

GALAXY=$STATE/galaxy
LOG=$GALAXY/importer.log
# The importer has a copy of its own of the collection, and no other may come before it.
unset ANSIBLE_COLLECTIONS_PATH
# Everything that the importer can do without containers and without the network.
export GALAXY_IMPORTER_CONFIG=$ROOT/dev/galaxy-importer.cfg

rm -rf "$GALAXY"
mkdir -p "$GALAXY"
(cd "$STAGE" && ansible-galaxy collection build --output-path "$GALAXY" >/dev/null)
cd "$GALAXY"
python -m galaxy_importer.main scw-cloud-*.tar.gz >"$LOG" 2>&1 || fail "galaxy-importer refuses the artifact: $(tail -n 20 "$LOG")"
if grep -E '^(WARNING|ERROR|CRITICAL)' "$LOG" >&2; then
    fail "galaxy-importer has complaints; all it said is in $LOG"
fi
say "galaxy-importer: $(tail -n 1 "$LOG")"
