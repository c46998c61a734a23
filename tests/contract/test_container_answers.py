# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator answers about containers: defaults, keys, partial updates, secrets, lists."""

from __future__ import annotations

import re
from typing import Any

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from contract.cloud import PROJECT_ID, UNKNOWN_ID
from contract.container_cloud import CRON, IMAGE, NATS, SQS, ContainerCloud

NETWORK_ID = "40000000-0000-4000-8000-000000000004"
PROBE = {"failure_threshold": 30, "interval": "10s", "timeout": "1s", "tcp": {}}
LIFE = {"id", "status", "created_at", "updated_at"}
NAMESPACE_KEYS = LIFE | {"name", "organization_id", "project_id", "description", "tags", "region"}
NAMESPACE_KEYS |= {"environment_variables", "secret_environment_variables"}
TRIGGER_KEYS = LIFE | {"name", "description", "tags", "container_id", "destination_config", "source_type"}
DOMAIN_KEYS = LIFE | {"hostname", "container_id", "tags"}


STARTED: dict[str, Any] = {
    "name": "web",
    "description": "",
    "status": "creating",
    "min_scale": 0,
    "max_scale": 5,
    "memory_limit_bytes": 2048000000,
    "mvcpu_limit": 1000,
    "local_storage_limit_bytes": 1000000000,
    "timeout": "300s",
    "privacy": "public",
    "image": IMAGE,
    "protocol": "http1",
    "port": 8080,
    "https_connections_only": False,
    "sandbox": "v2",
    "scaling_option": {"concurrent_requests_threshold": 50},
    "tags": [],
    "command": [],
    "args": [],
    "environment_variables": {},
    "secret_environment_variables": {},
    "liveness_probe": PROBE,
    "startup_probe": None,
    "region": "fr-par",
}


def test_a_container_starts_with_the_recorded_defaults(containers: ContainerCloud) -> None:
    namespace = containers.ready_namespace(name="tf-test-datasource-basic")
    made = containers.make_container(namespace["id"], tags=None, command=None, secret_environment_variables=None)
    assert all(made.pop(key) for key in ("id", "created_at", "updated_at"))
    assert made == {
        **STARTED,
        "namespace_id": namespace["id"],
        "public_endpoint": f"https://tftestdatasourcebasi{namespace['id'][:8]}-web.functions.fnc.fr-par.scw.cloud",
    }


def test_the_keys_shown_follow_the_status(containers: ContainerCloud) -> None:
    namespace = containers.make_namespace()
    assert set(namespace) == set(containers.get(f"/namespaces/{namespace['id']}")) == NAMESPACE_KEYS
    container = containers.make_container(namespace["id"])
    settled = containers.get(f"/containers/{container['id']}")
    assert set(settled) - set(container) == {"error_message"}
    domain, trigger = containers.make_domain(container["id"]), containers.make_trigger(container["id"])
    assert (set(domain), set(trigger)) == (DOMAIN_KEYS, TRIGGER_KEYS | {"cron_config"})
    for path in (f"/domains/{domain['id']}", f"/triggers/{trigger['id']}"):
        assert containers.get(path)["error_message"] == ""
    deleted = containers.make("DELETE", f"/triggers/{trigger['id']}")
    assert (deleted["status"], set(deleted)) == ("deleting", set(trigger))


def test_dates_have_six_digits_and_none_at_the_end_of_a_change(containers: ContainerCloud) -> None:
    namespace = containers.make_namespace()
    assert re.fullmatch(r".*\.\d{6}Z", namespace["created_at"])
    assert namespace["updated_at"] == namespace["created_at"]
    assert containers.get(f"/namespaces/{namespace['id']}")["updated_at"] == namespace["created_at"]
    container = containers.make_container(namespace["id"])
    settled = containers.get(f"/containers/{container['id']}")
    assert settled["created_at"] == container["created_at"]
    assert re.fullmatch(r".*:\d\dZ", settled["updated_at"])
    assert re.fullmatch(r".*\.\d{6}Z", containers.make("DELETE", f"/containers/{container['id']}")["updated_at"])


def test_a_deleted_trigger_keeps_its_date(containers: ContainerCloud) -> None:
    trigger = containers.make_trigger(containers.ready_container()["id"])
    settled = containers.get(f"/triggers/{trigger['id']}")
    assert containers.make("DELETE", f"/triggers/{trigger['id']}")["updated_at"] == settled["updated_at"]


