# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan of a project: selected, changed, ended, and listed; whatever happens on the way."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.account import PROJECT_ID
from behaviour.colleague import Colleague
from behaviour.expectations import EXTRA, assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.faults import READ_FAULTS, WRITE_FAULTS, Fault
from behaviour.runner import Run, run_module
from behaviour.test_return_values import documented, own_results
from emulator.testing import Emulator

OTHER_PROJECT = "44444444-4444-4444-8444-444444444444"
STARTER = {"plan_name": "starter"}
ABSENT = {"state": "absent"}


@pytest.fixture(autouse=True)
def _module(record_property: Any) -> None:
    record_property("module", "scw_edge_plan")


def run(emulator: Emulator, *, check: bool = False, **options: Any) -> Run:
    return run_module(emulator, "scw_edge_plan", options, check=check)


def listed(emulator: Emulator, **options: Any) -> Run:
    return run_module(emulator, "scw_edge_plan_info", options)


def plans(emulator: Emulator) -> dict[str, str]:
    """Names of the plans that projects have."""
    return {one["project_id"]: one["plan_name"] for one in emulator.state()["edge_plans"]}


def test_a_plan_is_selected_once_as_the_check_said(emulator: Emulator) -> None:
    predicted = run(emulator, **STARTER, check=True)
    assert_predicts(predicted)
    selected = run(emulator, **STARTER)
    assert_changed(selected, "SelectPlan")
    assert selected.writes[0].body == {"project_id": PROJECT_ID, **STARTER}
    assert selected.diff == predicted.diff
    assert (selected.diff["before"], selected.diff["after"]) == ({}, STARTER)
    assert {**selected.result["plan"], EXTRA: 0} == {**predicted.result["plan"], EXTRA: 0}
    assert_quiet(run(emulator, **STARTER), 1)
    assert plans(emulator) == {PROJECT_ID: "starter"}


def test_another_plan_takes_its_place(emulator: Emulator) -> None:
    run(emulator, **STARTER)
    changed = run(emulator, plan_name="advanced")
    assert_changed(changed, "SelectPlan")
    assert (changed.diff["before"], changed.diff["after"]) == (STARTER, {"plan_name": "advanced"})
    assert plans(emulator) == {PROJECT_ID: "advanced"}


def test_a_plan_is_ended_once_whichever_it_is(emulator: Emulator) -> None:
    run(emulator, **STARTER)
    run(emulator, **STARTER, project_id=OTHER_PROJECT)
    predicted, ended = run(emulator, **ABSENT, check=True), run(emulator, **ABSENT)
    assert_predicts(predicted)
    assert_changed(ended, "DeleteCurrentPlan")
    assert ended.diff == predicted.diff
    assert (ended.diff["before"], ended.diff["after"]) == (STARTER, {})
    assert ended.result["plan"] == {}
    assert_quiet(run(emulator, **ABSENT), 1)
    assert plans(emulator) == {OTHER_PROJECT: "starter"}


@pytest.mark.parametrize("forbid_absent", [False, True])
def test_no_plan_is_told_in_both_ways_of_the_api(emulator: Emulator, forbid_absent: bool) -> None:
    emulator.settings(forbid_absent=forbid_absent)
    assert_quiet(run(emulator, **ABSENT))
    assert_changed(run(emulator, **STARTER), "SelectPlan")


def test_a_plan_of_a_project_with_pipelines_stays(emulator: Emulator) -> None:
    run(emulator, **STARTER)
    run_module(emulator, "scw_edge_pipeline", {"name": "shop"})
    ended = run(emulator, **ABSENT)
    assert ended.failed
    assert_clear(ended, "412", "delete the pipelines first")
    assert ended.result["changed"] is False
    assert len(ended.result["error"]["not_done"]) == 1


