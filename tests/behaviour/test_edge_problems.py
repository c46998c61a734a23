# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What pipelines say is wrong with them, and refusals that may mean "absent", "not allowed" or "not in your plan"."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from behaviour.account import PROJECT_ID
from behaviour.chain import Chain
from behaviour.expectations import assert_changed, assert_clear, assert_quiet, assert_refused
from behaviour.runner import run_module
from emulator.testing import Emulator

NOBODY = "33333333-3333-4333-8333-333333333333"
EXPIRED = {
    "code": "tls_cert_expired",
    "pipeline": "shop",
    "stage": "tls",
    "severity": "critical",
    "type": "runtime",
    "message": "certificate expired",
}


@pytest.fixture
def chain(emulator: Emulator, session: requests.Session) -> Chain:
    return Chain(emulator, session)


# Problems of the configuration


def test_problems_are_warnings_after_a_change(chain: Chain) -> None:
    chain.open()
    chain.emulator.edge_errors([EXPIRED])
    changed = chain.run("dns", fqdns=["www.example.com"])
    assert not changed.failed, changed.message
    (warning,) = changed.warnings
    assert "'shop'" in warning
    assert "critical: certificate expired (tls stage, tls_cert_expired)" in warning
    assert_quiet(chain.run("dns", fqdns=["www.example.com"]))


def test_problems_of_the_change_itself_are_told(chain: Chain) -> None:
    chain.open()
    (warning,) = chain.run("dns", fqdns=["unresolved.example.com"]).warnings
    assert "dns_cname_dont_exist" in warning


def test_problems_can_fail_the_task_and_do_so_again(chain: Chain) -> None:
    chain.open()
    chain.emulator.edge_errors([EXPIRED])
    failed = chain.run("dns", fqdns=["www.example.com"], pipeline_errors="fail")
    assert failed.failed
    assert failed.result["changed"]
    assert_clear(failed, "pipeline 'shop'", "does not work as configured", "certificate expired")
    assert len(failed.result["error"]["problems"]) == 1
    assert failed.result["error"]["done"]

    again = chain.run("dns", fqdns=["www.example.com"], pipeline_errors="fail")
    assert again.failed
    assert not again.result["changed"]
    assert again.operations == []
    assert_clear(again, "certificate expired")

    chain.emulator.edge_errors([])
    assert_quiet(chain.run("dns", fqdns=["www.example.com"], pipeline_errors="fail"))


@pytest.mark.parametrize(
    "options", [{"pipeline_errors": "ignore"}, {"wait": False}, {"wait": False, "pipeline_errors": "fail"}]
)
def test_problems_can_be_ignored(chain: Chain, options: dict[str, Any]) -> None:
    chain.open()
    chain.emulator.edge_errors([EXPIRED])
    changed = chain.run("dns", fqdns=["www.example.com"], **options)
    assert_changed(changed, "UpdateDNSStage")
    assert_quiet(chain.run("dns", fqdns=["www.example.com"], **options))


def test_a_check_run_tells_no_problems(chain: Chain) -> None:
    chain.open()
    chain.emulator.edge_errors([EXPIRED])
    assert chain.run("dns", fqdns=["www.example.com"], pipeline_errors="fail", check=True).warnings == ()


@pytest.mark.parametrize("how", ["warn", "fail"])
def test_that_a_pipeline_has_no_head_is_never_told(chain: Chain, how: str) -> None:
    created = chain.run("cache", fallback_ttl="1h", pipeline_errors=how)
    assert_changed(created, "CreateCacheStage")
    assert_quiet(chain.run("cache", fallback_ttl="1h", pipeline_errors=how))


def test_only_a_task_that_fails_for_problems_reads_the_pipeline_to_do_nothing(chain: Chain) -> None:
    stage = chain.add("cache", fallback_ttl="60s")
    for how, requests_made in (("warn", 1), ("ignore", 1), ("fail", 2)):
        task = {"id": stage, "fallback_ttl": "1m", "pipeline_errors": how}
        assert_quiet(run_module(chain.emulator, "scw_edge_cache_stage", task), requests_made)


# 403 in the place of 404


def test_a_refusal_taken_for_absent_is_a_warning(chain: Chain) -> None:
    chain.emulator.settings(forbid_absent=True)
    run = chain.run("cache", id=NOBODY, state="absent")
    assert not run.failed, run.message
    assert not run.changed
    (warning,) = run.warnings
    for word in ("403", NOBODY, "cache stage"):
        assert word in warning


