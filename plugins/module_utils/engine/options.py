# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of a task, derived from the description of its resource. Pure.

The argument specifications built here are compared with each module's documentation by ``ansible-test sanity``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object, Ref
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field, Uuid
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Location, Resource
from ansible_collections.scw.cloud.plugins.module_utils.errors import ConfigError, InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.values import given

CREDENTIALS: dict[str, dict[str, Any]] = {
    "access_key": {"type": "str", "no_log": True},
    "secret_key": {"type": "str", "no_log": True},
    "api_url": {"type": "str"},
    "api_timeout": {"type": "int", "default": 60},
    "api_allow_insecure": {"type": "bool"},
    "profile": {"type": "str"},
    "config_file": {"type": "path"},
    "organization_id": {"type": "str"},
    "project_id": {"type": "str"},
}


def present_spec(resource: Resource) -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that manages ``resource``."""
    options = {**CREDENTIALS, **_location(resource.location)}
    options["state"] = {"type": "str", "choices": ["present", "absent"], "default": "present"}
    options["wait"] = {"type": "bool", "default": True}
    options["wait_timeout"] = {"type": "int", "default": resource.wait_timeout}
    for field in (*finders_of(resource), *resource.fields):
        if not field.hidden:
            options[field.name] = field.option()
    needed = one_needed(resource, options)
    for field in resource.manner:
        options[field.name] = {**field.option(), "default": field.initial}
    if resource.rotation:
        options[resource.rotation] = {"type": "bool", "default": False}
    for field in resource.delete_options:
        options[field.name] = {**field.option(), "default": field.initial}
    exclusive = [*_exclusive(resource.location), *(list(group.fields) for group in resource.one_of)]
    return {"argument_spec": options, "mutually_exclusive": exclusive, **needed}


def info_spec(resource: Resource) -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that lists ``resource``."""
    options = {**CREDENTIALS, **_location(resource.location)}
    for field in (*finders_of(resource), *resource.filters):
        options[field.name] = field.option()
    exclusive = [["id", field.name] for field in resource.filters if field.name != "name" and _own_id(resource)]
    spec: dict[str, Any] = {
        "argument_spec": options,
        "mutually_exclusive": [*_exclusive(resource.location), *exclusive],
    }
    if resource.parent and _own_id(resource):
        spec["required_one_of"] = [["id", resource.parent.name]]
    elif resource.parent:
        options[resource.parent.name]["required"] = True
    return spec


def controller_files(resource: Resource) -> dict[str, str]:
    """Options that take the path of a file on the controller, each with the option beside it that takes its content.

    Keys are paths of options such as ``certificates[].chain_file``, one for every spelling of the options on the way.
    """
    return {path: content for field in resource.fields for path, content in _files(field, "")}


def _files(field: Field, where: str) -> Iterator[tuple[str, str]]:
    inner = field.item if isinstance(field, ListOf) else field
    if not isinstance(inner, Object):
        return
    for spelling in (field.name, *field.aliases):
        path = f"{where}{spelling}[]." if inner is not field else f"{where}{spelling}."
        for nested in inner.fields:
            if nested.file:
                yield f"{path}{nested.file}", nested.name
            yield from _files(nested, path)


