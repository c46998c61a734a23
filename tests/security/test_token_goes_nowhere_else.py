# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The API key goes to the host that the user named, and to no other, whatever hosts and the environment say."""

from __future__ import annotations

import base64
import os
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client, Deadline
from ansible_collections.scw.cloud.plugins.module_utils.api.config import load_settings
from ansible_collections.scw.cloud.plugins.module_utils.errors import ScwError
from behaviour.account import PROJECT_ID, TOKEN
from behaviour.function_code import Workshop
from behaviour.process import VirtualTime
from behaviour.runner import run_module
from contract.certificates import certificate_pem, key_pem
from emulator.testing import Emulator
from security.servers import Asked, Between, Host, Reply

STORED = {"ETag": '"0"'}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
LOCATIONS: dict[str, Callable[[Host], str]] = {
    "absolute": lambda host: f"{host.url}/lb/v1/ips",
    "scheme-relative": lambda host: f"//127.0.0.1:{host.port}/lb/v1/ips",
    "relative": lambda _host: "/elsewhere",
    "with a user": lambda host: f"http://{TOKEN}@127.0.0.1:{host.port}/",
    "none at all": lambda _host: "",
}
NETRC_PASSWORD = "netrc-pa55word"
PROXY_PASSWORD = "proxy-pa55word"
PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


@pytest.fixture
def ask(passing_time: VirtualTime) -> Callable[..., str]:
    """Send one request as tasks do, with settings from the environment; what went wrong, or nothing."""

    def send(method: str = "GET", **options: Any) -> str:
        clock = passing_time.clock()
        try:
            with Client(load_settings(options, os.environ), clock=clock, deadline=Deadline(clock, 60)) as client:
                client.call(method, "/lb/v1/zones/fr-par-1/lbs", doing="list", body=None if method == "GET" else {})
        except ScwError as error:
            return str(error)
        return ""

    return send


@pytest.fixture
def netrc(tmp_path: Path) -> None:
    """A person whose ``.netrc`` has a password for every host."""
    path = tmp_path / ".netrc"
    path.write_text(
        f"machine 127.0.0.1 login me password {NETRC_PASSWORD}\ndefault login me password {NETRC_PASSWORD}\n"
    )
    path.chmod(0o600)


