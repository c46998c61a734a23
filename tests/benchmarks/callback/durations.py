# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes how long the tasks of a play took, each from its start to that of the next one, and how much memory."""

from __future__ import annotations

import json
import os
import resource
import time
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: durations
type: aggregate
short_description: Writes how long each task took
description: Writes the seconds of each task, and peaks of memory, to the file that the environment names.
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    """Writes, to the file ``$DURATIONS``, ``seconds`` of wall time in the order of the tasks, and peaks in KiB.

    ``controller`` is that of ansible-playbook, ``workers`` that of the largest process in which it ran a task.
    """

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "durations"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._begun: list[float] = []

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        """Note when a task starts."""
        self._begun.append(time.monotonic())

    def v2_playbook_on_stats(self, stats: Any) -> None:
        """Write what was noted."""
        ends = [*self._begun[1:], time.monotonic()]
        with open("/proc/self/status", encoding="ascii") as status:
            peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
        told = {
            "seconds": [end - begun for begun, end in zip(self._begun, ends, strict=True)],
            "controller": peak,
            "workers": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
        }
        with open(os.environ["DURATIONS"], "w", encoding="utf-8") as file:
            json.dump(told, file)
