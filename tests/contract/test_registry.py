# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The registry's namespaces, images and tags: read through the API, pushed through the control interface."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import requests

from contract.cloud import PROJECT_ID, UNKNOWN_ID, Cloud, complaints
from contract.container_cloud import ContainerCloud
from emulator.identities import SEEDED_PROJECT_ID
from emulator.settings import BadControlInputError
from emulator.testing import Emulator

REFERENCE = "rg.fr-par.scw.cloud/shop/web:1.4"
DIGESTS = [f"sha256:{digit * 64}" for digit in "ab"]


@pytest.fixture
def registry(emulator: Emulator) -> Cloud:
    emulator.settings(extra_field=False)
    return Cloud(emulator, "regions/fr-par", product="registry/v1")


def only_tag(registry: Cloud) -> Any:
    (image,) = registry.get("/images")["images"]
    (tag,) = registry.get(f"/images/{image['id']}/tags")["tags"]
    return tag


def test_a_push_makes_what_is_missing(registry: Cloud) -> None:
    pushed = registry.emulator.push(REFERENCE, digest=DIGESTS[0], project_id=PROJECT_ID)
    tag = only_tag(registry)
    (image,) = registry.get("/images")["images"]
    (namespace,) = registry.get("/namespaces")["namespaces"]
    assert pushed == tag == registry.get(f"/tags/{tag['id']}")
    assert tag == {
        "id": tag["id"],
        "name": "1.4",
        "image_id": image["id"],
        "status": "ready",
        "digest": DIGESTS[0],
        "created_at": tag["created_at"],
        "updated_at": tag["created_at"],
    }
    assert (image["name"], image["namespace_id"], image["tags"]) == ("web", namespace["id"], ["1.4"])
    assert (namespace["name"], namespace["project_id"]) == ("shop", PROJECT_ID)
    assert (namespace["endpoint"], namespace["image_count"]) == ("rg.fr-par.scw.cloud/shop", 1)


@pytest.mark.parametrize("digests", [DIGESTS, [DIGESTS[0], DIGESTS[0]], [None, None]])
def test_another_push_of_a_tag_changes_date_and_digest(registry: Cloud, digests: list[str | None]) -> None:
    first, second = (
        registry.emulator.push(REFERENCE, **({} if digest is None else {"digest": digest})) for digest in digests
    )
    assert second["id"] == first["id"]
    assert (second["created_at"], second["updated_at"] > first["updated_at"]) == (first["created_at"], True)
    assert (second["digest"] == first["digest"]) == (digests == [DIGESTS[0], DIGESTS[0]])
    assert only_tag(registry) == second


def test_a_rollout_is_dated_after_the_push_before_it_and_before_the_next(registry: Cloud) -> None:
    registry.emulator.settings(settle_reads=0)
    containers = ContainerCloud(registry.emulator)
    path = f"/containers/{containers.ready_container(image=REFERENCE)['id']}"
    events = []
    for _each in range(9):
        events.append(registry.emulator.push(REFERENCE))
        containers.make("POST", f"{path}/redeploy", {})
        events.append(containers.get(path))
    dates = [datetime.fromisoformat(event["updated_at"]) for event in events]
    assert dates == sorted(set(dates))


def test_tags_images_and_namespaces_are_told_apart(registry: Cloud) -> None:
    references = ("shop/web:1.4", "shop/web", "shop/api/v2:1.4", "blog/web:1.4")
    for reference in references:
        registry.emulator.push(f"rg.fr-par.scw.cloud/{reference}")
    registry.emulator.push("rg.nl-ams.scw.cloud/shop/web:1.4")
    (shop,) = registry.get("/namespaces", name="shop")["namespaces"]
    images = registry.get("/images", namespace_id=shop["id"], order_by="name_asc")["images"]
    assert [(image["name"], image["tags"]) for image in images] == [("api/v2", ["1.4"]), ("web", ["1.4", "latest"])]
    named = registry.get(f"/images/{images[1]['id']}/tags", name="latest")["tags"]
    assert [tag["name"] for tag in named] == ["latest"]
    assert registry.get("/images", name="web")["total_count"] == 2
    assert registry.get("/images", project_id=UNKNOWN_ID)["total_count"] == 0
    assert registry.get("/namespaces", project_id=SEEDED_PROJECT_ID)["total_count"] == 2


