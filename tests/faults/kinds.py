# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kinds of faults, each of which strikes one request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

START_OF_TIME = 1_700_000_000
"""What the clock on the wall shows when virtual time begins; seconds since 1970."""

READS = ("GET", "HEAD")
SILENCE = {"X-Silence": "until the timeout"}
"""Marks an answer in the place of which the client's timeout passes, see ``silence``."""

RESOURCE_ID = "44444444-4444-4444-8444-444444444444"


@dataclass(frozen=True)
class Kind:
    """One kind of fault.

    rule: as the emulator takes it; none for a connection that is refused before the request.
    writes_only: whether it makes a difference for writes alone, because the request is processed.
    denies: whether the API tells something that is not so: a task may believe it, and succeed with less than it wanted.
    Of all others a task has to get over, unless ``final`` says that at this method it need not.
    words: what a message about it may say; one of them must be there.
    """

    name: str
    rule: Mapping[str, Any] = field(default_factory=dict)
    writes_only: bool = False
    denies: bool = False
    final: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def is_passing(self, method: str) -> bool:
        """Whether a task has to get over it, where it hits a request of this method."""
        return not self.denies and method not in self.final


def _body(kind: str, message: str, **more: str) -> dict[str, str]:
    return {"type": kind, "message": message, "resource": "thing", "resource_id": RESOURCE_ID, **more}


def _answers(status: int, *, processed: bool) -> list[Kind]:
    """A status of the gateway with each kind of body."""
    common = {"status": status, "processed": processed}
    ending = "-processed" if processed else ""
    return [
        Kind(
            f"{status}-{body}{ending}",
            {"kind": kind, **common, "count": 2 if (status, kind) == (503, "html") and not processed else 1},
            writes_only=processed,
            # The API says that something is wrong with just this request.
            final=("POST", "PATCH") if status == 500 and not processed else (),
            words=(str(status),),
        )
        for body, kind in (("json", "status"), ("html", "html"), ("empty", "empty"))
    ]


def _too_many(name: str, *, after: str = "", count: int = 1) -> Kind:
    headers = {"Retry-After": after} if after else {}
    return Kind(f"429-{name}", {"kind": "status", "status": 429, "headers": headers, "count": count}, words=("429",))


def _lost(name: str, *, writes_only: bool = False, **rule: Any) -> Kind:
    return Kind(name, rule, writes_only=writes_only, words=("did not answer completely",))


def _busy() -> Kind:
    body = _body("transient_state", "resource is in a transient state", current_state="pending")
    rule = {"kind": "status", "status": 409, "body": body, "count": 2}
    return Kind("409-busy", rule, final=READS, words=("409",))


def _refusal(name: str, status: int, *, body: Mapping[str, str] | None = None) -> Kind:
    rule = {"kind": "status", "status": status, **({"body": body} if body else {})}
    return Kind(name, rule, denies=True, words=(str(status), "exist", "still there"))


REFUSED = Kind("connection-refused", words=("no connection",))

KINDS: tuple[Kind, ...] = (
    _too_many("empty"),
    _too_many("seconds", after="2", count=2),
    _too_many("date", after=formatdate(START_OF_TIME + 5, usegmt=True)),
    *(
        kind
        for status in (500, 502, 503, 504)
        for processed in (False, True)
        for kind in _answers(status, processed=processed)
    ),
    REFUSED,
    _lost("reset-before", kind="reset_before"),
    _lost("reset-after", kind="reset_after", writes_only=True),
    _lost("cut-in-half", kind="truncate"),
    _lost("no-answer", kind="status", status=504, headers=SILENCE),
    _lost("no-answer-processed", kind="status", status=504, headers=SILENCE, processed=True, writes_only=True),
    Kind("200-html", {"kind": "html", "status": 200}, words=("not a JSON object",)),
    Kind("200-html-processed", {"kind": "html", "status": 200, "processed": True}, writes_only=True, words=("JSON",)),
    _busy(),
    _refusal("409-exists", 409, body=_body("already_exists", "resource already exists")),
    _refusal("404", 404),
    _refusal("403", 403),
)


def kinds_for(method: str) -> tuple[Kind, ...]:
    """Those that make a difference for a request."""
    return tuple(kind for kind in KINDS if not (kind.writes_only and method in READS))
