# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults by name, and the actions they strike. Combine them further in tests by adding to the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WRITES = "POST|PUT|PATCH|DELETE"


@dataclass(frozen=True)
class Fault:
    """One kind of fault. ``rule``: as the emulator takes it. ``converges``: whether the task must succeed all the same.

    A task that need not succeed must fail with one clear sentence that has these ``words``.
    """

    rule: Mapping[str, Any]
    converges: bool = True
    words: tuple[str, ...] = ()


TRANSIENT = {
    "type": "transient_state",
    "message": "resource is in a transient state",
    "resource": "lb",
    "resource_id": "44444444-4444-4444-8444-444444444444",
    "current_state": "pending",
}
EXISTS = {"type": "already_exists", "message": "resource already exists", "resource": "x", "resource_id": "y"}

# Struck at reads: what a task does before it writes, and while it waits.
READ_FAULTS: Mapping[str, Fault] = {
    "429-empty": Fault({"kind": "status", "status": 429}),
    "429-retry-after": Fault({"kind": "status", "status": 429, "headers": {"Retry-After": "2"}, "count": 2}),
    "503-html": Fault({"kind": "html", "status": 503, "count": 2}),
    "500-json": Fault({"kind": "status", "status": 500}),
    "502-empty": Fault({"kind": "empty", "status": 502}),
    "reset": Fault({"kind": "reset_before"}),
    "cut-in-half": Fault({"kind": "truncate"}),
    "html-instead-of-json": Fault({"kind": "html", "status": 200}),
    "403": Fault({"kind": "status", "status": 403}, converges=False, words=("403",)),
    "401": Fault({"kind": "status", "status": 401}, converges=False, words=("401", "secret_key")),
    "503-for-ever": Fault({"kind": "status", "status": 503, "count": None}, converges=False, words=("503",)),
    "429-for-ever": Fault({"kind": "status", "status": 429, "count": None}, converges=False, words=("429",)),
    "redirect": Fault(
        {"kind": "redirect", "location": "http://127.0.0.1:9/", "count": None}, converges=False, words=("redirect",)
    ),
}

# Struck at the first write of a task.
WRITE_FAULTS: Mapping[str, Fault] = {
    "429-empty": Fault({"kind": "status", "status": 429}),
    "500-not-processed": Fault({"kind": "status", "status": 500}, converges=False, words=("500",)),
    "500-processed": Fault({"kind": "status", "status": 500, "processed": True}),
    "503-not-processed": Fault({"kind": "status", "status": 503}),
    "504-processed": Fault({"kind": "status", "status": 504, "processed": True}),
    "html-502-processed": Fault({"kind": "html", "status": 502, "processed": True}),
    "empty-503-processed": Fault({"kind": "empty", "status": 503, "processed": True}),
    "reset-before": Fault({"kind": "reset_before"}),
    "reset-after": Fault({"kind": "reset_after"}),
    "cut-in-half": Fault({"kind": "truncate"}),
    "busy": Fault({"kind": "status", "status": 409, "body": TRANSIENT, "count": 2}),
    "exists-already": Fault(
        {"kind": "status", "status": 409, "body": EXISTS}, converges=False, words=("409", "exists")
    ),
    "403": Fault({"kind": "status", "status": 403}, converges=False, words=("403",)),
}
