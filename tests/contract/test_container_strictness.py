# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator refuses wrong requests about containers, naming the argument, and says what is missing or taken."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from contract.cloud import PROJECT_ID, TOKEN, UNKNOWN_ID, complaints
from contract.container_cloud import CRON, NATS, SQS, ContainerCloud, container_body, namespace_body

TRIGGER = {"container_id": UNKNOWN_ID, "name": "tick"}
DOMAIN = {"container_id": UNKNOWN_ID, "hostname": "www.example.com"}


def container(**changes: Any) -> tuple[str, str, Any]:
    return "POST", "/containers", container_body(UNKNOWN_ID, **changes)


def update(**changes: Any) -> tuple[str, str, Any]:
    return "PATCH", f"/containers/{UNKNOWN_ID}", changes


def trigger(**changes: Any) -> tuple[str, str, Any]:
    return "POST", "/triggers", {**TRIGGER, **changes}


def namespace(**changes: Any) -> tuple[str, str, Any]:
    return "POST", "/namespaces", namespace_body(**changes)


def without(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}


def probe(**changes: Any) -> dict[str, Any]:
    return {"failure_threshold": 3, **changes}


WRONG_REQUESTS: dict[str, tuple[tuple[str, str, Any], dict[str, str]]] = {
    "namespace without project": (namespace(project_id=None), {"project_id": "required"}),
    "namespace with an organisation": (namespace(organization_id=PROJECT_ID), {"organization_id": "unknown"}),
    "name beginning with a number": (namespace(name="1shop"), {"name": "constraint"}),
    "name ending with a hyphen": (namespace(name="shop-"), {"name": "constraint"}),
    "name with an underscore": (container(name="web_1"), {"name": "constraint"}),
    "empty name": (container(name=""), {"name": "constraint"}),
    "renamed namespace": (("PATCH", f"/namespaces/{UNKNOWN_ID}", {"name": "a"}), {"name": "unknown"}),
    "renamed container": (update(name="api"), {"name": "unknown"}),
    "moved container": (update(namespace_id=UNKNOWN_ID), {"namespace_id": "unknown"}),
    "computed field": (container(status="ready"), {"status": "unknown"}),
    "no image": (("POST", "/containers", without(container_body(UNKNOWN_ID), "image")), {"image": "required"}),
    "empty image": (update(image=""), {"image": "constraint"}),
    "HTTPS in the words of an update": (container(https_connection_only=True), {"https_connection_only": "unknown"}),
    "HTTPS in the words of a creation": (update(https_connections_only=True), {"https_connections_only": "unknown"}),
    "too little memory": (container(memory_limit_bytes=127_999_999), {"memory_limit_bytes": "constraint"}),
    "too much memory": (container(memory_limit_bytes=12_228_000_001), {"memory_limit_bytes": "constraint"}),
    "memory as text": (container(memory_limit_bytes="128MB"), {"memory_limit_bytes": "format"}),
    "too little CPU": (container(mvcpu_limit=69), {"mvcpu_limit": "constraint"}),
    "too much CPU": (container(mvcpu_limit=6001), {"mvcpu_limit": "constraint"}),
    "too large a disk": (
        container(local_storage_limit_bytes=25_165_824_001),
        {"local_storage_limit_bytes": "constraint"},
    ),
    "too many instances": (container(max_scale=51), {"max_scale": "constraint"}),
    "no instances": (container(max_scale=0), {"max_scale": "constraint"}),
    "too long": (container(timeout="901s"), {"timeout": "constraint"}),
    "no time": (update(timeout="0s"), {"timeout": "constraint"}),
    "number for a duration": (container(timeout=300), {"timeout": "format"}),
    "port zero": (container(port=0), {"port": "constraint"}),
    "port too large": (container(port=65536), {"port": "constraint"}),
    "unknown protocol": (container(protocol="http2"), {"protocol": "constraint"}),
    "two thresholds": (
        container(scaling_option={"concurrent_requests_threshold": 5, "cpu_usage_threshold": 5}),
        {"scaling_option.cpu_usage_threshold": "constraint"},
    ),
    "threshold zero": (
        update(scaling_option={"concurrent_requests_threshold": 0}),
        {"scaling_option.concurrent_requests_threshold": "constraint"},
    ),
    "too many requests at once": (
        update(scaling_option={"concurrent_requests_threshold": 81}),
        {"scaling_option.concurrent_requests_threshold": "constraint"},
    ),
    "more than all CPU": (
        update(scaling_option={"cpu_usage_threshold": 101}),
        {"scaling_option.cpu_usage_threshold": "constraint"},
    ),
    "two checks": (
        container(liveness_probe=probe(tcp={}, http={"path": "/"})),
        {"liveness_probe.tcp": "constraint"},
    ),
    "check without path": (update(startup_probe=probe(http={})), {"startup_probe.http.path": "required"}),
    "relative path of a check": (
        container(startup_probe=probe(http={"path": "up"})),
        {"startup_probe.http.path": "constraint"},
    ),
    "probe without threshold": (
        container(liveness_probe={"tcp": {}}),
        {"liveness_probe.failure_threshold": "required"},
    ),
    "probe without interval": (
        container(liveness_probe=probe(interval="0s")),
        {"liveness_probe.interval": "constraint"},
    ),
    "number for a variable": (
        container(environment_variables={"a": 1}),
        {"environment_variables.a": "format"},
    ),
    "null for a variable": (update(environment_variables={"a": None}), {"environment_variables.a": "format"}),
    "list of secrets": (
        container(secret_environment_variables=[{"key": "a", "value": "b"}]),
        {"secret_environment_variables": "format"},
    ),
    "long variable": (update(environment_variables={"a": "x" * 1001}), {"environment_variables.a": "constraint"}),
    "reserved variable": (container(environment_variables={"PORT": "1"}), {"environment_variables.PORT": "constraint"}),
    "reserved secret": (
        namespace(secret_environment_variables={"SCW_KEY": "1"}),
        {"secret_environment_variables.SCW_KEY": "constraint"},
    ),
    "malformed network": (container(private_network_id="lan"), {"private_network_id": "format"}),
    "malformed id": (("GET", "/containers/web", None), {"container_id": "format"}),
    "hostname without dots": (("POST", "/domains", {**DOMAIN, "hostname": "www"}), {"hostname": "constraint"}),
    "hostname as URL": (
        ("POST", "/domains", {**DOMAIN, "hostname": "https://a.example.com"}),
        {"hostname": "constraint"},
    ),
    "another hostname": (
        ("PATCH", f"/domains/{UNKNOWN_ID}", {"hostname": "a.example.com"}),
        {"hostname": "unknown"},
    ),
    "two sources": (trigger(cron_config=CRON, sqs_config=SQS), {"sqs_config": "constraint"}),
    "schedule of four fields": (
        trigger(cron_config={**CRON, "schedule": "* * * *"}),
        {"cron_config.schedule": "constraint"},
    ),
    "no timezone": (trigger(cron_config=without(CRON, "timezone")), {"cron_config.timezone": "required"}),
    "queue without credentials": (
        trigger(sqs_config=without(SQS, "secret_access_key")),
        {"sqs_config.secret_access_key": "required"},
    ),
    "queue without region": (trigger(sqs_config=without(SQS, "region")), {"sqs_config.region": "required"}),
    "empty credentials": (
        trigger(nats_config={**NATS, "credentials_file_content": ""}),
        {"nats_config.credentials_file_content": "constraint"},
    ),
    "method in capitals": (
        trigger(cron_config=CRON, destination_config={"http_method": "POST"}),
        {"destination_config.http_method": "constraint"},
    ),
    "relative path of a trigger": (
        trigger(cron_config=CRON, destination_config={"http_path": "hook"}),
        {"destination_config.http_path": "constraint"},
    ),
    "moved trigger": (
        ("PATCH", f"/triggers/{UNKNOWN_ID}", {"container_id": UNKNOWN_ID}),
        {"container_id": "unknown"},
    ),
    "region in a body": (namespace(region="fr-par"), {"region": "unknown"}),
}


