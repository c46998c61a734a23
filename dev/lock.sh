#!/usr/bin/env bash
# Pin what dev/requirements.in asks for in dev/requirements.txt, for every Python from 3.11 on.
# Arguments go to uv, such as --upgrade or --upgrade-package mypy.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
bash dev/setup.sh --quiet

uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate \
    --output-file dev/requirements.txt "$@" dev/requirements.in
