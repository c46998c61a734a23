#!/usr/bin/env bash
# Everything continuous integration needs; stops at the first failure, and ends with a table of times.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
. dev/suites.sh

# The suites run in as many processes as there are processors. The others are one process each, and fill the gaps.
OTHERS=(lint sanity docs integration molecule oldest)
TABLE=$STATE/test-times.txt
LOGS=$STATE/test-logs

run_step() {
    if [[ " ${SUITES[*]} " == *" $1 "* ]]; then
        bash dev/suite.sh "$1"
    elif [[ $1 == oldest ]]; then
        bash dev/matrix.sh --quick
    else
        bash "dev/$1.sh"
    fi
}

# Runs steps until one fails, and notes how long each took.
run_steps() {
    local step started
    for step; do
        [[ ! -s $LOGS/failed ]] || return 1
        printf '\n=== %s\n' "$step"
        started=$SECONDS
        if ! run_step "$step"; then
            say "$step" >"$LOGS/failed"
            return 1
        fi
        printf '%-12s %8d\n' "$step" $((SECONDS - started)) >>"$TABLE"
    done
}

stop_others() {
    kill -- "-$BESIDE" 2>/dev/null || true
    wait "$BESIDE" 2>/dev/null || true
}

# Prints the times; takes the step that failed, if one did.
report() {
    local failed=$1 count=0
    [[ -z $failed ]] || count=1
    printf '\n%-12s %8s\n' step seconds
    cat "$TABLE"
    printf '%-12s %8d\n\n' total "$SECONDS"
    [[ -z $failed ]] || say "FAILED: $failed (run it alone with: make $failed)"
    say "steps: $(wc -l <"$TABLE") passed, $count failed"
    [[ -z $failed ]]
}

rm -rf "$LOGS"
mkdir -p "$LOGS"
: >"$TABLE"
run_steps setup || report setup

set -m
run_steps "${OTHERS[@]}" >"$LOGS/others.log" 2>&1 &
BESIDE=$!
set +m
trap stop_others EXIT
if run_steps "${SUITES[@]}"; then
    say "The suites passed. Waiting for: ${OTHERS[*]}"
    wait "$BESIDE" || true
    trap - EXIT
fi
failed=$(cat "$LOGS/failed" 2>/dev/null || true)
case " ${SUITES[*]} " in
    *" $failed "*) ;;
    *) cat "$LOGS/others.log" ;;
esac
report "$failed"
