# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a check run of containers foresees, and what tasks about them refuse before they write."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import CONTAINER, DOMAIN, NAMESPACE, TRIGGER
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import BACKEND
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.runner import run_module
from behaviour.subjects import PLACES, Scene
from emulator.testing import Emulator
from programs import SINCE_2_19

IMAGE = "rg.fr-par.scw.cloud/shop/web:1"
CRON = {"schedule": "* * * * *", "timezone": "UTC"}
ELSEWHERE = "77777777-7777-4777-8777-777777777777"


def on(*resources: Resource) -> pytest.MarkDecorator:
    """Parametrize with these resources."""
    cases = [(resource, "region") for resource in resources]
    return pytest.mark.parametrize(("resource", "place"), cases, ids=[resource.name for resource in resources])


def differing(predicted: Any, real: Any) -> list[str]:
    """Where a prediction is not what came, and did not say that it is unknown."""
    if predicted in (UNKNOWN, real):
        return []
    if isinstance(predicted, dict) and isinstance(real, dict):
        lacking = [key for key in real if key not in (*predicted, "emulator_extra_field")]
        return lacking + [f"{key}.{path}" for key in predicted for path in differing(predicted[key], real.get(key))]
    return [f" is {real!r}, not {predicted!r}"]


# Predictions


@on(NAMESPACE, CONTAINER, DOMAIN, TRIGGER)
def test_a_check_foresees_what_a_creation_makes_down_to_what_the_task_leaves_out(scene: Scene) -> None:
    secrets = {"secret_environment_variables": {"A": "a-secret"}} if scene.resource in (NAMESPACE, CONTAINER) else {}
    task = {**scene.minimal, **secrets}
    predicted, real = scene.run(task, check=True), scene.run(task)
    assert differing(scene.object(predicted), scene.object(real)) == []
    assert predicted.diff == real.diff
    assert real.diff["after"].get("secret_environment_variables", {"A": "<secret>"}) == {"A": "<secret>"}


@on(TRIGGER)
def test_a_check_shows_what_a_new_trigger_does_by_default(scene: Scene) -> None:
    predicted = scene.object(scene.run({**scene.around, "name": "daily", "cron_config": CRON}, check=True))
    assert predicted["destination_config"] == {"http_path": "/", "http_method": "post"}
    assert predicted["cron_config"] == {**CRON, "body": "", "headers": {}}
    partly = {**scene.around, "name": "daily", "cron_config": CRON, "destination_config": {"http_method": "put"}}
    assert scene.object(scene.run(partly, check=True))["destination_config"] == {"http_path": "/", "http_method": "put"}


@on(CONTAINER)
def test_the_port_is_sent_even_if_the_task_leaves_it_out(scene: Scene) -> None:
    (entry,) = scene.run(scene.minimal).writes
    assert entry.body["port"] == 8080


PARTIAL: tuple[tuple[str, dict[str, Any]], ...] = (
    ("scw_container", {"namespace": "shop", "name": "web", "min_scale": 9}),
    ("scw_container", {"namespace": "shop", "name": "web", "liveness_probe": {"interval": "5s"}}),
    ("scw_container", {"id": UNKNOWN, "description": "x"}),
    ("scw_container_trigger", {"namespace": "shop", "container": "web", "name": "daily", "description": "x"}),
)


@pytest.mark.parametrize(("module", "task"), PARTIAL, ids=["scale", "probe", "id", "trigger"])
def test_a_check_assumes_that_an_earlier_task_creates_what_a_later_one_changes(
    emulator: Emulator, module: str, task: dict[str, Any]
) -> None:
    whole = {**PLACES["region"], **task}
    run = run_module(emulator, module, whole, check=True)
    assert_predicts(run)
    assert any("earlier task creates it" in warning for warning in run.warnings)
    result = run.result[module.rpartition("_")[2]]
    assert result["id"] == UNKNOWN
    assert result["status"] == UNKNOWN
    assert run_module(emulator, module, whole).failed


@on(CONTAINER)
def test_what_the_surroundings_show_to_be_missing_is_refused_in_a_check_too(scene: Scene) -> None:
    refused = scene.run({**scene.identity, "min_scale": 1}, check=True)
    assert refused.failed
    assert_clear(refused, "image")


# In order


@on(CONTAINER)
def test_a_check_fails_where_the_real_run_does(scene: Scene) -> None:
    task = {**scene.identity, "image": "fail:1"}
    assert scene.run(task).failed
    for check in (True, False):
        failed = scene.run(task, check=check)
        assert_clear(failed, "error", "unable to start")
        assert not failed.result["changed"]
    assert_quiet(scene.run({**task, "wait": False}, check=True))


# Refusals


