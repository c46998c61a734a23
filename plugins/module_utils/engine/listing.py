# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task that only lists, from beginning to end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine import options
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import concealed
from ansible_collections.scw.cloud.plugins.module_utils.errors import Missing


def list_objects(
    resource: Resource, client: Client, params: Mapping[str, Any], warn: Callable[[str], None]
) -> list[Values]:
    """The objects that match an info task; an empty list where nothing does."""
    lookup = Lookup(resource, client, params, warn, predict=False)
    try:
        found = lookup.all(options.filters(resource, params))
        return [concealed(resource.fields, obj) for obj in found]
    except Missing as error:
        warn(str(error))
        return []
