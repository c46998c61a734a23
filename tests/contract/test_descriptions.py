# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The descriptions of the resources against the request types, enums, paths and answers of the vendor's SDK."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum as PythonEnum
from typing import Any, get_args, get_origin

import pytest
from scaleway import ALL_REGIONS, ALL_ZONES
from scaleway.container.v1 import api as container_api
from scaleway.container.v1 import content as container_content
from scaleway.container.v1 import types as container_types
from scaleway.edge_services.v1beta1 import api as edge_api
from scaleway.edge_services.v1beta1 import content as edge_content
from scaleway.edge_services.v1beta1 import types as edge_types
from scaleway.function.v1beta1 import api as function_api
from scaleway.function.v1beta1 import content as function_content
from scaleway.function.v1beta1 import types as function_types
from scaleway.lb.v1 import api as lb_api
from scaleway.lb.v1 import content as lb_content
from scaleway.lb.v1 import types as lb_types

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Duration, Field
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Call as SpecialCall
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Settle, fill
from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from contract.agreement import assert_agrees
from contract.declined import (
    ANY,
    DECLINED,
    MILLISECONDS,
    NO_STATUS,
    SECONDS_TEXT,
    SERVER_DEFAULTS,
    UNPREDICTED,
    ZONES_UNLISTED,
    ZONES_WITHOUT,
)
from contract.sdk_calls import SdkCall, anonymous, demanded, members, read_calls, wire_types
from naming import key_of, product_of

SDK = {
    **read_calls(lb_api, lb_types),
    **read_calls(container_api, container_types),
    **read_calls(function_api, function_types),
    **read_calls(edge_api, edge_types),
}
BASES = {
    "lb": "/lb/v1",
    "container": "/containers/v1",
    "function": "/functions/v1beta1",
    "edge": "/edge-services/v1beta1",
}
CONTENTS = (lb_content, container_content, function_content, edge_content)
# What is wanted and what is there, so that every write to another resource is made once.
SAMPLE_STEPS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "lb": ({"ips": ["new"], "subscriber": "new"}, {"ip": [], "subscriber": {"id": "old"}})
}
STEPS = {"lb": {"UpdateIpRequest", "unsubscribe", "SubscribeToLbRequest"}}


@dataclass(frozen=True)
class Call:
    """One call of a description: the fields that its body or query carries, by wire key."""

    resource: Resource
    scope: str
    method: str
    path: str
    sent: dict[str, Field | None]
    in_query: bool = False

    @property
    def sdk(self) -> SdkCall:
        """The same call in the SDK."""
        return SDK[self.method, anonymous(fill_scope(self.resource, self.path, self.scope))]

    @property
    def known(self) -> dict[str, Any]:
        """What the SDK lets the call carry, with types where it has a body; dotted where that of the call is."""
        if self.in_query:
            return dict.fromkeys(self.sdk.query)
        around = {key.partition(".")[0] for key in self.sent if "." in key}
        inner = {f"{key}.{name}": hint for key in around for name, hint in wire_types(self.sdk.body[key]).items()}
        return {**{key: hint for key, hint in self.sdk.body.items() if key not in around}, **inner}

    @property
    def names(self) -> set[str]:
        """What reasons call it: its product and request type, or its method and resource."""
        return {f"{product_of(self.resource)}.{self.sdk.name}", f"{self.method} {key_of(self.resource)}"}

    def __str__(self) -> str:
        return f"{key_of(self.resource)}-{self.scope.partition('/')[0]}-{self.method}-{self.path.rpartition('/')[2]}"


def scopes_of(resource: Resource) -> tuple[str, ...]:
    """The kinds of location that have it, as parts of a path; an empty one for what has no location."""
    place = resource.location
    if not resource.is_located:
        return ("",)
    return (*(("zones/{}",) if place.zones else ()), *(("regions/{}",) if place.regions else ()))


def fill_scope(resource: Resource, path: str, scope: str) -> str:
    """``path`` at one kind of location, with what the two kinds spell differently."""
    for word, spelled in resource.location.words.items():
        path = path.replace(f"{{{word}}}", spelled[scope.partition("s/")[0]])
    return path.replace("{scope}", scope)


