# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recorded exchanges with the real API, sent to the emulator: only explained differences are accepted."""

from __future__ import annotations

import copy
import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from contract.replay import Difference, Exchange, Replay, compare, find_recordings, load
from emulator.testing import Emulator

ROOT = Path(__file__).resolve().parents[2]
RECORDINGS = find_recordings(ROOT)
PRODUCTS = ("lb", "container", "function", "edgeservices")
SCENARIOS = [path for name in PRODUCTS for path in sorted((RECORDINGS / name).glob("*.jsonl"))] if RECORDINGS else []

NO_RECORDINGS = f"no recordings: set RECORDINGS to the folder that holds the *.jsonl of {', '.join(PRODUCTS)}"

# Scenario, number of the exchange, field: why the emulator answers otherwise.
ACCEPTED = {
    ("backend-health-check", 4, ".instances"): "timing: the machine is assigned a moment after the creation",
    ("list-lb-frontends-basic", 4, ".instances"): "timing: the machine is assigned a moment after the creation",
    ("list-lb-frontends-basic", 12, ".lb.frontend_count"): "the recording client created two frontends side by side",
    ("list-lb-frontends-basic", 12, ".backend.lb.frontend_count"): "the same two creations side by side",
    ("data-source-ips-with-type", 10, ".ips[].ip_address"): "addresses carry no time; their order is not known",
    ("data-source-ips-with-type", 10, ".ips[].reverse"): "addresses carry no time; their order is not known",
    ("data-source-ips-with-type", 14, ".ips[].ip_address"): "addresses carry no time; their order is not known",
    ("data-source-ips-with-type", 14, ".ips[].reverse"): "addresses carry no time; their order is not known",
}

# Edge Services changed in the meantime, and the emulator answers as it does now. Key and what was recorded: the first
# recording that has it as it is served. Recordings from before that day may differ there.
EVOLVED = {
    ("status", "missing"): "2026-05-20",
    ("vpc_endpoint_ids", "missing"): "2026-05-20",
    ("stage", "'dns'"): "2026-06-26",
    ("wildcard_domain", "missing"): "2026-06-26",
    ("full_private", "missing"): "2026-06-26",
    ("default_private_fqdn", "missing"): "2026-06-26",
}


def date_of(exchanges: list[Exchange]) -> str:
    """The day of a scenario: that of the first object created in it."""
    days = (str(answer.get("created_at", ""))[:10] for answer in map(answer_of, exchanges))
    return next(filter(None, days), "")


def answer_of(exchange: Exchange) -> dict[str, Any]:
    return exchange.response if isinstance(exchange.response, dict) else {}


def evolution(difference: Difference) -> tuple[str, str]:
    return difference.field.rpartition(".")[2], difference.recorded


def is_accepted(difference: Difference, day: str) -> bool:
    exchange = difference.exchange
    if (exchange.scenario, exchange.number, difference.field) in ACCEPTED:
        return True
    return "/edge-services/" in exchange.path and day < EVOLVED.get(evolution(difference), "")


@pytest.mark.skipif(not SCENARIOS, reason=NO_RECORDINGS)
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_emulator_answers_as_recorded(emulator: Emulator, path: Path) -> None:
    exchanges = load(path)
    differences = Replay(emulator).run(exchanges)
    day = date_of(exchanges)
    unexplained = [str(difference) for difference in differences if not is_accepted(difference, day)]
    assert unexplained == []


@pytest.mark.skipif(not SCENARIOS, reason=NO_RECORDINGS)
def test_every_accepted_difference_still_exists(emulator: Emulator) -> None:
    concerned = {scenario for scenario, _exchange, _field in ACCEPTED}
    found = {
        (difference.exchange.scenario, difference.exchange.number, difference.field)
        for path in SCENARIOS
        if path.stem in concerned
        for difference in Replay(emulator).run(load(path))
    }
    assert set(ACCEPTED) - found == set()


@pytest.mark.skipif(not SCENARIOS, reason=NO_RECORDINGS)
def test_every_evolution_is_still_recorded(emulator: Emulator) -> None:
    paths = [path for path in SCENARIOS if path.parent.name == "edgeservices"]
    found = {evolution(difference) for path in paths for difference in Replay(emulator).run(load(path))}
    assert found == set(EVOLVED)


def test_an_evolution_explains_older_recordings_of_its_product_only() -> None:
    edge = Exchange("scenario", 1, "GET", "/edge-services/v1beta1/pipelines", "", None, 200, {})
    missing = Difference(edge, ".pipelines[].vpc_endpoint_ids", "missing", "empty list")
    assert is_accepted(missing, "2026-05-19")
    assert not is_accepted(missing, "2026-05-20")
    assert not is_accepted(dataclasses.replace(missing, recorded="null"), "2026-05-19")
    elsewhere = dataclasses.replace(edge, path="/lb/v1/zones/fr-par-1/lbs")
    assert not is_accepted(dataclasses.replace(missing, exchange=elsewhere), "2026-05-19")


