# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replacing a resource whose content is fixed, without a moment in which its users are without one.

The new one is created and in order before the first user is moved to it, and the old one goes when nobody uses it any
more. Whatever interrupts this, the next run finds both and does the rest.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.composites import ListOf
from ansible_collections.scw.cloud.plugins.module_utils.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.plan import Plan, plan_absent, plan_present
from ansible_collections.scw.cloud.plugins.module_utils.resource import SELF, Request, Values
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN


def plan_rotation(lookup: Lookup, plan: Plan, old: list[Values], current: Values | None) -> Plan:
    """``plan``, which makes the new one, and after it: move the users of all the old ones, delete these.

    ``current`` is the new one where it is there already.
    """
    resource = lookup.resource
    if resource.rotation is None:
        return plan
    new: Any = current["id"] if current else SELF
    old_ids = [obj["id"] for obj in old]
    before = dict(plan.before if current else plan_absent(resource, old[0]).before)
    before[resource.plural], after = old_ids, {**plan.after, resource.plural: [_shown(new)]}
    requests = list(plan.requests)
    for user, name in resource.rotation.users():
        for obj in lookup.children(user):
            held = user.field(name).value(obj)
            wanted = _swapped(user.field(name), held, old_ids, new)
            if wanted == held:
                continue
            requests += _about(obj, plan_present(user, {name: wanted}, obj, {}))
            before[user.label(obj)] = {name: held}
            after[user.label(obj)] = {name: _shown(wanted)}
    for obj in old:
        requests += _about(obj, plan_absent(resource, obj))
    return Plan("rotate", tuple(requests), before, after, plan.result)


def _swapped(field: Field, held: Any, old_ids: Collection[str], new: Any) -> Any:
    """What a user refers to, with the new one in the place of the old ones."""
    if not isinstance(field, ListOf):
        return new if held in old_ids else held
    swapped = [new if held_id in old_ids else held_id for held_id in held or ()]
    return [element for index, element in enumerate(swapped) if element not in swapped[:index]]


def _about(obj: Values, plan: Plan) -> list[Request]:
    """The requests of a plan that is about another resource than the task."""
    return [replace(request, path=request.path.replace("{id}", obj["id"])) for request in plan.requests]


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return [_shown(element) for element in value]
    return UNKNOWN if value is SELF else value
