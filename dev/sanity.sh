#!/usr/bin/env bash
# Run ansible-test sanity. Arguments go to it, such as --test validate-modules.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"

bash dev/stage.sh
bash dev/ansible_test.sh sanity "$@"