PROBE_HTTP = {"failure_threshold": 5, "interval": "15.000000000s", "timeout": "60s", "http": {"path": "/test"}}
# Option: what is sent to an update, the key and what is shown for it.
UPDATES: dict[str, tuple[dict[str, Any], str, Any]] = {
    "description": ({"description": "x"}, "description", "x"),
    "no description": ({"description": ""}, "description", ""),
    "null": ({"description": None}, "description", "before"),
    "HTTPS under its other name": ({"https_connection_only": True}, "https_connections_only", True),
    "timeout": ({"timeout": "360.000000000s"}, "timeout", "360s"),
    "unknown privacy": ({"privacy": "unknown_privacy"}, "privacy", "private"),
    "privacy": ({"privacy": "public"}, "privacy", "public"),
    "unknown sandbox": ({"sandbox": "unknown_sandbox"}, "sandbox", "v2"),
    "unknown protocol": ({"protocol": "unknown_protocol"}, "protocol", "http1"),
    "another threshold": (
        {"scaling_option": {"cpu_usage_threshold": 72}},
        "scaling_option",
        {"cpu_usage_threshold": 72},
    ),
    "no tags": ({"tags": []}, "tags", []),
    "arguments in order": ({"args": ["b", "a"]}, "args", ["b", "a"]),
    "another probe": ({"liveness_probe": PROBE_HTTP}, "liveness_probe", {**PROBE_HTTP, "interval": "15s"}),
    "part of a probe": (
        {"liveness_probe": {"failure_threshold": 3}},
        "liveness_probe",
        {**PROBE, "failure_threshold": 3},
    ),
    "a startup probe": ({"startup_probe": {"failure_threshold": 30}}, "startup_probe", PROBE),
    "no startup probe": ({"startup_probe": {}}, "startup_probe", None),
    "no variables": ({"environment_variables": {}}, "environment_variables", {}),
    "other variables": ({"environment_variables": {"b": "2"}}, "environment_variables", {"b": "2"}),
    "detached": ({"private_network_id": ""}, "private_network_id", None),
    "attached": ({"private_network_id": UNKNOWN_ID}, "private_network_id", UNKNOWN_ID),
}


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_changes_what_it_names_and_nothing_else(containers: ContainerCloud, name: str) -> None:
    body, key, expected = UPDATES[name]
    before = containers.ready_container(
        description="before",
        privacy="private",
        tags=["a"],
        environment_variables={"a": "1"},
        private_network_id=NETWORK_ID,
        startup_probe=PROBE_HTTP,
        liveness_probe={**PROBE, "interval": "20s"},
    )
    path = f"/containers/{before['id']}"
    assert containers.make("PATCH", path, body).get(key) == expected
    after = containers.get(path)
    assert after.get(key) == expected
    same = set(before) | set(after)
    assert {name for name in same - {key, "updated_at"} if before.get(name) != after.get(name)} == set()


def test_every_update_deploys_again(containers: ContainerCloud) -> None:
    container = containers.ready_container()
    for body in ({}, {"tags": ["a"]}, {"image": "nginx:2"}):
        assert containers.make("PATCH", f"/containers/{container['id']}", body)["status"] == "updating"
    assert containers.make("POST", f"/containers/{container['id']}/redeploy", {})["status"] == "updating"


def test_secrets_are_hashes_that_can_be_verified(containers: ContainerCloud) -> None:
    made = containers.ready_container(secret_environment_variables={"first": "one", "second": "one"})
    hashes = made["secret_environment_variables"]
    form = r"\$argon2id\$v=19\$m=65536,t=3,p=64\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}"
    assert all(re.fullmatch(form, text) for text in hashes.values())
    assert hashes["first"] != hashes["second"]
    assert all(PasswordHasher().verify(text, "one") for text in hashes.values())
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(hashes["first"], "two")
    assert '"one"' not in str(containers.emulator.state()).replace("'", '"')


