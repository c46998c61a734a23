# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pipelines of Edge Services as hosts: what is fetched of them, and what their variables say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.edge.resources import API, LOCATION
from ansible_collections.scw.cloud.plugins.module_utils.errors import RequestError
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_product import Item, Product

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_fetch import Place

WITH_STAGES = f"{API}/pipelines-stages"
"""Lists pipelines together with their stages, so that details cost no further request."""

KEPT = ("dns_stages",)
"""Stages that every host needs, for its domains."""


def fetch(place: Place, details: Collection[str], owner: Mapping[str, str]) -> list[Item]:
    """All pipelines."""
    found = place.listed(WITH_STAGES, "pipelines", "list the pipelines", owner)
    if not all(isinstance(each.get("pipeline"), dict) and "id" in each["pipeline"] for each in found):
        raise RequestError("Could not list the pipelines: the answer has elements without a pipeline.")
    # The elements have no ID of their own, so that one which slipped to another page meanwhile is there twice.
    unique = {each["pipeline"]["id"]: each for each in found}
    return [
        {
            "object": each["pipeline"],
            "details": {name: each.get(name) or [] for name in details},
            "stages": {name: each.get(name) or [] for name in KEPT},
        }
        for each in unique.values()
    ]


def describe(item: Item) -> Mapping[str, Any]:
    """What the variables of a pipeline say beside its own keys."""
    stages = item["stages"]["dns_stages"]
    own = [name for stage in stages for name in stage.get("fqdns") or ()]
    domains = [*own, *(stage.get("default_fqdn") for stage in stages)]
    first = next(filter(None, domains), None)
    return {"domains": domains, "public_endpoint": f"https://{first}" if first else None, **item["details"]}


PRODUCT = Product(
    name="edge",
    location=LOCATION,
    fetch=fetch,
    keys=("errors", "vpc_endpoint_ids"),
    describe=describe,
)
