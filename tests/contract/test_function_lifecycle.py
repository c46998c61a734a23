# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How functions and what belongs to them settle, what is refused meanwhile, and how that is programmed."""

from __future__ import annotations

from typing import Any

import pytest

from contract.cloud import PROJECT_ID, UNKNOWN_ID
from contract.function_cloud import CODE, SCW_SQS, FunctionCloud, function_body, namespace_body
from emulator.settings import BadControlInputError
from emulator.testing import Emulator

KINDS = ("function_namespace", "function", "function_cron", "function_domain", "function_token", "function_trigger")
CRON = {"schedule": "5 4 * * *"}


def statuses(cloud: FunctionCloud, path: str, reads: int) -> list[str]:
    return [cloud.get(path)["status"] for _attempt in range(reads)]


def test_a_namespace_is_pending_and_then_ready(slow_functions: FunctionCloud) -> None:
    slow_functions.emulator.settings(settle_reads=2)
    made = slow_functions.make_namespace()
    assert made["status"] == "pending"
    assert statuses(slow_functions, f"/namespaces/{made['id']}", 3) == ["pending", "pending", "ready"]


def test_lists_are_sightings_too(slow_functions: FunctionCloud) -> None:
    slow_functions.make_namespace()
    seen = [slow_functions.get("/namespaces")["namespaces"][0]["status"] for _attempt in range(2)]
    assert seen == ["pending", "ready"]


def test_a_function_stays_created_until_it_is_deployed(slow_functions: FunctionCloud) -> None:
    made = slow_functions.make_function()
    path = f"/functions/{made['id']}"
    assert statuses(slow_functions, path, 5) == ["created"] * 5
    slow_functions.upload(made["id"], CODE)
    assert slow_functions.get(path)["status"] == "created"
    assert slow_functions.make("POST", f"{path}/deploy", {})["status"] == "pending"
    assert statuses(slow_functions, path, 2) == ["pending", "ready"]


def test_a_build_tells_its_steps(slow_functions: FunctionCloud) -> None:
    slow_functions.emulator.settings(settle_reads=5)
    made = slow_functions.make_function()
    path = f"/functions/{made['id']}"
    slow_functions.upload(made["id"], CODE)
    assert slow_functions.make("POST", f"{path}/deploy", {})["build_message"] is None
    messages = [slow_functions.get(path)["build_message"] for _attempt in range(6)]
    assert messages == [
        None,
        "step 1 of 3: function build preparation in progress",
        "step 2 of 3: function build in progress",
        "step 3 of 3: function image is being pushed to container registry",
        "step 3 of 3: function image is being pushed to container registry",
        None,
    ]


@pytest.mark.parametrize("body", [{}, {"redeploy": True}, {"description": "x"}, {"redeploy": None}])
def test_an_update_without_code_fails_but_is_kept(slow_functions: FunctionCloud, body: dict[str, Any]) -> None:
    path = f"/functions/{slow_functions.make_function()['id']}"
    changed = slow_functions.make("PATCH", path, {"http_option": "redirected", **body})
    assert changed["status"] == "pending"
    assert statuses(slow_functions, path, 2) == ["pending", "error"]
    failed = slow_functions.get(path)
    assert (failed["error_message"], failed["http_option"]) == ("internal error", "redirected")
    again = slow_functions.make("PATCH", path, {"http_option": "enabled"})
    assert (again["status"], again["error_message"], again["http_option"]) == ("pending", None, "enabled")


def test_a_deployment_without_code_fails(functions: FunctionCloud) -> None:
    path = f"/functions/{functions.make_function()['id']}"
    functions.make("POST", f"{path}/deploy", {})
    assert functions.get(path)["error_message"] == "internal error"


def test_an_update_that_does_not_deploy_leaves_the_status(functions: FunctionCloud) -> None:
    made = functions.make_function()
    path = f"/functions/{made['id']}"
    body = {"description": "x", "redeploy": False}
    assert functions.make("PATCH", path, body)["status"] == "created"
    functions.deployed(made["id"])
    assert functions.make("PATCH", path, body)["status"] == "ready"
    functions.deployed(made["id"], b"no zip")
    kept = functions.make("PATCH", path, body)
    assert (kept["status"], kept["error_message"] is None) == ("error", False)


