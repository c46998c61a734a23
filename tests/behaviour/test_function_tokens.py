# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens of functions: shown once, renewed in time, and never left where nobody has their value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from behaviour.expectations import EXTRA, assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.faults import READ_FAULTS, Fault
from behaviour.function_code import REGION, Workshop
from behaviour.runner import Run, run_module
from behaviour.test_return_values import documented, own_results
from behaviour.test_secrets import KEY, REPEATED, assert_kept
from emulator.testing import Emulator

MAKE, DELETE = "CreateFunctionToken", "DeleteFunctionToken"
NOBODY = "33333333-3333-4333-8333-333333333333"
HIDDEN = "<hidden>"
# The clock of the tests shows 2023-11-14T22:13:20Z.
TOMORROW, IN_A_MONTH, LAST_YEAR = "2023-11-15T22:13:20Z", "2023-12-14T22:13:20Z", "2022-11-14T22:13:20Z"
LASTING = {"expires_in": "30d", "renew_before": "7d"}


class Tokens(Workshop):
    """Tasks about tokens of the function ``resize`` or of its namespace."""

    owner: dict[str, Any]

    def run(self, *, check: bool = False, **options: Any) -> Run:
        """Run the module; None takes an option away."""
        return self._module("scw_function_token", check, options)

    def list(self, **options: Any) -> Run:
        """Run the module that lists."""
        return self._module("scw_function_token_info", False, options)

    def _module(self, name: str, check: bool, options: dict[str, Any]) -> Run:
        known = {} if name.endswith("info") else {"description": "web shop"}
        given = {"region": REGION, **self.owner, **known, **options}
        given = {key: value for key, value in given.items() if value is not None}
        return run_module(self.emulator, name, given, check=check)

    def make(self, **body: Any) -> str:
        """Make a token by hand; its ID."""
        parent = {"function_id": self.stored["id"]} if "function" in self.owner else {"namespace_id": self.namespace_id}
        made = self.account.post("/tokens", **parent, **{"description": "web shop", **body})
        while self.account.call("GET", f"/tokens/{made['id']}")["status"] != "ready":
            pass
        self.emulator.clear_journal()
        return str(made["id"])

    @property
    def ids(self) -> list[str]:
        """Of all tokens that are there to stay."""
        return [token["id"] for token in self.emulator.state()["function_tokens"] if token["status"] != "deleting"]


@pytest.fixture(params=["function", "namespace"])
def tokens(emulator: Emulator, session: requests.Session, tmp_path: Path, request: pytest.FixtureRequest) -> Tokens:
    made = Tokens(emulator, session, tmp_path)
    made.bare()
    function = {"function": "resize"} if request.param == "function" else {}
    made.owner = {"namespace": "shop", **function}
    emulator.clear_journal()
    return made


# One token


def test_a_token_is_made_once_and_its_value_shown_once(tokens: Tokens) -> None:
    predicted = tokens.run(check=True, expires_at=IN_A_MONTH)
    assert_predicts(predicted)
    run = tokens.run(expires_at=IN_A_MONTH)
    assert_changed(run, MAKE)
    token = run.result["token"]
    assert token["token"].count(".") == 2
    assert "PUBLIC KEY" in token["public_key"]
    assert (token["status"], token["description"], token["expires_at"]) == ("ready", "web shop", IN_A_MONTH)
    assert run.diff == predicted.diff
    assert run.diff["after"] == {"description": "web shop", "expires_at": IN_A_MONTH}
    assert set(predicted.result["token"]) == set(token) - {EXTRA}
    assert predicted.result["token"]["token"] == UNKNOWN
    again = tokens.run(expires_at=IN_A_MONTH)
    assert_quiet(again)
    assert (again.result["token"]["id"], again.result["token"]["token"]) == (token["id"], HIDDEN)
    assert token["token"] not in again.output


def test_tokens_of_a_function_are_others_than_those_of_its_namespace(tokens: Tokens) -> None:
    assert_changed(tokens.run(), MAKE)
    tokens.owner = {"namespace": "shop"} if "function" in tokens.owner else {"namespace": "shop", "function": "resize"}
    assert_changed(tokens.run(), MAKE)
    assert len(tokens.ids) == 2
    assert_changed(tokens.run(state="absent"), DELETE)
    assert len(tokens.ids) == 1


@pytest.mark.parametrize(
    "written",
    ["2023-12-14T22:13:20+00:00", "2023-12-14T23:13:20+01:00", "2023-12-14 22:13:20.000Z", "2023-12-14t22:13:20z"],
)
def test_moments_are_compared_and_not_how_they_are_written(tokens: Tokens, written: str) -> None:
    tokens.make(expires_at=IN_A_MONTH)
    assert_quiet(tokens.run(expires_at=written))


