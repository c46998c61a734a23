# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When two values are the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import (
    Bool,
    Duration,
    Enum,
    Field,
    Int,
    Str,
)
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import IP
from unit.sample_fields import ACTION, ADDRESS, CHECK, MILLISECONDS, NETWORK, NETWORKS, SECONDS, SET, SHOUT

# What counts as the same


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        (MILLISECONDS, 30_000, 30_000),
        (MILLISECONDS, "", None),
        (SECONDS, "0.500s", "0.5s"),
        (SECONDS, "300s", "300.000000000s"),
        (SECONDS, "0s", "0.000000000s"),
        (SECONDS, "", None),
        (SHOUT, "LB-S", "lb-s"),
        (Str("s"), "", None),
        (Bool("b"), False, None),
        (Int("i", zero_is_null=True), 0, None),
        (ADDRESS, "2001:DB8:0::1", "2001:db8::1"),
        (NETWORK, "192.0.2.1", "192.0.2.1/32"),
        (NETWORK, "2001:db8::1", "2001:0db8::1/128"),
        (SET, ["a", "b"], ["b", "a"]),
        (SET, ["a", "a"], ["a"]),
        (SET, [], None),
        (ListOf("l"), [], None),
        (NETWORKS, [], ["0.0.0.0/0"]),
        (NETWORKS, ["0.0.0.0/0"], []),
        (NETWORKS, ["10.0.0.1", "10.0.0.0/8"], ["10.0.0.0/8", "10.0.0.1/32"]),
        (CHECK, {}, {"port": 1, "tcp": {}}),
        (CHECK, {"tcp": {}}, {"port": 1, "tcp": {}}),
        (CHECK, {"http": {"host": ""}}, {"http": {"uri": "/", "code": 200}}),
        (CHECK, {"delay": 1000}, {"delay": 1000, "unknown": 1}),
        (ACTION, {"type": "allow"}, {"type": "allow", "redirect": None}),
    ],
)
def test_these_are_the_same(field: Field, one: Any, other: Any) -> None:
    assert field.same(one, other)


@pytest.mark.parametrize(
    ("field", "wanted", "current"),
    [
        (MILLISECONDS, 30_000, 30_001),
        (MILLISECONDS, "", 30_000),
        (MILLISECONDS, 0, None),
        (SECONDS, "0s", None),
        (SECONDS, "4s", "400ms"),
        (Str("s"), "LB-S", "lb-s"),
        (Str("s"), "", "a"),
        (Int("i"), 0, None),
        (Int("i", zero_is_null=True), 0, 5),
        (Bool("b"), True, None),
        (ADDRESS, "192.0.2.1", "192.0.2.2"),
        (ListOf("l"), ["a", "b"], ["b", "a"]),
        (ListOf("l"), ["a"], ["a", "b"]),
        (SET, ["a"], ["a", "b"]),
        (SET, [], ["a"]),
        (NETWORKS, [], ["10.0.0.0/8"]),
        (CHECK, {"tcp": {}}, {"http": {"uri": "/"}}),
        (CHECK, {"http": {}}, {"tcp": {}}),
        (CHECK, {"http": {"code": 404}}, {"http": {"uri": "/", "code": 200}}),
        (CHECK, {"port": 2}, None),
        (ACTION, {"type": "allow"}, {"type": "redirect", "redirect": {"target": "a"}}),
    ],
)
def test_these_differ(field: Field, wanted: Any, current: Any) -> None:
    assert not field.same(wanted, current)


@pytest.mark.parametrize(
    ("field", "strange"),
    [
        (MILLISECONDS, "a while"),
        (SECONDS, "a while"),
        (ADDRESS, "pool.example.com"),
        (NETWORK, "10.0.0.1/8"),
        (SHOUT, 5),
        (Bool("b"), True),
        (Int("i"), "five"),
    ],
)
def test_the_comparable_form_leaves_alone_what_it_does_not_know(field: Field, strange: Any) -> None:
    assert field.canonical(strange) == strange


@pytest.mark.parametrize("field", [ADDRESS, SECONDS, NETWORK])
def test_two_values_that_are_not_understood_are_not_therefore_the_same(field: Field) -> None:
    assert not field.same("one thing", "another thing")


