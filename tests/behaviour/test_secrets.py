# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The API key appears in nothing that a task prints, returns, warns, logs or fails with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from behaviour.account import PROJECT_ID
from behaviour.runner import Run, assert_invocation_is_logged
from behaviour.subjects import Scene, every_resource

# In no other place of the tests, so that finding it means a leak.
KEY = "5ecade00-dead-4bee-8f00-c0ffee5ec4e7"
CONFIG = f"""secret_key: {KEY}
default_project_id: {PROJECT_ID}
profiles:
  prod:
    secret_key: {KEY}
"""
SOURCES = ("option", "environment", "file", "profile")
REPEATED = [
    {"kind": "status", "status": 400, "body": {"message": f"bad token {KEY}"}, "count": None},
    {"kind": "status", "status": 403, "body": {"message": "no", "details": [{"token": KEY}]}, "count": None},
    {"kind": "status", "status": 409, "body": {"message": KEY, "help_message": KEY}, "count": None},
    {"kind": "html", "status": 502, "body": f"<html>{KEY}</html>", "count": None},
    {"kind": "html", "status": 200, "body": f"<html>{KEY}</html>", "count": None},
    {"kind": "redirect", "location": f"http://127.0.0.1:9/{KEY}", "count": None},
    {"kind": "status", "status": 200, "body": {"message": KEY}, "count": None},
]


@pytest.fixture(params=SOURCES)
def credentials(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """Options that make tasks use the key, wherever it comes from."""
    monkeypatch.delenv("SCW_SECRET_KEY")
    file = tmp_path / "config.yaml"
    file.write_text(CONFIG)
    if request.param == "environment":
        monkeypatch.setenv("SCW_SECRET_KEY", KEY)
    options = {
        "option": {"secret_key": KEY},
        "environment": {},
        "file": {"config_file": str(file)},
        "profile": {"config_file": str(file), "profile": "prod"},
    }
    return dict(options[request.param])


def assert_kept(run: Run, logged: list[str]) -> None:
    for text in (run.output, str(run.result), *run.warnings, *logged):
        assert KEY not in text.lower()
    for entry in run.requests:
        assert KEY not in f"{entry.path} {entry.query} {entry.body} {entry.headers}".lower()


@every_resource
def test_the_key_is_in_no_output(scene: Scene, credentials: dict[str, Any], logged: list[str]) -> None:
    for options in (scene.full, scene.full, {**scene.identity, "state": "absent"}):
        for check in (True, False):
            run = scene.run({**options, **credentials}, check=check)
            assert not run.failed, run.message
            assert all(entry.token_sent for entry in run.requests)
            assert_kept(run, logged)
    assert_kept(scene.info({**scene.around, **credentials}), logged)
    assert_invocation_is_logged(logged)


@every_resource
@pytest.mark.parametrize("fault", REPEATED, ids=lambda fault: f"{fault['kind']}-{fault.get('status', '')}")
def test_a_server_that_repeats_the_key_does_not_give_it_away(
    scene: Scene, fault: dict[str, Any], logged: list[str]
) -> None:
    credentials = {"secret_key": KEY}
    for method in ("GET", "POST"):
        scene.emulator.faults([{**fault, "method": method}])
        for options in (scene.full, {**scene.identity, "state": "absent"}):
            assert_kept(scene.run({**options, **credentials}), logged)
        assert_kept(scene.info({**scene.around, **credentials}), logged)


@pytest.mark.parametrize("wrong", [f"{KEY}x", KEY[:-1], f" {KEY[:30]}", "5ecade00"])
@every_resource
def test_a_malformed_key_is_not_echoed(scene: Scene, wrong: str, logged: list[str]) -> None:
    run = scene.run({**scene.full, "secret_key": wrong})
    assert run.failed
    assert "secret_key" in run.message
    assert run.requests == ()
    assert wrong not in run.output
    assert all(wrong not in line for line in logged)


@every_resource
def test_a_named_thing_that_equals_the_key_is_still_hidden(scene: Scene, logged: list[str]) -> None:
    run = scene.run({**scene.place, "id": KEY, "secret_key": KEY})
    assert run.failed
    assert KEY not in run.output
    assert all(KEY not in line for line in logged)
