# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replacing a resource whose content is fixed, without a moment in which its users are without one.

The new one is made and in order before the first user is moved to it, and the old one goes when nobody uses it any
more: users are looked for anew after every wait. Whatever interrupts this, the next run finds both and does the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, references
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import SELF, Request, Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.changes import plan_absent, plan_present
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import Plan, unchanged
from ansible_collections.scw.cloud.plugins.module_utils.errors import Failed
from ansible_collections.scw.cloud.plugins.module_utils.records import replace
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.engine.writing import Writing

LOOKS = 3
"""How often users are looked for, should others start to use the old one meanwhile."""


def plan_rotation(
    lookup: Lookup, plan: Plan, old: list[Values], current: Values | None, beside: tuple[Resource, ...]
) -> Plan:
    """``plan``, which makes the new one, and after it: move the users of all the old ones, delete these.

    ``current`` is the new one where it is there already; ``beside`` are the resources that may be users.
    """
    resource = lookup.resource
    new: Any = current["id"] if current else SELF
    old_ids = [obj["id"] for obj in old]
    before = dict(plan.before if current else plan_absent(resource, old[0]).before)
    before[resource.plural], after = old_ids, {**plan.after, resource.plural: [_shown(new)]}
    requests = list(plan.requests)
    for user, field, obj in _users(lookup, beside):
        held = field.value(obj)
        wanted = swapped(field, held, old_ids, new)
        if wanted != held:
            requests += _about(obj, plan_present(user, {field.name: wanted}, obj, {}))
            before[user.label(obj)] = {field.name: held}
            after[user.label(obj)] = {field.name: _shown(wanted)}
    for obj in old:
        requests += _about(obj, plan_absent(resource, obj))
    return Plan("rotate", tuple(requests), before, after, plan.result, makes=len(plan.requests))


def move_users(writing: Writing, old: list[Values], own_id: str) -> None:
    """Let the new one, once it is in order, take the place of the old ones; then delete these."""
    _check_new(writing, own_id)
    for _look in range(LOOKS):
        plan = _moves(writing, old, own_id)
        moves = plan.requests[: -len(old)]
        if not moves:
            writing.send_counted(plan.requests, own_id)
            return
        writing.send_counted(moves, own_id)
    labels = ", ".join(map(writing.resource.label, old))
    raise Failed(f"{labels} did not get out of use, so nothing was deleted. Run the task again.")


def _moves(writing: Writing, old: list[Values], own_id: str) -> Plan:
    """What is left to do, by what is there now."""
    for user in writing.managed.task.beside:
        if references(user, writing.resource):
            writing.lookup.forget(user)
    new = writing.lookup.get(writing.resource, own_id)
    plan = plan_rotation(writing.lookup, unchanged(new), old, new, writing.managed.task.beside)
    writing.expect(plan)
    return plan


def _check_new(writing: Writing, own_id: str) -> None:
    """Wait until the new one is in order; if it fails, it goes again."""
    resource = writing.resource
    try:
        writing.check_in_effect(own_id)
    except Failed:
        undo = plan_absent(resource, writing.lookup.get(resource, own_id))
        writing.waiting.before_write(resource, own_id)
        writing.send_counted(undo.requests, own_id)
        raise
    writing.waiting.before_write(resource, own_id)


def _users(lookup: Lookup, beside: tuple[Resource, ...]) -> Iterator[tuple[Resource, Field, Values]]:
    """Everything in the same parent that may refer to the resource, and the field by which it does."""
    for user in beside:
        fields = references(user, lookup.resource)
        for obj in lookup.children(user) if fields else ():
            yield from ((user, field, obj) for field in fields)


def swapped(field: Field, held: Any, old_ids: Collection[str], new: Any) -> Any:
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
