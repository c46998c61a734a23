# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task declares inline, what it knows of siblings, and how their differences are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import references
from ansible_collections.scw.cloud.plugins.module_utils.description.tree import (
    Branch,
    Child,
    Declaration,
    Place,
    declared,
    kinds,
)
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import present_spec
from ansible_collections.scw.cloud.plugins.module_utils.engine.siblings import Siblings
from ansible_collections.scw.cloud.plugins.module_utils.engine.tree_apply import differences, predicted
from ansible_collections.scw.cloud.plugins.module_utils.engine.tree_options import children_spec, tree_spec
from ansible_collections.scw.cloud.plugins.module_utils.engine.tree_plan import Group, Member
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.lb.certificates import CERTIFICATE
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ACL, BACKEND, FRONTEND, ROUTE
from ansible_collections.scw.cloud.plugins.module_utils.lb.tree import ACLS, LB_TREE
from unit import samples
from unit.planning import plan

# What is declared


def said(around: dict[str, Any]) -> tuple[Declaration, ...]:
    return declared(LB_TREE.branches, around)


def test_what_is_not_given_is_not_declared_and_an_empty_list_is() -> None:
    assert said({"name": "web", "backends": None}) == ()
    (found,) = said({"backends": []})
    assert (found.branch.resource, found.children, found.listed, found.where) == (BACKEND, (), True, "backends")


def test_children_know_where_they_stand_at_every_depth() -> None:
    (found,) = said({"frontends": [{"name": "a"}, {"name": "b", "routes": [{"backend": "x"}]}]})
    assert [child.where for child in found.children] == ["frontends[0].", "frontends[1]."]
    assert found.children[0].below == ()
    (routes,) = found.children[1].below
    assert routes.branch.resource is ROUTE
    assert routes.where == "frontends[1].routes"
    assert routes.children[0].where == "frontends[1].routes[0]."


def test_kinds_come_in_the_order_in_which_they_are_written() -> None:
    given = dict.fromkeys(("frontends", "backends", "private_networks", "certificates"), [])
    order = [declaration.where for declaration in said(given)]
    assert order == ["certificates", "private_networks", "backends", "frontends"]
    seen: list[Any] = [LB]
    for branch in LB_TREE.branches:
        for kind in kinds([branch]):
            targets = [other for other in kinds(LB_TREE.branches) if references(kind, other)]
            assert all(target in seen for target in targets), kind.name
        seen += kinds([branch])


def test_what_refers_to_what() -> None:
    assert [field.name for field in references(FRONTEND, BACKEND)] == ["backend"]
    assert [field.name for field in references(FRONTEND, CERTIFICATE)] == ["certificates"]
    assert references(ACL, BACKEND) == []


def indexes(
    acls: list[dict[str, Any]],
    others: list[dict[str, Any]] | None = None,
    there: Mapping[str, int] | None = None,
    **beside: Any,
) -> list[tuple[str, int]]:
    """Where each ACL stands and its index: beside ``others`` (None: nothing), with those ``there`` by name."""
    (found,) = declared((ACLS,), {"acls": acls, **beside})
    present = {name: {"name": name, "index": index} for name, index in (there or {}).items()}
    places = [Place(child.options, child.where, present.get(child.options.get("name", ""))) for child in found.children]
    assert ACLS.arrange
    arranged = ACLS.arrange(places, others)
    return [(child.where, options["index"]) for child, options in zip(found.children, arranged, strict=True)]


def test_acls_are_numbered_in_their_order() -> None:
    assert indexes([{"name": "a"}, {"name": "b"}]) == [("acls[0].", 0), ("acls[1].", 1)]
    assert [index for _where, index in indexes([{"index": 5}, {"name": "b"}, {"index": 9}])] == [5, 6, 9]


def test_an_exact_list_is_numbered_anew_and_any_other_keeps_what_is_there() -> None:
    there = {"a": 3, "b": 7}
    both = [{"name": "a"}, {"name": "b"}]
    assert [index for _where, index in indexes(both, None, there)] == [0, 1]
    assert [index for _where, index in indexes(both, [], there)] == [3, 7]
    assert [index for _where, index in indexes(both[::-1], [], there)] == [7, 8]


def test_an_index_that_another_acl_has_must_be_said() -> None:
    with pytest.raises(InvalidOption) as raised:
        indexes([{"name": "a"}], [{"name": "other", "index": 0}])
    assert raised.value.option == "acls[0].index"
    assert "other" in str(raised.value)


