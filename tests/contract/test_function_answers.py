# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator answers about functions: defaults, keys, partial updates, secrets, lists."""

from __future__ import annotations

import re
from typing import Any

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from contract.cloud import PROJECT_ID, UNKNOWN_ID
from contract.function_cloud import SCW_NATS, SCW_SQS, SQS, FunctionCloud

NETWORK_ID = "40000000-0000-4000-8000-000000000004"
STARTED: dict[str, Any] = {
    "name": "hook",
    "description": "",
    "status": "created",
    "min_scale": 0,
    "max_scale": 5,
    "runtime": "python313",
    "memory_limit": 256,
    "cpu_limit": 140,
    "timeout": "300s",
    "handler": "handler.handle",
    "privacy": "public",
    "http_option": "enabled",
    "sandbox": "v2",
    "tags": [],
    "environment_variables": {},
    "secret_environment_variables": [],
    "error_message": None,
    "build_message": None,
    "runtime_message": "",
    "ready_at": None,
    "private_network_id": None,
    "region": "fr-par",
}


def test_a_function_starts_with_the_recorded_defaults(functions: FunctionCloud) -> None:
    namespace = functions.ready_namespace(name="tf-tests-function-cron-with-args")
    unset = {"sandbox": "unknown_sandbox", "privacy": "unknown_privacy", "http_option": "unknown_http_option"}
    made = functions.make_function(namespace["id"], tags=None, secret_environment_variables=None, **unset)
    assert all(made.pop(key) for key in ("id", "created_at", "updated_at"))
    assert re.fullmatch(
        r"tftestsfunctioncronw[a-z0-9]{8}-hook\.functions\.fnc\.fr-par\.scw\.cloud", made["domain_name"]
    )
    assert namespace["registry_endpoint"] == f"rg.fr-par.scw.cloud/funcscw{made.pop('domain_name').split('-')[0]}"
    assert made == {**STARTED, "namespace_id": namespace["id"]}


def test_a_namespace_has_a_registry_only_once_it_is_ready(slow_functions: FunctionCloud) -> None:
    made = slow_functions.make_namespace(activate_vpc_integration=True)
    assert all(made.pop(key) for key in ("id", "created_at", "updated_at", "organization_id"))
    assert made == {
        "name": "shop",
        "project_id": PROJECT_ID,
        "status": "pending",
        "description": "",
        "tags": [],
        "environment_variables": {},
        "secret_environment_variables": [],
        "error_message": None,
        "registry_endpoint": "",
        "registry_namespace_id": "",
        "region": "fr-par",
        "vpc_integration_activated": True,
    }
    ready = slow_functions.ready_namespace(name="other")
    assert len(ready["registry_namespace_id"]) == 36
    assert ready["vpc_integration_activated"] is False


PARTS: dict[str, set[str]] = {
    "crons": {"id", "function_id", "schedule", "args", "status", "name"},
    "domains": {"id", "hostname", "function_id", "url", "status", "error_message"},
    "tokens": {"id", "token", "function_id", "public_key", "status", "description", "expires_at"},
    "triggers": {
        *("id", "name", "description", "function_id", "input_type", "status", "error_message"),
        "sqs_config",
    },
}


def test_parts_have_exactly_the_recorded_keys_at_all_times(functions: FunctionCloud) -> None:
    paths = functions.make_parts(functions.make_function()["id"])
    for kind, path in paths.items():
        shown = functions.get(path)
        assert (set(shown), shown["status"]) == (PARTS[kind], "ready")
        gone = functions.make("DELETE", path)
        assert (set(gone), gone["status"]) == (PARTS[kind], "deleting")


def test_dates_have_nine_digits_in_the_write_that_sets_them_and_six_later(functions: FunctionCloud) -> None:
    made = functions.make_function()
    path = f"/functions/{made['id']}"
    assert re.fullmatch(r".*\.\d{9}Z", made["created_at"])
    assert re.fullmatch(r".*\.\d{6}Z", functions.get(path)["created_at"])
    ready = functions.deployed(made["id"])
    assert ready["ready_at"] < ready["updated_at"]
    again = functions.deployed(made["id"])
    assert again["ready_at"] == ready["ready_at"]
    assert again["updated_at"] > ready["updated_at"]
    gone = functions.make("DELETE", path)
    assert (len(gone["created_at"]), len(gone["updated_at"])) == (27, 30)


@pytest.mark.parametrize(
    ("memory", "cpu"), [(128, 70), (256, 140), (512, 280), (1024, 560), (2048, 1120), (4096, 2240)]
)
def test_the_cpu_follows_from_the_memory(functions: FunctionCloud, memory: int, cpu: int) -> None:
    assert functions.make_function(memory_limit=memory)["cpu_limit"] == cpu


