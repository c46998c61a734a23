# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load Balancer, the types on offer. They have names but no IDs, and nobody creates them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Str
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import explicit_spec
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB, LOCATION

TYPES = "/lb/v1/{scope}/lb-types"
ITEMS = "lb_types"
NAME = Str("name", ignore_case=True, may_be_empty=False)


def types_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that lists types."""
    return explicit_spec(LOCATION, {"name": NAME.option()})


def list_types(client: Client, params: Mapping[str, Any], warn: Callable[[str], None]) -> dict[str, Any]:
    """The result of an info task: the types as the API has them."""
    name = NAME.parse(params["name"], "name") if params["name"] is not None else None
    lookup = Lookup(LB, client, {**params, "id": None}, warn, predict=False)
    found = client.pages(lookup.path(TYPES), ITEMS, doing="list the types of load balancers")
    return {"changed": False, ITEMS: [one for one in found if name is None or NAME.same(name, one.get("name"))]}
