# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stories of every resource, generated from its description: created, changed, deleted, found, foreseen and listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from behaviour.samples import SETTLED_AT_ONCE, STATUS_KINDS
from behaviour.subjects import Scene, places_of
from faults.story import Settling, Start, Story
from naming import key_of, module_of


def _at(resource: Resource, place: str, prepare: Callable[[Scene], dict[str, Any]]) -> Start:
    return lambda emulator, session: prepare(Scene(emulator, resource, place, session))


def _change(scene: Scene) -> dict[str, Any]:
    return {**scene.by_id(scene.make(scene.full)), **scene.change()}


def _delete(scene: Scene) -> dict[str, Any]:
    scene.make(scene.full)
    return {**scene.identity, "state": "absent"}


def _find(scene: Scene) -> dict[str, Any]:
    scene.make(scene.full)
    return scene.full


def _list(scene: Scene) -> dict[str, Any]:
    scene.make(scene.full)
    return scene.around


def _settles(resource: Resource) -> tuple[Settling, ...]:
    """What a creation waits for: the resource itself, or the load balancer around it."""
    key = key_of(resource)
    waited = resource.root if resource.settles_in_parent else resource
    if waited.settle is None or key in SETTLED_AT_ONCE:
        return ()
    kind = key_of(waited)
    return (Settling(STATUS_KINDS.get(kind, kind), failed="error" if "error" in waited.settle.failed else ""),)


def _stories(resource: Resource, place: str) -> Iterator[Story]:
    module = module_of(resource)

    def story(what: str, prepare: Callable[[Scene], dict[str, Any]], **more: Any) -> Story:
        return Story(f"{module}-{what}", more.pop("module", module), _at(resource, place, prepare), **more)

    yield story("create", lambda scene: scene.full, settles=_settles(resource), often=True)
    if resource.updates:
        yield story("change", _change, often=True)
    yield story("delete", _delete)
    yield story("find", _find)
    yield story("foresee", lambda scene: scene.full, check=True)
    yield story("list", _list, module=f"{module}_info")


def _places() -> Iterator[tuple[Resource, str]]:
    """One place for each: where there are two kinds, by turns."""
    for number, resource in enumerate(RESOURCES):
        places = places_of(resource)
        yield resource, places[number % len(places)]


STORIES: tuple[Story, ...] = tuple(story for resource, place in _places() for story in _stories(resource, place))
