#!/usr/bin/env bash
# Pin what dev/requirements.in asks for in dev/requirements.txt, for every Python from 3.11 on; and what dev/tests.in
# asks for in dev/matrix/CORE.txt, once for each version of ansible-core, for the Pythons that it runs on.
# Arguments go to uv, such as --upgrade or --upgrade-package mypy.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
bash dev/setup.sh --quiet

CORES=(2.18 2.19 2.20 2.21)
WORK=$STATE/lock

# Usage: compile OLDEST-PYTHON LOCK FILE... [OPTION...]
compile() {
    uv pip compile --quiet --universal --python-version "$1" --no-emit-index-url --no-header --no-annotate \
        --output-file "$2" "${@:3}"
}

# Prints the Pythons that the newest patch of ansible-core $1 says it runs on, the oldest first.
read_pythons() {
    rm -rf "$WORK/wheel"
    python -m pip download --quiet --disable-pip-version-check --ignore-requires-python --no-deps --dest "$WORK/wheel" \
        "ansible-core==$1.*" 2>"$WORK/pip.log" || fail "ansible-core $1 could not be downloaded: $(tail -n 1 "$WORK/pip.log")"
    python -m zipfile -e "$WORK"/wheel/*.whl "$WORK/wheel/content"
    sed -n 's/^Classifier: Programming Language :: Python :: \(3\.[0-9]*\)$/\1/p' "$WORK"/wheel/content/*.dist-info/METADATA |
        sort -V | paste -sd ' '
}

# Everything but ansible-core, and what it alone asks for, is what .venv has.
lock_core() {
    local core=$1 lock=dev/matrix/$1.txt pythons
    shift
    pythons=$(read_pythons "$core")
    say "ansible-core==$core.*" >"$WORK/core.in"
    grep -vE '^(ansible-core|resolvelib)==' dev/requirements.txt >"$WORK/constraints.txt"
    compile "${pythons%% *}" "$lock" "$WORK/core.in" dev/tests.in --constraint "$WORK/constraints.txt" "$@"
    sed -i "1i # Pythons: $pythons" "$lock"
}

mkdir -p "$WORK" dev/matrix
compile 3.11 dev/requirements.txt dev/requirements.in "$@"
for core in "${CORES[@]}"; do
    lock_core "$core" "$@"
done
