# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is special about containers: failures that can be repaired, cascades, objects that are replaced as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import CONTAINER, DOMAIN, NAMESPACE, TRIGGER
from behaviour.account import PROJECT_ID
from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.runner import Run, run_module
from behaviour.subjects import PLACES, Scene, on
from emulator.testing import Emulator

NETWORK = "a5555555-5555-4555-8555-555555555551"
ORGANIZATION = "66666666-6666-4666-8666-666666666666"
IMAGE = "rg.fr-par.scw.cloud/shop/web:1"
PLACE = PLACES["region"]


def body(run: Run) -> dict[str, Any]:
    """The body of the one write of a run."""
    assert not run.failed, run.message
    (entry,) = (entry for entry in run.writes if entry.status != 409)
    return dict(entry.body)


# Failures


@on(CONTAINER)
def test_a_container_that_does_not_start_fails_with_the_reason_of_the_api(scene: Scene, virtual_time: Any) -> None:
    task = {**scene.identity, "image": "fail:1", "port": 3000}
    failed = scene.run(task)
    assert failed.failed
    assert failed.result["changed"]
    assert_clear(failed, "error", "is not listening on port 3000")
    assert failed.result["error"]["reason"] == "Container is unable to start OR is not listening on port 3000"
    again = scene.run(task)
    assert_clear(again, "is not listening on port 3000")
    assert not again.result["changed"]
    assert again.operations == []


@on(CONTAINER)
def test_a_failed_container_is_repaired_by_a_change(scene: Scene) -> None:
    assert scene.run({**scene.identity, "image": "fail:1"}).failed
    repair = {**scene.identity, "image": IMAGE}
    assert_predicts(scene.run(repair, check=True))
    repaired = scene.run(repair)
    assert_changed(repaired, "UpdateContainer")
    assert body(repaired) == {"image": IMAGE}
    assert scene.object(repaired)["status"] == "ready"
    assert_quiet(scene.run(repair))
    broken = scene.run({**scene.identity, "image": "fail:2"})
    assert_clear(broken, "error", "unable to start")
    assert broken.result["changed"]


@on(CONTAINER)
def test_a_failed_container_can_be_deleted(scene: Scene) -> None:
    assert scene.run({**scene.identity, "image": "fail:1"}).failed
    assert_changed(scene.run({**scene.identity, "state": "absent"}), "DeleteContainer")
    assert scene.count() == 0


@on(DOMAIN)
@pytest.mark.parametrize("hostname", ["fail.example.com", "unresolved.example.com"])
def test_a_domain_that_does_not_lead_there_fails_with_the_reason_of_the_api(scene: Scene, hostname: str) -> None:
    failed = scene.run({**scene.around, "hostname": hostname})
    assert failed.failed
    assert_clear(failed, "could not validate domain", hostname)
    if scene.count():
        assert_changed(scene.run({**scene.around, "hostname": hostname, "state": "absent"}), "DeleteContainerDomain")
    assert scene.count() == 0


@on(CONTAINER)
def test_memory_that_does_not_suit_the_processors_is_refused_in_the_words_of_the_api(scene: Scene) -> None:
    refused = scene.run({**scene.minimal, "mvcpu_limit": "2000m", "memory_limit_bytes": "128MB"})
    assert refused.failed
    assert not refused.result["changed"]
    assert_clear(refused, "2000 mvCPU require", "a minimum of 2000 MB and a maximum of 8000 MB")
    assert scene.count() == 0


# Surroundings


@on(NAMESPACE)
def test_a_deleted_namespace_takes_its_containers_along_and_says_so(scene: Scene) -> None:
    made = scene.make()
    for name in ("one", "two"):
        body = {"namespace_id": made["id"], "name": name, "image": IMAGE}
        container = scene.account.post("/containers", **body)
        scene.account.post("/triggers", container_id=container["id"], name="t", cron_config=SCHEDULE)
    absent = {**scene.identity, "state": "absent"}
    predicted = scene.run(absent, check=True)
    assert_predicts(predicted)
    shown = predicted.diff["before"]["containers"]
    assert [text.split(" (")[0] for text in shown] == ["container 'one'", "container 'two'"]
    deleted = scene.run(absent)
    assert_changed(deleted, "DeleteContainerNamespace")
    assert deleted.diff == predicted.diff
    assert scene.account.count("containers") == scene.account.count("container_triggers") == 0


