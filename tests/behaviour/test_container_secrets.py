# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets of containers, functions and triggers: in requests when they must be, and in nothing that anybody reads."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.container import resources as container
from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Object
from ansible_collections.scw.cloud.plugins.module_utils.description.maps import HashedPairs, Secret, verified
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.function import resources as function
from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.runner import Run, assert_invocation_is_logged
from behaviour.samples import CREATES, WRITES
from behaviour.subjects import Scene

# In no other place of the tests, so that finding one means a leak.
FIRST, SECOND = "f1rst-0f-a11-\"quoted\"-'twice'", "s3c0nd-t0-n0ne\nwith a line"
WORDS = ("f1rst-0f-a11", "s3c0nd-t0-n0ne")
ENVIRONMENT = "secret_environment_variables"
QUEUE = {"region": "fr-par", "endpoint": "https://sqs.example.com", "access_key_id": "AK", "queue_url": "https://q"}
SUBJECT = {"server_urls": ["nats://nats.example.com:4222"], "subject": "orders"}
OWN_QUEUE = {"endpoint": "https://sqs.example.com", "queue_url": "https://q", "access_key": "AK"}


@dataclass(frozen=True)
class Place:
    """Where a secret stands: the option, what stands beside the secret in it, and the key of the secret."""

    resource: Resource
    option: str
    beside: dict[str, Any]
    key: str

    def with_secret(self, secret: str) -> dict[str, Any]:
        """The option with the secret in it."""
        return {self.option: {**self.beside, self.key: secret}}

    def updated(self, secret: str) -> dict[str, Any]:
        """What an update can carry of that."""
        field = self.resource.field(self.option)
        assert isinstance(field, Object)
        given = self.with_secret(secret)[self.option]
        return {
            self.option: {part.name: given[part.name] for part in field.fields if part.mutable and part.name in given}
        }

    @property
    def can_change_otherwise(self) -> bool:
        """Whether what stands beside the secret can change."""
        parts = getattr(self.resource.field(self.option), "fields", ())
        return any(part.mutable for part in parts if part.name in self.beside and not isinstance(part, Secret))

    @property
    def hidden(self) -> set[str]:
        """The keys of the option that are secret."""
        parts = getattr(self.resource.field(self.option), "fields", ())
        return {self.key} | {part.name for part in parts if isinstance(part, Secret)}


