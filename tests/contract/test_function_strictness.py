# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator refuses wrong requests about functions, naming the argument, and says what is missing or taken."""

from __future__ import annotations

from typing import Any

import pytest

from contract.cloud import PROJECT_ID, UNKNOWN_ID, complaints
from contract.function_cloud import SCW_NATS, SCW_SQS, SQS, FunctionCloud, function_body, namespace_body

Write = tuple[str, str, Any]
OWNER = {"function_id": UNKNOWN_ID}
CRON = {**OWNER, "schedule": "5 4 * * *"}
DOMAIN = {**OWNER, "hostname": "www.example.com"}
TRIGGER = {**OWNER, "name": "orders"}


def function(**changes: Any) -> Write:
    return "POST", "/functions", function_body(UNKNOWN_ID, **changes)


def update(**changes: Any) -> Write:
    return "PATCH", f"/functions/{UNKNOWN_ID}", changes


def namespace(**changes: Any) -> Write:
    return "POST", "/namespaces", namespace_body(**changes)


def cron(**changes: Any) -> Write:
    return "POST", "/crons", {**CRON, **changes}


def trigger(**changes: Any) -> Write:
    return "POST", "/triggers", {**TRIGGER, **changes}


def change(kind: str, **changes: Any) -> Write:
    return "PATCH", f"/{kind}/{UNKNOWN_ID}", changes


def without(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}


def secret(**item: Any) -> dict[str, Any]:
    return {"secret_environment_variables": [item]}


