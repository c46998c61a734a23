# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers as hosts: what is fetched of them, and what their variables say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import CONTAINER, DOMAIN, NAMESPACE, TRIGGER
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.serverless import LOCATION
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_product import Item, Product

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_fetch import Place

DETAILS = {"domains": DOMAIN, "triggers": TRIGGER}


def fetch(place: Place, details: Collection[str], owner: Mapping[str, str]) -> list[Item]:
    """The containers of a region. Every list is one of the whole region."""
    wanted: list[Resource] = [CONTAINER, NAMESPACE, *(DETAILS[name] for name in details)]
    lists = dict(
        zip(("", "namespaces", *details), place.each(lambda kind: place.all(kind, owner), wanted), strict=True)
    )
    namespaces = {namespace["id"]: namespace for namespace in lists["namespaces"]}
    inside = {name: by_key(lists[name], "container_id") for name in details}
    return [
        {
            "object": container,
            "region": place.name,
            "namespace": brief_namespace(namespaces.get(container["namespace_id"], {})),
            "details": {name: inside[name].get(container["id"], []) for name in details},
        }
        for container in lists[""]
    ]


def by_key(objects: Collection[Values], key: str) -> dict[Any, list[Values]]:
    """The objects of a list, by what they belong to."""
    found: dict[Any, list[Values]] = {}
    for obj in objects:
        found.setdefault(obj.get(key), []).append(obj)
    return found


def brief_namespace(namespace: Mapping[str, Any]) -> Values:
    """What a host tells of the namespace around it."""
    return {
        "namespace": namespace.get("name"),
        "project_id": namespace.get("project_id"),
        "organization_id": namespace.get("organization_id"),
    }


def described_details(details: Mapping[str, Any]) -> Values:
    """Details as variables. Domains of one's own are apart from ``domains``, the names of all."""
    return {"custom_domains" if name == "domains" else name: value for name, value in details.items()}


def custom_hostnames(details: Mapping[str, Any]) -> list[Any]:
    """The names of the domains among the details."""
    return [domain.get("hostname") for domain in details.get("domains", ())]


def describe(item: Item) -> Mapping[str, Any]:
    """What the variables of a container say beside its own keys."""
    endpoint = str(item["object"].get("public_endpoint") or "")
    url = endpoint if "://" in endpoint or not endpoint else f"https://{endpoint}"
    return {
        **item["namespace"],
        "public_endpoint": url or None,
        "domains": [urlsplit(url).hostname, *custom_hostnames(item["details"])],
        **described_details(item["details"]),
    }


PRODUCT = Product(
    name="container",
    location=LOCATION,
    fetch=fetch,
    keys=(
        "namespace_id",
        "image",
        "privacy",
        "protocol",
        "port",
        "https_connections_only",
        "sandbox",
        "min_scale",
        "max_scale",
        "memory_limit_bytes",
        "mvcpu_limit",
        "local_storage_limit_bytes",
        "timeout",
        "scaling_option",
        "private_network_id",
        "environment_variables",
        "error_message",
    ),
    describe=describe,
    named_in=("namespace", "region"),
    grouped_by=(("namespace", "namespace"),),
)