PLACES = {
    "container-namespace": Place(container.NAMESPACE, ENVIRONMENT, {}, "TOKEN"),
    "container": Place(container.CONTAINER, ENVIRONMENT, {}, "TOKEN"),
    "container-sqs": Place(container.TRIGGER, "sqs_config", QUEUE, "secret_access_key"),
    "container-nats": Place(container.TRIGGER, "nats_config", SUBJECT, "credentials_file_content"),
    "function-namespace": Place(function.NAMESPACE, ENVIRONMENT, {}, "TOKEN"),
    "function": Place(function.FUNCTION, ENVIRONMENT, {}, "TOKEN"),
    "function-sqs": Place(function.TRIGGER, "sqs_config", OWN_QUEUE, "secret_key"),
}
OPEN = {name: place for name, place in PLACES.items() if place.option == ENVIRONMENT}
SHUT = {name: place for name, place in PLACES.items() if place.option != ENVIRONMENT}
every_secret = pytest.mark.parametrize(
    ("resource", "place", "secret"), [(place.resource, "region", place) for place in PLACES.values()], ids=list(PLACES)
)
environments = pytest.mark.parametrize(
    ("resource", "place"), [(place.resource, "region") for place in OPEN.values()], ids=list(OPEN)
)
credentials = pytest.mark.parametrize(
    ("resource", "place", "secret"),
    [(place.resource, "region", place) for place in SHUT.values()],
    ids=list(SHUT),
)
ECHOES = [
    {"kind": "status", "status": 400, "body": {"message": f"bad value {FIRST}"}, "count": None},
    {"kind": "status", "status": 409, "body": {"message": FIRST, "help_message": FIRST}, "count": None},
    {"kind": "html", "status": 502, "body": f"<html>{FIRST}</html>", "count": None},
    {"kind": "status", "status": 200, "body": {"id": "x", "message": FIRST}, "count": None},
]


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which argon2-cffi is not installed."""
    verified.cache_clear()
    for name in ("argon2", "argon2.exceptions", "argon2.low_level"):
        monkeypatch.setitem(sys.modules, name, None)
    yield
    verified.cache_clear()


def minimal(scene: Scene) -> dict[str, Any]:
    """The least that creates the resource, without what it would be one of."""
    kinds = {name for group in scene.resource.one_of for name in group.fields}
    return {name: value for name, value in scene.minimal.items() if name not in kinds}


def assert_kept(run: Run, logged: list[str]) -> Run:
    """Nothing that anybody reads has a secret."""
    for text in (run.output, str(run.result), *run.warnings, *logged):
        assert not any(word in text for word in WORDS)
    return run


def sent(run: Run, *path: str) -> list[Any]:
    """What the writes of a run carried at a path of their bodies; pairs as a map."""
    found = []
    for entry in run.writes:
        value: Any = entry.body
        for step in path:
            value = _mapped((value or {}).get(step))
        found.append(value)
    return found


def _mapped(value: Any) -> Any:
    pairs = isinstance(value, list) and all(isinstance(one, dict) for one in value)
    return {pair["key"]: pair["value"] for pair in value} if pairs else value


def carried(scene: Scene, changed: dict[str, str], kept: tuple[str, ...] = (), gone: tuple[str, ...] = ()) -> Any:
    """What an update must carry: what is kept as "", or what is gone as null."""
    pairs = isinstance(scene.resource.field(ENVIRONMENT), HashedPairs)
    return {**(dict.fromkeys(gone) if pairs else dict.fromkeys(kept, "")), **changed}


def hashes(scene: Scene, obj: dict[str, Any]) -> dict[str, str]:
    """Hashes of secrets by name."""
    return dict(scene.resource.field(ENVIRONMENT).canonical(obj[ENVIRONMENT]))


def assert_carries_only(run: Run, option: str) -> None:
    """The writes carry one option and nothing else that a task could give."""
    for entry in run.writes:
        assert set(entry.body) - {"redeploy"} == {option}


@every_secret
def test_a_secret_is_sent_and_shown_nowhere(scene: Scene, secret: Place, logged: list[str]) -> None:
    task = {**minimal(scene), **secret.with_secret(FIRST)}
    assert_predicts(assert_kept(scene.run(task, check=True), logged))
    created = assert_kept(scene.run(task), logged)
    assert_changed(created, CREATES[scene.key])
    assert sent(created, secret.option, secret.key) == [FIRST]
    assert_quiet(assert_kept(scene.run(task), logged))
    assert_quiet(assert_kept(scene.run(task, check=True), logged))
    other = {**minimal(scene), **secret.with_secret(SECOND), "update_secrets": "always"}
    predicted = assert_kept(scene.run(other, check=True), logged)
    changed = assert_kept(scene.run(other), logged)
    assert_changed(changed, *WRITES[scene.key])
    assert sent(changed, secret.option, secret.key) == [SECOND]
    assert changed.diff == predicted.diff
    assert changed.diff["after"][secret.option] == dict.fromkeys(secret.hidden, "<new secret>")
    assert_kept(scene.info(scene.around), logged)
    for check in (True, False):
        assert_kept(scene.run({**other, "state": "absent"}, check=check), logged)
    assert_invocation_is_logged(logged)


@every_secret
@pytest.mark.parametrize("fault", ECHOES, ids=lambda fault: f"{fault['kind']}-{fault['status']}")
def test_a_server_that_repeats_a_secret_does_not_give_it_away(
    scene: Scene, secret: Place, fault: dict[str, Any], logged: list[str]
) -> None:
    for method in ("GET", "POST"):
        scene.emulator.faults([{**fault, "method": method}])
        assert_kept(scene.run({**minimal(scene), **secret.with_secret(FIRST)}), logged)
    scene.emulator.faults([])
    scene.make({**minimal(scene), **secret.with_secret(SECOND)})
    scene.emulator.faults([{**fault, "method": "PATCH"}])
    failed = scene.run({**minimal(scene), **secret.with_secret(FIRST), "update_secrets": "always"})
    assert_kept(failed, logged)
    assert failed.failed is (fault["status"] != 200)


@every_secret
def test_a_refused_task_shows_no_secret(scene: Scene, secret: Place, logged: list[str]) -> None:
    wrong = [{"tgas": ["x"]}, {"wait_timeout": 0}, {"region": "mars"}, {"name": ""}, {"update_secrets": FIRST}]
    for options in wrong:
        run = assert_kept(scene.run({**minimal(scene), **secret.with_secret(FIRST), **options}), logged)
        assert run.failed
        assert run.operations == []


# Variables


@environments
def test_a_changed_secret_is_one_write_that_keeps_the_others(scene: Scene, logged: list[str]) -> None:
    before = scene.make({**minimal(scene), ENVIRONMENT: {"KEPT": "k3pt", "TOKEN": FIRST, "GONE": "g0ne"}})
    task = {**scene.identity, ENVIRONMENT: {"KEPT": "k3pt", "TOKEN": SECOND}}
    changed = assert_kept(scene.run(task), logged)
    assert_changed(changed, *WRITES[scene.key])
    assert sent(changed, ENVIRONMENT) == [carried(scene, {"TOKEN": SECOND}, kept=("KEPT",), gone=("GONE",))]
    assert_carries_only(changed, ENVIRONMENT)
    assert changed.diff["before"] == {ENVIRONMENT: {"TOKEN": "<secret>", "GONE": "<secret>"}}
    assert changed.diff["after"] == {ENVIRONMENT: {"TOKEN": "<new secret>"}}
    after, present = hashes(scene, scene.object(changed)), hashes(scene, before)
    assert set(after) == {"KEPT", "TOKEN"}
    assert after["KEPT"] == present["KEPT"]
    assert after["TOKEN"] != present["TOKEN"]
    assert_quiet(scene.run(task))
    assert_quiet(scene.run(scene.identity))


@environments
def test_one_secret_is_changed_without_knowing_the_others(scene: Scene) -> None:
    before = scene.make({**minimal(scene), ENVIRONMENT: {"OTHER": "0ther", "TOKEN": FIRST}})
    task = {**scene.identity, ENVIRONMENT: {"TOKEN": SECOND}, "merge_environment_variables": True}
    changed = scene.run(task)
    assert sent(changed, ENVIRONMENT) == [carried(scene, {"TOKEN": SECOND}, kept=("OTHER",))]
    assert_carries_only(changed, ENVIRONMENT)
    assert changed.warnings == ()
    assert hashes(scene, scene.object(changed))["OTHER"] == hashes(scene, before)["OTHER"]
    assert_quiet(scene.run(task))


@environments
def test_secrets_are_written_when_the_task_says(scene: Scene) -> None:
    created = scene.run({**minimal(scene), ENVIRONMENT: {"TOKEN": FIRST}, "update_secrets": "on_create"})
    assert sent(created, ENVIRONMENT) == [{"TOKEN": FIRST}]
    assert_quiet(scene.run({**scene.identity, ENVIRONMENT: {"OTHER": SECOND}, "update_secrets": "on_create"}))
    for _each in range(2):
        forced = scene.run({**scene.identity, ENVIRONMENT: {"TOKEN": FIRST}, "update_secrets": "always"})
        assert_changed(forced, *WRITES[scene.key])
        assert sent(forced, ENVIRONMENT) == [{"TOKEN": FIRST}]
    assert_quiet(scene.run({**scene.identity, ENVIRONMENT: {"TOKEN": FIRST}}))


@environments
def test_all_secrets_are_removed_by_an_empty_map(scene: Scene) -> None:
    scene.make({**minimal(scene), ENVIRONMENT: {"TOKEN": FIRST}})
    cleared = scene.run({**scene.identity, ENVIRONMENT: {}})
    assert sent(cleared, ENVIRONMENT) == [carried(scene, {}, gone=("TOKEN",))]
    assert_carries_only(cleared, ENVIRONMENT)
    assert hashes(scene, scene.object(cleared)) == {}


@environments
def test_without_the_library_only_a_comparison_fails(scene: Scene, without_library: None, logged: list[str]) -> None:
    task = {**minimal(scene), ENVIRONMENT: {"TOKEN": FIRST}}
    assert_changed(scene.run(task), CREATES[scene.key])
    for check in (True, False):
        refused = assert_kept(scene.run(task, check=check), logged)
        assert_refused(refused, "argon2-cffi", "pip install", "update_secrets")
    assert_changed(scene.run({**task, "update_secrets": "always"}), *WRITES[scene.key])
    assert_quiet(scene.run({**task, "update_secrets": "on_create"}))
    assert_quiet(scene.run(scene.identity))
    assert_changed(scene.run({**scene.identity, ENVIRONMENT: {}}), *WRITES[scene.key])


# Credentials of triggers, which nothing shows


@credentials
def test_credentials_are_written_with_the_trigger_or_always(scene: Scene, secret: Place) -> None:
    task = {**minimal(scene), **secret.with_secret(FIRST)}
    scene.make(task)
    assert_quiet(scene.run({**minimal(scene), **secret.with_secret(SECOND)}))
    for _each in range(2):
        forced = scene.run({**task, "update_secrets": "always"})
        assert sent(forced) == [secret.updated(FIRST)]
    alone = scene.run({**scene.identity, secret.option: {secret.key: SECOND}, "update_secrets": "always"})
    assert sent(alone) == [secret.updated(SECOND)]


@credentials
def test_a_change_of_something_else_leaves_credentials_alone(scene: Scene, secret: Place) -> None:
    task = {**minimal(scene), **secret.with_secret(FIRST)}
    scene.make(task)
    changed = scene.run({**task, secret.option: secret.with_secret(SECOND)[secret.option], "description": "x"})
    assert sent(changed) == [{"description": "x"}]
    assert_clear(scene.run({**task, "name": "another", secret.option: secret.beside}), secret.key)


@pytest.mark.parametrize(("resource", "place"), [(function.TRIGGER, "region")], ids=["function"])
def test_one_of_two_credentials_is_written_without_emptying_the_other(scene: Scene) -> None:
    scene.make({**minimal(scene), "sqs_config": {**OWN_QUEUE, "secret_key": FIRST}})
    changed = scene.run({**scene.identity, "sqs_config": {"access_key": "OTHER"}, "update_secrets": "always"})
    assert sent(changed) == [{"sqs_config": {"access_key": "OTHER"}}]


@pytest.mark.parametrize(
    ("resource", "place", "secret"),
    [(place.resource, "region", place) for place in SHUT.values() if place.can_change_otherwise],
    ids=[name for name, place in SHUT.items() if place.can_change_otherwise],
)
def test_credentials_of_a_trigger_go_with_a_change_beside_them_and_with_no_other(scene: Scene, secret: Place) -> None:
    task = {**minimal(scene), **secret.with_secret(FIRST)}
    scene.make(task)
    first = next(iter(secret.beside))
    other = ["nats://other.example.com:4222"] if first == "server_urls" else "nl-ams"
    new = {secret.option: {**secret.with_secret(SECOND)[secret.option], first: other}}
    predicted, changed = scene.run({**task, **new}, check=True), scene.run({**task, **new})
    assert sent(changed) == [new]
    assert changed.diff == predicted.diff
    assert changed.warnings == ()
    assert_quiet(scene.run({**task, **new}))
    assert sent(scene.run({**task, **new, "description": "x"})) == [{"description": "x"}]
    assert_clear(scene.run({**task, "name": "another", secret.option: secret.beside}), secret.key)
