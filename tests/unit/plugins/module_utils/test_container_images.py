# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""References to images, timestamps, and the way from a reference to its tag in the registry."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.container.images import (
    Image,
    is_fixed,
    read_tag,
    registry_image,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import Missing
from unit.conftest import Connect, Serve
from unit.tasks import listing

REGISTRY = "/registry/v1/regions/nl-ams"
API = Image("nl-ams", "shop", "api", "stable")
DIGEST = f"sha256:{'0a' * 32}"


@pytest.mark.parametrize(
    ("reference", "image"),
    [
        ("rg.nl-ams.scw.cloud/shop/api:stable", API),
        (" rg.nl-ams.scw.cloud/shop/api:stable ", API),
        ("rg.fr-par.scw.cloud/shop/api", Image("fr-par", "shop", "api", "latest")),
        ("rg.pl-waw.scw.cloud/shop/team/api:1.2-rc_1", Image("pl-waw", "shop", "team/api", "1.2-rc_1")),
    ],
)
def test_a_reference_into_the_registry_is_taken_apart(reference: str, image: Image) -> None:
    assert registry_image(reference) == image
    assert not is_fixed(reference)


@pytest.mark.parametrize(
    "reference",
    [
        "nginx",
        "nginx:1.29.4-alpine",
        "docker.io/library/nginx:latest",
        "ghcr.io/shop/api:stable",
        "registry.example.com:5000/shop/api",
        "rg.fr-par.scw.cloud/api:stable",
        "rg.fr-par.scw.cloud.example.com/shop/api:stable",
        "rg.fr-par.scw.cloud:443/shop/api:stable",
        "evil-rg.fr-par.scw.cloud/shop/api",
        "rg.fr/par.scw.cloud/shop/api",
        "rg.fr-par.scw.cloud/shop/api:",
        "",
    ],
)
def test_a_reference_elsewhere_is_not_looked_up(reference: str) -> None:
    assert registry_image(reference) is None
    assert not is_fixed(reference)


@pytest.mark.parametrize("reference", ["nginx", "rg.nl-ams.scw.cloud/shop/api", "rg.nl-ams.scw.cloud/shop/api:stable"])
def test_a_digest_fixes_the_content_in_any_registry(reference: str) -> None:
    assert is_fixed(f"{reference}@{DIGEST}")
    assert registry_image(f"{reference}@{DIGEST}") is None


def named(name: str, **more: str) -> dict[str, Any]:
    return {"id": f"{name}-id", "name": name, **more}


def test_a_tag_is_found_by_name_step_by_step_in_any_project(serve: Serve, connect: Connect) -> None:
    tag = named("stable", image_id="api-id", updated_at="2026-05-05T14:42:43Z")
    others = named("api", namespace_id="others") | {"id": "wrong"}
    server = serve(
        [
            listing(f"{REGISTRY}/namespaces", "namespaces", named("shop-2"), named("shop"), name="shop"),
            listing(
                f"{REGISTRY}/images",
                "images",
                others,
                {"name": "api", "namespace_id": "shop-id"},
                named("api", namespace_id="shop-id"),
                name="api",
                namespace_id="shop-id",
            ),
            listing(f"{REGISTRY}/images/api-id/tags", "tags", named("stable-2"), tag, name="stable"),
            listing(f"{REGISTRY}/images/api-id/tags", "tags", tag, name="stable"),
        ]
    )
    client = connect(server.url)
    assert read_tag(client, API) == tag
    assert read_tag(client, API, "api-id") == tag


@pytest.mark.parametrize("missing", ["namespace 'shop'", "image 'api'", "tag 'stable'"])
def test_what_is_missing_on_the_way_is_named(missing: str, serve: Serve, connect: Connect) -> None:
    steps = [
        ("namespace 'shop'", f"{REGISTRY}/namespaces", "namespaces", named("shop"), {"name": "shop"}),
        (
            "image 'api'",
            f"{REGISTRY}/images",
            "images",
            named("api", namespace_id="shop-id"),
            {"name": "api", "namespace_id": "shop-id"},
        ),
        ("tag 'stable'", f"{REGISTRY}/images/api-id/tags", "tags", named("stable"), {"name": "stable"}),
    ]
    last = [title for title, *_rest in steps].index(missing)
    script = [
        listing(path, items, *([] if index == last else [found]), **query)
        for index, (_title, path, items, found, query) in enumerate(steps[: last + 1])
    ]
    with pytest.raises(Missing, match=f"the registry in nl-ams has no {missing}"):
        read_tag(connect(serve(script).url), API)
