# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole life of every resource: predicted, created, found again, deleted, created again."""

from __future__ import annotations

import pytest

from behaviour.expectations import (
    assert_changed,
    assert_predicts,
    assert_quiet,
    assert_shows_all,
    keys_shown,
)
from behaviour.fields import full_values, spelled_otherwise
from behaviour.samples import CREATES, DELETES, NO_OP_REQUESTS, ONE_SPELLING
from behaviour.subjects import Scene, every_child, every_resource, has_own_id


@every_resource
def test_a_check_run_predicts_the_creation_that_follows(scene: Scene) -> None:
    predicted = scene.run(scene.full, check=True)
    assert_predicts(predicted)
    assert predicted.warnings == ()
    assert scene.count() == 0

    created = scene.run(scene.full)
    assert_changed(created, CREATES[scene.key])
    assert created.diff == predicted.diff
    assert scene.object(created)["id"]
    assert keys_shown(scene.object(predicted)) == keys_shown(scene.object(created))
    assert_shows_all(scene, full_values(scene.resource), scene.object(created))


@every_resource
def test_a_second_run_does_nothing_in_the_fewest_requests(scene: Scene) -> None:
    created = scene.make(scene.full)
    allowed = NO_OP_REQUESTS[scene.key]

    again = scene.run(scene.full)
    assert_quiet(again, allowed.full)
    assert scene.object(again)["id"] == created["id"]
    assert_quiet(scene.run(scene.full, check=True), allowed.full)


@every_resource
def test_a_task_that_names_it_only_touches_nothing(scene: Scene) -> None:
    created = scene.make(scene.full)
    allowed = NO_OP_REQUESTS[scene.key]

    assert_quiet(scene.run(scene.identity), allowed.by_name)
    assert_quiet(scene.run(scene.by_id(created)), allowed.by_id)
    assert_quiet(scene.run(scene.by_id({**created, "id": created["id"].upper()})), allowed.by_id)
    if has_own_id(scene.resource):
        assert_quiet(scene.run({**scene.place, f"{scene.resource.name}_id": created["id"]}), allowed.by_id)


@every_child
def test_a_parent_given_by_id_needs_no_lookup(scene: Scene) -> None:
    scene.make()
    assert scene.resource.parent is not None
    options = {**scene.place, scene.resource.parent.name: scene.parent_id, **scene.named(scene.name_of(scene.identity))}
    assert_quiet(scene.run(options), NO_OP_REQUESTS[scene.key].by_parent_id)
    alias = {
        key.replace(scene.resource.parent.name, f"{scene.resource.parent.name}_id"): v for key, v in options.items()
    }
    assert_quiet(scene.run(alias), NO_OP_REQUESTS[scene.key].by_parent_id)


@every_resource
def test_another_spelling_of_the_same_is_no_change(scene: Scene) -> None:
    scene.make(scene.full)
    respelled = {
        name: spelled_otherwise(scene.resource.field(name), scene.full[name]) for name in full_values(scene.resource)
    }
    one_spelling = respelled == {name: scene.full[name] for name in respelled}
    assert one_spelling is (scene.key in ONE_SPELLING)
    assert_quiet(scene.run({**scene.full, **respelled}))


@every_resource
def test_a_deletion_is_predicted_done_and_done_once(scene: Scene) -> None:
    scene.make(scene.full)
    absent = {**scene.identity, "state": "absent"}

    predicted = scene.run(absent, check=True)
    assert_predicts(predicted)
    assert predicted.diff["before"]
    assert scene.object(predicted) == {}

    deleted = scene.run(absent)
    assert_changed(deleted, DELETES[scene.key])
    assert deleted.diff == predicted.diff
    assert scene.object(deleted) == {}
    assert scene.count() == 0

    assert_quiet(scene.run(absent))
    assert_quiet(scene.run(absent, check=True))
    assert scene.object(scene.run(absent)) == {}


@every_resource
def test_it_can_be_created_again_after_a_deletion(scene: Scene) -> None:
    first = scene.make(scene.full)
    scene.run({**scene.by_id(first), "state": "absent"})
    again = scene.run(scene.full)
    assert_changed(again, CREATES[scene.key])
    assert (scene.object(again)["id"] != first["id"]) is has_own_id(scene.resource)
    assert_quiet(scene.run(scene.full))


@every_resource
def test_every_option_of_a_full_task_may_be_repeated_when_deleting(scene: Scene) -> None:
    scene.make(scene.full)
    assert_changed(scene.run({**scene.full, "state": "absent"}), DELETES[scene.key])
    assert_quiet(scene.run({**scene.full, "state": "absent"}))


@every_resource
def test_the_least_a_task_can_say_creates_it(scene: Scene) -> None:
    predicted = scene.run(scene.minimal, check=True)
    assert_predicts(predicted)
    created = scene.run(scene.minimal)
    assert_changed(created, CREATES[scene.key])
    assert created.diff == predicted.diff
    assert keys_shown(scene.object(predicted)) == keys_shown(scene.object(created))
    assert_quiet(scene.run(scene.minimal))


@every_resource
@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
def test_without_waiting_it_is_the_same_in_the_end(scene: Scene, check: bool) -> None:
    created = scene.run({**scene.full, "wait": False})
    assert_changed(created, CREATES[scene.key])
    assert_quiet(scene.run({**scene.full, "wait": False}, check=check))
    assert_quiet(scene.run(scene.full, check=check))
    assert_changed(scene.run({**scene.identity, "state": "absent", "wait": False}), DELETES[scene.key])
    assert_quiet(scene.run({**scene.identity, "state": "absent"}))
    assert scene.count() == 0
