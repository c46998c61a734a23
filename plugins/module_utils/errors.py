# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can go wrong, as one tree.

ScwError
├── ConfigError            credentials, profile, configuration file, location
├── InvalidOption          a value of the task that no request could carry
├── MissingOption          an option that this plan needs and the task does not give
├── Refused                a change that the API cannot make
├── Ambiguous              several resources answer to what the task names
├── Missing                a resource the task refers to does not exist
├── MissingLibrary         a Python library that this task needs is not installed
├── Incomparable           a secret could not be compared with its hash
├── Failed                 the API reports that the resource is in a failed status
├── TimedOut               the deadline of the task passed
└── RequestError           a request that did not bring the wanted answer
    ├── Unreachable        it never left: no connection
    ├── LostAnswer         it left, but no usable answer came back
    └── ApiError           the API refused it
        ├── NotFound       404, and 410
        ├── Forbidden      403
        ├── Conflict       409
        │   └── Transient  409 transient_state: the named resource is busy
        └── Unavailable    429, 5xx

A message says what was attempted, what the API said and what to do. ``data`` holds the same as plain values for the
task result. Neither ever holds a credential.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

# What moves the cursor, changes colours or turns the direction of text around; names of other people may hold it.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class ScwError(Exception):
    """Base of all errors; ``data`` becomes the key ``error`` of a failed task.

    ``sent_before``: the same request was sent before, and that one may have been processed.
    """

    sent_before = False

    def __init__(self, message: str, /, **data: Any) -> None:
        super().__init__(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", message))
        self.data: dict[str, Any] = {key: value for key, value in data.items() if value is not None}

    def advise(self, advice: Mapping[int, str]) -> None:
        """Add what users of a product can do about a refusal, by its status."""
        known = advice.get(self.data.get("status", 0))
        if known:
            self.args = (f"{self} {known}",)

    def account(self, done: list[str], not_done: list[str], *, unsure: bool) -> None:
        """Tell what the task did, in words, and what it did not; ``unsure``: the effect of a request is not known."""
        self.data.update(done=done, not_done=not_done)
        if unsure:
            self.data["may_have_changed"] = True

    def place(self, where: str) -> None:
        """Tell that the error is about options that stand inside of others, such as ``backends[0].``; once."""
        if "place" in self.data:
            return
        self.data["place"] = where.rstrip(".")
        self.args = (f"{self.data['place']}: {self}",)
        if "options" in self.data:
            self.data["options"] = [f"{where}{option}" for option in self.data["options"]]


class ConfigError(ScwError):
    """Credentials, profile, configuration file or location are missing or malformed."""


class InvalidOption(ScwError):
    """An option has a value that cannot be right. Raised before any request."""

    def __init__(self, option: str, problem: str) -> None:
        super().__init__(f"{option}: {problem}", option=option)
        self.option = option
        self.problem = problem

    def place(self, where: str) -> None:
        """Tell where the option stands, if it does not say so already."""
        if not self.option.startswith(where.rstrip(".")):
            self.option = self.data["option"] = f"{where}{self.option}"
            self.args = (f"{self.option}: {self.problem}",)


@contextlib.contextmanager
def at_place(where: str) -> Iterator[None]:
    """Have errors tell that they are about options at ``where``."""
    try:
        yield
    except ScwError as error:
        error.place(where)
        raise


class MissingOption(ScwError):
    """The task lacks options that its plan needs."""


class Refused(ScwError):
    """The task asks for a change that the API cannot make in place."""


class Ambiguous(ScwError):
    """Several resources match; ``data["ids"]`` lists them."""


class Missing(ScwError):
    """The task refers to a resource that does not exist."""


class MissingLibrary(ScwError):
    """A Python library that only some tasks need is not installed where the module runs."""


class Incomparable(ScwError):
    """A secret could not be compared with its hash, for a reason that lies with the machine where the module runs."""


class Failed(ScwError):
    """The resource is in a failed status; the message carries the reason the API gives."""


class TimedOut(ScwError):
    """The deadline of the task passed while waiting."""


class RequestError(ScwError):
    """A request did not bring the wanted answer."""


class Unreachable(RequestError):
    """No connection could be made, so the API never saw the request."""


class LostAnswer(RequestError):
    """The request left, but no usable answer came back: it may or may not have been processed."""


class ApiError(RequestError):
    """The API refused the request.

    ``status`` is the HTTP status, ``kind`` the API's error type ("" where it sends none).
    """

    def __init__(self, message: str, /, *, status: int, kind: str, **data: Any) -> None:
        super().__init__(message, status=status, type=kind or None, **data)
        self.status = status
        self.kind = kind


class NotFound(ApiError):
    """404, or 410: the resource does not exist (any more)."""


class Forbidden(ApiError):
    """403: not allowed; some products also answer it for what does not exist."""


class Conflict(ApiError):
    """409: the request contradicts the present state."""


class Transient(Conflict):
    """409 transient_state: the resource ``data["resource_id"]`` is busy; the request can be repeated later."""


class Unavailable(ApiError):
    """429 or 5xx: the API cannot answer now."""
