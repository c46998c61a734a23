# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pushing to the registry through the control interface: nothing but names, digests and dates."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.identities import SEEDED_PROJECT_ID
from emulator.operations import Control
from emulator.registry.images import tag_view
from emulator.registry.records import Image, Namespace, Tag
from emulator.registry.state import RegistryState
from emulator.settings import UUID_PATTERN, BadControlInputError

REGIONS = ("fr-par", "nl-ams", "pl-waw")
_PART = r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*"
_REFERENCE = re.compile(
    rf"rg\.(?P<region>{'|'.join(REGIONS)})\.scw\.cloud/(?P<namespace>{_PART})/(?P<image>{_PART}(?:/{_PART})*)"
    r"(?::(?P<tag>\w[\w.-]{0,127}))?"
)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_PATTERNS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "image": (_REFERENCE, "a reference such as rg.fr-par.scw.cloud/shop/web:latest"),
    "digest": (_DIGEST, "sha256: and 64 hexadecimal digits"),
    "project_id": (UUID_PATTERN, "a UUID"),
}


@dataclass(frozen=True)
class Push:
    """What is pushed: a reference, its digest (None: one never seen before), and the project it is made in."""

    image: str
    digest: str | None = None
    project_id: str = SEEDED_PROJECT_ID

    @classmethod
    def parse(cls, document: object) -> Push:
        """Read a push; raises BadControlInputError saying what is wrong."""
        if not isinstance(document, Mapping) or "image" not in document:
            raise BadControlInputError("a push must be an object with the key 'image'")
        for name, value in document.items():
            if name not in _PATTERNS:
                raise BadControlInputError(f"unknown key '{name}' in a push, allowed: {', '.join(_PATTERNS)}")
            pattern, expected = _PATTERNS[name]
            if not isinstance(value, str) or not pattern.fullmatch(value):
                raise BadControlInputError(f"key '{name}' of a push must be {expected}, got {value!r}")
        return cls(**document)

    @property
    def names(self) -> dict[str, str]:
        """Region, namespace, image and tag."""
        found = _REFERENCE.fullmatch(self.image)
        return found.groupdict(default="latest") if found else {}


def push(state: RegistryState, document: object) -> dict[str, Any]:
    """Push a tag, with its namespace and image where they are new, and answer the tag."""
    return tag_view(state, _push(state, Push.parse(document)))


def _push(state: RegistryState, wanted: Push) -> Tag:
    names = wanted.names
    now = state.world.clock.tick()
    namespace = _namespace(state, names, wanted.project_id, now)
    image = _image(state, namespace, names["image"], now)
    digest = wanted.digest or f"sha256:{hashlib.sha256(f'{image.id}/{now}'.encode()).hexdigest()}"
    tag = next((tag for tag in state.tags.of(image.id) if tag.name == names["tag"]), None)
    if tag is None:
        identifier = state.world.identities.uuid()
        tag = state.tags.add(
            Tag(id=identifier, name=names["tag"], image_id=image.id, digest=digest, created_at=now, updated_at=now)
        )
    tag.digest, tag.updated_at = digest, now
    image.updated_at = namespace.updated_at = now
    return tag


def _namespace(state: RegistryState, names: Mapping[str, str], project_id: str, now: int) -> Namespace:
    for found in state.namespaces:
        if (found.region, found.name) == (names["region"], names["namespace"]):
            return found
    return state.namespaces.add(
        Namespace(
            id=state.world.identities.uuid(),
            name=names["namespace"],
            region=names["region"],
            project_id=project_id,
            organization_id=state.world.identities.organization_id,
            created_at=now,
            updated_at=now,
        )
    )


def _image(state: RegistryState, namespace: Namespace, name: str, now: int) -> Image:
    for found in state.images.of(namespace.id):
        if found.name == name:
            return found
    identifier = state.world.identities.uuid()
    return state.images.add(Image(id=identifier, name=name, namespace_id=namespace.id, created_at=now, updated_at=now))


def _read(state: RegistryState) -> list[dict[str, str]]:
    """Return every tag as a push that would make it."""
    pushes = []
    for tag in state.tags:
        image = state.image_of(tag)
        namespace = state.namespace_of(image)
        reference = f"rg.{namespace.region}.scw.cloud/{namespace.name}/{image.name}:{tag.name}"
        pushes.append({"image": reference, "digest": tag.digest, "project_id": namespace.project_id})
    return pushes


def _replace(state: RegistryState, documents: Any) -> None:
    pushes = [Push.parse(document) for document in documents]
    state.tags.clear()
    state.images.clear()
    state.namespaces.clear()
    for wanted in pushes:
        _push(state, wanted)


REGISTRY_CONTROL: Control[RegistryState] = Control(_read, _replace, push)
