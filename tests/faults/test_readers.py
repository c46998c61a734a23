# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What reads an account and is no module: a fault at any request gives what was asked for, or one clear sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from ansible.errors import AnsibleError
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import inventory_loader, lookup_loader

from ansible_collections.scw.cloud.plugins.plugin_utils import inventory_fetch
from behaviour.account import BACKEND_BODY, PROJECT_ID, TOKEN, Account
from emulator.testing import Emulator
from faults.judgement import unclear
from faults.kinds import REFUSED, Kind, kinds_for
from faults.sweep import guarded
from faults.wire import Wire

ZONE, REGION = "nl-ams-1", "nl-ams"
TURNS = 3
"""Each fault is played at one of so many requests, unless all are asked for."""


def _inventory(product: str, **options: Any) -> Callable[[Path], Any]:
    """Reads a source in this process: the variables of all hosts, and the members of all groups."""

    def read(folder: Path) -> Any:
        path = folder / f"all.scw_{product}.yml"
        path.write_text(yaml.safe_dump({"plugin": f"scw.cloud.scw_{product}", **options}))
        found = InventoryData()
        inventory_loader.get(f"scw.cloud.scw_{product}").parse(found, DataLoader(), str(path))
        groups = {name: sorted(host.name for host in group.hosts) for name, group in found.groups.items()}
        return {"hosts": {name: host.vars for name, host in found.hosts.items()}, "groups": groups}

    return read


def _lookup(*products: str) -> Callable[[Path], Any]:
    """Reads all lists of these products."""
    return lambda _folder: lookup_loader.get("scw.cloud.account").run(list(products), {}, zones=[ZONE])


READERS: Mapping[str, Callable[[Path], Any]] = {
    "account-lb": _lookup("lb"),
    "account-edge": _lookup("edge"),
    "account-serverless": _lookup("container", "function"),
    "inventory-lb": _inventory("lb", zones=[ZONE], include=["frontends", "stats"], servers=True),
    "inventory-edge": _inventory("edge", include=["dns_stages"]),
    "inventory-container": _inventory("container", regions=[REGION], include=["domains"]),
    "inventory-function": _inventory("function", regions=[REGION], include=["crons"]),
}


def build(account: Account) -> None:
    """One of everything that a reader goes through, and two load balancers."""
    for number in range(2):
        lb = account.post("/lbs", name=f"lb-{number}", type="LB-S", project_id=PROJECT_ID)["id"]
        backend = account.post(f"/lbs/{lb}/backends", **{**BACKEND_BODY, "name": "app", "server_ip": ["10.0.0.1"]})[
            "id"
        ]
        account.post(f"/lbs/{lb}/frontends", name="http", inbound_port=80, backend_id=backend)
    edge = account.at("/edge-services/v1beta1", "")
    edge.call("PATCH", "/current-plan", {"project_id": PROJECT_ID, "plan_name": "advanced"})
    pipeline = edge.post("/pipelines", name="site", description="", project_id=PROJECT_ID)["id"]
    for kind in ("dns", "route"):
        edge.post(f"/pipelines/{pipeline}/{kind}-stages")
    for base, kind, more in (
        ("/containers/v1", "containers", {"image": "rg.nl-ams.scw.cloud/shop/web:1"}),
        ("/functions/v1beta1", "functions", {"runtime": "python313"}),
    ):
        product = account.at(base, f"regions/{REGION}")
        namespace = product.post("/namespaces", name="shop", project_id=PROJECT_ID)["id"]
        product.post(f"/{kind}", name="web", namespace_id=namespace, **more)


@dataclass(frozen=True)
class Strike:
    """One fault at one request."""

    operation: str
    occurrence: int
    kind: Kind

    def __str__(self) -> str:
        return f"{self.operation}#{self.occurrence + 1} {self.kind.name}"


class Library:
    """One reader of one account."""

    def __init__(self, read: Callable[[Path], Any], emulator: Emulator, wire: Wire, folder: Path) -> None:
        self._read = read
        self._emulator = emulator
        self._wire = wire
        self._folder = folder
        self._snapshot = emulator.snapshot()
        self.usual = self.read()
        self.requests = Counter(str(entry.operation) for entry in emulator.journal())

    def read(self) -> Any:
        """What is read from the account as it is at the beginning."""
        return self._read(self._folder)

    def strikes(self, turns: int) -> list[Strike]:
        """The faults to play: each kind at one request of so many, by turns."""
        asked = [(operation, number) for operation, times in sorted(self.requests.items()) for number in range(times)]
        return [
            Strike(operation, number, kind)
            for turn, (operation, number) in enumerate(asked)
            for offset, kind in enumerate(kinds_for("GET"))
            if (turn + offset) % turns == 0
        ]

    def disturbed(self, strike: Strike) -> Iterator[str]:
        """What is wrong with a reading that a fault hits."""
        emulator = self._emulator
        emulator.accept()
        emulator.restore(self._snapshot)
        self._wire.time.seconds = 0.0
        self._wire.short = True
        if strike.kind is REFUSED:
            emulator.refuse(after=strike.occurrence)
            self._wire.time.on_sleep = emulator.accept
        else:
            emulator.faults([{**strike.kind.rule, "operation": strike.operation, "after": strike.occurrence}])
        try:
            found = self.read()
        except AnsibleError as error:
            yield from unclear(error.message, strike.kind.words)
            if strike.kind.is_passing("GET"):
                yield f"failed: {error.message}"
        else:
            yield from self._complaints(found, strike)
        finally:
            self._wire.time.on_sleep = lambda: None
            emulator.accept()

    def _complaints(self, found: Any, strike: Strike) -> Iterator[str]:
        journal = self._emulator.journal()
        if strike.kind is not REFUSED and not any(entry.fault for entry in journal):
            yield "the fault did not strike"
        if any(entry.method != "GET" for entry in journal):
            yield "wrote"
        if found != self.usual and not (strike.kind.denies and len(str(found)) < len(str(self.usual))):
            yield f"read something else: {found}"
        if TOKEN in str(found):
            yield "shows the API key"


@pytest.fixture
def library(
    emulator: Emulator,
    session: requests.Session,
    wire: Wire,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Library:
    monkeypatch.setattr(inventory_fetch, "Clock", wire.time.clock)
    emulator.settings(settle_reads=0)
    build(Account(emulator, f"zones/{ZONE}", session))
    emulator.clear_journal()
    return Library(request.param, emulator, wire, tmp_path)


@pytest.mark.parametrize("library", READERS.values(), ids=READERS, indirect=True)
def test_a_disturbed_reading(library: Library, request: pytest.FixtureRequest) -> None:
    assert library.usual
    complaints = [
        f"{strike}: {what}"
        for strike in library.strikes(1 if request.config.getoption("--every") else TURNS)
        for what in guarded(library.disturbed, strike)
    ]
    assert not complaints, "\n".join(complaints)
