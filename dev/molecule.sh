#!/usr/bin/env bash
# Run the molecule scenarios below extensions/molecule. Usage: molecule.sh [MOLECULE TEST OPTION...]
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
bash dev/setup.sh --quiet

if [[ $# -eq 0 ]]; then
    set -- --all --report
fi
molecule test "$@"
