# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cache of a pipeline purged: once for each run, waited for, and never twice because an answer was lost."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from behaviour.account import PROJECT_ID
from behaviour.expectations import EXTRA, assert_changed, assert_clear, assert_predicts, assert_refused
from behaviour.faults import READ_FAULTS, WRITE_FAULTS, Fault
from behaviour.pipelines import Site
from behaviour.runner import Run, run_module
from behaviour.test_return_values import documented, own_results
from emulator.testing import Emulator

NOBODY = "33333333-3333-4333-8333-333333333333"
PURGE = "CreatePurgeRequest"
ALL = {"pipeline": "shop", "all": True}
SOME = {"pipeline": "shop", "assets": ["/index.html", "/shop.css"]}
WAYS = pytest.mark.parametrize("options", [ALL, SOME], ids=["all", "assets"])


@pytest.fixture
def cached(emulator: Emulator, session: requests.Session, record_property: Any) -> Site:
    """A pipeline with a cache."""
    record_property("module", "scw_edge_purge")
    site = Site(emulator, session)
    site.make()
    return site


def run(site: Site, options: dict[str, Any], *, check: bool = False) -> Run:
    return run_module(site.emulator, "scw_edge_purge", options, check=check)


def purges(site: Site) -> list[dict[str, Any]]:
    """The purge requests that the emulator holds."""
    return list(site.emulator.state()["edge_purge_requests"])


@WAYS
def test_each_run_purges_once_and_waits_until_it_is_done(cached: Site, options: dict[str, Any]) -> None:
    target = {key: value for key, value in options.items() if key != "pipeline"}
    for number in (1, 2):
        predicted = run(cached, options, check=True)
        assert_predicts(predicted)
        purged = run(cached, options)
        assert_changed(purged, PURGE)
        assert purged.writes[0].body == {"pipeline_id": cached.pipelines()[0]["id"], **target}
        assert purged.diff == predicted.diff
        assert purged.diff["after"] == {"purged": target}
        request = purged.result["purge_request"]
        assert request["status"] == predicted.result["purge_request"]["status"] == "done"
        assert predicted.result["purge_request"]["id"] == UNKNOWN
        assert [one["status"] for one in purges(cached)] == ["done"] * number


def test_a_pipeline_is_named_by_its_id_as_well(cached: Site) -> None:
    assert_changed(run(cached, {**ALL, "pipeline": cached.pipelines()[0]["id"]}), PURGE)


def test_without_wait_the_request_is_returned_as_it_is(cached: Site) -> None:
    cached.emulator.settings(settle_reads=5)
    purged = run(cached, {**ALL, "wait": False})
    assert_changed(purged, PURGE)
    assert purged.result["purge_request"]["status"] == "pending"
    assert run(cached, {**ALL, "wait": False}, check=True).result["purge_request"]["status"] == "pending"


def test_a_purge_that_fails_is_told_as_sent(cached: Site) -> None:
    purged = run(cached, {"pipeline": "shop", "assets": ["/fail"]})
    assert purged.failed
    assert_clear(purged, "'shop'", "was not purged", "error")
    assert purged.result["changed"] is True
    assert len(purged.result["error"]["done"]) == 1
    assert purged.result["error"]["not_done"] == []
    assert purged.result["error"]["status"] == "error"


def test_a_purge_that_never_ends_is_given_up(cached: Site) -> None:
    cached.emulator.status([{"kind": "edge_purge_request", "status": "never"}])
    purged = run(cached, {**ALL, "wait_timeout": 30})
    assert purged.failed
    assert_clear(purged, "wait_timeout", "pending")
    assert purged.result["changed"] is True


