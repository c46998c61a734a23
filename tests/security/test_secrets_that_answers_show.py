# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that stand in answers of the API: no task shows them, not even one that was not told what they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.container import resources as container
from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Object
from ansible_collections.scw.cloud.plugins.module_utils.description.maps import Secret
from ansible_collections.scw.cloud.plugins.module_utils.function import resources as function
from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from behaviour.function_code import Workshop
from behaviour.runner import Run, Way, way
from behaviour.subjects import Scene
from emulator.testing import Emulator
from security.servers import Between, Change, Reply, changing_json
from security.spelled import leaks, secret_text, word

SIGNATURE = "5ignature" + 40 * "0f"
TRIGGERS = {
    "container-sqs": (
        container.TRIGGER,
        "sqs_config",
        {"region": "fr-par", "access_key_id": "AK", "queue_url": "https://q"},
    ),
    "container-nats": (
        container.TRIGGER,
        "nats_config",
        {"server_urls": ["nats://n.example.com:4222"], "subject": "x"},
    ),
    "function-sqs": (function.TRIGGER, "sqs_config", {"queue_url": "https://q"}),
}
ENDPOINT = {"endpoint": "https://sqs.example.com"}


def secrets_of(resource: Any, option: str) -> list[str]:
    """The secret options in one."""
    field = resource.field(option)
    assert isinstance(field, Object)
    return [part.name for part in field.fields if isinstance(part, Secret)]


def test_these_are_all_options_that_are_secrets_of_objects() -> None:
    found = {
        (resource.collection, field.name)
        for resource in RESOURCES
        for field in resource.fields
        if isinstance(field, Object) and any(isinstance(part, Secret) for part in field.fields)
    }
    assert found == {(resource.collection, option) for resource, option, _beside in TRIGGERS.values()}


def showing(option: str, names: list[str], shown: list[Any]) -> Change:
    """An API that shows the credentials of every trigger; ``shown`` notes each time."""

    def shows(body: Any) -> Any:
        for one in [body, *body.get("triggers", [])]:
            if one.get(option):
                one[option] |= {name: secret_text(number) for number, name in enumerate(names)}
                shown.append(one)
        return body

    return changing_json(shows)


def runs_about(scene: Scene, task: dict[str, Any], given: dict[str, Any]) -> list[Run]:
    """What can be done with a trigger without knowing its credentials, and another one beside it."""
    return [
        scene.info(scene.around),
        scene.run(scene.identity),
        *(scene.run({**scene.identity, "description": "x"}, check=check) for check in (True, False)),
        scene.run({**scene.identity, "description": "y", "wait": False}),
        *(scene.run({**scene.identity, "state": "absent"}, check=check) for check in (True, False)),
        scene.run({**task, "name": "other", **given, "wait": False}),
    ]


@pytest.mark.parametrize("chosen", Way)
@pytest.mark.parametrize("trigger", TRIGGERS.values(), ids=TRIGGERS)
def test_a_credential_that_the_api_shows_is_in_no_result(
    emulator: Emulator, session: requests.Session, between: Between, trigger: Any, chosen: Way, logged: list[str]
) -> None:
    resource, option, beside = trigger
    names = secrets_of(resource, option)
    token = way.set(chosen)
    scene = Scene(emulator, resource, "region", session)
    kinds = {name for group in resource.one_of for name in group.fields}
    task = {name: value for name, value in scene.minimal.items() if name not in kinds}
    own = {name: secret_text(10 + number) for number, name in enumerate(names)}
    given = {option: {**(ENDPOINT if option == "sqs_config" else {}), **beside, **own}}
    scene.make({**task, **given})
    shown: list[Any] = []
    between.change = showing(option, names, shown)
    runs = runs_about(scene, task, given)
    way.reset(token)
    assert [run.message for run in runs if run.failed] == []
    assert len(shown) > len(runs)
    texts = {str(number): "\n".join([run.output, *run.warnings]) for number, run in enumerate(runs)}
    assert leaks([secret_text(number) for number in range(2)], {**texts, "log": "\n".join(logged)}) == []
    sent = [json.dumps(entry.body) for run in runs for entry in run.writes]
    assert not any(word(0) in body for body in sent)


def cut(content: bytes) -> bytes:
    return content[:-1]


def wrapped(content: bytes) -> bytes:
    return b"<pre>" + content


def listed(content: bytes) -> bytes:
    return b"[" + content + b"]"


@pytest.mark.parametrize("module", ["scw_function", "scw_function_code"])
@pytest.mark.parametrize("broken", [cut, wrapped, listed])
@pytest.mark.parametrize("url", ["https://s3.example.com/x?X-Amz-Signature={}", "https://s3.example.com?{}"])
def test_a_presigned_url_in_a_broken_answer_is_not_quoted(
    emulator: Emulator,
    session: requests.Session,
    tmp_path: Path,
    between: Between,
    module: str,
    broken: Callable[[bytes], bytes],
    url: str,
) -> None:
    shop = Workshop(emulator, session, tmp_path)
    assert shop.run().changed
    shop.write("handler.py", "def handle(event, context):\n    return 1\n")
    body = json.dumps({"url": url.replace("{}", SIGNATURE), "headers": {}}).encode()
    between.change = lambda asked, reply: Reply(200, broken(body)) if "load-url" in asked.target else reply
    run = shop.run() if module == "scw_function" else shop.about(module, dest=str(tmp_path / "fetched.zip"))
    assert run.failed
    assert "load" in run.message
    assert SIGNATURE not in run.output