def named_in_body(resource: Resource, call: SpecialCall | None, scope: str) -> dict[str, Field | None]:
    """The key of the body that names the resource, where the path does not."""
    key = call.id_key.get(scope.partition("s/")[0]) if call else None
    return {key: resource.field(resource.id_key)} if key else {}


def beside(carried: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None) -> dict[str, Field | None]:
    """What a call carries beside the fields."""
    return dict.fromkeys(carried(defaultdict(str)) if carried else ())


def calls_of(resource: Resource, scope: str) -> Iterator[Call]:
    owner = dict.fromkeys(("project_id", "organization_id") if resource.project_scoped else ())
    creator = {key: None for key in owner if resource.takes_organization or key != "organization_id"}
    parent = dict.fromkeys((resource.parent_key,) if resource.parent_key else ())
    filters = {field.wire: field for field in resource.filters}
    deletion = {field.wire: field for field in resource.delete_options}
    creation = {field.wire: field for field in resource.fields if field.creatable and field.name != resource.id_key}
    yield Call(resource, scope, "GET", resource.collection, {**owner, **parent, **filters}, in_query=True)
    create, delete = resource.create, resource.delete
    create_key = named_in_body(resource, create, scope)
    yield Call(
        resource,
        scope,
        "POST",
        create.path if create else resource.collection,
        {**creator, **parent, **creation, **create_key},
    )
    if delete and delete.method == "POST":
        named = named_in_body(resource, delete, scope)
        yield Call(resource, scope, "POST", delete.path, {**named, **beside(delete.beside)})
    else:
        yield Call(resource, scope, "DELETE", delete.path if delete else resource.item, dict(deletion), in_query=True)
    if resource.set_all and scope.partition("s/")[0] in resource.set_all.kinds:
        yield Call(resource, scope, resource.set_all.method, resource.set_all.path, {resource.items: None})
    if resource.item:
        yield Call(resource, scope, "GET", resource.item, {}, in_query=True)
    for part in resource.parts:
        yield Call(resource, scope, "GET", part.path, {}, in_query=True)
    yield from updates_of(resource, scope)


def updates_of(resource: Resource, scope: str) -> Iterator[Call]:
    for update in resource.updates:
        fields = [resource.field(name) for name in resource.written_by(update)]
        if update.body == "value" and isinstance(fields[0], Object):
            fields = list(fields[0].fields)
        sent = {field.wire_update: field for field in fields}
        yield Call(resource, scope, update.method, update.path or resource.item, {**sent, **beside(update.beside)})


CALLS = [call for resource in RESOURCES for scope in scopes_of(resource) for call in calls_of(resource, scope)]
every_call = pytest.mark.parametrize("call", CALLS, ids=str)
every_resource = pytest.mark.parametrize("resource", RESOURCES, ids=key_of)


def sdk_object(resource: Resource) -> type:
    """The SDK's type of the resource."""
    if resource.item:
        answer = SDK["GET", anonymous(fill_scope(resource, resource.item, scopes_of(resource)[0]))].answer
    else:
        listed = SDK["GET", anonymous(fill_scope(resource, resource.collection, scopes_of(resource)[0]))].answer
        assert listed is not None
        (answer,) = get_args(wire_types(listed)[resource.items])
    assert answer is not None
    return answer


def is_declined(call: Call, key: str) -> bool:
    return any((name, key) in DECLINED for name in (*call.names, ANY))


@every_call
def test_the_sdk_knows_the_call(call: Call) -> None:
    assert call.sdk.method == call.method
    path = fill_scope(call.resource, call.path, call.scope.format("x"))
    base = "/".join(filter(None, (BASES[product_of(call.resource)], call.scope.format("x"))))
    around = {ancestor.name: "2" for ancestor in call.resource.ancestors}
    assert fill(path, {}, id="1", **around).startswith(f"{base}/")


@every_call
def test_nothing_is_sent_that_the_sdk_does_not_know(call: Call) -> None:
    assert set(call.sent) <= set(call.known)


