#!/usr/bin/env bash
# Copy the collection to .build/ansible_collections/scw/cloud, where ansible-test and ansible-galaxy accept it.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
bash dev/setup.sh --quiet

python dev/stage.py "$ROOT" "$STAGE"
