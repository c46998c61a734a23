# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans of what has to be done: the requests, the difference, and the object as it will be. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Call, Request, Resource, Update
from ansible_collections.scw.cloud.plugins.module_utils.engine.plan import (
    Plan,
    concealed,
    differing,
    unchanged,
    wanted_fields,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import MissingOption, Refused
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, blank, expanded, write_path


def plan_present(
    resource: Resource, wanted: Mapping[str, Any], current: Mapping[str, Any] | None, owner: Mapping[str, str]
) -> Plan:
    """Plan to make the resource exist as ``wanted`` (wire values, references resolved).

    ``owner`` is what a create adds to its body (project or organization). Raises MissingOption or Refused.
    """
    if current is None:
        return plan_create(resource, wanted, owner)
    changed = differing(resource, wanted, current)
    return plan_update(resource, wanted, current, changed) if changed else unchanged(current)


def plan_update(
    resource: Resource, wanted: Mapping[str, Any], current: Mapping[str, Any], changed: list[Field]
) -> Plan:
    """Plan to write the fields that ``differing`` found. Raises Refused."""
    before, after = _replaced_branches(resource, wanted, current), {}
    _refuse_immutable(resource, changed, wanted, current)
    for field in changed:
        before[field.name], after[field.name] = field.difference(wanted[field.name], field.value(current))
    requests = _updates(resource, changed, wanted, current)
    return Plan("update", requests, before, after, _predict_update(resource, changed, wanted, current))


def plan_foreseen(resource: Resource, wanted: Mapping[str, Any]) -> Plan:
    """What a check foresees for a resource of which nothing is known, but that an earlier task will have created it."""
    values = {name: resource.field(name).announced(value) for name, value in wanted.items()}
    result = _predict_create(resource, wanted, {})
    return Plan("update", (), {}, values, {key: UNKNOWN if key not in wanted else result[key] for key in result})


def plan_absent(resource: Resource, current: Mapping[str, Any] | None) -> Plan:
    """Plan to make the resource not exist."""
    if current is None:
        return unchanged({})
    shown = [field for field in resource.fields if not field.hidden]
    own = [field for field in shown if isinstance(field, Object) or not callable(field.read)]
    values = {field.name: field.value(current) for field in own}
    before = concealed(own, {name: value for name, value in values.items() if not blank(value)})
    call = resource.delete or Call("DELETE", resource.item)
    body: dict[str, Any] | None = {} if call.method == "POST" else None
    body = expanded(call.beside(current)) if call.beside else body
    request = Request(call.method, call.path, body, f"delete {resource.label(current)}", call.id_key)
    return Plan("delete", (request,), before, {}, {})


def fits(resource: Resource, wanted: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
    """Whether ``current`` can become as wanted: nothing that is fixed differs, and the API did not give up on it."""
    if resource.settle and resource.settle.is_failed(current):
        return False
    try:
        _replaced_branches(resource, wanted, current)
        _refuse_immutable(resource, differing(resource, wanted, current), wanted, current)
    except Refused:
        return False
    return True


def whole(resource: Resource, wanted: Mapping[str, Any], current: Mapping[str, Any] | None) -> dict[str, Any]:
    """The resource as a call that replaces all its siblings takes it: ``wanted``, and what is there beside it."""
    if current is None:
        body = plan_create(resource, wanted, {}).requests[0].body
        return dict(body)
    return _body(resource, resource.updates[0], list(wanted), wanted, current)


def plan_create(resource: Resource, wanted: Mapping[str, Any], owner: Mapping[str, str]) -> Plan:
    """Plan to make what is not there; ``owner`` as of ``plan_present``. Raises MissingOption."""
    needed = [resource.identity[0][0]] if len(resource.identity) == 1 else []
    needed += [field.name for field in resource.fields if field.on_create]
    missing = [name for name in dict.fromkeys(needed) if name not in wanted]
    missing += [" or ".join(group.fields) for group in resource.one_of if group.on_create and not group.chosen(wanted)]
    label = resource.label(None, wanted)
    if missing:
        raise MissingOption(f"{label} does not exist yet. To create it, set {', '.join(missing)}.", options=missing)
    values = {}
    for field in resource.fields:
        value = wanted.get(field.name, field.initial)
        if value is not None and (field.shown_unset or value != ""):
            values[field.name] = field.complete(value, field.name)
    body = {
        field.wire: field.encode(values[field.name])
        for field in resource.fields
        if field.creatable and field.name in values and field.name != resource.id_key
    }
    call = resource.create or Call("POST", resource.collection)
    request = Request(
        call.method, call.path, expanded(_without_none({**owner, **body})), f"create {label}", call.id_key
    )
    later = [field for field in wanted_fields(resource, wanted) if not field.creatable]
    follow_up = _updates(resource, later, wanted, {}) if later else ()
    announced = {name: resource.field(name).announced(value) for name, value in values.items()}
    shown = {name: value for name, value in announced.items() if not blank(value)}
    return Plan("create", (request, *follow_up), {}, shown, _predict_create(resource, values, owner))


def _replaced_branches(resource: Resource, wanted: Mapping[str, Any], current: Mapping[str, Any]) -> dict[str, Any]:
    """What the API drops because another field of its group is written. Raises Refused where a group is fixed."""
    replaced: dict[str, Any] = {}
    for group in resource.one_of:
        chosen = group.chosen(wanted)
        present = {name: resource.field(name).value(current) for name in group.fields if name != chosen}
        others = {name: value for name, value in present.items() if chosen and value is not None}
        if others and not group.switchable:
            raise Refused(
                f"{resource.label(current)} has {', '.join(others)}, and cannot change to {chosen}. "
                "It is fixed at creation. Delete it and create it again, or give another name.",
                options=[chosen],
            )
        replaced.update(others)
    return replaced


def _refuse_immutable(
    resource: Resource, changed: list[Field], wanted: Mapping[str, Any], current: Mapping[str, Any]
) -> None:
    fixed = [part for field in changed for part in field.fixed(wanted[field.name], field.value(current))]
    if not fixed:
        return
    changes = [f"{path} is {present!r}, wanted {asked!r}" for path, present, asked in fixed]
    way_out = " ".join(way_out for path, _present, _asked in fixed if (way_out := resource.field(path).way_out))
    text = f"{resource.label(current)} cannot be changed like this: {'; '.join(changes)}. It is fixed at creation."
    raise Refused(
        f"{text} {way_out or 'Delete it and create it again, or give another name.'}",
        options=[path for path, _present, _asked in fixed],
    )


def _updates(
    resource: Resource, changed: list[Field], wanted: Mapping[str, Any], current: Mapping[str, Any]
) -> tuple[Request, ...]:
    names = {field.name for field in changed}
    requests = []
    for update in resource.updates:
        touched = [name for name in resource.written_by(update) if name in names]
        if touched:
            body = _body(resource, update, touched, wanted, current)
            body = expanded({**body, **(update.beside(current) if update.beside else {})})
            label = resource.label(current or None, wanted)
            requests.append(
                Request(update.method, update.path or resource.item, body, f"update {label} ({', '.join(touched)})")
            )
    if resource.steps and names & set(resource.stepped):
        stepped = {name: wanted[name] for name in resource.stepped if name in names}
        requests.extend(resource.steps(stepped, dict(current)))
    return tuple(requests)


def _body(
    resource: Resource, update: Update, touched: list[str], wanted: Mapping[str, Any], current: Mapping[str, Any]
) -> dict[str, Any]:
    """The body of one update call; see ``Update.body``."""
    values: dict[str, Any] = {}
    replaced = [
        name for group in resource.one_of if group.chosen(wanted) for name in group.fields if name not in wanted
    ]
    for name in touched if update.body == "changed" else resource.written_by(update):
        if name in replaced:
            continue
        field = resource.field(name)
        present = field.value(current)
        if name in wanted:
            merged = field.merge(wanted[name], present, name)
            values[name] = merged if blank(present) or update.body == "all" else field.changeable(merged)
        elif present is not None and not field.hidden:
            values[name] = field.carry(present)
    encoded = {resource.field(name).wire_update: resource.field(name).encode(value) for name, value in values.items()}
    if update.body == "changed":
        kept = [name for name in touched if encoded[resource.field(name).wire_update] is None]
        if kept:
            raise Refused(
                f"{', '.join(kept)} cannot be cleared: the API has no call for it. Set a value.", options=kept
            )
    if update.body == "value":
        return dict(next(iter(encoded.values())))
    return _without_none(encoded)


def _without_none(body: Mapping[str, Any]) -> dict[str, Any]:
    """Never null for "don't know": the API takes null for a value (recorded: lb)."""
    return {key: value for key, value in body.items() if value is not None}


def _predict_create(resource: Resource, values: Mapping[str, Any], owner: Mapping[str, str]) -> dict[str, Any]:
    computed = {key: value(values) if callable(value) else deepcopy(value) for key, value in resource.computed.items()}
    shown = {key: value for key, value in owner.items() if key in computed}
    result: dict[str, Any] = {"id": values.get(resource.id_key, UNKNOWN), **computed, **shown}
    absent = {name for group in resource.one_of for name in group.fields} - set(values)
    absent |= {field.name for field in resource.fields if not field.shown_unset} - set(values)
    for field in resource.fields:
        path = field.read or field.name
        if callable(path) or "[]" in path or field.name in absent:
            continue
        if field.name in values:
            write_path(result, path, field.made(deepcopy(values[field.name])))
        elif "." not in path:
            result[path] = field.omitted()
    return result


def _predict_update(
    resource: Resource, changed: list[Field], wanted: Mapping[str, Any], current: Mapping[str, Any]
) -> dict[str, Any]:
    result = deepcopy(dict(current))
    for name in _replaced_branches(resource, wanted, current):
        result.pop(str(resource.field(name).read or name), None)
    for field in changed:
        path = field.read or field.name
        if not callable(path):
            value = field.predicted(field.merge(wanted[field.name], field.value(current), field.name))
            if blank(value) and not field.shown_unset:
                result.pop(path, None)
            elif blank(value) and "." in path:
                result[path.partition(".")[0].removesuffix("[]")] = None  # nothing is embedded any more
            else:
                write_path(result, path, value)
    return result
