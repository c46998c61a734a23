# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How pipelines and purge requests settle.

Recorded: a pipeline without a head stage is `warning` at once, with a critical error of type config. Here, one with a
head is `pending` whenever something that requests pass has changed, and ends in `ready`, in `warning` for errors of
type config, or in `error` for those of type runtime.
"""

from __future__ import annotations

from emulator.edge import diagnosis
from emulator.edge.records import Pipeline, PurgeRequest, Stage
from emulator.edge.state import EdgeState
from emulator.errors import locked, transient_state
from emulator.world import NEVER, StatusRule

PIPELINE = "edge_pipeline"
STAGE = "edge_stage"
PURGE_REQUEST = "edge_purge_request"
PENDING = "pending"
_BY_SEVERITY = ("ready", "warning", "error")
_SECONDS_OF_VALIDITY = 90 * 24 * 3600
_NANOSECONDS = 1_000_000_000


def deploy(state: EdgeState, pipeline: Pipeline) -> None:
    """Bring a changed pipeline into effect: takes its time with a head stage, none without."""
    rule = _rule_for(state, pipeline)
    if pipeline.head_ids or (rule is not None and rule.status == NEVER):
        pipeline.status, pipeline.errors = PENDING, []
        pipeline.transition = state.world.start(PENDING)
        return
    conclude(state, pipeline, rule)


def deploy_if_passed(state: EdgeState, stage: Stage) -> None:
    """Bring a changed stage into effect, if requests pass it."""
    pipeline = state.pipeline_of(stage)
    if any(passed.id == stage.id for passed in diagnosis.reached(state, pipeline)):
        deploy(state, pipeline)


def conclude(state: EdgeState, pipeline: Pipeline, rule: StatusRule | None) -> None:
    """End a deployment: with the status of a rule, or with the one that follows from what is wrong."""
    pipeline.transition = None
    is_told_ready = rule is not None and rule.status == "ready"
    pipeline.errors = [] if is_told_ready else diagnosis.errors_of(state, pipeline)
    pipeline.status = _status_for(pipeline.errors)
    if rule is not None:
        pipeline.status, pipeline.errors = rule.status, _errors_by_rule(pipeline.errors, rule)
    pipeline.live_ids = frozenset(stage.id for stage in diagnosis.reached(state, pipeline))
    failed = any(error["stage"] == "tls" for error in pipeline.errors)
    for stage in state.stages_of(pipeline, "tls"):
        _issue(state, stage, is_issued=stage.id in pipeline.live_ids and not failed)


def _issue(state: EdgeState, stage: Stage, *, is_issued: bool) -> None:
    if not (is_issued and stage.settings["managed_certificate"]):
        stage.expires_at = None
    elif stage.expires_at is None:
        stage.expires_at = state.world.clock.now + _SECONDS_OF_VALIDITY * _NANOSECONDS


def _status_for(errors: list[dict[str, str]]) -> str:
    if any(error["type"] == "runtime" for error in errors):
        return "error"
    return "warning" if errors else "ready"


def _errors_by_rule(errors: list[dict[str, str]], rule: StatusRule) -> list[dict[str, str]]:
    if rule.status not in ("warning", "error"):
        return errors
    failure = {
        "stage": "unknown_stage",
        "code": "pipeline_configuration_failed",
        "severity": "critical" if rule.status == "error" else "warning",
        "type": "runtime" if rule.status == "error" else "config",
        "message": rule.details or "the configuration could not be brought into effect",
    }
    return errors if errors and rule.details is None else [failure]


def shown_status(state: EdgeState, pipeline: Pipeline) -> tuple[str, list[dict[str, str]]]:
    """Return status and errors with those that are programmed; they do not show while a pipeline is unsettled."""
    added = [rule.as_error() for rule in state.error_rules if rule.covers(pipeline.id, pipeline.name)]
    if pipeline.status not in _BY_SEVERITY:
        return pipeline.status, pipeline.errors
    worst = max(pipeline.status, _status_for(added), key=_BY_SEVERITY.index)
    return worst, [*pipeline.errors, *added]


def stage_status(state: EdgeState, stage: Stage) -> str:
    """Return the status of a stage: active since its pipeline was deployed with it (recorded: inactive before)."""
    rule = state.world.rule_for(STAGE, stage.id, stage.kind)
    if rule is not None and rule.status != NEVER:
        return rule.status
    is_live = rule is None and stage.id in state.pipeline_of(stage).live_ids
    return "active" if is_live else "inactive"


def observe(state: EdgeState, pipeline: Pipeline) -> None:
    """Let a pipeline be seen once: settle it when that is due, count the sighting otherwise."""
    if pipeline.transition is None:
        return
    rule = _rule_for(state, pipeline)
    if state.world.is_over(pipeline.transition, rule):
        conclude(state, pipeline, rule)
        return
    pipeline.transition.sightings += 1


def observe_purge(state: EdgeState, purge: PurgeRequest) -> None:
    """Let a purge request be seen once: it ends in done, in error for an asset called fail."""
    if purge.transition is None:
        return
    rule = state.world.rule_for(PURGE_REQUEST, purge.id, purge.pipeline_id)
    if not state.world.is_over(purge.transition, rule):
        purge.transition.sightings += 1
        return
    is_doomed = any(asset.rsplit("/", 1)[-1] == "fail" for asset in purge.target.get("assets", []))
    conclude_purge(state, purge, rule.status if rule else "error" if is_doomed else "done")


def conclude_purge(state: EdgeState, purge: PurgeRequest, status: str) -> None:
    """End a purge request."""
    purge.transition = None
    purge.status = status
    purge.updated_at = state.world.clock.tick()


def observe_all(state: EdgeState) -> None:
    """Finish what real time has finished."""
    if state.world.settings.settle_seconds is None:
        return
    for pipeline in state.pipelines:
        observe(state, pipeline)
    for purge in state.purge_requests:
        observe_purge(state, purge)


def require_settled(state: EdgeState, pipeline: Pipeline) -> None:
    """Answer 403 to who may not write, 409 to writes on what is unsettled, 423 to writes on what is locked.

    A refusal counts as a sighting.
    """
    state.world.require_project(pipeline.project_id, "pipeline")
    if state.world.settings.busy_conflict:
        observe(state, pipeline)
        if pipeline.status == PENDING:
            raise transient_state("pipeline", pipeline.id, PENDING)
    if pipeline.status == "locked":
        raise locked("pipeline", pipeline.id)


def _rule_for(state: EdgeState, pipeline: Pipeline) -> StatusRule | None:
    return state.world.rule_for(PIPELINE, pipeline.id, pipeline.name)
