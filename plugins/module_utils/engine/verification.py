# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before the first write: what a task refers to exists, belongs where the task says, and suits it.

Costs requests only when something is going to be written, and only for what is given by ID.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object, Ref
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.reading import names_nothing
from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import Waiting
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, Refused
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, is_unknown


def verify(lookup: Lookup, wanted: Mapping[str, Any], changed: Iterable[str], current: Values | None) -> None:
    """Raise Missing or InvalidOption for a reference that cannot be meant; ``changed`` are the fields to be written."""
    resource = lookup.resource
    if resource.parent and current is None:
        lookup.check_parent()
    for name in sorted(set(changed) & set(wanted)):
        field = resource.field(name)
        _check_date(lookup, field, name, wanted[name])
        _warn_of_doubt(lookup, field, wanted[name], current)
        ref = field.item if isinstance(field, ListOf) else field
        if isinstance(ref, Ref):
            present = field.value(current) if current else None
            given = wanted[name] if isinstance(field, ListOf) else [wanted[name]]
            held = present if isinstance(present, list) else [present]
            for target_id in [target_id for target_id in given if target_id and target_id not in held]:
                _check_target(lookup, name, ref, target_id)
                if isinstance(field, ListOf):
                    _check_suits_one(lookup, ref, name, target_id, current or {})
        elif isinstance(field, ListOf) and isinstance(ref, Object):
            _check_nested(lookup, name, ref, wanted[name])
    _check_suits(lookup, wanted, current)
    if current:
        _check_alone(lookup, wanted, set(changed), current)


def _check_alone(lookup: Lookup, wanted: Mapping[str, Any], changed: Set[str], current: Values) -> None:
    """Refuse a name that another one has already, for then neither could be found by it. Costs a list.

    In a tree all names are compared anyway, as they will be.
    """
    resource = lookup.resource
    names = [name for alternative in resource.identity for name in alternative]
    if len(names) != 1 or names[0] not in changed or lookup.siblings:
        return
    others = [obj for obj in lookup.namesakes(wanted) if obj["id"] != current["id"] and not resource.is_leaving(obj)]
    others = [obj for obj in others if obj.get("project_id") == current.get("project_id")]
    if others:
        label = resource.label(current)
        raise Refused(f"{label} cannot get the name of {resource.label(others[0])}.", options=names)


def _check_date(lookup: Lookup, field: Field, option: str, value: Any) -> None:
    """Refuse to write what has passed its date."""
    now = lookup.client.clock.wall()
    problem = field.outdated(value, now)
    if problem:
        raise InvalidOption(outdated_option(field, value, option, now), problem)


def outdated_option(field: Field, value: Any, where: str, now: float) -> str:
    """Dotted path of the option in ``where`` that makes ``field`` outdated, as in ``where[1].chain``."""
    if isinstance(field, ListOf):
        index = next(index for index, element in enumerate(value) if field.item.outdated(element, now))
        return outdated_option(field.item, value[index], f"{where}[{index}]", now)
    if isinstance(field, Object):
        nested = next(
            nested for nested in field.fields if nested.name in value and nested.outdated(value[nested.name], now)
        )
        return outdated_option(nested, value[nested.name], f"{where}.{nested.name}", now)
    return where


def _warn_of_doubt(lookup: Lookup, field: Field, value: Any, current: Values | None) -> None:
    doubt = field.doubt(value, field.value(current)) if current else ""
    if doubt:
        lookup.warn(f"{lookup.resource.label(current)}: {doubt}")


def _check_target(lookup: Lookup, option: str, ref: Ref, target_id: str) -> None:
    """Refuse a reference to what does not exist, or lies under another parent than ours."""
    if target_id == UNKNOWN:
        if lookup.predict:
            return
        raise names_nothing(option)
    parent = ref.target.parent
    obj = _target(lookup, option, ref, target_id)
    ours = lookup.places.get(parent.name) if parent else None
    actual = ref.target.parent_id(obj, parent) if parent else None
    if parent and ours not in (None, actual) and not any(map(is_unknown, (ours, actual))):
        raise InvalidOption(option, f"{ref.target.label(obj)} belongs to {parent.title} {actual}, not to {ours}.")


def _check_nested(lookup: Lookup, option: str, item: Object, elements: Iterable[Mapping[str, Any]]) -> None:
    """Refuse references to what does not exist beside the resource, in the elements of a list."""
    refs = [ref for ref in item.fields if isinstance(ref, Ref) and ref.target.parent is lookup.resource.parent]
    for index, element in enumerate(elements):
        for ref in (ref for ref in refs if element.get(ref.name)):
            _check_target(lookup, f"{option}[{index}].{ref.name}", ref, element[ref.name])


def _check_suits(lookup: Lookup, wanted: Mapping[str, Any], current: Values | None) -> None:
    """Refuse a reference to what does not suit the resource as it will be, whichever of the two changes."""
    fields = lookup.resource.fields
    suiting = [ref for ref in fields if isinstance(ref, Ref) and ref.suits]
    if not suiting:
        return
    whole = _whole(lookup.resource, wanted, current)
    for ref in suiting:
        if whole.get(ref.name):
            _check_suits_one(lookup, ref, ref.name, whole[ref.name], whole)


def _whole(resource: Resource, wanted: Mapping[str, Any], current: Values | None) -> Values:
    """The values that the resource will have."""
    whole = {field.name: field.value(current) for field in resource.fields} if current else {}
    for name, value in wanted.items():
        whole[name] = resource.field(name).merge(value, whole.get(name), name)
    return whole


def _check_suits_one(lookup: Lookup, ref: Ref, option: str, target_id: str, whole: Mapping[str, Any]) -> None:
    if ref.suits is None or target_id == UNKNOWN:  # nothing is known of it
        return
    obj = _target(lookup, option, ref, target_id)
    problem = ref.suits(obj, whole)
    if problem:
        raise InvalidOption(option, f"{ref.target.label(obj)} {problem}")


def _target(lookup: Lookup, option: str, ref: Ref, target_id: str) -> Values:
    """The resource referred to, read at most once for a task; once it has settled, unless this is check mode."""
    if target_id not in lookup.referenced:
        lookup.referenced[target_id] = lookup.existing(option, ref.target, target_id)
    found = lookup.referenced[target_id]
    settle = ref.target.settle
    # What is above may be busy for other reasons, and is waited for before every write anyway.
    if settle and ref.target.parent and settle.is_busy(found) and not lookup.predict and not is_unknown(target_id):
        found = Waiting(lookup.client, lookup).until_settled(ref.target, found)
        lookup.referenced[target_id] = found
    return found


def verify_known(lookup: Lookup, wanted: Mapping[str, Any], current: Values | None) -> None:
    """Refuse what does not suit any more because the other of the two changes, as far as that costs no request."""
    for field in lookup.resource.fields:
        if isinstance(field, Ref) and field.suits:
            whole = _whole(lookup.resource, wanted, current)
            target_id = whole.get(field.name)
            if target_id and lookup.known(field.target, target_id):
                _check_suits_one(lookup, field, field.name, target_id, whole)
