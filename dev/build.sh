#!/usr/bin/env bash
# Build the Galaxy artifact in dist/ from the files git lists, so that no local leftover gets in.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
bash dev/stage.sh

cd "$STAGE"
ansible-galaxy collection build --force --output-path "$ROOT/dist"