WRONG_REQUESTS: dict[str, tuple[Write, dict[str, str]]] = {
    "namespace without project": (namespace(project_id=None), {"project_id": "required"}),
    "namespace without name": (namespace(name=None), {"name": "required"}),
    "name beginning with a number": (namespace(name="1shop"), {"name": "constraint"}),
    "name ending with a hyphen": (function(name="hook-"), {"name": "constraint"}),
    "name with an underscore": (function(name="hook_1"), {"name": "constraint"}),
    "empty name": (function(name=""), {"name": "constraint"}),
    "function without name": (function(name=None), {"name": "required"}),
    "no runtime": (function(runtime=None), {"runtime": "required"}),
    "runtime nobody has": (function(runtime="cobol60"), {"runtime": "constraint"}),
    "renamed namespace": (change("namespaces", name="a"), {"name": "unknown"}),
    "network of a namespace": (
        change("namespaces", activate_vpc_integration=True),
        {"activate_vpc_integration": "unknown"},
    ),
    "renamed function": (update(name="api"), {"name": "unknown"}),
    "moved function": (update(namespace_id=UNKNOWN_ID), {"namespace_id": "unknown"}),
    "computed field": (update(cpu_limit=70), {"cpu_limit": "unknown"}),
    "deployment at creation": (function(redeploy=True), {"redeploy": "unknown"}),
    "memory between two sizes": (function(memory_limit=300), {"memory_limit": "constraint"}),
    "memory as text": (update(memory_limit="256"), {"memory_limit": "constraint"}),
    "too many instances": (function(max_scale=51), {"max_scale": "constraint"}),
    "no instances": (update(max_scale=0), {"max_scale": "constraint"}),
    "scale as text": (update(min_scale="1"), {"min_scale": "format"}),
    "too long": (function(timeout="901s"), {"timeout": "constraint"}),
    "no time": (update(timeout="0s"), {"timeout": "constraint"}),
    "number for a duration": (update(timeout=10), {"timeout": "format"}),
    "empty handler": (function(handler=""), {"handler": "constraint"}),
    "privacy nobody has": (update(privacy="hidden"), {"privacy": "constraint"}),
    "option nobody has": (update(http_option="disabled"), {"http_option": "constraint"}),
    "sandbox nobody has": (update(sandbox="v3"), {"sandbox": "constraint"}),
    "text for a list": (update(tags="a"), {"tags": "format"}),
    "number for a variable": (function(environment_variables={"a": 1}), {"environment_variables.a": "format"}),
    "reserved variable": (function(environment_variables={"PORT": "1"}), {"environment_variables.PORT": "constraint"}),
    "long variable": (update(environment_variables={"a": "x" * 1001}), {"environment_variables.a": "constraint"}),
    "map of secrets": (
        function(secret_environment_variables={"a": "b"}),
        {"secret_environment_variables": "format"},
    ),
    "secret without key": (namespace(**secret(value="a")), {"secret_environment_variables.0.key": "required"}),
    "reserved secret": (
        update(**secret(key="SCW_KEY", value="a")),
        {"secret_environment_variables.0.key": "constraint"},
    ),
    "hash for a secret": (
        update(**secret(key="a", hashed_value="b")),
        {"secret_environment_variables.0.hashed_value": "unknown"},
    ),
    "malformed network": (function(private_network_id="lan"), {"private_network_id": "format"}),
    "malformed id": (("GET", "/functions/hook", None), {"function_id": "format"}),
    "schedule of four fields": (cron(schedule="* * * *"), {"schedule": "constraint"}),
    "no schedule": (("POST", "/crons", OWNER), {"schedule": "required"}),
    "list of arguments": (cron(args=["a"]), {"args": "format"}),
    "empty name of a cron": (change("crons", name=""), {"name": "constraint"}),
    "hostname without dots": (("POST", "/domains", {**DOMAIN, "hostname": "www"}), {"hostname": "constraint"}),
    "hostname as URL": (("POST", "/domains", {**DOMAIN, "hostname": "https://a.b"}), {"hostname": "constraint"}),
    "token for both": (
        ("POST", "/tokens", {**OWNER, "namespace_id": UNKNOWN_ID}),
        {"namespace_id": "constraint"},
    ),
    "token for nothing": (("POST", "/tokens", {}), {"function_id": "required"}),
    "token with a name": (("POST", "/tokens", {**OWNER, "name": "a"}), {"name": "unknown"}),
    "date without offset": (
        ("POST", "/tokens", {**OWNER, "expires_at": "2030-01-01T00:00:00"}),
        {"expires_at": "format"},
    ),
    "date that is none": (
        ("POST", "/tokens", {**OWNER, "expires_at": "2030-02-30T00:00:00Z"}),
        {"expires_at": "format"},
    ),
    "two sources": (trigger(scw_sqs_config=SCW_SQS, sqs_config=SQS), {"sqs_config": "constraint"}),
    "queue without project": (
        trigger(scw_sqs_config=without(SCW_SQS, "mnq_project_id")),
        {"scw_sqs_config.mnq_project_id": "required"},
    ),
    "queue where there are none": (
        trigger(scw_sqs_config={**SCW_SQS, "mnq_region": "pl-waw"}),
        {"scw_sqs_config.mnq_region": "constraint"},
    ),
    "subject without account": (
        trigger(scw_nats_config=without(SCW_NATS, "mnq_nats_account_id")),
        {"scw_nats_config.mnq_nats_account_id": "required"},
    ),
    "queue without key": (trigger(sqs_config=without(SQS, "secret_key")), {"sqs_config.secret_key": "required"}),
    "another queue": (
        change("triggers", sqs_config={"queue_url": "https://b"}),
        {"sqs_config.queue_url": "unknown"},
    ),
    "another source": (change("triggers", scw_sqs_config=SCW_SQS), {"scw_sqs_config": "unknown"}),
    "moved trigger": (change("triggers", function_id=UNKNOWN_ID), {"function_id": "unknown"}),
    "region in a body": (namespace(region="fr-par"), {"region": "unknown"}),
}


@pytest.mark.parametrize("name", WRONG_REQUESTS)
def test_a_wrong_request_is_refused_naming_the_argument(functions: FunctionCloud, name: str) -> None:
    write, expected = WRONG_REQUESTS[name]
    assert complaints(functions.send(*write)) == expected
    assert all(kept == [] for kept in functions.emulator.state().values())


# What is right by itself, but not beside the rest.
UNSUITABLE: dict[str, tuple[dict[str, Any], str]] = {
    "fewest above most": ({"min_scale": 6}, "min_scale"),
    "runtime without support": ({"runtime": "node20"}, "runtime"),
    "runtime at its end": ({"runtime": "python37"}, "runtime"),
    "large secret": (secret(key="a", value="x" * 65_537), "secret_environment_variables.0.value"),
    "empty secret": (secret(key="a", value=""), "secret_environment_variables.0.value"),
    "secret given twice": (
        {"secret_environment_variables": [{"key": "a", "value": "b"}, {"key": "a", "value": "c"}]},
        "secret_environment_variables.1.key",
    ),
    "too many variables": ({"environment_variables": {f"v{n}": "" for n in range(91)}}, "environment_variables"),
}


