# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks without Ansible: options as a module gets them, and the exchanges that they lead to."""

from __future__ import annotations

from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.engine.listing import list_objects
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.managed import Task
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import info_spec, present_spec
from ansible_collections.scw.cloud.plugins.module_utils.engine.reconcile import Outcome, reconcile
from unit.samples import LB_ID, PROJECT, ZONE, lb
from unit.scripted_server import Answer, Exchange

NOT_FOUND = Answer(404, json={"message": "lbs not Found"})


class Play:
    """Runs tasks with one client and keeps the warnings."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.warnings: list[str] = []

    def run(self, resource: Resource, *, check: bool = False, **said: Any) -> Outcome:
        """The outcome of a task that manages ``resource``."""
        return reconcile(Task(resource, params(resource, said), check, self.warnings.append), self.client)

    def list(self, resource: Resource, **said: Any) -> list[dict[str, Any]]:
        """The result of an info task."""
        spec = info_spec(resource)["argument_spec"]
        return list_objects(resource, self.client, {**_defaults(spec), **said}, self.warnings.append)

    def lookup(self, resource: Resource, *, predict: bool = False, **said: Any) -> Lookup:
        """What finds things for a task."""
        return Lookup(resource, self.client, params(resource, said), self.warnings.append, predict=predict)


def params(resource: Resource, said: dict[str, Any]) -> dict[str, Any]:
    """Options as Ansible passes them: everything is there, and what is unset is None."""
    defaults = _defaults(present_spec(resource)["argument_spec"])
    unknown = set(said) - set(defaults)
    assert not unknown, f"{resource.name} has no options {unknown}"
    return {**defaults, **said}


def _defaults(spec: dict[str, Any]) -> dict[str, Any]:
    return {name: option.get("default") for name, option in spec.items()}


def listing(path: str, items: str, *objects: dict[str, Any], **query: str) -> Exchange:
    """A list call with the query that is expected beside the page."""
    expected = {"page": ["1"], "page_size": ["50"], **{key: [value] for key, value in query.items()}}
    return Exchange("GET", path, Answer(json={items: list(objects), "total_count": len(objects)}), query=expected)


def lbs(*objects: dict[str, Any], name: str = "web") -> Exchange:
    """The search for a load balancer by name in the default project."""
    return listing(f"{ZONE}/lbs", "lbs", *objects, name=name, project_id=PROJECT)


def got_lb(**changes: Any) -> Exchange:
    """A read of the load balancer."""
    return Exchange("GET", f"{ZONE}/lbs/{LB_ID}", Answer(json=lb(**changes)))


def read(path: str, obj: dict[str, Any]) -> Exchange:
    """A read of one object."""
    return Exchange("GET", f"{ZONE}{path}", Answer(json=obj))


def lost(path: str) -> Exchange:
    """A read of something that does not exist."""
    return Exchange("GET", f"{ZONE}{path}", NOT_FOUND)
