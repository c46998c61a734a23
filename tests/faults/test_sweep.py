# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every story with every fault: it succeeds or fails clearly, doubles nothing, tells the truth, and converges."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from behaviour.runner import Way
from emulator.testing import Emulator
from faults.stories import all_stories
from faults.story import Story
from faults.sweep import Stage, Sweep
from faults.wire import Wire


@pytest.mark.parametrize("story", all_stories(), ids=lambda story: story.name)
def test_a_disturbed_task(
    story: Story,
    emulator: Emulator,
    session: requests.Session,
    wire: Wire,
    ways: list[Way],
    share: int,
    record_property: Any,
) -> None:
    sweep = Sweep(Stage(story, emulator, session, wire), ways)
    whole, part = sweep.strikes(), sweep.part(share)
    counts = {"stories": 1, "requests": len(sweep.stage.steps()), "plays": len(part), "of": len(whole)}
    record_property("faults", counts)
    complaints = sweep.complaints(part)
    assert not complaints, "\n".join(complaints)