@pytest.mark.parametrize("name", WRONG_REQUESTS)
def test_a_wrong_request_is_refused_naming_the_argument(containers: ContainerCloud, name: str) -> None:
    (method, path, body), expected = WRONG_REQUESTS[name]
    assert complaints(containers.send(method, path, body)) == expected
    assert all(kept == [] for kept in containers.emulator.state().values())


# What is right by itself, but not beside the rest.
UNSUITABLE: dict[str, tuple[dict[str, Any], str]] = {
    "fewest above most": ({"min_scale": 6}, "min_scale"),
    "reserved port": ({"port": 9090}, "port"),
    "too little memory for the CPU": ({"mvcpu_limit": 2049}, "memory_limit_bytes"),
    "too much memory for the CPU": ({"mvcpu_limit": 500}, "memory_limit_bytes"),
    "no threshold": ({"scaling_option": {}}, "scaling_option"),
    "too many secrets": ({"secret_environment_variables": {"a": "x" * 65_537}}, "secret_environment_variables.a"),
    "nothing to keep": ({"secret_environment_variables": {"a": ""}}, "secret_environment_variables.a"),
    "too many variables": ({"environment_variables": {f"v{n}": "" for n in range(91)}}, "environment_variables"),
}


@pytest.mark.parametrize("name", UNSUITABLE)
def test_what_does_not_suit_is_refused_and_changes_nothing(containers: ContainerCloud, name: str) -> None:
    changes, argument = UNSUITABLE[name]
    owner = containers.ready_namespace(environment_variables={f"n{n}": "" for n in range(10)})
    refused = containers.send("POST", "/containers", container_body(owner["id"], **changes))
    assert set(complaints(refused)) == {argument}
    assert containers.get("/containers")["total_count"] == 0
    before = containers.settled(f"/containers/{containers.make_container(owner['id'])['id']}")
    path = f"/containers/{before['id']}"
    assert set(complaints(containers.send("PATCH", path, changes))) == {argument}
    assert containers.get(path) == before


