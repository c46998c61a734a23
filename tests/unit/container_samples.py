# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects of Serverless Containers as the API shows them at rest, and secrets as it hashes them."""

from __future__ import annotations

from typing import Any

from argon2.low_level import Type, hash_secret

from unit.samples import ORGANIZATION, PROJECT

NAMESPACE_ID = "aaaaaaaa-0000-4000-8000-000000000001"
CONTAINER_ID = "aaaaaaaa-0000-4000-8000-000000000002"
DOMAIN_ID = "aaaaaaaa-0000-4000-8000-000000000003"
TRIGGER_ID = "aaaaaaaa-0000-4000-8000-000000000004"
NETWORK_ID = "aaaaaaaa-0000-4000-8000-000000000005"
TIMES = {"created_at": "2026-05-05T14:43:08.260676Z", "updated_at": "2026-05-05T14:43:20Z"}


def hashed(text: str, salt: str = "0123456789abcdef") -> str:
    """An argon2id hash of a secret, as the API makes them but with less work."""
    return hash_secret(text.encode(), salt.encode(), 1, 8, 1, 32, Type.ID).decode()


def namespace(**changes: Any) -> dict[str, Any]:
    """A namespace without variables."""
    known = {
        "id": NAMESPACE_ID,
        "name": "shop",
        "organization_id": ORGANIZATION,
        "project_id": PROJECT,
        "description": "",
        "status": "ready",
        "environment_variables": {},
        "secret_environment_variables": {},
        "tags": [],
        "region": "fr-par",
        **TIMES,
    }
    return {**known, **changes}


LIMITS = {
    "min_scale": 0,
    "max_scale": 5,
    "scaling_option": {"concurrent_requests_threshold": 50},
    "memory_limit_bytes": 2_048_000_000,
    "mvcpu_limit": 1000,
    "local_storage_limit_bytes": 1_000_000_000,
    "timeout": "300s",
}


def container(**changes: Any) -> dict[str, Any]:
    """A container of ``namespace()`` right after a creation that says little."""
    known = {
        **LIMITS,
        "id": CONTAINER_ID,
        "name": "web",
        "namespace_id": NAMESPACE_ID,
        "image": "rg.fr-par.scw.cloud/shop/web:1",
        "description": "",
        "tags": [],
        "status": "ready",
        "error_message": "",
        "privacy": "public",
        "protocol": "http1",
        "sandbox": "v2",
        "port": 8080,
        "https_connections_only": False,
        "liveness_probe": {"failure_threshold": 30, "interval": "10s", "timeout": "1s", "tcp": {}},
        "startup_probe": None,
        "command": [],
        "args": [],
        "environment_variables": {},
        "secret_environment_variables": {},
        "public_endpoint": "https://shopaaaaaaaa-web.functions.fnc.fr-par.scw.cloud",
        "region": "fr-par",
        **TIMES,
    }
    return {**known, **changes}


def domain(**changes: Any) -> dict[str, Any]:
    """A domain of ``container()``."""
    known = {
        "id": DOMAIN_ID,
        "hostname": "shop.example.com",
        "container_id": CONTAINER_ID,
        "status": "ready",
        "error_message": "",
        "tags": [],
        **TIMES,
    }
    return {**known, **changes}


def trigger(**changes: Any) -> dict[str, Any]:
    """A trigger of ``container()`` that follows a schedule."""
    known = {
        "id": TRIGGER_ID,
        "name": "daily",
        "description": "",
        "tags": [],
        "status": "ready",
        "error_message": "",
        "container_id": CONTAINER_ID,
        "destination_config": {"http_path": "/", "http_method": "post"},
        "source_type": "cron",
        "cron_config": {"schedule": "5 4 * * *", "timezone": "Europe/Paris", "body": "", "headers": {}},
        **TIMES,
    }
    return {**known, **changes}


SQS = {
    "region": "fr-par",
    "endpoint": "https://sqs.mnq.fr-par.scaleway.com",
    "access_key_id": "AK",
    "queue_url": "https://sqs.mnq.fr-par.scaleway.com/p/orders",
}
NATS = {"server_urls": ["nats://nats.mnq.fr-par.scaleway.com:4222"], "subject": "orders"}


def queue_trigger(**changes: Any) -> dict[str, Any]:
    """A trigger that follows a queue, as it is shown: without its secret key."""
    about = {key: value for key, value in trigger().items() if key != "cron_config"}
    return {**about, "source_type": "sqs", "sqs_config": dict(SQS), **changes}
