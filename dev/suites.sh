# shellcheck shell=bash disable=SC2034
# Sourced after environment.sh: the suites are the directories of tests that pyproject.toml names, in its order.

mapfile -t SUITES < <(sed -n '/^testpaths = \[/,/\]/p' pyproject.toml | grep -o 'tests/[a-z_]*' | cut -d / -f 2)
((${#SUITES[@]} > 0)) || fail "pyproject.toml names no directories of tests."
