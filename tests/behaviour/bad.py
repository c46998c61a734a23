# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task with one thing wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Bad:
    """A task with one thing wrong. ``options`` change the least that creates the resource; None takes one away.

    ``words``: what the message must have. ``early``: refused before any request at all.
    """

    resource: str
    options: Mapping[str, Any]
    words: tuple[str, ...]
    early: bool = True
    exists: bool = field(default=False, kw_only=True)  # the resource is there already
    guessable: bool = field(default=False, kw_only=True)  # in a check run, an earlier task may create what is missing
