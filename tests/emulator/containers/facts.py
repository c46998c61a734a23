# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the SDK's Containers types leave out: required arguments, limits and words.

Limits are those of the product's documentation.
"""

from __future__ import annotations

import re

from emulator.schema import SchemaFacts
from emulator.serverless.facts import HOSTNAME, NAME, SCHEDULE, VARIABLE, VARIABLES
from emulator.shapes import Duration, Identifier, Mapped, Matching, Shape, Text, Whole

MEGABYTE = 1_000_000
_MEBIBYTE = 1 << 20

BLOCKED_PORTS = frozenset({8008, 8012, 8013, 8022, 9090, 9091})
NAMESPACES_PER_PROJECT = 100
CONTAINERS_PER_ORGANIZATION = 1000
DOMAINS_PER_CONTAINER = 50

_FILLED = Text(may_be_empty=False)
_HTTP_PATH = Matching(re.compile(r"/\S*"), "a path beginning with /")

_SHAPES: dict[str, Shape] = {
    "CreateNamespaceRequest.name": NAME,
    "CreateContainerRequest.name": NAME,
    "CreateTriggerRequest.name": _FILLED,
    "UpdateTriggerRequest.name": _FILLED,
    "image": Matching(re.compile(r"\S+"), "the reference of an image"),
    "min_scale": Whole(0, 50),
    "max_scale": Whole(1, 50),
    "memory_limit_bytes": Whole(128 * MEGABYTE, 12_228 * MEGABYTE),
    "mvcpu_limit": Whole(70, 6000),
    "local_storage_limit_bytes": Whole(1, 24_000 * _MEBIBYTE),
    "CreateContainerRequest.timeout": Duration(1, 900),
    "UpdateContainerRequest.timeout": Duration(1, 900),
    "port": Whole(1, 65535),
    "concurrent_requests_threshold": Whole(1, 80),
    "cpu_usage_threshold": Whole(1, 100),
    "memory_usage_threshold": Whole(1, 100),
    "failure_threshold": Whole(1),
    "interval": Duration(1),
    "timeout": Duration(1),
    "path": _HTTP_PATH,
    "http_path": _HTTP_PATH,
    "environment_variables": VARIABLES,
    "secret_environment_variables": Mapped(Text(), VARIABLE),
    "hostname": HOSTNAME,
    "schedule": SCHEDULE,
    "timezone": Matching(re.compile(r"[A-Za-z_]+([/+-][A-Za-z0-9_]+)*"), "a name of the tz database"),
    "headers": Mapped(Text()),
    "region": _FILLED,
    "endpoint": _FILLED,
    "access_key_id": _FILLED,
    "secret_access_key": _FILLED,
    "queue_url": _FILLED,
    "subject": _FILLED,
    "credentials_file_content": _FILLED,
    "page": Whole(1),
    "page_size": Whole(1),
    "project_id": Identifier(),
    "organization_id": Identifier(),
    "namespace_id": Identifier(),
    "container_id": Identifier(),
    "private_network_id": Identifier(may_be_empty=True),
}

_REQUIRED: dict[str, frozenset[str]] = {
    "CreateNamespaceRequest": frozenset({"name", "project_id"}),
    "UpdateContainerRequestProbeHTTPProbe": frozenset({"path"}),
    "CreateTriggerRequestDestinationConfig": frozenset(),
    "CreateTriggerRequestCronConfig": frozenset({"schedule", "timezone"}),
}

_CHECKS = (frozenset({"tcp", "http"}),)
_SOURCES = (frozenset({"cron_config", "sqs_config", "nats_config"}),)

CONTAINERS_FACTS = SchemaFacts(
    shapes=_SHAPES,
    required=_REQUIRED,
    exclusive={
        "ContainerScalingOption": (
            frozenset({"concurrent_requests_threshold", "cpu_usage_threshold", "memory_usage_threshold"}),
        ),
        "ContainerProbe": _CHECKS,
        "UpdateContainerRequestProbe": _CHECKS,
        "CreateTriggerRequest": _SOURCES,
        "UpdateTriggerRequest": _SOURCES,
    },
)
