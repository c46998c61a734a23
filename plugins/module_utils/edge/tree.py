# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole pipeline in one task: its stages by kind, linked in the order in which requests pass them.

Stages that a task gives together are linked with each other: what it gives is the way of a request. A stage behind
which it gives nothing keeps the link that it has. So does one that leads to a stage that the task does not give:
nothing that is there, such as a firewall, is passed by without being told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import held_ids, references
from ansible_collections.scw.cloud.plugins.module_utils.description.links import ONLY, Link
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.description.tree import Branch, Layout, Place, Tree
from ansible_collections.scw.cloud.plugins.module_utils.edge.backends import BACKEND_STAGE, ORIGINS
from ansible_collections.scw.cloud.plugins.module_utils.edge.resources import PIPELINE
from ansible_collections.scw.cloud.plugins.module_utils.edge.stages import (
    CACHE_STAGE,
    DNS_STAGE,
    HEAD_STAGE,
    LINKS,
    ROUTE_STAGE,
    STAGES,
    TLS_STAGE,
    WAF_STAGE,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass
from ansible_collections.scw.cloud.plugins.module_utils.values import given, is_id

ONE_EACH = {"dns": DNS_STAGE, "tls": TLS_STAGE, "cache": CACHE_STAGE, "route": ROUTE_STAGE, "waf": WAF_STAGE}
"""Stages of which a task gives one, by its option, in the order in which requests pass them."""

ORDER = (*ONE_EACH, "backend")
_Step = tuple[str, str]
"""A stage on the way of a request: its kind and ID."""

NEXT = "next"
"""Among the options of a stage: the link that follows from what the task gives."""


@dataclass(frozen=True)
class _Next:
    """The link to a stage of this ``kind``, which the task gives next.

    ``given``: all kinds that it gives. ``is_told``: whether it says itself where that next stage leads. ``exact``:
    whether there will be nothing but what it gives.
    """

    kind: str
    link: Values
    given: frozenset[str]
    is_told: bool
    exact: bool


def _arranged(places: list[Place], _others: list[Values] | None) -> list[Values]:
    """The options with the links that follow from what the task gives, as far as nothing is passed by."""
    return [_with_next(dict(place.options), place) for place in places]


def _with_next(options: Values, place: Place) -> Values:
    following = options.pop(NEXT, None)
    if not isinstance(following, _Next):
        return options
    present = next((kind for kind in ORDER if place.current and kind in LINKS and LINKS[kind].value(place.current)), "")
    if following.exact or not present or present in following.given:
        return {**options, **following.link}
    if ORDER.index(following.kind) > ORDER.index(present):
        return options
    if not following.is_told:
        raise InvalidOption(
            place.where.rstrip("."),
            f"leads to a {present} stage now, which the task does not give. To put {following.kind} between them, "
            f"give {present} too; {{}} is enough.",
        )
    return {**options, **following.link}


def _check_way(
    params: Mapping[str, Any], ids: Mapping[str, list[str]], there: Callable[[Resource], list[Values]]
) -> None:
    """Refuse stages that would not lead to each other, because what is between them leads elsewhere."""
    stages = given(params.get("stages") or {})
    kinds = [kind for kind in ONE_EACH if kind in stages]
    if len(ids.get(BACKEND_STAGE.plural, ())) == 1:
        kinds.append("backend")
    for kind, following in pairwise(kinds):
        says_where = any(f"{other}_stage" in given(stages[kind]) for other in ORDER)
        own, target = (f"{ids[STAGES[one].plural][0]}" for one in (kind, following))
        if not says_where and not _leads_to((following, target), (kind, own), there):
            present = next(iter(_links((kind, own), there)), (following, ""))[0]
            raise InvalidOption(
                f"stages.{kind}",
                f"leads to a {present} stage, which the task does not give, and from there no request reaches the "
                f"{following} stage that it gives next. Give {present} too, {{}} is enough; or say in {kind} where "
                "it leads.",
            )


def _leads_to(target: _Step, start: _Step, there: Callable[[Resource], list[Values]]) -> bool:
    """Whether a request can get from one stage to another."""
    seen, left = {start}, [start]
    while left:
        found = [step for step in _links(left.pop(0), there) if step not in seen]
        if target in found:
            return True
        seen.update(found)
        left += found
    return False


def _links(step: _Step, there: Callable[[Resource], list[Values]]) -> list[_Step]:
    """The stages to which one leads, its rules included."""
    kind, own_id = step
    stage = STAGES[kind]
    following = [other for other in LINKS if references(stage, STAGES[other])]
    obj: Values = next((one for one in there(stage) if one["id"] == own_id), {}) if following else {}
    return [(other, held) for other in following for held in held_ids(stage, STAGES[other], obj)]


def _options(inline: Mapping[str, Any]) -> dict[str, Any]:
    """The option ``stages``, made of lists of stages."""
    stages: dict[str, Any] = {}
    for kind, resource in ONE_EACH.items():
        rules = {key: rule for key, rule in inline[resource.plural].items() if key != "elements"}
        stages[kind] = {**rules, "type": "dict"}
    backends = inline[BACKEND_STAGE.plural]
    stages["backends"] = {**backends, "options": {"name": {"type": "str"}, **backends["options"]}}
    return {"stages": {"type": "dict", "options": stages}}


def _lists(params: Mapping[str, Any]) -> dict[str, Any]:
    """The stages of each kind, with their links. With ``purge``, there are none of the kinds that are not given."""
    if params.get("stages") is None:
        return {}
    return _Stages(given(params["stages"]), exact=bool(params.get("purge"))).lists()


def _shown(found: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of each kind, as the task gives it: in ``stages``. The head, which no task gives, is beside it."""
    stages = {kind: _alone(found[stage.plural]) for kind, stage in ONE_EACH.items() if found.get(stage.plural)}
    if BACKEND_STAGE.plural in found:
        stages["backends"] = found[BACKEND_STAGE.plural]
    heads = found.get(HEAD_STAGE.plural)
    return {**({"stages": stages} if stages else {}), **({HEAD_STAGE.name: _alone(heads)} if heads else {})}


def _alone(found: Any) -> Any:
    """The only one of a list, or of what stands under names; all if there are more."""
    every = list(found.values()) if isinstance(found, Mapping) else found
    return every[0] if len(every) == 1 else found


class _Stages:
    """What a task gives as ``stages``."""

    def __init__(self, stages: Mapping[str, Any], *, exact: bool) -> None:
        self.given = stages
        self.exact = exact
        self.backends: list[Values] = [given(backend) for backend in stages.get("backends", ())]
        self.names: dict[str, Any] = {}
        for index, backend in enumerate(self.backends):
            name = backend.pop("name", None)
            if name in self.names or (name is not None and (is_id(name) or name == ONLY)):
                raise InvalidOption(
                    f"stages.backends[{index}].name", f"{name!r} is taken already. Choose another name."
                )
            if name is not None:
                self.names[name] = _identity(backend)

    def lists(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for kind, resource in ONE_EACH.items():
            if kind in self.given:
                found[resource.plural] = [self._linked(kind)]
        if "backends" in self.given:
            found[BACKEND_STAGE.plural] = self.backends
        if "dns" in self.given:
            found[HEAD_STAGE.plural] = [{"dns_stage": self._stage("dns")}]
        everything: Values = {branch.option: [] for branch in PIPELINE_TREE.branches} if self.exact else {}
        return {**everything, **found}

    def _linked(self, kind: str) -> Values:
        """One stage with its link to the next, and for a route those of its rules."""
        where = f"stages.{kind}"
        stage = self._resolved(given(self.given[kind]), where)
        links = [field for field in ONE_EACH[kind].fields if isinstance(field, Link)]
        if not any(link.name in stage for link in links):
            following = self._next(kind, [link.name.removesuffix("_stage") for link in links], where)
            stage.update({NEXT: following} if following else {})
        if kind == "route" and "route_rules" in stage:
            stage["route_rules"] = [
                self._resolved(given(rule), f"{where}.route_rules[{index}]")
                for index, rule in enumerate(stage["route_rules"])
            ]
        return stage

    def _next(self, kind: str, may_follow: list[str], where: str) -> _Next | None:
        """The link to what the task gives behind a stage of this kind; None if it gives nothing."""
        behind = list(ONE_EACH)[list(ONE_EACH).index(kind) + 1 :]
        following = next((other for other in behind if other in self.given), None)
        if following:
            if following not in may_follow:
                between = " or ".join(other for other in may_follow if other != "backend")
                raise InvalidOption(where, f"cannot lead to {following}: the API wants {between} between them.")
            is_told = any(f"{other}_stage" in given(self.given[following]) for other in ORDER)
            return self._led(following, self._stage(following), is_told=is_told)
        if not self.backends:
            return None
        if len(self.backends) > 1:
            raise InvalidOption(f"{where}.backend_stage", "is needed: say which of the backends is meant, by its name.")
        return self._led("backend", _identity(self.backends[0]), is_told=True)

    def _led(self, kind: str, target: Any, *, is_told: bool) -> _Next:
        known = frozenset({*self.given, *(["backend"] if self.backends else [])})
        return _Next(kind, {f"{kind}_stage": target}, known, is_told, self.exact)

    def _stage(self, kind: str) -> str:
        """What another stage refers to a stage of this kind by: its ID if the task gives it."""
        return given(self.given[kind]).get("id") or ONLY

    def _resolved(self, stage: Values, where: str) -> Values:
        """The same with the names of backends replaced by what identifies them."""
        name = stage.get("backend_stage")
        if not name or name == ONLY or is_id(str(name)):
            return stage
        if name not in self.names:
            known = ", ".join(map(repr, self.names)) or "none has a name"
            raise InvalidOption(f"{where}.backend_stage", f"no backend of stages.backends is called {name!r}: {known}.")
        return {**stage, "backend_stage": self.names[name]}


def _identity(backend: Mapping[str, Any]) -> Any:
    """What another stage refers to a backend by: its ID, or its origin."""
    return backend.get("id") or {name: backend[name] for name in ORIGINS if name in backend}


PIPELINE_TREE = Tree(
    PIPELINE,
    branches=(
        Branch(BACKEND_STAGE, where="stages.backends[{}]"),
        *(Branch(stage, where=f"stages.{kind}", arrange=_arranged) for kind, stage in reversed(ONE_EACH.items())),
        Branch(HEAD_STAGE, where="stages.dns"),
    ),
    layout=Layout(options=_options, lists=_lists, shown=_shown),
    goes_last=True,
    review=_check_way,
)