@pytest.mark.parametrize("kind", ["namespaces", "containers"])
def test_a_write_of_secrets_replaces_the_map_and_keeps_what_is_empty(containers: ContainerCloud, kind: str) -> None:
    secrets = {"kept": "one", "gone": "two", "same": "three"}
    namespace = containers.ready_namespace(secret_environment_variables=secrets)
    container = containers.make_container(namespace["id"], secret_environment_variables=secrets)
    path = f"/{kind}/{namespace['id'] if kind == 'namespaces' else container['id']}"
    before = containers.settled(path)["secret_environment_variables"]
    changed = containers.make(
        "PATCH", path, {"secret_environment_variables": {"kept": "", "same": "three", "new": "x"}}
    )
    after = changed["secret_environment_variables"]
    assert set(after) == {"kept", "same", "new"}
    assert after["kept"] == before["kept"]
    assert after["same"] != before["same"]
    assert PasswordHasher().verify(after["same"], "three")
    containers.settled(path)
    assert containers.make("PATCH", path, {"description": "x"})["secret_environment_variables"] == after
    containers.settled(path)
    cleared = containers.make("PATCH", path, {"secret_environment_variables": {}})
    assert cleared["secret_environment_variables"] == {}


SOURCES: dict[str, tuple[dict[str, Any], str, dict[str, Any]]] = {
    "cron": ({"cron_config": {**CRON, "headers": None}}, "cron", {**CRON, "body": "", "headers": {}}),
    "sqs": ({"sqs_config": SQS}, "sqs", {key: SQS[key] for key in SQS if key != "secret_access_key"}),
    "nats": ({"nats_config": NATS}, "nats", {key: NATS[key] for key in NATS if key != "credentials_file_content"}),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_trigger_shows_its_source_without_credentials(containers: ContainerCloud, name: str) -> None:
    source, kind, shown = SOURCES[name]
    made = containers.make_trigger(containers.ready_container()["id"], **source)
    assert set(made) == TRIGGER_KEYS | {f"{kind}_config"}
    assert (made["source_type"], made[f"{kind}_config"]) == (kind, shown)
    assert made["destination_config"] == {"http_path": "/", "http_method": "post"}
    assert "hush" not in str(containers.emulator.state())


def test_a_trigger_keeps_what_is_null_in_an_update(containers: ContainerCloud) -> None:
    made = containers.make_trigger(containers.ready_container()["id"])
    path = f"/triggers/{made['id']}"
    containers.get(path)
    nothing = {"schedule": None, "timezone": None, "body": None, "headers": None}
    renamed = containers.make("PATCH", path, {"name": "tock", "cron_config": nothing})
    assert (renamed["name"], renamed["status"], renamed["error_message"]) == ("tock", "ready", "")
    assert renamed["cron_config"] == made["cron_config"]
    body = {"cron_config": {**nothing, "body": "x"}, "destination_config": {"http_method": "put"}}
    changed = containers.make("PATCH", path, body)
    assert changed["status"] == "updating"
    assert changed["cron_config"] == {**made["cron_config"], "body": "x"}
    assert changed["destination_config"] == {"http_path": "/", "http_method": "put"}
    containers.get(path)
    unknown = {"destination_config": {"http_method": "unknown_http_method", "http_path": "/x"}}
    kept = containers.make("PATCH", path, unknown)["destination_config"]
    assert kept == {"http_path": "/x", "http_method": "put"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"description": "x", "tags": ["a"]}, "ready"),
        ({"environment_variables": {"a": "1"}}, "ready"),
        ({"environment_variables": {"a": "2"}}, "updating"),
        ({"secret_environment_variables": {"b": ""}}, "ready"),
        ({"secret_environment_variables": {"b": "one"}}, "updating"),
    ],
)
def test_a_namespace_is_updating_only_for_other_variables(
    containers: ContainerCloud, body: dict[str, Any], status: str
) -> None:
    made = containers.ready_namespace(environment_variables={"a": "1"}, secret_environment_variables={"b": "one"})
    assert containers.make("PATCH", f"/namespaces/{made['id']}", body)["status"] == status


