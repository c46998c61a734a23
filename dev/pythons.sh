# shellcheck shell=bash
# Sourced after environment.sh: finds Pythons that really run, which the shims of version managers may not.

# Prints the version of the Python $1, and succeeds if that is 3.11 or newer.
version_of() {
    "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3]); sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# Succeeds if the Python $1 can create virtual environments.
creates_environments() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# Prints every place where one of these versions, such as 3.13, may be.
places_of() {
    local minor python
    for minor; do
        command -v "python$minor" || true
        for python in "${PYENV_ROOT:-$HOME/.pyenv}/versions/$minor".*/bin/python; do
            say "$python"
        done
    done
}

# Prints a Python of the version $1, such as 3.13, if the machine has one that works.
find_python() (
    PATH=$SYSTEM_PATH
    for python in $(places_of "$1"); do
        if version_of "$python" >/dev/null && creates_environments "$python"; then
            command -v "$python"
            return
        fi
    done
    return 1
)
