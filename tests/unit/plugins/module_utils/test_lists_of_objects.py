# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of objects, objects of which what is left out is meant to be absent, and elements that the server adds."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Bool, Enum, Int, Str
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import OneOf
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.values import expanded

SERVER = Object("", fields=(Str("name", key="id", read="id", required=True), Bool("tls", initial=False), Int("weight")))
SERVERS = ListOf("servers", item=SERVER)
PATTERN = Object("pattern", fields=(Enum("kind", choices=("regex", "glob"), initial="regex"), Str("value")))
RULE = Object("rule", exact=True, fields=(PATTERN, ListOf("methods", ordered=False), Str("target")))
RULES = ListOf("rules", item=RULE)
HOSTS = ListOf("hosts", item=Str("", ignore_case=True), ordered=False, ignored=r".*\.own\.example")
PRESENT: list[dict[str, Any]] = [{"id": "a", "tls": True, "weight": 3, "extra": 1}, {"id": "b", "tls": False}]


# Elements


def test_a_new_list_is_completed_element_by_element() -> None:
    assert SERVERS.complete([{"name": "a"}, {"name": "b", "tls": True}], "servers") == [
        {"name": "a", "tls": False},
        {"name": "b", "tls": True},
    ]


def test_an_element_that_lacks_something_is_named() -> None:
    needy = ListOf("servers", item=Object("", fields=(Str("name", on_create=True),)))
    with pytest.raises(InvalidOption, match=r"servers\[1\]\.name"):
        needy.complete([{"name": "a"}, {}], "servers")


def test_what_an_element_does_not_say_stays_as_it_is_in_its_place() -> None:
    assert SERVERS.merge([{"name": "a"}, {"name": "b", "weight": 9}], PRESENT, "servers") == [
        {"name": "a", "tls": True, "weight": 3},
        {"name": "b", "tls": False, "weight": 9},
    ]


@pytest.mark.parametrize("current", [None, [], PRESENT[:1], "nonsense"])
def test_a_list_of_another_length_starts_anew(current: Any) -> None:
    assert SERVERS.merge([{"name": "a"}, {"name": "b"}], current, "servers") == [
        {"name": "a", "tls": False},
        {"name": "b", "tls": False},
    ]


def test_requests_and_answers_carry_the_keys_of_the_api() -> None:
    assert SERVERS.encode([{"name": "a", "tls": True}]) == [{"id": "a", "tls": True}]
    assert SERVERS.carry(PRESENT) == [{"name": "a", "tls": True, "weight": 3}, {"name": "b", "tls": False}]


def test_both_sides_of_a_difference_are_in_the_words_of_the_api() -> None:
    before, after = SERVERS.difference([{"name": "a", "weight": 4}, {"name": "b"}], PRESENT)
    assert before == [{"id": "a", "tls": True, "weight": 3}, {"id": "b", "tls": False}]
    assert after == [{"id": "a", "tls": True, "weight": 4}, {"id": "b", "tls": False}]
    assert SERVERS.difference([{"name": "a"}], None) == ([], [{"id": "a", "tls": False}])


def test_an_element_without_a_value_is_named() -> None:
    with pytest.raises(InvalidOption, match=r"servers\[1\]: has no value"):
        SERVERS.parse([{"name": "a"}, None], "servers")


# Exact objects


FULL = {"pattern": {"kind": "regex", "value": "/a"}, "methods": ["get"], "target": "x"}


def test_an_exact_object_differs_by_what_is_there_besides() -> None:
    assert RULE.same(FULL, {**FULL, "position": 1})
    for name in FULL:
        less = {key: value for key, value in FULL.items() if key != name}
        assert not RULE.same(less, FULL), name
        assert RULE.same(less, {**less, name: [] if name == "methods" else None})


def test_an_exact_object_keeps_nothing_of_what_was_there() -> None:
    assert RULE.merge({"target": "y"}, FULL, "rule") == {"target": "y"}
    assert RULE.merge({"pattern": {"value": "/b"}}, FULL, "rule") == {"pattern": {"kind": "regex", "value": "/b"}}


def test_an_exact_object_that_a_task_does_not_speak_of_is_carried_along() -> None:
    assert RULE.carry({**FULL, "position": 1}) == FULL
    assert RULES.carry([FULL, {"target": "x"}]) == [FULL, {"target": "x"}]
    assert RULE.carry(None) == {}


def test_the_order_of_exact_objects_counts() -> None:
    one, two = {"target": "x"}, {"target": "y"}
    assert RULES.same([one, two], [one, two])
    assert not RULES.same([one, two], [two, one])
    assert not RULES.same([one], [one, one])


# Elements of the server's own


def test_what_the_server_adds_makes_no_difference() -> None:
    added = ["a.example", "x.own.example"]
    assert HOSTS.same(["A.example"], added)
    assert HOSTS.same([], added[1:])
    assert HOSTS.same(added, ["a.example"])
    assert not HOSTS.same([], added)
    assert not HOSTS.same(["a.example", "b.example"], added)


def test_what_the_server_adds_is_in_no_difference() -> None:
    assert HOSTS.difference(["b.example"], ["a.example", "x.own.example"]) == (["a.example"], ["b.example"])
    assert HOSTS.difference(["b.example"], None) == (None, ["b.example"])


def test_only_the_whole_element_is_the_servers_own() -> None:
    assert not HOSTS.same([], ["x.own.example.org"])


# Bodies and groups


def test_dotted_keys_are_objects_in_each_other() -> None:
    assert expanded({"a.b": 1, "a.c": 2, "d": 3, "e.f.g": 4}) == {"a": {"b": 1, "c": 2}, "d": 3, "e": {"f": {"g": 4}}}
    assert expanded({}) == {}


def test_an_empty_text_chooses_nothing_of_a_group() -> None:
    group = OneOf(("one", "two"))
    assert group.chosen({"one": ""}) is None
    assert group.chosen({"one": "", "two": "x"}) == "two"
    assert group.chosen({"two": {}}) == "two"
