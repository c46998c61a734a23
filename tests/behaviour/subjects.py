# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is tested: every resource at every kind of location, and the tasks about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Uuid
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from ansible_collections.scw.cloud.plugins.module_utils.values import read_path
from behaviour.account import Account, Use
from behaviour.fields import Leaf, full_values, leaves, merged, nested, pair, placed
from behaviour.runner import Run, run_module
from behaviour.samples import KINDS, PARENTS, PREFIXED, SIBLING_NUMBERS, STRANGERS, UNIQUE, Value, plain
from behaviour.surroundings import Surroundings
from emulator.testing import Emulator
from naming import key_of, module_of

# Places that are nobody's default, so that a location lost on the way is seen.
PLACES: Mapping[str, dict[str, str]] = {"zone": {"zone": "nl-ams-2"}, "region": {"region": "pl-waw"}}
NOWHERE = "global"
"""The kind of location of products that have none."""
MODULES: Mapping[str, str] = {key_of(resource): module_of(resource) for resource in RESOURCES}


def places_of(resource: Resource) -> tuple[str, ...]:
    """The kinds of location that have it."""
    offered = {"zone": resource.location.zones, "region": resource.location.regions}
    return tuple(place for place in PLACES if offered[place]) or (NOWHERE,)


EVERYWHERE = tuple((resource, place) for resource in RESOURCES for place in places_of(resource))

every_resource = pytest.mark.parametrize(
    ("resource", "place"), EVERYWHERE, ids=[f"{module_of(resource)}-{place}" for resource, place in EVERYWHERE]
)


def every(choose: Callable[[Resource], bool]) -> pytest.MarkDecorator:
    """Parametrize with the resources that ``choose`` accepts, everywhere."""
    cases = [(resource, place) for resource, place in EVERYWHERE if choose(resource)]
    names = [f"{module_of(resource)}-{place}" for resource, place in cases]
    return pytest.mark.parametrize(("resource", "place"), cases, ids=names)


def on(*resources: Resource) -> pytest.MarkDecorator:
    """Parametrize with these resources, in a region if they lie in one."""
    cases = [(resource, places_of(resource)[-1]) for resource in resources]
    return pytest.mark.parametrize(("resource", "place"), cases, ids=[resource.name for resource in resources])


def has_own_id(resource: Resource) -> bool:
    """Whether the API gives it an ID, so that another name leaves it the same, and two may have the same name."""
    return resource.id_key == "id" and resource.has_id


def has_name(resource: Resource) -> bool:
    """Whether tasks find it by something of its own, and not as the only one of its parent."""
    return bool(resource.identity)


def is_renamable(resource: Resource) -> bool:
    """Whether it keeps its ID when its name changes."""
    return has_own_id(resource) and has_name(resource) and resource.field(resource.identity[0][0]).mutable


def may_share_names(resource: Resource) -> bool:
    """Whether two of one name can be beside each other."""
    return has_own_id(resource) and key_of(resource) not in UNIQUE


every_child = every(lambda resource: resource.parent is not None)
every_resource_with_id = every(has_own_id)
every_child_with_id = every(lambda resource: resource.parent is not None and has_own_id(resource))


def each_leaf(choose: Callable[[Leaf], bool]) -> pytest.MarkDecorator:
    """Parametrize with every leaf of every resource that ``choose`` accepts, everywhere."""
    cases = [(resource, place, leaf) for resource, place in EVERYWHERE for leaf in leaves(resource) if choose(leaf)]
    return pytest.mark.parametrize(
        ("resource", "place", "leaf"),
        cases,
        ids=[f"{module_of(resource)}-{place}-{leaf.path}" for resource, place, leaf in cases],
    )


_built: dict[tuple[Any, ...], tuple[bytes, Surroundings]] = {}
"""Accounts that begin the same way, as they are built once for each emulator."""


