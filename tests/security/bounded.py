# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits on what a piece of a test may cost: time of the processor, and time without progress."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_PATIENCE_SECONDS = 120


class StuckError(AssertionError):
    """It did not end. No OSError, so that nothing takes it for a fault of the network."""


@contextmanager
def bounded(seconds: float = 5.0) -> Iterator[None]:
    """Fail if this takes more time of the processor, or waits for something that does not come."""

    def stuck(_signal: int, _frame: Any) -> None:
        raise StuckError("it does not end")

    before = signal.signal(signal.SIGALRM, stuck)
    signal.alarm(_PATIENCE_SECONDS)
    started = time.process_time()
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    spent = time.process_time() - started
    assert spent < seconds, f"it took {spent:.1f} s"
