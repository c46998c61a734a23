# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record of every request."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_KEPT_HEADERS = ("accept", "content-type", "host", "user-agent")


@dataclass(frozen=True)
class Entry:
    """One request and its answer.

    sequence: counts from 1. query: every value of every key. headers: those of interest, names in lower case.
    token_digest: first digits of the SHA-256 of the token, None when none was sent; the token itself is not kept.
    body: the JSON sent, the text where it is not JSON, None where there is none.
    status: what the client saw, None when the connection was cut or never answered.
    operation: the operation's name, None when the path is unknown.
    fault: the kind of fault applied, None without one. processed: whether the request had its effect.
    """

    sequence: int
    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    token_digest: str | None
    body: Any
    status: int | None
    response: Any
    operation: str | None
    fault: str | None
    processed: bool

    @property
    def token_sent(self) -> bool:
        """Say whether a token came with the request."""
        return self.token_digest is not None

    def as_data(self) -> dict[str, Any]:
        """Return the entry as JSON-ready data."""
        return {**dataclasses.asdict(self), "token_sent": self.token_sent}


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Pick the headers worth keeping; credentials are not."""
    lowered = {name.lower(): value for name, value in headers.items()}
    return {name: lowered[name] for name in _KEPT_HEADERS if name in lowered}


def token_digest(token: str | None) -> str | None:
    """Fold a token into a short digest that tells two tokens apart without giving either away."""
    return None if token is None else hashlib.sha256(token.encode()).hexdigest()[:12]
