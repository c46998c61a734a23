# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stories: what somebody wants of an account, one thing after the other, and what goes wrong meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from behaviour.faults import READ_FAULTS, WRITE_FAULTS
from behaviour.runner import Way
from properties.parts import Part, Product

FURTHEST = {"GET": 12, "*": 20, "POST": 4, "PUT": 3, "PATCH": 3, "DELETE": 3}
"""Methods that faults strike, and how many such requests may pass before."""


@dataclass(frozen=True)
class Strike:
    """A fault, by its name in the tables of faults, that hits a request of this method after so many others."""

    fault: str
    method: str = "GET"
    after: int = 0

    @property
    def rule(self) -> dict[str, Any]:
        """The rule as the emulator takes it."""
        fault = (READ_FAULTS if self.method == "GET" else WRITE_FAULTS)[self.fault]
        method = {} if self.method == "*" else {"method": self.method}
        return {**fault.rule, **method, "after": self.after}


@dataclass(frozen=True)
class Want:
    """Have a part exist, with these values; what is not among them is left alone."""

    part: str
    values: Mapping[str, Any] = field(default_factory=dict)
    strikes: tuple[Strike, ...] = ()


@dataclass(frozen=True)
class Foresee:
    """The same in check mode."""

    part: str
    values: Mapping[str, Any] = field(default_factory=dict)
    strikes: tuple[Strike, ...] = ()


@dataclass(frozen=True)
class Remove:
    """Have a part not exist, nor what refers to it."""

    part: str
    strikes: tuple[Strike, ...] = ()


@dataclass(frozen=True)
class Rename:
    """Give a part another name."""

    part: str
    strikes: tuple[Strike, ...] = ()


Step = Want | Foresee | Remove | Rename


@dataclass(frozen=True)
class Conditions:
    """How tasks are run, and how the emulator answers."""

    way: Way = Way.MODULE
    settle_reads: int = 0
    max_page_size: int = 100
    shuffle: bool = False


def conditions() -> st.SearchStrategy[Conditions]:
    """Any of them."""
    return st.builds(
        Conditions,
        way=st.sampled_from(Way),
        settle_reads=st.sampled_from((0, 1, 2)),
        max_page_size=st.sampled_from((100, 1, 2)),
        shuffle=st.booleans(),
    )


def strikes() -> st.SearchStrategy[tuple[Strike, ...]]:
    """None, one or two of them."""

    def at(method: str) -> st.SearchStrategy[Strike]:
        names = st.sampled_from(list(READ_FAULTS if method == "GET" else WRITE_FAULTS))
        return st.builds(Strike, names, st.just(method), st.integers(0, FURTHEST[method]))

    one = st.one_of([at(method) for method in FURTHEST])
    return st.lists(one, max_size=2).map(tuple)


def steps(product: Product) -> st.SearchStrategy[list[Step]]:
    """A sequence of steps about the parts of a product."""
    wanted = st.sampled_from(product.parts).flatmap(lambda part: _wanting(part, Want))
    foreseen = st.sampled_from(product.parts).flatmap(lambda part: _wanting(part, Foresee))
    names = [part.name for part in product.parts]
    renamable = [part.name for part in product.parts if part.renamable]
    removed: st.SearchStrategy[Step] = st.builds(Remove, st.sampled_from(names), strikes())
    kinds: list[st.SearchStrategy[Step]] = [wanted, wanted, wanted, removed, foreseen]
    if renamable:
        kinds.append(st.builds(Rename, st.sampled_from(renamable), strikes()))
    return st.lists(st.one_of(kinds), min_size=1, max_size=7)


def _wanting(part: Part, kind: type[Want] | type[Foresee]) -> st.SearchStrategy[Step]:
    values = {name: st.sampled_from(choices) for name, choices in part.fields.items()}
    return st.builds(kind, st.just(part.name), _some(values, part.either), strikes())


def _some(values: dict[str, st.SearchStrategy[Any]], either: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of the values, but only one of those that do not go together."""

    def without_contradiction(given: dict[str, Any]) -> dict[str, Any]:
        kept = next((name for name in either if name in given), None)
        return {name: value for name, value in given.items() if name not in either or name == kept}

    return st.fixed_dictionaries({}, optional=values).map(without_contradiction)
