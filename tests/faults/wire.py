# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies between tasks and the emulator: connections from the first fault on, and nothing where there is none.

Timeouts pass in virtual time: an answer comes at once, and what the client sees is that none came in time.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from behaviour.process import VirtualTime
from emulator.testing import Emulator
from faults.kinds import SILENCE


class Wire:
    """``short``: whether requests may go without a connection, until a fault hits one."""

    def __init__(self, emulator: Emulator, time: VirtualTime, monkeypatch: pytest.MonkeyPatch) -> None:
        self.time = time
        self.short = False
        self._emulator = emulator
        self._connect = HTTPAdapter.send
        monkeypatch.setattr(HTTPAdapter, "send", lambda adapter, request, **how: self._send(adapter, request, how))

    def _send(self, adapter: HTTPAdapter, request: requests.PreparedRequest, how: dict[str, Any]) -> requests.Response:
        is_file = not isinstance(request.body, (bytes, str, type(None)))  # which only a connection reads
        answer = None if is_file or not self.short else self._answer(adapter, request)
        if answer is None:
            self.short = self.short and is_file
            answer = self._connect(adapter, request, **how)
        if SILENCE.items() <= answer.headers.items():
            answer.close()
            self.time.seconds += how["timeout"]
            raise requests.exceptions.ReadTimeout("Read timed out.", request=request)
        return answer

    def _answer(self, adapter: HTTPAdapter, request: requests.PreparedRequest) -> requests.Response | None:
        content = request.body.encode() if isinstance(request.body, str) else request.body or b""
        url = str(request.url)
        headers = {"Host": urlsplit(url).netloc, **request.headers}
        made = self._emulator.answer(str(request.method), url, headers, content)
        if made is None:
            return None
        body = BytesIO(made.body if isinstance(made.body, bytes) else b"")
        raw = HTTPResponse(body, headers=dict(made.headers), status=made.status, preload_content=False)
        return adapter.build_response(request, raw)
