# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The account in which stories happen. Time passes only when somebody waits. See ``number`` for how many there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from hypothesis import settings

from behaviour.process import take_account, take_time
from emulator.testing import Emulator
from properties.beginning import Beginning
from properties.products import ARCHIVES

pytest.register_assert_rewrite("properties.teller", "properties.trees")

settings.register_profile("long")


@pytest.fixture(scope="package")
def account(running_emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """An emulator, and an environment with the credentials of an account on it."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        take_account(monkeypatch, running_emulator, tmp_path_factory.mktemp("home"))
        take_time(monkeypatch)
        yield running_emulator


@pytest.fixture(scope="package")
def empty(account: Emulator) -> Beginning:
    """An account with nothing in it."""
    account.reset()
    return Beginning(account)


@pytest.fixture(scope="package")
def with_plan(account: Emulator, session: requests.Session) -> Beginning:
    """An account with nothing but a plan for Edge Services."""
    from behaviour.account import PROJECT_ID, Account

    account.reset()
    edge = Account(account, "", session, "/edge-services/v1beta1")
    edge.call("PATCH", "/current-plan", {"project_id": PROJECT_ID, "plan_name": "advanced"})
    account.clear_journal()
    return Beginning(account)


@pytest.fixture(scope="package")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Be in a directory with two archives with code of functions."""
    from ansible_collections.scw.cloud.plugins.plugin_utils.code_folder import pack

    folder: Path = tmp_path_factory.mktemp("code")
    for name in ARCHIVES:
        source = folder / Path(name).stem
        source.mkdir()
        (source / "handler.py").write_text(f"def handle(event, context):\n    return {name!r}\n")
        with open(folder / name, "w+b") as target:
            pack(str(source), target)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.chdir(folder)
        yield


@pytest.fixture(scope="package")
def with_frontend(account: Emulator, session: requests.Session) -> Beginning:
    """An account with a load balancer that listens on one port."""
    from behaviour.account import BACKEND_BODY, PROJECT_ID, Account

    account.reset()
    zone = Account(account, "zones/nl-ams-2", session)
    lb = zone.post("/lbs", name="shop", type="LB-S", description="", project_id=PROJECT_ID)["id"]
    backend = zone.post(f"/lbs/{lb}/backends", name="web", **BACKEND_BODY)["id"]
    zone.post(f"/lbs/{lb}/frontends", name="http", inbound_port=80, backend_id=backend)
    account.clear_journal()
    return Beginning(account)