def test_an_update_of_a_part_is_pending(slow_functions: FunctionCloud) -> None:
    paths = slow_functions.make_parts(slow_functions.make_function()["id"])
    for kind, body in (("crons", {"args": {"a": 1}}), ("triggers", {"name": "b"})):
        assert slow_functions.make("PATCH", paths[kind], body)["status"] == "pending"
        assert statuses(slow_functions, paths[kind], 2) == ["pending", "ready"]


def test_a_domain_has_a_url_only_once_it_is_ready(slow_functions: FunctionCloud) -> None:
    body = {"function_id": slow_functions.make_function()["id"], "hostname": "WWW.example.com"}
    made = slow_functions.make("POST", "/domains", body)
    assert (made["url"], made["hostname"], made["status"]) == ("", "www.example.com", "pending")
    assert slow_functions.settled(f"/domains/{made['id']}")["url"] == "https://www.example.com"


def test_a_domain_that_does_not_resolve_is_refused_or_ends_in_error(functions: FunctionCloud) -> None:
    function = functions.make_function()
    body = {"function_id": function["id"], "hostname": "unresolved.example.com"}
    answer = functions.send("POST", "/domains", body)
    assert (answer.status_code, list(answer.json())) == (400, ["message"])
    assert answer.json()["message"].startswith("could not validate domain")
    made = functions.make("POST", "/domains", {**body, "hostname": "fail.example.com"})
    failed = functions.get(f"/domains/{made['id']}")
    address = f"https://{function['domain_name']}"
    words = f"failed to create domain: check that the domain correctly points to the function URL ({address})"
    assert (failed["status"], failed["error_message"], failed["url"]) == ("error", words, "")


def gone(cloud: FunctionCloud, *paths: str) -> list[int]:
    return [cloud.send("GET", path).status_code for path in paths]


def test_deleting_a_namespace_deletes_everything_in_it(slow_functions: FunctionCloud) -> None:
    function = slow_functions.make_function()
    paths = slow_functions.make_parts(function["id"])
    path = f"/namespaces/{function['namespace_id']}"
    token = slow_functions.make("POST", "/tokens", {"namespace_id": function["namespace_id"]})
    assert slow_functions.make("DELETE", path)["status"] == "deleting"
    state = slow_functions.emulator.state()
    assert {record["status"] for kind in KINDS for record in state[f"{kind}s"]} == {"deleting"}
    assert statuses(slow_functions, path, 1) == ["deleting"]
    below = (f"/functions/{function['id']}", f"/tokens/{token['id']}", *paths.values())
    assert gone(slow_functions, path, *below) == [404] * 7
    assert all(slow_functions.emulator.state()[f"{kind}s"] == [] for kind in KINDS)


def test_deleting_a_function_deletes_what_belongs_to_it(slow_functions: FunctionCloud) -> None:
    function = slow_functions.deployed_function()
    paths = slow_functions.make_parts(function["id"])
    path = f"/functions/{function['id']}"
    assert slow_functions.make("DELETE", path)["status"] == "deleting"
    assert statuses(slow_functions, path, 1) == ["deleting"]
    assert gone(slow_functions, path, *paths.values()) == [404] * 5
    assert slow_functions.get(f"/namespaces/{function['namespace_id']}")["status"] == "ready"


def test_a_namespace_is_deleted_while_its_function_still_is(slow_functions: FunctionCloud) -> None:
    function = slow_functions.make_function()
    slow_functions.make("DELETE", f"/functions/{function['id']}")
    assert slow_functions.send("DELETE", f"/namespaces/{function['namespace_id']}").status_code == 200


@pytest.mark.parametrize("reads", [1, 3])
def test_a_namespace_can_be_unknown_before_it_is_gone(slow_functions: FunctionCloud, reads: int) -> None:
    slow_functions.emulator.settings(unknown_before_gone=True, settle_reads=reads)
    path = f"/namespaces/{slow_functions.ready_namespace()['id']}"
    slow_functions.make("DELETE", path)
    assert statuses(slow_functions, path, reads) == [*["deleting"] * (reads - 1), "unknown"]
    assert slow_functions.send("GET", path).status_code == 404


Write = tuple[str, str, Any]


