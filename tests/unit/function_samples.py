# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects of Serverless Functions as the API shows them at rest."""

from __future__ import annotations

from typing import Any

from unit.container_samples import hashed
from unit.samples import ORGANIZATION, PROJECT

NAMESPACE_ID = "bbbbbbbb-0000-4000-8000-000000000001"
FUNCTION_ID = "bbbbbbbb-0000-4000-8000-000000000002"
CRON_ID = "bbbbbbbb-0000-4000-8000-000000000003"
DOMAIN_ID = "bbbbbbbb-0000-4000-8000-000000000004"
TRIGGER_ID = "bbbbbbbb-0000-4000-8000-000000000005"
NETWORK_ID = "bbbbbbbb-0000-4000-8000-000000000006"
TIMES = {"created_at": "2026-07-03T15:02:15.432936Z", "updated_at": "2026-07-03T15:02:20.118204Z"}


def pairs(**texts: str) -> list[dict[str, str]]:
    """Secrets as the API shows them."""
    return [{"key": name, "hashed_value": hashed(text)} for name, text in texts.items()]


def namespace(**changes: Any) -> dict[str, Any]:
    """A namespace without variables."""
    known = {
        "id": NAMESPACE_ID,
        "name": "shop",
        "environment_variables": {},
        "organization_id": ORGANIZATION,
        "project_id": PROJECT,
        "status": "ready",
        "registry_namespace_id": "bbbbbbbb-0000-4000-8000-000000000007",
        "error_message": None,
        "registry_endpoint": "rg.fr-par.scw.cloud/funcscwshopx3k9q2vb",
        "description": "",
        "secret_environment_variables": [],
        "region": "fr-par",
        "tags": [],
        "vpc_integration_activated": False,
        **TIMES,
    }
    return {**known, **changes}


SETTINGS = {
    "min_scale": 0,
    "max_scale": 5,
    "runtime": "python313",
    "memory_limit": 256,
    "timeout": "300s",
    "handler": "handler.handle",
    "privacy": "public",
    "description": "",
    "http_option": "enabled",
    "sandbox": "v2",
    "tags": [],
    "environment_variables": {},
    "secret_environment_variables": [],
    "private_network_id": None,
}


def function(**changes: Any) -> dict[str, Any]:
    """A function of ``namespace()`` right after a creation that says little: it has no code."""
    known = {
        **SETTINGS,
        "id": FUNCTION_ID,
        "name": "resize",
        "namespace_id": NAMESPACE_ID,
        "status": "created",
        "cpu_limit": 140,
        "error_message": None,
        "build_message": None,
        "domain_name": "shopx3k9q2vb-resize.functions.fnc.fr-par.scw.cloud",
        "region": "fr-par",
        "runtime_message": "",
        "ready_at": None,
        **TIMES,
    }
    return {**known, **changes}


def cron(**changes: Any) -> dict[str, Any]:
    """A cron of ``function()``."""
    known = {
        "id": CRON_ID,
        "function_id": FUNCTION_ID,
        "schedule": "5 4 * * *",
        "args": {},
        "status": "ready",
        "name": "daily",
    }
    return {**known, **changes}


def domain(**changes: Any) -> dict[str, Any]:
    """A domain of ``function()``."""
    known = {
        "id": DOMAIN_ID,
        "hostname": "images.example.com",
        "function_id": FUNCTION_ID,
        "url": "https://images.example.com",
        "status": "ready",
        "error_message": None,
    }
    return {**known, **changes}


PLACE = {"mnq_project_id": PROJECT, "mnq_region": "fr-par"}
QUEUE = {**PLACE, "queue": "pictures"}
SUBJECT = {**PLACE, "subject": "pictures", "mnq_nats_account_id": "AAMZQ7S3"}
OWN_QUEUE = {"endpoint": "https://sqs.example.com", "queue_url": "https://sqs.example.com/p/orders"}


def trigger(**changes: Any) -> dict[str, Any]:
    """A trigger of ``function()`` that follows a queue of Scaleway."""
    known = {
        "id": TRIGGER_ID,
        "name": "pictures",
        "description": "",
        "function_id": FUNCTION_ID,
        "input_type": "scw_sqs",
        "status": "ready",
        "error_message": None,
        "scw_sqs_config": {**QUEUE, "mnq_credential_id": "bbbbbbbb-0000-4000-8000-000000000008"},
    }
    return {**known, **changes}


def own_trigger(**changes: Any) -> dict[str, Any]:
    """A trigger that follows a queue with credentials of its own, as it is shown: without its secret key."""
    about = {key: value for key, value in trigger().items() if key != "scw_sqs_config"}
    return {**about, "input_type": "sqs", "sqs_config": {**OWN_QUEUE, "access_key": "AK", "secret_key": ""}, **changes}