@pytest.mark.parametrize("kind", ["cache", "head"])
def test_a_refused_pipeline_taken_for_absent_is_a_warning(chain: Chain, kind: str) -> None:
    chain.emulator.settings(forbid_absent=True)
    run = run_module(chain.emulator, f"scw_edge_{kind}_stage", {"pipeline": NOBODY, "state": "absent"})
    assert not run.changed
    (warning,) = run.warnings
    assert "403" in warning
    assert f"pipeline {NOBODY}" in warning


def test_a_refusal_of_what_must_exist_is_an_error_that_tells_it(chain: Chain) -> None:
    chain.emulator.settings(forbid_absent=True)
    for options in ({"id": NOBODY}, {"backend_stage": NOBODY}, {"pipeline": NOBODY}):
        assert_refused(chain.run("cache", **options), NOBODY, "403", "may not see it")


def test_what_is_not_there_is_no_warning_where_the_api_says_so(chain: Chain) -> None:
    assert_quiet(chain.run("cache", id=NOBODY, state="absent"))
    assert_quiet(run_module(chain.emulator, "scw_edge_cache_stage", {"pipeline": NOBODY, "state": "absent"}))


@pytest.mark.parametrize("operation", ["DeleteCacheStage", "SetHeadStage"])
def test_a_forbidden_deletion_of_what_is_there_is_an_error(chain: Chain, operation: str) -> None:
    chain.open()
    chain.add("cache")
    chain.emulator.faults([{"kind": "status", "operation": operation, "status": 403, "count": None}])
    run = chain.run("head" if operation == "SetHeadStage" else "cache", state="absent")
    assert run.failed
    assert not run.result["changed"]
    assert_clear(run, "403", "delete")
    assert len(chain.stored("cache")) == 1


@pytest.mark.parametrize("forbid", [False, True])
def test_what_somebody_else_deleted_meanwhile_is_no_change(chain: Chain, forbid: bool) -> None:
    stage = chain.add("cache")
    gone = {"status": 403 if forbid else 404, "body": {"message": "gone"}}
    answers = [{"kind": "status", "operation": "DeleteCacheStage", **gone}]
    # The look that follows a 403 finds the same.
    answers += [{"kind": "status", "operation": "GetCacheStage", "after": 1, "count": None, **gone}]
    chain.emulator.faults(answers)
    run = chain.run("cache", id=stage, state="absent")
    assert not run.failed, run.message
    assert not run.changed


@pytest.mark.parametrize("forbid", [False, True])
def test_a_deletion_is_done_whichever_way_the_api_says_absent(chain: Chain, forbid: bool) -> None:
    chain.add("cache")
    chain.emulator.settings(forbid_absent=forbid)
    assert_changed(chain.run("cache", state="absent"), "DeleteCacheStage")


# Plans


def test_a_wildcard_domain_that_the_plan_lacks_comes_with_advice(emulator: Emulator, session: requests.Session) -> None:
    chain = Chain(emulator, session, plan="starter")
    refused = chain.run("dns", fqdns=["www.example.com"], wildcard_domain=True)
    assert refused.failed
    assert_clear(refused, "403", "wildcard", "scw_edge_plan")
    assert chain.stored("dns") == []


def test_more_backends_than_the_plan_has_come_with_advice(emulator: Emulator, session: requests.Session) -> None:
    chain = Chain(emulator, session, plan="starter")
    for number in range(3):
        chain.backend(f"bucket-{number}")
    refused = chain.run("backend", scaleway_s3={"bucket_name": "more", "bucket_region": "fr-par"})
    assert refused.failed
    assert_clear(refused, "403", "3 of 3", "scw_edge_plan")


def test_endpoints_are_found_by_their_private_network(chain: Chain) -> None:
    task = {"private_network_id": NOBODY, "region": "fr-par"}
    made = run_module(chain.emulator, "scw_edge_vpc_endpoint", task).result["vpc_endpoint"]
    assert made["project_id"] == PROJECT_ID
    assert_quiet(run_module(chain.emulator, "scw_edge_vpc_endpoint", {"private_network": NOBODY.upper()}))
    chain.account.call("PUT", f"/pipelines/{chain.pipeline_id}/vpc-endpoints", {"vpc_endpoint_ids": [made["id"]]})
    used = run_module(chain.emulator, "scw_edge_vpc_endpoint", {"id": made["id"], "state": "absent"})
    assert used.failed
    assert_clear(used, "attached to pipeline", chain.pipeline_id)
