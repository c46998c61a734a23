#!/usr/bin/env bash
# Static checks: style, types, shell, Ansible content, changelog and documentation.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
bash dev/setup.sh --quiet

check() {
    say "lint: $1"
    "${@:2}"
}

check "code style" ruff check --quiet --output-format concise .
check "code format" ruff format --check --quiet .
check "types" mypy -p ansible_collections.scw.cloud.plugins -p emulator
check "shell scripts" shellcheck -x -P SCRIPTDIR dev/*.sh .ci/run
check "Ansible content" ansible-lint -q
check "changelog" antsibull-changelog lint
# Without the RST check: it fails by chance, on the random name of its temporary directory.
check "documentation" antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs all --skip-rstcheck .
