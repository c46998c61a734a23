# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs between what is wanted and what is there, and so whether anything has to be done. Pure.

Check mode, the diff and the real run all come from the same plan, so they cannot disagree. ``changes`` makes the plans
of what has to be done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Request, Resource
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass


@dataclass(frozen=True)
class Plan:
    """What to do: the writes in order, the diff, and the object as it will be (``{}`` when deleted)."""

    action: str  # nothing, create, update, delete, rotate
    requests: tuple[Request, ...]
    before: dict[str, Any]
    after: dict[str, Any]
    result: dict[str, Any]
    makes: int = 0  # of a rotation: how many of the requests are about the new one

    @property
    def changed(self) -> bool:
        """Whether anything has to be written."""
        return self.action != "nothing"


def unchanged(current: Mapping[str, Any]) -> Plan:
    """Plan to leave alone what is there."""
    return Plan("nothing", (), {}, {}, dict(current))


def differences(resource: Resource, wanted: Mapping[str, Any], current: Mapping[str, Any]) -> list[str]:
    """Names of the wanted fields that ``current`` does not show as wanted, as far as answers show them."""
    fields = wanted_fields(resource, wanted)
    return [field.name for field in fields if not field.kept(wanted[field.name], field.value(current))]


def differing(resource: Resource, wanted: Mapping[str, Any], current: Mapping[str, Any]) -> list[Field]:
    """The fields that are not as wanted (wire values, references resolved)."""
    fields = wanted_fields(resource, wanted)
    return [field for field in fields if not field.same(wanted[field.name], field.value(current))]


def wanted_fields(resource: Resource, wanted: Mapping[str, Any]) -> list[Field]:
    """The fields that the task says something about."""
    return [field for field in resource.fields if field.name in wanted]


def concealed(fields: Iterable[Field], obj: Mapping[str, Any]) -> dict[str, Any]:
    """The object without secrets, should an answer show one that no answer is known to show."""
    shown = dict(obj)
    for field in fields:
        value = shown.get(field.name)
        if field.is_secret and value:
            shown[field.name] = ""
        elif isinstance(value, Mapping):
            shown[field.name] = concealed(getattr(field, "fields", ()), value)
    return shown