@every_call
def test_every_field_of_the_sdk_is_an_option_or_declined(call: Call) -> None:
    hidden = {key for key, field in call.sent.items() if field and field.hidden}
    missing = {key for key in set(call.known) - (set(call.sent) - hidden) if not is_declined(call, key)}
    assert missing == set()


@every_call
def test_types_agree_at_every_depth(call: Call) -> None:
    hints = call.known
    for key, field in call.sent.items():
        if field is not None and hints[key] is not None:
            where = f"{key_of(call.resource)}.{field.name}"
            assert_agrees(field, hints[key], where, updates=call.method == "PATCH")


@every_resource
def test_what_the_sdk_demands_is_asked_for_or_has_a_value(resource: Resource) -> None:
    path = resource.create.path if resource.create else resource.collection
    request = SDK["POST", anonymous(fill_scope(resource, path, scopes_of(resource)[0]))].request
    assert request is not None
    assert_complete(resource.fields, request, key_of(resource), {name for names in resource.identity for name in names})


def assert_complete(fields: tuple[Field, ...], request: type, where: str, identity: set[str]) -> None:
    hints = wire_types(request)
    by_key = {field.wire: field for field in fields}
    for key in demanded(request) & set(by_key):
        field = by_key[key]
        given = field.on_create or field.required or field.initial is not None or field.name in identity
        assert given or f"{where}.{field.name}" in SERVER_DEFAULTS or key in COMPLETED, f"{where}.{field.name}"
    for key, field in by_key.items():
        if isinstance(field, Object) and field.fields:
            assert_complete(field.fields, hints[key], f"{where}.{field.name}", set())


# Completed by the description itself: a health check without a port checks the port that traffic goes to.
COMPLETED = frozenset({"port"})


def leaves(fields: tuple[Field, ...], where: str) -> Iterator[tuple[str, Field]]:
    for field in fields:
        yield f"{where}.{field.name}", field
        if isinstance(field, Object):
            yield from leaves(field.fields, f"{where}.{field.name}")


def test_every_duration_has_its_encoding() -> None:
    durations = [
        (path, field)
        for resource in RESOURCES
        for path, field in leaves(resource.fields, key_of(resource))
        if isinstance(field, Duration)
    ]
    assert {path for path, field in durations if not field.text} == MILLISECONDS
    assert {path for path, field in durations if field.text} == SECONDS_TEXT
    for path, field in durations:
        wire = field.encode(field.parse("1500ms", path))
        assert wire == ("1.500s" if field.text else 1500)


@every_resource
def test_objects_have_the_keys_that_are_read_and_predicted(resource: Resource) -> None:
    known = set(wire_types(sdk_object(resource)))
    parts = {part.name for part in resource.parts}
    readable = [field for field in resource.fields if not callable(field.read) and field.name not in parts]
    paths = [field.read or field.name for field in readable]
    own_id = {resource.id_key} if resource.has_id else set()
    read = {str(path).partition(".")[0].removesuffix("[]") for path in paths}
    assert read <= known
    assert own_id | read | set(resource.computed) == known - UNPREDICTED.get(key_of(resource), frozenset())
    assert UNPREDICTED.get(key_of(resource), frozenset()) <= known
    for path in paths:
        assert_readable(str(path), sdk_object(resource))


def assert_readable(path: str, record: Any) -> None:
    head, _dot, rest = path.partition(".")
    hint = wire_types(record)[head.removesuffix("[]")]
    assert (get_origin(hint) is list) or not head.endswith("[]"), path
    if rest:
        assert_readable(rest, get_args(hint)[0] if head.endswith("[]") else hint)


@every_resource
def test_parts_are_lists_under_their_name(resource: Resource) -> None:
    for part in resource.parts:
        answer = SDK["GET", anonymous(part.path)].answer
        assert answer is not None
        assert set(wire_types(answer)) == {part.name, "total_count"}


