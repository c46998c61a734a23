# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets of containers and triggers: in requests when they must be written, and in nothing that anybody reads."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.container import CONTAINER, NAMESPACE, TRIGGER
from ansible_collections.scw.cloud.plugins.module_utils.maps import matches
from ansible_collections.scw.cloud.plugins.module_utils.resource import Resource
from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.runner import Run
from behaviour.samples import CREATES, WRITES
from behaviour.subjects import Scene

# In no other place of the tests, so that finding one means a leak.
FIRST, SECOND = "f1rst-0f-a11-\"quoted\"-'twice'", "s3c0nd-t0-n0ne\nwith a line"
WORDS = ("f1rst-0f-a11", "s3c0nd-t0-n0ne")
ENVIRONMENT = "secret_environment_variables"
QUEUE = {"region": "fr-par", "endpoint": "https://sqs.example.com", "access_key_id": "AK", "queue_url": "https://q"}
SUBJECT = {"server_urls": ["nats://nats.example.com:4222"], "subject": "orders"}


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


PLACES = {
    "namespace": Place(NAMESPACE, ENVIRONMENT, {}, "TOKEN"),
    "container": Place(CONTAINER, ENVIRONMENT, {}, "TOKEN"),
    "sqs": Place(TRIGGER, "sqs_config", QUEUE, "secret_access_key"),
    "nats": Place(TRIGGER, "nats_config", SUBJECT, "credentials_file_content"),
}
every_secret = pytest.mark.parametrize(
    ("resource", "place", "secret"), [(place.resource, "region", place) for place in PLACES.values()], ids=list(PLACES)
)
environments = pytest.mark.parametrize(
    ("resource", "place"), [(NAMESPACE, "region"), (CONTAINER, "region")], ids=["namespace", "container"]
)
credentials = pytest.mark.parametrize(
    ("resource", "place", "secret"),
    [(TRIGGER, "region", PLACES[name]) for name in ("sqs", "nats")],
    ids=["sqs", "nats"],
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
    matches.cache_clear()
    for name in ("argon2", "argon2.exceptions", "argon2.low_level"):
        monkeypatch.setitem(sys.modules, name, None)
    yield
    matches.cache_clear()


def minimal(scene: Scene) -> dict[str, Any]:
    """The least that creates the resource, without what its triggers would follow."""
    return {name: value for name, value in scene.minimal.items() if name != "cron_config"}


def assert_kept(run: Run, logged: list[str]) -> Run:
    """Nothing that anybody reads has a secret."""
    for text in (run.output, str(run.result), *run.warnings, *logged):
        assert not any(word in text for word in WORDS)
    return run


def sent(run: Run, *path: str) -> list[Any]:
    """What the writes of a run carried at a path of their bodies."""
    found = []
    for entry in run.writes:
        value: Any = entry.body
        for step in path:
            value = (value or {}).get(step)
        found.append(value)
    return found


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
    assert changed.diff["after"][secret.option] == {secret.key: "<new secret>"}
    assert_kept(scene.info(scene.around), logged)
    for check in (True, False):
        assert_kept(scene.run({**other, "state": "absent"}, check=check), logged)
    assert any("Invoked with" in line for line in logged)


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
    assert sent(changed) == [{ENVIRONMENT: {"KEPT": "", "TOKEN": SECOND}}]
    assert changed.diff["before"] == {ENVIRONMENT: {"TOKEN": "<secret>", "GONE": "<secret>"}}
    assert changed.diff["after"] == {ENVIRONMENT: {"TOKEN": "<new secret>"}}
    after = scene.object(changed)[ENVIRONMENT]
    assert set(after) == {"KEPT", "TOKEN"}
    assert after["KEPT"] == before[ENVIRONMENT]["KEPT"]
    assert after["TOKEN"] != before[ENVIRONMENT]["TOKEN"]
    assert_quiet(scene.run(task))
    assert_quiet(scene.run(scene.identity))


@environments
def test_one_secret_is_changed_without_knowing_the_others(scene: Scene) -> None:
    before = scene.make({**minimal(scene), ENVIRONMENT: {"OTHER": "0ther", "TOKEN": FIRST}})
    task = {**scene.identity, ENVIRONMENT: {"TOKEN": SECOND}, "merge_environment_variables": True}
    changed = scene.run(task)
    assert sent(changed) == [{ENVIRONMENT: {"OTHER": "", "TOKEN": SECOND}}]
    assert changed.warnings == ()
    assert scene.object(changed)[ENVIRONMENT]["OTHER"] == before[ENVIRONMENT]["OTHER"]
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
    assert sent(cleared) == [{ENVIRONMENT: {}}]
    assert scene.object(cleared)[ENVIRONMENT] == {}


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
        assert sent(forced) == [secret.with_secret(FIRST)]
    alone = scene.run({**scene.identity, secret.option: {secret.key: SECOND}, "update_secrets": "always"})
    assert sent(alone) == [secret.with_secret(SECOND)]


@credentials
def test_another_change_of_a_trigger_leaves_its_credentials_alone(scene: Scene, secret: Place) -> None:
    task = {**minimal(scene), **secret.with_secret(FIRST)}
    scene.make(task)
    first = next(iter(secret.beside))
    other = ["nats://other.example.com:4222"] if first == "server_urls" else "nl-ams"
    changed = scene.run({**task, secret.option: {**secret.with_secret(FIRST)[secret.option], first: other}})
    assert sent(changed) == [{secret.option: {**secret.beside, first: other}}]
    assert_clear(scene.run({**task, "name": "another", secret.option: secret.beside}), secret.key)
