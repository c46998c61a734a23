# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task that rolls a resource out again: found, checked, rolled out, waited for. Its settings stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Ref
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import explicit_spec
from ansible_collections.scw.cloud.plugins.module_utils.engine.reading import names_nothing
from ansible_collections.scw.cloud.plugins.module_utils.engine.rollout import Rollout
from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import Waiting
from ansible_collections.scw.cloud.plugins.module_utils.errors import Missing
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, is_id, is_unknown

READY = "ready"
NOTHING: dict[str, Any] = {"before": {}, "after": {}}


def named(resource: Resource) -> Ref:
    """The option that names a resource."""
    return Ref(resource.name, aliases=(f"{resource.name}_id",), to=lambda: resource)


def redeployment_spec(resource: Resource, own: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of a module that rolls out ``resource``, with options of its ``own``."""
    around = {ancestor.name: named(ancestor).option() for ancestor in resource.ancestors}
    waits = {
        "wait": {"type": "bool", "default": True},
        "wait_timeout": {"type": "int", "default": resource.wait_timeout},
    }
    options = {resource.name: {**named(resource).option(), "required": True}, **around, **(own or {}), **waits}
    return explicit_spec(resource.location, options)


class Redeployment:
    """One task about one resource. ``path`` is that of the call.

    What differs between resources is left to ``examine``, ``is_due``, ``show`` and ``conclude``.
    """

    def __init__(
        self,
        resource: Resource,
        path: str,
        client: Client,
        params: Mapping[str, Any],
        warn: Callable[[str], None],
        *,
        check_mode: bool,
    ) -> None:
        self.resource = resource
        self.client = client
        self.params = params
        self.warn = warn
        self.check_mode = check_mode
        self.lookup = Lookup(resource, client, {**params, "id": None}, warn, predict=check_mode)
        self.waiting = Waiting(client, self.lookup)
        self.rollout = Rollout(resource, path, client, self.lookup, warn)

    def run(self) -> dict[str, Any]:
        """The result of the task. Raises ScwError; its data tell what was done before it."""
        found = self._find()
        if found is None:
            return self._without_resource()
        self.examine(found)
        current = self.rollout.seen = found
        if self.params["wait"] and not self.check_mode:
            current = self.waiting.until_settled(self.resource, current)
        self.examine_settled(current)
        if not self.is_due(current):
            return self._result(False, NOTHING, current)
        diff = self._diff(current)
        if self.check_mode:
            return self._result(True, diff, {**current, **self._fine(), "updated_at": UNKNOWN})
        final = self._roll_out(current)
        done = bool(self.rollout.done)
        return self._result(done, diff if done else NOTHING, final)

    # What differs between resources

    def examine(self, found: Values) -> None:
        """Refuse what cannot be rolled out as the task wants it."""

    def examine_settled(self, current: Values) -> None:
        """Read what decides whether a rollout is due, and refuse what only shows now."""

    def is_due(self, _current: Values | None) -> bool:
        """Whether to roll out; ``None`` stands for what an earlier task would create."""
        return True

    def show(self, _current: Values, _after: Values) -> None:
        """Add to the diff what the reason for the rollout is."""

    def conclude(self, final: Values) -> None:
        """Tell what was noticed afterwards."""

    # Finding

    def _find(self) -> Values | None:
        """The resource; None in check mode, if an earlier task may create it. One that is being deleted is none."""
        name = self.resource.name
        given = named(self.resource).parse(self.params[name], name)
        if is_unknown(given):
            if not self.check_mode:
                raise names_nothing(name)
            return None
        if is_id(given):
            return self._by_id(given)
        found = self.lookup.find({"name": given}, must_exist=True)
        if found and not self.resource.is_leaving(found):
            return found
        where = f"No {self.resource.title} {given!r} exists{self._around()}"
        if not self.check_mode:
            raise Missing(f"{where}. Create it first, or check the name.", name=given)
        self.warn(f"{where} yet; this check assumes that an earlier task creates it.")
        return None

    def _around(self) -> str:
        parent = self.resource.parent
        return f" in {parent.title} {self.params[parent.name]!r}" if parent else ""

    def _by_id(self, own_id: str) -> Values:
        resource = self.resource
        found = self.lookup.existing(resource.name, resource, own_id)
        self.lookup.check_ancestors(resource, found)
        self.lookup.learn_places(resource, found)
        if resource.is_leaving(found):
            raise Missing(f"{resource.label(found)} is being deleted.", id=own_id)
        return found

    def _without_resource(self) -> dict[str, Any]:
        """What an earlier task would create. With that it is rolled out."""
        resource, given = self.resource, self.params[self.resource.name]
        shown = {str(field.read or field.name): UNKNOWN for field in resource.fields}
        places = {ancestor.name: self.lookup.places.get(ancestor.name, UNKNOWN) for ancestor in resource.ancestors}
        place = {"id": UNKNOWN, **({resource.parent_path: places[resource.parent.name]} if resource.parent else {})}
        predicted = {**shown, **resource.computed, **self._fine(), **place, **({} if is_id(given) else {"name": given})}
        if not self.is_due(None):
            return self._result(False, NOTHING, predicted)
        return self._result(True, self._diff(predicted), predicted)

    def _fine(self) -> Values:
        """What check mode predicts of the status."""
        return {"status": READY, "error_message": self.resource.computed.get("error_message")}

    # Rolling out

    def _result(self, changed: bool, diff: dict[str, Any], obj: Values) -> dict[str, Any]:
        return {"changed": changed, "diff": diff, self.resource.name: obj}

    def _diff(self, current: Values) -> dict[str, Any]:
        """What a rollout changes, with the reason for it."""
        before: Values = {"updated_at": current.get("updated_at")}
        after: Values = {"updated_at": UNKNOWN}
        settle = self.resource.settle
        if settle and not settle.is_busy(current) and current.get(settle.status) != READY:
            before[settle.status], after[settle.status] = current.get(settle.status), READY
        self.show(current, after)
        label = self.resource.label(current)
        return {"before": before, "after": after, "before_header": label, "after_header": label}

    def _roll_out(self, current: Values) -> Values:
        """The resource afterwards. Every error tells what was done, and what was not."""
        does = f"roll out {self.resource.label(current)}"
        with self.rollout.accounting(does):
            current = self.rollout.begin(self.waiting.until_settled(self.resource, current), does, self.is_due)
            if not self.rollout.done:
                return current
            final = self.waiting.after_write(self.resource, current["id"], wait=bool(self.params["wait"]))
            self.conclude(final)
            return final
