# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of fields: what the user writes, what is sent, what counts as the same, what the diff shows."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.scw.cloud.plugins.module_utils.composites import ListOf, Object, Ref
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.fields import (
    Address,
    Bool,
    Duration,
    Enum,
    Field,
    Int,
    Str,
    Uuid,
)
from ansible_collections.scw.cloud.plugins.module_utils.lb import LB
from ansible_collections.scw.cloud.plugins.module_utils.values import (
    UNKNOWN,
    blank,
    is_id,
    prune,
    read_path,
    write_path,
)
from hypothesis import given
from hypothesis import strategies as st
from unit.samples import LB_ID

MILLISECONDS = Duration("d")
SECONDS = Duration("d", text=True)
ADDRESS = Address("a")
NETWORK = Address("a", network=True)
PORT = Int("p", low=1, high=65535)
REF = Ref("lb", to=lambda: LB)
SHOUT = Str("s", ignore_case=True)
SET = ListOf("l", ordered=False)
NETWORKS = ListOf("n", item=NETWORK, ordered=False, empty_as=("0.0.0.0/0",))
CHECK = Object(
    "check",
    one_of=("tcp", "http", "mysql"),
    fields=(
        Int("port"),
        Duration("delay", initial=1000),
        Bool("proxy"),
        Object("tcp"),
        Object("http", fields=(Str("uri", on_create=True), Int("code", initial=200), Str("host"))),
        Object("mysql", fields=(Str("user", on_create=True),)),
    ),
)
ACTION = Object(
    "action",
    fields=(
        Enum("type", choices=("allow", "redirect"), required=True),
        Object(
            "redirect",
            required=True,
            when=("type", "redirect"),
            fields=(Str("target", required=True), Int("code", initial=302)),
        ),
    ),
)


# What the user writes


@pytest.mark.parametrize(
    ("field", "written", "sent"),
    [
        (MILLISECONDS, "30s", 30_000),
        (MILLISECONDS, "500ms", 500),
        (MILLISECONDS, "5m", 300_000),
        (MILLISECONDS, "1h", 3_600_000),
        (MILLISECONDS, "1d", 86_400_000),
        (MILLISECONDS, "1m30s", 90_000),
        (MILLISECONDS, " 1 M 30 S ", 90_000),
        (MILLISECONDS, "1.5s", 1500),
        (MILLISECONDS, "0.29s", 290),
        (MILLISECONDS, "30000", 30_000),
        (MILLISECONDS, 30_000, 30_000),
        (MILLISECONDS, "0", 0),
        (MILLISECONDS, "0s", 0),
        (MILLISECONDS, "", ""),
        (SECONDS, "500ms", "0.500s"),
        (SECONDS, "4s", "4s"),
        (SECONDS, "0s", "0s"),
        (SECONDS, "5m", "300s"),
        (SECONDS, "1m0.25s", "60.250s"),
        (SECONDS, "300.000000000s", "300s"),
        (SECONDS, "", ""),
        (PORT, 1, 1),
        (PORT, "65535", 65535),
        (Int("n", low=0), 0, 0),
        (Uuid("id"), LB_ID.upper(), LB_ID),
        (Uuid("id"), UNKNOWN, UNKNOWN),
        (REF, "web", "web"),
        (REF, " web ", "web"),
        (REF, LB_ID.upper(), LB_ID),
        (REF, UNKNOWN, UNKNOWN),
        (ADDRESS, "192.0.2.1", "192.0.2.1"),
        (ADDRESS, " 2001:DB8::1 ", "2001:DB8::1"),
        (NETWORK, "10.0.0.0/8", "10.0.0.0/8"),
        (NETWORK, "192.0.2.1", "192.0.2.1"),
        (NETWORK, "2001:db8::/32", "2001:db8::/32"),
        (ListOf("l", item=PORT), ["1", 2], [1, 2]),
        (ListOf("l", item=PORT), [], []),
        (CHECK, {"delay": "2s", "http": {"code": 404}}, {"delay": 2000, "http": {"code": 404}}),
        (CHECK, {"tcp": {}}, {"tcp": {}}),
        (Str("s"), "", ""),
        (Bool("b"), False, False),
    ],
)
def test_what_the_user_writes_becomes_what_is_sent(field: Field, written: Any, sent: Any) -> None:
    parsed = field.parse(written, "x")
    assert parsed == sent
    assert type(parsed) is type(sent)