def test_parts_of_seconds_are_the_same_however_many_digits_they_have(tokens: Tokens) -> None:
    tokens.make(expires_at="2023-12-14T22:13:20.500Z")
    assert_quiet(tokens.run(expires_at="2023-12-14T22:13:20.5Z"))
    assert_refused(tokens.run(expires_at="2023-12-14T22:13:20.6Z"), "expires_at")


def test_another_moment_is_refused_with_both(tokens: Tokens) -> None:
    tokens.make(expires_at=IN_A_MONTH)
    assert_refused(tokens.run(expires_at=TOMORROW), "expires_at", IN_A_MONTH, TOMORROW)
    assert_quiet(tokens.run())
    assert_quiet(tokens.run(expires_in="1h"))


def test_a_duration_counts_from_now(tokens: Tokens) -> None:
    run = tokens.run(expires_in="1d")
    assert run.writes[0].body["expires_at"] == run.result["token"]["expires_at"] == TOMORROW


def test_a_moment_in_the_past_is_refused_unless_it_is_that_of_the_token(tokens: Tokens) -> None:
    assert_refused(tokens.run(expires_at=LAST_YEAR), "expires_at", "past")
    tokens.make(expires_at=LAST_YEAR)
    run = tokens.run(expires_at=LAST_YEAR)
    assert (run.changed, run.failed) == (False, False)
    assert "renew_before" in run.warnings[0]


def test_a_token_that_failed_is_replaced(tokens: Tokens) -> None:
    failed = tokens.make()
    tokens.emulator.status([{"kind": "function_token", "status": "error", "now": True}])
    tokens.emulator.status([])
    assert_changed(tokens.run(), DELETE, MAKE)
    assert failed not in tokens.ids
    assert_quiet(tokens.run())


def test_a_token_that_failed_and_is_named_by_its_id_is_told(tokens: Tokens) -> None:
    failed = tokens.make()
    tokens.emulator.status([{"kind": "function_token", "status": "error", "now": True}])
    assert_refused(tokens.run(id=failed), failed, "'error'")
    assert tokens.ids == [failed]


# Renewal


def test_a_token_is_renewed_in_time_and_the_old_one_goes_on(tokens: Tokens, virtual_time: Any) -> None:
    first = tokens.run(**LASTING).result["token"]
    assert_quiet(tokens.run(**LASTING))
    virtual_time.seconds += 22 * 86400
    assert_quiet(tokens.run(**LASTING))
    virtual_time.seconds += 2 * 86400
    predicted, run = tokens.run(**LASTING, check=True), tokens.run(**LASTING)
    assert_predicts(predicted)
    assert_changed(run, MAKE)
    assert run.diff["before"] == {"expires_at": first["expires_at"]}
    assert set(run.diff["after"]) == {"expires_at"}
    assert run.result["token"]["token"] != first["token"]
    assert first["id"] in tokens.ids
    again = tokens.run(**LASTING)
    assert_quiet(again)
    assert again.result["token"]["id"] == run.result["token"]["id"]
    # The old one expires; the next renewal clears it away.
    virtual_time.seconds += 24 * 86400
    renewed = tokens.run(**LASTING)
    assert_changed(renewed, DELETE, MAKE)
    assert renewed.writes[0].operation == DELETE
    assert first["id"] not in tokens.ids
    assert len(tokens.ids) == 2


def test_one_that_never_expires_is_never_renewed(tokens: Tokens) -> None:
    tokens.make(expires_at=LAST_YEAR)
    tokens.make()
    assert_quiet(tokens.run(**LASTING))


def test_a_renewal_is_not_about_other_descriptions(tokens: Tokens) -> None:
    other = tokens.make(description="other", expires_at=LAST_YEAR)
    tokens.make(expires_at=TOMORROW)
    assert_changed(tokens.run(**LASTING), MAKE)
    assert other in tokens.ids


# Absent, IDs, lists


def test_all_tokens_of_the_description_are_deleted(tokens: Tokens) -> None:
    for _token in range(3):
        tokens.make()
    other = tokens.make(description="other")
    predicted = tokens.run(state="absent", check=True)
    assert_predicts(predicted)
    run = tokens.run(state="absent")
    assert_changed(run, DELETE, DELETE, DELETE)
    assert run.diff == predicted.diff
    assert len(run.diff["before"]["tokens"]) == 3
    assert run.result["token"] == {}
    assert tokens.ids == [other]
    assert_quiet(tokens.run(state="absent"))


