# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a JSON value must look like, and what is said when it does not."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from emulator.errors import Detail
from emulator.settings import UUID_PATTERN

_DURATION = re.compile(r"\d{1,9}(\.\d{1,9})?s")
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")


class Shape(Protocol):
    """Something that can judge a JSON value."""

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        """Yield what is wrong with the value found at the dotted path."""


@dataclass(frozen=True)
class Text:
    """A string, not empty where said so, of at most that many characters."""

    may_be_empty: bool = True
    most: int | None = None

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        if not isinstance(value, str):
            yield Detail(path, "format", "value must be a string")
        elif not value and not self.may_be_empty:
            yield Detail(path, "constraint", "value must not be empty")
        elif self.most is not None and len(value) > self.most:
            yield Detail(path, "constraint", f"value must have at most {self.most} characters")


@dataclass(frozen=True)
class Matching:
    """A string that a pattern matches as a whole; expected completes the sentence "value must be"."""

    pattern: re.Pattern[str]
    expected: str

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        if not isinstance(value, str):
            yield Detail(path, "format", "value must be a string")
        elif not self.pattern.fullmatch(value):
            yield Detail(path, "constraint", f"value must be {self.expected}")


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds; true and false are not numbers."""

    least: int = 0
    most: int = (1 << 63) - 1

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Detail(path, "format", "value must be an integer")
        elif not self.least <= value <= self.most:
            yield Detail(path, "constraint", f"value must be between {self.least} and {self.most}")


@dataclass(frozen=True)
class Truth:
    """True or false."""

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        if not isinstance(value, bool):
            yield Detail(path, "format", "value must be a boolean")


@dataclass(frozen=True)
class Choice:
    """One of some values."""

    allowed: tuple[object, ...]

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        if isinstance(value, bool) or value not in self.allowed:
            yield Detail(path, "constraint", f"value must be one of {', '.join(map(str, self.allowed))}")


@dataclass(frozen=True)
class Identifier:
    """A UUID, or nothing where said so."""

    may_be_empty: bool = False

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        if self.may_be_empty and value == "":
            return
        if not isinstance(value, str) or not UUID_PATTERN.fullmatch(value):
            yield Detail(path, "format", "value must be a valid UUID")


@dataclass(frozen=True)
class Duration:
    """Seconds followed by the letter s, such as "0.500s", within bounds in seconds."""

    least: float = 0
    most: float | None = None

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        if not isinstance(value, str) or not _DURATION.fullmatch(value):
            yield Detail(path, "format", "value must be a duration in seconds such as '1.5s'")
            return
        seconds = float(value.removesuffix("s"))
        if seconds < self.least or (self.most is not None and seconds > self.most):
            upper = "" if self.most is None else f" and at most {self.most:g}s"
            yield Detail(path, "constraint", f"value must be at least {self.least:g}s{upper}")


@dataclass(frozen=True)
class Timestamp:
    """A date and time with its offset from UTC, such as "2026-01-05T08:00:00Z"."""

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        if not isinstance(value, str) or not self._is_valid(value):
            yield Detail(path, "format", "value must be a date and time in RFC 3339")

    def _is_valid(self, value: str) -> bool:
        try:
            return _TIMESTAMP.fullmatch(value) is not None and bool(datetime.fromisoformat(value))
        except ValueError:
            return False


@dataclass(frozen=True)
class Anything:
    """Any JSON value."""

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        return iter(())


@dataclass(frozen=True)
class Address:
    """An IP address, or a network too where said so."""

    or_network: bool = False

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        if not isinstance(value, str) or not self._is_valid(value):
            kinds = "an IP address or a network in CIDR notation" if self.or_network else "an IP address"
            yield Detail(path, "format", f"value must be {kinds}")

    def _is_valid(self, value: str) -> bool:
        try:
            if self.or_network:
                ipaddress.ip_network(value, strict=False)
            else:
                ipaddress.ip_address(value)
        except ValueError:
            return False
        return True


@dataclass(frozen=True)
class Items:
    """A list of values of one shape."""

    item: Shape

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        if not isinstance(value, list):
            yield Detail(path, "format", "value must be a list")
            return
        for number, item in enumerate(value):
            yield from self.item.problems(item, f"{path}.{number}")


@dataclass(frozen=True)
class Mapped:
    """An object with any names: the shape of its values, and of the names themselves."""

    value: Shape
    name: Shape = Text(may_be_empty=False)

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        if not isinstance(value, dict):
            yield Detail(path, "format", "value must be an object")
            return
        for name, item in value.items():
            yield from self.name.problems(name, f"{path}.{name}")
            yield from self.value.problems(item, f"{path}.{name}")


@dataclass(frozen=True)
class Fields:
    """An object: its fields, the required ones, and groups of which at most one may be given."""

    fields: Mapping[str, Shape]
    required: frozenset[str] = frozenset()
    exclusive: tuple[frozenset[str], ...] = field(default=())

    def problems(self, value: object, path: str) -> Iterator[Detail]:
        if not isinstance(value, dict):
            yield Detail(path or "body", "format", "value must be an object")
            return
        prefix = f"{path}." if path else ""
        for name in value:
            if name not in self.fields:
                yield Detail(f"{prefix}{name}", "unknown", "argument is unknown")
        for name in sorted(self.required):
            if name not in value or (value[name] is None and not isinstance(self.fields[name], Items)):
                yield Detail(f"{prefix}{name}", "required", "argument is required")
        for name, shape in self.fields.items():
            if value.get(name) is not None:
                yield from shape.problems(value[name], f"{prefix}{name}")
        yield from self._conflicts(value, prefix)

    def _conflicts(self, value: Mapping[str, object], prefix: str) -> Iterator[Detail]:
        for group in self.exclusive:
            given = sorted(name for name in group if value.get(name) is not None)
            if len(given) > 1:
                yield Detail(f"{prefix}{given[1]}", "constraint", f"only one of {', '.join(given)} may be set")