@every_resource
def test_lists_are_found_under_their_key(resource: Resource) -> None:
    for scope in scopes_of(resource):
        answer = SDK["GET", anonymous(fill_scope(resource, resource.collection, scope))].answer
        assert answer is not None
        known = wire_types(answer)
        assert set(known) == {resource.items, "total_count"}
        assert get_args(known[resource.items])[0] is sdk_object(resource)


@every_resource
def test_children_say_where_they_belong(resource: Resource) -> None:
    if resource.parent and resource.has_id:
        assert_readable(resource.parent_path, sdk_object(resource))


SETTLING = [(resource, resource.settle) for resource in RESOURCES if resource.settle]


@pytest.mark.parametrize(
    ("resource", "settle"), SETTLING, ids=lambda value: "" if isinstance(value, Settle) else key_of(value)
)
def test_statuses_cover_the_whole_enum(resource: Resource, settle: Settle) -> None:
    status = wire_types(sdk_object(resource))[settle.status]
    underway = transient(status)
    assert settle.ready & settle.failed == set()
    assert (settle.ready | settle.failed) & underway == set()
    assert settle.leaving <= underway
    assert settle.ready | settle.failed | underway | (NO_STATUS & members(status)) == members(status)
    if settle.parts:
        list_key, _dot, key = settle.parts.partition("[].")
        part = get_args(wire_types(sdk_object(resource))[list_key])[0]
        assert settle.busy_parts == transient(wire_types(part)[key])


def transient(enum: type[PythonEnum]) -> set[str]:
    """The statuses of the enum that the SDK calls transient."""
    known = [item for content in CONTENTS for item in vars(content).items()]
    lists = [value for name, value in known if name.endswith("_TRANSIENT_STATUSES")]
    return {str(member.value) for values in lists for member in values if isinstance(member, enum)}


@every_resource
def test_locations_are_those_of_the_sdk(resource: Resource) -> None:
    place = resource.location
    assert set(place.regions) == (set(ALL_REGIONS) if resource.is_located else set())
    assert place.zones == () or set(place.zones) == (set(ALL_ZONES) - ZONES_WITHOUT) | ZONES_UNLISTED
    assert bool(place.zones) is (product_of(resource) == "lb")


@every_resource
def test_writes_to_other_resources_are_calls_of_the_sdk(resource: Resource) -> None:
    assert (resource.steps is not None) == (key_of(resource) in SAMPLE_STEPS)
    if not resource.steps:
        return
    assert set(SAMPLE_STEPS[key_of(resource)][0]) == set(resource.stepped)
    names = set()
    for request in resource.steps(*SAMPLE_STEPS[key_of(resource)]):
        for scope in scopes_of(resource):
            path = fill_scope(resource, request.path, scope).replace("new", "{id}")
            call = SDK[request.method, anonymous(path)]
            names.add(call.name.rpartition("/")[2])
            assert demanded_keys(call) <= set(request.body or ()) <= set(call.body)
    assert names == STEPS[key_of(resource)]


def demanded_keys(call: SdkCall) -> set[str]:
    """What the body of a call cannot do without."""
    return demanded(call.request) & set(call.body) if call.request else set()


def test_reasons_are_about_something() -> None:
    names = {name for call in CALLS for name in call.names}
    for request, key in DECLINED:
        assert request == ANY or request in names
        assert any(key in call.known for call in CALLS if request in (ANY, *call.names)), (request, key)


def test_coverage_is_complete(record_property: Callable[[str, object], None]) -> None:
    fields = {(key_of(call.resource), call.sdk.name, key) for call in CALLS for key in call.known}
    options = {
        (key_of(call.resource), call.sdk.name, key)
        for call in CALLS
        for key, field in call.sent.items()
        if key in call.known and not (field and field.hidden)
    }
    declined = {
        (key_of(call.resource), call.sdk.name, key) for call in CALLS for key in call.known if is_declined(call, key)
    }
    covered = len(options | declined) / len(fields)
    summary = (
        f"{covered:.1%} of {len(fields)} request fields: {len(options)} options, {len(declined - options)} declined"
    )
    record_property("contract coverage", summary)
    assert covered == 1