@pytest.fixture
def unknown_authority(tmp_path: Path) -> Iterator[Host]:
    """A host whose certificate nobody vouches for."""
    file = tmp_path / "host.pem"
    file.write_text(key_pem() + certificate_pem("127.0.0.1", ["127.0.0.1"]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with Host(lambda _asked: Reply(200, b'{"lbs": [], "total_count": 0}'), tls=context) as host:
        yield host


def assert_got_no_credentials(host: Host) -> None:
    """It saw neither the key nor a password, in no spelling."""
    for secret in (TOKEN, NETRC_PASSWORD):
        for text in (secret, base64.b64encode(secret.encode()).decode().rstrip("=")):
            assert text not in host.journal
    for asked in host.asked:
        assert {name.lower() for name, _value in asked.headers} & {"x-auth-token", "authorization", "cookie"} == set()


# Redirects


@pytest.mark.parametrize("status", [300, 301, 302, 303, 305, 307, 308])
@pytest.mark.parametrize("location", LOCATIONS)
def test_no_redirect_is_followed(stranger: Host, ask: Callable[..., str], status: int, location: str) -> None:
    headers = {"Location": LOCATIONS[location](stranger), "Refresh": f"0; url={stranger.url}"}
    with Host(lambda _asked: Reply(status, b"", headers)) as api:
        for method in METHODS:
            said = ask(method, api_url=api.url)
            assert "redirects elsewhere" in said
            assert TOKEN not in said
        assert [asked.method for asked in api.asked] == list(METHODS)
        assert {asked.target for asked in api.asked} == {"/lb/v1/zones/fr-par-1/lbs"}
    assert stranger.asked == []


@pytest.mark.parametrize("module", ["scw_lb_info", "scw_lb", "scw_container_namespace", "scw_edge_pipeline_info"])
def test_no_task_follows_a_redirect(emulator: Emulator, stranger: Host, between: Between, module: str) -> None:
    between.change = lambda _asked, _reply: Reply(307, b"", {"Location": stranger.url})
    run = run_module(emulator, module, {} if module.endswith("_info") else {"name": "shop"})
    assert run.failed
    assert "redirects elsewhere" in run.message
    assert stranger.asked == []


# Presigned hosts


class Shop(Workshop):
    """A function whose code changed since it was uploaded."""

    before: bytes


@pytest.fixture
def shop(emulator: Emulator, session: requests.Session, tmp_path: Path) -> Shop:
    made = Shop(emulator, session, tmp_path)
    assert made.run().changed
    made.before = made.archive.read_bytes()
    made.write("handler.py", "def handle(event, context):\n    return {'body': 'new'}\n")
    return made


def signing(host: Host) -> Callable[[Asked, Reply], Reply]:
    """An API that signs URLs of a host, and sets a cookie for it."""

    def change(asked: Asked, reply: Reply) -> Reply:
        headers = {**reply.headers, "Set-Cookie": f"session={TOKEN}; Domain=127.0.0.1; Path=/"}
        reply = Reply(reply.status, reply.content, headers)
        if "load-url" not in asked.target:
            return reply
        return reply.with_json({"url": f"{host.url}/bucket/code.zip?X-Amz-Signature=5ecret", "headers": {}})

    return change


@pytest.mark.usefixtures("netrc")
@pytest.mark.parametrize("encrypted", [False, True], ids=["http", "https"])
@pytest.mark.parametrize("module", ["scw_function", "scw_function_code"])
def test_the_host_of_a_presigned_url_gets_no_credentials(
    shop: Shop,
    stranger: Host,
    unknown_authority: Host,
    between: Between,
    module: str,
    encrypted: bool,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    if encrypted:  # only then are the settings of the environment looked at
        monkeypatch.setenv("SCW_INSECURE", "true")
        stranger = unknown_authority
    between.change = signing(stranger)
    stranger.answer = lambda _asked: Reply(200, shop.before, {**STORED, "Set-Cookie": "session=x; Path=/"})
    if module == "scw_function":
        assert not shop.run().failed
        assert [asked.method for asked in stranger.asked] == ["GET", "PUT"]
    else:
        assert not shop.about(module, dest=str(tmp_path / "fetched.zip")).failed
        assert [asked.method for asked in stranger.asked] == ["GET"]
    assert_got_no_credentials(stranger)
    assert any(asked.header("X-Auth-Token") == TOKEN for asked in between.asked)
    assert all(asked.header("Authorization") is None for asked in between.asked)


@pytest.mark.parametrize("target", ["api", "stranger"])
def test_a_presigned_host_cannot_send_the_upload_elsewhere(
    shop: Shop, stranger: Host, between: Between, target: str
) -> None:
    with Host() as store:
        place = between.url if target == "api" else stranger.url
        store.answer = lambda _asked: Reply(307, b"", {"Location": f"{place}/lb/v1/zones/fr-par-1/lbs"})
        between.change = signing(store)
        run = shop.run()
    assert run.failed
    assert "5ecret" not in run.output
    assert stranger.asked == []
    assert [asked for asked in between.asked if "/lb/" in asked.target] == []


# Credentials and cookies of the surroundings


@pytest.mark.usefixtures("netrc")
@pytest.mark.parametrize("encrypted", [False, True], ids=["http", "https"])
def test_the_api_gets_the_key_and_no_other_credentials(
    stranger: Host, unknown_authority: Host, ask: Callable[..., str], encrypted: bool
) -> None:
    host = unknown_authority if encrypted else stranger
    assert ask(api_url=host.url, api_allow_insecure=True) == ""
    (asked,) = host.asked
    assert asked.header("X-Auth-Token") == TOKEN
    assert NETRC_PASSWORD not in host.journal
    assert asked.header("Authorization") is None


def test_cookies_of_one_task_are_not_sent_by_the_next(emulator: Emulator, between: Between) -> None:
    between.change = lambda _asked, reply: Reply(reply.status, reply.content, {"Set-Cookie": "session=x; Path=/"})
    for _task in range(2):
        assert not run_module(emulator, "scw_lb_info", {}).failed
    assert between.asked[0].header("Cookie") is None
    assert between.asked[-1].header("Cookie") is None


# Proxies


@pytest.fixture
def proxied(stranger: Host, monkeypatch: pytest.MonkeyPatch) -> Host:
    """A proxy that the environment names for everything."""
    stranger.answer = lambda _asked: Reply(403, b"")
    for name in PROXIES:
        monkeypatch.setenv(name, f"http://me:{PROXY_PASSWORD}@127.0.0.1:{stranger.port}")
    return stranger


def test_what_is_not_encrypted_goes_through_no_proxy(proxied: Host, between: Between, ask: Callable[..., str]) -> None:
    assert ask() == ""
    assert len(between.asked) == 1
    assert proxied.asked == []


def test_a_presigned_host_without_encryption_is_reached_without_a_proxy(
    shop: Shop, proxied: Host, between: Between
) -> None:
    with Host(lambda _asked: Reply(200, shop.before, STORED)) as store:
        between.change = signing(store)
        assert not shop.run().failed
        assert len(store.asked) == 2
    assert proxied.asked == []


def test_a_proxy_for_what_is_encrypted_sees_where_it_goes_and_nothing_of_it(
    proxied: Host, ask: Callable[..., str]
) -> None:
    said = ask(api_url="https://api.example.com")
    assert "no connection to api.example.com" in said
    assert PROXY_PASSWORD not in said
    assert {(asked.method, asked.target) for asked in proxied.asked} == {("CONNECT", "api.example.com:443")}
    assert TOKEN not in proxied.journal
    assert "X-Auth-Token".lower() not in proxied.journal.lower()


@pytest.mark.parametrize("proxy", ["http://me:{}@[bad", "me:{}@127.0.0.1:x", "gopher://me:{}@h"])
def test_the_password_of_a_proxy_is_not_shown(ask: Callable[..., str], monkeypatch: Any, proxy: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.format(PROXY_PASSWORD))
    said = ask(api_url="https://127.0.0.1:1")
    assert said.startswith("Could not list")
    assert PROXY_PASSWORD not in said


# URLs that mean different hosts to different readers

ODD_URLS = (
    "http://127.0.0.1:{api}@127.0.0.1:{stranger}",
    "http://me:pw@127.0.0.1:{stranger}",
    "http://127.0.0.1:{api}\\@127.0.0.1:{stranger}",
    "http://127.0.0.1:{api}#@127.0.0.1:{stranger}",
    "http://127.0.0.1:{api}?@127.0.0.1:{stranger}",
    "http://127.0.0.1:{api} 127.0.0.1:{stranger}",
    "http://127.0.0.1:{api}\n127.0.0.1:{stranger}",
    "http:127.0.0.1:{stranger}",
    "//127.0.0.1:{stranger}",
    "127.0.0.1:{stranger}",
    "http:///127.0.0.1:{stranger}",
    "http+unix://127.0.0.1:{stranger}",
    "file:///etc/passwd",
    "http://127.0.0.1:{stranger}:{api}",
    "http://127.0.0.1:99999",
    "http://[127.0.0.1]:{stranger}",
    "http://127.0.0.1%00.example.com:{stranger}",
    "http://127.0.0.1\u200b.example.com",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "http://0x7f000001:{stranger}",
    "http://2130706433:{stranger}",
    "http://127.1:{stranger}",
    "http://[::ffff:127.0.0.1]:{stranger}",
    "http://０.0.0.0:{stranger}",
)


@pytest.mark.parametrize("url", ODD_URLS)
def test_an_odd_url_is_refused_before_anybody_gets_the_key(
    emulator: Emulator, stranger: Host, ask: Callable[..., str], url: str
) -> None:
    said = ask(api_url=url.format(api=emulator.port, stranger=stranger.port))
    assert "api_url" in said
    assert stranger.asked == []
    assert emulator.journal() == []


def test_a_path_in_the_url_stays_on_its_host(stranger: Host, ask: Callable[..., str]) -> None:
    for path in ("/../", "//other", "/%2e%2e/", "/a/"):
        ask(api_url=f"{stranger.url}{path}")
    assert all(asked.target.endswith("/lb/v1/zones/fr-par-1/lbs") for asked in stranger.asked)
    assert len(stranger.asked) == 4


# Encryption

SWITCHES = {
    "PYTHONHTTPSVERIFY": "0",
    "CURL_CA_BUNDLE": "",
    "REQUESTS_CA_BUNDLE": "",
    "SSL_CERT_FILE": "/dev/null",
    "SSL_NO_VERIFY": "1",
    "ANSIBLE_GALAXY_IGNORE": "true",
    "SCW_INSECURE": "false",
    "SCW_TLSVERIFY": "true",
    "SCW_DEFAULT_PROJECT_ID": PROJECT_ID,
}


@pytest.mark.parametrize("switch", SWITCHES)
def test_nothing_but_its_own_setting_turns_the_check_of_certificates_off(
    unknown_authority: Host, ask: Callable[..., str], monkeypatch: pytest.MonkeyPatch, switch: str
) -> None:
    monkeypatch.setenv(switch, SWITCHES[switch])
    said = ask(api_url=unknown_authority.url)
    assert "cannot be trusted" in said
    assert unknown_authority.asked == []


@pytest.mark.parametrize(("name", "value"), [("SCW_INSECURE", "true"), ("SCW_TLSVERIFY", "false")])
def test_its_own_setting_does(
    unknown_authority: Host, ask: Callable[..., str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert ask(api_url=unknown_authority.url) == ""
    assert len(unknown_authority.asked) == 1
