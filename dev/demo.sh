#!/usr/bin/env bash
# Build a load balancer on the local emulator, run the same play again, then show what a change would do.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
. dev/with_emulator.sh
bash dev/setup.sh --quiet

PLAYBOOK=playbooks/demo_load_balancer.yml
LOG=$STATE/demo.log
ROWS=()

# The emulator accepts any well-formed key; these open no real account.
enter_demo_account() {
    export SCW_API_URL=$EMULATOR_URL
    export SCW_ACCESS_KEY=SCWXXXXXXXXXXXXXXXXX
    export SCW_SECRET_KEY=11111111-1111-1111-1111-111111111111
    export SCW_DEFAULT_PROJECT_ID=22222222-2222-2222-2222-222222222222
    export SCW_DEFAULT_ZONE=fr-par-1
    export ANSIBLE_LOCALHOST_WARNING=false ANSIBLE_INVENTORY_UNPARSED_WARNING=false ANSIBLE_NOCOWS=true
    [[ ! -t 1 ]] || export ANSIBLE_FORCE_COLOR=true
}

# Prints how many requests the emulator has seen, and how many of them were writes.
count_requests() {
    python - "$EMULATOR_URL/_emulator/journal" <<'END'
import json
import sys
import urllib.request

with urllib.request.urlopen(sys.argv[1], timeout=10) as answer:
    journal = json.load(answer)
entries = journal["entries"]
print(len(entries), sum(entry["method"] not in ("GET", "HEAD") for entry in entries))
END
}

forget_requests() {
    python -c 'import sys, urllib.request as u; u.urlopen(u.Request(sys.argv[1], method="DELETE"), timeout=10)' \
        "$EMULATOR_URL/_emulator/journal"
}

print_row() { printf '%-36s %8s %9s %7s %8s\n' "$@"; }

# Prints the number of changed tasks that the recap of the last run shows.
count_changed() {
    sed 's/\x1b\[[0-9;]*m//g' "$LOG" | sed -n 's/.* changed=\([0-9]*\) .*/\1/p' | tail -n 1
}

# Usage: run_demo TITLE change|nothing|preview [ANSIBLE-PLAYBOOK OPTION...]
run_demo() {
    local title=$1 expected=$2 started changed requests writes
    shift 2
    printf '\n--- %s\n    ansible-playbook %s\n' "$title" "$PLAYBOOK $*"
    forget_requests
    started=$(date +%s%N)
    ansible-playbook "$PLAYBOOK" "$@" </dev/null 2>&1 | tee "$LOG" || fail "the demo failed; its output is above."
    changed=$(count_changed)
    read -r requests writes < <(count_requests)
    ROWS+=("$(print_row "$title" "$changed" "$requests" "$writes" "$(seconds_since "$started")")")
    case $expected in
        change) ((changed > 0)) || fail "'$title' should have changed something." ;;
        nothing) ((changed == 0 && writes == 0)) || fail "'$title' changed $changed tasks with $writes writes." ;;
        preview) ((changed > 0 && writes == 0)) || fail "'$title' showed $changed changes and sent $writes writes." ;;
    esac
}

seconds_since() {
    local milliseconds=$((($(date +%s%N) - $1) / 1000000))
    printf '%d.%d' $((milliseconds / 1000)) $((milliseconds % 1000 / 100))
}

start_emulator demo
enter_demo_account
run_demo "1. first run: everything is built" change
run_demo "2. second run: nothing to do" nothing
run_demo "3. --check --diff of a change" preview --check --diff -e maintenance=true
stop_emulator

say ""
print_row summary changed requests writes seconds
printf '%s\n' "${ROWS[@]}"
say "The emulator is stopped, and nothing left this machine. The whole demo took $SECONDS seconds."
