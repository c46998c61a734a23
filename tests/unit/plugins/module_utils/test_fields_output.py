# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What requests carry and what the diff shows."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import (
    Bool,
    Field,
    Str,
)
from ansible_collections.scw.cloud.plugins.module_utils.description.maps import MapOf, Secret
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from unit.sample_fields import ACTION, CHECK, MILLISECONDS, PORT

# What answers show after a create

MADE = Object(
    "made",
    one_of=("tcp", "http"),
    fields=(
        Str("path", default="/"),
        Str("host"),
        ListOf("tags"),
        Str("port", when=("path", "/x")),
        Secret("key"),
        Object("tcp"),
        Object("http", fields=(Str("uri"),)),
    ),
)


def test_what_a_create_leaves_out_is_foreseen_as_far_as_it_is_known() -> None:
    assert MADE.omitted() == {"path": "/", "host": UNKNOWN, "tags": []}
    assert MADE.made({"host": "a", "key": "k3y", "tcp": {}}) == {"host": "a", "tcp": {}, "path": "/", "tags": []}
    assert MADE.made({"http": {}})["http"] == {"uri": UNKNOWN}
    assert Object("whole", fields=(Str("a"),), default={"a": 1}).omitted() == {"a": 1}
    assert Object("none", fields=(Str("a"),), default=None).omitted() is None


def test_what_is_foreseen_once_is_not_changed_by_who_got_it() -> None:
    field = MapOf("map", default={})
    field.omitted()["a"] = "b"
    assert field.omitted() == {}


def test_the_difference_of_a_create_tells_that_there_is_a_secret() -> None:
    assert MADE.announced({"host": "a", "key": "k3y"}) == {"host": "a", "key": "<secret>"}


def test_one_of_several_is_demanded_only_where_the_api_does() -> None:
    needed = Object("probe", one_of=("tcp", "http"), one_needed=True, fields=MADE.fields)
    assert MADE.complete({}, "made") == {}
    for current in (None, {}):
        with pytest.raises(InvalidOption, match="^probe: needs one of tcp, http"):
            needed.merge({"host": "a"}, current, "probe")
    assert needed.merge({"host": "a"}, {"tcp": {}}, "probe") == {"host": "a", "tcp": {}}


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
        (CHECK, {"http": {"uri": "/"}}, {"port": 1, "tcp": {}}, {"tcp": {}}, {"http": {"uri": "/", "code": 200}}),
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