SCHEDULE = {"schedule": "* * * * *", "timezone": "UTC", "body": "", "headers": {}}


@on(CONTAINER)
def test_a_deleted_container_takes_its_domains_and_triggers_along_and_says_so(scene: Scene) -> None:
    made = scene.make()
    scene.account.post("/triggers", container_id=made["id"], name="daily", cron_config=SCHEDULE)
    scene.account.post("/domains", container_id=made["id"], hostname="shop.example.com")
    deleted = scene.run({**scene.identity, "state": "absent"})
    assert_changed(deleted, "DeleteContainer")
    before = deleted.diff["before"]
    assert "'daily'" in before["triggers"][0]
    assert "'shop.example.com'" in before["domains"][0]
    assert scene.account.count("container_domains") == scene.account.count("container_triggers") == 0


@on(CONTAINER)
def test_containers_of_one_name_in_two_namespaces_are_two(scene: Scene) -> None:
    here, there = scene.minimal, {**scene.minimal, **scene.elsewhere}
    first, second = scene.make(here), scene.make(there)
    assert first["id"] != second["id"]
    assert_quiet(scene.run(here))
    assert_changed(scene.run({**there, "state": "absent"}), "DeleteContainer")
    assert_quiet(scene.run(here))
    assert [obj["id"] for obj in scene.info(scene.around).result["containers"]].count(first["id"]) == 1


@on(NAMESPACE, CONTAINER)
def test_a_filter_that_the_api_ignores_changes_nothing(scene: Scene) -> None:
    scene.emulator.settings(ignore_name_filter=True)
    made = scene.make()
    assert_quiet(scene.run(scene.minimal))
    listed = scene.info({**scene.around, "name": made["name"]}).result[scene.resource.plural]
    assert [obj["id"] for obj in listed] == [made["id"]]


@on(NAMESPACE)
def test_an_organization_stands_for_its_default_project(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCW_DEFAULT_PROJECT_ID")
    created = scene.run({**scene.minimal, "organization_id": ORGANIZATION})
    assert body(created) == {"name": scene.minimal["name"], "project_id": ORGANIZATION}
    assert_quiet(scene.run({**scene.minimal, "organization_id": ORGANIZATION}))


@on(TRIGGER)
def test_a_trigger_waits_for_a_container_that_is_not_waited_for(scene: Scene) -> None:
    scene.emulator.settings(settle_reads=3)
    container = {**scene.place, "namespace": "outer", "name": "slow", "image": IMAGE}
    made = run_module(scene.emulator, "scw_container", {**container, "wait": False})
    assert made.result["container"]["status"] == "creating"
    assert_changed(scene.run({**scene.minimal, "container": "slow"}), "CreateContainerTrigger")


PLAY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("scw_container_namespace", {"name": "shop"}),
    ("scw_container", {"namespace": "shop", "name": "web", "image": IMAGE}),
    ("scw_container_domain", {"namespace": "shop", "container": "web", "hostname": "shop.example.com"}),
    ("scw_container_trigger", {"namespace": "shop", "container": "web", "name": "daily", "cron_config": SCHEDULE}),
)


def test_check_mode_of_a_play_works_on_an_empty_account(emulator: Emulator) -> None:
    for module, task in PLAY:
        assert_predicts(run_module(emulator, module, {**PLACE, **task}, check=True))
    assert emulator.writes() == []
    for check, changed in ((False, True), (False, False), (True, False)):
        runs = [run_module(emulator, module, {**PLACE, **task}, check=check) for module, task in PLAY]
        assert [run.changed for run in runs] == [changed] * len(PLAY)


# What updates carry


@on(CONTAINER)
def test_an_update_spells_https_as_the_api_wants_it_there(scene: Scene) -> None:
    created = scene.run({**scene.minimal, "https_connections_only": True})
    assert body(created)["https_connections_only"] is True
    for value in (False, True):
        changed = scene.run({**scene.minimal, "https_connections_only": value})
        assert body(changed) == {"https_connection_only": value}
        assert scene.object(changed)["https_connections_only"] is value


