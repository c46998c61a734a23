# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole pipeline of Edge Services in one task, changes of it, and what the emulator holds of it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import requests

from behaviour.account import PROJECT_ID, Account
from behaviour.runner import Run, run_module
from emulator.testing import Emulator

KINDS = ("dns", "tls", "cache", "route", "waf", "backend")
RESTLESS = frozenset(
    {"created_at", "updated_at", "expires_at", "id", "pipeline_id", "vpc_endpoint_ids", "status", "errors"}
)
OWN_HOST = ".svc.edge.scw.cloud"


def bucket(bucket_name: str, **more: Any) -> dict[str, Any]:
    """A backend whose origin is a bucket."""
    return {"scaleway_s3": {"bucket_name": bucket_name, "bucket_region": "fr-par"}, **more}


def rule(path: str, **target: str) -> dict[str, Any]:
    """A rule for the paths that match."""
    return {"rule_http_match": {"path_filter": {"value": path}}, **target}


WHOLE: Mapping[str, Any] = {
    "name": "shop",
    "description": "The shop",
    "stages": {
        "dns": {"fqdns": ["www.example.com", "example.org.example.com"]},
        "tls": {"managed_certificate": True},
        "cache": {"fallback_ttl": "1h", "include_cookies": False},
        "route": {
            "backend_stage": "site",
            "route_rules": [rule("/api/.*", backend_stage="api"), rule("/admin/.*", waf_stage="only")],
        },
        "waf": {"mode": "enable", "paranoia_level": 2, "backend_stage": "site"},
        "backends": [bucket("site", name="site"), bucket("api", name="api")],
    },
}
SMALL: Mapping[str, Any] = {
    "name": "shop",
    "stages": {
        "dns": {"fqdns": ["www.example.com"]},
        "tls": {"managed_certificate": True},
        "waf": {"mode": "enable", "paranoia_level": 2},
        "backends": [bucket("site")],
    },
}

# In the order in which each needs those before it.
BUILT = [
    "CreatePipeline",
    *["CreateBackendStage"] * 2,
    "CreateWafStage",
    "CreateRouteStage",
    "SetRouteRules",
    "CreateCacheStage",
    "CreateTLSStage",
    "CreateDNSStage",
    "SetHeadStage",
]
DELETED = [
    "SetHeadStage",
    "DeleteDNSStage",
    "DeleteTLSStage",
    "DeleteCacheStage",
    "DeleteRouteStage",
    "DeleteWafStage",
    *["DeleteBackendStage"] * 2,
    "DeletePipeline",
]


class Site:
    """The pipeline ``shop`` in a project with a plan, and the tasks about it."""

    def __init__(self, emulator: Emulator, session: requests.Session) -> None:
        self.emulator = emulator
        self.account = Account(emulator, "", session, "/edge-services/v1beta1")
        self.select_plan()
        emulator.clear_journal()

    @property
    def whole(self) -> dict[str, Any]:
        """Everything, to be changed at will."""
        return deepcopy(dict(WHOLE))

    @property
    def small(self) -> dict[str, Any]:
        """Everything of a smaller one, to be changed at will."""
        return deepcopy(dict(SMALL))

    def select_plan(self) -> None:
        """Give the project a plan."""
        self.account.call("PATCH", "/current-plan", {"project_id": PROJECT_ID, "plan_name": "professional"})

    def run(self, options: Mapping[str, Any], *, check: bool = False) -> Run:
        """Run the module."""
        return run_module(self.emulator, "scw_edge_pipeline", options, check=check)

    def stages(self, *, check: bool = False, purge: bool = False, **stages: Any) -> Run:
        """Run the module with these stages only."""
        return self.run({"name": "shop", "purge": purge, "stages": stages}, check=check)

    def make(self, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Have everything, and return the result; the journal starts after it."""
        run = self.run(self.whole if options is None else options)
        assert not run.failed, run.message
        self.emulator.clear_journal()
        return dict(run.result["pipeline"])

    def restart(self) -> None:
        """An account in which everything happens at once, with nothing but the plan."""
        self.emulator.reset()
        self.emulator.settings(settle_reads=0)
        self.select_plan()
        self.emulator.clear_journal()

    def held(self, kind: str) -> list[dict[str, Any]]:
        """The stages of a kind that the emulator holds."""
        return list(self.emulator.state()[f"edge_{kind}_stages"])

    def only(self, kind: str) -> dict[str, Any]:
        """The only stage of a kind."""
        (found,) = self.held(kind)
        return found

    def pipelines(self) -> list[dict[str, Any]]:
        """The pipelines that the emulator holds."""
        return list(self.emulator.state()["edge_pipelines"])

    def lasting(self) -> dict[str, list[Any]]:
        """Everything the emulator holds, without times and with names instead of IDs, in an order of its own."""
        names = {one["id"]: f"{kind} {origin_of(one)}" for kind in KINDS for one in self.held(kind)}
        stages = {kind: sorted((_plain(one, names) for one in self.held(kind)), key=str) for kind in KINDS}
        return {"pipelines": [_plain(one, names) for one in self.pipelines()], **stages}


def origin_of(stage: Mapping[str, Any]) -> str:
    """The bucket of a backend; "" of other stages."""
    return str(stage["settings"].get("scaleway_s3", {}).get("bucket_name", ""))


def _plain(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(nested, names) for key, nested in value.items() if key not in RESTLESS}
    if isinstance(value, list):
        return [_plain(nested, names) for nested in value if not str(nested).endswith(OWN_HOST)]
    return names.get(value, value) if isinstance(value, str) else value


def differing(before: Mapping[str, list[Any]], after: Mapping[str, list[Any]]) -> list[str]:
    """Kinds of the objects that were added, removed or changed, one for each of them."""
    found = []
    for kind, held in before.items():
        old, new = ([str(one) for one in objects] for objects in (held, after[kind]))
        found += [kind] * max(len([one for one in new if one not in old]), len([one for one in old if one not in new]))
    return found
