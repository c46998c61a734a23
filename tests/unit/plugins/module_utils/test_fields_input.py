# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user may write, what becomes of it, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import (
    Bool,
    Enum,
    Field,
    Int,
    Str,
    Uuid,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.values import (
    UNKNOWN,
)
from unit.sample_fields import ACTION, ADDRESS, CHECK, MILLISECONDS, NETWORK, PORT, REF, SECONDS
from unit.samples import LB_ID

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
        (REF, " web ", " web "),
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
        (ListOf("l"), ["a", None], r"x\[1\]: has no value"),
        (Str("s"), "\udce4", "x: is not valid UTF-8"),
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
    options = ACTION.option()["options"]
    assert "required" not in options["redirect"]
    assert options["type"]["required"] is True
    with pytest.raises(InvalidOption, match=r"action\.redirect: is needed with type 'redirect'"):
        ACTION.parse({"type": "redirect"}, "action")
    assert ACTION.parse({"type": "allow"}, "action") == {"type": "allow"}


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