@pytest.mark.parametrize(
    ("field", "written", "says"),
    [
        (MILLISECONDS, "soon", "'soon' is not a duration. Write it like 500ms, 30s, 5m or 1h, or a whole number"),
        (MILLISECONDS, "-5s", "is not a duration"),
        (MILLISECONDS, "1h30", "is not a duration"),
        (MILLISECONDS, "1.5", "is not a duration"),
        (MILLISECONDS, "0.1ms", "is not a duration"),
        (MILLISECONDS, "1w", "is not a duration"),
        (MILLISECONDS, "s", "is not a duration"),
        (MILLISECONDS, "\u00b2", "is not a duration"),
        (MILLISECONDS, "9" * 400 + "s", "is not a duration"),
        (MILLISECONDS, "9" * 5000, "is not a duration"),
        (SECONDS, "30", "'30' is not a duration. Write it like 500ms, 30s, 5m or 1h."),
        (PORT, 0, "0 is not a number from 1 to 65535"),
        (PORT, 65536, "65536 is not a number from 1 to 65535"),
        (Int("n", low=0), -1, "-1 is not a number of at least 0"),
        (Int("n", high=5), 6, "6 is not a number of at most 5"),
        (Uuid("id"), "web", "'web' is not an ID"),
        (Uuid("id"), "", "'' is not an ID"),
        (Uuid("id"), f"{LB_ID}\n", "is not an ID"),
        (REF, "", "is empty. Give the name or the ID of the load balancer"),
        (REF, "  ", "is empty"),
        (ADDRESS, "example.com", "'example.com' is not an IPv4 or IPv6 address"),
        (ADDRESS, "10.0.0.0/8", "is not an IPv4 or IPv6 address"),
        (ADDRESS, "192.0.2.256", "is not an IPv4 or IPv6 address"),
        (ADDRESS, "", "is not an IPv4 or IPv6 address"),
        (NETWORK, "10.0.0.0/33", "is not an IPv4 or IPv6 address or network such as"),
        (NETWORK, "10.1.2.3/16", "10.1.0.0/16"),
        (ListOf("l", item=PORT), [1, 0], r"x\[1\]: 0 is not a number"),
        (CHECK, {"delay": "soon"}, r"x\.delay: 'soon' is not a duration"),
        (Object("o", fields=(ListOf("l", item=ADDRESS),)), {"l": ["a"]}, r"x\.l\[0\]: 'a' is not"),
    ],
)
def test_a_wrong_value_is_refused_with_the_option_the_value_and_what_is_allowed(
    field: Field, written: Any, says: str
) -> None:
    with pytest.raises(InvalidOption, match=says) as raised:
        field.parse(written, "x")
    assert str(raised.value).startswith("x")
    assert raised.value.data["option"].startswith("x")


@given(st.text() | st.integers() | st.floats() | st.booleans())
def test_no_duration_breaks_the_parser(written: Any) -> None:
    for field in (MILLISECONDS, SECONDS):
        try:
            field.parse(written, "x")
        except InvalidOption:
            continue


@given(st.integers(0, 10**12))
def test_a_number_of_milliseconds_survives_both_encodings(milliseconds: int) -> None:
    assert MILLISECONDS.parse(f"{milliseconds}ms", "x") == milliseconds
    as_text = SECONDS.parse(f"{milliseconds}ms", "x")
    assert SECONDS.canonical(as_text) == milliseconds
    assert SECONDS.parse(as_text, "x") == as_text


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


# What a create and a full replace send


@pytest.mark.parametrize(
    ("wanted", "completed"),
    [
        ({}, {"delay": 1000}),
        ({"delay": 5}, {"delay": 5}),
        ({"http": {"uri": "/"}}, {"delay": 1000, "http": {"uri": "/", "code": 200}}),
        ({"tcp": {}}, {"delay": 1000, "tcp": {}}),
    ],
)
def test_a_create_sends_what_is_said_and_the_values_it_needs(wanted: Any, completed: Any) -> None:
    assert CHECK.complete(wanted, "check") == completed


@pytest.mark.parametrize("branch", [{"http": {"code": 5}}, {"mysql": {}}])
def test_a_create_without_something_needed_says_what(branch: Any) -> None:
    with pytest.raises(InvalidOption, match=r"check\.(http\.uri|mysql\.user): is needed to set check\.(http|mysql)"):
        CHECK.complete(branch, "check")


