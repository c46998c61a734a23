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
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, MissingLibrary
from ansible_collections.scw.cloud.plugins.module_utils.maps import (
    HIDDEN,
    NEW,
    HashedMap,
    MapOf,
    Secret,
    Secrets,
    matches,
)
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from unit.container_samples import hashed

OPEN = MapOf("environment")
HASHED = HashedMap("secrets")
TOKEN = Secret("token")
NAMES = st.text("ABC_", min_size=1, max_size=3)
TEXTS = st.dictionaries(NAMES, st.text(max_size=3), max_size=3)
LOUD = "l0ud-and-clear"


def forced(**texts: str) -> Secrets:
    """Secrets that are written even if they are there already."""
    secrets = Secrets(texts)
    secrets.always = True
    return secrets


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which argon2-cffi is not installed."""
    matches.cache_clear()
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
        HASHED.same(Secrets(A=LOUD), {"A": "$argon2id$x"})
    assert LOUD not in str(raised.value)


def test_without_the_library_secrets_can_be_written_and_removed(without_library: None) -> None:
    current = {"A": "$argon2id$x"}
    assert not HASHED.same(forced(A="a"), current)
    assert HASHED.merge(forced(A="a"), current, "secrets") == {"A": "a"}
    assert HASHED.difference(forced(A="a"), current) == ({"A": HIDDEN}, {"A": NEW})
    assert not HASHED.same(Secrets(), current)
    assert not HASHED.same(Secrets(A="a", B="b"), current)
    assert HASHED.kept(Secrets(A="a"), current)
    assert not HASHED.kept(Secrets(B="a"), current)


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
