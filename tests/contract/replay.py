# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replays recorded exchanges with the real API against the emulator and reports what differs.

A recording is one scenario: a file with one exchange per line. Each recorded request is sent as it was, with recorded
identifiers and addresses replaced by those the emulator gave at the same place of an earlier answer. Status and body
are then compared field by field: key presence, null against missing against empty, JSON types, lengths of lists, the
number of fractional digits of times, and every value that is not an identifier, an address or a time.

Recordings leave out repeated identical reads, so the number of reads until something settles is not in them. The replay
therefore lets the recorded answer decide: where it shows a settled object the emulator is told to settle at once, where
it shows an unsettled one the emulator is told to wait. Refusals of writes on unsettled objects are switched off: the
recording client waited before it wrote. What stays a matter of timing is not compared: whether a read meets `to_create`
or `creating`, and the status of instances inside nested objects. Of a secret's hash the parameters and the lengths of
its parts are compared: the salt is drawn anew.

Recordings leave out what is sent to signed URLs, and the code of functions with it. The replay uploads an archive where
the recorded client did: one that fails as the recorded function did, or one that every runtime can use.
"""

from __future__ import annotations

import datetime
import ipaddress
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from contract.archives import HANDLERS, archive
from contract.certificates import custom_chain
from emulator.testing import Emulator

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d+))?Z")
_HASH = re.compile(r"(\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+\$)([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)")
_FUNCTION_NAMES = ".functions.fnc."
_REGISTRY = re.compile(r"rg\.[a-z-]+\.scw\.cloud/funcscw[a-z0-9]+")
_STORE = "https://s3.fr-par.scw.cloud"
_SIGNED = "<presigned>"
_LONG = 1000
_EDGE = "/edge-services/v1beta1"
_TOKEN = "11111111-2222-4333-8444-555555555555"


@dataclass(frozen=True)
class Exchange:
    """One recorded request and answer; number counts from 1 within the scenario."""

    scenario: str
    number: int
    method: str
    path: str
    query: str
    request: Any
    status: int
    response: Any

    @property
    def operation(self) -> str:
        """Method and path without identifiers, zone and region."""
        return f"{self.method} {re.sub('/(zones|regions)/[^/]+', '', _UUID.sub('{id}', self.path))}"


@dataclass(frozen=True)
class Difference:
    """One thing that differs: where, what was recorded, and what was served."""

    exchange: Exchange
    field: str
    recorded: str
    served: str

    def __str__(self) -> str:
        where = f"{self.exchange.scenario} #{self.exchange.number} {self.exchange.operation}"
        return f"{where} {self.field}: recorded {self.recorded}, served {self.served}"


def find_recordings(root: Path) -> Path | None:
    """Return the folder of recordings: $RECORDINGS, `recordings` in the repository or in a folder beside it."""
    named = os.environ.get("RECORDINGS")
    candidates = [Path(named)] if named else [root / "recordings", *sorted(root.parent.glob("*/recordings"))]
    return next((folder for folder in candidates if folder.is_dir()), None)


def load(path: Path) -> list[Exchange]:
    """Read one scenario."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        Exchange(
            scenario=path.stem,
            number=number,
            **{key: record[key] for key in ("method", "path", "query", "request", "status", "response")},
        )
        for number, record in enumerate(map(json.loads, lines), start=1)
    ]