def test_without_a_project_the_task_says_what_is_missing(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCW_DEFAULT_PROJECT_ID")
    assert_refused(run(emulator, **STARTER), "project_id")
    assert_refused(listed(emulator), "project_id")


def test_the_name_is_needed_and_known(emulator: Emulator) -> None:
    assert_refused(run(emulator), "plan_name")
    assert_refused(run(emulator, plan_name="huge"), "starter")


@pytest.mark.parametrize("fault", READ_FAULTS.values(), ids=READ_FAULTS)
def test_a_failing_read(emulator: Emulator, fault: Fault) -> None:
    emulator.faults([{"method": "GET", **fault.rule}])
    selected = run(emulator, **STARTER)
    # 403 is how the API told until 2025 that there is none.
    if fault.converges or fault.words == ("403",):
        assert_changed(selected, "SelectPlan")
    else:
        assert_refused(selected, *fault.words)


@pytest.mark.parametrize("options", [STARTER, ABSENT], ids=["select", "end"])
@pytest.mark.parametrize("fault", WRITE_FAULTS.values(), ids=WRITE_FAULTS)
def test_a_failing_write(emulator: Emulator, fault: Fault, options: dict[str, str]) -> None:
    if options == ABSENT:
        run(emulator, plan_name="professional")
    emulator.faults([{"method": "PATCH|DELETE", **fault.rule}])
    first = run(emulator, **options)
    emulator.faults([])
    if first.failed:
        assert not fault.converges
        assert_clear(first, *fault.words)
        assert first.result["changed"] is first.result["error"].get("may_have_changed", False)
        run(emulator, **options)
    else:
        assert first.changed
        assert first.diff["before"] or first.diff["after"]
    assert plans(emulator) == ({PROJECT_ID: "starter"} if options == STARTER else {})
    assert_quiet(run(emulator, **options))


def test_a_write_that_is_never_answered_may_have_changed_something(emulator: Emulator) -> None:
    emulator.faults([{"operation": "SelectPlan", "kind": "reset_before", "count": None}])
    selected = run(emulator, **STARTER)
    assert selected.failed
    assert selected.operations == ["SelectPlan"] * 3
    assert selected.result["changed"] is True
    assert selected.result["error"]["may_have_changed"] is True


def test_a_plan_that_somebody_else_ended_meanwhile_is_no_change(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(emulator, **STARTER)
    colleague = Colleague(monkeypatch, "DELETE", "/current-plan/", lambda: run(emulator, **ABSENT))
    ended = run(emulator, **ABSENT)
    assert colleague.acted
    assert not ended.failed, ended.message
    assert not ended.changed


# Listing


def test_the_plans_on_offer_and_the_one_of_the_project_are_listed(emulator: Emulator) -> None:
    found = listed(emulator)
    assert not found.failed, found.message
    assert [one["plan_name"] for one in found.result["plans"]] == ["starter", "professional", "advanced"]
    assert found.result["current_plan"] is None
    assert "billing" not in found.result
    run(emulator, **STARTER)
    assert listed(emulator).result["current_plan"]["plan_name"] == "starter"
    assert listed(emulator, project_id=OTHER_PROJECT).result["current_plan"] is None


def test_what_it_costs_is_told_if_asked_for(emulator: Emulator) -> None:
    run(emulator, **STARTER)
    found = listed(emulator, billing=True)
    assert found.result["billing"]["total_cost"]["currency_code"] == "EUR"
    assert [entry.operation for entry in found.requests] == ["ListPlans", "GetCurrentPlan", "GetBilling"]


def test_results_are_documented(emulator: Emulator) -> None:
    selected = run(emulator, **STARTER)
    assert own_results(selected.result) == set(documented("scw_edge_plan")) - {"error"}
    found = listed(emulator, billing=True)
    assert own_results(found.result) == set(documented("scw_edge_plan_info"))
    assert set(found.result["plans"][0]) - {EXTRA} == set(documented("scw_edge_plan_info")["plans"]["contains"])
