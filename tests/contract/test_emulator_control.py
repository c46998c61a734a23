# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control interface, faults, the journal, determinism, and the command line."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import requests

from contract.cloud import PROJECT_ID, TOKEN, Cloud
from emulator.__main__ import main
from emulator.settings import BadControlInputError
from emulator.testing import Emulator

TESTS = Path(__file__).resolve().parents[1]
LB = {"name": "web", "type": "lb-s", "project_id": PROJECT_ID}


def control(emulator: Emulator, method: str, name: str, body: Any = None) -> requests.Response:
    return requests.request(method, f"{emulator.url}/_emulator/{name}", json=body, timeout=10)


def test_the_journal_keeps_what_was_asked_and_answered(cloud: Cloud) -> None:
    cloud.send("POST", "/lbs", LB)
    cloud.send("GET", "/lbs", name="web", tags=["a", "b"])
    created, listed = cloud.emulator.journal()
    assert (created.sequence, created.method, created.operation, created.status) == (1, "POST", "CreateLB", 200)
    assert (created.path, created.body, created.response["name"]) == ("/lb/v1/zones/fr-par-1/lbs", LB, "web")
    assert (listed.sequence, listed.query, listed.body) == (2, {"name": ["web"], "tags": ["a", "b"]}, None)
    assert cloud.emulator.writes() == [created]


def test_the_journal_tells_tokens_apart_without_keeping_them(cloud: Cloud) -> None:
    for token in (TOKEN, PROJECT_ID, None):
        Cloud(cloud.emulator, token=token).send("GET", "/lbs")
    entries = cloud.emulator.journal()
    assert [entry.token_sent for entry in entries] == [True, True, False]
    assert entries[0].token_digest != entries[1].token_digest
    assert TOKEN not in control(cloud.emulator, "GET", "journal").text


def test_the_journal_is_read_and_cleared_over_http(cloud: Cloud) -> None:
    cloud.send("GET", "/nowhere")
    entry = control(cloud.emulator, "GET", "journal").json()["entries"][0]
    assert (entry["operation"], entry["status"], entry["fault"], entry["token_sent"]) == (None, 404, None, True)
    control(cloud.emulator, "DELETE", "journal")
    assert cloud.emulator.journal() == []


def test_settings_are_changed_and_reset_over_http(emulator: Emulator) -> None:
    changed = control(emulator, "PUT", "settings", {"settle_reads": 3, "settle_seconds": 1.5}).json()
    assert (changed["settle_reads"], changed["settle_seconds"]) == (3, 1.5)
    emulator.faults([{"kind": "status"}])
    emulator.seed(lbs=1)
    assert control(emulator, "POST", "reset").status_code == 200
    assert control(emulator, "GET", "settings").json()["settle_reads"] == 1
    assert control(emulator, "GET", "faults").json() == {"faults": []}
    assert all(kept == [] for kept in control(emulator, "GET", "state").json().values())


WRONG_INPUT = {
    "unknown setting": ("PUT", "settings", {"speed": 1}, "unknown setting 'speed', allowed: busy_conflict,"),
    "wrong setting": ("PUT", "settings", {"latency_ms": "1"}, "setting 'latency_ms' must be a whole number"),
    "negative setting": ("PUT", "settings", {"settle_reads": -1}, "setting 'settle_reads' must be a whole number"),
    "true for a number": ("PUT", "settings", {"seed": True}, "setting 'seed' must be a whole number"),
    "no pages": ("PUT", "settings", {"max_page_size": 0}, "setting 'max_page_size' must be a whole number of 1"),
    "wrong tokens": ("PUT", "settings", {"tokens": ["x"]}, "setting 'tokens' must be null or a list of UUIDs"),
    "settings as a list": ("PUT", "settings", [], "settings must be an object"),
    "unknown fault": ("PUT", "faults", [{"kind": "fire"}], "unknown fault kind 'fire', allowed: status, delay"),
    "unknown fault key": ("PUT", "faults", [{"kind": "status", "x": 1}], "unknown key 'x' in a fault rule"),
    "unknown operation": ("PUT", "faults", [{"kind": "status", "operation": "X"}], "unknown operation 'X'"),
    "wrong status": ("PUT", "faults", [{"kind": "status", "status": 99}], "key 'status' of a fault rule must be"),
    "wrong count": ("PUT", "faults", [{"kind": "status", "count": "1"}], "key 'count' of a fault rule must be"),
    "wrong pattern": ("PUT", "faults", [{"kind": "status", "path": "("}], "key 'path' of a fault rule is not"),
    "redirect to nowhere": ("PUT", "faults", [{"kind": "redirect"}], "a redirect fault needs the key 'location'"),
    "rules as an object": ("PUT", "faults", {"kind": "status"}, "the body must be a list of rules"),
    "rule as text": ("PUT", "status", ["lb"], "a status rule must be an object"),
    "unknown seed": ("POST", "seed", {"cars": 1}, "unknown kind 'cars', allowed: acls_per_frontend,"),
    "wrong seed": ("POST", "seed", {"lbs": -1}, "count of 'lbs' must be a whole number"),
    "unknown statistics key": ("PUT", "stats", [{"x": 1}], "unknown key 'x' in a statistics rule"),
    "unknown server state": ("PUT", "stats", [{"server_state": "up"}], "must be one of stopped, starting"),
    "unknown kind of row": ("PUT", "stats", [{"row": "often"}], "must be one of pooled, never, always"),
}


