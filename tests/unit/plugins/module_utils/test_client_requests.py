# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes over the wire, and what an answer becomes."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import traceback
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.api import client as client_module
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    LostAnswer,
    RequestError,
)
from unit.conftest import Connect, Serve
from unit.samples import SECRET
from unit.scripted_server import (
    Answer,
    CloseAfterReading,
    Exchange,
    Reaction,
    ResetAfterReading,
)

FINE = Answer(json={"id": "x"})
HTML = Answer(502, body=b"<html>\n<h1>Bad gateway</h1></html>")
EMPTY_429 = Answer(429, headers={"X-Envoy-Ratelimited": "true"})
REPEATABLE = ("GET", "PUT", "DELETE")
METHODS = (*REPEATABLE, "POST", "PATCH")
ATTEMPTED = "do what the task says"


def unavailable(status: int) -> Answer:
    """An API that cannot answer now."""
    return Answer(status, json={"message": "upstream request timeout"})


def everything(error: BaseException) -> str:
    """All that an error says: message, data, and what a traceback would show."""
    return "".join(traceback.format_exception(error)) + repr(getattr(error, "data", ""))


# How requests look


def test_a_read_carries_the_key_and_says_who_asks(serve: Serve, connect: Connect) -> None:
    server = serve([Exchange("GET", "/lb/v1/x", FINE, query={"name": ["a b"], "tags": ["1", "2"]}, body=None)])
    answer = connect(server.url).get("/lb/v1/x", doing="read it", query={"name": "a b", "tags": ["1", "2"]})
    assert answer == {"id": "x"}
    headers = server.calls[0].headers
    assert headers["x-auth-token"] == SECRET
    assert headers["accept"] == "application/json"
    assert headers["user-agent"] == f"ansible-scw.cloud/{client_module.VERSION}"
    assert "content-type" not in headers
    assert "authorization" not in headers


@pytest.mark.parametrize("body", [{"name": "é", "tags": []}, {}, {"server_ip": None}])
def test_a_write_carries_its_body_as_json(serve: Serve, connect: Connect, body: dict[str, Any]) -> None:
    server = serve([Exchange("PUT", "/x", FINE, query={}, body=body)])
    connect(server.url).call("PUT", "/x", doing="write", body=body)
    assert server.calls[0].headers["content-type"] == "application/json"


def test_unset_query_values_are_not_sent(serve: Serve, connect: Connect) -> None:
    connect(serve([Exchange("GET", "/x", FINE, query={"b": ["1"]})]).url).get(
        "/x", doing="read", query={"a": None, "b": 1}
    )


def test_the_base_url_may_have_a_path(serve: Serve, connect: Connect) -> None:
    connect(f"{serve([Exchange('GET', '/base/x', FINE)]).url}/base").get("/x", doing="read")


@pytest.mark.usefixtures("_netrc")
def test_a_netrc_entry_for_the_host_is_not_sent(serve: Serve, connect: Connect) -> None:
    server = serve([Exchange("GET", "/x", FINE)])
    connect(server.url).get("/x", doing="read")
    assert "authorization" not in server.calls[0].headers


@pytest.mark.usefixtures("_netrc")
def test_a_netrc_entry_for_the_host_is_not_sent_over_tls(
    serve: Serve, connect: Connect, certificate: ssl.SSLContext
) -> None:
    server = serve([Exchange("GET", "/x", FINE)], tls=certificate)
    connect(server.url, api_allow_insecure=True).get("/x", doing="read")
    assert "authorization" not in server.calls[0].headers


