# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task about a whole pipeline that is interrupted at any write: the next run ends where an undisturbed one does.

What it said of itself was true: what it did, what it did not do, and whether anything changed.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from behaviour.colleague import Colleague
from behaviour.expectations import assert_changed, assert_clear, assert_quiet
from behaviour.faults import READ_FAULTS, Fault
from behaviour.interrupted import FAULTS, disturb
from behaviour.pipelines import BUILT, DELETED, Site, bucket, rule
from behaviour.rehearsal import Rehearsals

# A changed description and cache, a rule more, a new way around the firewall, which goes, and another bucket.
REBUILT = [
    "UpdatePipeline",
    "CreateBackendStage",
    "UpdateRouteStage",
    "SetRouteRules",
    "UpdateCacheStage",
    "DeleteWafStage",
    "DeleteBackendStage",
]
ABSENT = {"name": "shop", "state": "absent"}


def rebuilt(site: Site) -> dict[str, Any]:
    """A task that changes, adds and removes stages."""
    task = {**site.whole, "description": "new", "purge": True}
    stages = task["stages"]
    del stages["waf"]
    stages["cache"]["fallback_ttl"] = "2h"
    stages["backends"] = [bucket("site", name="site"), bucket("fresh", name="fresh")]
    stages["route"] = {
        "backend_stage": "fresh",
        "route_rules": [rule("/api/.*", backend_stage="fresh"), rule("/admin/.*", backend_stage="site")],
    }
    return task


def cases(operations: list[str]) -> pytest.MarkDecorator:
    """Every fault at every write."""
    return pytest.mark.parametrize(
        ("number", "fault"),
        [
            pytest.param(number, fault, id=f"{number}-{operation}-{name}")
            for number, operation in enumerate(operations)
            for name, fault in FAULTS.items()
        ],
    )


def remade(site: Site) -> None:
    """Have everything, in an account in which everything happens at once."""
    site.restart()
    site.make()


@cases(BUILT)
def test_an_interrupted_creation_is_completed(site: Site, rehearsals: Rehearsals, number: int, fault: Fault) -> None:
    expected = rehearsals.play(site, "create", site.restart, site.make)
    disturb(site, site.whole, BUILT, number, fault)
    assert site.lasting() == expected
    assert_quiet(site.run(site.whole))


def test_a_rebuilding_task_writes_in_the_order_of_needs(site: Site) -> None:
    site.make()
    predicted, run = site.run(rebuilt(site), check=True), site.run(rebuilt(site))
    assert_changed(run, *REBUILT)
    assert run.done == REBUILT
    assert run.diff == predicted.diff
    assert_quiet(site.run(rebuilt(site)))


@cases(REBUILT)
def test_an_interrupted_change_is_completed(site: Site, rehearsals: Rehearsals, number: int, fault: Fault) -> None:
    def change() -> None:
        assert_changed(site.run(rebuilt(site)), *REBUILT)

    expected = rehearsals.play(site, "change", partial(remade, site), change)
    disturb(site, rebuilt(site), REBUILT, number, fault)
    assert site.lasting() == expected
    assert_quiet(site.run(rebuilt(site)))


@cases(DELETED)
def test_an_interrupted_deletion_is_completed(site: Site, rehearsals: Rehearsals, number: int, fault: Fault) -> None:
    rehearsals.play(site, "delete", partial(remade, site), partial(site.run, ABSENT))
    disturb(site, ABSENT, DELETED, number, fault)
    assert not any(site.lasting().values())
    assert_quiet(site.run(ABSENT))


@pytest.mark.parametrize("fault", READ_FAULTS.values(), ids=READ_FAULTS)
@pytest.mark.parametrize("operation", ["ListPipelines", "ListCacheStages", "ListRouteRules", "ListHeadStages"])
def test_a_failing_read_is_repeated_or_told_before_any_write(site: Site, operation: str, fault: Fault) -> None:
    site.make()
    site.emulator.faults([{"operation": operation, **fault.rule}])
    task = {**site.whole, "description": "new"}
    run = site.run(task)
    site.emulator.faults([])
    if fault.converges:
        assert_changed(run, "UpdatePipeline")
    else:
        assert run.failed
        assert_clear(run, *fault.words)
        assert run.operations == []


def test_a_pipeline_that_is_deployed_meanwhile_is_waited_for(site: Site) -> None:
    site.make()
    site.emulator.settings(settle_reads=3)
    site.account.call("PATCH", f"/cache-stages/{site.only('cache')['id']}", {"include_cookies": True})
    run = site.run({**site.whole, "description": "new"})
    assert not run.failed, run.message
    assert run.done == ["UpdatePipeline", "UpdateCacheStage"]
    assert run.result["pipeline"]["status"] == "ready"


def test_what_somebody_else_removes_meanwhile_is_as_good_as_removed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.make()
    waf = site.only("waf")["id"]

    def act() -> None:
        site.account.call("DELETE", f"/waf-stages/{waf}")

    colleague = Colleague(monkeypatch, "DELETE", "/waf-stages/", act)
    run = site.run(rebuilt(site))
    assert colleague.acted
    assert not run.failed, run.message
    assert run.changed
    assert not site.held("waf")
    assert_quiet(site.run(rebuilt(site)))
