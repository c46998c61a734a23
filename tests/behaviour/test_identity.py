# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which resource a task is about: by name, by ID, among siblings, under the right parent, or none at all."""

from __future__ import annotations

import pytest

from behaviour.expectations import assert_changed, assert_predicts, assert_quiet, assert_refused, lasting
from behaviour.samples import CREATES, DELETES, UNIQUE_EVERYWHERE, WRITES
from behaviour.subjects import (
    Scene,
    every,
    every_child,
    every_child_with_id,
    every_resource_with_id,
    has_name,
    has_own_id,
    is_renamable,
    may_share_names,
)

NOBODY = "33333333-3333-4333-8333-333333333333"


@every(is_renamable)
def test_an_id_with_another_name_renames(scene: Scene) -> None:
    made = scene.make(scene.full)
    renamed = {**scene.by_id(made), **scene.named(scene.second(scene.leading).written)}

    assert_predicts(scene.run(renamed, check=True))
    changed = scene.run(renamed)
    assert_changed(changed, *WRITES[scene.key])
    assert scene.object(changed)["id"] == made["id"]

    found = scene.run({**scene.around, **scene.named(scene.name_of(renamed))})
    assert_quiet(found)
    assert lasting(scene.object(found)) == lasting(scene.object(changed))


@every_resource_with_id
@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
def test_an_unknown_id_never_creates(scene: Scene, check: bool) -> None:
    options = {**scene.minimal, "id": NOBODY}
    assert_refused(scene.run(options, check=check), NOBODY)
    assert_quiet(scene.run({**options, "state": "absent"}, check=check))
    assert scene.count() == 0


@every(lambda resource: has_own_id(resource) and resource.is_located)
def test_an_id_of_another_location_is_unknown(scene: Scene) -> None:
    made = scene.make()
    elsewhere = {"region": "fr-par"} if "region" in scene.place else {"zone": "fr-par-1"}
    assert_refused(scene.run({**elsewhere, "id": made["id"]}), made["id"])
    assert_quiet(scene.run({**elsewhere, "id": made["id"], "state": "absent"}))
    assert scene.count() == 1


@every(lambda resource: resource.has_id)
@pytest.mark.parametrize("wrong", ["web", "1234", "11111111-1111-4111-8111-11111111111g", ""])
def test_a_malformed_id_is_refused_without_a_request(scene: Scene, wrong: str) -> None:
    key = scene.resource.id_key
    run = scene.run({**scene.minimal, key: wrong})
    assert_refused(run, key, repr(wrong))
    assert run.requests == ()


@every(may_share_names)
@pytest.mark.parametrize("state", ["present", "absent"])
def test_two_of_the_same_name_are_an_error_that_lists_both(scene: Scene, state: str) -> None:
    first = scene.make()
    second = scene.make_by_hand()
    for check in (True, False):
        refused = scene.run({**scene.minimal, "state": state}, check=check)
        assert_refused(refused, first["id"], second["id"])
        assert sorted(refused.result["error"]["ids"]) == sorted([first["id"], second["id"]])
    assert_quiet(scene.run(scene.by_id(second)))
    assert_changed(scene.run({**scene.by_id(second), "state": "absent"}), DELETES[scene.key])
    assert_quiet(scene.run(scene.minimal))


@every(has_name)
def test_a_name_that_is_part_of_another_is_not_mixed_up(scene: Scene) -> None:
    made = scene.make()
    other = scene.make_by_hand(1, **scene.renamed(made))
    scene.run({**scene.by_id(made), "state": "absent"})

    assert_quiet(scene.run({**scene.identity, "state": "absent"}))
    created = scene.make()
    assert created["id"] != other["id"]
    assert created["id"] != made["id"] or not has_own_id(scene.resource)


@every_child_with_id
def test_a_resource_of_another_parent_is_refused(scene: Scene) -> None:
    made = scene.make()
    parent = scene.resource.parent
    assert parent is not None
    for state in ("present", "absent"):
        refused = scene.run({**scene.elsewhere, "id": made["id"], "state": state})
        assert_refused(refused, scene.object(scene.run(scene.by_id(made)))["id"])
        assert any(ancestor.name in refused.message for ancestor in scene.resource.ancestors)
    assert scene.count() == 1


@every_child
def test_the_same_name_under_another_parent_is_another_one(scene: Scene) -> None:
    made = scene.make()
    name = scene.named(scene.name_of(scene.identity)) if has_name(scene.resource) else {}
    assert_quiet(scene.run({**scene.elsewhere, **name, "state": "absent"}))
    if scene.key in UNIQUE_EVERYWHERE:
        assert scene.run({**scene.elsewhere, **name}).result["error"]["status"] == 409
    elif scene.minimal != scene.identity:
        assert_refused(scene.run({**scene.elsewhere, **name}), "does not exist yet", "To create it, set")
    else:
        assert_changed(scene.run({**scene.elsewhere, **name}), CREATES[scene.key])
    assert_quiet(scene.run(scene.by_id(made)))


@every_child
@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
def test_without_its_parent_it_is_already_absent(scene: Scene, check: bool) -> None:
    parent = scene.resource.parent
    assert parent is not None
    for gone in ("no-such-parent", NOBODY):
        options = {**scene.minimal, parent.name: gone, "state": "absent"}
        assert_quiet(scene.run(options, check=check))


@every_child
def test_without_its_outermost_parent_it_is_already_absent(scene: Scene) -> None:
    outermost = scene.resource.root.name
    for gone in ("no-such-parent", NOBODY):
        assert_quiet(scene.run({**scene.minimal, outermost: gone, "state": "absent"}))


@every_child
def test_without_its_parent_it_is_not_created(scene: Scene) -> None:
    parent = scene.resource.parent
    assert parent is not None
    for gone in ("no-such-parent", NOBODY):
        assert_refused(scene.run({**scene.minimal, parent.name: gone}), parent.title, gone)
    assert scene.count() == 0


@every_child
def test_a_task_must_say_its_parent(scene: Scene) -> None:
    parent = scene.resource.parent
    assert parent is not None
    for state in ("present", "absent"):
        options = {name: value for name, value in scene.minimal.items() if name != parent.name}
        assert_refused(scene.run({**options, "state": state}), parent.name)


@every(has_name)
def test_a_task_must_say_which(scene: Scene) -> None:
    refused = scene.run(scene.around)
    assert_refused(refused, scene.resource.id_key, scene.leading.partition(".")[0])
    assert refused.requests == ()


@every_child
def test_it_is_deleted_by_id_alone(scene: Scene) -> None:
    made = scene.make()
    assert_changed(scene.run({**scene.by_id(made), "state": "absent"}), DELETES[scene.key])
    assert_quiet(scene.run({**scene.by_id(made), "state": "absent"}))


@every(lambda resource: resource.is_located)
def test_a_location_may_come_from_the_environment(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    made = scene.make()
    kind, value = next(iter(scene.place.items()))
    monkeypatch.setenv(f"SCW_DEFAULT_{kind.upper()}", value)
    # Where there is a zoned API, a region in the environment stands for its first zone: only the option chooses it.
    placeless = {name: option for name, option in scene.by_id(made).items() if name not in scene.place}
    is_default = kind == "zone" or not scene.resource.location.zones
    assert_quiet(scene.run(placeless if is_default else {**placeless, "zone": f"{value}-1"}))
