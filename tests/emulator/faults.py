# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults by rule: which requests go wrong, and how."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import NoneType
from typing import Any

from emulator.request import Request
from emulator.settings import BadControlInputError

KINDS = (
    "status",
    "delay",
    "reset_before",
    "reset_after",
    "truncate",
    "html",
    "empty",
    "no_answer",
    "redirect",
)
_PROCESSED_KINDS = ("delay", "reset_after", "truncate")
_DEFAULT_STATUS = {"status": 500, "html": 502, "empty": 503, "redirect": 307}


@dataclass
class FaultRule:
    """One rule. Every rule counts every request that matches it, whichever rule is applied.

    kind: see KINDS. operation: a name, or "*". method, path: further conditions, path as a pattern found anywhere.
    after: how many matching requests pass first. count: how many are hit then, None for all.
    status, body, headers: the answer of kinds that answer. delay_ms: wait before the rest happens.
    location: where a redirect leads. processed: whether the request has its effect although the answer is bad;
    delay, reset_after and truncate always have it, reset_before never.
    """

    kind: str
    operation: str = "*"
    method: str | None = None
    path: str | None = None
    after: int = 0
    count: int | None = 1
    status: int | None = None
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    delay_ms: int = 0
    location: str | None = None
    processed: bool = False
    seen: int = 0

    def __post_init__(self) -> None:
        self.processed = self.kind in _PROCESSED_KINDS or (self.processed and self.kind != "reset_before")

    @property
    def answer_status(self) -> int:
        """The status the client sees."""
        return self.status or _DEFAULT_STATUS[self.kind]

    def matches(self, operation: str | None, method: str, path: str) -> bool:
        """Say whether the rule is about this request."""
        return (
            self.operation in ("*", operation)
            and self.method in (None, method)
            and (self.path is None or re.search(self.path, path) is not None)
        )

    def strikes(self) -> bool:
        """Count a matching request and say whether this one is hit."""
        self.seen += 1
        return self._hits(self.seen)

    def is_next(self, operation: str | None, request: Request) -> bool:
        """Say whether the rule would hit this request, without counting it."""
        return self._hits(self.seen + 1) and self.matches(operation, request.method, request.path)

    def _hits(self, number: int) -> bool:
        return self.after < number and (self.count is None or number <= self.after + self.count)

    def as_data(self) -> dict[str, Any]:
        """Return the rule as JSON-ready data, with the number of matching requests seen."""
        return dataclasses.asdict(self)

    @classmethod
    def parse(cls, document: object, operations: frozenset[str]) -> FaultRule:
        """Read one rule; raises BadControlInputError saying what is wrong and what is allowed."""
        if not isinstance(document, Mapping):
            raise BadControlInputError("a fault rule must be an object")
        for name, value in document.items():
            if name not in _EXPECTED:
                raise BadControlInputError(f"unknown key '{name}' in a fault rule, allowed: {', '.join(_EXPECTED)}")
            _check_value(name, value)
        if document.get("kind") not in KINDS:
            raise BadControlInputError(f"unknown fault kind {document.get('kind')!r}, allowed: {', '.join(KINDS)}")
        operation = document.get("operation", "*")
        if operation != "*" and operation not in operations:
            raise BadControlInputError(f"unknown operation '{operation}', allowed: *, {', '.join(sorted(operations))}")
        if document["kind"] == "redirect" and not document.get("location"):
            raise BadControlInputError("a redirect fault needs the key 'location'")
        return cls(**document)


_EXPECTED: Mapping[str, tuple[type, ...]] = {
    "kind": (str,),
    "operation": (str,),
    "method": (str, NoneType),
    "path": (str, NoneType),
    "after": (int,),
    "count": (int, NoneType),
    "status": (int, NoneType),
    "body": (object,),
    "headers": (dict,),
    "delay_ms": (int,),
    "location": (str, NoneType),
    "processed": (bool,),
    "seen": (int,),
}


def _check_value(name: str, value: object) -> None:
    expected = _EXPECTED[name]
    wrong_bool = isinstance(value, bool) and bool not in expected and object not in expected
    if wrong_bool or not isinstance(value, expected):
        names = " or ".join("null" if issubclass(kind, NoneType) else kind.__name__ for kind in expected)
        raise BadControlInputError(f"key '{name}' of a fault rule must be {names}, got {value!r}")
    if isinstance(value, int) and value < 0:
        raise BadControlInputError(f"key '{name}' of a fault rule must be 0 or more, got {value!r}")
    if name == "status" and isinstance(value, int) and not 200 <= value <= 599:
        raise BadControlInputError(f"key 'status' of a fault rule must be between 200 and 599, got {value!r}")
    if name == "path" and isinstance(value, str):
        _check_pattern(value)


def _check_pattern(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise BadControlInputError(f"key 'path' of a fault rule is not a pattern: {error}") from error


def pick(rules: Iterable[FaultRule], operation: str | None, method: str, path: str) -> FaultRule | None:
    """Let every matching rule count the request, and return the first that hits it."""
    struck = [rule for rule in rules if rule.matches(operation, method, path) and rule.strikes()]
    return struck[0] if struck else None


def default_body(status: int) -> dict[str, Any] | None:
    """The body of a bare status fault; the gateway answers 429 with an empty body (recorded)."""
    if status == 429:
        return None
    messages = {500: "internal error", 502: "bad gateway", 503: "upstream request timeout", 504: "gateway timeout"}
    return {"message": messages.get(status, f"fault {status}")}
