# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a field and a type of the vendor's SDK stand for the same, at every depth."""

from __future__ import annotations

import dataclasses
from enum import Enum as PythonEnum
from typing import Any, get_args, get_origin

from scaleway import ALL_REGIONS

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object, Ref
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import (
    Address,
    Bool,
    Duration,
    Enum,
    Field,
    Int,
    Str,
    Uuid,
)
from ansible_collections.scw.cloud.plugins.module_utils.description.maps import HashedPairs, Json, MapOf, Secret
from ansible_collections.scw.cloud.plugins.module_utils.description.pem import Pem
from ansible_collections.scw.cloud.plugins.module_utils.description.quantities import Megabytes, Millicpu, Size
from contract.declined import OPEN_ENUMS, UNSET_MEMBERS
from contract.sdk_calls import members, plain_type, wire_types


def assert_agrees(field: Field, hint: Any, where: str, *, updates: bool = False) -> None:
    """The field has the type that ``hint`` is. ``updates``: in an update, which lacks what is fixed."""
    hint = plain_type(hint)
    if isinstance(field, ListOf):
        assert get_origin(hint) is list, where
        assert_agrees(field.item, get_args(hint)[0], where)
    elif isinstance(field, Object):
        assert dataclasses.is_dataclass(hint), where
        assert_object_agrees(field, hint, where, updates=updates)
    elif isinstance(field, HashedPairs):
        assert get_origin(hint) is list, where
        assert wire_types(get_args(hint)[0]) == {"key": str, "value": str}, where
    elif isinstance(field, (MapOf, Json)):
        assert hint == dict[str, str if isinstance(field, MapOf) else Any], where
    elif where in OPEN_ENUMS:
        assert isinstance(field, Str), where
        assert issubclass(hint, PythonEnum), where
    elif isinstance(field, Enum) and hint is str:
        assert set(field.choices) == set(ALL_REGIONS), where
    elif isinstance(field, Enum):
        assert issubclass(hint, PythonEnum), where
        assert set(field.choices) == members(hint) - UNSET_MEMBERS.get(hint.__name__, frozenset()), where
    else:
        numbers, texts = (Int, Size, Megabytes, Millicpu), (Str, Uuid, Ref, Address, Duration, Pem, Secret)
        expected = bool if isinstance(field, Bool) else int if isinstance(field, numbers) else str
        assert isinstance(field, (Bool, *numbers, *texts)), where
        assert hint is expected, where


def assert_object_agrees(field: Object, hint: Any, where: str, *, updates: bool) -> None:
    """The object has the fields of a record of the SDK, and nothing else."""
    known = wire_types(hint)
    sent = [nested for nested in field.fields if nested.mutable or not updates]
    assert {nested.wire for nested in sent} == set(known), where
    for nested in sent:
        assert_agrees(nested, known[nested.wire], f"{where}.{nested.name}", updates=updates)
