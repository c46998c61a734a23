# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules as Ansible runs them, in this process: what is printed when something is wrong, and what never is."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from ansible.module_utils import basic
from ansible.module_utils.common.validation import check_type_str

from ansible_collections.scw.cloud.plugins.module_utils import module as module_file
from ansible_collections.scw.cloud.plugins.module_utils.function.fetch import fetch_spec
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import BACKEND
from ansible_collections.scw.cloud.plugins.module_utils.lb.tree import LB_TREE
from ansible_collections.scw.cloud.plugins.module_utils.program import Program, managing
from ansible_collections.scw.cloud.plugins.module_utils.program import listing as listing_program
from ansible_collections.scw.cloud.plugins.module_utils.tree_program import managing_tree
from unit.conftest import Serve
from unit.samples import ACCESS, LB_ID, PROJECT, SECRET, ZONE, lb
from unit.scripted_server import Answer, Exchange, ResetAfterReading
from unit.tasks import got_lb, listing

Run = Callable[..., dict[str, Any]]


def _with_arguments(arguments: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Ansible's own way to pass arguments in tests, or before ansible-core 2.19 the one it used itself."""
    try:
        from ansible.module_utils.testing import patch_module_args
    except ImportError:
        encoded = json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode()
        monkeypatch.setattr(basic, "_ANSIBLE_ARGS", encoded)
        return nullcontext()
    return patch_module_args(arguments)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a module; the result is its JSON and, under "printed", all that it wrote."""

    def start(program: Program, *, check: bool = False, **said: Any) -> dict[str, Any]:
        arguments = {"_ansible_check_mode": check, "_ansible_remote_tmp": "/tmp", "_ansible_keep_remote_files": False}
        with _with_arguments({**said, **arguments}, monkeypatch), pytest.raises(SystemExit):
            module_file.execute(program)
        printed = capsys.readouterr()
        return {**json.loads(printed.out), "printed": printed.out + printed.err}

    return start


def test_a_result_has_one_key_named_after_the_resource(serve: Serve, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCW_SECRET_KEY", SECRET)
    monkeypatch.setenv("SCW_API_URL", serve([got_lb()]).url)
    result = run(managing(LB), id=LB_ID)
    assert result["changed"] is False
    assert result["lb"] == lb()
    assert result["diff"] == {"before": {}, "after": {}}


def test_a_list_has_one_key_in_the_plural(serve: Serve, run: Run) -> None:
    found = Exchange("GET", f"{ZONE}/lbs", Answer(json={"lbs": [lb()], "total_count": 1}))
    result = run(listing_program(LB), secret_key=SECRET, api_url=serve([found]).url)
    assert (result["changed"], result["lbs"]) == (False, [lb()])


def test_without_requests_the_library_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_file, "REQUESTS_ERROR", "Traceback: no requests")
    result = run(managing(LB), name="web", secret_key=SECRET)
    assert result["failed"] is True
    assert "requests" in result["msg"]
    assert "Traceback" not in result["msg"]


@pytest.mark.parametrize(
    ("resource", "said", "option"),
    [
        (BACKEND, {"lb": "web", "name": "app", "forward_port": 99999}, "forward_port"),
        (BACKEND, {"lb": "web", "name": "app", "server_ip": ["web1"]}, "server_ip[0]"),
        (LB, {"name": "web", "wait_timeout": 0}, "wait_timeout"),
        (LB, {"name": "web", "api_timeout": -1}, "api_timeout"),
        (LB, {"id": "web"}, "id"),
    ],
)
def test_a_wrong_option_fails_before_any_request_with_its_name(
    serve: Serve, run: Run, resource: Any, said: dict[str, Any], option: str
) -> None:
    result = run(managing(resource), **said, secret_key=SECRET, api_url=serve([]).url)
    assert result["failed"] is True
    assert result["changed"] is False
    assert result["msg"].startswith(f"{option}: ")
    assert result["error"] == {"option": option}
    assert "Traceback" not in result["printed"]


def _ansible_refuses_null() -> bool:
    """Whether Ansible does so by itself and in its own words, as before ansible-core 2.19."""
    try:
        return bool(check_type_str(None))
    except TypeError:
        return True


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ({"tags": ["a", None]}, "tags[1]"),
        ({"frontends": [{"name": "a", "certificate_ids": [None]}]}, "frontends[0].certificate_ids[0]"),
        ({"backends": [{"name": "a", "server_ip": ["192.0.2.1", None]}]}, "backends[0].server_ip[1]"),
    ],
)
def test_null_in_a_list_is_no_empty_text(run: Run, said: dict[str, Any], option: str) -> None:
    result = run(managing_tree(LB_TREE), name="web", **said)
    if _ansible_refuses_null():
        assert "is of type <class 'NoneType'>" in result["msg"]
        assert result["msg"].startswith("Elements value for option ")
        return
    assert result["msg"].startswith(f"{option}: has no value.")
    assert result["error"] == {"option": option}


def test_a_refusal_of_the_api_is_in_the_result_as_data(serve: Serve, run: Run) -> None:
    refused = Answer(400, json={"message": "no", "type": "invalid_arguments"}, headers={"X-Request-Id": "req-1"})
    server = serve([Exchange("GET", f"{ZONE}/lbs/{LB_ID}", refused)])
    result = run(managing(LB), id=LB_ID, secret_key=SECRET, api_url=server.url)
    assert result["error"]["status"] == 400
    assert result["error"]["type"] == "invalid_arguments"
    assert result["error"]["request_id"] == "req-1"
    assert "Could not read load balancer" in result["msg"]


def test_a_failure_after_a_write_is_a_change(serve: Serve, run: Run) -> None:
    script = [
        listing(f"{ZONE}/lbs", "lbs", lb(), name="web"),
        Exchange("PUT", f"{ZONE}/lbs/{LB_ID}", Answer(json=lb(tags=["x"]))),
        got_lb(tags=["x"], status="error"),
    ]
    result = run(managing(LB), name="web", tags=["x"], secret_key=SECRET, api_url=serve(script).url)
    assert result["failed"] is True
    assert result["changed"] is True
    assert result["error"]["done"] == [f"update load balancer 'web' ({LB_ID}) (tags)"]


KEYS_FROM = ["option", "environment", "profile"]


@pytest.mark.parametrize("source", KEYS_FROM)
def test_a_key_never_shows_in_a_result_even_if_the_api_returns_it(
    serve: Serve, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str
) -> None:
    said = _give_key(source, SECRET, monkeypatch, tmp_path)
    server = serve(
        [Exchange("GET", f"{ZONE}/lbs/{LB_ID}", Answer(json=lb(description=f"key {SECRET}", tags=[SECRET])))]
    )
    result = run(managing(LB), id=LB_ID, api_url=server.url, **said)
    assert result["lb"]["name"] == "web"
    assert SECRET not in result["printed"]


@pytest.mark.parametrize("source", KEYS_FROM)
def test_a_malformed_key_never_shows(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str) -> None:
    malformed = "not-a-uuid-but-secret"
    result = run(managing(LB), name="web", **_give_key(source, malformed, monkeypatch, tmp_path))
    assert "not a secret key" in result["msg"]
    assert malformed not in result["printed"]


@pytest.mark.parametrize(
    "content",
    [
        f"secret_key: [{SECRET}\n",
        f"access_key: {ACCESS}\nsecret_key: *{SECRET}\n",
        f"secret_key: {SECRET}\n\tx: 1\n",
        f"- {SECRET}\n",
    ],
)
def test_a_broken_file_is_not_shown(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(content)
    monkeypatch.setenv("SCW_CONFIG_PATH", str(file))
    result = run(managing(LB), name="web")
    assert str(file) in result["msg"]
    assert SECRET not in result["printed"]
    assert ACCESS not in result["printed"]


def _give_key(source: str, key: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """Set a key where ``source`` says; the options that are needed beside it."""
    if source == "option":
        return {"secret_key": key}
    if source == "environment":
        monkeypatch.setenv("SCW_SECRET_KEY", key)
    else:
        file = tmp_path / "config.yaml"
        file.write_text(f"active_profile: p\nprofiles: {{p: {{secret_key: {key}}}}}\n")
        monkeypatch.setenv("SCW_CONFIG_PATH", str(file))
    return {}


@pytest.mark.parametrize("check", [True, False])
def test_a_read_that_never_gets_through_is_no_change(serve: Serve, run: Run, check: bool) -> None:
    busy = Answer(429, headers={"Retry-After": "60"})
    server = serve([Exchange("GET", f"{ZONE}/lbs/{LB_ID}", busy)])
    said: dict[str, Any] = {"secret_key": SECRET, "api_url": server.url, "wait_timeout": 1, "tags": ["x"]}
    result = run(managing(LB), id=LB_ID, check=check, **said)
    assert (result["failed"], result["changed"]) == (True, False)


def test_a_write_of_unknown_effect_is_a_change(serve: Serve, run: Run) -> None:
    """Nobody knows, so the safe side is said: handlers run, and the user looks."""
    script = [
        Exchange("GET", f"{ZONE}/lbs", Answer(json={"lbs": [], "total_count": 0})),
        Exchange("POST", f"{ZONE}/lbs", ResetAfterReading()),
    ]
    said: dict[str, Any] = {"name": "web", "type": "lb-s", "project_id": PROJECT, "wait_timeout": 1}
    server = serve(script + [Exchange("GET", f"{ZONE}/lbs", Answer(429, headers={"Retry-After": "60"}))])
    result = run(managing(LB), **said, secret_key=SECRET, api_url=server.url)
    assert (result["failed"], result["changed"]) == (True, True)


def test_a_file_that_cannot_be_written_is_an_error_with_its_path(run: Run, tmp_path: Path) -> None:
    source, dest = tmp_path / "fetched", tmp_path / "no" / "such"
    source.write_text("code")
    program = Program(fetch_spec(), lambda job: {"placed": job.files.place(str(source), str(dest))}, on_target=True)
    result = run(program, secret_key=SECRET, region="fr-par", function="resize", dest=str(dest))
    assert result["failed"]
    assert result["msg"] == f"Could not write {str(dest)!r}: No such file or directory."