def test_memory_that_does_not_suit_the_cpu_is_explained_in_the_reported_words(containers: ContainerCloud) -> None:
    owner = containers.ready_namespace()
    body = container_body(owner["id"], mvcpu_limit=2000, memory_limit_bytes=1_999_000_000)
    detail = containers.send("POST", "/containers", body).json()["details"][0]
    words = "2000 mvCPU require a minimum of 2000 MB and a maximum of 8000 MB of memory"
    assert detail["help_message"] == words
    for memory in (2_000_000_000, 8_000_000_000):
        body = {**body, "name": f"m{memory}", "memory_limit_bytes": memory}
        assert containers.make("POST", "/containers", body)["memory_limit_bytes"] == memory


@pytest.mark.parametrize("length", [53, 54])
def test_a_name_fits_into_the_address_of_the_container(containers: ContainerCloud, length: int) -> None:
    owner = containers.ready_namespace(name="a")
    answer = containers.send("POST", "/containers", container_body(owner["id"], name="x" * length))
    assert answer.status_code == 200 if length == 53 else set(complaints(answer)) == {"name"}


def test_a_trigger_has_a_source_and_keeps_its_kind(containers: ContainerCloud) -> None:
    owner = containers.ready_container()
    body = {"container_id": owner["id"], "name": "tick"}
    assert complaints(containers.send("POST", "/triggers", body)) == {"cron_config": "required"}
    servers = {**NATS, "server_urls": []}
    answer = containers.send("POST", "/triggers", {**body, "nats_config": servers})
    assert complaints(answer) == {"nats_config.server_urls": "constraint"}
    assert containers.get("/triggers")["total_count"] == 0
    made = containers.settled(f"/triggers/{containers.make_trigger(owner['id'])['id']}")
    other = {"sqs_config": {"endpoint": "https://b"}}
    assert complaints(containers.send("PATCH", f"/triggers/{made['id']}", other)) == {"sqs_config": "constraint"}
    assert containers.get(f"/triggers/{made['id']}") == made


MISSING = {
    "namespace": ("GET", "/namespaces/{id}", None),
    "namespace to delete": ("DELETE", "/namespaces/{id}", None),
    "namespace to change": ("PATCH", "/namespaces/{id}", {}),
    "namespace of a container": ("POST", "/containers", container_body(UNKNOWN_ID)),
    "container": ("GET", "/containers/{id}", None),
    "container to deploy": ("POST", "/containers/{id}/redeploy", {}),
    "container of a trigger": ("POST", "/triggers", {**TRIGGER, "cron_config": CRON}),
    "container of a domain": ("POST", "/domains", DOMAIN),
    "trigger": ("GET", "/triggers/{id}", None),
    "domain": ("DELETE", "/domains/{id}", None),
}


@pytest.mark.parametrize("name", MISSING)
def test_what_is_not_there_is_answered_in_the_recorded_words(containers: ContainerCloud, name: str) -> None:
    method, path, body = MISSING[name]
    answer = containers.send(method, path.format(id=UNKNOWN_ID.upper()), body)
    assert (answer.status_code, answer.json()) == (
        404,
        {
            "message": "resource is not found",
            "resource": name.split()[0],
            "resource_id": UNKNOWN_ID,
            "type": "not_found",
        },
    )


