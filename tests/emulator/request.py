# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests as they come in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Request:
    """A request as it came in."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Any:
        """Return the parsed body, {} when there is none; raises ValueError when it is not JSON."""
        return json.loads(self.content) if self.content.strip() else {}

    @property
    def body_for_journal(self) -> Any:
        """The parsed body, its text where it is not JSON, None where there is none."""
        if not self.content:
            return None
        try:
            return json.loads(self.content)
        except ValueError:
            return self.content.decode(errors="replace")

    @staticmethod
    def described(content: bytes) -> Any:
        """Tell what bytes of a site are, instead of the bytes themselves."""
        return {"length": len(content), "sha256": hashlib.sha256(content).hexdigest()} if content else None
