# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers rolled out again: each time, or after a push."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from behaviour.expectations import (
    EXTRA,
    assert_changed,
    assert_predicts,
    assert_quiet,
    assert_refused,
)
from behaviour.rollouts import IMAGE, REDEPLOY, Service
from behaviour.test_return_values import documented, own_results
from emulator.testing import Emulator

NOBODY = "33333333-3333-4333-8333-333333333333"
FOUND = ("ListContainerNamespaces", "ListContainers")
ASKED = ("ListRegistryNamespaces", "ListRegistryImages", "ListRegistryTags")


@pytest.fixture
def make(emulator: Emulator, session: requests.Session, record_property: Any) -> Callable[..., Service]:
    record_property("module", "scw_container_redeploy")
    return lambda **options: Service(emulator, session, **options)


@pytest.fixture
def service(make: Callable[..., Service]) -> Service:
    return make()


# Each time


def test_each_run_rolls_out_once_as_the_check_said(service: Service) -> None:
    for _run in range(2):
        before = service.stored
        predicted = service.run(check=True)
        assert_predicts(predicted)
        assert service.stored == before

        changed = service.run()
        assert_changed(changed, REDEPLOY)
        assert [entry.body for entry in changed.writes] == [{}]
        assert changed.diff == predicted.diff
        assert changed.diff["before"] == {"updated_at": before["updated_at"].replace(".000000Z", "Z")}
        assert changed.diff["after"] == {"updated_at": UNKNOWN}
        assert "'api'" in changed.diff["before_header"]
        after = changed.result["container"]
        assert after["updated_at"] > changed.diff["before"]["updated_at"]
        assert {**after, "updated_at": UNKNOWN} == predicted.result["container"]
        service.let_time_pass()


def test_the_settings_of_the_container_stay(service: Service) -> None:
    before = service.call("GET", f"/containers/{service.id}")
    after = service.run().result["container"]
    assert {**after, "updated_at": None} == {**before, "updated_at": None}


def test_a_rollout_takes_as_few_requests_as_it_can(service: Service) -> None:
    service.emulator.settings(settle_reads=0)
    write = (REDEPLOY, "GetContainer")
    assert [entry.operation for entry in service.run().requests] == [*FOUND, *write]
    service.push()
    by_id = {"container": service.id, "namespace": None}
    last = ("GetContainer", *ASKED, *write, "ListRegistryTags")
    run = service.run(**by_id, when_image_changed=True)
    assert [entry.operation for entry in run.requests] == [*last]
    assert_quiet(service.run(**by_id, when_image_changed=True), 4)


def test_it_may_be_named_by_ids_and_aliases(service: Service) -> None:
    for options in (
        {"container": service.id.upper(), "namespace": None},
        {"namespace": service.namespace_id},
        {"container": None, "container_id": service.id, "namespace": None, "namespace_id": service.namespace_id},
        {"container": service.id, "namespace": "shop"},
    ):
        assert_changed(service.run(**options), REDEPLOY)
        service.let_time_pass()


def test_without_waiting_the_status_is_that_of_the_request(service: Service) -> None:
    service.emulator.settings(settle_reads=3)
    run = service.run(wait=False)
    assert_changed(run, REDEPLOY)
    assert run.result["container"]["status"] == "updating"
    # The next request waits for it to end, so that it is not refused.
    again = service.run(wait=False)
    assert [entry.status for entry in again.writes] == [200]


SETTINGS: dict[str, dict[str, Any]] = {
    "settles-at-once": {"settle_reads": 0},
    "settles-late": {"settle_reads": 3},
    "never-refuses-while-busy": {"settle_reads": 2, "busy_conflict": False},
    "tiny-pages": {"max_page_size": 1, "shuffle": True},
    "known-fields-only": {"extra_field": False},
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("wait", [True, False])
def test_pushes_and_rollouts_in_a_row_on_any_api(service: Service, settings: dict[str, Any], wait: bool) -> None:
    service.emulator.settings(**settings)
    for _push in range(3):
        service.push()
        assert_changed(service.run(when_image_changed=True, wait=wait), REDEPLOY)
        service.let_time_pass()
        assert_quiet(service.run(when_image_changed=True, wait=wait))
        assert_changed(service.run(wait=wait), REDEPLOY)
        service.settle()


# Only after a push


def test_it_is_rolled_out_once_for_a_push(service: Service) -> None:
    assert_quiet(service.run(when_image_changed=True), 5)
    assert_quiet(service.run(when_image_changed=True, check=True), 5)
    digest = service.push()
    predicted = service.run(when_image_changed=True, check=True)
    assert_predicts(predicted)
    changed = service.run(when_image_changed=True)
    assert_changed(changed, REDEPLOY)
    assert changed.diff == predicted.diff
    assert changed.diff["after"]["image_tag"]["digest"] == digest
    assert "image_tag" not in changed.diff["before"]
    service.let_time_pass()
    assert_quiet(service.run(when_image_changed=True), 5)


def test_a_change_of_the_container_counts_as_a_rollout(service: Service) -> None:
    service.push()
    service.change_by_hand()
    service.let_time_pass()
    assert_quiet(service.run(when_image_changed=True))


def test_another_tag_is_no_reason(service: Service) -> None:
    for image in (IMAGE.replace("stable", "latest"), IMAGE.replace("nl-ams", "fr-par"), IMAGE.replace("api", "web")):
        service.emulator.push(image)
    assert_quiet(service.run(when_image_changed=True))


def test_an_image_without_a_tag_means_latest(make: Callable[..., Service]) -> None:
    service = make(image=IMAGE.removesuffix(":stable"))
    refused = service.run(when_image_changed=True)
    assert_refused(refused, "when_image_changed", "'latest'")
    service.emulator.push(IMAGE.replace("stable", "latest"))
    service.let_time_pass()
    assert_changed(service.run(when_image_changed=True), REDEPLOY)


@pytest.mark.parametrize("image", [f"{IMAGE}@sha256:{'0a' * 32}", f"nginx@sha256:{'0a' * 32}"])
def test_a_digest_is_never_rolled_out_for_a_push(make: Callable[..., Service], image: str) -> None:
    service = make(image=image)
    service.push()
    assert_quiet(service.run(when_image_changed=True), 2)
    assert_changed(service.run(), REDEPLOY)


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("nginx:1.29.4-alpine", "not in Scaleway's registry"),
        ("ghcr.io/shop/api:stable", "not in Scaleway's registry"),
        ("rg.nl-ams.scw.cloud/shop-2/api:stable", "no namespace 'shop-2'"),
        ("rg.nl-ams.scw.cloud/shop/api-2:stable", "no image 'api-2'"),
        ("rg.nl-ams.scw.cloud/shop/api:stable-2", "no tag 'stable-2'"),
    ],
)
@pytest.mark.parametrize("check", [False, True])
def test_what_the_registry_does_not_know_is_refused_with_the_way_out(
    make: Callable[..., Service], image: str, words: str, check: bool
) -> None:
    run = make(image=image).run(when_image_changed=True, check=check)
    assert_refused(run, "when_image_changed", "'api'", image, words, "false")