def test_names_and_hostnames_are_taken_once(containers: ContainerCloud) -> None:
    owner = containers.ready_container()
    domain = containers.make_domain(owner["id"])
    taken = {
        "/namespaces": (namespace_body(), owner["namespace_id"]),
        "/containers": (container_body(owner["namespace_id"]), owner["id"]),
        "/domains": ({"container_id": owner["id"], "hostname": "WWW.example.com"}, domain["id"]),
    }
    for path, (body, identifier) in taken.items():
        answer = containers.send("POST", path, body)
        assert (answer.status_code, answer.json()["type"]) == (409, "already_exists")
        assert answer.json()["resource_id"] == identifier
    elsewhere = containers.ready_namespace(project_id=UNKNOWN_ID)
    assert containers.make_container(elsewhere["id"])["name"] == "web"
    assert containers.make_trigger(owner["id"])["name"] == containers.make_trigger(owner["id"])["name"]


def test_there_are_only_so_many_of_everything(containers: ContainerCloud) -> None:
    owner = containers.ready_container()
    for number in range(50):
        containers.make_domain(owner["id"], hostname=f"host-{number}.example.com")
    for number in range(1, 100):
        containers.make_namespace(name=f"n{number}")
    answers = {
        "domain": containers.send("POST", "/domains", {"container_id": owner["id"], "hostname": "a.example.com"}),
        "namespace": containers.send("POST", "/namespaces", namespace_body(name="a")),
    }
    for resource, answer in answers.items():
        assert (answer.status_code, answer.json()["type"]) == (403, "quotas_exceeded")
        assert answer.json()["details"][0]["resource"] == resource
    assert containers.make_namespace(name="a", project_id=UNKNOWN_ID)["name"] == "a"


def test_an_organisation_has_a_thousand_containers_besides_the_seeded_ones(containers: ContainerCloud) -> None:
    containers.emulator.seed(containers=3)
    owners = [containers.ready_namespace(project_id=project)["id"] for project in (PROJECT_ID, UNKNOWN_ID)]
    url, headers = f"{containers.emulator.url}/containers/v1/regions/fr-par/containers", {"X-Auth-Token": TOKEN}
    with requests.Session() as session:
        for number in range(1000):
            body = container_body(owners[number % 2], name=f"c{number}")
            assert session.post(url, json=body, headers=headers, timeout=10).status_code == 200
    answer = containers.send("POST", "/containers", container_body(owners[0]))
    assert (answer.status_code, answer.json()["details"]) == (
        403,
        [{"resource": "container", "quota": 1000, "current": 1000}],
    )
    seeded = containers.get("/namespaces", name="namespace-00000")["namespaces"][0]
    assert containers.make_container(seeded["id"])["name"] == "web"


WRONG_QUERIES: dict[str, tuple[str, dict[str, Any], dict[str, str]]] = {
    "page zero": ("/containers", {"page": 0}, {"page": "constraint"}),
    "order of another kind": ("/domains", {"order_by": "name_asc"}, {"order_by": "constraint"}),
    "malformed namespace": ("/triggers", {"namespace_id": "shop"}, {"namespace_id": "format"}),
    "unknown kind of source": ("/triggers", {"trigger_type": "kafka"}, {"trigger_type": "constraint"}),
}


@pytest.mark.parametrize("name", WRONG_QUERIES)
def test_a_wrong_query_is_refused(containers: ContainerCloud, name: str) -> None:
    path, query, expected = WRONG_QUERIES[name]
    assert complaints(containers.send("GET", path, **query)) == expected


@pytest.mark.parametrize("locality", ["regions/fr-par-1", "regions/us-nyc"])
def test_an_unknown_region_is_refused(containers: ContainerCloud, locality: str) -> None:
    answer = ContainerCloud(containers.emulator, locality).send("GET", "/containers")
    assert complaints(answer) == {"region": "constraint"}


def test_zones_and_older_versions_are_not_served(containers: ContainerCloud) -> None:
    assert ContainerCloud(containers.emulator, "zones/fr-par-1").send("GET", "/containers").status_code == 404
    older = ContainerCloud(containers.emulator, product="containers/v1beta1")
    assert older.send("GET", "/containers").status_code == 404
