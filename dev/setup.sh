#!/usr/bin/env bash
# Create or refresh .venv and make the checkout importable as the collection. Quick when nothing changed.
# PYTHON=/path/to/python chooses the interpreter. With --quiet, nothing is printed when nothing is to be done.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
. dev/pythons.sh

STAMP=$VENV/.setup
LOG=$STATE/setup.log

candidates() {
    if [[ -n ${COMBINATION:-} ]]; then
        places_of "${COMBINATION#*-}"
    else
        places_of 3.13 3.12 3.11
        command -v python3 || true
    fi
}

# Prints the newest Python that really runs and can make virtual environments.
choose_python() (
    PATH=$SYSTEM_PATH
    local python incomplete=
    for python in ${PYTHON:-$(candidates)}; do
        version_of "$python" >/dev/null || continue
        if creates_environments "$python"; then
            command -v "$python"
            return
        fi
        incomplete=${incomplete:-$python}
    done
    [[ -z $incomplete ]] || fail "$incomplete cannot create virtual environments." \
        "Install the missing part, on Debian and Ubuntu with: apt-get install python3-venv"
    [[ -z ${PYTHON:-} ]] || fail "PYTHON=$PYTHON is not a working Python 3.11 or newer."
    [[ -z ${COMBINATION:-} ]] || fail "no working Python ${COMBINATION#*-} was found for $COMBINATION."
    fail "no working Python 3.11 or newer was found." \
        "Install one, on Debian and Ubuntu with: apt-get install python3 python3-venv, or set PYTHON=/path/to/python"
)

# What the virtual environment depends on: interpreter, place and locked packages.
fingerprint() {
    say "$1 $ROOT $(sha256sum <"$REQUIREMENTS" | cut -d ' ' -f 1)"
}

is_current() {
    local installed
    [[ -f $STAMP ]] || return 1
    installed=$(version_of "$VENV/bin/python") || return 1
    [[ -z ${PYTHON:-} || $(version_of "$PYTHON") == "$installed" ]] || return 1
    [[ $(<"$STAMP") == "$(fingerprint "$installed")" ]]
}

# pip finds uv through the user's pip configuration; where uv cannot reach an index, pip does the rest too.
install_packages() {
    python -m pip install --quiet --disable-pip-version-check "$(grep '^uv==' "$REQUIREMENTS")" || return 1
    UV_COMPILE_BYTECODE=1 VIRTUAL_ENV=$VENV uv pip sync --quiet "$REQUIREMENTS" && return
    python -m pip install --quiet --disable-pip-version-check -r "$REQUIREMENTS"
}

build_environment() {
    local python version
    python=$(choose_python)
    version=$(version_of "$python")
    say "Setting up ${VENV#"$ROOT/"} with Python $version (once; about a minute) ..."
    rm -f "$STAMP"
    "$python" -m venv --clear "$VENV" >"$LOG" 2>&1 || fail "$python could not create $VENV: $(tail -n 3 "$LOG")"
    install_packages >>"$LOG" 2>&1 || fail "the packages of $REQUIREMENTS could not be installed:" \
        "$(tail -n 5 "$LOG") (everything: $LOG)"
    fingerprint "$version" >"$STAMP"
}

# Makes the checkout importable as ansible_collections.scw.cloud from the given directory.
link_collection() {
    local link=$1/ansible_collections/scw/cloud
    [[ $(readlink "$link" || true) != "$ROOT" ]] || return 0
    mkdir -p "${link%/*}"
    ln -sfn "$ROOT" "$link"
}

# Ansible looks in these directories first when it is called by hand: a copy there is run instead of the checkout.
warn_of_copies() {
    local directory
    for directory in "$HOME/.ansible/collections" /usr/share/ansible/collections; do
        [[ ! -e $directory/ansible_collections/scw/cloud ]] ||
            say "Warning: $directory/ansible_collections/scw/cloud hides this checkout when you call Ansible yourself." \
                "Remove it, or set ANSIBLE_COLLECTIONS_PATH=$STATE/src" >&2
    done
}

changed=false
if ! is_current; then
    build_environment
    changed=true
fi
site_packages=$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
link_collection "$site_packages"
link_collection "$STATE/src"
warn_of_copies
if [[ $changed == true || ${1:-} != --quiet ]]; then
    say "Ready: $VENV ($(ansible --version | sed -n 1p))"
fi
