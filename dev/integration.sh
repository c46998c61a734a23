#!/usr/bin/env bash
# Run ansible-test integration targets against one shared emulator. Usage: integration.sh [TARGET...]
set -euo pipefail
. "$(dirname -- "$0")/environment.sh"
. dev/with_emulator.sh
[[ -d tests/integration/targets ]] || fail "there are no integration targets in tests/integration/targets."
bash dev/stage.sh

start_emulator integration
# ansible-test passes no environment variables on; it reads this file instead.
cat >"$STAGE/tests/integration/integration_config.yml" <<END
---
emulator_url: $EMULATOR_URL
END
bash dev/ansible_test.sh integration --local --allow-destructive "$@"
