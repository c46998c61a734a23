#!/usr/bin/env bash
# Measure plays on the local emulator, and write the tables to docs/measurements.md. Takes a quarter of an hour.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
bash dev/setup.sh --quiet

PYTHONPATH=$ROOT/tests "$VENV/bin/python" -m benchmarks "${1:-docs/measurements.md}"
say "The tables are in ${1:-docs/measurements.md}."
