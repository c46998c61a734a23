# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account holds, so that two accounts can be compared in which the same was done at different times."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

State = Mapping[str, list[dict[str, Any]]]

# In these an object is as good as gone; it is when somebody looks the next time.
GOING = frozenset({"deleting", "to_delete", "detaching"})
# Differ from read to read, or follow from any change.
RESTLESS = frozenset({"created_at", "updated_at", "uploaded_at", "instances"})
_GENERATED = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # IDs
    r"|\b\d{1,3}(?:[.-]\d{1,3}){3}\b|\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}"  # addresses, in names of hosts too
    r"|\d{4}-\d\d-\d\dT[0-9:.]+Z"  # times
    r"|\b[0-9a-f]{40}\b"  # fingerprints
    r"|\$argon2id\$[^\"]+"  # hashes
)


@dataclass(frozen=True)
class Held:
    """What an account holds: texts by kind, each of one object, in order."""

    objects: Mapping[str, tuple[str, ...]]

    def __hash__(self) -> int:
        return hash(tuple(self.objects.items()))

    def differences(self, other: Held) -> str:
        """What this has and the other has not, and the reverse; empty if they are the same."""
        kinds = {kind for kind, objects in self.objects.items() if objects != other.objects[kind]}
        told = [
            f"{sign}{kind} {text}"
            for kind in sorted(kinds)
            for sign, mine, others in (("-", self, other), ("+", other, self))
            for text in mine.objects[kind]
            if text not in others.objects[kind] or mine.objects[kind].count(text) != others.objects[kind].count(text)
        ]
        return "; ".join(told)

    def count(self, kind: str) -> int:
        """How many objects of a kind there are."""
        return len(self.objects[kind])


class Comparison:
    """Compares accounts that began with the same objects.

    Identifiers, addresses, times, fingerprints and hashes count only where they were there from the beginning or
    stand in ``options``: all others the API makes as it likes.
    """

    def __init__(self, beginning: State, options: Mapping[str, Any]) -> None:
        self._known = frozenset(_GENERATED.findall(json.dumps([beginning, options])))
        self._texts: dict[str, str] = {}

    def held(self, state: State) -> Held:
        """What an account holds."""
        return Held(
            {
                kind: tuple(sorted(self._text(obj) for obj in objects if obj.get("status") not in GOING))
                for kind, objects in state.items()
            }
        )

    def _text(self, obj: Mapping[str, Any]) -> str:
        whole = json.dumps(obj)
        if whole not in self._texts:
            self._texts[whole] = _GENERATED.sub(self._named, json.dumps(_calm(obj), sort_keys=True))
        return self._texts[whole]

    def _named(self, found: re.Match[str]) -> str:
        return found[0] if found[0] in self._known else "new"


def _calm(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _calm(nested) for key, nested in value.items() if key not in RESTLESS}
    return [_calm(nested) for nested in value] if isinstance(value, list) else value