@pytest.mark.parametrize(
    ("wanted", "current", "merged"),
    [
        ({"port": 2}, {"port": 1, "delay": 7, "tcp": {}}, {"port": 2, "delay": 7, "tcp": {}}),
        (
            {"http": {"code": 404}},
            {"port": 1, "http": {"uri": "/", "code": 200, "host": "a"}},
            {"port": 1, "http": {"uri": "/", "code": 404, "host": "a"}},
        ),
        ({"http": {"uri": "/"}}, {"port": 1, "tcp": {}}, {"port": 1, "http": {"uri": "/", "code": 200}}),
        ({"tcp": {}}, {"port": 1, "http": {"uri": "/", "code": 200}}, {"port": 1, "tcp": {}}),
        ({"port": 2}, {"port": 1, "proxy": None, "tcp": None, "http": {"uri": "/"}}, {"port": 2, "http": {"uri": "/"}}),
        ({"port": 2}, {"port": 1, "unknown": 5}, {"port": 2}),
        ({"port": 2}, None, {"port": 2, "delay": 1000}),
    ],
)
def test_a_full_replace_sends_what_is_said_over_what_is_there(wanted: Any, current: Any, merged: Any) -> None:
    assert CHECK.merge(wanted, current, "check") == merged


def test_choosing_another_branch_without_what_it_needs_says_what() -> None:
    with pytest.raises(InvalidOption, match=r"check\.mysql\.user: is needed"):
        CHECK.merge({"mysql": {}}, {"port": 1, "tcp": {}}, "check")


REDIRECT = {"target": "https://example.com", "code": 307}


@pytest.mark.parametrize(
    ("wanted", "current", "merged"),
    [
        ({"type": "allow"}, {"type": "redirect", "redirect": REDIRECT}, {"type": "allow"}),
        (
            {"type": "redirect", "redirect": {"target": "a"}},
            {"type": "allow", "redirect": None},
            {"type": "redirect", "redirect": {"target": "a", "code": 302}},
        ),
        (
            {"type": "redirect", "redirect": {"target": "a"}},
            {"type": "redirect", "redirect": REDIRECT},
            {"type": "redirect", "redirect": {"target": "a", "code": 307}},
        ),
    ],
)
def test_a_field_that_a_sibling_makes_meaningless_is_not_sent(wanted: Any, current: Any, merged: Any) -> None:
    assert ACTION.merge(wanted, current, "action") == merged


def test_a_field_that_its_own_sibling_makes_meaningless_is_refused() -> None:
    """It could never take effect, so every run would try to set it again."""
    wanted = {"type": "allow", "redirect": {"target": "a"}}
    with pytest.raises(InvalidOption, match=r"action\.redirect"):
        ACTION.complete(ACTION.parse(wanted, "action"), "action")


def test_carrying_an_empty_branch_asks_the_user_for_nothing() -> None:
    current = {"port": 1, "delay": 1, "mysql": {}}
    assert CHECK.merge({"port": 2}, current, "check") == {"port": 2, "delay": 1, "mysql": {}}


@pytest.mark.parametrize(
    ("field", "value", "encoded"),
    [
        (MILLISECONDS, "", None),
        (MILLISECONDS, 5, 5),
        (ListOf("l"), [], []),
        (Object("o", fields=(Str("a", key="b"), MILLISECONDS)), {"a": "x", "d": ""}, {"b": "x"}),
        (ListOf("l", item=Object("o", fields=(Str("a", key="b"),))), [{"a": "x"}], [{"b": "x"}]),
        (Str("s"), "", ""),
        (Bool("b"), False, False),
    ],
)
def test_requests_use_the_keys_of_the_api_and_never_null(field: Field, value: Any, encoded: Any) -> None:
    assert field.encode(value) == encoded


# The diff


@pytest.mark.parametrize(
    ("field", "wanted", "current", "before", "after"),
    [
        (PORT, 2, 1, 1, 2),
        (CHECK, {"port": 2, "proxy": False}, {"port": 1, "delay": 9, "proxy": False}, {"port": 1}, {"port": 2}),
        (CHECK, {"port": 2, "proxy": False}, {"port": 1, "proxy": None}, {"port": 1}, {"port": 2}),
        (CHECK, {"http": {"code": 2}}, {"http": {"uri": "/", "code": 1}}, {"http": {"code": 1}}, {"http": {"code": 2}}),
        (CHECK, {"http": {"uri": "/"}}, {"port": 1, "tcp": {}}, {"tcp": {}}, {"http": {"uri": "/"}}),
        (
            ACTION,
            {"type": "allow"},
            {"type": "redirect", "redirect": REDIRECT},
            {"type": "redirect", "redirect": REDIRECT},
            {"type": "allow"},
        ),
        (CHECK, {"port": 2}, None, {}, {"port": 2}),
    ],
)
def test_the_diff_shows_what_differs_and_nothing_else(
    field: Field, wanted: Any, current: Any, before: Any, after: Any
) -> None:
    assert field.difference(wanted, current) == (before, after)


# Options


