# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maps of texts and secrets: what is the same, what an update carries, and that no secret ever shows."""

from __future__ import annotations

import json
import sys
from copy import deepcopy
from typing import Any

import pytest
from argon2 import low_level
from argon2.exceptions import VerificationError
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.description.maps import (
    HIDDEN,
    NEW,
    HashedMap,
    HashedPairs,
    Json,
    JsonText,
    MapOf,
    Secret,
    Secrets,
    matches,
    verified,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import Incomparable, InvalidOption, MissingLibrary
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from unit.container_samples import hashed

OPEN = MapOf("environment")
HASHED = HashedMap("secrets")
TOKEN = Secret("token")
NAMES = st.text("ABC_", min_size=1, max_size=3)
TEXTS = st.dictionaries(NAMES, st.text(max_size=3), max_size=3)
LOUD = "l0ud-and-clear"
LATIN_1 = "l0ud\udce4"  # what a file in Latin-1 becomes
HASH = hashed("a")
OUT_OF_MEMORY = "Memory allocation error"


def forced(**texts: str) -> Secrets:
    """Secrets that are written even if they are there already."""
    secrets = Secrets(texts)
    secrets.always = True
    return secrets


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which argon2-cffi is not installed."""
    verified.cache_clear()
    for name in ("argon2", "argon2.exceptions", "argon2.low_level"):
        monkeypatch.setitem(sys.modules, name, None)


# Texts


def test_numbers_become_texts_and_names_too() -> None:
    assert OPEN.parse({"A": 1, 2: "b", "C": ""}, "environment") == {"A": "1", "2": "b", "C": ""}


@pytest.mark.parametrize("value", [True, 1.5, ["a"], {"a": 1}, None])
def test_what_could_be_written_in_several_ways_must_be_quoted(value: Any) -> None:
    for field in (OPEN, HASHED):
        if value is not None:
            with pytest.raises(InvalidOption, match="environment.A: is not a text. Put it in quotes."):
                field.parse({"A": value}, "environment")


@pytest.mark.parametrize("field", [OPEN, HASHED], ids=["open", "secret"])
def test_a_name_without_a_value_is_refused_for_it_could_mean_both_nothing_and_unset(field: MapOf) -> None:
    with pytest.raises(InvalidOption, match="environment.A: has no value. Leave it out to remove it, or put the text"):
        field.parse({"A": None}, "environment")


@pytest.mark.parametrize("given_map", [{"A": LATIN_1}, {LATIN_1: "a"}], ids=["text", "name"])
@pytest.mark.parametrize("field", [OPEN, HASHED], ids=["open", "secret"])
def test_what_is_not_utf_8_is_refused_without_showing_it(field: MapOf, given_map: dict[str, str]) -> None:
    with pytest.raises(InvalidOption, match=r"^environment(\.A)?: is not valid UTF-8") as raised:
        field.parse(given_map, "environment")
    assert raised.value.__cause__ is None
    assert "l0ud" not in str(raised.value)


def test_a_credential_that_is_not_utf_8_is_refused_without_showing_it() -> None:
    with pytest.raises(InvalidOption, match="^token: is not valid UTF-8") as raised:
        TOKEN.parse(LATIN_1, "token")
    assert "l0ud" not in str(raised.value)


def test_an_object_of_the_users_own_keeps_null() -> None:
    assert Json("args").parse({"a": None, "b": [None, {"c": None}]}, "args") == {"a": None, "b": [None, {"c": None}]}
    with pytest.raises(InvalidOption, match="^args: is not valid UTF-8"):
        Json("args").parse({"a": [LATIN_1]}, "args")


def test_a_text_may_be_given_as_what_its_json_says() -> None:
    body = JsonText("body")
    assert (
        body.parse({"kind": "daily", "deep": [1, True, None]}, "body") == '{"kind": "daily", "deep": [1, true, null]}'
    )
    assert body.parse(["a"], "body") == '["a"]'
    assert body.parse('{"a":1}', "body") == '{"a":1}'
    assert body.parse(5, "body") == "5"
    for value in (True, 1.5):
        with pytest.raises(InvalidOption, match="body: is not a text. Put it in quotes"):
            body.parse(value, "body")


@pytest.mark.parametrize("current", [None, {}, "strange", [1]])
def test_no_map_is_an_empty_one(current: Any) -> None:
    assert OPEN.same({}, current)
    assert not OPEN.same({"A": ""}, current)
    assert OPEN.carry(current) == {}
    assert HASHED.same(Secrets(), current)


def test_the_difference_names_only_what_differs() -> None:
    assert OPEN.difference({"A": "1", "B": "new", "C": "3"}, {"A": "1", "B": "2", "D": "4"}) == (
        {"B": "2", "D": "4"},
        {"B": "new", "C": "3"},
    )


@given(TEXTS, TEXTS)
def test_a_map_is_the_same_if_and_only_if_nothing_differs(wanted: dict[str, str], current: dict[str, str]) -> None:
    before, after = OPEN.difference(wanted, current)
    assert OPEN.same(wanted, current) is (not before and not after) is (wanted == current)
    untouched = {name: text for name, text in current.items() if name not in before}
    assert {**untouched, **after} == wanted


# Secrets that are shown as hashes


def test_a_hash_matches_its_text_only() -> None:
    assert matches("a", hashed("a"))
    assert not matches("b", hashed("a"))
    assert not matches("a", "$argon2id$nonsense")
    assert not matches("a", "a hash of another kind")


def test_a_hash_of_the_real_api_matches_its_text() -> None:
    hash_of_recorded = (
        "$argon2id$v=19$m=65536,t=3,p=64$JqBQsAF0antLrtoOB770NA$3LEfXQ2aeXzru+RCHi5XicsAKkNqiF128V51eDKcfoo"
    )
    assert matches("first_secret", hash_of_recorded)


def test_an_update_carries_new_secrets_keeps_others_and_drops_the_rest() -> None:
    current = {"KEPT": hashed("k"), "CHANGED": hashed("old"), "GONE": hashed("g")}
    wanted = HASHED.parse({"KEPT": "k", "CHANGED": "new", "ADDED": "a"}, "secrets")
    assert not HASHED.same(wanted, current)
    assert HASHED.encode(HASHED.merge(wanted, current, "secrets")) == {"KEPT": "", "CHANGED": "new", "ADDED": "a"}
    assert HASHED.difference(wanted, current) == (
        {"CHANGED": HIDDEN, "GONE": HIDDEN},
        {"CHANGED": NEW, "ADDED": HIDDEN},
    )


def test_secrets_are_the_same_whatever_their_salt() -> None:
    current = {"A": hashed("a", "0123456789abcdef"), "B": hashed("b", "fedcba9876543210")}
    assert HASHED.same(Secrets(A="a", B="b"), current)
    assert HASHED.kept(Secrets(A="a", B="b"), current)
    for other in (Secrets(A="a"), Secrets(A="a", B="x"), Secrets(A="a", B="b", C="c"), Secrets()):
        assert not HASHED.same(other, current)
        assert not HASHED.kept(other, current)


def test_a_hash_that_is_carried_along_stays() -> None:
    current = {"A": hashed("a")}
    assert HASHED.merge(Secrets(current), current, "secrets") == {"A": ""}
    assert HASHED.same(Secrets(current), current)


def test_forced_secrets_are_written_though_they_are_there() -> None:
    current = {"A": hashed("a"), "B": hashed("b")}
    wanted = forced(A="a", B=current["B"])
    assert not HASHED.same(wanted, current)
    assert HASHED.merge(wanted, current, "secrets") == {"A": "a", "B": ""}
    assert HASHED.difference(wanted, current) == ({"A": HIDDEN}, {"A": NEW})
    assert HASHED.same(forced(), {})


@given(st.dictionaries(NAMES, NAMES, max_size=3), st.dictionaries(NAMES, NAMES, max_size=3))
def test_after_an_update_the_secrets_are_those_that_were_wanted(old: dict[str, str], new: dict[str, str]) -> None:
    current = {name: hashed(text) for name, text in old.items()}
    wanted = Secrets(new)
    assert HASHED.same(wanted, current) is (old == new)
    sent = HASHED.encode(HASHED.merge(wanted, current, "secrets"))
    after = {name: hashed(text) if text else current[name] for name, text in sent.items()}
    assert HASHED.same(wanted, after)
    assert {name for name, text in sent.items() if text} == {name for name in new if old.get(name) != new[name]}


def test_a_secret_is_not_empty() -> None:
    with pytest.raises(InvalidOption, match="secrets.A: is empty. A secret has a value; leave it out to remove it"):
        HASHED.parse({"A": ""}, "secrets")


def test_without_the_library_a_comparison_says_what_to_do(without_library: None) -> None:
    with pytest.raises(MissingLibrary, match="argon2-cffi .* set update_secrets to always or on_create") as raised:
        HASHED.same(Secrets(A=LOUD), {"A": HASH})
    assert LOUD not in str(raised.value)


def test_without_the_library_secrets_can_be_written_and_removed(without_library: None) -> None:
    current = {"A": HASH}
    assert not HASHED.same(forced(A="a"), current)
    assert HASHED.merge(forced(A="a"), current, "secrets") == {"A": "a"}
    assert HASHED.difference(forced(A="a"), current) == ({"A": HIDDEN}, {"A": NEW})
    assert not HASHED.same(Secrets(), current)
    assert not HASHED.same(Secrets(A="a", B="b"), current)
    assert HASHED.kept(Secrets(A="a"), current)
    assert not HASHED.kept(Secrets(B="a"), current)


# Hashes that cannot be compared


UNREADABLE = ["", "$argon2id$nonsense", "a hash of another kind", HASH[:-2], HASH.replace("argon2id", "argon2i"), None]


@pytest.mark.parametrize("strange", [*UNREADABLE, 5, ["x"], {"y": 1}, "\ud800"])
def test_a_hash_that_cannot_be_read_differs_and_says_so(strange: Any) -> None:
    current, wanted = {"A": strange, "B": hashed("b")}, Secrets(A="a", B="b")
    assert not HASHED.same(wanted, current)
    assert not HASHED.kept(wanted, current)
    assert HASHED.merge(wanted, current, "secrets") == {"A": "a", "B": ""}
    doubt = HASHED.doubt(wanted, current)
    assert "shows A with hashes that are not argon2id" in doubt
    assert "update_secrets to on_create" in doubt


def test_nothing_is_in_doubt_that_is_compared_or_written_anyway() -> None:
    assert HASHED.doubt(Secrets(A="a", B="x"), {"A": HASH, "B": HASH}) == ""
    assert HASHED.doubt(Secrets(A="a"), {"B": "strange"}) == ""
    assert HASHED.doubt(forced(A="a"), {"A": "strange"}) == ""
    assert HASHED.doubt(Secrets(A="strange"), {"A": "strange"}) == ""


def test_a_pair_without_a_hash_is_carried_along() -> None:
    pairs = HashedPairs("secrets")
    current = [{"key": "A", "hashed_value": None}]
    assert pairs.merge(Secrets({"A": None, "B": "b"}), current, "secrets") == {"A": "", "B": "b"}  # type: ignore[dict-item]


@pytest.mark.parametrize("failure", [VerificationError(OUT_OF_MEMORY), MemoryError()], ids=["argon2", "Python"])
def test_a_comparison_that_fails_is_no_difference(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    def fail(*_arguments: Any) -> bool:
        raise failure

    verified.cache_clear()
    monkeypatch.setattr(low_level, "verify_secret", fail)
    with pytest.raises(Incomparable, match="memory.* set update_secrets to always or on_create") as raised:
        HASHED.same(Secrets(A=LOUD), {"A": HASH})
    assert LOUD not in str(raised.value)
    assert HASHED.kept(Secrets(A=LOUD), {"A": HASH}), "too late to refuse"


# Secrets that nothing shows


def test_a_secret_that_nothing_shows_is_always_written_and_counts_as_kept() -> None:
    secret = TOKEN.parse(LOUD, "token")
    assert not TOKEN.same(secret, None)
    assert TOKEN.kept(secret, None)
    assert TOKEN.encode(secret) == LOUD
    assert isinstance(TOKEN.encode(secret), str)
    assert TOKEN.predicted(secret) is None
    with pytest.raises(InvalidOption, match="token: is empty"):
        TOKEN.parse("", "token")


def test_no_secret_shows_where_values_are_printed() -> None:
    current = {"A": hashed("other")}
    for secrets in (HASHED.parse({"A": LOUD}, "secrets"), forced(A=LOUD)):
        seen = [secrets, [secrets], {"x": secrets}, HASHED.difference(secrets, current), HASHED.predicted(secrets)]
        seen += [deepcopy(secrets), HASHED.difference(secrets, {})]
        assert LOUD not in f"{seen} {secrets} {secrets!r}"
    assert HASHED.predicted(Secrets(A=LOUD)) == {"A": UNKNOWN}
    token = TOKEN.parse(LOUD, "token")
    assert LOUD not in f"{token!r} {[token]} {TOKEN.difference(token, None)} {TOKEN.difference(token, token)}"


def test_secrets_still_are_what_requests_carry() -> None:
    assert json.loads(json.dumps(HASHED.encode(HASHED.parse({"A": LOUD}, "secrets")))) == {"A": LOUD}
    assert json.loads(json.dumps(TOKEN.encode(TOKEN.parse(LOUD, "token")))) == LOUD


def test_options_of_secrets_are_not_logged() -> None:
    assert HASHED.option() == {"type": "dict", "no_log": True}
    assert TOKEN.option() == {"type": "str", "no_log": True}
    assert OPEN.option() == {"type": "dict"}
