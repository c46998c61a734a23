#!/usr/bin/env bash
# Everything continuous integration needs, in order, stopping at the first failure; ends with a table of times.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"

STEPS=(setup lint sanity unit contract behaviour inventory integration molecule)
PASSED=()

run_step() {
    case $1 in
        unit | contract | behaviour | inventory) bash dev/suite.sh "$1" ;;
        *) bash "dev/$1.sh" ;;
    esac
}

print_table() {
    printf '\n%-12s %8s\n' step seconds
    printf '%s\n' "${PASSED[@]}"
    printf '%-12s %8d\n\n' total "$SECONDS"
}

for step in "${STEPS[@]}"; do
    printf '\n=== %s\n' "$step"
    started=$SECONDS
    if ! run_step "$step"; then
        [[ ${#PASSED[@]} -eq 0 ]] || print_table
        say "FAILED: $step (run it alone with: make $step)"
        say "steps: ${#PASSED[@]} passed, 1 failed"
        exit 1
    fi
    PASSED+=("$(printf '%-12s %8d' "$step" $((SECONDS - started)))")
done

print_table
say "steps: ${#PASSED[@]} passed, 0 failed"
