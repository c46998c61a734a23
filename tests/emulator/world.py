# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all products share: settings, time, identifiers, and the rules of settling."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.clock import Clock
from emulator.errors import permissions_denied
from emulator.identities import Identities
from emulator.settings import BadControlInputError, Settings

NEVER = "never"


@dataclass
class Transition:
    """An object on its way to a settled status: what it does, since when, and how often it was seen."""

    goal: str
    started: float
    sightings: int = 0


@dataclass(frozen=True)
class StatusRule:
    """Where objects settle instead of where they usually do.

    kind: which kind of object, as the product names it.
    match: an identifier or a name; "*" for every object of the kind.
    status: the status to settle in; "never" keeps the object in its transient status.
    details: text for objects that explain an error.
    now: apply to existing settled objects too.
    """

    kind: str
    match: str = "*"
    status: str = "error"
    details: str | None = None
    now: bool = False

    def covers(self, kind: str, *names: str) -> bool:
        """Say whether the rule is about this object."""
        return self.kind == kind and (self.match == "*" or self.match in names)

    @classmethod
    def parse(cls, document: object) -> StatusRule:
        """Read one rule; raises BadControlInputError saying what is wrong."""
        if not isinstance(document, Mapping):
            raise BadControlInputError("a status rule must be an object")
        expected = {"kind": str, "match": str, "status": str, "details": str, "now": bool}
        for name, value in document.items():
            if name not in expected:
                raise BadControlInputError(f"unknown key '{name}' in a status rule, allowed: {', '.join(expected)}")
            if not isinstance(value, expected[name]):
                raise BadControlInputError(f"key '{name}' of a status rule must be a {expected[name].__name__}")
        if "kind" not in document:
            raise BadControlInputError("a status rule needs the key 'kind'")
        return cls(**document)


@dataclass(frozen=True)
class Target:
    """Something that objects of other products point at: the zone or region it is in, and what it belongs to."""

    place: str
    parent_id: str | None = None


class World:
    """The state shared by all products between two resets."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = Clock(settings.seed)
        self.identities = Identities(settings.seed)
        self.status_rules: tuple[StatusRule, ...] = ()
        self.targets: dict[str, Callable[[str], Target | None]] = {}

    def reseed(self, seed: int) -> None:
        """Start identifiers and time again from another seed."""
        self.clock = Clock(seed)
        self.identities = Identities(seed)

    def require_project(self, project_id: str, resource: str) -> None:
        """Answer 403 unless the key may write to the project."""
        allowed = self.settings.projects
        if allowed is not None and project_id not in allowed:
            raise permissions_denied("write", resource)

    def has_target(self, kind: str, identifier: str, target: Target) -> bool:
        """Say whether another product has this object just there; always, where no product serves the kind."""
        find = self.targets.get(kind)
        return find is None or find(identifier.lower()) == target

    def start(self, goal: str) -> Transition:
        """Begin a transition."""
        return Transition(goal, time.monotonic())

    def rule_for(self, kind: str, *names: str) -> StatusRule | None:
        """Return the last rule that covers the object, or None."""
        return next((rule for rule in reversed(self.status_rules) if rule.covers(kind, *names)), None)

    def is_over(self, transition: Transition, rule: StatusRule | None) -> bool:
        """Say whether the object has settled."""
        if rule is not None and rule.status == NEVER:
            return False
        if self.settings.settle_seconds is not None:
            return time.monotonic() - transition.started >= self.settings.settle_seconds
        return transition.sightings >= self.settings.settle_reads

    def is_late(self, transition: Transition) -> bool:
        """Say whether this is the last sighting before the object settles, or the second half of its time."""
        if self.settings.settle_seconds is not None:
            return time.monotonic() - transition.started >= self.settings.settle_seconds / 2
        return transition.sightings + 1 >= self.settings.settle_reads

    def shuffle_key(self, identifier: str) -> bytes:
        """A sort key that looks random, and is the same for every page of a list."""
        return hashlib.sha256(f"{self.settings.seed}/{identifier}".encode()).digest()

    def with_extra_field(self, body: dict[str, Any]) -> dict[str, Any]:
        """Add a field no client knows to an answer, and to the objects of a list."""
        if not self.settings.extra_field:
            return body
        extra = {"emulator_extra_field": "a client ignores what it does not know"}
        if "total_count" not in body:
            return {**body, **extra}
        marked = {
            key: [{**item, **extra} for item in value] if isinstance(value, list) else value
            for key, value in body.items()
        }
        return {**marked, **extra}