@pytest.mark.parametrize(
    ("runtime", "handler"), [("go126", "Handle"), ("rust196", "handle"), ("php84", "handler.handle")]
)
def test_the_handler_follows_from_the_runtime(functions: FunctionCloud, runtime: str, handler: str) -> None:
    made = functions.make_function(runtime=runtime)
    assert made["handler"] == handler
    named = functions.make_function(made["namespace_id"], name="own", runtime=runtime, handler="own.run")
    assert named["handler"] == "own.run"


# What is sent to an update, the key and what is shown for it.
UPDATES: dict[str, tuple[dict[str, Any], str, Any]] = {
    "description": ({"description": "x"}, "description", "x"),
    "no description": ({"description": ""}, "description", ""),
    "null": ({"description": None}, "description", "before"),
    "timeout": ({"timeout": "10.500000000s"}, "timeout", "10.500s"),
    "unknown runtime": ({"runtime": "unknown_runtime"}, "runtime", "python313"),
    "runtime": ({"runtime": "python314"}, "runtime", "python314"),
    "unknown privacy": ({"privacy": "unknown_privacy"}, "privacy", "private"),
    "privacy": ({"privacy": "public"}, "privacy", "public"),
    "unknown option": ({"http_option": "unknown_http_option"}, "http_option", "enabled"),
    "option": ({"http_option": "redirected"}, "http_option", "redirected"),
    "sandbox": ({"sandbox": "v1"}, "sandbox", "v1"),
    "handler": ({"handler": "handler.run"}, "handler", "handler.run"),
    "scale": ({"min_scale": 2}, "min_scale", 2),
    "no tags": ({"tags": []}, "tags", []),
    "null for tags": ({"tags": None}, "tags", ["a"]),
    "no variables": ({"environment_variables": {}}, "environment_variables", {}),
    "other variables": ({"environment_variables": {"b": "2"}}, "environment_variables", {"b": "2"}),
    "detached": ({"private_network_id": ""}, "private_network_id", None),
    "attached": ({"private_network_id": UNKNOWN_ID}, "private_network_id", UNKNOWN_ID),
}


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_changes_what_it_names_and_nothing_else(functions: FunctionCloud, name: str) -> None:
    body, key, expected = UPDATES[name]
    before = functions.deployed_function(
        description="before",
        privacy="private",
        tags=["a"],
        environment_variables={"a": "1"},
        secret_environment_variables=[{"key": "s", "value": "one"}],
        private_network_id=NETWORK_ID,
    )
    path = f"/functions/{before['id']}"
    changed = functions.make("PATCH", path, body)
    assert (changed[key], changed["status"]) == (expected, "pending")
    after = functions.get(path)
    assert (after[key], after["status"]) == (expected, "ready")
    assert {name for name in set(before) - {key, "updated_at"} if before[name] != after[name]} == set()


def by_key(record: Any) -> dict[str, str]:
    return {item["key"]: item["hashed_value"] for item in record["secret_environment_variables"]}


def secrets(**values: str | None) -> dict[str, Any]:
    return {"secret_environment_variables": [{"key": key, "value": value} for key, value in values.items()]}


def test_secrets_are_hashes_in_the_order_sent(functions: FunctionCloud) -> None:
    made = functions.make_function(**secrets(second="one", first="one"))
    assert [item["key"] for item in made["secret_environment_variables"]] == ["second", "first"]
    hashes = by_key(made)
    form = r"\$argon2id\$v=19\$m=65536,t=1,p=2\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}"
    assert all(re.fullmatch(form, text) for text in hashes.values())
    assert hashes["first"] != hashes["second"]
    assert all(PasswordHasher().verify(text, "one") for text in hashes.values())
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(hashes["first"], "two")
    assert "'one'" not in str(functions.emulator.state())


@pytest.mark.parametrize("kind", ["namespaces", "functions"])
def test_a_write_of_secrets_is_merged_by_key(functions: FunctionCloud, kind: str) -> None:
    namespace = functions.ready_namespace(**secrets(kept="one", gone="two", same="three"))
    function = functions.make_function(namespace["id"], **secrets(kept="one", gone="two", same="three"))
    path = f"/{kind}/{namespace['id'] if kind == 'namespaces' else function['id']}"
    before = by_key(functions.get(path))
    body = secrets(gone=None, same="three", new="x", absent=None)
    after = by_key(functions.make("PATCH", path, body))
    assert set(after) == {"kept", "same", "new"}
    assert after["kept"] == before["kept"]
    assert after["same"] != before["same"]
    assert PasswordHasher().verify(after["same"], "three")
    for nothing in ({}, {"secret_environment_variables": None}, {"secret_environment_variables": []}):
        functions.settled(path)
        assert by_key(functions.make("PATCH", path, nothing)) == after
    functions.settled(path)
    bare = {"secret_environment_variables": [{"key": key} for key in after]}
    assert by_key(functions.make("PATCH", path, bare)) == {}