@pytest.mark.parametrize("name", UNSUITABLE)
def test_what_does_not_suit_is_refused_and_changes_nothing(functions: FunctionCloud, name: str) -> None:
    changes, argument = UNSUITABLE[name]
    owner = functions.ready_namespace(environment_variables={f"n{n}": "" for n in range(10)})
    assert set(complaints(functions.send("POST", "/functions", function_body(owner["id"], **changes)))) == {argument}
    assert functions.get("/functions", namespace_id=owner["id"])["total_count"] == 0
    made = functions.make_function(owner["id"])
    path = f"/functions/{made['id']}"
    before = functions.get(path)
    assert set(complaints(functions.send("PATCH", path, changes))) == {argument}
    assert functions.get(path) == before


def test_a_creation_has_no_secret_to_remove(functions: FunctionCloud) -> None:
    answer = functions.send("POST", "/namespaces", namespace_body(**secret(key="a")))
    assert complaints(answer) == {"secret_environment_variables.0.value": "required"}


def test_an_unknown_runtime_is_none(functions: FunctionCloud) -> None:
    owner = functions.ready_namespace()
    answer = functions.send("POST", "/functions", function_body(owner["id"], runtime="unknown_runtime"))
    assert complaints(answer) == {"runtime": "required"}


def test_a_deprecated_runtime_can_be_used_and_says_so(functions: FunctionCloud) -> None:
    made = functions.make_function(runtime="python39")
    assert "deprecated" in made["runtime_message"]


@pytest.mark.parametrize("length", [52, 53])
def test_a_name_fits_into_the_address_of_the_function(functions: FunctionCloud, length: int) -> None:
    owner = functions.ready_namespace(name="aa")
    answer = functions.send("POST", "/functions", function_body(owner["id"], name="x" * length))
    assert answer.status_code == 200 if length == 52 else set(complaints(answer)) == {"name"}


def test_a_trigger_has_a_source_and_keeps_its_kind(functions: FunctionCloud) -> None:
    owner = {"function_id": functions.make_function()["id"], "name": "orders"}
    assert complaints(functions.send("POST", "/triggers", owner)) == {"scw_sqs_config": "required"}
    made = functions.make("POST", "/triggers", {**owner, "scw_sqs_config": SCW_SQS})
    path = f"/triggers/{made['id']}"
    before = functions.settled(path)
    answer = functions.send("PATCH", path, {"sqs_config": {"access_key": "a"}})
    assert complaints(answer) == {"sqs_config": "constraint"}
    assert functions.get(path) == before


MISSING: dict[str, tuple[Write, str]] = {
    "namespace": (("GET", "/namespaces/{id}", None), "Namespace was not found"),
    "namespace to delete": (("DELETE", "/namespaces/{id}", None), "Namespace was not found"),
    "namespace to change": (("PATCH", "/namespaces/{id}", {}), "Namespace was not found"),
    "namespace of a function": (("POST", "/functions", function_body(UNKNOWN_ID)), "Namespace was not found"),
    "namespace of a token": (("POST", "/tokens", {"namespace_id": UNKNOWN_ID}), "Namespace was not found"),
    "function": (("GET", "/functions/{id}", None), "Function was not found"),
    "function to deploy": (("POST", "/functions/{id}/deploy", {}), "Function was not found"),
    "function of a cron": (("POST", "/crons", CRON), "Function was not found"),
    "function of a domain": (("POST", "/domains", DOMAIN), "Function was not found"),
    "function of a trigger": (("POST", "/triggers", {**TRIGGER, "sqs_config": SQS}), "Function was not found"),
    "cron": (("PATCH", "/crons/{id}", {}), "Cron was not found"),
    "domain": (("DELETE", "/domains/{id}", None), "Domain was not found"),
    "token": (("GET", "/tokens/{id}", None), "Token was not found"),
    "trigger": (("GET", "/triggers/{id}", None), "trigger does not exist"),
    "trigger to delete": (
        ("DELETE", "/triggers/{id}", None),
        f"trigger does not exist: could not find trigger with id {UNKNOWN_ID}",
    ),
}


