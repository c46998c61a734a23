#!/usr/bin/env bash
# Run ansible-test in the staged copy with the Python of .venv. Usage: ansible_test.sh COMMAND [OPTION...]
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
[ $# -gt 0 ] || fail "usage: ansible_test.sh COMMAND [OPTION...]"
[ -d "$STAGE" ] || bash dev/stage.sh

# ansible-test would download a script to install this pip release; give it one that takes pip from the index.
provide_pip() {
    release=$(python -c 'import ansible_test._internal.python_requirements as r, re, inspect
print(re.search(r"pip=.([0-9.]+)", inspect.getsource(r)).group(1))')
    cache=$HOME/.ansible/test/cache
    script=$cache/get_pip_$(say "$release" | tr . _).py
    [ ! -e "$script" ] || return 0
    mkdir -p "$cache"
    python -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --dest "$cache" \
        "pip==$release" 2>"$STATE/pip.log" || fail "pip $release could not be downloaded: $(tail -n 1 "$STATE/pip.log")"
    cp dev/get_pip.py "$script"
}

provide_pip
command=$1
shift
log=$STATE/ansible-test-$command.log
version=$(python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
cd "$STAGE"

# The variable stops the search for a .git above, which would find this copy ignored, skip all tests and succeed.
ANSIBLE_TEST_CONTENT_ROOT=$STAGE ansible-test "$command" --python "$version" "$@" 2>&1 | tee "$log"
! grep -q 'All targets skipped' "$log" || fail "ansible-test $command skipped everything; nothing was tested."
