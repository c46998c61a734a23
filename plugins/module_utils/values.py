# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values in API objects: reading, writing and pruning them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

UNKNOWN = "<known after apply>"
"""Stands, in check mode, for a value that only the real run can know."""

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def is_id(value: str) -> bool:
    """Whether ``value`` is an ID (a UUID, or the stand-in for one that is not known yet) and not a name."""
    return is_unknown(value) or UUID.fullmatch(value) is not None


def is_unknown(value: Any) -> bool:
    """Whether ``value`` stands for an ID that only the real run can know."""
    return isinstance(value, str) and value.startswith(UNKNOWN)


def foreseen_id(number: int) -> str:
    """A stand-in for the ID of something that is still to be created, unlike that of everything else."""
    return f"{UNKNOWN}#{number}"


def shown(value: Any) -> Any:
    """``value`` as users see it: all IDs that are not known yet look the same."""
    if isinstance(value, Mapping):
        return {key: shown(nested) for key, nested in value.items()}
    if isinstance(value, list):
        return [shown(nested) for nested in value]
    return UNKNOWN if is_unknown(value) else value


def blank(value: Any) -> bool:
    """Whether ``value`` means "nothing": the API answers null, "", [] and {} for the same thing (recorded: lb)."""
    return value is None or (isinstance(value, (str, list, dict)) and not value)


def read_path(obj: Any, path: str) -> Any:
    """The value at a dotted path; ``a[].b`` is the list of ``b`` of each element of ``a``.

    None where the path leads nowhere, because an answer has another shape than the API's documentation.
    """
    head, _dot, rest = path.partition(".")
    each = head.endswith("[]")
    value = obj.get(head.removesuffix("[]")) if isinstance(obj, Mapping) else None
    if not rest or value is None:
        return value
    if not each:
        return read_path(value, rest)
    return [read_path(element, rest) for element in value] if isinstance(value, list) else None


def write_path(obj: dict[str, Any], path: str, value: Any) -> None:
    """The inverse of ``read_path``, in place; what lies beside the written leaf is dropped, being stale."""
    head, _dot, rest = path.partition(".")
    if not rest:
        obj[head] = value
    elif head.endswith("[]"):
        obj[head.removesuffix("[]")] = [_nest(rest, element) for element in value]
    else:
        obj[head] = _nest(rest, value)


def expanded(body: Mapping[str, Any]) -> dict[str, Any]:
    """``body`` with its dotted keys as objects in each other."""
    result: dict[str, Any] = {}
    for key, value in body.items():
        *around, last = key.split(".")
        target = result
        for step in around:
            target = target.setdefault(step, {})
        target[last] = value
    return result


def _nest(path: str, value: Any) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    write_path(nested, path, value)
    return nested


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """``options`` without the unset ones, which Ansible passes as ``None``. What they hold is for their fields."""
    return {name: value for name, value in options.items() if value is not None}


def region_of(zone: str) -> str:
    """The region that a zone lies in."""
    return zone.rpartition("-")[0]