@pytest.mark.parametrize("name", WRONG_INPUT)
def test_wrong_control_input_is_refused_with_a_reason(emulator: Emulator, name: str) -> None:
    method, path, body, complaint = WRONG_INPUT[name]
    answer = control(emulator, method, path, body)
    assert answer.status_code == 400
    assert complaint in answer.json()["message"]


def test_wrong_control_paths_methods_and_bodies_say_what_is_allowed(emulator: Emulator) -> None:
    unknown = control(emulator, "GET", "nothing")
    assert (unknown.status_code, "/_emulator/journal" in unknown.json()["message"]) == (404, True)
    wrong_method = control(emulator, "POST", "settings")
    assert (wrong_method.status_code, "GET, PUT" in wrong_method.json()["message"]) == (405, True)
    malformed = requests.put(f"{emulator.url}/_emulator/faults", data="[", timeout=10)
    assert (malformed.status_code, "must be JSON" in malformed.json()["message"]) == (400, True)


def test_seeding_spreads_over_all_zones(emulator: Emulator) -> None:
    counts = {"lbs": 16, "ips": 8, "backends_per_lb": 2, "frontends_per_lb": 2}
    made = emulator.seed(**counts, servers_per_backend=3, acls_per_frontend=4, routes_per_frontend=1)
    assert made == {"lbs": 16, "ips": 24, "backends": 32, "frontends": 32, "acls": 128, "routes": 32}
    for zone in ("fr-par-1", "nl-ams-3", "pl-waw-3"):
        cloud = Cloud(emulator, f"zones/{zone}")
        lbs = cloud.get("/lbs")["lbs"]
        assert [lb["status"] for lb in lbs] == ["ready", "ready"]
        assert len(cloud.get(f"/lbs/{lbs[0]['id']}/backends")["backends"][1]["pool"]) == 3


def test_the_same_seed_gives_the_same_world(emulator: Emulator) -> None:
    def world(**settings: Any) -> Any:
        emulator.reset()
        emulator.settings(**settings)
        cloud = Cloud(emulator)
        return [cloud.make_lb(), cloud.get("/lbs"), emulator.state()]

    first = world()
    assert world() == first
    assert world(seed=2) != first
    assert world() == first


def test_a_fault_strikes_the_requests_counted(cloud: Cloud) -> None:
    cloud.emulator.faults([{"kind": "status", "operation": "ListLBs", "status": 503, "after": 1, "count": 2}])
    cloud.send("GET", "/ips")
    assert [cloud.send("GET", "/lbs").status_code for _attempt in range(5)] == [200, 503, 503, 200, 200]
    assert control(cloud.emulator, "GET", "faults").json()["faults"][0]["seen"] == 5


def test_faults_are_chosen_by_method_and_path(cloud: Cloud) -> None:
    rule = {"kind": "status", "status": 418, "body": {"message": "x"}, "method": "GET", "path": "/zones/.*/ips$"}
    cloud.emulator.faults([{**rule, "count": None}])
    assert cloud.send("GET", "/lbs").status_code == 200
    assert cloud.send("POST", "/ips", {"project_id": PROJECT_ID}).status_code == 200
    assert [cloud.send("GET", "/ips").status_code for _attempt in range(3)] == [418, 418, 418]


ANSWERING_FAULTS: dict[str, tuple[dict[str, Any], int, str, str]] = {
    "error": ({"kind": "status"}, 500, "application/json", '{"message":"internal error"}'),
    "html": ({"kind": "html"}, 502, "text/html", "<html>"),
    "empty": ({"kind": "empty", "status": 504}, 504, "", ""),
    "rate limit": ({"kind": "status", "status": 429}, 429, "", ""),
    "body": ({"kind": "status", "status": 404, "body": {"message": "x"}}, 404, "application/json", '{"message":"x"}'),
}


@pytest.mark.parametrize("name", ANSWERING_FAULTS)
@pytest.mark.parametrize("processed", [True, False])
def test_a_fault_answers_and_the_request_has_its_effect_or_not(cloud: Cloud, name: str, processed: bool) -> None:
    rule, status, content_type, text = ANSWERING_FAULTS[name]
    cloud.emulator.faults([{**rule, "processed": processed, "headers": {"Retry-After": "7"}}])
    answer = cloud.send("POST", "/lbs", LB)
    assert (answer.status_code, answer.headers["Retry-After"]) == (status, "7")
    assert answer.headers.get("Content-Type", "").startswith(content_type)
    assert answer.text.startswith(text)
    assert answer.headers.get("X-Envoy-Ratelimited") == ("true" if status == 429 else None)
    assert len(cloud.emulator.state()["lbs"]) == int(processed)
    entry = cloud.emulator.journal()[0]
    assert (entry.status, entry.fault, entry.processed) == (status, rule["kind"], processed)


