# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VPC endpoints: how pipelines are reached from private networks. The networks belong to a product not served."""

from __future__ import annotations

from emulator.edge import settling
from emulator.edge.records import VpcEndpoint
from emulator.edge.state import EdgeState
from emulator.edge.views import vpc_endpoint_view
from emulator.errors import already_exists, invalid_argument, still_in_use
from emulator.listing import page
from emulator.operations import Answer, Call


def list_vpc_endpoints(state: EdgeState, call: Call) -> Answer:
    """List endpoints."""
    found = (endpoint for endpoint in state.vpc_endpoints if state.is_listed(endpoint, call))
    return page(call, found, "vpc_endpoints", lambda endpoint: vpc_endpoint_view(state, endpoint))


def create_vpc_endpoint(state: EdgeState, call: Call) -> Answer:
    """Create an endpoint, one for each private network."""
    project_id: str = call.value("project_id")
    network: str = call.value("private_network_id").lower()
    state.world.require_project(project_id, "vpc_endpoint")
    for found in state.vpc_endpoints:
        if found.private_network_id == network:
            raise already_exists("vpc_endpoint", found.id, "The private network has a VPC endpoint already")
    now = state.world.clock.tick()
    endpoint = VpcEndpoint(
        id=state.world.identities.uuid(),
        created_at=now,
        updated_at=now,
        project_id=project_id,
        organization_id=state.world.identities.organization_id,
        region=call.value("region"),
        private_network_id=network,
    )
    return vpc_endpoint_view(state, state.vpc_endpoints.add(endpoint))


def get_vpc_endpoint(state: EdgeState, call: Call) -> Answer:
    """Read an endpoint."""
    return vpc_endpoint_view(state, state.vpc_endpoint(call.ids["vpc_endpoint_id"]))


def delete_vpc_endpoint(state: EdgeState, call: Call) -> Answer:
    """Delete an endpoint that no pipeline uses."""
    endpoint = state.vpc_endpoint(call.ids["vpc_endpoint_id"])
    state.world.require_project(endpoint.project_id, "vpc_endpoint")
    for pipeline in state.pipelines:
        if endpoint.id in pipeline.vpc_endpoint_ids:
            raise still_in_use(f"The VPC endpoint is attached to pipeline {pipeline.id}")
    state.vpc_endpoints.remove(endpoint)
    return None


def set_of_pipeline(state: EdgeState, call: Call) -> Answer:
    """Replace the endpoints of a pipeline by others of its project."""
    pipeline = state.pipeline(call.ids["pipeline_id"])
    settling.require_settled(state, pipeline)
    endpoints: dict[str, VpcEndpoint] = {}
    for number, identifier in enumerate(call.value("vpc_endpoint_ids", [])):
        endpoint = state.vpc_endpoints.get(identifier.lower())
        if endpoint is None or endpoint.project_id != pipeline.project_id:
            raise invalid_argument(f"vpc_endpoint_ids.{number}", "there is no such VPC endpoint in the project")
        endpoints[endpoint.id] = endpoint
    pipeline.vpc_endpoint_ids = list(endpoints)
    pipeline.updated_at = state.world.clock.tick()
    settling.deploy(state, pipeline)
    return {
        "pipeline_id": pipeline.id,
        "vpc_endpoints": [vpc_endpoint_view(state, endpoint) for endpoint in endpoints.values()],
        "total_count": len(endpoints),
    }
