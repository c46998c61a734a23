# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is special about functions: life without code, rollouts, failures that can be repaired, secrets as pairs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.function.resources import (
    CRON,
    DOMAIN,
    FUNCTION,
    NAMESPACE,
    TRIGGER,
)
from behaviour.account import PROJECT_ID
from behaviour.expectations import assert_changed, assert_clear, assert_predicts, assert_quiet, assert_refused
from behaviour.runner import Run, run_module
from behaviour.subjects import PLACES, Scene, on
from emulator.testing import Emulator

NETWORK = "a5555555-5555-4555-8555-555555555551"
ORGANIZATION = "66666666-6666-4666-8666-666666666666"
QUEUE = {"queue": "pictures", "mnq_project_id": PROJECT_ID, "mnq_region": "fr-par"}
PLACE = PLACES["region"]
CODE = {"handler.py": "def handle(event, context):\n    return {}\n"}


def body(run: Run) -> dict[str, Any]:
    """The body of the one write of a run."""
    assert not run.failed, run.message
    (entry,) = (entry for entry in run.writes if entry.status != 409)
    return dict(entry.body)


def archive(files: dict[str, str]) -> bytes:
    """An archive with these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return content.getvalue()


def deploy_by_hand(scene: Scene, function: dict[str, Any], files: dict[str, str]) -> None:
    """Give a function code as another tool would, and wait for the end of its deployment."""
    path, content = f"/functions/{function['id']}", archive(files)
    place = scene.account.call("GET", f"{path}/upload-url", content_length=len(content))
    headers = {name: values[0] for name, values in place["headers"].items()}
    assert requests.put(place["url"], data=content, headers=headers, timeout=10).status_code == 200
    scene.account.post(f"{path}/deploy")
    settle(scene, path)


def settle(scene: Scene, path: str) -> None:
    """Look at something until what is under way has ended."""
    while scene.account.call("GET", path)["status"] == "pending":
        pass
    scene.emulator.clear_journal()


# Without code


@on(FUNCTION)
def test_a_function_without_code_stays_as_it_was_created(scene: Scene) -> None:
    predicted, created = scene.run(scene.minimal, check=True), scene.run(scene.minimal)
    assert_changed(created, "CreateFunction")
    for run in (predicted, created, scene.run(scene.minimal)):
        assert scene.object(run)["status"] == "created"
        assert scene.object(run)["error_message"] is None
    assert_quiet(scene.run(scene.minimal))


@on(FUNCTION)
def test_a_change_of_a_function_without_code_is_no_deployment(scene: Scene) -> None:
    scene.make()
    changed = scene.run({**scene.identity, "min_scale": 1, "http_option": "redirected"})
    assert_changed(changed, "UpdateFunction")
    assert body(changed) == {"min_scale": 1, "http_option": "redirected", "redeploy": False}
    assert scene.object(changed)["status"] == "created"
    assert_quiet(scene.run(scene.identity))


# Rollouts


@on(FUNCTION)
def test_a_change_of_a_function_with_code_rolls_it_out(scene: Scene) -> None:
    deploy_by_hand(scene, scene.make(), CODE)
    task = {**scene.identity, "memory_limit": "1GiB"}
    assert_predicts(scene.run(task, check=True))
    changed = scene.run(task)
    assert_changed(changed, "UpdateFunction")
    assert body(changed) == {"memory_limit": 1024, "redeploy": True}
    assert scene.object(changed)["status"] == "ready"
    assert len([entry for entry in changed.requests if entry.operation == "GetFunction"]) >= 2
    assert_quiet(scene.run(task))
    unwaited = scene.run({**scene.identity, "memory_limit": 256, "wait": False})
    assert scene.object(unwaited)["status"] == "pending"
    assert_quiet(scene.run({**scene.identity, "memory_limit": 256}))


@on(FUNCTION)
def test_a_rollout_that_does_not_end_ends_with_the_deadline(scene: Scene, virtual_time: Any) -> None:
    deploy_by_hand(scene, scene.make(), CODE)
    scene.emulator.status([{"kind": "function", "status": "never"}])
    started = virtual_time.seconds
    late = scene.run({**scene.identity, "min_scale": 1, "wait_timeout": 90})
    assert late.failed
    assert late.result["changed"]
    assert_clear(late, "90 s", "wait_timeout")
    assert virtual_time.seconds - started <= 90


# Failures


@on(FUNCTION)
def test_a_failed_function_fails_with_the_reason_of_the_api_and_can_be_repaired(scene: Scene) -> None:
    function = scene.make()
    deploy_by_hand(scene, function, {**CODE, "FAIL": "no module named boto"})
    failed = scene.run({**scene.identity, "min_scale": 1})
    assert_clear(failed, "error", "no module named boto")
    assert failed.result["changed"]
    assert failed.result["error"]["reason"] == "no module named boto"
    again = scene.run({**scene.identity, "min_scale": 1})
    assert_clear(again, "no module named boto")
    assert not again.result["changed"]
    assert again.operations == []
    deploy_by_hand(scene, function, CODE)
    assert_quiet(scene.run({**scene.identity, "min_scale": 1}))


@on(FUNCTION)
def test_a_function_that_failed_without_code_can_be_deleted(scene: Scene) -> None:
    function = scene.make()
    scene.account.call("PATCH", f"/functions/{function['id']}", {"min_scale": 1})
    settle(scene, f"/functions/{function['id']}")
    assert_clear(scene.run(scene.identity), "error", "internal error")
    assert_changed(scene.run({**scene.identity, "state": "absent"}), "DeleteFunction")
    assert scene.count() == 0


@on(DOMAIN)
@pytest.mark.parametrize(
    ("hostname", "said"),
    [
        ("fail.example.com", ["failed to create domain"]),
        ("unresolved.example.com", ["could not validate domain", "CNAME", "domain_name"]),
    ],
)
def test_a_domain_that_does_not_lead_there_fails_with_the_reason_of_the_api(
    scene: Scene, hostname: str, said: list[str]
) -> None:
    failed = scene.run({**scene.around, "hostname": hostname})
    assert failed.failed
    assert_clear(failed, *said, hostname)
    if scene.count():
        assert_changed(scene.run({**scene.around, "hostname": hostname, "state": "absent"}), "DeleteFunctionDomain")
    assert scene.count() == 0


@on(FUNCTION)
def test_memory_that_is_not_on_offer_is_refused_in_the_words_of_the_api(scene: Scene) -> None:
    refused = scene.run({**scene.minimal, "memory_limit": "300MB"})
    assert refused.failed
    assert not refused.result["changed"]
    assert_clear(refused, "400", "memory_limit", "128")
    assert scene.count() == 0


@on(FUNCTION)
@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
def test_code_without_the_file_of_its_handler_is_refused_before_any_write(
    scene: Scene, tmp_path: Path, check: bool
) -> None:
    (tmp_path / "code.zip").write_bytes(archive(CODE))
    task = {**scene.minimal, "src": str(tmp_path / "code.zip")}
    for handler, file in (("app.run", "app.py"), ("lib/app.run", "lib/app.py")):
        assert_refused(scene.run({**task, "handler": handler}, check=check), "handler", handler, file)
    (tmp_path / "code.zip").write_bytes(archive({"main.js": "x"}))
    assert_refused(scene.run({**task, "runtime": "node24"}, check=check), "handler.handle", "handler.js")
    assert scene.count() == 0


@on(FUNCTION)
def test_a_runtime_whose_support_ends_is_warned_of_when_it_is_chosen(scene: Scene) -> None:
    task = {**scene.minimal, "runtime": "python39"}
    for check in (True, False):
        run = scene.run(task, check=check)
        assert run.changed
        (warning,) = run.warnings
        assert warning.startswith("runtime: 'python39' is still accepted, but its status is deprecated")
        assert "python314" in warning
    assert_quiet(scene.run(task), 2)


# Surroundings


@on(NAMESPACE)
def test_a_deleted_namespace_takes_its_functions_along_and_says_so(scene: Scene) -> None:
    made = scene.make()
    for name in ("one", "two"):
        function = scene.account.post("/functions", namespace_id=made["id"], name=name, runtime="go126")
        scene.account.post("/crons", function_id=function["id"], name="c", schedule="* * * * *")
    absent = {**scene.identity, "state": "absent"}
    predicted = scene.run(absent, check=True)
    assert_predicts(predicted)
    shown = predicted.diff["before"]["functions"]
    assert [text.split(" (")[0] for text in shown] == ["function 'one'", "function 'two'"]
    deleted = scene.run(absent)
    assert_changed(deleted, "DeleteFunctionNamespace")
    assert deleted.diff == predicted.diff
    assert scene.account.count("functions") == scene.account.count("function_crons") == 0


@on(FUNCTION)
def test_a_deleted_function_takes_what_belongs_to_it_along_and_says_so(scene: Scene) -> None:
    made = scene.make()
    scene.account.post("/crons", function_id=made["id"], name="daily", schedule="* * * * *")
    scene.account.post("/triggers", function_id=made["id"], name="pictures", scw_sqs_config=QUEUE)
    scene.account.post("/domains", function_id=made["id"], hostname="images.example.com")
    deleted = scene.run({**scene.identity, "state": "absent"})
    assert_changed(deleted, "DeleteFunction")
    before = deleted.diff["before"]
    assert "'daily'" in before["crons"][0]
    assert "'pictures'" in before["triggers"][0]
    assert "'images.example.com'" in before["domains"][0]
    for kind in ("function_crons", "function_triggers", "function_domains"):
        assert scene.account.count(kind) == 0


@on(FUNCTION)
def test_functions_of_one_name_in_two_namespaces_are_two(scene: Scene) -> None:
    here, there = scene.minimal, {**scene.minimal, **scene.elsewhere}
    first, second = scene.make(here), scene.make(there)
    assert first["id"] != second["id"]
    assert_quiet(scene.run(here))
    assert_changed(scene.run({**there, "state": "absent"}), "DeleteFunction")
    assert_quiet(scene.run(here))


@on(NAMESPACE)
def test_an_organization_stands_for_its_default_project(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCW_DEFAULT_PROJECT_ID")
    created = scene.run({**scene.minimal, "organization_id": ORGANIZATION})
    assert body(created) == {"name": scene.minimal["name"], "project_id": ORGANIZATION}
    assert_quiet(scene.run({**scene.minimal, "organization_id": ORGANIZATION}))


@on(TRIGGER, CRON, DOMAIN)
def test_what_belongs_to_a_function_waits_for_its_rollout(scene: Scene) -> None:
    function = {"id": scene.parent_id}
    deploy_by_hand(scene, function, CODE)
    scene.emulator.settings(settle_reads=3)
    scene.account.post(f"/functions/{function['id']}/deploy")
    scene.emulator.clear_journal()
    created = scene.run(scene.minimal)
    assert not created.failed, created.message
    assert created.changed
    assert scene.object(created)["status"] == "ready"


PLAY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("scw_function_namespace", {"name": "shop"}),
    ("scw_function", {"namespace": "shop", "name": "resize", "runtime": "python313"}),
    ("scw_function_domain", {"namespace": "shop", "function": "resize", "hostname": "images.example.com"}),
    ("scw_function_cron", {"namespace": "shop", "function": "resize", "name": "daily", "schedule": "0 6 * * *"}),
    ("scw_function_trigger", {"namespace": "shop", "function": "resize", "name": "new", "scw_sqs_config": QUEUE}),
)


def test_check_mode_of_a_play_works_on_an_empty_account(emulator: Emulator) -> None:
    for module, task in PLAY:
        assert_predicts(run_module(emulator, module, {**PLACE, **task}, check=True))
    assert emulator.writes() == []
    for check, changed in ((False, True), (False, False), (True, False)):
        runs = [run_module(emulator, module, {**PLACE, **task}, check=check) for module, task in PLAY]
        assert [run.changed for run in runs] == [changed] * len(PLAY)


# What updates carry


@on(FUNCTION, NAMESPACE)
def test_removing_one_secret_sends_null_for_it_and_nothing_for_the_others(scene: Scene) -> None:
    secrets = {"A": "first-of-all", "B": "second-to-none", "C": "third-time-lucky"}
    made = scene.make({**scene.minimal, "secret_environment_variables": secrets})
    shown = {pair["key"]: pair["hashed_value"] for pair in made["secret_environment_variables"]}
    del secrets["B"]
    changed = scene.run({**scene.identity, "secret_environment_variables": secrets})
    assert body(changed)["secret_environment_variables"] == [{"key": "B", "value": None}]
    assert changed.diff["before"] == {"secret_environment_variables": {"B": "<secret>"}}
    after = {pair["key"]: pair["hashed_value"] for pair in scene.object(changed)["secret_environment_variables"]}
    assert after == {"A": shown["A"], "C": shown["C"]}
    assert_quiet(scene.run({**scene.identity, "secret_environment_variables": secrets}))


@on(NAMESPACE, FUNCTION)
def test_variables_are_merged_or_replaced(scene: Scene) -> None:
    scene.make({**scene.minimal, "environment_variables": {"A": "1", "B": "2"}})
    merging = {**scene.identity, "environment_variables": {"B": 3, "C": ""}, "merge_environment_variables": True}
    merged = scene.run(merging)
    assert body(merged)["environment_variables"] == {"A": "1", "B": "3", "C": ""}
    assert merged.diff["after"] == {"environment_variables": {"B": "3", "C": ""}}
    assert_quiet(scene.run(merging))
    replaced = scene.run({**scene.identity, "environment_variables": {"C": ""}})
    assert body(replaced)["environment_variables"] == {"C": ""}


@on(FUNCTION)
def test_a_private_network_is_detached_by_an_empty_id(scene: Scene) -> None:
    nowhere = {**scene.minimal, "private_network_id": ""}
    created = scene.run(nowhere)
    assert "private_network_id" not in body(created)
    assert_quiet(scene.run(nowhere))
    attached = scene.run({**scene.minimal, "private_network": NETWORK})
    assert body(attached) == {"private_network_id": NETWORK, "redeploy": False}
    assert scene.object(attached)["private_network_id"] == NETWORK
    predicted, detached = scene.run(nowhere, check=True), scene.run(nowhere)
    assert body(detached) == {"private_network_id": "", "redeploy": False}
    assert scene.object(detached)["private_network_id"] is None
    assert scene.object(predicted)["private_network_id"] is None
    assert_quiet(scene.run(nowhere))


@on(CRON)
def test_arguments_are_compared_as_json(scene: Scene) -> None:
    args = {"to": ["sales", None], "urgent": True, "more": {"b": 1, "a": 2}}
    scene.make({**scene.minimal, "args": args})
    assert_quiet(scene.run({**scene.minimal, "args": {"more": {"a": 2, "b": 1}, "urgent": True, "to": args["to"]}}))
    changed = scene.run({**scene.minimal, "args": {**args, "urgent": 1}})
    assert body(changed) == {"args": {**args, "urgent": 1}}
    assert scene.object(changed)["args"]["urgent"] is not True
    assert body(scene.run({**scene.minimal, "args": {}})) == {"args": {}}


@on(TRIGGER)
def test_a_change_of_a_trigger_keeps_its_source(scene: Scene) -> None:
    made = scene.make()
    changed = scene.run({**scene.minimal, "description": "pictures"})
    assert body(changed) == {"description": "pictures"}
    assert scene.object(changed)["scw_sqs_config"] == made["scw_sqs_config"]
    assert made["scw_sqs_config"]["mnq_credential_id"]
