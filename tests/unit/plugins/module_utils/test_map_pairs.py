# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets as pairs, and objects of JSON: what is the same, and what an update carries."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.description.maps import HIDDEN, NEW, HashedPairs, Json, Secrets
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from unit.container_samples import hashed
from unit.function_samples import pairs

PAIRS = HashedPairs("secrets")
JSON = Json("args")
NAMES = st.text("ABC_", min_size=1, max_size=3)
LOUD = "l0ud-and-clear"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 2) | st.floats(0, 2) | st.text(max_size=2),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=5,
)
OBJECTS = st.dictionaries(NAMES, VALUES, max_size=3)


def forced(**texts: str) -> Secrets:
    """Secrets that are written even if they are there already."""
    secrets = Secrets(texts)
    secrets.always = True
    return secrets


# Pairs


def test_pairs_are_the_same_in_any_order() -> None:
    current = pairs(A="a", B="b")
    for shown in (current, current[::-1]):
        assert PAIRS.same(Secrets(A="a", B="b"), shown)
        assert PAIRS.kept(Secrets(B="b", A="a"), shown)
        for other in (Secrets(A="a"), Secrets(A="a", B="x"), Secrets(A="a", B="b", C="c"), Secrets()):
            assert not PAIRS.same(other, shown)
            assert not PAIRS.kept(other, shown)


@pytest.mark.parametrize("current", [None, [], {}, "strange", [1, "x", None]])
def test_no_pairs_are_none(current: Any) -> None:
    assert PAIRS.same(Secrets(), current)
    assert not PAIRS.same(Secrets(A="a"), current)


def test_an_update_carries_what_is_new_removes_with_null_and_leaves_the_others_out() -> None:
    current = pairs(KEPT="k", CHANGED="old", GONE="g")
    wanted = PAIRS.parse({"KEPT": "k", "CHANGED": "new", "ADDED": "a"}, "secrets")
    assert not PAIRS.same(wanted, current)
    assert PAIRS.encode(PAIRS.merge(wanted, current, "secrets")) == [
        {"key": "ADDED", "value": "a"},
        {"key": "CHANGED", "value": "new"},
        {"key": "GONE", "value": None},
    ]
    assert PAIRS.difference(wanted, current) == (
        {"CHANGED": HIDDEN, "GONE": HIDDEN},
        {"CHANGED": NEW, "ADDED": HIDDEN},
    )


def test_removing_one_or_all_names_only_those() -> None:
    current = pairs(A="a", B="b")
    assert PAIRS.encode(PAIRS.merge(Secrets(A="a"), current, "secrets")) == [{"key": "B", "value": None}]
    removal = [{"key": "A", "value": None}, {"key": "B", "value": None}]
    assert PAIRS.encode(PAIRS.merge(Secrets(), current, "secrets")) == removal
    assert PAIRS.difference(Secrets(), current) == ({"A": HIDDEN, "B": HIDDEN}, {})


def test_forced_pairs_are_written_though_they_are_there() -> None:
    current = pairs(A="a", B="b")
    wanted = forced(A="a", B=current[1]["hashed_value"])
    assert not PAIRS.same(wanted, current)
    assert PAIRS.encode(PAIRS.merge(wanted, current, "secrets")) == [{"key": "A", "value": "a"}]


def test_a_creation_carries_pairs_and_a_prediction_their_names() -> None:
    secrets = PAIRS.parse({"B": LOUD, "A": "a"}, "secrets")
    encoded = PAIRS.encode(secrets)
    assert json.loads(json.dumps(encoded)) == [{"key": "A", "value": "a"}, {"key": "B", "value": LOUD}]
    shown = [{"key": name, "hashed_value": UNKNOWN} for name in ("A", "B")]
    assert PAIRS.predicted(secrets) == shown
    merged = PAIRS.merge(Secrets(A=LOUD), pairs(A="a", GONE="g"), "secrets")
    assert PAIRS.predicted(merged) == shown[:1]
    assert LOUD not in f"{PAIRS.predicted(merged)} {PAIRS.difference(Secrets(A=LOUD), pairs(A='a'))}"


@given(st.dictionaries(NAMES, NAMES, max_size=3), st.dictionaries(NAMES, NAMES, max_size=3), st.booleans())
def test_after_an_update_the_pairs_are_those_that_were_wanted(
    old: dict[str, str], new: dict[str, str], turned: bool
) -> None:
    current = pairs(**old)[:: -1 if turned else 1]
    wanted = Secrets(new)
    assert PAIRS.same(wanted, current) is (old == new)
    after = {pair["key"]: pair["hashed_value"] for pair in current}
    for pair in PAIRS.encode(PAIRS.merge(wanted, current, "secrets")):
        assert old.get(pair["key"]) != pair["value"], "what is there already is not sent"
        if pair["value"] is None:
            del after[pair["key"]]
        else:
            after[pair["key"]] = hashed(pair["value"])
    assert PAIRS.same(wanted, [{"key": name, "hashed_value": text} for name, text in after.items()])


def test_pairs_are_an_option_of_names_and_texts_that_is_not_logged() -> None:
    assert PAIRS.option() == {"type": "dict", "no_log": True}
    with pytest.raises(InvalidOption, match="secrets.A: is empty"):
        PAIRS.parse({"A": ""}, "secrets")


# Objects of JSON


def test_the_order_of_keys_has_no_meaning_that_of_elements_has() -> None:
    assert JSON.same({"a": 1, "b": {"c": [1, 2], "d": None}}, {"b": {"d": None, "c": [1, 2]}, "a": 1})
    assert not JSON.same({"a": [1, 2]}, {"a": [2, 1]})


@pytest.mark.parametrize(
    ("one", "other"),
    [({"a": 1}, {"a": True}), ({"a": [False]}, {"a": [0]}), ({"a": None}, {}), ({"a": "1"}, {"a": 1}), ({"a": {}}, {})],
)
def test_values_of_other_types_differ(one: Any, other: Any) -> None:
    assert not JSON.same(one, other)
    assert not JSON.same(other, one)


def test_a_number_is_the_same_however_it_is_written() -> None:
    assert JSON.same({"a": [1.0]}, {"a": [1]})


@pytest.mark.parametrize("current", [None, "strange", [1], 5])
def test_no_object_is_an_empty_one(current: Any) -> None:
    assert JSON.same({}, current)
    assert not JSON.same({"a": 1}, current)


@given(OBJECTS)
def test_an_object_is_sent_as_it_was_given_and_is_the_same_when_it_comes_back(value: dict[str, Any]) -> None:
    wanted = JSON.parse(value, "args")
    back = json.loads(json.dumps(JSON.encode(wanted)))
    assert back == value
    assert JSON.same(wanted, back)
    assert JSON.predicted(wanted) == value
    assert JSON.canonical(JSON.canonical(value)) == JSON.canonical(value)
