# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting until a change is in effect. Every wait looks before it sleeps, and all share the task's deadline.

No wait expects a transient status to appear: several products go straight to the final one (recorded). Only an object
that is older than the answer to the last write, which said that a change began, is given a moment to show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, repeat
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Settle, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.errors import Failed, ScwError, Transient
from ansible_collections.scw.cloud.plugins.module_utils.moments import is_earlier
from ansible_collections.scw.cloud.plugins.module_utils.values import read_path

PAUSES = (0.2, 0.3, 0.5, 0.8, 1.3, 2.0, 3.0)
"""Seconds between looks: most changes take 1 to 6 s (recorded); after that, every 5 s."""

Read = Callable[[Resource, str], Values]
"""How the resource with an ID is read."""

LONGEST_LAG = 5.0
"""Seconds that an object may stay behind the answer to a write. The vendor's Terraform provider waits 1 s for that."""


CORRECT = "Correct the cause, then run the task again."
WAY_ON = {"locked": "Ask the support of Scaleway why."}
"""What to do about a failed status, where that is something special."""


class Waiting:
    """The waits of one task."""

    def __init__(self, client: Client, lookup: Lookup) -> None:
        self._client = client
        self._lookup = lookup
        self.effect: Values | None = None  # what is around the resource, once a change was in effect there

    def until_settled(self, resource: Resource, obj: Values) -> Values:
        """The object once no change is under way; ``obj`` is its last known state."""
        settle = resource.settle
        if settle is None:
            return obj
        lag = 0.0
        for pause in pauses():
            behind = lag < LONGEST_LAG and self._is_behind(settle, obj)
            if not settle.is_busy(obj) and not behind:
                return obj
            lag += pause
            self._client.deadline.pause(pause, f"{resource.label(obj)} was still {settle.state(obj)}.")
            obj = self._lookup.get(resource, obj["id"])
        return obj

    def _is_behind(self, settle: Settle, obj: Values) -> bool:
        """Whether an object does not show yet what the answer to the last write says: that a change is under way."""
        answer = self._lookup.answers.get(obj["id"], {})
        return settle.is_busy(answer) and is_earlier(obj.get("updated_at"), answer.get("updated_at"))

    def before_write(self, resource: Resource, own_id: str | None) -> bool:
        """Let earlier changes finish, so that the write is not refused; whether there were any.

        A failed status is no obstacle.
        """
        busy, busy_id = resource, own_id
        if resource.settles_in_parent:
            busy, busy_id = resource.root, self._lookup.root_id()
        elif own_id is None and resource.parent:
            busy, busy_id = resource.parent, self._lookup.places[resource.parent.name]
        if not busy.settle or not busy_id:
            return False
        found = self._lookup.take_fresh(busy_id) or self._lookup.get(busy, busy_id)
        self.until_settled(busy, found)
        return busy.settle.is_busy(found)

    def after_write(self, resource: Resource, own_id: str, *, wait: bool, read: Read | None = None) -> Values:
        """The resource as the API shows it after the change; with ``wait``, once the change is in effect."""
        if wait:
            self.until_in_effect(resource)
        obj = (read or self._lookup.get)(resource, own_id)
        if wait and resource.settle:
            obj = self.until_settled(resource, obj)
            self.fail_if_failed(resource, obj)
        return obj

    def until_in_effect(self, resource: Resource) -> None:
        """Return once a change of the resource is in effect, as far as what is around it shows that."""
        if resource.settles_in_parent:
            root = resource.root
            self.effect = self.until_settled(root, self._lookup.get(root, self._lookup.root_id()))
            self.fail_if_failed(root, self.effect)

    def until_gone(self, resource: Resource, own_id: str) -> None:
        """Return once reading the resource says that it does not exist, and what it belonged to has settled."""
        for pause in pauses():
            try:
                obj = self._lookup.get(resource, own_id)
            except ScwError as error:
                if not resource.is_gone(error):
                    raise
                break
            self._client.deadline.pause(pause, f"{resource.label(obj)} was deleted but is still there.")
        if resource.settles_in_parent:
            self.before_write(resource, own_id)

    def out(self, resource: Resource, own_id: str | None, busy: Transient) -> None:
        """Wait for what the API just called busy; at least a moment, should its status not show it."""
        self._lookup.fresh.clear()
        if not self.before_write(resource, own_id):
            self._client.deadline.pause(PAUSES[0], str(busy))

    @staticmethod
    def fail_if_failed(resource: Resource, obj: Values) -> None:
        """Raise Failed, with the API's reason, if the resource is in a failed status."""
        settle = resource.settle
        if settle and settle.is_failed(obj):
            status = read_path(obj, settle.status)
            reason = settle.reason(obj) or "the API gives no reason"
            raise Failed(
                f"{resource.label(obj)} is in status {status!r}: {reason}. {WAY_ON.get(str(status), CORRECT)}",
                id=obj["id"],
                status=status,
                reason=settle.reason(obj),
            )


def tell_problems(
    resource: Resource, obj: Mapping[str, Any], params: Mapping[str, Any], warn: Callable[[str], None]
) -> None:
    """Warn of what is wrong with the configuration of a resource, or raise Failed, as the task says."""
    how = params.get(resource.problems.option) if resource.problems else "ignore"
    found = resource.problems.read(obj) if resource.problems and how != "ignore" else []
    if found and how == "fail":
        wrong = f"{resource.label(obj)} does not work as configured: {'; '.join(found)}"
        raise Failed(f"{wrong}. Correct that, then run the task again.", problems=found)
    for problem in found:
        warn(f"{resource.label(obj)}: {problem}.")


def pauses() -> Iterator[float]:
    """Seconds between looks, without end."""
    return chain(PAUSES, repeat(5.0))
