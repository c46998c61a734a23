# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How namespaces, containers, domains and triggers settle, what is refused meanwhile, and how that is programmed."""

from __future__ import annotations

from typing import Any

import pytest

from contract.cloud import PROJECT_ID, UNKNOWN_ID
from contract.container_cloud import CRON, ContainerCloud, container_body, namespace_body
from emulator.settings import BadControlInputError
from emulator.testing import Emulator


def statuses(cloud: ContainerCloud, path: str, reads: int) -> list[str]:
    return [cloud.get(path)["status"] for _attempt in range(reads)]


def test_a_creation_is_seen_and_then_ready(slow_containers: ContainerCloud) -> None:
    slow_containers.emulator.settings(settle_reads=2)
    namespace = slow_containers.make_namespace()
    assert namespace["status"] == "creating"
    assert statuses(slow_containers, f"/namespaces/{namespace['id']}", 3) == ["creating", "creating", "ready"]


def test_lists_are_sightings_too(slow_containers: ContainerCloud) -> None:
    slow_containers.make_namespace()
    seen = [slow_containers.get("/namespaces")["namespaces"][0]["status"] for _attempt in range(2)]
    assert seen == ["creating", "ready"]


def test_an_update_is_seen_and_then_ready(slow_containers: ContainerCloud) -> None:
    container = slow_containers.ready_container()
    trigger = slow_containers.settled(f"/triggers/{slow_containers.make_trigger(container['id'])['id']}")
    domain = slow_containers.settled(f"/domains/{slow_containers.make_domain(container['id'])['id']}")
    changes: dict[str, dict[str, Any]] = {
        f"/containers/{container['id']}": {"tags": ["a"]},
        f"/triggers/{trigger['id']}": {"tags": ["a"]},
        f"/domains/{domain['id']}": {"tags": ["a"]},
        f"/namespaces/{container['namespace_id']}": {"environment_variables": {"a": "1"}},
    }
    for path, body in changes.items():
        changed = slow_containers.make("PATCH", path, body)
        assert (changed["status"], "error_message" in changed) == ("updating", False)
        assert statuses(slow_containers, path, 2) == ["updating", "ready"]


