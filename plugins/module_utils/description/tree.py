# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a tree of resources is: kinds of children that one task gives inline, as lists. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass

Complete = Callable[[list[Values], Mapping[str, Any]], list[Values]]
Arrange = Callable[[list["Place"], "list[Values] | None"], list[Values]]
Review = Callable[[Mapping[str, Any], Mapping[str, list[str]], Callable[[Resource], list[Values]]], None]


@dataclass(frozen=True)
class Branch:
    """Children of one kind, under the option that is their plural.

    Branches stand in the order in which they are written: each refers only to those before it.

    ``beside``: options that stand beside the list, each for one child before it at most. ``complete`` makes the list
    that is meant of the list as given and of all that stands beside it. ``arrange`` completes the options of the
    children by what is there: it takes them with their places, and what stays beside them (None: the list is exact),
    and raises InvalidOption. ``goes_first``: what is removed goes before the others are written, because it holds what
    they may need. ``counted_by``: where the parent tells their number. ``where``: where the options of the children
    stand, with ``{}`` for their number, if not in a list of that name.
    """

    resource: Resource
    branches: tuple[Branch, ...] = ()
    beside: tuple[Field, ...] = ()
    complete: Complete | None = None
    arrange: Arrange | None = None
    counted_by: str = ""
    where: str = ""
    goes_first: bool = False

    @property
    def option(self) -> str:
        """The option that holds the list."""
        return self.resource.plural

    @property
    def place(self) -> str:
        """Where the children stand in the task."""
        return self.where.removesuffix("[{}]") or self.option


@dataclass(frozen=True)
class Layout:
    """How a module takes children other than as one list for each kind.

    ``options`` makes its options of those of the lists; ``lists`` makes lists of what a task gives (InvalidOption).
    ``shown`` puts what is told of the lists, in results or differences, under the options of the module.
    """

    options: Callable[[Mapping[str, Any]], dict[str, Any]]
    lists: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    shown: Callable[[Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Tree:
    """A resource with the children that its module takes inline. ``goes_last``: its children are deleted before it.

    ``review`` refuses what the declared children would be together (InvalidOption). It takes the options of the task,
    the IDs of these children by the option of their kind, and what lists all children of a kind as they will be.
    """

    resource: Resource
    branches: tuple[Branch, ...]
    layout: Layout | None = None
    goes_last: bool = False
    review: Review | None = None


@dataclass(frozen=True)
class Child:
    """One declared child: its options as those of its own module, what it declares below, and where it stands."""

    options: Values
    below: tuple[Declaration, ...]
    where: str


@dataclass(frozen=True)
class Place:
    """One declared child where it is arranged: its options, where they stand, and what there is of it."""

    options: Values
    where: str
    current: Values | None


@dataclass(frozen=True)
class Declaration:
    """What a task says about the children of one kind in one place. ``listed``: the list itself was given."""

    branch: Branch
    children: tuple[Child, ...]
    listed: bool
    where: str


def declared(branches: Iterable[Branch], around: Mapping[str, Any], where: str = "") -> tuple[Declaration, ...]:
    """What the options ``around`` declare; ``where`` leads to them in messages. Raises InvalidOption."""
    found = []
    for branch in branches:
        given = around.get(branch.option)
        if given is None and not any(around.get(option.name) for option in branch.beside):
            continue
        place = f"{where}{branch.place}"
        items = [dict(item) for item in given or ()]
        items = branch.complete(items, around) if branch.complete else items
        added = len(items) - len(given or ())
        places = [f"{where}{option.name}." for option in branch.beside][:added]
        pattern = f"{where}{branch.where}." if branch.where else f"{place}[{{}}]."
        places += [pattern.format(index) for index in range(len(items) - added)]
        children = [
            Child(item, declared(branch.branches, item, at), at) for item, at in zip(items, places, strict=True)
        ]
        found.append(Declaration(branch, tuple(children), given is not None, place))
    return tuple(found)


def kinds(branches: Iterable[Branch]) -> Iterator[Resource]:
    """All resources of these branches, and of theirs."""
    for branch in branches:
        yield branch.resource
        yield from kinds(branch.branches)