def test_an_id_names_one_token_and_never_makes_one(tokens: Tokens) -> None:
    first, second = tokens.make(), tokens.make()
    for around in ({}, {"namespace": None, "function": None}):
        assert tokens.run(id=second.upper(), description=None, **around).result["token"]["id"] == second
        assert_quiet(tokens.run(id=second, **around))
    assert_refused(tokens.run(id=second, description="other"), "description", "'web shop'", "'other'")
    assert_refused(tokens.run(id=second, expires_at=IN_A_MONTH), "expires_at")
    assert_refused(tokens.run(id=NOBODY), NOBODY)
    assert_refused(tokens.run(id=second, namespace="elsewhere"), "namespace" if "function" not in tokens.owner else "")
    assert_quiet(tokens.run(id=NOBODY, state="absent"))
    assert_changed(tokens.run(id=second, description=None, state="absent"), DELETE)
    assert tokens.ids == [first]


def test_tokens_are_listed_without_their_values(tokens: Tokens) -> None:
    first, second = tokens.make(), tokens.make(description="other")
    run = tokens.list()
    assert [token["id"] for token in run.result["tokens"]] == [first, second]
    assert {token["token"] for token in run.result["tokens"]} == {HIDDEN}
    assert [token["id"] for token in tokens.list(description="other").result["tokens"]] == [second]
    assert [token["id"] for token in tokens.list(id=second).result["tokens"]] == [second]
    by_id = tokens.list(id=first, namespace=None, function=None)
    assert [token["id"] for token in by_id.result["tokens"]] == [first]
    elsewhere = {"function": None} if "function" in tokens.owner else {"function": "resize"}
    assert tokens.list(id=first, **elsewhere).result["tokens"] == []
    assert tokens.list(id=NOBODY).result["tokens"] == []
    missing = tokens.list(namespace="no-such")
    assert missing.result["tokens"] == []
    assert "no-such" in missing.warnings[0]


def test_a_place_that_does_not_exist(tokens: Tokens) -> None:
    assert_refused(tokens.run(namespace="no-such"), "no-such")
    assert_refused(tokens.run(namespace=NOBODY), NOBODY)
    for options in ({"namespace": "no-such"}, {"namespace": NOBODY}, {"namespace": None, "function": NOBODY}):
        assert_quiet(tokens.run(**options, state="absent"))
    run = tokens.run(namespace="to-come", check=True)
    assert_predicts(run)
    assert "to-come" in run.warnings[0]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"description": None}, "description"),
        ({"description": " "}, "description"),
        ({"namespace": None, "function": None}, "namespace"),
        ({"expires_at": "tomorrow"}, "expires_at"),
        ({"expires_at": "2027-01-31"}, "expires_at"),
        ({"expires_at": "2027-01-31T12:00:00"}, "expires_at"),
        ({"expires_at": "2027-13-31T12:00:00Z"}, "expires_at"),
        ({"expires_at": "0001-01-01T00:00:00+14:00"}, "expires_at"),
        ({"expires_at": IN_A_MONTH, "expires_in": "30d"}, "expires_in"),
        ({"expires_in": "soon"}, "expires_in"),
        ({"expires_in": "90"}, "expires_in"),
        ({"expires_in": ""}, "expires_in"),
        ({"expires_in": "0s"}, "expires_in"),
        ({"renew_before": "7d"}, "expires_in"),
        ({"renew_before": "30d", "expires_in": "30d"}, "renew_before"),
        ({"renew_before": "40d", "expires_in": "30d"}, "renew_before"),
        ({"id": "x"}, "id"),
        ({"region": "mars"}, "mars"),
    ],
)
def test_wrong_options_are_refused(tokens: Tokens, options: dict[str, Any], words: str) -> None:
    assert_refused(tokens.run(**options), words)
    assert tokens.ids == []


# Requests that go wrong

LOST: dict[str, dict[str, Any]] = {
    "reset-after": {"kind": "reset_after"},
    "cut": {"kind": "truncate"},
    "503": {"kind": "status", "status": 503, "processed": True},
    "500": {"kind": "status", "status": 500, "processed": True},
    "html": {"kind": "html", "status": 200, "processed": True},
    "no-token": {"kind": "status", "status": 200, "body": {"id": NOBODY, "token": HIDDEN}, "processed": True},
}


