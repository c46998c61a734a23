# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two plays that create the same at the same time, both having seen that it does not exist.

Where the API refuses the second one, both plays succeed, and it exists once. Where the API lets two be, nobody can
prevent that: the play that comes later says which two there are and what to do, and so does every next run.
"""

from __future__ import annotations

import pytest
import requests

from behaviour.account import Account
from behaviour.runner import Way
from concurrency.crowd import Crowd
from concurrency.races import RACES, Race


def held(crowd: Crowd, race: Race, session: requests.Session) -> int:
    """How many there are."""
    return Account(crowd.emulator, "", session).count(race.kind)


def way_of(race: Race) -> Way:
    """Where its plays run: mostly in the controller, which is fast."""
    return Way.MODULE if RACES.index(race) % 5 == 0 else Way.CONTROLLER


def cases(*, unique: bool) -> pytest.MarkDecorator:
    """The races that end like this."""
    chosen = [race for race in RACES if race.unique is unique]
    return pytest.mark.parametrize("race", chosen, ids=[f"{race.name}-{race.operation}" for race in chosen])


@cases(unique=True)
def test_both_plays_have_what_only_one_could_create(crowd: Crowd, session: requests.Session, race: Race) -> None:
    crowd.prepare(race.before)
    for ended in crowd.race([[race.task]] * 2, way_of(race), operation=race.operation):
        assert ended.code == 0, ended.output
    assert held(crowd, race, session) == 1
    again = crowd.play([race.task])
    assert (again.code, again.changed, crowd.emulator.writes()) == (0, 0, []), again.output


@cases(unique=False)
def test_who_comes_later_says_that_there_are_two(crowd: Crowd, session: requests.Session, race: Race) -> None:
    crowd.prepare(race.before)
    plays = crowd.race([[race.task]] * 2, way_of(race), operation=race.operation)
    first, later = sorted(plays, key=lambda ended: ended.code)
    ids = [one["id"] for one in crowd.emulator.state()[race.kind]]
    assert len(ids) == 2
    assert first.code == 0 or not race.dated, first.output
    again = crowd.play([race.task])
    assert crowd.emulator.writes() == []
    for ended, advice in ((later, "Remove one of them"), (again, "Say which one with its ID")):
        assert ended.code == 2
        assert advice in ended.text
        for own_id in ids:
            assert own_id in ended.text
