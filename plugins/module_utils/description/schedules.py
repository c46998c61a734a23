# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields that say when: schedules of five fields, and time zones. Pure but for the time zones of the machine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Str
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass, field


@dataclass(frozen=True)
class _Part:
    """One of the five fields: its numbers, and the names that stand for them."""

    title: str
    low: int
    high: int
    names: Mapping[str, int] = field(default_factory=dict)

    def problem(self, text: str) -> str:
        """What is wrong with the field; "" if nothing is."""
        return next(filter(None, map(self._item_problem, text.split(","))), "")

    def _item_problem(self, item: str) -> str:
        found = _ITEM.fullmatch(item)
        if not found:
            return (
                f"{self.title}: {item!r} is none of *, a number, a range such as 1-5, and these with a step such as */5"
            )
        first, last, step = found["first"], found["last"], found["step"]
        if step is not None and int(step) == 0:
            return f"{self.title}: the step in {item!r} must not be 0"
        bounds = [bound for bound in (first, last) if bound is not None]
        wrong = next((bound for bound in bounds if self._number(bound) is None), None)
        if wrong is not None:
            named = f" or one of {', '.join(self.names)}" if self.names else ""
            return f"{self.title}: {wrong!r} is not a number from {self.low} to {self.high}{named}"
        numbers = [self._number(bound) or 0 for bound in bounds]
        return f"{self.title}: {item!r} ends before it begins" if numbers != sorted(numbers) else ""

    def _number(self, text: str) -> int | None:
        """The number that is written or named; None if it is none of this field."""
        number = int(text) if text.isdigit() else self.names.get(text.upper())
        return number if number is not None and self.low <= number <= self.high else None


def _numbered(names: str, first: int) -> dict[str, int]:
    return {name: number for number, name in enumerate(names.split(), first)}


_ITEM = re.compile(
    r"(?:\*|(?P<first>[0-9]{1,4}|[A-Za-z]+)(?:-(?P<last>[0-9]{1,4}|[A-Za-z]+))?)(?:/(?P<step>[0-9]{1,4}))?"
)
_PARTS = (
    _Part("minute", 0, 59),
    _Part("hour", 0, 23),
    _Part("day of the month", 1, 31),
    _Part("month", 1, 12, _numbered("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC", 1)),
    _Part("day of the week", 0, 7, _numbered("SUN MON TUE WED THU FRI SAT", 0)),
)


@dataclass(frozen=True)
class Schedule(Str):
    """When something happens: minute, hour, day of the month, month and day of the week, as Unix has them."""

    may_be_empty: bool = False

    def parse(self, value: Any, where: str) -> str:
        text = Str.parse(self, value, where)
        written = text.split()
        if len(written) != len(_PARTS):
            titles = ", ".join(part.title for part in _PARTS)
            raise InvalidOption(where, f"{text!r} has {len(written)} fields; a schedule has five: {titles}.")
        for part, given in zip(_PARTS, written, strict=True):
            problem = part.problem(given)
            if problem:
                raise InvalidOption(where, f"{text!r} is not a schedule. The {problem}.")
        return text


_ESTABLISHED = ("Europe/Paris", "US/Eastern")
"""A time zone of today and one of old: a machine without one of them does not have all names."""


@dataclass(frozen=True)
class TimeZone(Str):
    """A name of the tz database. Where the machine does not have all of it, any name is left to the API."""

    may_be_empty: bool = False

    def parse(self, value: Any, where: str) -> str:
        text = Str.parse(self, value, where)
        if not _is_known(text) and all(map(_is_known, _ESTABLISHED)):
            raise InvalidOption(where, f"{text!r} is not a time zone. Write it like Europe/Paris or UTC.")
        return text


def _is_known(name: str) -> bool:
    # Imported here: only tasks with schedules need it.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
