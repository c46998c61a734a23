# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong for good: the task says clearly why it fails, and there is never a second resource.

What goes wrong once, at any request, is swept in ``tests/faults``.
"""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from behaviour.expectations import assert_changed, assert_clear, assert_quiet
from behaviour.faults import READ_FAULTS, Fault
from behaviour.samples import CREATES, DELETES, LOCKED_FOR_GOOD, SETTLED_AT_ONCE, STATUS_KINDS, WRITES
from behaviour.subjects import EVERYWHERE, MODULES, Scene, every
from naming import key_of, module_of, product_of

every_in_load_balancer = every(lambda resource: resource.parent is not None and product_of(resource) == "lb")
ACTIONS = ("create", "change", "delete")
FOR_GOOD = {name: READ_FAULTS[name] for name in ("401", "503-for-ever", "429-for-ever", "redirect")}


def actions(resource: Resource) -> tuple[str, ...]:
    """What can be done with a resource: some cannot change."""
    return ACTIONS if resource.updates else ("create", "delete")


def status_kind(scene: Scene) -> str:
    """What rules about statuses call the resource."""
    return STATUS_KINDS.get(scene.key, scene.key)


CASES = [
    pytest.param(resource, place, action, fault, id=f"{module_of(resource)}-{place}-{action}-{name}")
    for number, (resource, place) in enumerate(EVERYWHERE)
    for action in actions(resource)
    for offset, (name, fault) in enumerate(FOR_GOOD.items())
    if (number + offset) % 2 == 0 or action == "create"
]


def prepare(scene: Scene, action: str) -> dict[str, Any]:
    """Bring the account to where the action starts, and return the task."""
    if action == "create":
        return scene.full
    made = scene.make(scene.full)
    if action == "delete":
        return {**scene.identity, "state": "absent"}
    return {**scene.by_id(made), **scene.change()}


def settle_after(scene: Scene, action: str, task: dict[str, Any]) -> None:
    """Without faults the next run ends where the first should have, and the one after it does nothing."""
    scene.emulator.faults([])
    again = scene.run(task)
    assert not again.failed, again.message
    assert_quiet(scene.run(task))
    assert scene.count() == (0 if action == "delete" else 1)
    if action != "delete":
        assert scene.object(again)["id"] == scene.object(scene.run(task))["id"]


@pytest.mark.parametrize(("resource", "place", "action", "fault"), CASES)
def test_a_failing_read(scene: Scene, action: str, fault: Fault) -> None:
    task = prepare(scene, action)
    scene.emulator.faults([{"method": "GET", **fault.rule}])
    run = scene.run(task)
    assert run.failed
    assert run.operations == []
    assert_clear(run, *fault.words)
    settle_after(scene, action, task)


def test_the_tables_of_operations_name_every_resource() -> None:
    assert {key.partition(".")[0] for key in WRITES} == set(CREATES) == set(MODULES)


FAILURES = [
    pytest.param(resource, place, status, id=f"{module_of(resource)}-{place}-{status}")
    for resource, place in EVERYWHERE
    if not resource.parent and resource.settle
    for status in sorted(resource.settle.failed)
]


@pytest.mark.parametrize(("resource", "place", "status"), FAILURES)
def test_a_resource_that_fails_to_start_is_an_error_at_once(scene: Scene, status: str, virtual_time: Any) -> None:
    scene.emulator.status([{"kind": status_kind(scene), "status": status}])
    failed = scene.run(scene.full)
    assert failed.failed
    assert_clear(failed, status, scene.name_of(scene.full))
    assert failed.result["changed"]
    assert virtual_time.seconds < 60
    assert_clear(scene.run(scene.full), status)
    assert scene.count() == 1

    scene.emulator.status([])
    if status == "locked" and product_of(scene.resource) in LOCKED_FOR_GOOD:
        assert_clear(scene.run({**scene.identity, "state": "absent"}), "locked")
        scene.emulator.status([{"kind": status_kind(scene), "status": "ready", "now": True}])
    assert not scene.run({**scene.identity, "state": "absent"}).failed
    assert scene.count() == 0


@every_in_load_balancer
def test_a_load_balancer_that_fails_below_a_change_is_an_error(scene: Scene) -> None:
    scene.emulator.status([{"kind": "lb", "match": "outer", "status": "error", "now": True}])
    failed = scene.run(scene.full)
    assert failed.failed
    assert_clear(failed, "error", "outer")


@every_in_load_balancer
@pytest.mark.parametrize("action", ACTIONS)
def test_a_load_balancer_that_never_settles_ends_with_the_deadline(
    scene: Scene, action: str, virtual_time: Any
) -> None:
    task = prepare(scene, action)
    scene.emulator.status([{"kind": "lb", "match": "outer", "status": "pending", "now": True}])
    started = virtual_time.seconds
    late = scene.run({**task, "wait_timeout": 120})
    assert late.failed
    assert_clear(late, "120 s", "wait_timeout")
    assert late.operations == []
    assert 60 < virtual_time.seconds - started <= 120


SETTLING = [
    pytest.param(resource, place, id=f"{module_of(resource)}-{place}")
    for resource, place in EVERYWHERE
    if resource.settle and key_of(resource) not in SETTLED_AT_ONCE
]


@pytest.mark.parametrize(("resource", "place"), SETTLING)
def test_a_resource_that_never_settles_ends_with_the_deadline(scene: Scene, virtual_time: Any) -> None:
    scene.emulator.status([{"kind": status_kind(scene), "status": "never"}])
    late = scene.run({**scene.full, "wait_timeout": 90})
    assert late.failed
    assert late.result["changed"]
    assert_clear(late, "90 s", "wait_timeout")
    assert virtual_time.seconds <= 90
    scene.emulator.status([])
    assert_quiet(scene.run(scene.full))
    assert_changed(scene.run({**scene.identity, "state": "absent"}), DELETES[scene.key])
