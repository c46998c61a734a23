# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading, writing and pruning values."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import (
    Str,
)
from ansible_collections.scw.cloud.plugins.module_utils.values import (
    UNKNOWN,
    blank,
    given,
    is_id,
    read_path,
    write_path,
)
from unit.sample_fields import REF
from unit.samples import LB_ID

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


def test_unset_options_vanish_and_cleared_ones_stay() -> None:
    options: dict[str, Any] = {"a": None, "b": {"c": None}, "h": "", "i": {}, "j": False, "k": 0, "l": [None]}
    assert given(options) == {"b": {"c": None}, "h": "", "i": {}, "j": False, "k": 0, "l": [None]}


def test_names_inside_lists_and_objects_are_resolved_and_ids_are_left_alone() -> None:
    field = Object("o", fields=(REF, ListOf("all", item=REF), Str("other")))
    asked: list[str] = []

    def resolve(resource: Any, name: str, _place: Any) -> str:
        asked.append(f"{resource.name} {name}")
        return LB_ID

    value = {"lb": "web", "all": [LB_ID, "api", UNKNOWN], "other": "web"}
    assert field.resolve(value, resolve, {}) == {"lb": LB_ID, "all": [LB_ID, LB_ID, UNKNOWN], "other": "web"}
    assert asked == ["lb web", "lb api"]
