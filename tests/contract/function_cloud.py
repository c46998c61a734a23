# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bare HTTP client for tests of the emulator's Serverless Functions, and the objects most tests need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

from contract.archives import archive
from contract.cloud import PROJECT_ID, Cloud

CODE = archive({"handler.py": "def handle(event, context):\n    return {}\n"})
SCW_SQS = {"queue": "orders", "mnq_project_id": PROJECT_ID, "mnq_region": "fr-par"}
SCW_NATS = {"subject": "orders", "mnq_nats_account_id": "AB", "mnq_project_id": PROJECT_ID, "mnq_region": "nl-ams"}
SQS = {
    "endpoint": "https://sqs.example.com",
    "queue_url": "https://sqs.example.com/queue",
    "access_key": "key",
    "secret_key": "hush",
}
Parts = dict[str, str]


@dataclass
class FunctionCloud(Cloud):
    """Sends requests to one region."""

    locality: str = "regions/fr-par"
    product: str = "functions/v1beta1"

    def make_namespace(self, **changes: Any) -> Any:
        """Create a namespace."""
        return self.make("POST", "/namespaces", namespace_body(**changes))

    def ready_namespace(self, **changes: Any) -> Any:
        """Create a namespace, and wait until it has settled."""
        return self.settled(f"/namespaces/{self.make_namespace(**changes)['id']}")

    def make_function(self, namespace_id: str | None = None, **changes: Any) -> Any:
        """Create a function, with a namespace unless one is given; it has no code yet."""
        owner = namespace_id or self.ready_namespace()["id"]
        return self.make("POST", "/functions", function_body(owner, **changes))

    def deployed_function(self, content: bytes = CODE, **changes: Any) -> Any:
        """Create a namespace with a function that has code, and wait until it has settled."""
        function = self.make_function(**changes)
        return self.deployed(function["id"], content)

    def deployed(self, function_id: str, content: bytes = CODE) -> Any:
        """Upload code and deploy it, and wait until that has settled."""
        assert self.upload(function_id, content).status_code == 200
        self.make("POST", f"/functions/{function_id}/deploy", {})
        return self.settled(f"/functions/{function_id}")

    def upload_url(self, function_id: str, length: int) -> Any:
        """Ask where to upload so many bytes."""
        return self.get(f"/functions/{function_id}/upload-url", content_length=length)

    def upload(self, function_id: str, content: bytes) -> requests.Response:
        """Upload code where the API says."""
        place = self.upload_url(function_id, len(content))
        return requests.put(place["url"], data=content, headers=plain(place["headers"]), timeout=10)

    def download(self, function_id: str) -> requests.Response:
        """Read code from where the API says."""
        place = self.get(f"/functions/{function_id}/download-url")
        return requests.get(place["url"], headers=plain(place["headers"]), timeout=10)

    def make_parts(self, function_id: str) -> Parts:
        """Create one of everything a function can have, settled; answers paths by kind."""
        owner = {"function_id": function_id}
        bodies = {
            "crons": {**owner, "schedule": "5 4 * * *", "name": "tick"},
            "domains": {**owner, "hostname": "www.example.com"},
            "tokens": {**owner, "description": "door"},
            "triggers": {**owner, "name": "orders", "sqs_config": SQS},
        }
        paths = {kind: f"/{kind}/{self.make('POST', f'/{kind}', body)['id']}" for kind, body in bodies.items()}
        for path in paths.values():
            self.settled(path)
        return paths

    def settled(self, path: str) -> Any:
        """Read an object until it is not in a transient status any more."""
        seen = self.get(path)
        while seen["status"] in ("creating", "pending"):
            seen = self.get(path)
        return seen


def plain(headers: Mapping[str, list[str]]) -> dict[str, str]:
    """Headers as the API names them, as one sends them."""
    return {name: values[0] for name, values in headers.items()}


def namespace_body(**changes: Any) -> dict[str, Any]:
    """The smallest request that creates a namespace, with changes."""
    return {"name": "shop", "project_id": PROJECT_ID, **changes}


def function_body(namespace_id: str, **changes: Any) -> dict[str, Any]:
    """The smallest request that creates a function, with changes."""
    return {"namespace_id": namespace_id, "name": "hook", "runtime": "python313", **changes}
