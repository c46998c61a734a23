# shellcheck shell=bash
# Sourced after environment.sh: starts an emulator on a free port, sets EMULATOR_URL, and stops it when the script ends.

start_emulator() {
    local ready=$STATE/$1.ready.json log=$STATE/$1.emulator.log
    rm -f "$ready"
    PYTHONPATH=$ROOT/tests python -m emulator --port 0 --ready-file "$ready" >"$log" 2>&1 </dev/null &
    EMULATOR_PID=$!
    trap stop_emulator EXIT
    trap 'exit 130' INT TERM
    for _ in {1..150}; do
        [[ ! -s $ready ]] || break
        kill -0 "$EMULATOR_PID" 2>/dev/null || fail "the emulator did not start: $(tail -n 5 "$log")"
        sleep 0.1
    done
    [[ -s $ready ]] || fail "the emulator was not ready within 15 seconds; its log is $log"
    EMULATOR_URL=$(python -c 'import json, sys; print(json.load(open(sys.argv[1]))["url"])' "$ready")
    export EMULATOR_URL
}

stop_emulator() {
    [[ -n $EMULATOR_PID ]] || return 0
    kill "$EMULATOR_PID" 2>/dev/null || true
    wait "$EMULATOR_PID" 2>/dev/null || true
    EMULATOR_PID=
}
