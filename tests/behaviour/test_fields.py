# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every field of every resource, at every depth: changed, changed again, emptied, and refused where it is fixed."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.description.maps import HashedMap, Secret
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import OneOf
from behaviour.expectations import (
    assert_changed,
    assert_predicts,
    assert_quiet,
    assert_refused,
    assert_shows,
    assert_shows_all,
    keys_shown,
    lasting,
    without,
)
from behaviour.fields import (
    Leaf,
    emptied,
    full,
    full_values,
    leaves,
    merged,
    options_of,
    pair,
    placed,
    spelled_otherwise,
)
from behaviour.runner import Run
from behaviour.samples import FOLLOWING, NOT_IN_FULL, ONE_WAY, WRITES, WRITES_FROM_EMPTY, WRITES_TO_EMPTY, Value
from behaviour.subjects import EVERYWHERE, RESOURCES, Scene, each_leaf, every
from naming import key_of, module_of


def is_changeable(leaf: Leaf) -> bool:
    return leaf.is_mutable and not leaf.is_branch and not is_unseen(leaf) and not is_bound(leaf)


def is_unseen(leaf: Leaf) -> bool:
    """Whether no answer shows it, so that no change of it can be seen; such secrets have tests of their own."""
    return isinstance(leaf.field, Secret)


def is_bound(leaf: Leaf) -> bool:
    """Whether it only says where its sibling is, and changes with that; it has the same value twice."""
    first, second = pair(leaf.key, leaf.field)
    return first == second and not leaf.is_branch


def is_fixed(leaf: Leaf) -> bool:
    return not leaf.is_mutable and not is_own_id(leaf)


def is_own_id(leaf: Leaf) -> bool:
    """Whether users choose the ID with it: another value means another resource."""
    return leaf.top.name == leaf.resource.id_key


def is_clearable(leaf: Leaf) -> bool:
    return is_changeable(leaf) and emptied(leaf) is not None


def start(scene: Scene, leaf: Leaf) -> dict[str, Any]:
    """Have the resource with every field set, and the leaf at its first value."""
    options = {name: value for name, value in scene.full.items() if name not in leaf.rivals}
    value = placed(leaf, pair(leaf.key, leaf.field)[0], everything=True)
    if leaf.top.name in NOT_IN_FULL.get(scene.key, ()) and not leaf.top.mutable:
        options = scene.minimal
    if value.written is not None:
        options = {**options, leaf.top.name: scene.things.written(value.written), **companions(scene, leaf)}
    return scene.make(options)


def change(scene: Scene, leaf: Leaf, value: Value, found_by: dict[str, Any]) -> dict[str, Any]:
    """A task that says nothing but the new value of the leaf."""
    alone = placed(leaf, value, everything=False)
    return merged(found_by, {leaf.top.name: scene.things.written(alone.written)})


def companions(scene: Scene, leaf: Leaf) -> dict[str, Any]:
    """Other options that the leaf needs with it."""
    return {name: scene.things.written(value) for name, value in leaf.companions.items()}


def found_by(scene: Scene, leaf: Leaf, current: dict[str, Any]) -> dict[str, Any]:
    """How tasks find the resource: by its name, or by ID when the name is what they change."""
    by_id = leaf.is_identity or leaf.is_beside_identity
    return scene.by_id(current) if by_id else scene.identity


def operations(leaf: Leaf) -> tuple[str, ...]:
    """The writes that the leaf needs."""
    return WRITES.get(f"{key_of(leaf.resource)}.{leaf.top.name}", WRITES[key_of(leaf.resource)])