def explicit_spec(location: Location, own: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of a module with options of its ``own`` beside credentials and location."""
    return {"argument_spec": {**CREDENTIALS, **_location(location), **own}, "mutually_exclusive": _exclusive(location)}


def refuse_null_elements(spec: Mapping[str, Any], given: Mapping[str, Any], where: str = "") -> None:
    """Refuse null in lists. ``given`` are options as the user wrote them: newer versions of Ansible make "" of it."""
    for name, option in spec.items():
        for spelled in (name, *option.get("aliases", ())):
            value, place = given.get(spelled), f"{where}{spelled}"
            if isinstance(value, Mapping):
                refuse_null_elements(option.get("options", {}), value, f"{place}.")
            elements = value if isinstance(value, list) and option["type"] == "list" else []
            for index, element in enumerate(elements):
                if element is None:
                    raise InvalidOption(f"{place}[{index}]", "has no value. Leave it out, or put the text in quotes.")
                if isinstance(element, Mapping):
                    refuse_null_elements(option.get("options", {}), element, f"{place}[{index}].")


def wanted(resource: Resource, params: Mapping[str, Any], where: str = "") -> dict[str, Any]:
    """What the user said about the resource, in wire form. Raises InvalidOption; ``where`` leads to the options."""
    return _parsed((*resource.fields, *resource.manner), params, where)


def finders(resource: Resource, params: Mapping[str, Any]) -> dict[str, Any]:
    """What the user said to find the resource: its ID, handles and ancestors. Raises InvalidOption."""
    return _parsed(finders_of(resource), params)


def filters(resource: Resource, params: Mapping[str, Any]) -> dict[str, Any]:
    """The query that the user's filters make, with the API's parameter names."""
    parsed = _parsed(resource.filters, params)
    return {field.wire: parsed[field.name] for field in resource.filters if field.name in parsed}


def delete_query(resource: Resource, params: Mapping[str, Any]) -> dict[str, Any]:
    """The query of the delete call; the API spells booleans in lower case."""
    values = {field.wire: params.get(field.name, field.initial) for field in resource.delete_options}
    return {key: str(value).lower() if isinstance(value, bool) else value for key, value in values.items()}


def locate(resource: Resource, params: Mapping[str, Any], defaults: Mapping[str, str]) -> tuple[str, str]:
    """Kind (zone, region or global) and name of the location. Raises ConfigError where the product is not offered."""
    place = resource.location
    if not resource.is_located:
        return "global", place.title
    regional = bool(place.regions) and (bool(params.get("region")) or not place.zones)
    kind, allowed = ("region", place.regions) if regional else ("zone", place.zones)
    value = str(params.get(kind) or defaults[kind]).strip()
    if value not in allowed:
        source = f"{kind}:" if params.get(kind) else f"{kind} (from the environment, the profile or the default):"
        raise ConfigError(
            f"{source} {resource.plural_title} are not offered in {value!r}. Choose one of {', '.join(allowed)}.",
            option=kind,
        )
    return kind, value


def finders_of(resource: Resource) -> tuple[Field, ...]:
    """The options that find a resource and what is around it."""
    own_id = (Uuid("id", aliases=(f"{resource.name}_id",)),) if _own_id(resource) else ()
    return (*own_id, *resource.handles, *(_ancestor(ancestor) for ancestor in resource.ancestors))


def _own_id(resource: Resource) -> list[str]:
    return ["id"] if resource.id_key == "id" and resource.has_id else []


def _ancestor(ancestor: Resource) -> Ref:
    return Ref(ancestor.name, aliases=(f"{ancestor.name}_id",), to=lambda: ancestor)


def one_needed(resource: Resource, options: dict[str, Any]) -> dict[str, Any]:
    """What demands one of the options that say which resource is meant; in ``options``, where there is only one."""
    leading = [alternative[0].partition(".")[0] for alternative in resource.identity]
    one_of = list(dict.fromkeys([*_own_id(resource), *(handle.name for handle in resource.handles), *leading]))
    if not resource.identity and resource.parent and resource.parent.name in options:
        one_of.append(resource.parent.name)
    elif not resource.identity:
        return {}
    if len(one_of) > 1:
        return {"required_one_of": [one_of]}
    options[one_of[0]]["required"] = True
    if resource.parent and resource.parent.name in options:
        options[resource.parent.name]["required"] = True
    return {}


def _parsed(fields: tuple[Field, ...], params: Mapping[str, Any], where: str = "") -> dict[str, Any]:
    said = given({field.name: params.get(field.name) for field in fields})
    return {field.name: field.parse(said[field.name], f"{where}{field.name}") for field in fields if field.name in said}


def _location(location: Location) -> dict[str, Any]:
    names = {"zone": location.zones, "region": location.regions}
    return {name: {"type": "str"} for name, allowed in names.items() if allowed}


def _exclusive(location: Location) -> list[list[str]]:
    return [["zone", "region"]] if location.zones and location.regions else []
