# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Subscription plans: what a project may have, and what it costs. The figures are inventions of ours."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from emulator.edge.records import Pipeline
from emulator.edge.state import EdgeState
from emulator.errors import permission_denied, quotas_exceeded, still_in_use
from emulator.operations import Answer, Call


@dataclass(frozen=True)
class PlanDetails:
    """What a plan includes. More pipelines and requests cost more (documented); more backends are refused."""

    plan_name: str
    package_gb: int
    pipeline_limit: int
    waf_requests: int
    backend_limit: int
    wildcard_domain: bool


@dataclass(frozen=True)
class NoArguments:
    """Of an operation that the SDK has no request type for."""


PLANS = {
    plan.plan_name: plan
    for plan in (
        PlanDetails("starter", 100, 1, 0, 3, wildcard_domain=False),
        PlanDetails("professional", 1000, 5, 10_000_000, 5, wildcard_domain=True),
        PlanDetails("advanced", 3000, 10, 30_000_000, 10, wildcard_domain=True),
    )
}
_MONTHLY_CENTS = {"starter": 100, "professional": 1000, "advanced": 5000}
_EXTRA_PIPELINE_CENTS = 100
_WAF_CENTS = 500


def require_room(
    state: EdgeState, pipeline: Pipeline, kind: str, settings: dict[str, Any], *, is_new: bool = True
) -> None:
    """Answer 403 to a stage that the plan of the project does not include."""
    plan = PLANS[state.plans[pipeline.project_id]]
    count = len(state.stages_of(pipeline, kind))
    if kind == "backend" and is_new and count >= plan.backend_limit:
        raise quotas_exceeded("backend_stage", plan.backend_limit, count)
    if settings.get("wildcard_domain") and not plan.wildcard_domain:
        raise permission_denied()


def list_plans(_state: EdgeState, _call: Call) -> Answer:
    """List all plans, the smallest first."""
    return {"plans": [asdict(plan) for plan in PLANS.values()], "total_count": len(PLANS)}


def select_plan(state: EdgeState, call: Call) -> Answer:
    """Give a project a plan, or another one."""
    project_id: str = call.value("project_id").lower()
    state.world.require_project(project_id, "plan")
    state.plans[project_id] = call.value("plan_name")
    return {"plan_name": state.plans[project_id]}


def get_current_plan(state: EdgeState, call: Call) -> Answer:
    """Read the plan of a project."""
    if call.ids["project_id"] not in state.plans:
        raise state.absent()
    return {"plan_name": state.plans[call.ids["project_id"]]}


def delete_current_plan(state: EdgeState, call: Call) -> Answer:
    """End the plan of a project that has no pipelines any more."""
    project_id = call.ids["project_id"]
    state.world.require_project(project_id, "plan")
    if project_id not in state.plans:
        raise state.absent()
    if any(pipeline.project_id == project_id for pipeline in state.pipelines):
        raise still_in_use("The project has pipelines")
    del state.plans[project_id]
    return None


def get_billing(state: EdgeState, call: Call) -> Answer:
    """Read what a project has used, which is nothing but its pipelines."""
    plan = PLANS.get(state.plans.get(call.ids["project_id"], ""))
    owned = [pipeline for pipeline in state.pipelines if pipeline.project_id == call.ids["project_id"]]
    cost = _MONTHLY_CENTS[plan.plan_name] if plan else 0
    extra = max(len(owned) - plan.pipeline_limit, 0) * _EXTRA_PIPELINE_CENTS if plan else 0
    has_waf = any(state.stages_of(pipeline, "waf") for pipeline in owned)
    waf = _WAF_CENTS if has_waf and plan and not plan.waf_requests else 0
    return {
        "current_plan": asdict(plan) if plan else None,
        "pipeline_number": len(owned),
        "current_plan_cache_usage": 0,
        "extra_cache_usage": 0,
        "current_plan_waf_usage": 0,
        "extra_waf_usage": 0,
        "plan_cost": _money(cost),
        "extra_pipelines_cost": _money(extra),
        "extra_cache_cost": _money(0),
        "extra_waf_cost": _money(0),
        "waf_add_on": _money(waf),
        "plans_usage_details": {plan.plan_name: {"plan_cost": _money(cost)}} if plan else {},
        "total_cost": _money(cost + extra + waf),
    }


def _money(cents: int) -> dict[str, Any]:
    units, rest = divmod(cents, 100)
    return {"currency_code": "EUR", "units": units, "nanos": rest * 10_000_000}
