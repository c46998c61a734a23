# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells a story to the modules, remembers what is wanted by now, and holds every task to what must be true of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.values import read_path
from behaviour.expectations import assert_clear, assert_quiet
from behaviour.runner import Run, run_module
from properties.beginning import Beginning
from properties.lasting import LEAVING, lasting
from properties.parts import IdOf, NameOf, Part, Product, mentioned
from properties.steps import Conditions, Foresee, Remove, Rename, Step, Strike, Want

WHOLE = frozenset({"environment_variables", "secret_environment_variables", "scaling_option", "args", "scaleway_s3"})
"""Options that mean exactly what they say; of other objects, what is not said is left alone."""


class NotThere(Exception):
    """A part has no ID, because it does not exist."""


@dataclass(frozen=True)
class Told:
    """A task as the test knows it: the module and its options without stand-ins."""

    module: str
    options: Mapping[str, Any]


class Teller:
    """One story, which is about one product."""

    def __init__(self, beginning: Beginning, product: Product, conditions: Conditions) -> None:
        self._beginning = beginning
        self._emulator = beginning.emulator
        self._product = product
        self._names = {part.name: part.name for part in product.parts}
        self._wanted: dict[str, dict[str, Any]] = {}
        self._removed: set[str] = set()
        self._doubtful: set[str] = set()
        self._begin(conditions)

    def _begin(self, conditions: Conditions) -> None:
        self._beginning.restore(conditions)

    # Steps

    def tell(self, step: Step) -> None:
        """Let one step happen."""
        part = self._product.part(step.part)
        if isinstance(step, Want):
            self._want(part, step.values, step.strikes)
        elif isinstance(step, Foresee):
            self._foresee(part, step.values, step.strikes)
        elif isinstance(step, Remove):
            self._remove(part, step.strikes)
        elif isinstance(step, Rename):
            self._rename(part, step.strikes)

    def _want(self, part: Part, values: Mapping[str, Any], strikes: Sequence[Strike]) -> None:
        """A play that has what the part needs, as far as it may be missing, and then the part."""
        options = self._merged(part, values)
        self._wanted[part.name] = options
        self._removed.discard(part.name)
        play = [needed for needed in self._needs(part) if needed.name in self._doubtful or needed == part]
        for needed in play:
            self._wanted.setdefault(needed.name, dict(needed.creation))
            self._removed.discard(needed.name)
        self._doubtful |= {needed.name for needed in play}
        self._strike(strikes)
        for needed in play:
            if not self._have(needed, faulty=bool(strikes)):
                break
        self._strike(())

    def _needs(self, part: Part) -> list[Part]:
        """The part with all that it is inside of or refers to, in the order of needs; unknown ones are in doubt."""
        found = {part.name}
        while True:
            options = [self._wanted.get(name, self._product.part(name).creation) for name in found]
            more = set().union(*map(mentioned, options))
            more |= {around.name for name in found for around in self._product.around(self._product.part(name))}
            if more <= found:
                break
            found |= more
        self._doubtful |= found - set(self._wanted)
        return [one for one in self._product.parts if one.name in found]

    def _foresee(self, part: Part, values: Mapping[str, Any], strikes: Sequence[Strike]) -> None:
        try:
            task = self._task(part, self._merged(part, values))
        except NotThere:
            return
        self._strike(strikes)
        run = self._run(task, check=True)
        self._strike(())
        assert run.operations == [], "check mode has written"
        if run.failed:
            assert_clear(run)

    def _remove(self, part: Part, strikes: Sequence[Strike]) -> None:
        """A play that deletes what refers to the part, and then the part; whoever sees it fail runs it again."""
        goes = [one for one in reversed(self._product.parts) if one.name in self._users(part) or one == part]
        gone = {one.name for one in goes}
        along = {one.name for one in self._product.parts if any(it.name in gone for it in self._product.around(one))}
        self._strike(strikes)
        succeeded = all(self._have_not(one, faulty=bool(strikes)) for one in goes)
        self._strike(())
        if not succeeded:
            assert all(self._have_not(one, faulty=False) for one in goes)
        for name in gone | along:
            self._wanted.pop(name, None)
            self._doubtful.discard(name)
            self._names[name] = name
        self._removed = (self._removed | gone) - along

    def _users(self, part: Part) -> set[str]:
        """Names of the parts that refer to this one, or to one that does, but do not go with it."""
        using: set[str] = set()
        while True:
            found = {
                name
                for name, options in self._wanted.items()
                if mentioned(options) & (using | {part.name})
                and all(around != part for around in self._product.around(self._product.part(name)))
            }
            if found <= using:
                return using
            using |= found

    def _rename(self, part: Part, strikes: Sequence[Strike]) -> None:
        found = self._found(part)
        if len(found) != 1 or part.name not in self._wanted:
            return
        old = self._names[part.name]
        self._names[part.name] = f"{part.name}-b" if old == part.name else part.name
        task = Told(part.module, {**self._product.place, "id": found[0]["id"], "name": self._names[part.name]})
        self._strike(strikes)
        run = self._checked(task, faulty=bool(strikes))
        self._strike(())
        if run.failed:
            assert not self._checked(task, faulty=False).failed
        self._assert_single()

    # Tasks

    def _have(self, part: Part, *, faulty: bool) -> bool:
        """Run the task that has a part exist as it is wanted; whether it succeeded."""
        run = self._checked(self._task(part, self._wanted[part.name]), faulty=faulty)
        self._assert_single()
        if not run.failed:
            self._doubtful.discard(part.name)
        return not run.failed

    def _have_not(self, part: Part, *, faulty: bool) -> bool:
        task = self._task(part, {**part.removal, "state": "absent"})
        return not self._checked(task, faulty=faulty).failed

    def _task(self, part: Part, options: Mapping[str, Any]) -> Told:
        return Told(part.module, self._resolved({**self._product.place, **part.identity, **options}))

    def _checked(self, task: Told, *, faulty: bool) -> Run:
        """Run a task; what it says of itself must be true."""
        before = lasting(self._emulator.state())
        run = self._run(task)
        after = lasting(self._emulator.state())
        if run.failed:
            assert faulty, run.message
            assert_clear(run)
        if not run.result.get("changed"):
            assert after == before, "a task has changed something and does not say so"
        elif not run.failed:
            assert after != before, "a task says that it has changed something, and has not"
        return run

    def _run(self, task: Told, *, check: bool = False) -> Run:
        return run_module(self._emulator, task.module, task.options, check=check)

    def _strike(self, strikes: Iterable[Strike]) -> None:
        self._emulator.faults([strike.rule for strike in strikes])

    def _merged(self, part: Part, values: Mapping[str, Any]) -> dict[str, Any]:
        """What is wanted of a part, when these values are wanted as well."""
        before = self._wanted.get(part.name, dict(part.creation))
        if any(name in part.either for name in values):
            before = {name: value for name, value in before.items() if name not in part.either}
        return merged(before, values)

    def _resolved(self, value: Any) -> Any:
        """Options without stand-ins."""
        if isinstance(value, NameOf):
            return self._names[value.part]
        if isinstance(value, IdOf):
            found = self._found(self._product.part(value.part))
            if not found:
                raise NotThere(value.part)
            return found[0]["id"]
        if isinstance(value, Mapping):
            return {key: self._resolved(nested) for key, nested in value.items()}
        return [self._resolved(nested) for nested in value] if isinstance(value, (list, tuple)) else value

    # What is there

    def _found(self, part: Part) -> list[dict[str, Any]]:
        """The objects that are this part; more than one is too many."""
        kind, _dot, key = part.kind.partition(".")
        objects = self._emulator.state()[kind]
        if key:
            return [{"id": own_id} for one in objects for own_id in one[key]]
        shows = self._resolved(part.shows)
        return [
            one
            for one in objects
            if one.get("status") not in LEAVING and all(read_path(one, path) == value for path, value in shows.items())
        ]

    def _assert_single(self) -> None:
        for part in self._product.parts:
            assert len(self._found(part)) <= 1, f"{part.name} exists more than once"

    # The end

    def assert_ends_well(self) -> None:
        """Each wanted task runs once more and succeeds, and then has nothing to do; nothing else is there."""
        for part in self._wanted_parts():
            assert self._have(part, faulty=False)
        for part in self._removed_parts():
            assert self._have_not(part, faulty=False)
        for part in self._wanted_parts():
            assert_quiet(self._run(self._task(part, self._wanted[part.name])))
        for part in self._removed_parts():
            assert_quiet(self._run(self._task(part, {**part.removal, "state": "absent"})))
        held = lasting(self._emulator.state())
        assert held == self._straight()

    def _wanted_parts(self) -> list[Part]:
        return [part for part in self._product.parts if part.name in self._wanted]

    def _removed_parts(self) -> list[Part]:
        return [part for part in reversed(self._product.parts) if part.name in self._removed]

    def _straight(self) -> dict[str, list[dict[str, Any]]]:
        """What the account holds if nothing but the last wishes ever happens in it."""
        self._begin(Conditions())
        for part in self._wanted_parts():
            run = self._run(self._task(part, self._wanted[part.name]))
            assert not run.failed, run.message
        return lasting(self._emulator.state())


def merged(before: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Options with others added; objects at any depth, but for those that mean exactly what they say."""
    both = dict(before)
    for name, value in values.items():
        present = both.get(name)
        nested = isinstance(present, Mapping) and isinstance(value, Mapping) and name not in WHOLE
        both[name] = merged(present, value) if nested else value  # type: ignore[arg-type]
    return both
