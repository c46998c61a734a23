# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run must have been, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from argon2.exceptions import VerifyMismatchError
from argon2.low_level import Type, verify_secret

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Field
from ansible_collections.scw.cloud.plugins.module_utils.description.maps import HashedMap
from behaviour.runner import Run
from behaviour.subjects import Scene

EXTRA = "emulator_extra_field"
# Differ from read to read, or follow from any change.
RESTLESS = frozenset({"updated_at", "instances", EXTRA})


def assert_predicts(run: Run) -> None:
    """A check run that says there is something to do, and did nothing."""
    assert not run.failed, run.message
    assert run.changed
    assert run.operations == []


def assert_changed(run: Run, *operations: str) -> None:
    """A run that did exactly these writes, and had nothing to warn about."""
    assert not run.failed, run.message
    assert run.changed
    assert sorted(run.done) == sorted(operations)
    assert run.warnings == ()
    for entry in run.writes:
        assert_without_null(entry.body, str(entry.operation))


def assert_without_null(body: Any, where: str) -> None:
    """Null is a value for the API, so it is not sent for what the task does not say."""
    if isinstance(body, Mapping):
        for key, value in body.items():
            assert value is not None, f"{where}.{key}"
            assert_without_null(value, f"{where}.{key}")


def assert_quiet(run: Run, requests: int | None = None) -> None:
    """A run that found nothing to do, in at most so many requests."""
    assert not run.failed, run.message
    assert not run.changed, run.diff
    assert run.diff == {"before": {}, "after": {}}
    assert run.operations == []
    assert run.warnings == ()
    if requests is not None:
        assert [f"{entry.method} {entry.path}" for entry in run.requests][requests:] == []
        assert len(run.requests) == requests


def assert_refused(run: Run, *words: str) -> None:
    """A failure before any write, in one sentence that has these words."""
    assert run.failed
    assert not run.result.get("changed")
    assert run.operations == []
    assert_clear(run, *words)


def assert_clear(run: Run, *words: str) -> None:
    """A message a person can act on: one line, ends as a sentence, names what it is about."""
    assert run.message
    assert "\n" not in run.message
    assert "Traceback" not in run.output
    for word in words:
        assert word in run.message


def assert_shows(field: Field, shown: Any, obj: Mapping[str, Any], where: str = "") -> None:
    """The API's object shows the field with this value."""
    actual = field.value(obj)
    where = f"{where}.{field.name}" if where else field.name
    if isinstance(field, Object) and isinstance(shown, Mapping):
        assert isinstance(actual, Mapping), where
        for nested in field.fields:
            if nested.name in shown:
                assert_shows(nested, shown[nested.name], actual, where)
    elif isinstance(field, HashedMap):
        hashes = field.canonical(actual)
        assert set(hashes) == set(shown), where
        assert all(is_hash_of(text, hashes[name]) for name, text in shown.items()), where
    elif isinstance(field, ListOf) and isinstance(field.item, Object):
        assert len(actual or []) == len(shown), where
        for number, element in enumerate(shown):
            assert_shows_keys(field.item, element, actual[number], f"{where}[{number}]")
    elif isinstance(field, ListOf) and not field.ordered:
        assert sorted(actual or [], key=str) == sorted(shown, key=str), where
    elif shown is None:
        assert not actual, where
    else:
        assert actual == shown, where


def assert_shows_keys(item: Object, shown: Mapping[str, Any], actual: Mapping[str, Any], where: str) -> None:
    """The element of a list shows these values; its object fields as they are."""
    for nested in item.fields:
        if nested.name in shown:
            assert_shows(nested, shown[nested.name], actual, where)


def is_hash_of(text: str, hashed: str) -> bool:
    """Whether an argon2id hash is one of this text."""
    try:
        return verify_secret(hashed.encode(), text.encode(), Type.ID)
    except VerifyMismatchError:
        return False


def assert_shows_all(scene: Scene, values: Mapping[str, Any], obj: Mapping[str, Any]) -> None:
    """The API's object shows every one of these values."""
    for name, value in values.items():
        assert_shows(scene.resource.field(name), scene.things.shown(value.shown), obj)


def lasting(obj: Any) -> Any:
    """``obj`` without what differs from read to read, at every depth."""
    if isinstance(obj, Mapping):
        return {key: lasting(value) for key, value in obj.items() if key not in RESTLESS}
    return [lasting(value) for value in obj] if isinstance(obj, list) else obj


def without(obj: Any, path: str) -> Any:
    """``obj`` without what lies at a dotted path."""
    head, _dot, rest = path.partition(".")
    if not isinstance(obj, Mapping):
        return obj
    if not rest:
        return {key: value for key, value in obj.items() if key != head}
    return {key: without(value, rest) if key == head else value for key, value in obj.items()}


def keys_shown(obj: Mapping[str, Any]) -> set[str]:
    """Keys of the API's object, without the one that only the emulator adds."""
    return set(obj) - {EXTRA}
