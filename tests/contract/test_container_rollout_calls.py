# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls behind a rollout, and the keys that it reads, against the vendor's SDK of containers and registry."""

from __future__ import annotations

from typing import get_args

import pytest
from scaleway.container.v1 import api as container_api
from scaleway.container.v1 import types as container_types
from scaleway.registry.v1 import api as registry_api
from scaleway.registry.v1 import types as registry_types

from ansible_collections.scw.cloud.plugins.module_utils.container import images as container_images
from ansible_collections.scw.cloud.plugins.module_utils.container import rollout as container_rollout
from contract.sdk_calls import anonymous, read_calls, wire_types

CONTAINERS = read_calls(container_api, container_types)
REGISTRY = read_calls(registry_api, registry_types)
# Path, key of the list, the filters that are sent, and the keys that are read of its elements.
LISTS = [
    (container_images.NAMESPACES, "namespaces", {"name"}, {"id", "name"}),
    (container_images.IMAGES, "images", {"name", "namespace_id"}, {"id", "name", "namespace_id"}),
    (container_images.TAGS, "tags", {"name"}, {"id", "name", "image_id", "digest", "updated_at"}),
]


def placed(path: str) -> str:
    """The path in some region, as the SDK has it."""
    return anonymous(path.replace("{scope}", "regions/{}"))


def test_a_rollout_is_the_call_of_the_sdk_and_has_an_empty_body() -> None:
    call = CONTAINERS["POST", placed(container_rollout.REDEPLOY)]
    assert not call.body
    assert not call.query
    assert call.answer is not None
    assert {"id", "status", "image", "updated_at", "error_message"} <= set(wire_types(call.answer))


@pytest.mark.parametrize(("path", "items", "sent", "read"), LISTS)
def test_a_list_of_the_registry_takes_the_filters_and_has_the_keys(
    path: str, items: str, sent: set[str], read: set[str]
) -> None:
    call = REGISTRY["GET", placed(path)]
    assert {*sent, "page", "page_size"} <= set(call.query)
    assert call.answer is not None
    (element,) = get_args(wire_types(call.answer)[items])
    assert read <= set(wire_types(element))