@pytest.fixture
def writes(functions: FunctionCloud) -> dict[str, list[Write]]:
    """Writes by what they meet."""
    function = functions.deployed_function()
    namespace, owner = function["namespace_id"], {"function_id": function["id"]}
    paths = functions.make_parts(function["id"])
    path = f"/functions/{function['id']}"
    met: dict[str, list[Write]] = {
        f"namespace {namespace}": [
            ("PATCH", f"/namespaces/{namespace}", {"description": "x"}),
            ("DELETE", f"/namespaces/{namespace}", None),
            ("POST", "/functions", function_body(namespace, name="other")),
            ("POST", "/tokens", {"namespace_id": namespace}),
        ],
        f"function {function['id']}": [
            ("PATCH", path, {"description": "x", "redeploy": False}),
            ("POST", f"{path}/deploy", {}),
            ("DELETE", path, None),
            ("POST", "/crons", {**owner, **CRON}),
            ("POST", "/domains", {**owner, "hostname": "a.example.com"}),
            ("POST", "/tokens", owner),
            ("POST", "/triggers", {**owner, "name": "b", "scw_sqs_config": SCW_SQS}),
        ],
    }
    for kind, where in paths.items():
        changes = [("PATCH", where, {"name": "x"})] if kind in ("crons", "triggers") else []
        met[f"{kind[:-1]} {where.rpartition('/')[2]}"] = [*changes, ("DELETE", where, None)]
    return met


def force(emulator: Emulator, status: str, kinds: tuple[str, ...] = KINDS) -> None:
    emulator.status([{"kind": kind, "status": status, "now": True} for kind in kinds])


def assert_busy(functions: FunctionCloud, writes: dict[str, list[Write]], status: str) -> None:
    for target, sent in writes.items():
        resource, identifier = target.split()
        for write in sent:
            answer = functions.send(*write)
            assert (answer.status_code, answer.json()) == (
                409,
                {
                    "current_state": status,
                    "message": "resource is in a transient state",
                    "resource": resource,
                    "resource_id": identifier,
                    "type": "transient_state",
                },
            ), write


@pytest.mark.parametrize("status", ["creating", "deleting"])
def test_writes_on_what_is_unsettled_are_refused(
    functions: FunctionCloud, writes: dict[str, list[Write]], status: str
) -> None:
    force(functions.emulator, status)
    assert_busy(functions, writes, status)


def test_writes_on_what_is_pending_are_refused(functions: FunctionCloud, writes: dict[str, list[Write]]) -> None:
    force(functions.emulator, "pending", tuple(set(KINDS) - {"function_token"}))
    assert_busy(functions, {met: sent for met, sent in writes.items() if not met.startswith("token")}, "pending")


def test_writes_on_what_is_locked_are_refused(functions: FunctionCloud, writes: dict[str, list[Write]]) -> None:
    force(functions.emulator, "locked", ("function_namespace", "function", "function_cron"))
    for met, sent in writes.items():
        for write in sent if met.split()[0] in ("namespace", "function", "cron") else []:
            answer = functions.send(*write)
            assert (answer.status_code, answer.json()["type"]) == (423, "locked"), write


@pytest.mark.parametrize("status", ["error", "created", "unknown"])
def test_writes_on_what_rests_elsewhere_pass(
    functions: FunctionCloud, writes: dict[str, list[Write]], status: str
) -> None:
    force(functions.emulator, status, ("function",))
    (changes,) = (sent for met, sent in writes.items() if met.startswith("function"))
    for write in changes:
        if write[0] == "POST" and not write[1].endswith("deploy"):
            assert functions.send(*write).status_code == 200, write


def test_a_refusal_is_a_sighting(slow_functions: FunctionCloud) -> None:
    body = function_body(slow_functions.make_namespace()["id"])
    assert [slow_functions.send("POST", "/functions", body).status_code for _attempt in range(2)] == [409, 200]


def test_writes_pass_when_conflicts_are_switched_off_but_not_on_what_is_being_deleted(
    slow_functions: FunctionCloud,
) -> None:
    slow_functions.emulator.settings(busy_conflict=False, settle_reads=9)
    function = slow_functions.make_function(slow_functions.make_namespace()["id"])
    path = f"/functions/{function['id']}"
    sent: list[Write] = [("PATCH", path, {}), ("POST", f"{path}/deploy", {}), ("DELETE", path, None)]
    assert [slow_functions.send(*write).status_code for write in sent] == [200, 200, 200]
    assert [slow_functions.send(*write).status_code for write in sent] == [409, 409, 409]


def test_a_cron_does_not_move_to_a_function_that_is_busy(functions: FunctionCloud) -> None:
    function = functions.deployed_function()
    path = functions.make_parts(function["id"])["crons"]
    other = functions.make_function(function["namespace_id"], name="other")
    functions.emulator.settings(settle_reads=9)
    functions.make("POST", f"/functions/{other['id']}/deploy", {})
    answer = functions.send("PATCH", path, {"function_id": other["id"]})
    assert (answer.status_code, answer.json()["resource_id"]) == (409, other["id"])
    assert functions.get(path)["function_id"] == function["id"]


