#!/usr/bin/env bash
# Serve the emulator on 127.0.0.1 until interrupted. Usage: emulator.sh [PORT]
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
bash dev/setup.sh --quiet

PYTHONPATH=$ROOT/tests exec python -m emulator --port "${1:-8042}"
