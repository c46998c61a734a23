# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All objects of the registry between two resets."""

from __future__ import annotations

import dataclasses
from typing import Any

from emulator.errors import resource_not_found
from emulator.operations import Place
from emulator.registry.records import Image, Namespace, Tag
from emulator.store import Collection
from emulator.world import World


class RegistryState:
    """Collections of every kind, and how to find things from a region."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.namespaces: Collection[Namespace] = Collection()
        self.images: Collection[Image] = Collection()
        self.tags: Collection[Tag] = Collection()

    def namespace(self, place: Place, identifier: str) -> Namespace:
        """Return a namespace of the region, or answer 404."""
        found = self.namespaces.get(identifier)
        if found is None or found.region != place.region:
            raise resource_not_found("namespace", identifier)
        return found

    def image(self, place: Place, identifier: str) -> Image:
        """Return an image of the region, or answer 404."""
        found = self.images.get(identifier)
        if found is None or self.namespace_of(found).region != place.region:
            raise resource_not_found("image", identifier)
        return found

    def tag(self, place: Place, identifier: str) -> Tag:
        """Return a tag of the region, or answer 404."""
        found = self.tags.get(identifier)
        if found is None or self.namespace_of(self.image_of(found)).region != place.region:
            raise resource_not_found("tag", identifier)
        return found

    def namespace_of(self, image: Image) -> Namespace:
        """Return the namespace of an image."""
        found = self.namespaces.get(image.namespace_id)
        if found is None:
            raise LookupError(f"{image.id} outlived its namespace")
        return found

    def image_of(self, tag: Tag) -> Image:
        """Return the image of a tag."""
        found = self.images.get(tag.image_id)
        if found is None:
            raise LookupError(f"{tag.id} outlived its image")
        return found

    def records(self) -> dict[str, list[dict[str, Any]]]:
        """Return every object by kind, as remembered: fields by name, times as text."""

        def plain(fields: list[tuple[str, Any]]) -> dict[str, Any]:
            text = self.world.clock.stored_text
            return {name: text(value) if name in ("created_at", "updated_at") else value for name, value in fields}

        kinds: dict[str, Collection[Any]] = {
            "registry_namespaces": self.namespaces,
            "registry_images": self.images,
            "registry_tags": self.tags,
        }
        return {
            kind: [dataclasses.asdict(record, dict_factory=plain) for record in kept] for kind, kept in kinds.items()
        }
