# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of the container registry that tells whether a tag was pushed again: read-only."""

from __future__ import annotations

from collections.abc import Callable

from scaleway.registry.v1 import types

from emulator.operations import Answer, Call, Operation, Product
from emulator.registry import images
from emulator.registry.pushes import REGIONS, REGISTRY_CONTROL
from emulator.registry.state import RegistryState
from emulator.schema import SchemaFacts
from emulator.shapes import Identifier, Whole

_BASE = "/registry/v1/regions/{region}"


def _read(
    name: str, path: str, request: str, handler: Callable[[RegistryState, Call], Answer]
) -> Operation[RegistryState]:
    known: type = getattr(types, f"{request}Request")
    return Operation(name, "GET", f"{_BASE}{path}", known, handler, in_query=True)


REGISTRY: Product[RegistryState] = Product(
    name="registry",
    operations=(
        _read("ListRegistryNamespaces", "/namespaces", "ListNamespaces", images.list_namespaces),
        _read("GetRegistryNamespace", "/namespaces/{namespace_id}", "GetNamespace", images.get_namespace),
        _read("ListRegistryImages", "/images", "ListImages", images.list_images),
        _read("GetRegistryImage", "/images/{image_id}", "GetImage", images.get_image),
        _read("ListRegistryTags", "/images/{image_id}/tags", "ListTags", images.list_tags),
        _read("GetRegistryTag", "/tags/{tag_id}", "GetTag", images.get_tag),
    ),
    facts=SchemaFacts(
        shapes={
            "page": Whole(1),
            "page_size": Whole(1),
            "namespace_id": Identifier(),
            "project_id": Identifier(),
            "organization_id": Identifier(),
        }
    ),
    zones=(),
    regions=REGIONS,
    open=RegistryState,
    records=RegistryState.records,
    catch_up=lambda _state: None,
    controls={"registry": REGISTRY_CONTROL},
)
