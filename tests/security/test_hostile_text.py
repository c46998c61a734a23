# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts of an attacker, as options and in answers: sent and shown as they are, or refused in a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Str
from ansible_collections.scw.cloud.plugins.module_utils.description.maps import HashedMap, MapOf
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN
from behaviour.account import BACKEND_BODY, PROJECT_ID, Account
from behaviour.runner import Run, Way, run_module, way
from behaviour.subjects import Scene, has_own_id, places_of
from emulator.testing import Emulator
from naming import module_of
from security.bounded import bounded
from security.hostile import EVALUATED, HOSTILE
from security.servers import Between, changing_json

LONGEST_MESSAGE = 1_000


@pytest.fixture(autouse=True)
def nothing_is_evaluated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    yield
    assert not (tmp_path / EVALUATED).exists()


def free_texts(resource: Resource) -> dict[str, Any]:
    """Options that hold any text, with what turns a text into a value of theirs."""
    found: dict[str, Any] = {}
    for field in resource.fields:
        if isinstance(field, Str) and not field.hidden and field.name in ("name", "description"):
            found[field.name] = str
        elif isinstance(field, ListOf) and field.name == "tags":
            found[field.name] = lambda text: [text]
        elif isinstance(field, MapOf) and not isinstance(field, HashedMap):
            found[field.name] = lambda text: {"KEY": text}
    return found


def some(seed: str, share: int) -> dict[str, str]:
    """One of so many of the texts, which are others for another seed; together all of them."""
    first = crc32(seed.encode()) % share
    return dict(list(HOSTILE.items())[first::share])


WITH_TEXTS = [resource for resource in RESOURCES if free_texts(resource)]


def assert_told(run: Run) -> None:
    assert len(run.message) < LONGEST_MESSAGE
    assert not set(run.message) & set("\x1b\x9b\x07\0\r\b\u202e\u2066")


@pytest.mark.parametrize("resource", WITH_TEXTS, ids=module_of)
def test_a_text_is_sent_as_it_is_or_refused(emulator: Emulator, session: requests.Session, resource: Resource) -> None:
    scene = Scene(emulator, resource, places_of(resource)[-1], session)
    emulator.settings(settle_reads=0)
    snapshot, sent = emulator.snapshot(), 0
    for option, value in free_texts(resource).items():
        for name, text in some(f"{module_of(resource)}.{option}", 4).items():
            emulator.restore(snapshot)
            way.set(list(Way)[crc32(f"{option} {name}".encode()) % 2])
            with bounded(10):
                run = scene.run({**scene.minimal, option: value(text)})
            if run.failed:
                assert_told(run)
                continue
            sent += 1
            (created,) = [entry for entry in run.writes if entry.method == "POST"]
            assert created.body[option] == value(text), (option, name)
            assert json.loads(json.dumps(run.result[resource.name]))[option] == value(text), (option, name)
            again = scene.run({**scene.minimal, option: value(text)})
            assert (again.failed, again.result["changed"]) == (False, False), (option, name, again.message)
            assert again.writes == ()
    assert sent > 0


def test_these_are_the_resources_with_free_texts() -> None:
    assert {module_of(resource) for resource in WITH_TEXTS} >= {"scw_lb", "scw_lb_acl", "scw_container", "scw_function"}
    assert "environment_variables" in {option for resource in WITH_TEXTS for option in free_texts(resource)}


@pytest.mark.parametrize("text", ["\ud800", "a\udcffb"])
@pytest.mark.parametrize("option", ["name", "description", "tags"])
def test_what_is_no_text_is_refused_by_name(emulator: Emulator, option: str, text: str) -> None:
    token = way.set(Way.CONTROLLER)  # a module of newer versions of Ansible does not even get it
    run = run_module(emulator, "scw_lb", {"name": "x", "type": "lb-s", option: [text] if option == "tags" else text})
    way.reset(token)
    assert run.failed
    assert option in run.message
    assert emulator.journal() == []


# In answers