def test_plain_http_never_goes_through_a_proxy(serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = serve([])
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    server = serve([Exchange("GET", "/x", FINE)])
    connect(server.url).get("/x", doing="read")
    assert proxy.connections == 0


def test_one_connection_serves_many_requests(serve: Serve, connect: Connect) -> None:
    server = serve([Exchange("GET", "/x", FINE)] * 3)
    client = connect(server.url)
    for _time in range(3):
        client.get("/x", doing="read")
    assert server.connections == 1


# TLS


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server that proves itself with a certificate which nobody signed."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.timezone.utc)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path_factory.mktemp("tls") / "server.pem"
    encoded = serialization.Encoding.PEM
    private = key.private_bytes(encoded, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem.write_bytes(private + signed.public_bytes(encoded))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


@pytest.fixture
def _netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login somebody password something\n")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))


@pytest.mark.parametrize("method", METHODS)
def test_an_untrusted_certificate_ends_the_task_before_the_key_is_sent(
    serve: Serve, connect: Connect, certificate: ssl.SSLContext, method: str
) -> None:
    server = serve([], tls=certificate)
    with pytest.raises(RequestError, match=r"certificate of 127\.0\.0\.1:\d+ cannot be trusted") as raised:
        connect(server.url).call(method, "/x", doing=ATTEMPTED)
    assert not isinstance(raised.value, LostAnswer)
    assert server.connections == 1


def test_an_untrusted_certificate_is_accepted_where_the_user_wants_it(
    serve: Serve, connect: Connect, certificate: ssl.SSLContext
) -> None:
    server = serve([Exchange("GET", "/x", FINE)], tls=certificate)
    assert connect(server.url, api_allow_insecure=True).get("/x", doing="read") == {"id": "x"}


def test_a_ca_bundle_in_the_environment_does_not_undo_allow_insecure(
    serve: Serve, connect: Connect, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    import certifi

    monkeypatch.setenv("REQUESTS_CA_BUNDLE", certifi.where())
    server = serve([Exchange("GET", "/x", FINE)], tls=certificate)
    assert connect(server.url, api_allow_insecure=True).get("/x", doing="read") == {"id": "x"}


@pytest.mark.parametrize("fault", [CloseAfterReading(), ResetAfterReading()], ids=["closed", "reset"])
def test_a_tls_connection_that_breaks_before_the_answer_is_a_lost_answer_not_an_untrusted_certificate(
    serve: Serve, connect: Connect, certificate: ssl.SSLContext, fault: Reaction
) -> None:
    server = serve([Exchange("POST", "/x", fault)], tls=certificate)
    with pytest.raises(LostAnswer):
        connect(server.url, api_allow_insecure=True).call("POST", "/x", doing=ATTEMPTED, body={})


# Answers


@pytest.mark.parametrize(
    ("method", "answer", "parsed"),
    [
        ("GET", Answer(json={"a": [1, None]}), {"a": [1, None]}),
        ("GET", Answer(body=b'{"a": "\xc3\xa9"}', headers={"Content-Type": "application/json"}), {"a": "é"}),
        ("DELETE", Answer(204), {}),
        ("DELETE", Answer(200), {}),
        ("POST", Answer(204), {}),
        ("PUT", Answer(204, headers={"Content-Type": "application/json"}), {}),
    ],
)
def test_an_answer_is_its_json_object_or_empty(
    serve: Serve, connect: Connect, method: str, answer: Answer, parsed: object
) -> None:
    assert connect(serve([Exchange(method, "/x", answer)]).url).call(method, "/x", doing="work") == parsed


NOT_OBJECTS = {
    "html": Answer(200, body=b"<html>\n maintenance  page</html>"),
    "nothing": Answer(200),
    "null": Answer(json=None),
    "list": Answer(json=[1]),
    "text": Answer(json="fine"),
    "half": Answer(body=b'{"id": '),
    "binary": Answer(body=b"\xff\xfe\x00"),
    "deep": Answer(body=b"[" * 200_000),
}


@pytest.mark.parametrize("answer", NOT_OBJECTS.values(), ids=NOT_OBJECTS)
def test_a_200_that_is_no_object_after_a_create_is_a_lost_answer(
    serve: Serve, connect: Connect, answer: Answer
) -> None:
    server = serve([Exchange("POST", "/x", answer)])
    with pytest.raises(LostAnswer, match=f"Could not {ATTEMPTED}: ") as raised:
        connect(server.url).call("POST", "/x", doing=ATTEMPTED, body={})
    assert len(str(raised.value)) < 400


@pytest.mark.parametrize("answer", NOT_OBJECTS.values(), ids=NOT_OBJECTS)
def test_a_200_that_is_no_object_after_a_read_is_asked_for_again(
    serve: Serve, connect: Connect, answer: Answer
) -> None:
    server = serve([Exchange("GET", "/x", answer), Exchange("GET", "/x", FINE)])
    assert connect(server.url).get("/x", doing="read") == {"id": "x"}


def test_the_first_words_of_a_page_that_is_no_json_are_shown(serve: Serve, connect: Connect) -> None:
    server = serve([Exchange("POST", "/x", NOT_OBJECTS["html"])])
    with pytest.raises(LostAnswer, match=r"\(200\) is not a JSON object: 'maintenance page'"):
        connect(server.url).call("POST", "/x", doing=ATTEMPTED)


def test_garbled_compression_is_a_lost_answer(serve: Serve, connect: Connect) -> None:
    garbled = Answer(body=b"not gzip", headers={"Content-Encoding": "gzip"})
    with pytest.raises(LostAnswer):
        connect(serve([Exchange("POST", "/x", garbled)]).url).call("POST", "/x", doing=ATTEMPTED)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", METHODS)
def test_a_redirect_is_never_followed(serve: Serve, connect: Connect, status: int, method: str) -> None:
    elsewhere = serve([])
    redirect = Answer(status, headers={"Location": f"{elsewhere.url}/x"})
    server = serve([Exchange(method, "/x", redirect)])
    with pytest.raises(RequestError, match="redirects elsewhere") as raised:
        connect(server.url).call(method, "/x", doing=ATTEMPTED)
    assert elsewhere.connections == 0
    assert f"Could not {ATTEMPTED}" in str(raised.value)
    assert "Check api_url" in str(raised.value)