def test_a_lock_behind_another_acl_is_refused() -> None:
    with pytest.raises(InvalidOption) as raised:
        indexes([], [{"name": "other", "index": 0}], {"only-edge-services": 4}, only_edge_services=True)
    assert raised.value.option == "only_edge_services"
    assert indexes([], [{"name": "other", "index": 5}], {"only-edge-services": 4}, only_edge_services=True) == [
        ("only_edge_services.", 4)
    ]


def test_what_stands_beside_the_list_comes_first_and_leaves_the_places_alone() -> None:
    assert indexes([{"name": "a"}], only_edge_services=True) == [("only_edge_services.", 0), ("acls[0].", 1)]
    (found,) = declared((ACLS,), {"acls": None, "only_edge_services": True})
    assert found.listed is False
    assert declared((ACLS,), {"acls": None, "only_edge_services": False}) == ()


@pytest.mark.parametrize(
    ("acls", "beside", "option"),
    [
        ([{"index": 3}, {"index": 3}], {}, "acls[1].index"),
        ([{"index": 3}, {"name": "a"}, {"index": 4}], {}, "acls[2].index"),
        ([{"index": 0}], {"only_edge_services": True}, "acls[0].index"),
    ],
)
def test_acls_out_of_order_are_refused(acls: list[dict[str, Any]], beside: dict[str, Any], option: str) -> None:
    with pytest.raises(InvalidOption) as raised:
        indexes(acls, **beside)
    assert raised.value.option == option


def test_declaring_does_not_change_what_was_given() -> None:
    given = [{"name": "a"}, {"name": "b"}]
    indexes(given, only_edge_services=True)
    assert given == [{"name": "a"}, {"name": "b"}]
    indexes(given, only_edge_services=True)


# Options


@pytest.mark.parametrize("branch", LB_TREE.branches, ids=lambda branch: branch.option)
def test_inline_options_are_those_of_the_module_of_the_child(branch: Branch) -> None:
    own = present_spec(branch.resource)["argument_spec"]
    inline = tree_spec(LB_TREE)["argument_spec"][branch.option]["options"]
    about_the_task = set(present_spec(LB)["argument_spec"]) - {field.name for field in LB.fields} - {"id"}
    nested = {below.option for below in branch.branches}
    nested |= {field.name for below in branch.branches for field in below.beside}
    assert set(inline) - nested == set(own) - about_the_task - {LB.name}
    assert {name: inline[name] for name in set(inline) & set(own)} == {
        name: own[name] for name in set(inline) & set(own)
    }


def errors(spec: dict[str, Any], given: dict[str, Any]) -> str:
    validator = ArgumentSpecValidator(
        spec["argument_spec"], spec.get("mutually_exclusive"), required_one_of=spec.get("required_one_of")
    )
    return " ".join(validator.validate(given).error_messages)


def test_ansible_refuses_children_that_could_not_be() -> None:
    spec = tree_spec(LB_TREE)
    assert errors(spec, {"name": "web", "backends": [{"name": "app"}], "frontends": []}) == ""
    assert "id, name" in errors(spec, {"name": "web", "backends": [{"forward_port": 1}]})
    both = {"name": "a", "letsencrypt": {"common_name": "a"}, "custom_certificate": {"certificate_chain": "x"}}
    assert "mutually exclusive" in errors(spec, {"name": "web", "certificates": [both]})
    assert "lb" in errors(spec, {"name": "web", "backends": [{"name": "a", "lb": "web"}]})
    acls = children_spec(ACLS)
    assert errors(acls, {"frontend": "a", "acls": []}) == ""
    assert "acls" in errors(acls, {"frontend": "a"})
    assert "frontend" in errors(acls, {"acls": []})
    assert (acls["argument_spec"]["purge"]["default"], spec["argument_spec"]["purge"]["default"]) == (True, False)


# Siblings


@pytest.fixture
def siblings() -> Siblings:
    known = Siblings([BACKEND, FRONTEND])
    known.keep(BACKEND, "lb", [{"id": "1", "name": "a"}, {"id": "2", "name": "b"}])
    return known


def test_lists_are_kept_by_kind_and_place(siblings: Siblings) -> None:
    assert [obj["id"] for obj in siblings.of(BACKEND, "lb") or ()] == ["1", "2"]
    assert siblings.of(BACKEND, "other") is None
    assert siblings.of(FRONTEND, "lb") is None
    assert siblings.covers(BACKEND)
    assert not siblings.covers(ACL)