def everywhere(value: Any, text: str, key: str = "") -> Any:
    """An answer in which every text that a person chose is this one."""
    if isinstance(value, dict):
        return {name: everywhere(inner, text, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [everywhere(inner, text, key) for inner in value]
    chosen = ("name", "description", "tags", "error_message", "message", "reverse", "title", "hostname", "image")
    return text if isinstance(value, str) and key in chosen else value


@pytest.mark.parametrize("resource", RESOURCES, ids=module_of)
def test_texts_of_somebody_else_do_no_harm(
    emulator: Emulator, session: requests.Session, monkeypatch: pytest.MonkeyPatch, resource: Resource
) -> None:
    scene = Scene(emulator, resource, places_of(resource)[0], session)
    emulator.settings(settle_reads=0)
    made = scene.make(scene.full)
    snapshot = emulator.snapshot()
    parents = {} if resource.parent is None else {resource.parent.name: scene.parent_id}
    named = scene.by_id(made) if has_own_id(resource) else {**scene.identity, **parents}
    with Between(emulator.url) as between:
        monkeypatch.setenv("SCW_API_URL", between.url)
        for number, (name, text) in enumerate(some(module_of(resource), 3).items()):
            way.set(list(Way)[number % 2])
            between.change = changing_json(partial(everywhere, text=text))
            with bounded(10):
                runs = [
                    scene.info({**scene.place, **parents}),
                    scene.run(named),
                    scene.run({**named, **scene.change()}, check=True),
                    scene.run({**named, "state": "absent"}),
                ]
            emulator.restore(snapshot)
            for run in runs:
                assert len(run.message) < LONGEST_MESSAGE or len(text) > 1000, name
                assert not set(run.message) & set("\x1b\x9b\x07\0\r\b\u202e\u2066"), name


@pytest.mark.parametrize("chosen", Way)
def test_a_reason_of_the_api_cannot_write_to_the_terminal(emulator: Emulator, chosen: Way) -> None:
    token = way.set(chosen)
    for text in HOSTILE.values():
        body = {
            "message": text[:5000],
            "details": [{"argument_name": text[:5000], "reason": text[:5000]}],
            "type": text[:99],
        }
        emulator.faults([{"kind": "status", "status": 400, "body": body, "count": None}])
        run = run_module(emulator, "scw_lb", {"name": "x", "type": "lb-s"})
        assert run.failed
        assert not set(run.message) & set("\x1b\x9b\x07\0\r\b\u202e\u2066")
    way.reset(token)


# Much


MANY = 10_000
SERVERS = [f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}" for number in range(MANY)]
LONG: Mapping[str, tuple[str, list[Any]]] = {
    "scw_lb": ("tags", [f"tag-{number}" for number in range(MANY)]),
    "scw_lb_backend": ("server_ip", SERVERS),
    "scw_lb_backend_server": ("server_ip", SERVERS),
}
TASKS: Mapping[str, Mapping[str, Any]] = {
    "scw_lb": {"name": "many", "type": "lb-s", "assign_flexible_ip": False},
    "scw_lb_backend": {"lb": "outer", "name": "many", "forward_protocol": "http", "forward_port": 80},
    "scw_lb_backend_server": {"lb": "outer", "backend": "backend-a"},
}


@pytest.fixture
def balancer(emulator: Emulator, session: requests.Session) -> Emulator:
    """An account with a load balancer in the default zone."""
    account = Account(emulator, "zones/fr-par-1", session)
    emulator.settings(settle_reads=0)
    lb = account.post("/lbs", name="outer", type="LB-S", project_id=PROJECT_ID, assign_flexible_ip=False)
    backend = account.post(f"/lbs/{lb['id']}/backends", **{**BACKEND_BODY, "name": "backend-a"})
    account.post(f"/lbs/{lb['id']}/frontends", name="frontend-a", inbound_port=80, backend_id=backend["id"])
    emulator.clear_journal()
    return emulator


@pytest.mark.parametrize("module", LONG)
def test_a_list_may_be_long(balancer: Emulator, module: str) -> None:
    option, elements = LONG[module]
    with bounded(10):
        first = run_module(balancer, module, {**TASKS[module], option: elements})
        again = run_module(
            balancer, module, {**TASKS[module], option: elements[::-1] if option == "tags" else elements}
        )
    assert not first.failed, first.message
    assert [entry.body[option] for entry in first.writes] == [elements]
    assert not again.changed
    assert again.writes == ()


def test_a_frontend_may_have_many_acls(balancer: Emulator) -> None:
    rule = {"action": {"type": "deny"}}
    acls = [{"name": f"acl-{number}", "match": {"ip_subnet": [SERVERS[number]]}, **rule} for number in range(300)]
    with bounded(20):
        runs = [
            run_module(balancer, "scw_lb_acls", {"lb": "outer", "frontend": "frontend-a", "acls": acls})
            for _run in range(2)
        ]
    assert [run.message for run in runs if run.failed] == []
    assert [len(run.writes) for run in runs] == [1, 0]
    assert len(balancer.state()["acls"]) == 300


def deep(levels: int) -> dict[str, Any]:
    """An object as deep as that."""
    value: dict[str, Any] = {}
    for _level in range(levels):
        value = {"x": value}
    return value


@pytest.mark.parametrize("levels", [120, 1_000, 50_000])
def test_options_that_are_nested_without_sense_are_refused(
    emulator: Emulator, session: requests.Session, levels: int
) -> None:
    resource = next(one for one in RESOURCES if module_of(one) == "scw_function_cron")
    scene = Scene(emulator, resource, "region", session)
    token = way.set(Way.CONTROLLER)  # which every task passes first
    with bounded():
        run = scene.run({**scene.minimal, "args": deep(levels)})
        fine = scene.run({**scene.minimal, "args": deep(80)})
    way.reset(token)
    assert run.failed
    assert "nested more than 100 levels" in run.message
    assert not fine.failed, fine.message
    assert run.writes == ()


@pytest.mark.parametrize("number", [2**63, 2**64, -(2**70), 10**400])
@pytest.mark.parametrize("option", ["inbound_port", "connection_rate_limit"])
def test_a_number_that_nothing_takes_is_refused_by_name(emulator: Emulator, option: str, number: int) -> None:
    options = {"lb": "web", "name": "http", "backend": "app", "inbound_port": 80, option: number}
    run = run_module(emulator, "scw_lb_frontend", options)
    assert run.failed
    assert option in run.message
    assert emulator.writes() == []
    assert UNKNOWN not in run.message
