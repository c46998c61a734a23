# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWX with an account on the emulator."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from awx.controller import Controller
from behaviour.account import PROJECT_ID, TOKEN, Account
from emulator.testing import Emulator


@pytest.fixture
def account(running_emulator: Emulator, session: requests.Session) -> Account:
    running_emulator.reset()
    return Account(running_emulator, "zones/fr-par-1", session)


@pytest.fixture
def awx(account: Account, tmp_path: Path) -> Controller:
    fields = {"secret_key": TOKEN, "project_id": PROJECT_ID, "api_url": account.emulator.url}
    return Controller(account.emulator, tmp_path, fields)