def test_a_name_that_looks_like_a_default_is_still_a_name() -> None:
    reverse = IP.field("reverse")
    assert reverse.same("", "192-0-2-7.lb.fr-par.scw.cloud")
    assert not reverse.same("shop.lb.fr-par.scw.cloud", "192-0-2-7.lb.fr-par.scw.cloud")


def test_the_order_of_keys_in_an_object_means_nothing_in_an_unordered_list() -> None:
    """The API sorts keys by the alphabet, an option by the order in which it was written."""
    field = ListOf("rules", ordered=False, item=Object("rule", fields=(Int("b"), Int("a"))))
    assert field.same([{"b": 1, "a": 2}, {"b": 2, "a": 1}], [{"a": 1, "b": 2}, {"a": 2, "b": 1}])


def test_an_object_in_a_list_may_say_less_than_the_api() -> None:
    field = ListOf("rules", item=Object("rule", fields=(Str("name"), Duration("delay", text=True))))
    assert field.same([{"name": "a", "delay": "1s"}], [{"name": "a", "delay": "1.000s", "id": "r"}])


def test_a_list_of_objects_may_be_unordered() -> None:
    field = ListOf("rules", ordered=False, item=Object("rule", fields=(Str("name"), Int("index"))))
    one, other = {"name": "a", "index": 1}, {"name": "b", "index": 2}
    assert field.same([one, other], [other, one])
    assert not field.same([one], [one, other])


TEXTS = st.text(max_size=5)
CHECKS = st.fixed_dictionaries(
    {"port": st.integers(1, 9)},
    optional={
        "delay": st.integers(0, 9),
        "proxy": st.booleans(),
        "http": st.fixed_dictionaries({"uri": TEXTS, "code": st.integers(200, 299)}),
    },
)
FIELDS: list[tuple[Field, st.SearchStrategy[Any]]] = [
    (Str("s"), TEXTS),
    (SHOUT, TEXTS),
    (Bool("b"), st.booleans()),
    (Int("i"), st.integers()),
    (Int("i", zero_is_null=True), st.integers(0, 3) | st.none()),
    (Enum("e", choices=("a", "b")), st.sampled_from("ab")),
    (MILLISECONDS, st.integers(0, 10**9) | st.just("")),
    (SECONDS, st.integers(0, 10**6).map(lambda ms: SECONDS.parse(f"{ms}ms", "x")) | st.just("")),
    (ADDRESS, st.ip_addresses().map(str)),
    (NETWORK, st.ip_addresses().map(str)),
    (SET, st.lists(TEXTS)),
    (ListOf("l"), st.lists(TEXTS)),
    (NETWORKS, st.lists(st.ip_addresses(v=4).map(str))),
    (CHECK, CHECKS),
]
FIELD_AND_VALUE = st.sampled_from(FIELDS).flatmap(lambda pair: st.tuples(st.just(pair[0]), pair[1]))


@given(FIELD_AND_VALUE)
def test_the_comparable_form_of_a_comparable_form_is_itself(chosen: tuple[Field, Any]) -> None:
    field, value = chosen
    assert field.canonical(field.canonical(value)) == field.canonical(value)


@given(FIELD_AND_VALUE)
def test_everything_is_the_same_as_itself(chosen: tuple[Field, Any]) -> None:
    field, value = chosen
    assert field.same(value, value)


@given(FIELD_AND_VALUE)
def test_merging_what_is_there_changes_nothing(chosen: tuple[Field, Any]) -> None:
    field, value = chosen
    merged = field.merge(value, value, "x")
    assert field.same(merged, value)
    assert field.same(value, merged)


@given(FIELD_AND_VALUE)
def test_carrying_what_is_there_keeps_it(chosen: tuple[Field, Any]) -> None:
    field, value = chosen
    assert field.same(field.carry(value), value)


@given(CHECKS, CHECKS)
def test_a_difference_is_shown_where_and_only_where_there_is_one(wanted: Any, current: Any) -> None:
    before, after = CHECK.difference(wanted, current)
    assert bool(before or after) == (not CHECK.same(wanted, current))
