# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests that go wrong: the task converges or says clearly why not, and there is never a second resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from behaviour.expectations import assert_changed, assert_clear, assert_quiet
from behaviour.faults import READ_FAULTS, WRITE_FAULTS, Fault
from behaviour.runner import Run
from behaviour.samples import CREATES, DELETES, LOCKED_FOR_GOOD, SETTLED_AT_ONCE, STATUS_KINDS, WRITES
from behaviour.subjects import EVERYWHERE, MODULES, Scene, every, every_resource
from naming import key_of, module_of, product_of

every_in_load_balancer = every(lambda resource: resource.parent is not None and product_of(resource) == "lb")
ACTIONS = ("create", "change", "delete")


def actions(resource: Resource) -> tuple[str, ...]:
    """What can be done with a resource: some cannot change."""
    return ACTIONS if resource.updates else ("create", "delete")


def method_of(scene: Scene, action: str) -> str:
    """The method of the request that the action comes down to."""
    resource = scene.resource
    if action == "change":
        changing = scene.changing.partition(".")[0]
        return next(update.method for update in resource.updates if changing in resource.written_by(update))
    call = resource.create if action == "create" else resource.delete
    return call.method if call else {"create": "POST", "delete": "DELETE"}[action]


def status_kind(scene: Scene) -> str:
    """What rules about statuses call the resource."""
    return STATUS_KINDS.get(scene.key, scene.key)


def cases(faults: Mapping[str, Fault]) -> pytest.MarkDecorator:
    """Every fault at every action of every resource; one location stands for both, they differ in the path only."""
    rows = [
        pytest.param(resource, place, action, fault, id=f"{module_of(resource)}-{place}-{action}-{name}")
        for number, (resource, place) in enumerate(EVERYWHERE)
        for action in actions(resource)
        for offset, (name, fault) in enumerate(faults.items())
        if (number + offset) % 2 == 0 or action == "create"
    ]
    return pytest.mark.parametrize(("resource", "place", "action", "fault"), rows)


def prepare(scene: Scene, action: str) -> dict[str, Any]:
    """Bring the account to where the action starts, and return the task."""
    if action == "create":
        return scene.full
    made = scene.make(scene.full)
    if action == "delete":
        return {**scene.identity, "state": "absent"}
    return {**scene.by_id(made), **scene.change()}


def settle_after(scene: Scene, action: str, task: dict[str, Any], run: Run, fault: Fault) -> None:
    """Without faults the next run ends where the first should have, and the one after it does nothing."""
    scene.emulator.faults([])
    if fault.converges:
        assert not run.failed, run.message
        assert run.changed
        again = run
    else:
        assert run.failed
        assert_clear(run, *fault.words)
        again = scene.run(task)
        assert not again.failed, again.message
    assert_quiet(scene.run(task))
    assert scene.count() == (0 if action == "delete" else 1)
    if action != "delete":
        assert scene.object(again)["id"] == scene.object(scene.run(task))["id"]


@cases(READ_FAULTS)
def test_a_failing_read(scene: Scene, action: str, fault: Fault) -> None:
    task = prepare(scene, action)
    scene.emulator.faults([{"method": "GET", **fault.rule}])
    run = scene.run(task)
    if not fault.converges:
        assert run.operations == []
    settle_after(scene, action, task, run, fault)


@cases(WRITE_FAULTS)
def test_a_failing_write(scene: Scene, action: str, fault: Fault) -> None:
    task = prepare(scene, action)
    method = method_of(scene, action)
    scene.emulator.faults([{"method": method, **fault.rule}])
    run = scene.run(task)
    converges = fault.converges or (method in ("PUT", "DELETE") and "500" in fault.words)
    settle_after(scene, action, task, run, Fault(fault.rule, converges, fault.words))


@pytest.mark.parametrize("fault", WRITE_FAULTS.values(), ids=WRITE_FAULTS)
@every_resource
def test_a_task_that_fails_says_what_it_changed(scene: Scene, fault: Fault) -> None:
    scene.emulator.faults([{"method": "POST", **fault.rule}])
    run = scene.run(scene.full)
    existed = scene.count() == 1
    if run.failed:
        assert run.result["changed"] or not existed
    else:
        assert existed


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
