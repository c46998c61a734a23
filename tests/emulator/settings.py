# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator can be told about its own behaviour."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

UUID_PATTERN = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class BadControlInputError(Exception):
    """The control interface was given something it does not understand; the message says what and what is allowed."""


@dataclass(frozen=True)
class Settings:
    """Settings of one emulator.

    latency_ms: milliseconds added before every API request is processed.
    settle_reads: how many sightings of an object show it unsettled before it settles; 0 settles at once.
    settle_seconds: when set, seconds of real time until an object settles; replaces settle_reads.
    max_page_size: the largest page granted; a larger request is granted this size silently.
    seed: where identifiers, addresses, timestamps and shuffled orders derive from.
    busy_conflict: answer 409 transient_state to a write on an unsettled object.
    shuffle: list in an order derived from the seed when the request names no order.
    extra_field: add one unknown field to every object answered.
    old_spellings: spell words as the API did in the past (recorded: the type of certificates until 2026-01).
    ignore_name_filter: list container namespaces of every name whatever `name` asks for (recorded until 2026-05).
    forbid_absent: answer 403 instead of 404 to who asks Edge Services for what is not there (recorded until 2025-06).
    list_default_fqdn: list the default host name of a deployed pipeline among those of its DNS stage.
    unknown_before_gone: show namespaces of functions as `unknown` right before their deletion ends (recorded, rarely).
    signed_url_seconds: how long a signed URL for the code of a function is good, by the emulator's own clock.
    tokens: secret keys accepted; None accepts every well-formed UUID.
    projects: projects the key may write to; None allows every project.
    """

    latency_ms: int = 0
    settle_reads: int = 1
    settle_seconds: float | None = None
    max_page_size: int = 100
    seed: int = 1
    busy_conflict: bool = True
    shuffle: bool = False
    extra_field: bool = True
    old_spellings: bool = False
    ignore_name_filter: bool = False
    forbid_absent: bool = False
    list_default_fqdn: bool = True
    unknown_before_gone: bool = False
    signed_url_seconds: int = 3600
    tokens: tuple[str, ...] | None = None
    projects: tuple[str, ...] | None = None

    def updated(self, changes: Mapping[str, object]) -> Settings:
        """Return a copy with the changes applied.

        Raises BadControlInputError naming the setting when it is unknown or its value is of the wrong type.
        """
        for name, value in changes.items():
            if name not in _RULES:
                raise BadControlInputError(f"unknown setting '{name}', allowed: {', '.join(sorted(_RULES))}")
            accepts, expected = _RULES[name]
            if not accepts(value):
                raise BadControlInputError(f"setting '{name}' must be {expected}, got {value!r}")
        clean = {name: tuple(value) if isinstance(value, list) else value for name, value in changes.items()}
        return dataclasses.replace(self, **clean)  # type: ignore[arg-type]

    def as_data(self) -> dict[str, object]:
        """Return the settings as JSON-ready data."""
        data: dict[str, object] = dataclasses.asdict(self)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in data.items()}


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_seconds(value: object) -> bool:
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0)


def _is_identifiers(value: object) -> bool:
    if value is None:
        return True
    return isinstance(value, (list, tuple)) and all(isinstance(v, str) and UUID_PATTERN.fullmatch(v) for v in value)


def _is_bool(value: object) -> bool:
    return isinstance(value, bool)


_WHOLE = "a whole number of 0 or more"
_IDENTIFIERS = "null or a list of UUIDs"
_RULES: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "latency_ms": (_is_whole, _WHOLE),
    "settle_reads": (_is_whole, _WHOLE),
    "settle_seconds": (_is_seconds, "null or a number of 0 or more"),
    "max_page_size": (lambda value: _is_whole(value) and value != 0, "a whole number of 1 or more"),
    "seed": (_is_whole, _WHOLE),
    "busy_conflict": (_is_bool, "true or false"),
    "shuffle": (_is_bool, "true or false"),
    "extra_field": (_is_bool, "true or false"),
    "old_spellings": (_is_bool, "true or false"),
    "ignore_name_filter": (_is_bool, "true or false"),
    "forbid_absent": (_is_bool, "true or false"),
    "list_default_fqdn": (_is_bool, "true or false"),
    "unknown_before_gone": (_is_bool, "true or false"),
    "signed_url_seconds": (_is_whole, _WHOLE),
    "tokens": (_is_identifiers, _IDENTIFIERS),
    "projects": (_is_identifiers, _IDENTIFIERS),
}
