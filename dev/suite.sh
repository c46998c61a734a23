#!/usr/bin/env bash
# Run one directory of tests with pytest. Usage: suite.sh DIRECTORY [PYTEST OPTION...]
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
[[ $# -gt 0 ]] || fail "usage: suite.sh DIRECTORY [PYTEST OPTION...]"
bash dev/setup.sh --quiet

pytest -q -rs -n 2 --dist worksteal "tests/$1" "${@:2}"
