# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Origins of backend stages: what requests are sent to in the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from emulator.edge.facts import ORIGINS
from emulator.edge.records import Pipeline
from emulator.errors import invalid_argument
from emulator.operations import Call
from emulator.world import Target, World

Origin = dict[str, Any]


def origin_after(world: World, call: Call, pipeline: Pipeline, before: dict[str, Any]) -> dict[str, Any]:
    """Return the origin after a write: replaced as a whole where one is given (recorded). Answers 400 without any."""
    if call.value("pipeline_id") not in (None, "", pipeline.id):
        raise invalid_argument("pipeline_id", "the stage belongs to another pipeline")
    kind = next((name for name in ORIGINS if call.value(name) is not None), None)
    if kind is not None:
        return {kind: _BUILDERS[kind](world, call.value(kind), kind)}
    if not before:
        raise invalid_argument(ORIGINS[0], f"one of {', '.join(ORIGINS)} must be set", "required")
    return before


def _bucket(_world: World, given: Origin, _path: str) -> Origin:
    return {**given, "is_website": bool(given.get("is_website"))}


def _load_balancers(world: World, given: Origin, path: str) -> Origin:
    if not given["lbs"]:
        raise invalid_argument(f"{path}.lbs", "value must not be empty")
    return {"lbs": [_load_balancer(world, lb, f"{path}.lbs.{number}") for number, lb in enumerate(given["lbs"])]}


def _load_balancer(world: World, given: Origin, path: str) -> Origin:
    wrong = missing_part(world, given)
    if wrong is not None:
        raise invalid_argument(f"{path}.{wrong}", f"there is no such object in {given['zone']}")
    return {
        "id": given["id"].lower(),
        "zone": given["zone"],
        "frontend_id": given["frontend_id"].lower(),
        "is_ssl": bool(given.get("is_ssl")),
        "domain_name": given.get("domain_name") or "",
        "has_websocket": bool(given.get("has_websocket")),
        "private_network_id": given.get("private_network_id"),
    }


def missing_part(world: World, lb: Mapping[str, Any]) -> str | None:
    """Return the argument of a Load Balancer's origin that names nothing there is, None where all is well."""
    if not world.has_target("lb", lb["id"], Target(lb["zone"])):
        return "id"
    is_known = world.has_target("lb_frontend", lb["frontend_id"], Target(lb["zone"], lb["id"].lower()))
    return None if is_known else "frontend_id"


def _serverless(kind: str) -> Callable[[World, Origin, str], Origin]:
    key = f"{kind}_id"

    def build(world: World, given: Origin, path: str) -> Origin:
        if not world.has_target(kind, given[key], Target(given["region"])):
            raise invalid_argument(f"{path}.{key}", f"there is no such {kind} in {given['region']}")
        return {"region": given["region"], key: given[key].lower()}

    return build


_BUILDERS: Mapping[str, Callable[[World, Origin, str], Origin]] = {
    "scaleway_s3": _bucket,
    "scaleway_lb": _load_balancers,
    "scaleway_serverless_container": _serverless("container"),
    "scaleway_serverless_function": _serverless("function"),
}