def test_lists_are_filtered_exactly_and_by_what_is_around(containers: ContainerCloud) -> None:
    shop = containers.ready_namespace(name="shop")
    shops = containers.ready_namespace(name="shops", project_id=UNKNOWN_ID)
    first, second = (containers.make_container(found["id"], name="web") for found in (shop, shops))
    containers.make_container(shop["id"], name="web-2")
    queries: list[tuple[str, dict[str, Any], list[str]]] = [
        ("namespaces", {"name": "shop"}, [shop["id"]]),
        ("namespaces", {"project_id": UNKNOWN_ID}, [shops["id"]]),
        ("namespaces", {"organization_id": UNKNOWN_ID}, []),
        ("containers", {"name": "web"}, [first["id"], second["id"]]),
        ("containers", {"name": "web", "namespace_id": shop["id"]}, [first["id"]]),
        ("containers", {"project_id": UNKNOWN_ID}, [second["id"]]),
        ("containers", {"namespace_id": UNKNOWN_ID}, []),
    ]
    for kind, query, expected in queries:
        assert [found["id"] for found in containers.get(f"/{kind}", **query)[kind]] == expected, query


def test_namespaces_can_ignore_the_name_as_they_did(containers: ContainerCloud) -> None:
    for name in ("shop", "shops"):
        containers.make_namespace(name=name)
    containers.emulator.settings(ignore_name_filter=True)
    assert containers.get("/namespaces", name="shop")["total_count"] == 2


def test_domains_and_triggers_are_found_by_what_they_belong_to(containers: ContainerCloud) -> None:
    container = containers.ready_container()
    other = containers.make_container(container["namespace_id"], name="api")
    containers.get(f"/containers/{other['id']}")
    for owner, name in ((container, "b"), (other, "a")):
        containers.make_domain(owner["id"], hostname=f"{name}.example.com")
        containers.make_trigger(owner["id"], name=name)
    containers.make_trigger(other["id"], name="c", sqs_config=SQS)
    for kind, label in (("domains", "hostname"), ("triggers", "name")):
        found = containers.get(f"/{kind}", container_id=container["id"])[kind]
        assert [item["container_id"] for item in found] == [container["id"]]
        everything = containers.get(f"/{kind}", namespace_id=container["namespace_id"], order_by=f"{label}_asc")[kind]
        assert [item[label] for item in everything] == sorted(item[label] for item in everything)
        assert containers.get(f"/{kind}", project_id=UNKNOWN_ID)["total_count"] == 0
    kinds = {"sqs": ["c"], "cron": ["b", "a"], "unknown_source_type": ["b", "a", "c"], "nats": []}
    for kind, names in kinds.items():
        assert [found["name"] for found in containers.get("/triggers", trigger_type=kind)["triggers"]] == names


def test_pages_and_orders_are_those_of_other_products(containers: ContainerCloud) -> None:
    made = containers.emulator.seed(container_namespaces=3, containers=63, triggers_per_container=1)
    assert made == {"container_namespaces": 3, "containers": 63, "container_triggers": 63}
    pages = [containers.get("/containers", page=number)["containers"] for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 1, 0]
    names = [found["name"] for page in pages for found in page]
    assert names == sorted(names)
    assert containers.get("/containers", order_by="name_desc")["containers"][0]["name"] == names[-1]
    assert containers.get("/containers", order_by="created_at_desc", page_size=1)["total_count"] == 21


def test_seeding_spreads_over_regions_and_gives_new_names_each_time(containers: ContainerCloud) -> None:
    containers.emulator.seed(container_namespaces=2)
    counts = {"containers": 2, "domains_per_container": 2}
    assert containers.emulator.seed(**counts) == {"container_namespaces": 1, "containers": 2, "container_domains": 4}
    assert containers.emulator.seed(**counts)["containers"] == 2
    state = containers.emulator.state()
    for kind, label in (("container_namespaces", "name"), ("containers", "name"), ("container_domains", "hostname")):
        names = [record[label] for record in state[kind]]
        assert len(set(names)) == len(names) > 0
    assert [record["region"] for record in state["container_namespaces"]] == ["fr-par", "nl-ams", "pl-waw", "fr-par"]
    assert {record["status"] for record in state["containers"]} == {"ready"}


def test_an_object_of_another_region_is_not_there(containers: ContainerCloud) -> None:
    container = containers.ready_container()
    elsewhere = ContainerCloud(containers.emulator, "regions/nl-ams")
    assert elsewhere.send("GET", f"/containers/{container['id']}").status_code == 404
    assert elsewhere.get("/containers")["total_count"] == 0
    assert elsewhere.make_namespace(name="shop", project_id=PROJECT_ID)["region"] == "nl-ams"
