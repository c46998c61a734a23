# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests call a resource: by its name alone two products could have the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource

PRODUCTS = {"lb": "lb", "containers": "container", "functions": "function", "edge-services": "edge"}
"""The word for a product in the names of modules, by the word in the paths of its API."""


def product_of(resource: Resource) -> str:
    """The product a resource belongs to."""
    return PRODUCTS[resource.collection.split("/")[1]]


def key_of(resource: Resource) -> str:
    """The key of a resource in tables of the tests: its product and its name, or only these if they are the same."""
    product = product_of(resource)
    return product if resource.name == product else f"{product}_{resource.name}"


def module_of(resource: Resource) -> str:
    """The module that manages a resource."""
    return f"scw_{key_of(resource)}"
