# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secret environment variables of namespaces and functions: a list by key, into which every write is merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emulator.errors import invalid_argument
from emulator.operations import Call
from emulator.serverless.environment import SECRET, hashed, require_small

_ROUNDS, _LANES = 1, 2


def merged(call: Call, stored: Mapping[str, str]) -> dict[str, str]:
    """Return the hashes after an update.

    Keys it does not name keep what they have, a key without value is gone, any other value gets a new hash even where
    it says the same as before (recorded). Answers 400 to an empty value and to a key given twice.
    """
    given = _given(call)
    kept = {key: digest for key, digest in stored.items() if given.get(key, digest) is not None}
    return {**kept, **{key: _hash(call, value) for key, value in given.items() if value is not None}}


def first(call: Call) -> dict[str, str]:
    """Return the hashes after a creation, in the order sent (recorded); answers 400 to a key without value too."""
    given = _given(call)
    for number, (key, value) in enumerate(given.items()):
        if value is None:
            raise invalid_argument(f"{SECRET}.{number}.value", f"there is no '{key}' to remove", "required")
    return merged(call, {})


def _given(call: Call) -> dict[str, str | None]:
    given: dict[str, str | None] = {}
    items: Sequence[Mapping[str, Any]] = call.value(SECRET, [])
    for number, item in enumerate(items):
        value = item.get("value")
        if item["key"] in given:
            raise invalid_argument(f"{SECRET}.{number}.key", "value must not be given twice")
        if value == "":
            raise invalid_argument(f"{SECRET}.{number}.value", "value must not be empty")
        require_small(f"{SECRET}.{number}.value", value or "")
        given[item["key"]] = value
    return given


def _hash(call: Call, value: str) -> str:
    return hashed(call.world, value, _ROUNDS, _LANES)
