# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secret environment variables of namespaces and containers."""

from __future__ import annotations

from collections.abc import Mapping

from emulator.containers.state import ContainersState
from emulator.errors import invalid_argument
from emulator.operations import Call
from emulator.serverless.environment import SECRET, hashed, require_small

_ROUNDS, _LANES = 3, 64


def secrets(state: ContainersState, call: Call, stored: Mapping[str, str]) -> dict[str, str]:
    """Return the hashes after a write.

    A write replaces the whole map: a name it leaves out is gone, an empty value keeps what is stored, any other value
    gets a new hash even where it says the same as before (recorded). Answers 400 to an empty value with nothing stored.
    """
    given: Mapping[str, str] | None = call.value(SECRET)
    if given is None:
        return dict(stored)
    for name, value in given.items():
        if not value and name not in stored:
            raise invalid_argument(f"{SECRET}.{name}", "value must not be empty, there is none to keep")
        require_small(f"{SECRET}.{name}", value)
    world = state.world
    return {name: hashed(world, value, _ROUNDS, _LANES) if value else stored[name] for name, value in given.items()}
