# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating functions by the thousand, deployed from the start, spread over regions and namespaces."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Mapping
from typing import Any

from emulator.functions.function_settings import DEFAULTS, settings_after
from emulator.functions.namespaces import new_suffix
from emulator.functions.records import Cron, Domain, Function, Namespace, Token, Trigger
from emulator.functions.state import FunctionsState
from emulator.identities import SEEDED_PROJECT_ID
from emulator.serverless.addresses import host_name
from emulator.serverless.facts import REGIONS
from emulator.serverless.records import born

_PER_FUNCTION = ("crons", "domains", "tokens", "triggers")
SEED_KINDS = frozenset({"function_namespaces", "functions", *(f"{kind}_per_function" for kind in _PER_FUNCTION)})


def create(state: FunctionsState, counts: Mapping[str, int]) -> dict[str, int]:
    """Create what is asked and return how many objects of each kind were made.

    Functions go to the namespaces made with them, in turn; to one namespace where none is asked for.
    """
    before = _sizes(state)
    wanted = counts.get("functions", 0)
    namespaces = [_add_namespace(state) for _each in range(counts.get("function_namespaces", 0) or min(wanted, 1))]
    archive = _archive()
    for number in range(wanted):
        function = _add_function(state, namespaces[number % len(namespaces)], archive)
        _add_below(state, function, counts)
    return dict(_sizes(state) - before)


def _sizes(state: FunctionsState) -> Counter[str]:
    return Counter({kind: len(kept) for kind, kept in state.records().items()})


def _archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        # The date is fixed, so that every archive is the same.
        archive.writestr(zipfile.ZipInfo("handler.py"), "def handle(event, context):\n    return {}\n")
    return content.getvalue()


def _add_namespace(state: FunctionsState) -> Namespace:
    number = len(state.namespaces)
    name = f"namespace-{number:05d}"
    return state.namespaces.add(
        Namespace(
            **born(state.world, REGIONS[number % len(REGIONS)], "ready"),
            name=name,
            project_id=SEEDED_PROJECT_ID,
            organization_id=state.world.identities.organization_id,
            description="",
            tags=["seeded"],
            environment_variables={},
            secrets={},
            suffix=new_suffix(state, name),
            registry_namespace_id=state.world.identities.uuid(),
            vpc_integration_activated=False,
        )
    )


def _add_function(state: FunctionsState, namespace: Namespace, archive: bytes) -> Function:
    name = f"function-{len(state.functions):05d}"
    life = born(state.world, namespace.region, "ready")
    function = Function(
        **life,
        name=name,
        namespace_id=namespace.id,
        domain_name=host_name(namespace.suffix, name, namespace.region),
        settings=settings_after({"runtime": "python313", "tags": ["seeded"]}, DEFAULTS),
        environment_variables={},
        secrets={},
        private_network_id=None,
        ready_at=life["created_at"],
    )
    state.upload(function, archive)
    function.deployed = function.uploaded
    return state.functions.add(function)


def _add_below(state: FunctionsState, function: Function, counts: Mapping[str, int]) -> None:
    def lives(kind: str) -> list[tuple[int, dict[str, Any]]]:
        count = range(counts.get(f"{kind}_per_function", 0))
        return [
            (number, {**born(state.world, function.region, "ready"), "function_id": function.id}) for number in count
        ]

    for number, life in lives("crons"):
        state.crons.add(Cron(**life, name=f"cron-{number}", schedule="0 4 * * *", args={}))
    for number, life in lives("domains"):
        hostname = f"host-{number}.{function.name}.example.com"
        state.domains.add(Domain(**life, hostname=hostname, url=f"https://{hostname}"))
    for number, life in lives("tokens"):
        state.tokens.add(Token(**life, namespace_id=None, description=f"token-{number}", expires_at=None))
    for number, life in lives("triggers"):
        config = {"queue": "orders", "mnq_project_id": SEEDED_PROJECT_ID, "mnq_region": "fr-par"}
        config["mnq_credential_id"] = state.world.identities.uuid()
        state.triggers.add(
            Trigger(**life, name=f"trigger-{number}", description="", input_type="scw_sqs", config=config)
        )