class Scene:
    """One account with the surroundings of one resource, and the tasks about that resource."""

    def __init__(self, emulator: Emulator, resource: Resource, place: str, session: requests.Session) -> None:
        self.emulator = emulator
        self.resource = resource
        self.place = PLACES.get(place, {})
        scope = next((f"{kind}s/{value}" for kind, value in self.place.items()), "")
        self.account = Account(emulator, scope, session, "/".join(resource.collection.split("/")[:3]))
        self.things = self._surroundings()

    def _surroundings(self) -> Surroundings:
        """Build what the resource needs, once; after that, return to it."""
        usual = self.emulator.settings()
        key = (self.emulator.url, self.resource.name, self.account.root, usual)
        if key not in _built:
            self.emulator.settings(settle_reads=0)
            things = Surroundings(self.account, self.resource)
            self.emulator.settings(settle_reads=usual.settle_reads)
            self.emulator.clear_journal()
            _built[key] = self.emulator.snapshot(), things
        snapshot, things = _built[key]
        self.emulator.restore(snapshot)
        return things

    @property
    def key(self) -> str:
        """What tables call the resource."""
        return key_of(self.resource)

    # Options of tasks

    @property
    def around(self) -> dict[str, Any]:
        """Options that say where the resource lies, by names."""
        return {**self.place, **self._ancestors(PARENTS)}

    @property
    def elsewhere(self) -> dict[str, Any]:
        """The same for a parent that is not the resource's."""
        return {**self.place, **self._ancestors(STRANGERS)}

    def _ancestors(self, labels: Mapping[str, str]) -> dict[str, str]:
        return {ancestor.name: self.things.name(labels[key_of(ancestor)]) for ancestor in self.resource.ancestors}

    @property
    def parent_id(self) -> str:
        """ID of the parent of the resource."""
        assert self.resource.parent is not None
        return self.things.id(PARENTS[key_of(self.resource.parent)])

    @property
    def leading(self) -> str:
        """Dotted path of the field that identifies the resource; empty for what is the only one of its parent."""
        return self.resource.identity[0][0] if self.resource.identity else ""

    def named(self, value: Any) -> dict[str, Any]:
        """Options, or keys of a body, that give the resource this name, or what it has instead."""
        return self._alone(self.leading, value) if self.leading else {}

    def _alone(self, path: str, value: Any) -> dict[str, Any]:
        """Options with this value at a dotted path, and what it cannot be without."""
        leaf = next((leaf for leaf in leaves(self.resource) if leaf.path == path), None)
        if leaf is None:  # a handle
            return nested(path, value)
        return {leaf.top.name: placed(leaf, plain(value), everything=False).written}

    def name_of(self, values: Mapping[str, Any]) -> Any:
        """The name, or what it has instead, in options or in an object; none for the only one of its parent."""
        return read_path(values, self.leading) if self.leading else None

    def by_id(self, obj: Mapping[str, Any]) -> dict[str, Any]:
        """Options that find ``obj`` by its ID, and nothing else; an ID that the user chose is its name."""
        return (
            {**self.place, "id": obj["id"]} if has_own_id(self.resource) else {**self.around, **self.named(obj["id"])}
        )

    def renamed(self, obj: Mapping[str, Any], more: str = "more") -> dict[str, Any]:
        """The same with a name that contains the one of ``obj``; with another ID where the ID is the name."""
        name = self.name_of(obj)
        if not self.leading:
            return {}
        if isinstance(self.resource.field(self.leading), Uuid):
            return self.named(str(uuid5(NAMESPACE_URL, f"{name}-{more}")))
        if self.key in PREFIXED:
            return self.named(f"{more}-{name}")
        return self.named([*name, more] if isinstance(name, list) else f"{name}-{more}")

    def first(self, name: str) -> Value:
        """The first value of an option."""
        return pair(f"{self.key}.{name}", self.resource.field(name))[0]

    def second(self, name: str) -> Value:
        """Another value of an option."""
        return pair(f"{self.key}.{name}", self.resource.field(name))[1]

    @property
    def changing(self) -> str:
        """Dotted path of a field that can be changed: its name, or the first that can."""
        if is_renamable(self.resource) or not self.resource.updates:
            return self.leading
        fields = (field for field in self.resource.fields if field.mutable and not isinstance(field, Object))
        return next(fields).name

    def change(self, number: int = 1) -> dict[str, Any]:
        """An option that changes the resource: the second value of a field, or its first."""
        value = (self.first, self.second)[number](self.changing)
        return self._alone(self.changing, self.things.written(value.written))

    @property
    def identity(self) -> dict[str, Any]:
        """Options that find the resource, and nothing else."""
        return {**self.around, **(self.named(self.first(self.leading).written) if self.leading else {})}

    @property
    def minimal(self) -> dict[str, Any]:
        """The least that creates the resource."""
        everything = full_values(self.resource)
        needed = {field.name for field in self.resource.fields if field.on_create}
        needed |= {name for group in self.resource.one_of for name in group.fields if group.on_create}
        given = {name: value for name, value in everything.items() if name in needed - set(self.identity)}
        return {**self.identity, **self.written(given)}

    @property
    def full(self) -> dict[str, Any]:
        """Every option that goes together with the others."""
        return {**self.around, **self.written(full_values(self.resource))}

    def written(self, values: Mapping[str, Value]) -> dict[str, Any]:
        """Options of a task from values."""
        return {name: self.things.written(value.written) for name, value in values.items()}

    # What happens

    def run(self, options: Mapping[str, Any], *, check: bool = False) -> Run:
        """Run the module."""
        return run_module(self.emulator, module_of(self.resource), options, check=check)

    def info(self, options: Mapping[str, Any], *, check: bool = False) -> Run:
        """Run the module that lists."""
        return run_module(self.emulator, f"{module_of(self.resource)}_info", options, check=check)

    def object(self, run: Run) -> dict[str, Any]:
        """The resource as the task returns it."""
        assert not run.failed, run.message
        return dict(run.result[self.resource.name])

    def make(self, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Have the resource, and return it."""
        return self.object(self.run(self.minimal if options is None else options))

    def make_by_hand(self, number: int = 0, **changes: Any) -> dict[str, Any]:
        """Create a sibling of the resource without the module, by the request the module once made for it."""
        created = next(entry for entry in self.emulator.journal() if entry.method == "POST")
        differing = SIBLING_NUMBERS.get(self.key)
        body = {**created.body, **({differing: 9000 + number} if differing else {})}
        body = merged({**body, **(self.renamed(body, str(number)) if self.key in UNIQUE else {})}, changes)
        path = created.path.removeprefix(self.account.root)
        if has_own_id(self.resource):
            return self.account.call("POST", path, body)
        key = self.resource.id_key
        own_id = changes.get(key) or str(uuid5(NAMESPACE_URL, str(number)))
        if key in created.body:
            body[key] = own_id
        else:
            body.pop(key, None)
            path = "/".join([*path.split("/")[:-2], own_id, path.rpartition("/")[2]])
        return {"id": own_id, **self.account.call("POST", path, body)}

    def count(self) -> int:
        """How many resources of this kind exist beyond the surroundings."""
        return self.account.count(KINDS[self.key]) - self.things.count(self.key)


__all__ = [
    "EVERYWHERE",
    "MODULES",
    "PLACES",
    "RESOURCES",
    "Scene",
    "Use",
    "each_leaf",
    "every",
    "every_child",
    "every_child_with_id",
    "every_resource",
    "every_resource_with_id",
    "has_name",
    "has_own_id",
    "is_renamable",
    "may_share_names",
    "on",
    "places_of",
]