def test_a_key_that_may_not_read_the_registry_is_told_so(service: Service) -> None:
    service.emulator.faults([{"operation": "ListRegistryNamespaces", "kind": "status", "status": 403}])
    assert_refused(service.run(when_image_changed=True), "403", IMAGE, "registry")


def test_a_push_while_the_rollout_is_under_way_is_a_warning(
    service: Service, virtual_time: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.emulator.settings(settle_reads=3)
    service.push()
    sleep = virtual_time.sleep
    monkeypatch.setattr(virtual_time, "sleep", lambda seconds: [sleep(seconds), service.push()])
    run = service.run(when_image_changed=True)
    assert run.changed
    assert IMAGE in run.warnings[0]
    assert "while" in run.warnings[0]


def test_a_push_during_a_rollout_by_somebody_else_is_rolled_out(service: Service) -> None:
    service.emulator.settings(settle_reads=3)
    for pushed, due in ((True, True), (False, False)):
        service.let_time_pass()
        service.change_by_hand()
        if pushed:
            service.push()
        run = service.run(when_image_changed=True)
        assert run.changed is due


# What does not exist, and input that cannot be meant


@pytest.mark.parametrize(
    "options", [{"container": "no-such"}, {"namespace": "no-such"}, {"container": NOBODY}, {"namespace": NOBODY}]
)
def test_what_does_not_exist_is_named(service: Service, options: dict[str, str]) -> None:
    (named,) = options.values()
    assert_refused(service.run(**options), named)


@pytest.mark.parametrize("options", [{"container": "to-come"}, {"namespace": "to-come"}])
def test_a_check_takes_missing_names_as_created_by_an_earlier_task(service: Service, options: dict[str, str]) -> None:
    run = service.run(**options, check=True)
    assert_predicts(run)
    assert "to-come" in " ".join(run.warnings)
    predicted = run.result["container"]
    assert (predicted["id"], predicted["name"]) == (UNKNOWN, {**service.named, **options}["container"])
    # A container shows its private network only if it is attached to one.
    assert set(predicted) - {"private_network_id"} == set(service.run().result["container"]) - {EXTRA}
    brought = service.run(**options, when_image_changed=True, check=True)
    assert not brought.changed
    assert brought.diff == {"before": {}, "after": {}}


def test_an_id_that_is_not_known_yet_is_for_checks_only(service: Service) -> None:
    assert_predicts(service.run(container=UNKNOWN, namespace=None, check=True))
    assert_refused(service.run(container=UNKNOWN, namespace=None), "container")


def test_a_container_that_is_being_deleted_does_not_exist(service: Service) -> None:
    service.emulator.settings(settle_reads=9)
    service.call("DELETE", f"/containers/{service.id}")
    assert_refused(service.run(), "'api'")
    assert_refused(service.run(container=service.id), "being deleted")


def test_a_container_of_another_namespace_is_refused(service: Service) -> None:
    assert_refused(service.run(container=service.id, namespace="elsewhere"), "namespace", "'api'")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"container": ""}, "container"),
        ({"container": None}, "container"),
        ({"namespace": None}, "namespace"),
        ({"namespace": " "}, "namespace"),
        ({"region": "mars"}, "mars"),
        ({"region": "fr-par-1"}, "fr-par-1"),
        ({"wait_timeout": 0}, "wait_timeout"),
        ({"when_image_changed": "sometimes"}, "when_image_changed"),
    ],
)
def test_a_wrong_option_fails_before_any_request(service: Service, options: dict[str, Any], words: str) -> None:
    run = service.run(**options)
    assert_refused(run, words)
    assert run.requests == ()


# Outputs


def test_what_is_returned_is_documented(service: Service) -> None:
    known = documented("scw_container_redeploy")
    shown = service.call("GET", f"/containers/{service.id}")
    for options in ({}, {"check": True}, {"wait": False}, {"when_image_changed": True}):
        assert own_results(service.run(**options).result) == set(known) - {"error"} == {"container"}
    assert set(known["container"]["sample"]) <= set(shown)
    service.emulator.faults([{"operation": REDEPLOY, "kind": "reset_before", "count": None}])
    service.emulator.settings(settle_reads=0)
    run = service.run()
    assert set(run.result["error"]) <= set(known["error"]["contains"])
