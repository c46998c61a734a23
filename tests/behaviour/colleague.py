# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody else who changes something in the middle of a task, by plain HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter


class Colleague:
    """Acts once: right before the first request with this method, and with this pattern in its path, is sent."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, method: str, path: str, action: Callable[[], object]) -> None:
        self.acted = False
        send = HTTPAdapter.send

        def send_after_action(adapter: HTTPAdapter, request: requests.PreparedRequest, **more: Any) -> Any:
            if not self.acted and request.method == method and re.search(path, str(request.url)):
                self.acted = True  # before the action, whose own requests come here too
                action()
            return send(adapter, request, **more)

        monkeypatch.setattr(HTTPAdapter, "send", send_after_action)
