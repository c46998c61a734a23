# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stories are about: the parts of an account, each with its module and the values that its fields may take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class NameOf:
    """Stands in options for what another part is called by then."""

    part: str


@dataclass(frozen=True)
class IdOf:
    """Stands in options for the ID of another part."""

    part: str


@dataclass(frozen=True)
class Part:
    """One resource.

    kind, shows: where the emulator holds it, and values at dotted paths by which it is told from others there.
    identity: options that find it. creation: those that it needs besides to be created. fields: the others, each with
    the values that it may take. inside: the part with which it goes. removal: more options of a task that deletes it.
    renamable: whether it keeps its ID when its name changes. either: options of which only one may be given.
    """

    name: str
    module: str
    kind: str
    identity: Mapping[str, Any]
    creation: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    shows: Mapping[str, Any] = field(default_factory=dict)
    inside: str = ""
    removal: Mapping[str, Any] = field(default_factory=dict)
    renamable: bool = False
    either: tuple[str, ...] = ()


@dataclass(frozen=True)
class Product:
    """Parts in the order in which each needs those before it; ``place``: options that say where all of them lie."""

    name: str
    parts: tuple[Part, ...]
    place: Mapping[str, Any] = field(default_factory=dict)

    def part(self, name: str) -> Part:
        """The part of that name."""
        return next(part for part in self.parts if part.name == name)

    def around(self, part: Part) -> Iterator[Part]:
        """What the part is inside of, the innermost first."""
        while part.inside:
            part = self.part(part.inside)
            yield part


def mentioned(value: Any) -> set[str]:
    """Names of the parts that a value refers to, at any depth."""
    if isinstance(value, (NameOf, IdOf)):
        return {value.part}
    if isinstance(value, Mapping):
        return set().union(*map(mentioned, value.values()))
    return set().union(*map(mentioned, value)) if isinstance(value, (list, tuple)) else set()
