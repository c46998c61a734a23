# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Descriptions: what is refused when one is built, and the small questions that they answer."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.container import resources as container
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Int, Str
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import (
    Location,
    OneOf,
    Resource,
    Settle,
    Update,
    fill,
)
from ansible_collections.scw.cloud.plugins.module_utils.edge import resources as edge
from ansible_collections.scw.cloud.plugins.module_utils.edge import stages as edge_stages
from ansible_collections.scw.cloud.plugins.module_utils.errors import Forbidden, NotFound
from ansible_collections.scw.cloud.plugins.module_utils.function import resources as function
from ansible_collections.scw.cloud.plugins.module_utils.lb import certificates as lb_certificates
from ansible_collections.scw.cloud.plugins.module_utils.lb import resources as lb
from ansible_collections.scw.cloud.plugins.module_utils.lb import traffic as lb_traffic
from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from naming import key_of, product_of
from unit import samples

PLACE = Location(regions=("fr-par",))


def describe(**changes: Any) -> Resource:
    """A small description that is sound unless ``changes`` make it otherwise."""
    sound: dict[str, Any] = {
        "name": "thing",
        "plural": "things",
        "title": "thing",
        "item": "/t/{scope}/things/{id}",
        "collection": "/t/{scope}/things",
        "items": "things",
        "location": PLACE,
        "fields": (Str("name"), Int("size")),
        "updates": (Update("PATCH", body="changed"),),
        "computed": {},
    }
    return Resource(**{**sound, **changes})


PARENT = describe()
CHILD = {"parent": PARENT, "parent_path": "thing.id", "collection": "/t/{scope}/things/{thing}/parts", "name": "part"}
CONTRADICTIONS = {
    "an update of an unknown field": (
        {"updates": (Update("PATCH", body="changed"), Update("PUT", body="all", path="/p", fields=("colour",)))},
        r"writes unknown fields: \['colour'\]",
    ),
    "an identity of an unknown field": ({"identity": (("colour",),)}, r"is identified by unknown fields: \['colour'\]"),
    "a group of an unknown field": (
        {"one_of": (OneOf(("name", "colour")),)},
        r"groups unknown fields: \['colour'\]",
    ),
    "a field in two updates": (
        {
            "updates": (
                Update("PATCH", body="changed", fields=("name", "size")),
                Update("PUT", body="all", path="/p", fields=("size",)),
            )
        },
        r"writes fields twice: \['size'\]",
    ),
    "a mutable field that nothing writes": (
        {"updates": (Update("PATCH", body="changed", fields=("name",)),)},
        r"never updates mutable fields: \['size'\]",
    ),
    "an update of an immutable field": (
        {
            "fields": (Str("name"), Int("size", mutable=False)),
            "updates": (Update("PATCH", body="changed", fields=("name", "size")),),
        },
        r"updates immutable fields: \['size'\]",
    ),
    "a field called like an option of every module": (
        {"fields": (Str("name"), Str("state"))},
        r"has fields with the name of an own option: \['state'\]",
    ),
    "a field called like a credential": (
        {"fields": (Str("name"), Str("secret_key"))},
        r"has fields with the name of an own option: \['secret_key'\]",
    ),
    "two fields with one name": ({"fields": (Str("name"), Int("size"), Str("size"))}, "size"),
    "two fields with one alias": ({"fields": (Str("name"), Str("a", aliases=("name",)))}, "name"),
    "an item without an id": ({"item": "/t/{scope}/things"}, r"lacks \{id\} in the path of its item"),
    "a collection with an unknown placeholder": ({"collection": "/t/{scope}/{colour}/things"}, "colour"),
    "an update path with an unknown placeholder": (
        {"updates": (Update("PATCH", body="changed", path="/t/{scope}/{colour}/{id}"),)},
        "colour",
    ),
    "a parent that its collection does not name": (
        {**CHILD, "collection": "/t/{scope}/parts"},
        "must name its parent either in the path of its collection or by a key",
    ),
    "a parent named twice": ({**CHILD, "parent_key": "thing_id"}, "must name its parent either"),
    "a parent key without a parent": ({"parent_key": "thing_id"}, "must name its parent either"),
    "a parent that its objects do not tell": ({**CHILD, "parent_path": ""}, "does not say where its objects tell"),
}


@pytest.mark.parametrize(("changes", "reason"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_description_that_contradicts_itself_is_refused_with_the_reason(changes: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=f"(thing|part).*{reason}"):
        describe(**changes)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"body": "some"}, "unknown kind of body 'some'"),
        ({"body": "value"}, "only a single field can be the whole body"),
        ({"body": "value", "fields": ("a", "b")}, "only a single field can be the whole body"),
    ],
)
def test_an_update_call_that_contradicts_itself_is_refused(arguments: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Update("PUT", path="/x", **arguments)


def test_the_descriptions_are_sound() -> None:
    """Building them checks them; what is left is that all of them are listed, once."""
    files = (lb, lb_certificates, lb_traffic, container, function, edge, edge_stages)
    found = [value for file in files for value in vars(file).values() if isinstance(value, Resource)]
    assert {key_of(resource) for resource in found} == {key_of(resource) for resource in RESOURCES}
    assert len({key_of(resource) for resource in RESOURCES}) == len(RESOURCES)


@pytest.mark.parametrize("resource", RESOURCES, ids=key_of)
def test_every_reference_leads_to_a_resource_of_the_product(resource: Resource) -> None:
    targets = {field.name: field.target for field in resource.fields if hasattr(field, "target")}
    assert all(target in RESOURCES and product_of(target) == product_of(resource) for target in targets.values())


# Paths


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("web", "web"),
        ("a/b", "a%2Fb"),
        ("../secret", "..%2Fsecret"),
        ("a b?c#d", "a%20b%3Fc%23d"),
        ("100%", "100%25"),
        ("é", "%C3%A9"),
        ("{id}", "%7Bid%7D"),
        ("a\r\nHost: x", "a%0D%0AHost%3A%20x"),
    ],
)
def test_what_a_path_names_is_quoted(name: str, quoted: str) -> None:
    words = {"scope": "zones/fr-par-1"}
    assert fill("/v1/{scope}/things/{id}", words, id=name) == f"/v1/zones/fr-par-1/things/{quoted}"