MESSAGES: dict[str, tuple[dict[str, Any], str]] = {
    "an image that fails": ({"image": "rg.fr-par.scw.cloud/shop/fail:1.4"}, "is not listening on port 8080"),
    "a failing image by digest": ({"image": "fail@sha256:00", "port": 5000}, "is not listening on port 5000"),
    "an image that ends": ({"image": "hello-world:latest", "port": 80}, "is not listening on port 80"),
    "a silent path": (
        {"image": "fail", "port": 80, "liveness_probe": {"failure_threshold": 1, "http": {"path": "/test"}}},
        "does not respond to HTTP requests on port 80 and path /test",
    ),
    "a silent start": (
        {"image": "fail", "port": 80, "startup_probe": {"failure_threshold": 1, "http": {"path": "/up"}}},
        "does not respond to HTTP requests on port 80 and path /up",
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_container_that_cannot_start_ends_in_error_and_says_why(containers: ContainerCloud, name: str) -> None:
    changes, message = MESSAGES[name]
    container = containers.ready_container(**changes)
    assert (container["status"], container["error_message"]) == ("error", f"Container is unable to start OR {message}")


@pytest.mark.parametrize("image", ["failure:1", "shop/fail/web:1", "prefail", "hello-worlds"])
def test_an_image_is_not_taken_for_a_failing_one(containers: ContainerCloud, image: str) -> None:
    assert containers.ready_container(image=image)["status"] == "ready"


def test_a_container_in_error_is_changed_and_deleted_like_any_other(containers: ContainerCloud) -> None:
    container = containers.ready_container(image="fail")
    path = f"/containers/{container['id']}"
    changed = containers.make("PATCH", path, {"image": "nginx"})
    assert (changed["status"], "error_message" in changed) == ("updating", False)
    assert containers.get(path)["error_message"] == ""
    containers.make("PATCH", path, {"image": "fail"})
    assert containers.get(path)["status"] == "error"
    assert containers.make("DELETE", path)["status"] == "deleting"
    assert containers.send("GET", path).status_code == 404


def test_a_domain_that_does_not_resolve_is_refused_or_ends_in_error(containers: ContainerCloud) -> None:
    container = containers.ready_container()
    body = {"container_id": container["id"], "hostname": "unresolved.example.com"}
    answer = containers.send("POST", "/domains", body)
    assert (answer.status_code, list(answer.json())) == (400, ["message"])
    assert answer.json()["message"].startswith("could not validate domain")
    failing = containers.make_domain(container["id"], hostname="fail.example.com")
    failed = containers.get(f"/domains/{failing['id']}")
    assert (failed["status"], "fail.example.com" in failed["error_message"]) == ("error", True)


def gone(cloud: ContainerCloud, *paths: str) -> list[int]:
    return [cloud.send("GET", path).status_code for path in paths]


def test_deleting_a_namespace_deletes_everything_in_it(slow_containers: ContainerCloud) -> None:
    container = slow_containers.ready_container()
    trigger, domain = slow_containers.make_trigger(container["id"]), slow_containers.make_domain(container["id"])
    path = f"/namespaces/{container['namespace_id']}"
    below = (f"/containers/{container['id']}", f"/triggers/{trigger['id']}", f"/domains/{domain['id']}")
    assert slow_containers.make("DELETE", path)["status"] == "deleting"
    kinds = ("containers", "container_triggers", "container_domains")
    assert {slow_containers.emulator.state()[kind][0]["status"] for kind in kinds} == {"deleting"}
    assert statuses(slow_containers, path, 1) == ["deleting"]
    assert gone(slow_containers, path, *below) == [404, 404, 404, 404]


def test_deleting_a_container_deletes_its_domains_and_triggers(slow_containers: ContainerCloud) -> None:
    container = slow_containers.ready_container()
    trigger, domain = slow_containers.make_trigger(container["id"]), slow_containers.make_domain(container["id"])
    path = f"/containers/{container['id']}"
    slow_containers.make("DELETE", path)
    assert statuses(slow_containers, path, 1) == ["deleting"]
    assert gone(slow_containers, path, f"/triggers/{trigger['id']}", f"/domains/{domain['id']}") == [404, 404, 404]
    assert slow_containers.get(f"/namespaces/{container['namespace_id']}")["status"] == "ready"


def test_a_namespace_is_deleted_while_its_container_still_is(slow_containers: ContainerCloud) -> None:
    container = slow_containers.ready_container()
    slow_containers.make("DELETE", f"/containers/{container['id']}")
    assert slow_containers.send("DELETE", f"/namespaces/{container['namespace_id']}").status_code == 200


def busy_writes(namespace: str, container: str, trigger: str, domain: str) -> dict[str, list[tuple[str, str, Any]]]:
    """Writes by what they meet."""
    return {
        f"namespace {namespace}": [
            ("PATCH", f"/namespaces/{namespace}", {"description": "x"}),
            ("DELETE", f"/namespaces/{namespace}", None),
            ("POST", "/containers", container_body(namespace, name="api")),
        ],
        f"container {container}": [
            ("PATCH", f"/containers/{container}", {"description": "x"}),
            ("POST", f"/containers/{container}/redeploy", {}),
            ("DELETE", f"/containers/{container}", None),
            ("POST", "/triggers", {"container_id": container, "name": "a", "cron_config": CRON}),
            ("POST", "/domains", {"container_id": container, "hostname": "a.example.com"}),
        ],
        f"trigger {trigger}": [
            ("PATCH", f"/triggers/{trigger}", {"name": "x"}),
            ("DELETE", f"/triggers/{trigger}", None),
        ],
        f"domain {domain}": [
            ("PATCH", f"/domains/{domain}", {"tags": []}),
            ("DELETE", f"/domains/{domain}", None),
        ],
    }


@pytest.fixture
def writes(containers: ContainerCloud) -> dict[str, list[tuple[str, str, Any]]]:
    container = containers.ready_container()
    trigger = containers.settled(f"/triggers/{containers.make_trigger(container['id'])['id']}")
    domain = containers.settled(f"/domains/{containers.make_domain(container['id'])['id']}")
    return busy_writes(container["namespace_id"], container["id"], trigger["id"], domain["id"])


def force(emulator: Emulator, status: str) -> None:
    kinds = ("container_namespace", "container", "container_trigger", "container_domain")
    emulator.status([{"kind": kind, "status": status, "now": True} for kind in kinds])


def test_a_rule_changes_a_settled_object_at_once_by_name_or_identifier(containers: ContainerCloud) -> None:
    container = containers.ready_container()
    domain = containers.settled(f"/domains/{containers.make_domain(container['id'])['id']}")
    for kind, path, names in (
        ("container", f"/containers/{container['id']}", ("web", container["id"])),
        ("container_domain", f"/domains/{domain['id']}", ("www.example.com", domain["id"])),
    ):
        for name in names:
            containers.emulator.status([{"kind": kind, "match": name, "details": name, "now": True}])
            assert containers.get(path)["error_message"] == name
        containers.emulator.status([{"kind": kind, "match": "another", "status": "ready", "now": True}])
        assert containers.get(path)["status"] == "error"


@pytest.mark.parametrize("status", ["creating", "updating", "deleting", "locking", "upgrading"])
def test_writes_on_what_is_unsettled_are_refused(
    containers: ContainerCloud, writes: dict[str, list[tuple[str, str, Any]]], status: str
) -> None:
    force(containers.emulator, status)
    for target, sent in writes.items():
        resource, identifier = target.split()
        for method, path, body in sent:
            answer = containers.send(method, path, body)
            assert (answer.status_code, answer.json()) == (
                409,
                {
                    "current_state": status,
                    "message": "resource is in a transient state",
                    "resource": resource,
                    "resource_id": identifier,
                    "type": "transient_state",
                },
            ), (method, path)


def test_writes_on_what_is_locked_are_refused(
    containers: ContainerCloud, writes: dict[str, list[tuple[str, str, Any]]]
) -> None:
    force(containers.emulator, "locked")
    for sent in writes.values():
        for method, path, body in sent:
            answer = containers.send(method, path, body)
            assert (answer.status_code, answer.json()["type"]) == (423, "locked"), (method, path)


def test_a_refusal_is_a_sighting(slow_containers: ContainerCloud) -> None:
    namespace = slow_containers.make_namespace()
    body = container_body(namespace["id"])
    assert [slow_containers.send("POST", "/containers", body).status_code for _attempt in range(2)] == [409, 200]


def test_writes_pass_when_conflicts_are_switched_off_but_not_on_what_is_being_deleted(
    slow_containers: ContainerCloud,
) -> None:
    slow_containers.emulator.settings(busy_conflict=False, settle_reads=9)
    container = slow_containers.make_container(slow_containers.make_namespace()["id"])
    path = f"/containers/{container['id']}"
    assert [slow_containers.send(*sent).status_code for sent in (("PATCH", path, {}), ("DELETE", path))] == [200, 200]
    assert [slow_containers.send(*sent).status_code for sent in (("PATCH", path, {}), ("DELETE", path))] == [409, 409]


def test_a_second_deletion_finds_nothing(containers: ContainerCloud) -> None:
    namespace = containers.ready_namespace()
    path = f"/namespaces/{namespace['id']}"
    containers.make("DELETE", path)
    answer = containers.send("DELETE", path)
    assert (answer.status_code, answer.json()["type"]) == (404, "not_found")


def test_objects_settle_by_the_clock_when_asked(slow_containers: ContainerCloud) -> None:
    slow_containers.emulator.settings(settle_seconds=3600)
    namespace = slow_containers.make_namespace()
    path = f"/namespaces/{namespace['id']}"
    assert set(statuses(slow_containers, path, 5)) == {"creating"}
    slow_containers.emulator.settings(settle_seconds=0)
    assert statuses(slow_containers, path, 1) == ["ready"]
    slow_containers.make("DELETE", path)
    assert slow_containers.make_namespace()["id"] != namespace["id"]
    assert [kept["id"] for kept in slow_containers.emulator.state()["container_namespaces"]] != [namespace["id"]]


@pytest.mark.parametrize("match", ["web", "*"])
def test_a_rule_decides_where_a_container_settles(containers: ContainerCloud, match: str) -> None:
    containers.emulator.status([{"kind": "container", "match": match, "details": "out of luck"}])
    failed = containers.ready_container()
    assert (failed["status"], failed["error_message"]) == ("error", "out of luck")
    other = containers.make_container(failed["namespace_id"], name="api")
    assert containers.settled(f"/containers/{other['id']}")["status"] == ("error" if match == "*" else "ready")


def test_a_rule_makes_other_kinds_fail_too(containers: ContainerCloud) -> None:
    container = containers.ready_container()
    kinds = ("container_namespace", "container_trigger", "container_domain")
    containers.emulator.status([{"kind": kind} for kind in kinds])
    trigger, domain = containers.make_trigger(container["id"]), containers.make_domain(container["id"])
    namespace = containers.make_namespace(name="other")
    for path in (f"/triggers/{trigger['id']}", f"/domains/{domain['id']}", f"/namespaces/{namespace['id']}"):
        failed = containers.get(path)
        assert (failed["status"], failed["error_message"] != "") == ("error", True)


def test_a_rule_keeps_a_container_unsettled(containers: ContainerCloud) -> None:
    containers.emulator.status([{"kind": "container", "status": "never"}])
    container = containers.make_container(containers.ready_namespace()["id"])
    path = f"/containers/{container['id']}"
    assert set(statuses(containers, path, 5)) == {"creating"}
    containers.emulator.status([])
    assert statuses(containers, path, 1) == ["ready"]


def test_a_failing_image_yields_to_a_rule(containers: ContainerCloud) -> None:
    containers.emulator.status([{"kind": "container", "status": "ready"}])
    assert containers.ready_container(image="fail")["error_message"] == ""


def test_a_rule_of_another_product_is_refused_by_its_words(emulator: Emulator) -> None:
    with pytest.raises(BadControlInputError, match="unknown status 'to_create'"):
        emulator.status([{"kind": "container", "status": "to_create"}])


def test_the_same_seed_gives_the_same_containers(containers: ContainerCloud) -> None:
    def world() -> Any:
        containers.emulator.reset()
        namespace = containers.make_namespace(secret_environment_variables={"a": "one"})
        return [
            namespace,
            containers.emulator.seed(containers=3, triggers_per_container=1),
            containers.emulator.state(),
        ]

    assert world() == world()


def test_a_foreign_project_is_forbidden(containers: ContainerCloud) -> None:
    namespace = containers.ready_namespace()
    containers.emulator.settings(projects=[UNKNOWN_ID])
    for method, path, body in (
        ("POST", "/namespaces", namespace_body(name="b")),
        ("DELETE", f"/namespaces/{namespace['id']}", None),
        ("POST", "/containers", container_body(namespace["id"])),
    ):
        answer = containers.send(method, path, body)
        assert (answer.status_code, answer.json()["type"]) == (403, "permissions_denied")
    assert containers.get("/namespaces", project_id=PROJECT_ID)["total_count"] == 1