@on(CONTAINER)
def test_what_is_being_deleted_takes_nothing_in(scene: Scene) -> None:
    namespace = {**PLACES["region"], "name": "outer", "state": "absent", "wait": False}
    parent = scene.parent_id
    scene.emulator.settings(settle_reads=9)
    run_module(scene.emulator, "scw_container_namespace", namespace)
    for given in ("outer", parent):
        refused = scene.run({**scene.minimal, "namespace": given})
        assert_clear(refused, "container namespace 'outer'", "is being deleted", "Create it again")
        assert refused.operations == []
    assert_predicts(scene.run(scene.minimal, check=True))


@on(TRIGGER)
def test_a_trigger_does_not_get_the_name_of_another_one(scene: Scene) -> None:
    first = scene.make({**scene.minimal, "name": "first"})
    second = scene.make({**scene.minimal, "name": "second"})
    for check in (True, False):
        refused = scene.run({**scene.place, "id": second["id"], "name": "first"}, check=check)
        assert refused.failed
        assert_clear(refused, "trigger 'second'", "cannot get the name of", first["id"])
        assert refused.operations == []
    assert_changed(scene.run({**scene.place, "id": second["id"], "name": "third"}), "UpdateContainerTrigger")


@pytest.mark.parametrize(("resource", "place"), [(BACKEND, "zone")], ids=["backend"])
def test_a_backend_does_not_get_the_name_of_another_one(scene: Scene) -> None:
    made = scene.make()
    twin = scene.make({**scene.minimal, "name": "twin"})
    refused = scene.run({**scene.place, "id": twin["id"], "name": made["name"]})
    assert refused.failed
    assert_clear(refused, "backend 'twin'", "cannot get the name of", made["id"])
    assert refused.operations == []


@on(NAMESPACE)
@pytest.mark.parametrize("state", ["present", "absent"])
def test_what_an_id_names_in_another_project_is_left_alone(scene: Scene, state: str) -> None:
    made = scene.make()
    task = {**scene.place, "id": made["id"], "project_id": ELSEWHERE, "description": "x", "state": state}
    if state == "absent":
        del task["description"]
    refused = scene.run(task)
    assert refused.failed
    assert_clear(refused, made["project_id"], ELSEWHERE)
    assert refused.operations == []


@on(CONTAINER)
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"scaling_option": {}}, ("scaling_option", "concurrent_requests_threshold", "cpu_usage_threshold")),
        ({"startup_probe": {"failure_threshold": 3}}, ("startup_probe", "tcp", "http")),
        ({"min_scale": 9}, ("min_scale 9", "max_scale 5", "Set max_scale")),
        ({"mvcpu_limit": 1.0}, ("mvcpu_limit", "500m")),
        ({"args": ["a", None]}, ("args[1]", "has no value") if SINCE_2_19 else ("option 'args'", "<class 'NoneType'>")),
        ({"environment_variables": {"A": None}}, ("environment_variables.A", "has no value")),
    ],
    ids=["scaling", "probe", "scale", "vcpu", "element", "variable"],
)
def test_what_the_api_would_refuse_or_misread_is_refused_in_a_check_already(
    scene: Scene, said: dict[str, Any], words: tuple[str, ...]
) -> None:
    for check in (True, False):
        assert_refused(scene.run({**scene.minimal, **said}, check=check), *words)


@on(CONTAINER)
def test_a_probe_where_there_is_none_needs_its_kind(scene: Scene) -> None:
    scene.make()
    for check in (True, False):
        assert_refused(scene.run({**scene.identity, "startup_probe": {"failure_threshold": 3}}, check=check), "tcp")


@on(DOMAIN)
@pytest.mark.parametrize("hostname", ["https://a.example.com", "a.example.com/x", "b ex"])
def test_a_host_name_is_no_address_of_a_page(scene: Scene, hostname: str) -> None:
    assert_refused(scene.run({**scene.around, "hostname": hostname}), "hostname", hostname)


@on(DOMAIN)
def test_a_host_name_is_the_same_with_a_dot_at_its_end(scene: Scene) -> None:
    made = scene.make()
    assert_quiet(scene.run({**scene.around, "hostname": f"{made['hostname'].upper()}."}))


@on(TRIGGER)
def test_a_body_is_sent_as_json_whether_the_task_spells_it_or_not(scene: Scene) -> None:
    task = {**scene.identity, "cron_config": {**CRON, "body": {"kind": "daily", "deep": [1, True, None]}}}
    made = scene.make(task)
    spelled = '{"kind": "daily", "deep": [1, true, null]}'
    assert made["cron_config"]["body"] == spelled
    assert_quiet(scene.run(task))
    assert_quiet(scene.run({**scene.identity, "cron_config": {**CRON, "body": spelled}}))
