# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the account is in which a story begins."""

from __future__ import annotations

from behaviour.runner import way
from emulator.testing import Emulator
from properties.steps import Conditions


class Beginning:
    """What an account holds now, to return to."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self._snapshot = emulator.snapshot()

    def restore(self, conditions: Conditions) -> None:
        """Return to it, and let tasks run and the emulator answer as these say."""
        self.emulator.restore(self._snapshot)
        self.emulator.settings(
            settle_reads=conditions.settle_reads,
            max_page_size=conditions.max_page_size,
            shuffle=conditions.shuffle,
        )
        way.set(conditions.way)
