# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A play that is killed anywhere ends, when it is run again, where one ends that nobody disturbed. ``--rounds=100``."""

from __future__ import annotations

from interruption.killing import Round, Stage
from properties.lasting import lasting


def test_a_killed_play_is_completed_by_the_next_run(stage: Stage, round: Round) -> None:
    stage.run_and_kill(round)
    again = stage.player.play(round.play, tags=round.tags)
    assert again.code == 0, again.output
    assert lasting(stage.emulator.state()) == stage.undisturbed(round).held

    stage.emulator.clear_journal()
    quiet = stage.player.play(round.play, tags=round.tags)
    assert quiet.code == 0, quiet.output
    assert quiet.changed == 0, quiet.output
    assert [entry.operation for entry in stage.emulator.writes()] == []