WRONG: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "neither": ({"pipeline": "shop"}, ("assets", "set all to true")),
    "both": ({**SOME, "all": True}, ("assets", "all", "Give only one")),
    "no assets": ({"pipeline": "shop", "assets": []}, ("assets", "is empty")),
    "an empty asset": ({"pipeline": "shop", "assets": ["/a", " "]}, ("assets[1]",)),
    "nobody": ({**ALL, "pipeline": "other"}, ("'other'", "exists")),
    "nobody's ID": ({**ALL, "pipeline": NOBODY}, (NOBODY,)),
    "what a check made up": ({**ALL, "pipeline": UNKNOWN}, ("pipeline", "check mode")),
    "an empty name": ({**ALL, "pipeline": ""}, ("pipeline",)),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=[name.replace(" ", "-") for name in WRONG])
def test_what_cannot_be_meant_is_refused(cached: Site, wrong: Any) -> None:
    assert_refused(run(cached, wrong[0]), *wrong[1])


@pytest.mark.parametrize("pipeline", ["other", UNKNOWN])
def test_a_check_assumes_that_an_earlier_task_makes_the_pipeline(cached: Site, pipeline: str) -> None:
    predicted = run(cached, {**ALL, "pipeline": pipeline}, check=True)
    assert_predicts(predicted)
    assert len(predicted.warnings) == (pipeline == "other")


def test_of_two_pipelines_of_one_name_none_is_purged(cached: Site) -> None:
    cached.account.post("/pipelines", name="shop", description="", project_id=PROJECT_ID)
    assert_refused(run(cached, ALL), "2 pipelines", "ID")


# Whatever happens on the way


@pytest.mark.parametrize("fault", READ_FAULTS.values(), ids=READ_FAULTS)
@pytest.mark.parametrize("operation", ["ListPipelines", "ListPurgeRequests"])
def test_a_failing_read(cached: Site, operation: str, fault: Fault) -> None:
    cached.emulator.faults([{"operation": operation, **fault.rule}])
    purged = run(cached, ALL)
    cached.emulator.faults([])
    if fault.converges:
        assert_changed(purged, PURGE)
    else:
        assert_refused(purged, *fault.words)
        assert not purges(cached)


@WAYS
@pytest.mark.parametrize("fault", WRITE_FAULTS.values(), ids=WRITE_FAULTS)
def test_a_failing_write_never_purges_twice(cached: Site, fault: Fault, options: dict[str, Any]) -> None:
    # Somebody else has purged the same before.
    assert_changed(run(cached, options), PURGE)
    cached.emulator.faults([{"operation": PURGE, **fault.rule}])
    purged = run(cached, options)
    cached.emulator.faults([])
    if purged.failed:
        assert not fault.converges
        assert_clear(purged, *fault.words)
        assert purged.result["changed"] is False
        assert len(purges(cached)) == 1
    else:
        assert purged.changed
        assert len(purges(cached)) == 2
        assert purged.result["purge_request"]["id"] == purges(cached)[1]["id"]


def test_a_request_that_is_never_answered_may_have_changed_something(cached: Site) -> None:
    cached.emulator.faults([{"operation": PURGE, "kind": "reset_before", "count": None}])
    purged = run(cached, ALL)
    assert purged.failed
    assert purged.operations == [PURGE] * 3
    assert purged.result["changed"] is True
    assert purged.result["error"]["may_have_changed"] is True
    assert purged.result["error"]["done"] == []


def test_it_takes_as_few_requests_as_it_can(cached: Site) -> None:
    cached.emulator.settings(settle_reads=0)
    purged = run(cached, ALL)
    assert [entry.operation for entry in purged.requests][:3] == ["ListPipelines", "ListPurgeRequests", PURGE]
    assert len(purged.requests) <= 4


def test_results_are_documented(cached: Site) -> None:
    told = documented("scw_edge_purge")
    for options in (ALL, SOME):
        purged = run(cached, options)
        assert own_results(purged.result) == {"purge_request"}
        assert set(purged.result["purge_request"]) - {EXTRA} <= set(told["purge_request"]["contains"])
    failed = run(cached, {"pipeline": "shop", "assets": ["/fail"]})
    assert {"done", "not_done"} <= set(failed.result["error"]) & set(told["error"]["contains"])