@on(NAMESPACE, CONTAINER)
def test_variables_are_merged_or_replaced(scene: Scene) -> None:
    scene.make({**scene.minimal, "environment_variables": {"A": "1", "B": "2"}})
    merging = {**scene.identity, "environment_variables": {"B": 3, "C": ""}, "merge_environment_variables": True}
    merged = scene.run(merging)
    assert body(merged) == {"environment_variables": {"A": "1", "B": "3", "C": ""}}
    assert merged.diff["before"] == {"environment_variables": {"B": "2"}}
    assert merged.diff["after"] == {"environment_variables": {"B": "3", "C": ""}}
    assert_quiet(scene.run(merging))
    replaced = scene.run({**scene.identity, "environment_variables": {"C": ""}})
    assert body(replaced) == {"environment_variables": {"C": ""}}
    assert scene.object(replaced)["environment_variables"] == {"C": ""}


@on(CONTAINER)
def test_a_probe_is_replaced_as_a_whole_with_what_was_there(scene: Scene) -> None:
    first = {"failure_threshold": 7, "interval": "30s", "timeout": "2s", "http": {"path": "/one"}}
    scene.make({**scene.minimal, "liveness_probe": first, "startup_probe": first})
    for probe in ("liveness_probe", "startup_probe"):
        changed = scene.run({**scene.identity, probe: {"interval": "1m"}})
        assert body(changed) == {probe: {**first, "interval": "60s"}}
        assert scene.object(changed)[probe] == {**first, "interval": "60s"}
        switched = scene.run({**scene.identity, probe: {"tcp": {}}})
        assert body(switched) == {
            probe: {"failure_threshold": 7, "interval": "60s", "timeout": "2s", "tcp": {}},
        }
        assert "http" not in scene.object(switched)[probe]


@on(CONTAINER)
def test_a_scaling_option_takes_the_place_of_the_other(scene: Scene) -> None:
    scene.make()
    changed = scene.run({**scene.identity, "scaling_option": {"memory_usage_threshold": 66}})
    assert body(changed) == {"scaling_option": {"memory_usage_threshold": 66}}
    assert changed.diff["before"] == {"scaling_option": {"concurrent_requests_threshold": 50}}
    assert scene.object(changed)["scaling_option"] == {"memory_usage_threshold": 66}


@on(CONTAINER)
def test_a_private_network_is_detached_by_an_empty_id(scene: Scene) -> None:
    nowhere = {**scene.minimal, "private_network_id": ""}
    created = scene.run(nowhere)
    assert "private_network_id" not in body(created)
    assert_quiet(scene.run(nowhere))
    attached = scene.run({**scene.minimal, "private_network": NETWORK})
    assert body(attached) == {"private_network_id": NETWORK}
    assert scene.object(attached)["private_network_id"] == NETWORK
    predicted, detached = scene.run(nowhere, check=True), scene.run(nowhere)
    assert body(detached) == {"private_network_id": ""}
    assert "private_network_id" not in scene.object(detached)
    assert "private_network_id" not in scene.object(predicted)
    assert_quiet(scene.run(nowhere))


@on(TRIGGER)
def test_a_change_of_a_trigger_keeps_what_it_does_not_name(scene: Scene) -> None:
    made = scene.make({**scene.minimal, "cron_config": {**SCHEDULE, "body": "x", "headers": {"A": "1"}}})
    changed = scene.run({**scene.identity, "cron_config": {"schedule": "0 7 * * MON-FRI"}})
    assert scene.object(changed)["cron_config"] == {**made["cron_config"], "schedule": "0 7 * * MON-FRI"}


@on(CONTAINER)
def test_the_project_of_the_task_must_be_that_of_the_namespace_only_where_it_is_looked_up(scene: Scene) -> None:
    scene.make()
    assert_quiet(scene.run({**scene.identity, "project_id": PROJECT_ID}))
    assert_refused(scene.run({**scene.minimal, "project_id": ORGANIZATION}), "outer")
