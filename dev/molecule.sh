#!/usr/bin/env bash
# Run the molecule scenarios below extensions/molecule. Usage: molecule.sh [MOLECULE TEST OPTION...]
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
bash dev/setup.sh --quiet

export MOLECULE_EPHEMERAL_DIRECTORY=$STATE/molecule
[[ -t 1 ]] || export NO_COLOR=1

# A killed run leaves its emulator behind, and molecule would take that for the one it needs.
[[ ! -e $MOLECULE_EPHEMERAL_DIRECTORY/emulator.json ]] || molecule destroy --scenario-name default
rm -rf "$MOLECULE_EPHEMERAL_DIRECTORY"

[[ $# -gt 0 ]] || set -- --all --report
molecule test "$@"