@pytest.mark.parametrize(
    ("field", "spec"),
    [
        (Str("s"), {"type": "str"}),
        (Bool("b", required=True), {"type": "bool", "required": True}),
        (Int("i", choices=(1, 2)), {"type": "int", "choices": [1, 2]}),
        (Enum("e", choices=("a",), aliases=("f",)), {"type": "str", "choices": ["a"], "aliases": ["f"]}),
        (ListOf("l", item=PORT), {"type": "list", "elements": "int"}),
        (ListOf("l", item=Enum("e", choices=("a",))), {"type": "list", "elements": "str", "choices": ["a"]}),
        (Object("o"), {"type": "dict"}),
        (
            Object("o", fields=(Str("a"), Str("b")), one_of=("a", "b")),
            {
                "type": "dict",
                "options": {"a": {"type": "str"}, "b": {"type": "str"}},
                "mutually_exclusive": [["a", "b"]],
            },
        ),
        (
            ListOf("l", item=Object("o", fields=(Str("a", required=True),))),
            {"type": "list", "elements": "dict", "options": {"a": {"type": "str", "required": True}}},
        ),
    ],
)
def test_a_field_tells_ansible_its_option(field: Field, spec: dict[str, Any]) -> None:
    assert field.option() == spec


def test_what_a_sibling_makes_necessary_is_required_then_only() -> None:
    spec = ACTION.option()
    assert spec["required_if"] == [["type", "redirect", ["redirect"]]]
    assert "required" not in spec["options"]["redirect"]
    assert spec["options"]["type"]["required"] is True


# Contradictions


@pytest.mark.parametrize(
    ("kind", "arguments", "reason"),
    [
        (Str, {"way_out": "Delete it."}, "mutable field needs no way out"),
        (Str, {"creatable": False, "on_create": True}, "the create call does not take it"),
        (Str, {"creatable": False, "initial": ""}, "the create call does not take it"),
        (Object, {"one_of": ("a",)}, r"one_of names unknown fields \['a'\]"),
        (Object, {"fields": (Str("a", when=("b", 1)),)}, "when"),
        (Object, {"fields": (Str("a"), Str("a"))}, "twice"),
        (Enum, {}, "choices"),
    ],
)
def test_a_field_that_contradicts_itself_is_refused(kind: Any, arguments: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=f"x.*{reason}"):
        kind("x", **arguments)


def test_fields_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        PORT.name = "q"  # type: ignore[misc]


# Paths


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("a", {"b": 1}),
        ("a.b", 1),
        ("l[].id", [1, 2]),
        ("a.b.c", None),
        ("missing", None),
        ("missing.b", None),
        ("missing[].b", None),
        ("none.b", None),
    ],
)
def test_a_value_is_read_at_its_path(path: str, value: Any) -> None:
    assert read_path({"a": {"b": 1}, "l": [{"id": 1}, {"id": 2}], "none": None}, path) == value


@pytest.mark.parametrize("path", ["a", "a.b", "l[].id"])
def test_what_was_written_at_a_path_is_read_there(path: str) -> None:
    obj: dict[str, Any] = {"a": {"b": 1, "c": 2}, "l": [{"id": 1, "x": 1}], "z": 1}
    write_path(obj, path, [7, 8])
    assert read_path(obj, path) == [7, 8]
    assert obj["z"] == 1


# Small questions


@pytest.mark.parametrize(
    ("value", "empty"),
    [(None, True), ("", True), ([], True), ({}, True), (0, False), (False, False), (" ", False), ([None], False)],
)
def test_nothing_has_four_spellings(value: Any, empty: bool) -> None:
    assert blank(value) is empty


@pytest.mark.parametrize(
    ("value", "answer"),
    [(LB_ID, True), (LB_ID.upper(), True), (UNKNOWN, True), ("web", False), (f"{LB_ID}x", False), ("", False)],
)
def test_an_id_is_told_from_a_name(value: str, answer: bool) -> None:
    assert is_id(value) is answer


def test_unset_options_vanish_at_every_depth_and_cleared_ones_stay() -> None:
    given_options = {"a": None, "b": {"c": None, "d": []}, "e": [{"f": None}, "g"], "h": "", "i": {}, "j": False, "k": 0}
    expected = {"b": {"d": []}, "e": [{}, "g"], "h": "", "i": {}, "j": False, "k": 0}
    assert prune(given_options) == expected


def test_names_inside_lists_and_objects_are_resolved_and_ids_are_left_alone() -> None:
    field = Object("o", fields=(REF, ListOf("all", item=REF), Str("other")))
    asked: list[str] = []

    def resolve(resource: Any, name: str) -> str:
        asked.append(f"{resource.name} {name}")
        return LB_ID

    value = {"lb": "web", "all": [LB_ID, "api", UNKNOWN], "other": "web"}
    assert field.resolve(value, resolve) == {"lb": LB_ID, "all": [LB_ID, LB_ID, UNKNOWN], "other": "web"}
    assert asked == ["lb web", "lb api"]