RECORDED_HASH = f"$argon2id$v=19$m=65536,t=3,p=64${'a' * 22}${'a' * 43}"
RECORDED_BODY: dict[str, Any] = {
    "id": "10000000-0000-4000-8000-000000000001",
    "name": "web",
    "tags": [],
    "subscriber": None,
    "count": 1,
    "secret": RECORDED_HASH,
    "created_at": "2026-07-21T10:18:40.129617Z",
    "ip": [{"reverse": "a"}],
}
DEVIATIONS: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "missing key": ({"subscriber": ...}, ".subscriber", "null", "missing"),
    "additional key": ({"extra": 1}, ".extra", "missing", "integer"),
    "empty text for null": ({"subscriber": ""}, ".subscriber", "null", "text"),
    "null for an empty list": ({"tags": None}, ".tags", "empty list", "null"),
    "text for a number": ({"count": "1"}, ".count", "integer", "text"),
    "true for one": ({"count": True}, ".count", "integer", "boolean"),
    "another value": ({"name": "api"}, ".name", "'web'", "'api'"),
    "no identifier": ({"id": "none"}, ".id", "'10000000-0000-4000-8000-000000000001'", "'none'"),
    "more digits": (
        {"created_at": "2026-01-01T00:00:00.123456789Z"},
        ".created_at",
        "'2026-07-21T10:18:40.129617Z'",
        "'2026-01-01T00:00:00.123456789Z'",
    ),
    "another parameter of a hash": (
        {"secret": f"$argon2id$v=19$m=65536,t=1,p=64${'b' * 22}${'b' * 43}"},
        ".secret",
        repr(RECORDED_HASH),
        f"'$argon2id$v=19$m=65536,t=1,p=64${'b' * 22}${'b' * 43}'",
    ),
    "a secret for its hash": ({"secret": "opened"}, ".secret", repr(RECORDED_HASH), "'opened'"),
    "one item less": ({"ip": []}, ".ip", "1 items", "0 items"),
    "another nested value": ({"ip": [{"reverse": "b"}]}, ".ip[].reverse", "'a'", "'b'"),
}


@pytest.mark.parametrize("name", DEVIATIONS)
def test_the_comparison_sees(name: str) -> None:
    changes, field, recorded, found = DEVIATIONS[name]
    served = {key: value for key, value in {**RECORDED_BODY, **changes}.items() if value is not ...}
    assert list(compare(RECORDED_BODY, served, "", str)) == [(field, recorded, found)]


def test_the_comparison_accepts_other_identifiers_times_and_salts() -> None:
    served = copy.deepcopy(RECORDED_BODY)
    served["secret"] = f"$argon2id$v=19$m=65536,t=3,p=64${'b' * 22}${'b' * 43}"
    served["id"] = "20000000-0000-4000-8000-000000000002"
    served["created_at"] = "2020-01-01T00:00:00.000001Z"
    assert list(compare(RECORDED_BODY, served, "", str)) == []


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """A scenario the emulator cannot meet: an address without most of its fields, and a deletion answered 200."""
    path = tmp_path / "wrong.jsonl"
    created = {"id": "10000000-0000-4000-8000-00000000000a", "name": "wrong"}
    request = {"project_id": "10000000-0000-4000-8000-000000000001", "is_ipv6": False}
    exchanges: list[dict[str, Any]] = [
        {"method": "POST", "path": "/lb/v1/zones/fr-par-1/ips", "request": request, "status": 200, "response": created},
        {"method": "DELETE", "path": f"/lb/v1/zones/fr-par-1/ips/{created['id']}", "request": None, "status": 200},
    ]
    lines = [json.dumps({"query": "", "response": None, **exchange}) for exchange in exchanges]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_replay_reports_wrong_shapes_and_statuses(emulator: Emulator, scenario: Path) -> None:
    differences = Replay(emulator).run(load(scenario))
    assert [
        (difference.field, difference.recorded) for difference in differences if difference.recorded != "missing"
    ] == [
        (".name", "text"),
        ("status", "200"),
    ]
    assert differences[-1].served == "204 None"


def test_recordings_are_looked_for_where_said_then_in_the_repository_then_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RECORDINGS", raising=False)
    root, beside, named = tmp_path / "root", tmp_path / "other" / "recordings", tmp_path / "named"
    root.mkdir()
    assert find_recordings(root) is None
    beside.mkdir(parents=True)
    assert find_recordings(root) == beside
    (root / "recordings").mkdir()
    assert find_recordings(root) == root / "recordings"
    monkeypatch.setenv("RECORDINGS", str(named))
    assert find_recordings(root) is None
    named.mkdir()
    assert find_recordings(root) == named
