# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions as hosts: what is fetched of them, and what their variables say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.function.resources import (
    CRON,
    DOMAIN,
    FUNCTION,
    NAMESPACE,
    TRIGGER,
)
from ansible_collections.scw.cloud.plugins.module_utils.serverless import LOCATION
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_container import (
    brief_namespace,
    by_key,
    custom_hostnames,
    described_details,
)
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_product import Item, Product

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_fetch import Place

INSIDE_FUNCTIONS = {"domains": DOMAIN, "crons": CRON}
"""Details that can be listed for one function only."""


def fetch(place: Place, details: Collection[str], owner: Mapping[str, str]) -> list[Item]:
    """The functions of a region, which are listed by namespace."""
    namespaces = {namespace["id"]: namespace for namespace in place.all(NAMESPACE, owner)}
    lists = place.each(lambda namespace_id: place.inside(FUNCTION, namespace_id), list(namespaces))
    functions = [function for found in lists for function in found or ()]
    jobs = [(function["id"], name) for function in functions for name in INSIDE_FUNCTIONS if name in details]
    found = dict(zip(jobs, place.each(lambda job: place.inside(INSIDE_FUNCTIONS[job[1]], job[0]), jobs), strict=True))
    gone = {function_id for (function_id, _name), elements in found.items() if elements is None}
    triggers = by_key(_triggers(place, list(namespaces)) if "triggers" in details else [], "function_id")
    return [
        {
            "object": function,
            "region": place.name,
            "namespace": brief_namespace(namespaces.get(function["namespace_id"], {})),
            "details": {
                name: triggers.get(function["id"], []) if name == "triggers" else found[function["id"], name]
                for name in details
            },
        }
        for function in functions
        if function["id"] not in gone
    ]


def _triggers(place: Place, namespace_ids: list[str]) -> list[dict[str, Any]]:
    def read(namespace_id: str) -> list[dict[str, Any]]:
        query = {"namespace_id": namespace_id}
        doing = f"list the {TRIGGER.plural_title} of namespace {namespace_id}"
        return place.listed(TRIGGER.collection, TRIGGER.items, doing, query)

    return [trigger for found in place.each(read, namespace_ids) for trigger in found]


def describe(item: Item) -> Mapping[str, Any]:
    """What the variables of a function say beside its own keys."""
    name = item["object"].get("domain_name")
    return {
        **item["namespace"],
        "public_endpoint": f"https://{name}" if name else None,
        "domains": [name, *custom_hostnames(item["details"])],
        **described_details(item["details"]),
    }


PRODUCT = Product(
    name="function",
    location=LOCATION,
    fetch=fetch,
    keys=(
        "namespace_id",
        "runtime",
        "handler",
        "privacy",
        "http_option",
        "sandbox",
        "min_scale",
        "max_scale",
        "memory_limit",
        "cpu_limit",
        "timeout",
        "private_network_id",
        "environment_variables",
        "error_message",
        "build_message",
        "runtime_message",
        "ready_at",
    ),
    describe=describe,
    named_in=("namespace", "region"),
    grouped_by=(("namespace", "namespace"), ("runtime", "runtime")),
)