@pytest.mark.parametrize(("kind", "made"), [("reset_before", 0), ("reset_after", 1), ("truncate", 1)])
def test_a_cut_connection_loses_the_answer(cloud: Cloud, kind: str, made: int) -> None:
    cloud.emulator.faults([{"kind": kind}])
    with pytest.raises(requests.RequestException):
        cloud.send("POST", "/lbs", LB)
    assert len(cloud.emulator.state()["lbs"]) == made
    assert cloud.emulator.journal()[0].fault == kind
    assert cloud.send("GET", "/lbs").status_code == 200


@pytest.mark.parametrize("processed", [True, False])
def test_silence_lasts_until_the_client_gives_up(cloud: Cloud, processed: bool) -> None:
    cloud.emulator.faults([{"kind": "no_answer", "processed": processed}])
    headers = {"X-Auth-Token": TOKEN}
    with pytest.raises(requests.Timeout):
        requests.post(f"{cloud.emulator.url}/lb/v1/zones/fr-par-1/lbs", json=LB, headers=headers, timeout=0.05)
    assert len(cloud.emulator.state()["lbs"]) == int(processed)
    assert cloud.emulator.journal()[0].status is None


def test_a_redirect_leads_where_it_was_told(cloud: Cloud) -> None:
    cloud.emulator.faults([{"kind": "redirect", "location": f"{cloud.emulator.url}/elsewhere"}])
    url = f"{cloud.emulator.url}/lb/v1/zones/fr-par-1/lbs"
    answer = requests.get(url, allow_redirects=False, headers={"X-Auth-Token": TOKEN}, timeout=10)
    assert (answer.status_code, answer.headers["Location"]) == (307, f"{cloud.emulator.url}/elsewhere")


def test_delay_and_latency_take_their_time(cloud: Cloud) -> None:
    cloud.emulator.settings(latency_ms=10)
    cloud.emulator.faults([{"kind": "delay", "delay_ms": 10}])
    start = time.perf_counter()
    assert cloud.send("POST", "/lbs", LB).status_code == 200
    assert time.perf_counter() - start >= 0.02


def test_answers_carry_the_gateway_headers(cloud: Cloud) -> None:
    headers = [cloud.send("GET", "/lbs").headers for _attempt in range(2)]
    assert headers[0]["Server"] == "Scaleway API Gateway (fr-par-1;edge01)"
    assert headers[0]["X-Content-Type-Options"] == "nosniff"
    assert headers[0]["X-Request-Id"] != headers[1]["X-Request-Id"]
    assert "X-Total-Count" not in headers[0]


def test_a_wrong_setting_is_refused_in_process_too(emulator: Emulator) -> None:
    with pytest.raises(BadControlInputError, match="unknown setting 'speed'"):
        emulator.settings(speed=1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_interrupted(tmp_path: Path, number: signal.Signals) -> None:
    ready = tmp_path / "ready.json"
    options = ["--port", "0", "--ready-file", str(ready), "--set", "settle_reads=5"]
    command = [sys.executable, "-m", "emulator", *options]
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not ready.exists():
            assert process.poll() is None
            time.sleep(0.01)
        found = json.loads(ready.read_text(encoding="utf-8"))
        settings = requests.get(f"{found['url']}/_emulator/settings", timeout=10).json()
        process.send_signal(number)
        output, errors = process.communicate(timeout=10)
    assert (found["pid"], settings["settle_reads"]) == (process.pid, 5)
    assert (process.returncode, errors) == (0, b"")
    assert output.startswith(f"Emulator listening on {found['url']}".encode())
    assert f"export SCW_API_URL={found['url']}".encode() in output


def test_a_busy_port_is_said_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 1
    output, errors = capsys.readouterr()
    assert (output, errors) == ("", f"emulator: cannot listen on 127.0.0.1:{port}: Address already in use\n")


def test_an_unknown_setting_on_the_command_line_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--set", "speed=1"]) == 2
    assert capsys.readouterr().err.startswith("emulator: unknown setting 'speed', allowed: ")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--port", "http"], "a port is a number from 0 to 65535, got 'http'"),
        (["--set", "seed"], "a setting is written NAME=VALUE, got 'seed'"),
        (["--set", "seed=x"], "the value of seed is not JSON: 'x'"),
    ],
)
def test_a_wrong_argument_is_refused_with_a_reason(
    capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert complaint in capsys.readouterr().err