def test_what_is_written_shows_in_the_list(siblings: Siblings) -> None:
    siblings.put(BACKEND, "lb", {"id": "3", "name": "c"})
    siblings.put(BACKEND, "lb", {"id": "1", "name": "renamed"})
    siblings.drop(BACKEND, "lb", "2")
    left = siblings.of(BACKEND, "lb") or []
    assert {obj["id"]: obj["name"] for obj in left} == {"1": "renamed", "3": "c"}
    assert siblings.named(BACKEND, "lb", "name", "a") == []
    assert siblings.named(BACKEND, "lb", "name", "renamed") == [{"id": "1", "name": "renamed"}]
    assert siblings.find(BACKEND, "lb", "2") is None
    assert siblings.find(BACKEND, "lb", "3") == {"id": "3", "name": "c"}


def test_nothing_is_noted_of_a_list_that_was_not_read(siblings: Siblings) -> None:
    siblings.put(BACKEND, "other", {"id": "3"})
    siblings.drop(BACKEND, "other", "3")
    assert siblings.of(BACKEND, "other") is None
    siblings.forget(BACKEND, "lb")
    assert siblings.of(BACKEND, "lb") is None


def test_a_copy_goes_its_own_way(siblings: Siblings) -> None:
    twin = siblings.copy()
    twin.put(BACKEND, "lb", {"id": "3"})
    twin.drop(BACKEND, "lb", "1")
    assert [obj["id"] for obj in siblings.of(BACKEND, "lb") or ()] == ["1", "2"]
    twin.meet({"id": "9", "name": "met"})
    assert twin.find(BACKEND, None, "9") == {"id": "9", "name": "met"}


# Differences


def member(current: dict[str, Any] | None, groups: list[Group] | None = None, **wanted: Any) -> Member:
    options = {"name": "app", **wanted}
    child = Child(options, (), "backends[0].")
    planned = plan(BACKEND, options, current)
    return Member(Branch(BACKEND), child, current, planned, current["id"] if current else "new", (), groups or [])


def group(*members: Member, surplus: tuple[dict[str, Any], ...] = ()) -> Group:
    return Group(Declaration(Branch(BACKEND), (), True, "backends"), True, list(members), list(surplus))


NEW = {"forward_protocol": "tcp", "forward_port": 80}


def test_nothing_to_do_is_no_difference() -> None:
    assert differences([group(member(samples.backend()))]) == ({}, {})
    assert list(group(member(samples.backend())).requests()) == []


def test_differences_are_told_by_option_and_name() -> None:
    before, after = differences(
        [group(member(samples.backend(), max_retries=3), surplus=(samples.backend(id="x", name="old"),))]
    )
    assert before["backends"]["app"] == {"max_retries": None}
    assert after == {"backends": {"app": {"max_retries": 3}}}
    assert before["backends"]["old"]["forward_port"] == 80


def test_what_is_created_has_nothing_before() -> None:
    before, after = differences([group(member(None, **NEW))])
    assert before == {}
    assert after["backends"]["app"]["forward_port"] == 80


def test_two_of_the_same_name_are_both_told() -> None:
    other = samples.backend(id=samples.OTHER_BACKEND_ID)
    before, after = differences(
        [
            group(
                member(samples.backend(), max_retries=3),
                member(other, max_retries=4),
                surplus=(samples.backend(id="x"),),
            )
        ]
    )
    assert sorted(one["max_retries"] for one in after["backends"].values()) == [3, 4]
    assert len(before["backends"]) == 3


def test_a_change_below_is_told_within_what_it_belongs_to() -> None:
    inner = Group(Declaration(Branch(ROUTE), (), True, "routes"), True, [], [samples.route()])
    before, after = differences([group(member(samples.backend(), groups=[inner]))])
    assert list(before["backends"]["app"]) == ["routes"]
    assert after["backends"]["app"] == {}
    assert list(group(member(samples.backend(), groups=[inner])).requests())


def test_the_prediction_nests_children_under_their_options() -> None:
    inner = Group(Declaration(Branch(ROUTE), (), True, "routes"), True, [], [])
    (found,) = predicted([group(member(samples.backend(), groups=[inner], max_retries=3))])["backends"]
    assert found["max_retries"] == 3
    assert found["routes"] == []
