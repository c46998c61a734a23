# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which stages a list asks for: by host name, secret, bucket or Load Balancer; and searches in all pipelines."""

from __future__ import annotations

from typing import Any

from emulator.edge.records import Stage
from emulator.edge.state import EdgeState
from emulator.edge.views import stage_view
from emulator.listing import page
from emulator.operations import Answer, Call


def fits(stage: Stage, call: Call) -> bool:
    """Say whether a stage fits every filter of a request; kinds without a filter's field never meet it."""
    bucket: dict[str, Any] = stage.settings.get("scaleway_s3", {})
    balancers = [lb["id"] for lb in stage.settings.get("scaleway_lb", {"lbs": []})["lbs"]]
    secrets = stage.settings.get("secrets", [])
    checks = {
        "fqdn": lambda text: text.lower() in map(str.lower, stage.settings.get("fqdns", [])),
        "secret_id": lambda text: any(secret["secret_id"] == text.lower() for secret in secrets),
        "secret_region": lambda text: any(secret["region"] == text for secret in secrets),
        "bucket_name": lambda text: bucket.get("bucket_name") == text,
        "bucket_region": lambda text: bucket.get("bucket_region") == text,
        "lb_id": lambda text: text.lower() in balancers,
    }
    return all(check(call.value(name)) for name, check in checks.items() if call.value(name) is not None)


def search_stages(kind: str, state: EdgeState, call: Call) -> Answer:
    """List the stages of a kind in all pipelines."""
    found = (
        stage
        for stage in state.stages
        if stage.kind == kind and state.is_listed(state.pipeline_of(stage), call) and fits(stage, call)
    )
    return page(call, found, "stages", lambda stage: stage_view(state, stage))