@pytest.mark.parametrize("rule", LOST.values(), ids=LOST)
def test_a_token_whose_value_was_lost_is_deleted_and_another_made(tokens: Tokens, rule: dict[str, Any]) -> None:
    kept = tokens.make(expires_at=TOMORROW)
    tokens.emulator.faults([{"operation": MAKE, **rule}])
    run = tokens.run(**LASTING)
    if rule.get("status") == 500:
        assert run.failed
        assert_clear(run, "500")
        assert tokens.ids == [kept]
        run = tokens.run(**LASTING)
    assert not run.failed, run.message
    assert run.changed
    assert run.result["token"]["token"].count(".") == 2
    assert tokens.ids == [kept, run.result["token"]["id"]]


def test_a_creation_that_never_arrives_is_given_up_and_told(tokens: Tokens) -> None:
    tokens.emulator.faults([{"operation": MAKE, "kind": "reset_before", "count": None}])
    run = tokens.run()
    assert run.failed
    assert_clear(run, "create", "'web shop'")
    assert tokens.ids == []
    assert len(run.result["error"]["not_done"]) == 1


@pytest.mark.parametrize("status", ["error", "never"])
def test_a_token_that_cannot_be_returned_is_deleted(tokens: Tokens, status: str) -> None:
    tokens.emulator.settings(busy_conflict=False)
    tokens.emulator.status([{"kind": "function_token", "status": status}])
    run = tokens.run(wait_timeout=30)
    assert run.failed
    assert_clear(run, "'web shop'")
    assert run.done == [MAKE, DELETE]
    assert tokens.ids == []
    assert [does.split()[0] for does in run.result["error"]["done"]] == ["create", "delete"]


@pytest.mark.parametrize("fault", READ_FAULTS.values(), ids=READ_FAULTS)
def test_a_failing_read(tokens: Tokens, fault: Fault) -> None:
    tokens.emulator.faults([{"method": "GET", **fault.rule}])
    run = tokens.run()
    tokens.emulator.faults([])
    assert run.failed is not fault.converges, run.message
    if run.failed:
        assert_refused(run, *fault.words)
        run = tokens.run()
    assert_changed(run, MAKE)
    assert_quiet(tokens.run())


def test_a_deletion_whose_answer_is_lost(tokens: Tokens) -> None:
    tokens.make()
    tokens.emulator.faults([{"operation": DELETE, "kind": "reset_after"}])
    run = tokens.run(state="absent")
    assert not run.failed, run.message
    assert run.changed
    assert tokens.ids == []


# Outputs


def test_the_value_is_in_nothing_but_the_result(tokens: Tokens, logged: list[str]) -> None:
    for options in ({}, LASTING, {"wait": False, "description": "other"}):
        run = tokens.run(**options)
        value = run.result["token"]["token"]
        assert value not in str(run.diff) + " ".join([*run.warnings, *logged]) or value == HIDDEN
        assert run.output.count(value) == 1


CUT_BY_A_PROXY = {"kind": "html", "status": 200, "body": '{"id": "1", "token": "eyJhbGciOiJSUz', "processed": True}


@pytest.mark.parametrize("rule", [LOST["cut"], CUT_BY_A_PROXY], ids=["cut", "by-a-proxy"])
def test_no_part_of_a_value_is_in_a_failure(tokens: Tokens, rule: dict[str, Any]) -> None:
    tokens.emulator.faults([{"operation": MAKE, **rule, "count": None}])
    run = tokens.run()
    assert run.failed
    assert "eyJ" not in run.output
    assert tokens.ids == []


@pytest.mark.parametrize("fault", [None, *REPEATED], ids=lambda fault: fault["kind"] if fault else "none")
def test_the_key_is_in_no_output(tokens: Tokens, fault: dict[str, Any] | None) -> None:
    for method in ("GET", "POST", "DELETE"):
        tokens.emulator.faults([{**fault, "method": method}] if fault else [])
        for options in ({}, {"state": "absent"}):
            assert_kept(tokens.run(**options, secret_key=KEY, wait_timeout=30), [])


def test_what_is_returned_is_documented(tokens: Tokens) -> None:
    known = documented("scw_function_token")
    keys = set(known["token"]["contains"])
    other = {"function_id", "namespace_id"} - ({"function_id"} if "function" in tokens.owner else {"namespace_id"})
    for options in ({"check": True}, {}, {}):
        run = tokens.run(**options)
        assert own_results(run.result) == set(known) - {"error"}
        assert set(run.result["token"]) - {EXTRA} == keys - other
    assert own_results(tokens.list().result) == set(documented("scw_function_token_info"))
    assert set(known["token"]["sample"]) <= keys
    tokens.emulator.faults([{"operation": MAKE, "kind": "reset_before", "count": None}])
    assert set(tokens.run(description="other").result["error"]) <= set(known["error"]["contains"]) | {"status"}
