# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applying a status rule to what has settled already."""

from __future__ import annotations

from scaleway.edge_services.v1beta1.types import PipelineStatus, PurgeRequestStatus, StageStatus

from emulator.edge import settling
from emulator.edge.state import EdgeState
from emulator.world import StatusRule

STATUS_KINDS = {
    settling.PIPELINE: frozenset(item.value for item in PipelineStatus),
    settling.STAGE: frozenset(item.value for item in StageStatus),
    settling.PURGE_REQUEST: frozenset(item.value for item in PurgeRequestStatus),
}


def force(state: EdgeState, rule: StatusRule) -> None:
    """Give what a rule covers its status at once; stages follow their rules anyway."""
    for pipeline in state.pipelines:
        if rule.covers(settling.PIPELINE, pipeline.id, pipeline.name):
            settling.conclude(state, pipeline, rule)
    for purge in state.purge_requests:
        if rule.covers(settling.PURGE_REQUEST, purge.id, purge.pipeline_id):
            settling.conclude_purge(state, purge, rule.status)
