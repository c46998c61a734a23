# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Functions, the runtimes on offer. They have names but no IDs, and nobody creates them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Enum, Str
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import explicit_spec
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.function.resources import FUNCTION
from ansible_collections.scw.cloud.plugins.module_utils.serverless import LOCATION

RUNTIMES = "/functions/v1beta1/{scope}/runtimes"
ITEMS = "runtimes"
FILTERS = (
    Str("name", may_be_empty=False),
    Str("language", ignore_case=True, may_be_empty=False),
    Enum("status", choices=("beta", "available", "deprecated", "end_of_support", "end_of_life")),
)
USABLE = frozenset({"available", "beta"})
ENDED = "end_of_life"


def runtimes_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that lists runtimes."""
    return explicit_spec(LOCATION, {field.name: field.option() for field in FILTERS})


def list_runtimes(client: Client, params: Mapping[str, Any], warn: Callable[[str], None]) -> dict[str, Any]:
    """The result of an info task: the runtimes as the API has them."""
    given = {field: field.parse(params[field.name], field.name) for field in FILTERS if params[field.name] is not None}
    lookup = Lookup(FUNCTION, client, {**params, "id": None}, warn, predict=False)
    found = read_runtimes(client, lookup)
    return {
        "changed": False,
        ITEMS: [
            one for one in found if all(field.same(wanted, one.get(field.name)) for field, wanted in given.items())
        ],
    }


def read_runtimes(client: Client, lookup: Lookup) -> list[Values]:
    """All runtimes of the region, in the API's order."""
    return client.pages(lookup.path(RUNTIMES), ITEMS, doing="list the runtimes of functions")


def check_runtime(runtimes: list[Values], name: str, warn: Callable[[str], None]) -> Values:
    """The runtime of that name. Raises InvalidOption if nothing can run with it, and warns of one that is aging."""
    runtime = next((one for one in runtimes if one.get("name") == name), None)
    on_offer = ", ".join(str(one.get("name")) for one in runtimes if one.get("status") in USABLE)
    if runtime is None:
        raise InvalidOption("runtime", f"{name!r} does not exist. Available are {on_offer}.")
    said = f" ({runtime['status_message']})" if runtime.get("status_message") else ""
    if runtime.get("status") == ENDED:
        raise InvalidOption("runtime", f"{name!r} has reached its end of life{said}. Available are {on_offer}.")
    if runtime.get("status") not in USABLE:
        state = str(runtime.get("status")).replace("_", " ")
        warn(f"runtime: {name!r} is still accepted, but its status is {state}{said}. Available are {on_offer}.")
    return runtime
