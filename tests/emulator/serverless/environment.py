# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Environment variables, open and secret, of namespaces and of what is in them.

Secrets are kept and shown as argon2id hashes with the parameters of the API (recorded), each with a salt of its own.
"""

from __future__ import annotations

import uuid

from argon2.low_level import Type, hash_secret

from emulator.errors import invalid_argument
from emulator.operations import Call
from emulator.serverless.facts import MOST_SECRET_BYTES, MOST_VARIABLES
from emulator.world import World

OPEN = "environment_variables"
SECRET = "secret_environment_variables"
_MEMORY_KIB, _HASH_BYTES = 65_536, 32


def variables(call: Call, stored: dict[str, str]) -> dict[str, str]:
    """Return the open variables after a write: all of them are replaced, or none where it names none (recorded)."""
    return dict(call.value(OPEN, stored))


def hashed(world: World, value: str, rounds: int, lanes: int) -> str:
    """Return the hash of a secret with a new salt."""
    salt = uuid.UUID(world.identities.uuid()).bytes
    return hash_secret(value.encode(), salt, rounds, _MEMORY_KIB, lanes, _HASH_BYTES, Type.ID).decode()


def require_small(path: str, value: str) -> None:
    """Answer 400 to a secret that is too large."""
    if len(value.encode()) > MOST_SECRET_BYTES:
        raise invalid_argument(path, f"value must have at most {MOST_SECRET_BYTES} bytes")


def require_room(open_count: int, secret_count: int) -> None:
    """Answer 400 to more variables than something may have together with its namespace."""
    for name, count in ((OPEN, open_count), (SECRET, secret_count)):
        if count > MOST_VARIABLES:
            raise invalid_argument(name, f"there must be at most {MOST_VARIABLES} with those of the namespace")
