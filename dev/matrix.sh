#!/usr/bin/env bash
# Run sanity, all suites and the integration targets once for each ansible-core with each Python that it supports.
# Usage: matrix.sh [--quick] [CORE|CORE-PYTHON...], such as 2.18 or 2.18-3.11. Pythons that the machine lacks are named
# and left out. --quick runs in one process what depends on Ansible itself, on the oldest that the machine has a Python
# for unless others are asked for.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
. dev/pythons.sh
. dev/suites.sh

STEPS=(sanity "${SUITES[@]}" integration)
# What validates modules, and the suite that starts no programs; then modules, actions, inventories and the lookup as
# Ansible starts them, values as it marks them, and the one playbook that does something else on ansible-core 2.18.
QUICK_SANITY=(action-plugin-docs ansible-doc compile pep8 runtime-metadata validate-modules)
QUICK_TESTS=(
    tests/behaviour/test_play.py tests/behaviour/test_function_code_plays.py
    tests/inventory/test_play.py tests/inventory/test_trust.py
    tests/playbooks/test_drift.py
)
ROWS=()
FAILED=()

# Prints all combinations, the oldest first; dev/lock.sh notes in each lock which Pythons it is for.
list_combinations() {
    local lock python pythons
    for lock in dev/matrix/*.txt; do
        read -ra pythons < <(sed -n 's/^# Pythons: //p' "$lock")
        for python in "${pythons[@]}"; do
            say "$(basename "$lock" .txt)-$python"
        done
    done
}

# Succeeds if $1 is among those that were asked for.
is_wanted() {
    local wanted
    for wanted in "${WANTED[@]}"; do
        [[ $1 != "$wanted" && $1 != "$wanted"-* ]] || return 0
    done
    return 1
}

find_oldest() {
    local combination
    for combination in $(list_combinations); do
        if find_python "${combination#*-}" >/dev/null; then
            say "$combination"
            return
        fi
    done
    return 1
}

run_step() {
    case $1 in
        setup | sanity | integration) bash "dev/$1.sh" ;;
        quick-sanity) bash dev/sanity.sh "${QUICK_SANITY[@]/#/--test=}" ;;
        quick-tests) bash dev/suite.sh unit "${QUICK_TESTS[@]}" -n 1 ;;
        *) bash dev/suite.sh "$1" ;;
    esac
}

print_row() { printf '%-13s %-8s %8s %7s %8s  %s\n' "$@"; }

# Prints how many tests of pytest passed, by the logs in the directory $1.
count_tests() {
    cat "$1"/*.log | sed -n 's/^.*\b\([0-9][0-9]*\) passed.* in [0-9].*$/\1/p' | awk '{ sum += $1 } END { print sum + 0 }'
}

# Runs all steps of $1, whether or not one fails, and adds a row to the table. The logs stay.
run_combination() {
    local combination=$1 logs=$STATE/matrix/$1/logs started=$SECONDS since step failed=() passed=0 result=passed
    rm -rf "$logs"
    mkdir -p "$logs"
    for step in setup "${STEPS[@]}"; do
        since=$SECONDS
        if COMBINATION=$combination run_step "$step" >"$logs/$step.log" 2>&1 </dev/null; then
            say "$combination $step: passed in $((SECONDS - since)) s"
            passed=$((passed + 1))
        else
            tail -n 25 "$logs/$step.log"
            say "$combination $step: FAILED after $((SECONDS - since)) s; all of it is in $logs/$step.log"
            failed+=("$step")
            [[ $step != setup ]] || break
        fi
    done
    if [[ ${#failed[@]} -gt 0 ]]; then
        result="FAILED: ${failed[*]}"
        FAILED+=("$combination")
    fi
    ROWS+=("$(print_row "${combination%-*}" "${combination#*-}" "$passed" "$(count_tests "$logs")" $((SECONDS - started)) "$result")")
}

if [[ ${1:-} == --quick ]]; then
    shift
    STEPS=(quick-sanity quick-tests)
    if [[ $# -eq 0 ]]; then
        oldest=$(find_oldest) || { say "Not run: this machine has none of the Pythons of dev/matrix/."; exit 0; }
        set -- "$oldest"
    fi
fi
WANTED=("$@")
[[ $# -gt 0 ]] || mapfile -t WANTED < <(list_combinations)

for combination in $(list_combinations); do
    is_wanted "$combination" || continue
    if find_python "${combination#*-}" >/dev/null; then
        run_combination "$combination"
    else
        ROWS+=("$(print_row "${combination%-*}" "${combination#*-}" - - - "not run: no Python ${combination#*-} here")")
    fi
done
[[ ${#ROWS[@]} -gt 0 ]] || fail "nothing is called ${WANTED[*]}; there are: $(list_combinations | paste -sd ' ')"

say ""
print_row ansible-core Python steps tests seconds result
printf '%s\n' "${ROWS[@]}"
[[ ${#FAILED[@]} -eq 0 ]] || fail "some of it failed; run one alone with: make test-matrix ONLY=${FAILED[0]}"