class Replay:
    """Sends one scenario to an emulator."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._session = requests.Session()
        self._session.headers["X-Auth-Token"] = _TOKEN
        self._served_for: dict[str, str] = {}
        self._flaws: dict[str, str] = {}

    def run(self, exchanges: list[Exchange]) -> list[Difference]:
        """Replay a scenario on an empty emulator and return every difference."""
        self._emulator.reset()
        self._emulator.settings(busy_conflict=False, extra_field=False)
        self._subscribe(exchanges)
        self._flaws = _flaws(exchanges)
        return [difference for exchange in exchanges for difference in self._replay(exchange)]

    def _subscribe(self, exchanges: list[Exchange]) -> None:
        """Give projects a plan of Edge Services, which those recorded had unless the scenario selects one."""
        if any(exchange.operation == f"PATCH {_EDGE}/current-plan" for exchange in exchanges):
            return
        creations = [exchange.request for exchange in exchanges if exchange.operation == f"POST {_EDGE}/pipelines"]
        for project_id in {request["project_id"] for request in creations}:
            plan = {"project_id": project_id, "plan_name": "advanced"}
            answer = self._session.patch(f"{self._emulator.url}{_EDGE}/current-plan", json=plan, timeout=10)
            answer.raise_for_status()

    def _replay(self, exchange: Exchange) -> list[Difference]:
        self._emulator.settings(settle_reads=0 if is_settled(exchange) else _LONG)
        answer = self._session.request(
            exchange.method,
            self._emulator.url + self._translated(exchange.path),
            params=self._translated(exchange.query),
            json=None if exchange.request is None else self._body(exchange),
            timeout=10,
        )
        served = answer.json() if answer.content else None
        if answer.status_code != exchange.status:
            return [Difference(exchange, "status", str(exchange.status), f"{answer.status_code} {served}")]
        self._learn(exchange.response, served)
        if exchange.path.endswith("/upload-url"):
            self._upload(exchange, served)
        return [
            Difference(exchange, field, recorded, found)
            for field, recorded, found in compare(exchange.response, served, "", self._translated)
        ]

    def _upload(self, exchange: Exchange, served: Any) -> None:
        """Upload something of the recorded length where the emulator said, and learn where that is."""
        self._served_for.update({_STORE: self._emulator.url, _SIGNED: served["url"].partition("?")[2]})
        flaw = self._flaws.get(exchange.path.split("/")[-2])
        files = HANDLERS if flaw is None else {"FAIL": flaw}
        headers = {name: value for name, (value,) in served["headers"].items()}
        content = archive(files, int(headers["content-length"]))
        assert requests.put(served["url"], data=content, headers=headers, timeout=10).status_code == 200

    def _body(self, exchange: Exchange) -> Any:
        body = json.loads(self._translated(json.dumps(exchange.request)))
        if "custom_certificate" in body:
            body["custom_certificate"]["certificate_chain"] = _chain_like(exchange.response)
        return body

    def _translated(self, text: str) -> str:
        """Replace what was recorded by what the emulator gave in its place, longest first."""
        if not self._served_for:
            return text
        known = sorted(self._served_for, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, known)), lambda found: self._served_for[found[0]], text)

    def _learn(self, recorded: Any, served: Any) -> None:
        if isinstance(recorded, dict) and isinstance(served, dict):
            # Recordings were made in a default project, whose identifier is also the organisation's.
            for key in sorted(recorded.keys() & served.keys() - {"organization_id"}):
                self._learn(recorded[key], served[key])
        elif isinstance(recorded, list) and isinstance(served, list):
            for one, other in zip(recorded, served, strict=False):
                self._learn(one, other)
        elif isinstance(recorded, str) and isinstance(served, str) and _is_given_by_the_server(recorded):
            self._learn_text(recorded, served)

    def _learn_text(self, recorded: str, served: str) -> None:
        if _REGISTRY.fullmatch(recorded):
            # Only this is random in it, and in the addresses of functions too.
            self._served_for.setdefault(recorded[-8:], served[-8:])
            return
        self._served_for.setdefault(recorded, served)
        if _UUID.fullmatch(recorded):
            # Addresses of containers begin with these digits.
            self._served_for.setdefault(recorded[:8], served[:8])


def _flaws(exchanges: list[Exchange]) -> dict[str, str]:
    """Return what went wrong with functions, by their identifiers."""
    answers = [exchange.response for exchange in exchanges if "/functions/" in exchange.path.split("/regions/")[-1]]
    return {
        answer["id"]: answer["error_message"]
        for answer in answers
        if isinstance(answer, dict) and answer.get("status") == "error"
    }


def _chain_like(recorded: dict[str, Any]) -> str:
    """Recordings mask the content of certificates; make one that reads the same."""
    return custom_chain(
        recorded["common_name"],
        recorded["subject_alternative_name"],
        datetime.datetime.fromisoformat(recorded["not_valid_before"].replace("Z", "+00:00")),
        datetime.datetime.fromisoformat(recorded["not_valid_after"].replace("Z", "+00:00")),
    )


def _is_given_by_the_server(text: str) -> bool:
    is_name = text.endswith(".scw.cloud") and "://" not in text and _FUNCTION_NAMES not in text
    return bool(_UUID.fullmatch(text) or _REGISTRY.fullmatch(text)) or _is_address(text) or is_name


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def is_settled(exchange: Exchange) -> bool:
    """Say whether the recorded answer shows an object that has settled, or none at all."""
    answer = exchange.response
    if exchange.method != "GET" or not isinstance(answer, dict):
        return False
    instances = answer.get("instances", [])
    settled = all(instance["status"] == "ready" for instance in instances)
    return settled and answer.get("status", "ready") in ("ready", "error")


Translate = Callable[[str], str]
Found = tuple[str, str, str]


def compare(recorded: Any, served: Any, path: str, translate: Translate) -> Iterator[Found]:
    """Yield field, recorded and served wherever two bodies differ."""
    if type(recorded) is not type(served):
        yield path, _kind(recorded), _kind(served)
    elif isinstance(recorded, dict):
        yield from _compare_objects(recorded, served, path, translate)
    elif isinstance(recorded, list):
        if len(recorded) != len(served):
            yield path, f"{len(recorded)} items", f"{len(served)} items"
        for one, other in zip(recorded, served, strict=False):
            yield from compare(one, other, f"{path}[]", translate)
    elif not _is_same(recorded, served, path, translate):
        yield path, repr(recorded), repr(served)


def _compare_objects(
    recorded: dict[str, Any], served: dict[str, Any], path: str, translate: Translate
) -> Iterator[Found]:
    for key in sorted(recorded.keys() | served.keys()):
        field = f"{path}.{key}"
        if key not in served:
            yield field, _kind(recorded[key]), "missing"
        elif key not in recorded:
            yield field, "missing", _kind(served[key])
        else:
            yield from compare(recorded[key], served[key], field, translate)


def _is_same(recorded: Any, served: Any, path: str, translate: Translate) -> bool:
    if not isinstance(recorded, str):
        return bool(recorded == served)
    if path.endswith(".instances[].status"):
        return True
    if path == ".status" and {recorded, served} == {"to_create", "creating"}:
        return True
    if _UUID.fullmatch(recorded):
        return _UUID.fullmatch(served) is not None
    if _TIME.fullmatch(recorded):
        return _precision(recorded) == _precision(served)
    if _HASH.fullmatch(recorded):
        return _hash_form(recorded) == _hash_form(served)
    if path.endswith(".fingerprint"):
        return len(recorded) == len(served)
    return bool(translate(recorded) == served)


def _precision(text: str) -> int | None:
    """Count fractional digits; the API cuts trailing groups of three zeros of what it has stored."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    digits = len(found[1] or "")
    return 6 if digits == 3 else digits


def _hash_form(text: str) -> tuple[str, int, int] | None:
    """Parameters of a hash, and how long its salt and its digest are."""
    found = _HASH.fullmatch(text)
    return (found[1], len(found[2]), len(found[3])) if found else None


def _kind(value: Any) -> str:
    names = {type(None): "null", bool: "boolean", int: "integer", float: "number", str: "text", dict: "object"}
    if isinstance(value, list):
        return "list" if value else "empty list"
    return names[type(value)]
