# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the SDK's Functions types leave out: required arguments, limits and words.

Limits are those of the product's documentation.
"""

from __future__ import annotations

from emulator.schema import SchemaFacts
from emulator.serverless.facts import HOSTNAME, NAME, SCHEDULE, VARIABLE, VARIABLES
from emulator.shapes import Anything, Choice, Duration, Identifier, Mapped, Shape, Text, Timestamp, Whole

MEBIBYTE = 1 << 20
LARGEST_ARCHIVE = 100 * MEBIBYTE
LARGEST_CONTENT = 500 * MEBIBYTE

# The CPU that comes with the memory (recorded for the first two, documented for the others).
CPU_BY_MEMORY = {128: 70, 256: 140, 512: 280, 1024: 560, 2048: 1120, 4096: 2240}

_FILLED = Text(may_be_empty=False)
_SHAPES: dict[str, Shape] = {
    "CreateNamespaceRequest.name": NAME,
    "CreateFunctionRequest.name": NAME,
    "name": _FILLED,
    "min_scale": Whole(0, 50),
    "max_scale": Whole(1, 50),
    "memory_limit": Choice(tuple(CPU_BY_MEMORY)),
    "timeout": Duration(1, 900),
    "handler": _FILLED,
    "environment_variables": VARIABLES,
    "Secret.key": VARIABLE,
    "hostname": HOSTNAME,
    "schedule": SCHEDULE,
    "args": Mapped(Anything()),
    "expires_at": Timestamp(),
    "content_length": Whole(1, LARGEST_ARCHIVE),
    "queue": _FILLED,
    "subject": _FILLED,
    "mnq_nats_account_id": _FILLED,
    "mnq_project_id": Identifier(),
    "mnq_region": Choice(("fr-par", "nl-ams")),
    "endpoint": _FILLED,
    "queue_url": _FILLED,
    "access_key": _FILLED,
    "secret_key": _FILLED,
    "page": Whole(1),
    "page_size": Whole(1),
    "project_id": Identifier(),
    "organization_id": Identifier(),
    "namespace_id": Identifier(),
    "function_id": Identifier(),
    "private_network_id": Identifier(may_be_empty=True),
}

FUNCTIONS_FACTS = SchemaFacts(
    shapes=_SHAPES,
    required={
        "CreateNamespaceRequest": frozenset({"name", "project_id"}),
        "CreateFunctionRequest": frozenset({"name", "namespace_id", "runtime"}),
    },
    exclusive={
        "CreateTokenRequest": (frozenset({"function_id", "namespace_id"}),),
        "ListTokensRequest": (frozenset({"function_id", "namespace_id"}),),
        "CreateTriggerRequest": (frozenset({"scw_sqs_config", "scw_nats_config", "sqs_config"}),),
        "ListTriggersRequest": (frozenset({"function_id", "namespace_id", "project_id"}),),
    },
)