def test_pages_are_cut_as_elsewhere(registry: Cloud) -> None:
    for number in range(23):
        registry.emulator.push(f"rg.fr-par.scw.cloud/shop/web:{number}")
    (image,) = registry.get("/images")["images"]
    path = f"/images/{image['id']}/tags"
    assert [len(registry.get(path, page=page)["tags"]) for page in (1, 2, 3)] == [20, 3, 0]
    assert complaints(registry.send("GET", path, page=0)) == {"page": "constraint"}


@pytest.mark.parametrize("path", ["/namespaces/{id}", "/images/{id}", "/images/{id}/tags", "/tags/{id}"])
def test_what_is_not_there_or_elsewhere_is_not_found(registry: Cloud, path: str) -> None:
    tag = registry.emulator.push("rg.nl-ams.scw.cloud/shop/web:1.4")
    (namespace,) = registry.emulator.state()["registry_namespaces"]
    known = {"namespaces": namespace["id"], "images": tag["image_id"], "tags": tag["id"]}
    kind = path.split("/")[1]
    elsewhere = Cloud(registry.emulator, "regions/nl-ams", product="registry/v1")
    assert elsewhere.send("GET", path.format(id=known[kind])).status_code == 200
    for identifier in (UNKNOWN_ID, known[kind]):
        answer = registry.send("GET", path.format(id=identifier))
        assert (answer.status_code, answer.json()["type"]) == (404, "not_found")
        assert answer.json()["resource"] == kind.removesuffix("s")


def test_the_registry_is_read_only(registry: Cloud) -> None:
    tag = registry.emulator.push(REFERENCE)
    for method, path in (("DELETE", f"/tags/{tag['id']}"), ("POST", "/namespaces"), ("DELETE", "/images")):
        assert registry.send(method, path, {}).status_code == 404


def control(emulator: Emulator, method: str, body: Any = None) -> requests.Response:
    return requests.request(method, f"{emulator.url}/_emulator/registry", json=body, timeout=10)


def test_the_registry_is_pushed_to_read_and_replaced_over_http(registry: Cloud) -> None:
    emulator = registry.emulator
    pushed = control(emulator, "POST", {"image": REFERENCE})
    assert (pushed.status_code, pushed.json()) == (200, only_tag(registry))
    document = control(emulator, "GET").json()
    assert document["registry"] == [
        {"image": REFERENCE, "digest": pushed.json()["digest"], "project_id": SEEDED_PROJECT_ID}
    ]
    assert control(emulator, "PUT", []).json() == {"registry": []}
    assert registry.get("/namespaces")["total_count"] == 0
    assert control(emulator, "PUT", document).json() == document
    emulator.reset()
    assert control(emulator, "GET").json() == {"registry": []}


WRONG_PUSHES: dict[str, tuple[dict[str, Any], str]] = {
    "another host": ({"image": "docker.io/library/nginx:1"}, "key 'image' of a push must be a reference such as"),
    "another region": ({"image": "rg.us-nyc.scw.cloud/a/b:1"}, "key 'image' of a push must be a reference such as"),
    "no namespace": ({"image": "rg.fr-par.scw.cloud/web:1"}, "key 'image' of a push must be a reference such as"),
    "short digest": ({"image": REFERENCE, "digest": "sha256:ab"}, "key 'digest' of a push must be sha256: and 64"),
    "malformed project": ({"image": REFERENCE, "project_id": "x"}, "key 'project_id' of a push must be a UUID"),
    "unknown key": ({"image": REFERENCE, "tag": "1"}, "unknown key 'tag' in a push, allowed: image, digest"),
    "nothing": ({}, "a push must be an object with the key 'image'"),
}


@pytest.mark.parametrize("name", WRONG_PUSHES)
def test_a_wrong_push_is_refused_with_a_reason(registry: Cloud, name: str) -> None:
    body, complaint = WRONG_PUSHES[name]
    answer = control(registry.emulator, "POST", body)
    assert (answer.status_code, complaint in answer.json()["message"]) == (400, True)
    assert control(registry.emulator, "PUT", [{"image": REFERENCE}, body]).status_code == 400
    assert registry.emulator.state()["registry_tags"] == []


def test_a_wrong_push_is_refused_in_process_too(emulator: Emulator) -> None:
    with pytest.raises(BadControlInputError, match="key 'image' of a push"):
        emulator.push("web")


def test_only_documents_that_can_grow_take_a_post(emulator: Emulator) -> None:
    answer = requests.post(f"{emulator.url}/_emulator/stats", json={}, timeout=10)
    assert (answer.status_code, "GET, PUT" in answer.json()["message"]) == (405, True)
