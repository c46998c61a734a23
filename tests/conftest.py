# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guard around every test: no host but this one, no account, no configuration of the person who runs it.

And what most suites need: an emulator per test process, and a session of HTTP.
"""

from __future__ import annotations

import ipaddress
import os
import re
import shutil
import socket
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import requests

    from emulator.testing import Emulator

_PRIVATE_VARIABLES = re.compile(
    r"(SCW|SCALEWAY)_.*|(https?|all|no|ftp)_proxy|(REQUESTS|CURL)_CA_BUNDLE|NETRC", re.IGNORECASE
)
_real_connect = socket.socket.connect
_real_connect_ex = socket.socket.connect_ex
_real_getaddrinfo = socket.getaddrinfo
_real_environment = dict(os.environ)
_home = tempfile.mkdtemp(prefix="home-")


class ForbiddenHost(RuntimeError):
    """A test tried to reach another host. Not an OSError, so that nothing takes it for a network fault."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of several suites."""
    parser.addoption("--way", choices=["module", "controller"], help="where all tests run their modules; both by turns")


def _put_up_guard() -> None:
    for name in filter(_PRIVATE_VARIABLES.fullmatch, list(os.environ)):
        del os.environ[name]
    os.environ.update(HOME=_home, XDG_CONFIG_HOME=os.path.join(_home, ".config"))
    socket.socket.connect = _connect  # type: ignore[assignment, method-assign]
    socket.socket.connect_ex = _connect_ex  # type: ignore[assignment, method-assign]
    socket.getaddrinfo = _getaddrinfo


def pytest_unconfigure() -> None:
    """Take the guard down, for whoever runs pytest inside another program."""
    socket.socket.connect = _real_connect  # type: ignore[method-assign]
    socket.socket.connect_ex = _real_connect_ex  # type: ignore[method-assign]
    socket.getaddrinfo = _real_getaddrinfo
    os.environ.clear()
    os.environ.update(_real_environment)
    shutil.rmtree(_home, ignore_errors=True)


def _make_collections_importable() -> None:
    """Let Ansible's loader find the collection; it cannot once something was imported from it without the loader."""
    from ansible.plugins.loader import init_plugin_loader
    from ansible.utils.collection_loader import AnsibleCollectionConfig  # type: ignore[attr-defined]

    if AnsibleCollectionConfig.collection_finder is None:
        init_plugin_loader()


def _is_here(host: str | None) -> bool:
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _check(sock: socket.socket, address: Any) -> None:
    if sock.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
        raise ForbiddenHost(f"This test tried to connect to {address[0]}.")


def _connect(sock: socket.socket, address: Any) -> None:
    _check(sock, address)
    _real_connect(sock, address)


def _connect_ex(sock: socket.socket, address: Any) -> int:
    _check(sock, address)
    return _real_connect_ex(sock, address)


def _getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
    name = host.decode() if isinstance(host, bytes) else host
    if not _is_here(name):
        raise ForbiddenHost(f"This test tried to look up {name}.")
    return _real_getaddrinfo(host, *arguments, **options)


@pytest.fixture(scope="session")
def running_emulator() -> Iterator[Emulator]:
    """An emulator whose changes are in effect at once."""
    from emulator.testing import Emulator

    with Emulator(settle_reads=0) as emulator:
        yield emulator


@pytest.fixture(scope="session")
def session() -> Iterator[requests.Session]:
    """Keeps connections between requests of tests."""
    import requests

    with requests.Session() as session:
        yield session


# Now, and not in a hook: the next conftest imports from the collection, and Ansible reads HOME when it is imported.
_put_up_guard()
_make_collections_importable()
