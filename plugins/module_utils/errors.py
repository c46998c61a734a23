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


_BY_STATUS: dict[int, type[ApiError]] = {403: Forbidden, 404: NotFound, 409: Conflict, 410: NotFound, 429: Unavailable}

_ADVICE = {
    400: "Correct the options named above.",
    401: "Check secret_key, SCW_SECRET_KEY or the profile: the API does not accept this key.",
    403: "Check that the API key may do this in this project.",
    404: "Check that what the task names is still there, then run it again.",
    409: "It does not fit what is there: look at it, then correct the task or run it again.",
    412: "Remove what still uses the resource, then run the task again.",
    429: "Too many requests: run fewer tasks at once, or later.",
}
_ADVICE_BY_KIND = {
    "already_exists": "Choose another name, or remove what has it; that may lie where this task does not look.",
    "transient_state": "Wait until the other change is done, then run the task again.",
    "quotas_exceeded": "Delete what is no longer used, or ask Scaleway for a higher quota.",
    "precondition_failed": _ADVICE[412],
    "out_of_stock": "Choose another type or location, or try again later.",
}


def api_error(doing: str, status: int, body: Mapping[str, Any], request_id: str | None) -> ApiError:
    """Build the error for an answer with ``status`` and the parsed ``body``.

    The class follows from the HTTP status because most products send no ``type`` (recorded: lb, edge, functions).
    """
    kind = str(body.get("type") or "")
    family = Unavailable if status >= 500 else _BY_STATUS.get(status, ApiError)
    if kind == "transient_state":
        family = Transient
    said = str(body.get("message") or "no message")
    details = _details(body)
    text = f"Could not {doing}: the API answered {status}: {said}{f' ({details})' if details else ''}."
    advice = _ADVICE_BY_KIND.get(kind) or _ADVICE.get(
        status, "The fault is on the side of the API: try again later." if status >= 500 else ""
    )
    known = {
        key: body.get(key) for key in ("details", "fields", "help_message", "resource", "resource_id", "current_state")
    }
    return family(f"{text} {advice}".strip(), status=status, kind=kind, message=said, request_id=request_id, **known)


def _details(body: Mapping[str, Any]) -> str:
    """The parts of an error body that say which argument, permission, quota or resource is meant."""
    details, fields = body.get("details"), body.get("fields")
    parts = [_detail(detail) for detail in (details if isinstance(details, list) else [details] if details else [])]
    if isinstance(fields, Mapping):
        parts += [f"{name}: {problems}" for name, problems in fields.items()]
    elif fields:
        parts.append(str(fields))
    parts += [str(body[key]) for key in ("help_message", "reason") if body.get(key)]
    if body.get("current_state"):
        parts.append(f"{body.get('resource')} {body.get('resource_id')} is {body['current_state']}")
    return "; ".join(parts)


def _detail(detail: Any) -> str:
    """One element of ``details``; the keys are those of the typed errors (recorded on several products)."""
    if not isinstance(detail, Mapping):
        return str(detail)
    if "argument_name" in detail:
        return f"{detail['argument_name']}: {detail.get('help_message') or detail.get('reason')}"
    if "action" in detail:
        return f"{detail['action']} {detail.get('resource')}"
    if "quota" in detail:
        return f"{detail.get('resource')}: {detail.get('current')} of {detail['quota']}"
    return " ".join(str(value) for value in detail.values())
