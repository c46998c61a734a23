# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Origins of backend stages, which belong to other products: by name and by ID, and what finds a stage again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.edge.backends import BACKEND_STAGE
from behaviour.account import Use
from behaviour.edge_samples import balancer
from behaviour.expectations import assert_changed, assert_predicts, assert_quiet, assert_refused
from behaviour.subjects import NOWHERE, Scene
from emulator.testing import Emulator

BUCKET = {"bucket_name": "pictures", "bucket_region": "nl-ams"}
ORIGINS: Mapping[str, dict[str, Any]] = {
    "scaleway_s3": BUCKET,
    "scaleway_lb": {"lbs": [balancer("origin-a", is_ssl=True)]},
    "scaleway_serverless_container": {"region": "pl-waw", "container": Use("origin-container-a")},
    "scaleway_serverless_function": {"region": "pl-waw", "function": Use("origin-function-a")},
}
OTHERS: Mapping[str, dict[str, Any]] = {
    "scaleway_s3": {**BUCKET, "bucket_region": "fr-par"},
    "scaleway_lb": {"lbs": [balancer("origin-b")]},
    "scaleway_serverless_container": {"region": "pl-waw", "container": Use("origin-container-b")},
    "scaleway_serverless_function": {"region": "pl-waw", "function": Use("origin-function-b")},
}
every_origin = pytest.mark.parametrize("kind", ORIGINS)
# Requests of a task that finds the stage: pipeline and stages, and what the names of the origin need.
LOOKUPS = {
    "scaleway_s3": 0,
    "scaleway_lb": 2,
    "scaleway_serverless_container": 2,
    "scaleway_serverless_function": 2,
}


@pytest.fixture
def scene(emulator: Emulator, session: requests.Session) -> Scene:
    return Scene(emulator, BACKEND_STAGE, NOWHERE, session)


def task(scene: Scene, kind: str, origin: Mapping[str, Any], *, by_id: bool = False) -> dict[str, Any]:
    """A task about the stage with this origin."""
    write = scene.things.shown if by_id else scene.things.written
    return {"pipeline": "outer", kind: write(origin)}


@every_origin
def test_an_origin_by_name_and_by_id_is_the_same(scene: Scene, kind: str) -> None:
    by_name, by_id = task(scene, kind, ORIGINS[kind]), task(scene, kind, ORIGINS[kind], by_id=True)
    predicted = scene.run(by_name, check=True)
    created = scene.run(by_name)
    assert_predicts(predicted)
    assert_changed(created, "CreateBackendStage")
    assert created.diff == predicted.diff
    assert_quiet(scene.run(by_id), 2)
    assert_quiet(scene.run(by_name), 2 + LOOKUPS[kind])
    assert_changed(scene.run({**by_id, "state": "absent"}), "DeleteBackendStage")
    assert_changed(scene.run(by_id), "CreateBackendStage")
    assert_quiet(scene.run(by_name))


@every_origin
def test_another_origin_of_the_same_kind_is_another_stage(scene: Scene, kind: str) -> None:
    scene.run(task(scene, kind, ORIGINS[kind]))
    assert_changed(scene.run(task(scene, kind, OTHERS[kind])), "CreateBackendStage")
    assert scene.count() == 2
    assert_changed(scene.run({**task(scene, kind, ORIGINS[kind]), "state": "absent"}), "DeleteBackendStage")
    assert_quiet(scene.run(task(scene, kind, OTHERS[kind])))


@every_origin
def test_an_origin_moves_to_another_of_its_kind_by_id(scene: Scene, kind: str) -> None:
    made = scene.object(scene.run(task(scene, kind, ORIGINS[kind])))
    moved = {"id": made["id"], kind: scene.things.written(OTHERS[kind])}
    predicted, changed = scene.run(moved, check=True), scene.run(moved)
    assert_changed(changed, "UpdateBackendStage")
    assert changed.diff == predicted.diff
    assert scene.object(changed)["id"] == made["id"]
    assert_quiet(scene.run(task(scene, kind, OTHERS[kind])))
    assert_quiet(scene.run({**task(scene, kind, ORIGINS[kind]), "state": "absent"}))


