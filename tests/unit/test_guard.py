# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guard itself: no test reaches another host, an account, or the configuration of the person who runs it."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
import requests


@pytest.mark.parametrize("host", ["192.0.2.1", "api.scaleway.com", "2001:db8::1"])
def test_another_host_cannot_be_reached(host: str) -> None:
    with pytest.raises(RuntimeError, match=f"tried to (connect to|look up) {host}"):
        socket.create_connection((host, 443), timeout=0.1)


def test_another_host_cannot_be_reached_through_requests() -> None:
    with pytest.raises(RuntimeError, match="tried to look up"):
        requests.get("https://api.scaleway.com/", timeout=0.1)


def test_a_socket_cannot_go_round_it() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        with pytest.raises(RuntimeError, match="tried to connect to"):
            sock.connect(("192.0.2.1", 53))
        with pytest.raises(RuntimeError, match="tried to connect to"):
            sock.connect_ex(("192.0.2.1", 53))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_host_can_be_reached(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1]), timeout=1).close()


def test_no_account_and_no_proxy_is_in_the_environment() -> None:
    suspicious = ("SCW_", "SCALEWAY_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    assert [name for name in os.environ if name.upper().startswith(suspicious)] == []


def test_home_and_configuration_are_empty_and_temporary() -> None:
    config = Path(os.environ["XDG_CONFIG_HOME"])
    assert config.parent == Path.home() == Path(os.environ["HOME"])
    assert not (config / "scw").exists()
    assert not (Path.home() / ".netrc").exists()
