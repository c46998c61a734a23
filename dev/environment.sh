# shellcheck shell=bash disable=SC2034
# Sourced by the scripts beside it: one predictable environment, whatever shell they were called from.

unset CDPATH
ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
STATE=$ROOT/.build
VENV=$ROOT/.venv
REQUIREMENTS=dev/requirements.txt
# Such as 2.18-3.11: that ansible-core, on that Python, with a place of its own for all that is made. See matrix.sh.
if [[ -n ${COMBINATION:-} ]]; then
    STATE=$STATE/matrix/$COMBINATION
    VENV=$STATE/venv
    REQUIREMENTS=dev/matrix/${COMBINATION%-*}.txt
fi
STAGE=$STATE/ansible_collections/scw/cloud
cd "$ROOT" || exit
mkdir -p "$STATE"

say() { printf '%s\n' "$*"; }
fail() { printf 'Error: %s\n' "$*" >&2; exit 1; }

# The shims of version managers look like Pythons but may fail when run, and Ansible would pick them.
without_shims() { printf '%s' "$1" | tr ':' '\n' | grep -vxF -e "$VENV/bin" -e "$ROOT/.venv/bin" | grep -v '/shims/*$' | paste -sd ':' -; }

# Ansible keeps its caches below the home directory.
if [[ -z ${HOME:-} ]] || ! mkdir -p "$HOME/.ansible" 2>/dev/null || [[ ! -w $HOME/.ansible ]]; then
    say "HOME (${HOME:-unset}) cannot be written to; using $STATE/home instead." >&2
    export HOME=$STATE/home
    mkdir -p "$HOME/.ansible"
fi

SYSTEM_PATH=$(without_shims "${PATH:-/usr/local/bin:/usr/bin:/bin}")
PATH=$VENV/bin:$SYSTEM_PATH
export PATH

# Without byte code every module run compiles its imports anew; the others would bring in foreign code.
unset PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME VIRTUAL_ENV ANSIBLE_CONFIG

# setup.sh links the checkout below this directory; a copy in ~/.ansible/collections cannot come first then.
export ANSIBLE_COLLECTIONS_PATH=$STATE/src

# No script may reach a real account: drop every setting of the vendor's tools, and point them to an empty file.
for name in $(env | sed -n 's/^\(SCW_[A-Za-z0-9_]*\|SCALEWAY_[A-Za-z0-9_]*\)=.*/\1/p'); do
    unset "$name"
done
export SCW_CONFIG_PATH=$STATE/empty.yaml
: >"$SCW_CONFIG_PATH"

# The emulator is on this machine, whatever proxy leads to the package index.
export NO_PROXY="${NO_PROXY:+$NO_PROXY,}127.0.0.1,localhost"
export no_proxy="${no_proxy:+$no_proxy,}127.0.0.1,localhost"