@pytest.mark.parametrize("name", MISSING)
def test_what_is_not_there_is_answered_in_the_recorded_words(functions: FunctionCloud, name: str) -> None:
    (method, path, body), message = MISSING[name]
    answer = functions.send(method, path.format(id=UNKNOWN_ID.upper()), body)
    assert (answer.status_code, answer.json()) == (404, {"message": message})


def test_a_cron_does_not_move_to_a_function_that_is_not_there(functions: FunctionCloud) -> None:
    path = functions.make_parts(functions.make_function()["id"])["crons"]
    before = functions.get(path)
    assert functions.send("PATCH", path, {"function_id": UNKNOWN_ID}).status_code == 404
    assert functions.get(path) == before


def test_names_and_hostnames_are_taken_once(functions: FunctionCloud) -> None:
    made = functions.make_function()
    owner = {"function_id": made["id"]}
    functions.make_parts(made["id"])
    taken: dict[str, tuple[Any, str]] = {
        "/namespaces": (namespace_body(), "Namespace already exist"),
        "/functions": (function_body(made["namespace_id"]), "Function already exist"),
        "/domains": ({**owner, "hostname": "WWW.example.com"}, "Domain already exist"),
    }
    for path, (body, message) in taken.items():
        answer = functions.send("POST", path, body)
        assert (answer.status_code, answer.json()) == (409, {"message": message})
    elsewhere = functions.ready_namespace(project_id=UNKNOWN_ID)
    assert functions.make_function(elsewhere["id"])["name"] == made["name"]
    for _each in range(2):
        functions.make("POST", "/crons", {**owner, "schedule": "* * * * *", "name": "tick"})
        functions.make("POST", "/triggers", {**owner, "name": "orders", "sqs_config": SQS})


WRONG_QUERIES: dict[str, tuple[str, dict[str, Any], dict[str, str]]] = {
    "page zero": ("/namespaces", {"page": 0}, {"page": "constraint"}),
    "order of another kind": (
        "/domains",
        {"function_id": UNKNOWN_ID, "order_by": "name_asc"},
        {"order_by": "constraint"},
    ),
    "functions of nothing": ("/functions", {}, {"namespace_id": "required"}),
    "crons of nothing": ("/crons", {}, {"function_id": "required"}),
    "domains of nothing": ("/domains", {}, {"function_id": "required"}),
    "triggers of nothing": ("/triggers", {}, {"function_id": "required"}),
    "triggers of two": (
        "/triggers",
        {"function_id": UNKNOWN_ID, "project_id": PROJECT_ID},
        {"project_id": "constraint"},
    ),
    "malformed namespace": ("/tokens", {"namespace_id": "shop"}, {"namespace_id": "format"}),
    "no length": (f"/functions/{UNKNOWN_ID}/upload-url", {}, {"content_length": "required"}),
    "length zero": (f"/functions/{UNKNOWN_ID}/upload-url", {"content_length": 0}, {"content_length": "constraint"}),
    "too large": (
        f"/functions/{UNKNOWN_ID}/upload-url",
        {"content_length": 104_857_601},
        {"content_length": "constraint"},
    ),
}


@pytest.mark.parametrize("name", WRONG_QUERIES)
def test_a_wrong_query_is_refused(functions: FunctionCloud, name: str) -> None:
    path, query, expected = WRONG_QUERIES[name]
    assert complaints(functions.send("GET", path, **query)) == expected


@pytest.mark.parametrize("locality", ["regions/fr-par-1", "regions/us-nyc"])
def test_an_unknown_region_is_refused(functions: FunctionCloud, locality: str) -> None:
    answer = FunctionCloud(functions.emulator, locality).send("GET", "/namespaces")
    assert complaints(answer) == {"region": "constraint"}


def test_what_the_api_does_not_have_is_not_served(functions: FunctionCloud) -> None:
    assert FunctionCloud(functions.emulator, "zones/fr-par-1").send("GET", "/namespaces").status_code == 404
    for method, path in (("PATCH", f"/domains/{UNKNOWN_ID}"), ("PATCH", f"/tokens/{UNKNOWN_ID}"), ("GET", "/logs")):
        assert functions.send(method, path, {}).status_code == 404
