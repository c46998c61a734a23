# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A container called api, its image in the registry, and tasks that roll it out."""

from __future__ import annotations

from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.container.rollout import manage_rollout, rollout_spec
from unit.conftest import Connect
from unit.samples import PROJECT
from unit.scripted_server import Answer, Exchange, Reaction, ScriptedServer
from unit.tasks import listing

CONTAINERS = "/containers/v1/regions/fr-par/containers"
CONTAINER_ID = "aaaaaaaa-0000-4000-8000-000000000001"
NAMESPACE_ID = "aaaaaaaa-0000-4000-8000-000000000002"
OTHER_ID = "aaaaaaaa-0000-4000-8000-000000000003"
IMAGE_ID = "aaaaaaaa-0000-4000-8000-000000000004"
ITEM = f"{CONTAINERS}/{CONTAINER_ID}"
IMAGE = "rg.nl-ams.scw.cloud/shop/api:stable"
LABEL = f"container 'api' ({CONTAINER_ID})"

PUSHED_BEFORE = "2026-05-05T14:41:00.123456789Z"
ENDED = "2026-05-05T14:42:54Z"
BEGAN = "2026-05-05T15:00:00.250000Z"
PUSHED_MEANWHILE = "2026-05-05T15:00:05.000001Z"
ENDED_AGAIN = "2026-05-05T15:00:10Z"
PUSHED_AFTER = "2026-05-05T14:59:00.000001Z"
READY: dict[str, Any] = {"status": "ready", "error_message": "", "updated_at": ENDED}
UPDATING: dict[str, Any] = {"status": "updating", "updated_at": BEGAN}
AGAIN: dict[str, Any] = {"status": "ready", "error_message": "", "updated_at": ENDED_AGAIN}
BROKEN: dict[str, Any] = {"status": "error", "error_message": "Container is unable to start", "updated_at": ENDED}
BUSY = Answer(
    409,
    json={
        "type": "transient_state",
        "message": "resource is in a transient state",
        "current_state": "updating",
        "resource": "container",
        "resource_id": CONTAINER_ID,
    },
)


def container(**changes: Any) -> dict[str, Any]:
    """A container at rest."""
    known = {
        "id": CONTAINER_ID,
        "name": "api",
        "namespace_id": NAMESPACE_ID,
        "image": IMAGE,
        "created_at": "2026-05-05T14:40:00.000001Z",
        "region": "fr-par",
    }
    return {**known, **READY, **changes}


def found(**changes: Any) -> list[Exchange]:
    """The search by names."""
    namespace = {"id": NAMESPACE_ID, "name": "shop", "project_id": PROJECT, "status": "ready"}
    return [
        listing("/containers/v1/regions/fr-par/namespaces", "namespaces", namespace, name="shop", project_id=PROJECT),
        listing(CONTAINERS, "containers", container(**changes), name="api", namespace_id=NAMESPACE_ID),
    ]


def got(**changes: Any) -> Exchange:
    """A read of the container."""
    return Exchange("GET", ITEM, Answer(json=container(**changes)))


def posted(answer: Reaction | None = None) -> Exchange:
    """The request for a rollout."""
    return Exchange("POST", f"{ITEM}/redeploy", answer or Answer(json=container(**UPDATING)), query={}, body={})


def tags(pushed: str | None) -> Exchange:
    """The tag of the image, when its ID is known."""
    tag = {"id": "t", "name": "stable", "image_id": IMAGE_ID, "digest": "sha256:00", "updated_at": pushed}
    return listing(f"/registry/v1/regions/nl-ams/images/{IMAGE_ID}/tags", "tags", tag, name="stable")


def registry(pushed: str | None) -> list[Exchange]:
    """The search for the tag."""
    image = {"id": IMAGE_ID, "name": "api", "namespace_id": "r"}
    base = "/registry/v1/regions/nl-ams"
    return [
        listing(f"{base}/namespaces", "namespaces", {"id": "r", "name": "shop"}, name="shop"),
        listing(f"{base}/images", "images", image, name="api", namespace_id="r"),
        tags(pushed),
    ]


class Rollouts:
    """Runs tasks against scripted servers and keeps their warnings."""

    def __init__(self, connect: Connect) -> None:
        self.warnings: list[str] = []
        self._connect = connect

    def __call__(
        self, server: ScriptedServer, *, check: bool = False, seconds: float = 900, **said: Any
    ) -> dict[str, Any]:
        """The result of a task that names the container, unless it says otherwise."""
        spec = rollout_spec()["argument_spec"]
        named = {"namespace": "shop", "container": "api", **said}
        assert set(named) <= set(spec)
        params = {**{name: option.get("default") for name, option in spec.items()}, **named}
        return manage_rollout(
            self._connect(server.url, seconds=seconds), params, self.warnings.append, check_mode=check
        )
