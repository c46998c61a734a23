# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same life on an API that settles slower, lists in small pages and any order, or refuses while it is busy."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.expectations import assert_changed, assert_predicts, assert_quiet, assert_shows_all
from behaviour.fields import full_values
from behaviour.samples import CREATES, DELETES
from behaviour.subjects import Scene, every_resource, every_resource_with_id, has_name

SETTINGS: dict[str, dict[str, Any]] = {
    "settles-at-once": {"settle_reads": 0},
    "settles-late": {"settle_reads": 3},
    "never-refuses-while-busy": {"settle_reads": 2, "busy_conflict": False},
    "tiny-pages": {"max_page_size": 1},
    "any-order": {"max_page_size": 2, "shuffle": True},
    "other-seed": {"seed": 7, "shuffle": True, "settle_reads": 2},
    "known-fields-only": {"extra_field": False},
}
every_setting = pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
SIBLINGS = 7


def add_siblings(scene: Scene) -> int:
    """Others beside the resource, whose names contain its name; how many. None beside one that has to be alone."""
    if not has_name(scene.resource):
        return 0
    made = scene.make()
    for number in range(SIBLINGS):
        scene.make_by_hand(number, **scene.renamed(made, str(number)))
    scene.run({**scene.by_id(made), "state": "absent"})
    return SIBLINGS


@every_setting
@every_resource
def test_life_is_the_same(scene: Scene, settings: dict[str, Any]) -> None:
    siblings = add_siblings(scene)
    scene.emulator.settings(**settings)

    predicted = scene.run(scene.full, check=True)
    assert_predicts(predicted)
    created = scene.run(scene.full)
    assert_changed(created, CREATES[scene.key])
    assert created.diff == predicted.diff
    assert_shows_all(scene, full_values(scene.resource), scene.object(created))
    assert_quiet(scene.run(scene.full))
    assert scene.count() == siblings + 1

    absent = {**scene.identity, "state": "absent"}
    assert_changed(scene.run(absent), DELETES[scene.key])
    assert_quiet(scene.run(absent))
    assert scene.count() == siblings


@every_setting
@every_resource_with_id
def test_a_task_right_after_one_that_did_not_wait_succeeds(scene: Scene, settings: dict[str, Any]) -> None:
    scene.emulator.settings(**settings)
    made = scene.make({**scene.full, "wait": False})
    by_id = scene.by_id(made)
    for number, wait in enumerate((False, True) if scene.resource.updates else ()):
        changed = scene.run({**by_id, **scene.change(1 - number), "wait": wait})
        assert not changed.failed, changed.message
        assert changed.changed
    assert_quiet(scene.run(scene.full))
    assert not scene.run({**by_id, "state": "absent", "wait": False}).failed
    created = scene.run(scene.full)
    assert_changed(created, CREATES[scene.key])
    assert scene.object(created)["id"] != made["id"]


@every_resource
def test_looking_waits_do_not_outlast_what_they_wait_for(scene: Scene, virtual_time: Any) -> None:
    scene.emulator.settings(settle_reads=3)
    scene.make(scene.full)
    assert virtual_time.longest_sleep <= 5
    assert virtual_time.seconds <= 60