def test_a_container_moves_to_another_region(scene: Scene) -> None:
    kind = "scaleway_serverless_container"
    made = scene.object(scene.run(task(scene, kind, ORIGINS[kind])))
    account = scene.account.at("/containers/v1", "regions/fr-par")
    namespace = account.post("/namespaces", name="near", project_id="22222222-2222-4222-8222-222222222222")
    account.call("GET", f"/namespaces/{namespace['id']}")
    near = account.post("/containers", namespace_id=namespace["id"], name="api", image="rg.fr-par.scw.cloud/a/b:1")
    changed = scene.run({"id": made["id"], kind: {"region": "fr-par", "container": "near/api"}})
    assert_changed(changed, "UpdateBackendStage")
    assert scene.object(changed)[kind] == {"region": "fr-par", "container_id": near["id"]}


def test_settings_of_a_load_balancer_change_alone_and_leave_the_others(scene: Scene) -> None:
    origin = balancer("origin-a", is_ssl=True, domain_name="www.example.com")
    made = scene.object(scene.run(task(scene, "scaleway_lb", {"lbs": [origin]})))
    (before,) = made["scaleway_lb"]["lbs"]
    changed = scene.run(task(scene, "scaleway_lb", {"lbs": [balancer("origin-a", has_websocket=True)]}))
    assert_changed(changed, "UpdateBackendStage")
    (after,) = scene.object(changed)["scaleway_lb"]["lbs"]
    assert after == {**before, "has_websocket": True}
    (sent,) = changed.writes[-1].body["scaleway_lb"]["lbs"]
    assert sent["domain_name"] == "www.example.com"
    assert None not in sent.values()


def test_names_are_looked_up_where_the_origin_lies(scene: Scene) -> None:
    there = {"region": "fr-par", "container": "origin/a"}
    assert_refused(scene.run({"pipeline": "outer", "scaleway_serverless_container": there}), "origin", "fr-par")
    elsewhere = {**balancer("origin-a"), "zone": "nl-ams-1"}
    assert_refused(scene.run(task(scene, "scaleway_lb", {"lbs": [elsewhere]})), "'origin'", "nl-ams-1")


def test_a_check_run_foresees_an_origin_that_an_earlier_task_creates(scene: Scene) -> None:
    for kind, origin in (
        ("scaleway_serverless_container", {"region": "pl-waw", "container": "later/api"}),
        ("scaleway_lb", {"lbs": [{"lb": "later", "zone": "fr-par-1", "frontend": "https"}]}),
    ):
        predicted = scene.run({"pipeline": "outer", kind: origin}, check=True)
        assert_predicts(predicted)
        assert "'later'" in predicted.warnings[0]


def test_two_stages_with_one_origin_are_an_error_that_lists_both(scene: Scene) -> None:
    made = scene.object(scene.run(task(scene, "scaleway_lb", ORIGINS["scaleway_lb"])))
    other = scene.account.post(f"/pipelines/{scene.parent_id}/backend-stages", scaleway_lb=made["scaleway_lb"])
    assert_refused(scene.run(task(scene, "scaleway_lb", ORIGINS["scaleway_lb"])), made["id"], other["id"])


def test_stages_are_listed_by_their_load_balancer(scene: Scene) -> None:
    made = scene.object(scene.run(task(scene, "scaleway_lb", ORIGINS["scaleway_lb"])))
    scene.run(task(scene, "scaleway_s3", BUCKET))
    found = scene.info({"pipeline": "outer", "lb_id": scene.things.id("origin")}).result["backend_stages"]
    assert [stage["id"] for stage in found] == [made["id"]]
