# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Containers, the images they run: what a reference to an image says, and when its tag was pushed last.

The registry is another product on the same host. Only its three lists that lead from a name to a tag are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values, fill
from ansible_collections.scw.cloud.plugins.module_utils.errors import Missing
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass

NAMESPACES = "/registry/v1/{scope}/namespaces"
IMAGES = "/registry/v1/{scope}/images"
TAGS = "/registry/v1/{scope}/images/{id}/tags"

TAG_BY_DEFAULT = "latest"

_IN_REGISTRY = re.compile(
    r"rg\.(?P<region>[a-z]{2}-[a-z]{3})\.scw\.cloud/(?P<namespace>[^/:@]+)/(?P<name>[^:@]+)(?::(?P<tag>[^/:@]+))?"
)


@dataclass(frozen=True)
class Image:
    """One tag of an image in Scaleway's registry."""

    region: str
    namespace: str
    name: str
    tag: str

    def __str__(self) -> str:
        return f"rg.{self.region}.scw.cloud/{self.namespace}/{self.name}:{self.tag}"


def is_fixed(reference: str) -> bool:
    """Whether the reference holds a digest: then it always means the same content, whatever is pushed."""
    return "@" in reference


def registry_image(reference: str) -> Image | None:
    """What the reference means in Scaleway's registry; None if it leads to another one, or holds a digest."""
    match = _IN_REGISTRY.fullmatch(reference.strip())
    if match is None:
        return None
    return Image(match["region"], match["namespace"], match["name"], match["tag"] or TAG_BY_DEFAULT)


def read_tag(client: Client, image: Image, image_id: str = "") -> Values:
    """The tag as the registry shows it, in whichever project; ``image_id``, if it is known, saves two requests.

    Raises Missing.
    """
    scope = {"scope": f"regions/{image.region}"}
    if not image_id:
        title = f"namespace {image.namespace!r}"
        namespace = _named(client, fill(NAMESPACES, scope), "namespaces", image.namespace, title, image)
        title, query = f"image {image.name!r}", {"namespace_id": namespace["id"]}
        image_id = str(_named(client, fill(IMAGES, scope), "images", image.name, title, image, query)["id"])
    return _named(client, fill(TAGS, scope, id=image_id), "tags", image.tag, f"tag {image.tag!r}", image)


def _named(
    client: Client, path: str, items: str, name: str, title: str, image: Image, query: Mapping[str, str] | None = None
) -> Values:
    """The element of a list that has this name. The filters are hints here too."""
    doing = f"look for the {title} of {image} in the registry"
    wanted = {"name": name, **(query or {})}
    found = client.pages(path, items, doing=doing, query=wanted)
    for obj in found:
        if all(obj.get(key) == value for key, value in wanted.items()) and isinstance(obj.get("id"), str):
            return obj
    raise Missing(f"the registry in {image.region} has no {title} that this API key can see.", name=name)
