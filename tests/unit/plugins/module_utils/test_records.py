# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records behave as dataclasses of the standard library do, wherever these can do the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from ansible_collections.scw.cloud.plugins.module_utils import records


def family(library: Any) -> dict[str, Any]:
    """Classes that inherit from each other, made by one library or the other."""
    dataclass, field = library.dataclass, library.field

    @dataclass(frozen=True, kw_only=True)
    class Base:
        KIND: ClassVar[str] = "base"
        name: str = field(kw_only=False)
        size: int = 3
        secret: str = field(default_factory=lambda: "s", repr=False)

        def __post_init__(self) -> None:
            if self.size < 0:
                raise ValueError(self.name)

    @dataclass(frozen=True)
    class Child(Base):
        extra: Mapping[str, int] = field(default_factory=dict)
        size: int = 4

    @dataclass(frozen=True)
    class Again(Base):
        size: int
        secret: str = ""

    class Plain(Child):
        """Adds nothing."""

    return {"Base": Base, "Child": Child, "Again": Again, "Plain": Plain}


def classes(library: Any) -> SimpleNamespace:
    """These and others, and what copies them."""
    dataclass, field = library.dataclass, library.field

    @dataclass
    class Loose:
        items: list[int] = field(default_factory=list)

    @dataclass
    class Own:
        name: str

        def __repr__(self) -> str:
            return f"<{self.name}>"

    return SimpleNamespace(**family(library), Loose=Loose, Own=Own, replace=library.replace)


def outcome(work: Any, made: SimpleNamespace) -> Any:
    """What some work results in: a value, or the kind of error."""
    try:
        return work(made)
    except Exception as error:  # noqa: BLE001 - both libraries are to fail alike
        return error.__class__.__mro__[-4:-2] if isinstance(error, AttributeError) else error.__class__


def changed(instance: Any, name: str) -> Any:
    """The instance after an attribute was set."""
    setattr(instance, name, 1)
    return getattr(instance, name)


def without(instance: Any, name: str) -> Any:
    """The instance after an attribute was deleted."""
    delattr(instance, name)
    return instance


WORK = {
    "defaults": lambda made: vars(made.Child("a")),
    "values by name": lambda made: vars(made.Child("a", extra={"b": 1}, size=5, secret="x")),
    "values by place": lambda made: vars(made.Child("a", {"b": 1})),
    "a name too few": lambda made: made.Child(),
    "a place too many": lambda made: made.Child("a", {}, 1),
    "a field that needs its name": lambda made: made.Base("a", 1),
    "an unknown field": lambda made: made.Child("a", other=1),
    "an unknown field in the place of one that is missing": lambda made: made.Child(other=1),
    "a field twice": lambda made: made.Child("a", name="b"),
    "a check after the fields are set": lambda made: made.Child("a", size=-1),
    "a subclass that adds nothing": lambda made: vars(made.Plain("a", size=7)),
    "a field declared again": lambda made: [vars(made.Again("a")), repr(made.Again("a")).rpartition(".")[2]],
    "equality": lambda made: [made.Child("a") == made.Child("a"), made.Child("a") == made.Child("b")],
    "equality with another class": lambda made: [made.Child("a") == made.Plain("a"), made.Child("a") == "a"],
    "a hash": lambda made: len({made.Base("a"), made.Base("a"), made.Base("b")}),
    "a hash of what holds a dictionary": lambda made: hash(made.Child("a")),
    "a hash of what can be changed": lambda made: hash(made.Loose()),
    "a text": lambda made: repr(made.Child("a")).rpartition(".")[2],
    "a text of its own": lambda made: repr(made.Own("a")),
    "a change of what is frozen": lambda made: changed(made.Child("a"), "size"),
    "a deletion from what is frozen": lambda made: without(made.Child("a"), "size"),
    "a change of what is not": lambda made: changed(made.Loose(), "items"),
    "a default of each instance": lambda made: made.Loose().items is made.Loose().items,
    "a copy with other values": lambda made: vars(made.replace(made.Child("a", size=9), name="b")),
    "a copy that fails the check": lambda made: made.replace(made.Child("a"), size=-1),
    "a copy with an unknown field": lambda made: made.replace(made.Child("a"), other=1),
    "no field of the class itself": lambda made: [made.Child.KIND, "KIND" in vars(made.Child("a"))],
    "a default on the class": lambda made: [made.Base.size, made.Child.size, hasattr(made.Child, "extra")],
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_a_record_does_what_a_dataclass_does(work: Any) -> None:
    assert outcome(work, classes(records)) == outcome(work, classes(dataclasses))


def test_no_code_is_written_for_a_record() -> None:
    made = classes(records)
    assert made.Base.__init__ is made.Child.__init__ is made.Loose.__init__