def assert_only_this_changed(leaf: Leaf, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Nothing differs between the objects but the leaf and what follows from it."""
    read = leaf.top.read or leaf.top.name
    assert isinstance(read, str), f"{leaf}: a field that is computed from the object cannot be changed"
    places = [".".join([read.partition("[]")[0], *(str(field.read or field.name) for field in leaf.chain[1:])])]
    for path in (*places, *FOLLOWING.get(leaf.key, ())):
        before, after = without(before, path), without(after, path)
    assert lasting(after) == lasting(before)


def change_and_check(
    scene: Scene, leaf: Leaf, value: Value, before: dict[str, Any], writes: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Predict the change, make it, and find nothing more to do. Returns the resource."""
    task = change(scene, leaf, value, found_by(scene, leaf, before))
    predicted = scene.run(task, check=True)
    assert_predicts(predicted)
    changed = scene.run(task)
    assert_changed(changed, *(writes or operations(leaf)))
    after = scene.object(changed)
    assert changed.diff == predicted.diff
    assert_names_only(leaf, changed)
    assert keys_shown(scene.object(predicted)) == keys_shown(after)
    expected = placed(leaf, value, everything=False).shown
    assert_shows(leaf.top, scene.things.shown(expected), after)
    assert_only_this_changed(leaf, before, after)
    assert_quiet(scene.run(task))
    assert_quiet(scene.run(task, check=True))
    return after


def assert_names_only(leaf: Leaf, run: Run) -> None:
    """The diff speaks of this leaf, and of nothing the task did not change."""
    shown: Any = run.diff["after"]
    for field in leaf.chain:
        assert list(shown) == [field.name]
        shown = shown[field.name]


@each_leaf(is_changeable)
def test_a_change_writes_this_field_and_keeps_the_others(scene: Scene, leaf: Leaf) -> None:
    before = start(scene, leaf)
    first, second = pair(leaf.key, leaf.field)
    after = change_and_check(scene, leaf, second, before)
    if leaf.key not in ONE_WAY:
        again = change_and_check(scene, leaf, first, after)
        if isinstance(leaf.field, HashedMap):  # the same secret has another hash
            before, again = without(before, leaf.path), without(again, leaf.path)
        assert lasting(again) == lasting(before)


@each_leaf(is_clearable)
def test_an_emptied_field_stays_empty(scene: Scene, leaf: Leaf) -> None:
    before = start(scene, leaf)
    value = emptied(leaf)
    assert value is not None
    after = change_and_check(scene, leaf, value, before, WRITES_TO_EMPTY.get(leaf.key, ()))
    first = pair(leaf.key, leaf.field)[0]
    change_and_check(scene, leaf, first, after, WRITES_FROM_EMPTY.get(leaf.key, ()))


@each_leaf(is_fixed)
def test_a_fixed_field_is_refused_before_any_write(scene: Scene, leaf: Leaf) -> None:
    least = {name: value for name, value in scene.minimal.items() if name not in leaf.rivals}
    values = pair(leaf.key, leaf.field)
    fixed = leaf.path if leaf.top.mutable else leaf.top.name
    for first, second in (values, values[::-1]):
        options = {**least, **scene.written({leaf.top.name: placed(leaf, first, everything=True)})}
        made = scene.make(options)
        assert_quiet(scene.run(options))
        assert_quiet(scene.run({**options, leaf.top.name: spelled_otherwise(leaf.top, options[leaf.top.name])}))
        for task in (scene.by_id(made), {**least}):
            if (leaf.is_identity or scene.resource.identity[0][1:]) and "id" not in task:
                continue  # the field is part of what identifies it: another value means another one
            task[leaf.top.name] = placed(leaf, second, everything=False).written
            for check in (False, True):
                assert_refused(scene.run(task, check=check), fixed)
        scene.run({**scene.by_id(made), "state": "absent"})


@each_leaf(lambda leaf: leaf.top.on_create and leaf.chain == (leaf.top,))
def test_what_a_creation_needs_is_asked_for_by_name(scene: Scene, leaf: Leaf) -> None:
    options = {name: value for name, value in scene.minimal.items() if name != leaf.top.name}
    for check in (True, False):
        assert_refused(scene.run(options, check=check), leaf.top.name)
    assert scene.count() == 0


def is_plain(field: Field) -> bool:
    """Whether it can be changed, and has no fields of its own."""
    return field.mutable and not isinstance(field, Object)


@every(lambda resource: any(map(is_plain, options_of(resource))))
def test_all_fields_change_in_one_run(scene: Scene) -> None:
    made = scene.make(scene.full)
    name = scene.key
    changing = {
        field.name: scene.second(field.name)
        for field in options_of(scene.resource)
        if is_plain(field) and field.name in full_values(scene.resource)
    }
    task = {**scene.around, **scene.by_id(made), **scene.written(changing)}
    predicted = scene.run(task, check=True)
    changed = scene.run(task)
    writes = {operation for field in changing for operation in WRITES.get(f"{name}.{field}", WRITES[name])}
    assert_changed(changed, *writes)
    assert changed.diff == predicted.diff
    assert_shows_all(scene, changing, scene.object(changed))
    assert_quiet(scene.run(task))


def choices() -> list[Any]:
    """Every object of which one kind is chosen, everywhere."""
    return [
        pytest.param(resource, place, field, id=f"{module_of(resource)}-{place}-{field.name}")
        for resource, place in EVERYWHERE
        for field in resource.fields
        if isinstance(field, Object) and field.one_of
    ]


@pytest.mark.parametrize(("resource", "place", "field"), choices())
def test_another_kind_replaces_the_present_one(scene: Scene, field: Object) -> None:
    nested = [leaf for leaf in leaves(scene.resource) if leaf.top.name == field.name]
    kinds = {leaf.chain[1].name: leaf for leaf in nested if leaf.chain[1].name in field.one_of}
    assert set(kinds) == set(field.one_of)
    made = scene.make(scene.full)
    present = next(iter(set(full_values(scene.resource)[field.name].written) & set(kinds)))
    for kind in (*(kind for kind in kinds if kind != present), present):
        leaf = kinds[kind]
        value = placed(leaf, pair(leaf.key, leaf.field)[0], everything=True).written[kind]
        task = {**scene.around, **found_by(scene, leaf, made), field.name: {kind: value}, **companions(scene, leaf)}
        predicted, changed = scene.run(task, check=True), scene.run(task)
        assert_changed(changed, *operations(leaf))
        assert changed.diff == predicted.diff
        assert set(scene.object(changed)[field.name]) & set(field.one_of) == {kind}
        assert_quiet(scene.run(task))


def groups(*switchable: bool) -> pytest.MarkDecorator:
    """Parametrize with every group of options of which only one can be given, everywhere."""
    cases = [
        pytest.param(resource, place, group, id=f"{module_of(resource)}-{place}-{'-or-'.join(group.fields)}")
        for resource, place in EVERYWHERE
        for group in resource.one_of
        if group.switchable in switchable
    ]
    return pytest.mark.parametrize(("resource", "place", "group"), cases)


@groups(False)
def test_another_option_of_a_fixed_group_is_refused_before_any_write(scene: Scene, group: OneOf) -> None:
    for present in group.fields:
        least = {name: value for name, value in scene.minimal.items() if name not in group.fields}
        values = {name: full(f"{scene.key}.{name}", scene.resource.field(name)) for name in group.fields}
        made = scene.make({**least, **scene.written({present: values[present]})})
        for other in set(group.fields) - {present}:
            for check in (False, True):
                assert_refused(scene.run({**least, **scene.written({other: values[other]})}, check=check), other)
        scene.run({**scene.by_id(made), "state": "absent"})


@groups(True)
def test_another_option_of_a_group_replaces_the_present_one(scene: Scene, group: OneOf) -> None:
    made = scene.make(scene.full)
    (present,) = set(group.fields) & set(scene.full)
    finder = scene.by_id(made) if scene.leading.partition(".")[0] in group.fields else scene.identity
    for name in (*(name for name in group.fields if name != present), present):
        value = full(f"{scene.key}.{name}", scene.resource.field(name)).written
        task = {**finder, name: scene.things.written(value)}
        predicted, changed = scene.run(task, check=True), scene.run(task)
        assert_predicts(predicted)
        assert_changed(changed, *WRITES[scene.key])
        assert changed.diff == predicted.diff
        assert [set(changed.diff[side]) - {name} for side in ("before", "after")] == [{present}, set()]
        assert keys_shown(scene.object(predicted)) == keys_shown(scene.object(changed))
        keys = {scene.resource.field(one).read or one: one for one in group.fields}
        assert [keys[key] for key in scene.object(changed) if key in keys] == [name]
        assert scene.object(changed)["id"] == made["id"]
        assert_quiet(scene.run(task))
        assert_quiet(scene.run(finder))
        present = name
    assert lasting(scene.object(scene.run(finder))) == lasting(made)


@groups(True, False)
def test_a_creation_needs_one_option_of_a_group_and_no_more(scene: Scene, group: OneOf) -> None:
    none = {name: value for name, value in scene.minimal.items() if name not in group.fields}
    every = {name: full(f"{scene.key}.{name}", scene.resource.field(name)).written for name in group.fields}
    for check in (True, False):
        if group.on_create:
            assert_refused(scene.run(none, check=check), *group.fields)
        assert_refused(scene.run({**none, **scene.things.written(every)}, check=check), *group.fields)
    assert scene.count() == 0


def conditions() -> list[Any]:
    """Every field that has a meaning only beside a certain value of another, everywhere."""
    return [
        pytest.param(resource, place, field, nested, id=f"{module_of(resource)}-{place}-{field.name}.{nested.name}")
        for resource, place in EVERYWHERE
        for field in resource.fields
        if isinstance(field, Object)
        for nested in field.fields
        if nested.when
    ]


@pytest.mark.parametrize(("resource", "place", "field", "nested"), conditions())
def test_a_field_goes_and_comes_with_the_value_it_belongs_to(scene: Scene, field: Object, nested: Field) -> None:
    assert nested.when
    decisive, value = nested.when
    key = f"{scene.key}.{field.name}"
    made = scene.make(scene.full)
    alone = full(key, field).written
    assert alone[decisive] != value
    together = {decisive: value, nested.name: full(f"{key}.{nested.name}", nested).written}
    for wanted in (together, alone, together):
        task = {**scene.identity, field.name: wanted}
        predicted, changed = scene.run(task, check=True), scene.run(task)
        assert_changed(changed, *WRITES[scene.key])
        assert changed.diff == predicted.diff
        shown = scene.object(changed)[field.name]
        assert shown[decisive] == wanted[decisive]
        assert bool(shown.get(nested.name)) is (nested.name in wanted)
        assert_quiet(scene.run(task))
        assert lasting(without(scene.object(changed), field.name)) == lasting(without(made, field.name))


def test_every_field_and_module_is_in_the_matrix() -> None:
    seen = {leaf.key for resource in RESOURCES for leaf in leaves(resource) if is_changeable(leaf) or is_fixed(leaf)}
    kinds = {leaf.key for resource in RESOURCES for leaf in leaves(resource) if leaf.is_branch or is_unseen(leaf)}
    kinds |= {leaf.key for resource in RESOURCES for leaf in leaves(resource) if is_bound(leaf)}
    all_leaves = {leaf.key for resource in RESOURCES for leaf in leaves(resource)}
    own_ids = {leaf.key for resource in RESOURCES for leaf in leaves(resource) if is_own_id(leaf)}
    assert seen | kinds | own_ids == all_leaves
    assert {leaf.top.name for resource in RESOURCES for leaf in leaves(resource)} == {
        field.name for resource in RESOURCES for field in resource.fields if not field.hidden
    }