# Where things are


def test_ancestors_go_from_the_parent_outwards() -> None:
    assert [ancestor.name for ancestor in lb_traffic.ACL.ancestors] == ["frontend", "lb"]
    assert lb_traffic.ACL.root is lb.LB
    assert lb.LB.root is lb.LB


def test_an_object_tells_the_ids_of_all_its_ancestors() -> None:
    acl = samples.acl()
    assert lb_traffic.ACL.parent_id(acl, lb_traffic.FRONTEND) == samples.FRONTEND_ID
    assert lb_traffic.ACL.parent_id(acl, lb.LB) == samples.LB_ID
    assert lb_traffic.ACL.parent_id({}, lb.LB) is None


def test_a_parent_may_be_told_by_a_bare_id() -> None:
    part = describe(**{**CHILD, "parent_path": "thing_id"})
    assert part.parent_id({"thing_id": "t-1"}, PARENT) == "t-1"


def test_a_parent_told_by_a_bare_id_leads_no_further() -> None:
    assert lb_traffic.ROUTE.parent_id(samples.route(), lb_traffic.FRONTEND) == samples.FRONTEND_ID
    assert lb_traffic.ROUTE.parent_id(samples.route(), lb.LB) is None


def test_a_parent_may_be_named_by_a_key_instead_of_a_path() -> None:
    part = describe(**{**CHILD, "collection": "/t/{scope}/parts", "parent_key": "thing_id"})
    assert part.ancestors == (PARENT,)


# How messages speak


@pytest.mark.parametrize(
    ("resource", "obj", "wanted", "label"),
    [
        (lb.LB, samples.lb(), None, f"load balancer 'web' ({samples.LB_ID})"),
        (lb.LB, None, {"name": "api"}, "load balancer 'api'"),
        (lb.LB, samples.lb(), {"name": "new"}, f"load balancer 'web' ({samples.LB_ID})"),
        (lb.LB, None, None, "load balancer"),
        (lb.IP, samples.ip(), None, f"IP 'web' ({samples.IP_ID})"),
        (lb_traffic.ROUTE, samples.route(), None, f"route 'a.example.com' ({samples.ROUTE_ID})"),
        (lb_traffic.ROUTE, None, {"match": {"path_begin": "/a"}}, "route '/a'"),
        (lb.SUBSCRIBER, samples.subscriber(), None, f"subscriber 'on-call' ({samples.SUBSCRIBER_ID})"),
        (lb.IP, samples.ip(tags=[], reverse=""), None, f"IP '192.0.2.7' ({samples.IP_ID})"),
    ],
)
def test_a_resource_is_called_by_title_name_and_id(resource: Resource, obj: Any, wanted: Any, label: str) -> None:
    assert resource.label(obj, wanted) == label


# Settling

SETTLE = Settle(
    ready=frozenset({"ready"}),
    failed=frozenset({"error"}),
    leaving=frozenset({"deleting"}),
    reasons=("error_message", "detail"),
    parts="instances[].status",
    busy_parts=frozenset({"pending"}),
)


@pytest.mark.parametrize(
    ("status", "parts", "busy", "failed"),
    [
        ("ready", ["ready"], False, False),
        ("ready", [], False, False),
        ("ready", None, False, False),
        ("ready", ["ready", "pending"], True, False),
        ("ready", ["unknown"], False, False),
        ("creating", [], True, False),
        ("a new status", [], True, False),
        ("deleting", [], True, False),
        (None, [], True, False),
        ("error", [], False, True),
        ("error", ["pending"], True, True),
    ],
)
def test_only_known_final_statuses_end_a_wait(status: Any, parts: Any, busy: bool, failed: bool) -> None:
    obj = {"status": status, "instances": None if parts is None else [{"status": part} for part in parts]}
    assert (SETTLE.is_busy(obj), SETTLE.is_failed(obj)) == (busy, failed)


@pytest.mark.parametrize(
    ("obj", "reason"),
    [
        ({"error_message": "no image"}, "no image"),
        ({"error_message": "no image", "detail": "x"}, "no image; x"),
        ({"error_message": ""}, ""),
        ({}, ""),
    ],
)
def test_the_reason_of_a_failure_is_in_the_words_of_the_api(obj: Any, reason: str) -> None:
    assert SETTLE.reason(obj) == reason


def test_a_resource_that_is_being_deleted_is_leaving() -> None:
    resource = describe(settle=SETTLE)
    assert resource.is_leaving({"status": "deleting"})
    assert not resource.is_leaving({"status": "ready"})
    assert not describe().is_leaving({"status": "deleting"})


def test_gone_means_not_found() -> None:
    assert lb.LB.is_gone(NotFound("gone", status=404, kind=""))
    assert not lb.LB.is_gone(Forbidden("no", status=403, kind=""))
    assert not lb.LB.is_gone(ValueError())