SOURCES: dict[str, tuple[dict[str, Any], Any, Any]] = {
    "scw_sqs": (SCW_SQS, {**SCW_SQS, "mnq_credential_id": None}, SCW_SQS),
    "scw_nats": (SCW_NATS, {**SCW_NATS, "mnq_credential_id": None}, SCW_NATS),
    "sqs": (SQS, {**SQS, "secret_key": ""}, {**SQS, "secret_key": ""}),
}


@pytest.mark.parametrize("kind", SOURCES)
def test_a_trigger_gets_credentials_of_its_own_when_it_is_ready(slow_functions: FunctionCloud, kind: str) -> None:
    given, first, then = SOURCES[kind]
    body = {"function_id": slow_functions.make_function()["id"], "name": "orders", f"{kind}_config": given}
    made = slow_functions.make("POST", "/triggers", body)
    assert (made["input_type"], made["status"], made[f"{kind}_config"]) == (kind, "creating", first)
    ready = slow_functions.settled(f"/triggers/{made['id']}")[f"{kind}_config"]
    credential = ready.pop("mnq_credential_id", None)
    assert (ready, credential is None) == (then, kind == "sqs")
    assert "hush" not in str(slow_functions.emulator.state())


def test_a_trigger_takes_another_key_and_another_name(functions: FunctionCloud) -> None:
    path = functions.make_parts(functions.make_function()["id"])["triggers"]
    changed = functions.make("PATCH", path, {"name": "b", "sqs_config": {"access_key": "c", "secret_key": "hush"}})
    assert (changed["name"], changed["sqs_config"]) == ("b", {**SQS, "access_key": "c", "secret_key": ""})
    functions.settled(path)
    assert functions.make("PATCH", path, {"description": "d"})["sqs_config"] == changed["sqs_config"]


@pytest.mark.parametrize("owner", ["function_id", "namespace_id"])
def test_a_token_is_shown_once(functions: FunctionCloud, owner: str) -> None:
    function = functions.make_function()
    owner_id = function["id" if owner == "function_id" else "namespace_id"]
    made = functions.make("POST", "/tokens", {owner: owner_id, "expires_at": "2030-01-01T02:00:00+02:00"})
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", made["token"])
    assert made["public_key"].startswith("-----BEGIN RSA PUBLIC KEY-----\n")
    assert (made["status"], made["expires_at"], made[owner]) == ("creating", "2030-01-01T00:00:00Z", owner_id)
    assert not {"function_id", "namespace_id"} - {owner} & set(made)
    kept = functions.get(f"/tokens/{made['id']}")
    assert kept == {**made, "status": "ready", "token": "<hidden>", "public_key": ""}
    assert functions.get("/tokens")["tokens"] == [kept]
    assert functions.make("DELETE", f"/tokens/{made['id']}") == {**kept, "status": "deleting", "token": ""}
    assert made["token"] not in str(functions.emulator.state())


def test_a_cron_has_a_name_and_moves_to_another_function(functions: FunctionCloud) -> None:
    first = functions.make_function()
    second = functions.make_function(first["namespace_id"], name="other")
    made = functions.make("POST", "/crons", {"function_id": first["id"], "schedule": "0 0 * * *"})
    assert (made["args"], bool(made["name"]), made["status"]) == ({}, True, "pending")
    path = f"/crons/{made['id']}"
    functions.settled(path)
    changed = functions.make("PATCH", path, {"function_id": second["id"], "args": {"a": [1, None]}})
    assert changed == {**made, "function_id": second["id"], "args": {"a": [1, None]}}
    functions.settled(path)
    assert functions.get("/crons", function_id=first["id"])["crons"] == []
    assert len(functions.get("/crons", function_id=second["id"])["crons"]) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"description": "x", "tags": ["a"]}, "ready"),
        ({"environment_variables": {"a": "1"}}, "ready"),
        ({"environment_variables": {"a": "2"}}, "pending"),
        (secrets(absent=None), "ready"),
        (secrets(b="one"), "pending"),
    ],
)
def test_a_namespace_is_pending_only_for_other_variables(
    functions: FunctionCloud, body: dict[str, Any], status: str
) -> None:
    made = functions.ready_namespace(environment_variables={"a": "1"}, **secrets(b="one"))
    assert functions.make("PATCH", f"/namespaces/{made['id']}", body)["status"] == status


