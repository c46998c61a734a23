# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What disturbs one play of a story."""

from __future__ import annotations

from dataclasses import dataclass

from faults.kinds import Kind
from faults.story import Settling

PATIENCE = 60
"""Seconds that a task waits for what never settles."""


@dataclass(frozen=True)
class Step:
    """One request of the undisturbed task: which of all, and which of its operation.

    refused: whether the account refused it, because something was busy; so it cannot be processed with a bad answer.
    """

    number: int
    operation: str
    occurrence: int
    method: str
    refused: bool = False


@dataclass(frozen=True)
class Strike:
    """One disturbance: a kind of fault at a request, or a status that objects settle in."""

    step: Step | None = None
    kind: Kind | None = None
    settling: Settling | None = None
    status: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What a message about it may say; one of them must be there."""
        return self.kind.words if self.kind else (f"{PATIENCE} s" if self.status == "never" else self.status,)

    @property
    def is_passing(self) -> bool:
        """Whether a task has to get over it."""
        return self.kind is not None and self.step is not None and self.kind.is_passing(self.step.method)

    @property
    def is_fault_of_api(self) -> bool:
        """Whether the API says that something is wrong with just this request."""
        return self.kind is not None and self.kind.rule.get("status") == 500

    def __str__(self) -> str:
        if self.settling:
            return f"{self.settling.kind} {self.status}"
        assert self.step is not None
        assert self.kind is not None
        return f"{self.step.operation}#{self.step.occurrence + 1} {self.kind.name}"
