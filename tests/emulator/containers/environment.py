# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Environment variables, open and secret, of namespaces and containers.

Secrets are kept and shown as argon2id hashes with the parameters of the API (recorded), each with a salt of its own.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from argon2.low_level import Type, hash_secret

from emulator.containers.facts import MOST_SECRET_BYTES, MOST_VARIABLES
from emulator.containers.state import ContainersState
from emulator.errors import invalid_argument
from emulator.operations import Call

_OPEN = "environment_variables"
_SECRET = "secret_environment_variables"
_ROUNDS, _MEMORY_KIB, _LANES, _HASH_BYTES = 3, 65_536, 64, 32


def variables(call: Call, stored: dict[str, str]) -> dict[str, str]:
    """Return the open variables after a write: all of them are replaced, or none where it names none (recorded)."""
    return dict(call.value(_OPEN, stored))


def secrets(state: ContainersState, call: Call, stored: Mapping[str, str]) -> dict[str, str]:
    """Return the hashes after a write.

    A write replaces the whole map: a name it leaves out is gone, an empty value keeps what is stored, any other value
    gets a new hash even where it says the same as before (recorded). Answers 400 to an empty value with nothing stored.
    """
    given: Mapping[str, str] | None = call.value(_SECRET)
    if given is None:
        return dict(stored)
    for name, value in given.items():
        if not value and name not in stored:
            raise invalid_argument(f"{_SECRET}.{name}", "value must not be empty, there is none to keep")
        if len(value.encode()) > MOST_SECRET_BYTES:
            raise invalid_argument(f"{_SECRET}.{name}", f"value must have at most {MOST_SECRET_BYTES} bytes")
    return {name: _hashed(state, value) if value else stored[name] for name, value in given.items()}


def _hashed(state: ContainersState, value: str) -> str:
    salt = uuid.UUID(state.world.identities.uuid()).bytes
    return hash_secret(value.encode(), salt, _ROUNDS, _MEMORY_KIB, _LANES, _HASH_BYTES, Type.ID).decode()


def require_room(open_count: int, secret_count: int) -> None:
    """Answer 400 to more variables than a container may have together with its namespace."""
    for name, count in ((_OPEN, open_count), (_SECRET, secret_count)):
        if count > MOST_VARIABLES:
            raise invalid_argument(name, f"there must be at most {MOST_VARIABLES} with those of the namespace")