def test_lists_are_filtered_exactly_and_by_what_is_around(functions: FunctionCloud) -> None:
    shop = functions.ready_namespace(name="shop")
    shops = functions.ready_namespace(name="shops", project_id=UNKNOWN_ID)
    first = functions.make_function(shop["id"], name="web")
    functions.make_function(shop["id"], name="web-2")
    functions.make_function(shops["id"], name="web")
    queries: list[tuple[str, dict[str, Any], list[str]]] = [
        ("namespaces", {"name": "shop"}, [shop["id"]]),
        ("namespaces", {"project_id": UNKNOWN_ID}, [shops["id"]]),
        ("namespaces", {"organization_id": UNKNOWN_ID}, []),
        ("functions", {"name": "web", "namespace_id": shop["id"]}, [first["id"]]),
        ("functions", {"project_id": UNKNOWN_ID, "namespace_id": shop["id"]}, []),
        ("functions", {"namespace_id": UNKNOWN_ID}, []),
    ]
    for kind, query, expected in queries:
        assert [found["id"] for found in functions.get(f"/{kind}", **query)[kind]] == expected, query


def test_parts_are_found_by_what_they_belong_to(functions: FunctionCloud) -> None:
    first = functions.make_function()
    second = functions.make_function(first["namespace_id"], name="other")
    functions.make_parts(first["id"])
    functions.make("POST", "/tokens", {"namespace_id": first["namespace_id"]})
    for kind in PARTS:
        assert functions.get(f"/{kind}", function_id=first["id"])["total_count"] == 1
        assert functions.get(f"/{kind}", function_id=second["id"])["total_count"] == 0
    for query, count in (({"namespace_id": first["namespace_id"]}, 1), ({"project_id": PROJECT_ID}, 1)):
        assert functions.get("/triggers", **query)["total_count"] == count
    assert functions.get("/triggers", project_id=UNKNOWN_ID)["total_count"] == 0
    assert functions.get("/tokens", namespace_id=first["namespace_id"])["total_count"] == 1
    assert functions.get("/tokens")["total_count"] == 2


def test_every_runtime_is_on_one_page(functions: FunctionCloud) -> None:
    functions.emulator.settings(max_page_size=2)
    shown = functions.get("/runtimes")
    runtimes = {runtime["name"]: runtime for runtime in shown["runtimes"]}
    assert len(runtimes) == len(shown["runtimes"]) == shown["total_count"] == 41
    assert set(runtimes["node22"]) == {
        *("name", "language", "version", "default_handler", "code_sample", "status", "status_message"),
        *("extension", "implementation", "logo_url"),
    }
    chosen = {name: runtimes[name] for name in ("node22", "python39", "go113", "rust179")}
    assert {(name, found["status"], found["version"]) for name, found in chosen.items()} == {
        ("node22", "available", "22"),
        ("python39", "deprecated", "3.9"),
        ("go113", "end_of_life", "1.13"),
        ("rust179", "end_of_support", "1.79"),
    }
    assert (runtimes["golang"]["default_handler"], runtimes["node22"]["status_message"]) == (".", "")


def test_seeding_spreads_over_regions_and_gives_new_names_each_time(functions: FunctionCloud) -> None:
    counts = {f"{kind}_per_function": 2 for kind in PARTS}
    made = functions.emulator.seed(function_namespaces=3, functions=63, **counts)
    kinds = {f"function_{kind}": 126 for kind in PARTS}
    assert made == {"function_namespaces": 3, "functions": 63, **kinds}
    assert functions.emulator.seed(functions=1) == {"function_namespaces": 1, "functions": 1}
    (namespace, *more) = functions.get("/namespaces")["namespaces"]
    assert len(more) == 1
    pages = [functions.get("/functions", namespace_id=namespace["id"], page=page)["functions"] for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 1, 0]
    function = pages[0][0]
    assert (function["status"], functions.download(function["id"]).status_code) == ("ready", 200)
    for kind in PARTS:
        assert functions.get(f"/{kind}", function_id=function["id"])["total_count"] == 2
    functions.make("PATCH", f"/functions/{function['id']}", {"description": "x"})
    assert functions.get(f"/functions/{function['id']}")["status"] == "ready"


def test_an_object_of_another_region_is_not_there(functions: FunctionCloud) -> None:
    function = functions.make_function()
    elsewhere = FunctionCloud(functions.emulator, "regions/nl-ams")
    assert elsewhere.send("GET", f"/functions/{function['id']}").status_code == 404
    assert elsewhere.get("/namespaces")["total_count"] == 0
    assert elsewhere.make_namespace(name="shop")["region"] == "nl-ams"