def test_a_function_can_be_deleted_while_its_parts_are_busy(slow_functions: FunctionCloud) -> None:
    function = slow_functions.make_function()
    slow_functions.make("POST", "/crons", {"function_id": function["id"], **CRON})
    assert slow_functions.make("DELETE", f"/functions/{function['id']}")["status"] == "deleting"


def test_objects_settle_by_the_clock_when_asked(slow_functions: FunctionCloud) -> None:
    slow_functions.emulator.settings(settle_seconds=3600)
    namespace = slow_functions.make_namespace()
    path = f"/namespaces/{namespace['id']}"
    assert set(statuses(slow_functions, path, 5)) == {"pending"}
    slow_functions.emulator.settings(settle_seconds=0)
    assert statuses(slow_functions, path, 1) == ["ready"]
    slow_functions.make("DELETE", path)
    assert slow_functions.make_namespace()["id"] != namespace["id"]
    assert [kept["id"] for kept in slow_functions.emulator.state()["function_namespaces"]] != [namespace["id"]]


@pytest.mark.parametrize("match", ["hook", "*"])
def test_a_rule_decides_where_a_function_settles(functions: FunctionCloud, match: str) -> None:
    functions.emulator.status([{"kind": "function", "match": match, "details": "out of luck"}])
    failed = functions.deployed_function()
    assert (failed["status"], failed["error_message"], failed["ready_at"]) == ("error", "out of luck", None)
    other = functions.make_function(failed["namespace_id"], name="other")
    assert functions.deployed(other["id"])["status"] == ("error" if match == "*" else "ready")


def test_a_rule_makes_other_kinds_fail_too(functions: FunctionCloud) -> None:
    function = functions.make_function()
    functions.emulator.status([{"kind": kind} for kind in KINDS])
    namespace = functions.ready_namespace(name="other")
    assert (namespace["status"], namespace["error_message"], namespace["registry_endpoint"]) == (
        "error",
        "internal error",
        "",
    )
    for path in functions.make_parts(function["id"]).values():
        assert functions.get(path)["status"] == "error"


def test_a_rule_keeps_a_function_unsettled(functions: FunctionCloud) -> None:
    functions.emulator.status([{"kind": "function", "status": "never"}])
    made = functions.make_function()
    functions.upload(made["id"], CODE)
    path = f"/functions/{made['id']}"
    functions.make("POST", f"{path}/deploy", {})
    assert set(statuses(functions, path, 5)) == {"pending"}
    functions.emulator.status([])
    assert statuses(functions, path, 1) == ["ready"]


def test_a_rule_overrules_the_content_of_an_archive(functions: FunctionCloud) -> None:
    functions.emulator.status([{"kind": "function", "status": "ready"}])
    assert functions.deployed_function(b"no zip")["error_message"] is None


def test_a_rule_in_words_of_another_kind_is_refused(emulator: Emulator) -> None:
    with pytest.raises(BadControlInputError, match="unknown status 'created'"):
        emulator.status([{"kind": "function_namespace", "status": "created"}])


def test_the_same_seed_gives_the_same_functions(functions: FunctionCloud) -> None:
    def world() -> Any:
        functions.emulator.reset()
        namespace = functions.ready_namespace(secret_environment_variables=[{"key": "a", "value": "one"}])
        functions.emulator.seed(functions=3, tokens_per_function=1)
        token = functions.make("POST", "/tokens", {"namespace_id": namespace["id"]})
        return [namespace, token, functions.emulator.state()]

    assert world() == world()


def test_a_foreign_project_is_forbidden(functions: FunctionCloud) -> None:
    function = functions.make_function()
    functions.emulator.settings(projects=[UNKNOWN_ID])
    for method, path, body in (
        ("POST", "/namespaces", namespace_body(name="b")),
        ("DELETE", f"/namespaces/{function['namespace_id']}", None),
        ("POST", "/functions", function_body(function["namespace_id"], name="b")),
        ("POST", f"/functions/{function['id']}/deploy", {}),
        ("POST", "/tokens", {"function_id": function["id"]}),
    ):
        answer = functions.send(method, path, body)
        assert (answer.status_code, answer.json()["type"]) == (403, "permissions_denied")
    assert functions.get("/namespaces", project_id=PROJECT_ID)["total_count"] == 1
