# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the registry: namespaces, images and tags. Known from the SDK alone."""

from __future__ import annotations

from typing import Any

from emulator.listing import page
from emulator.operations import Answer, Call
from emulator.registry.records import Image, Namespace, Tag
from emulator.registry.state import RegistryState

Json = dict[str, Any]


def _is_owned(namespace: Namespace, call: Call) -> bool:
    return (
        namespace.region == call.place.region
        and namespace.project_id == call.value("project_id", namespace.project_id)
        and namespace.organization_id == call.value("organization_id", namespace.organization_id)
    )


def list_namespaces(state: RegistryState, call: Call) -> Answer:
    """List namespaces; a name is the whole name."""
    found = [n for n in state.namespaces if _is_owned(n, call) and n.name == call.value("name", n.name)]
    return page(call, found, "namespaces", lambda namespace: _namespace_view(state, namespace))


def get_namespace(state: RegistryState, call: Call) -> Answer:
    """Read a namespace."""
    return _namespace_view(state, state.namespace(call.place, call.ids["namespace_id"]))


def _namespace_view(state: RegistryState, namespace: Namespace) -> Json:
    return {
        **_dates(state, namespace),
        "id": namespace.id,
        "name": namespace.name,
        "description": namespace.description,
        "organization_id": namespace.organization_id,
        "project_id": namespace.project_id,
        "status": "ready",
        "status_message": "",
        "endpoint": f"rg.{namespace.region}.scw.cloud/{namespace.name}",
        "is_public": False,
        "size": 0,
        "image_count": state.images.count_of(namespace.id),
        "region": namespace.region,
    }


def list_images(state: RegistryState, call: Call) -> Answer:
    """List images; a name is the whole name."""
    found = [
        image
        for image in state.images
        if _is_owned(state.namespace_of(image), call)
        and image.namespace_id == call.value("namespace_id", image.namespace_id)
        and image.name == call.value("name", image.name)
    ]
    return page(call, found, "images", lambda image: _image_view(state, image))


def get_image(state: RegistryState, call: Call) -> Answer:
    """Read an image."""
    return _image_view(state, state.image(call.place, call.ids["image_id"]))


def _image_view(state: RegistryState, image: Image) -> Json:
    return {
        **_dates(state, image),
        "id": image.id,
        "name": image.name,
        "namespace_id": image.namespace_id,
        "status": "ready",
        "status_message": "",
        "visibility": "inherit",
        "size": 0,
        "tags": [tag.name for tag in state.tags.of(image.id)],
    }


def list_tags(state: RegistryState, call: Call) -> Answer:
    """List the tags of an image; a name is the whole name."""
    image = state.image(call.place, call.ids["image_id"])
    found = [tag for tag in state.tags.of(image.id) if tag.name == call.value("name", tag.name)]
    return page(call, found, "tags", lambda tag: tag_view(state, tag))


def get_tag(state: RegistryState, call: Call) -> Answer:
    """Read a tag."""
    return tag_view(state, state.tag(call.place, call.ids["tag_id"]))


def tag_view(state: RegistryState, tag: Tag) -> Json:
    """A tag; its digest and its second date tell one push from the next."""
    return {
        **_dates(state, tag),
        "id": tag.id,
        "name": tag.name,
        "image_id": tag.image_id,
        "status": "ready",
        "digest": tag.digest,
    }


def _dates(state: RegistryState, record: Namespace | Image | Tag) -> Json:
    text = state.world.clock.stored_text
    return {"created_at": text(record.created_at), "updated_at": text(record.updated_at)}
