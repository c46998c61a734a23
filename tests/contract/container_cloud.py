# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bare HTTP client for tests of the emulator's Serverless Containers, and the objects most tests need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from contract.cloud import PROJECT_ID, Cloud

IMAGE = "nginx:1.29.4-alpine"
CRON = {"schedule": "5 4 * * *", "timezone": "Europe/Paris"}
SQS = {
    "region": "fr-par",
    "endpoint": "https://sqs.example.com",
    "access_key_id": "key",
    "secret_access_key": "hush",
    "queue_url": "https://sqs.example.com/queue",
}
NATS = {"server_urls": ["nats://nats.example.com:4222"], "subject": "orders", "credentials_file_content": "hush"}


@dataclass
class ContainerCloud(Cloud):
    """Sends requests to one region."""

    locality: str = "regions/fr-par"
    product: str = "containers/v1"

    def make_namespace(self, **changes: Any) -> Any:
        """Create a namespace."""
        return self.make("POST", "/namespaces", namespace_body(**changes))

    def ready_namespace(self, **changes: Any) -> Any:
        """Create a namespace, and wait until it has settled."""
        return self.settled(f"/namespaces/{self.make_namespace(**changes)['id']}")

    def make_container(self, namespace_id: str, **changes: Any) -> Any:
        """Create a container."""
        return self.make("POST", "/containers", container_body(namespace_id, **changes))

    def ready_container(self, **changes: Any) -> Any:
        """Create a namespace with a container, and wait until both have settled."""
        namespace = self.ready_namespace()
        return self.settled(f"/containers/{self.make_container(namespace['id'], **changes)['id']}")

    def make_trigger(self, container_id: str, **changes: Any) -> Any:
        """Create a trigger, by the clock unless the changes name another source."""
        source = {} if {"sqs_config", "nats_config"} & set(changes) else {"cron_config": CRON}
        return self.make("POST", "/triggers", {"container_id": container_id, "name": "tick", **source, **changes})

    def make_domain(self, container_id: str, **changes: Any) -> Any:
        """Create a domain."""
        body = {"container_id": container_id, "hostname": "www.example.com", **changes}
        return self.make("POST", "/domains", body)

    def settled(self, path: str) -> Any:
        """Read an object until it is not in a transient status any more."""
        seen = self.get(path)
        while seen["status"] in ("creating", "updating"):
            seen = self.get(path)
        return seen


def namespace_body(**changes: Any) -> dict[str, Any]:
    """The smallest request that creates a namespace, with changes."""
    return {"name": "shop", "project_id": PROJECT_ID, **changes}


def container_body(namespace_id: str, **changes: Any) -> dict[str, Any]:
    """The smallest request that creates a container, with changes."""
    return {"namespace_id": namespace_id, "name": "web", "image": IMAGE, **changes}
