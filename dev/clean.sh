#!/usr/bin/env bash
# Remove everything the commands made: .venv, .build, dist and caches. What git tracks stays.
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"

rm -rf "$VENV" "$STATE" dist tests/output collections .ansible .hypothesis .mypy_cache .pytest_cache .ruff_cache
rm -f .coverage .coverage.* changelogs/.plugin-cache.yaml
find . -name __pycache__ -type d -prune -exec rm -rf {} +
