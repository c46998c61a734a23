# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stories of Edge Services beyond single resources: pipelines as a whole, purges, checks and plans."""

from __future__ import annotations

from typing import Any

import requests

from behaviour.account import BACKEND_BODY, PROJECT_ID, Account
from behaviour.pipelines import Site
from contract.certificates import custom_chain
from emulator.testing import Emulator
from faults.checks import is_gone, once
from faults.story import Settling, Start, Story

ABSENT = {"name": "shop", "state": "absent"}
VALID = {"is_valid": True}
PURGE = "CreatePurgeRequest"
ASSETS = ["/index.html", "/shop.css"]


# Whole pipelines


def _absent_pipeline(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
    return {**Site(emulator, session).small, "pipeline_errors": "fail"}


def _pipeline_without_cache(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
    """A stage goes between two that are linked."""
    site = Site(emulator, session)
    site.make(site.small)
    task = site.small
    task["stages"]["cache"] = {"fallback_ttl": "1h"}
    return task


def _pipeline_with_firewall(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
    """A stage in the middle goes, and those around it are linked."""
    site = Site(emulator, session)
    site.make(site.small)
    task = site.small
    del task["stages"]["waf"]
    return {**task, "purge": True}


def _whole_pipeline(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
    site = Site(emulator, session)
    site.make(site.small)
    return dict(ABSENT)


# Purges


def _purge(**target: Any) -> Start:
    """The same was purged before, by somebody else."""

    def start(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
        site = Site(emulator, session)
        made = site.make(site.small)
        own_id = site.account.post("/purge-requests", pipeline_id=made["id"], **target)["id"]
        while site.account.call("GET", f"/purge-requests/{own_id}")["status"] != "done":
            pass
        return {"pipeline": "shop", **target}

    return start


# Checks


def _check_all(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
    """A domain, a certificate, and a load balancer that is named."""
    account = Account(emulator, "zones/nl-ams-2", session)
    lb = account.post("/lbs", name="shop", type="LB-S", project_id=PROJECT_ID)["id"]
    account.call("GET", f"/lbs/{lb}")
    backend = account.post(f"/lbs/{lb}/backends", name="app", **BACKEND_BODY)["id"]
    account.post(f"/lbs/{lb}/frontends", name="https", inbound_port=443, backend_id=backend)
    emulator.edge_checks([{"check": check, **VALID} for check in ("domain", "pem_chain", "lb_origin")])
    return {
        "domain": {"fqdn": "www.example.com", "cname": "shop.example.net"},
        "pem_chain": {"fqdn": "www.example.com", "raw": custom_chain("www.example.com", ["www.example.com"])},
        "lb_origin": {"lb": "shop", "zone": "nl-ams-2", "frontend": "https"},
    }


# Plans


def _plan(before: str | None, **options: Any) -> Start:
    def start(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
        if before:
            account = Account(emulator, "", session, "/edge-services/v1beta1")
            account.call("PATCH", "/current-plan", {"project_id": PROJECT_ID, "plan_name": before})
        return options

    return start


PIPELINE = Settling("edge_pipeline")
PURGED = Settling("edge_purge_request", "done")

STORIES: tuple[Story, ...] = (
    Story(
        "scw_edge_pipeline-tree-create",
        "scw_edge_pipeline",
        _absent_pipeline,
        settles=(PIPELINE,),
        words=("does not work",),
    ),
    Story("scw_edge_pipeline-tree-insert", "scw_edge_pipeline", _pipeline_without_cache),
    Story(
        "scw_edge_pipeline-tree-purge",
        "scw_edge_pipeline",
        _pipeline_with_firewall,
        words=("still uses",),
        also=is_gone("edge_waf_stages"),
    ),
    Story(
        "scw_edge_pipeline-tree-delete",
        "scw_edge_pipeline",
        _whole_pipeline,
        words=("still uses",),
        also=is_gone("edge_pipelines"),
    ),
    Story("scw_edge_purge-all", "scw_edge_purge", _purge(all=True), lasting=False, settles=(PURGED,), also=once(PURGE)),
    Story("scw_edge_purge-assets", "scw_edge_purge", _purge(assets=ASSETS), lasting=False, also=once(PURGE)),
    Story("scw_edge_check-all", "scw_edge_check", _check_all, lasting=False),
    Story("scw_edge_plan-select", "scw_edge_plan", _plan(None, plan_name="starter")),
    Story("scw_edge_plan-change", "scw_edge_plan", _plan("starter", plan_name="advanced")),
    Story("scw_edge_plan-end", "scw_edge_plan", _plan("starter", state="absent"), also=is_gone("edge_plans")),
    Story("scw_edge_plan_info-billing", "scw_edge_plan_info", _plan("starter", billing=True)),
)
