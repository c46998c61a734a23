# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes over the wire, and what comes back as a value or an error."""

from __future__ import annotations

import datetime
import ipaddress
import json
import ssl
import traceback
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.scw.cloud.plugins.module_utils import client as client_module
from ansible_collections.scw.cloud.plugins.module_utils.client import ATTEMPTS, Clock, Deadline
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    ApiError,
    LostAnswer,
    NotFound,
    RequestError,
    TimedOut,
    Transient,
    Unavailable,
    Unreachable,
)
from hypothesis import given
from hypothesis import strategies as st
from unit.conftest import Connect, Serve, Time
from unit.samples import SECRET
from unit.scripted_server import (
    Answer,
    CloseAfterReading,
    CutBody,
    Exchange,
    Reaction,
    ResetAfterReading,
    ResetBeforeReading,
    ScriptedServer,
    Silence,
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


def test_plain_http_never_goes_through_a_proxy(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    with pytest.raises(LostAnswer, match=r"\(200\) is not a JSON object: '<html> maintenance page</html>'"):
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


# What is repeated

AGAIN = [(method, fault) for method in REPEATABLE for fault in (500, 502, 503, 504)]
LOST: dict[str, Reaction] = {
    "reset before reading": ResetBeforeReading(),
    "reset after reading": ResetAfterReading(),
    "closed after reading": CloseAfterReading(),
    "cut body": CutBody(FINE),
}


@pytest.mark.parametrize(("method", "status"), AGAIN)
def test_reads_puts_and_deletes_are_repeated_when_the_api_cannot_answer(
    serve: Serve, connect: Connect, method: str, status: int
) -> None:
    server = serve([Exchange(method, "/x", unavailable(status))] * 2 + [Exchange(method, "/x", FINE)])
    assert connect(server.url).call(method, "/x", doing="work") == {"id": "x"}


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
@pytest.mark.parametrize("method", REPEATABLE)
def test_reads_puts_and_deletes_are_repeated_when_the_answer_is_lost(
    serve: Serve, connect: Connect, method: str, fault: Reaction
) -> None:
    server = serve([Exchange(method, "/x", fault), Exchange(method, "/x", FINE)])
    assert connect(server.url).call(method, "/x", doing="work") == {"id": "x"}


@pytest.mark.parametrize("fault", LOST.values(), ids=LOST)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_creates_and_patches_are_never_repeated_when_the_answer_is_lost(
    serve: Serve, connect: Connect, time: Time, method: str, fault: Reaction
) -> None:
    server = serve([Exchange(method, "/x", fault)])
    with pytest.raises(LostAnswer, match=f"Could not {ATTEMPTED}: 127.0.0.1:.* did not answer completely"):
        connect(server.url).call(method, "/x", doing=ATTEMPTED, body={})
    assert time.slept == []


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_creates_and_patches_with_an_unknown_outcome_are_left_to_the_caller(
    serve: Serve, connect: Connect, method: str, status: int
) -> None:
    server = serve([Exchange(method, "/x", unavailable(status))])
    with pytest.raises(LostAnswer, match=f"the API answered {status}: upstream request timeout") as raised:
        connect(server.url).call(method, "/x", doing=ATTEMPTED, body={})
    assert raised.value.data["status"] == status


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("answer", [EMPTY_429, Answer(429, json={"message": "slow down"})], ids=["empty", "json"])
def test_everything_is_repeated_after_too_many_requests(
    serve: Serve, connect: Connect, time: Time, method: str, answer: Answer
) -> None:
    server = serve([Exchange(method, "/x", answer)] * 3 + [Exchange(method, "/x", FINE)])
    assert connect(server.url).call(method, "/x", doing="work", body={}) == {"id": "x"}
    assert time.slept == sorted(time.slept)
    assert len(set(time.slept)) == 3


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 410, 412, 422, 501])
def test_a_refusal_is_not_repeated(serve: Serve, connect: Connect, method: str, status: int) -> None:
    server = serve([Exchange(method, "/x", Answer(status, json={"message": "no"}))])
    with pytest.raises(ApiError) as raised:
        connect(server.url).call(method, "/x", doing="work", body={})
    assert raised.value.status == status


@pytest.mark.parametrize("method", METHODS)
def test_a_busy_resource_is_left_to_the_caller(serve: Serve, connect: Connect, method: str) -> None:
    busy = {
        "current_state": "configuring",
        "message": "resource is in a transient state",
        "resource": "gateway",
        "resource_id": "r-1",
        "type": "transient_state",
    }
    server = serve([Exchange(method, "/x", Answer(409, json=busy))])
    with pytest.raises(Transient, match="gateway r-1 is configuring") as raised:
        connect(server.url).call(method, "/x", doing="work", body={})
    assert raised.value.data["resource_id"] == "r-1"


@pytest.mark.parametrize("method", METHODS)
def test_a_refused_connection_is_tried_again_because_nothing_was_sent(
    connect: Connect, time: Time, closed_port: int, method: str
) -> None:
    with pytest.raises(Unreachable, match=f"no connection to 127.0.0.1:{closed_port}") as raised:
        connect(f"http://127.0.0.1:{closed_port}").call(method, "/x", doing=ATTEMPTED, body={})
    assert len(time.slept) == ATTEMPTS - 1
    assert "Check api_url" in str(raised.value)


def test_a_server_that_comes_up_meanwhile_is_found(
    serve: Serve, connect: Connect, time: Time, closed_port: int
) -> None:
    def come_up() -> None:
        if len(time.slept) == 2:
            serve([Exchange("POST", "/x", FINE)], port=closed_port)

    time.on_sleep = come_up
    answer = connect(f"http://127.0.0.1:{closed_port}").call("POST", "/x", doing="work", body={})
    assert answer == {"id": "x"}
    assert len(time.slept) == 2


def test_after_the_last_attempt_the_error_of_the_api_is_raised(serve: Serve, connect: Connect) -> None:
    server = serve([Exchange("GET", "/x", HTML)] * ATTEMPTS)
    with pytest.raises(Unavailable, match=r"the API answered 502: '<html> <h1>Bad gateway</h1></html>'"):
        connect(server.url).get("/x", doing="read")


# Pauses


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("3600", 60.0),
        ("9" * 400, 60.0),
        ("Thu, 01 Jan 2026 00:00:12 GMT", 12.0),
        ("Thu, 01 Jan 2026 01:00:00 GMT", 60.0),
        ("Wed, 31 Dec 2025 23:00:00 GMT", 0.0),
        ("soon", 0.5),
        ("-5", 0.5),
        ("1.5", 0.5),
        ("", 0.5),
        ("\u00b2", 0.5),
        ("Thu, 99 Foo 2026", 0.5),
    ],
)
def test_the_wait_that_the_api_asks_for_is_kept_within_reason(
    serve: Serve, connect: Connect, time: Time, header: str, pause: float
) -> None:
    limited = Answer(429, headers={"Retry-After": header})
    connect(serve([Exchange("POST", "/x", limited), Exchange("POST", "/x", FINE)]).url).call("POST", "/x", doing="x")
    assert time.slept == [pause]


@given(header=st.text(st.characters(max_codepoint=255)))
def test_no_retry_after_header_breaks_the_client(header: str) -> None:
    pause = client_module._retry_after(header, 1_767_225_600)
    assert pause is None or pause >= 0


def test_without_advice_the_pauses_double_and_are_spread_by_chance(serve: Serve, connect: Connect, time: Time) -> None:
    connect(serve([Exchange("GET", "/x", EMPTY_429)] * 5 + [Exchange("GET", "/x", FINE)]).url).get("/x", doing="read")
    assert time.slept == [0.5, 1.0, 2.0, 4.0, 8.0]


def test_chance_shortens_a_pause_by_half_at_most(serve: Serve, connect: Connect, time: Time) -> None:
    client = connect(serve([Exchange("GET", "/x", EMPTY_429), Exchange("GET", "/x", FINE)]).url)
    client.clock = Clock(now=time.clock.now, sleep=time.sleep, jitter=lambda: 0.0, wall=time.clock.wall)
    client.get("/x", doing="read")
    assert time.slept == [0.25]


# Deadlines


def test_a_pause_beyond_the_deadline_ends_the_task_with_what_was_going_on(
    serve: Serve, connect: Connect, time: Time
) -> None:
    server = serve([Exchange("GET", "/x", Answer(429, headers={"Retry-After": "30"}))])
    with pytest.raises(TimedOut, match=r"longer than 20 s: Could not read: the API answered 429.*raise wait_timeout"):
        connect(server.url, seconds=20).get("/x", doing="read")
    assert time.slept == []


def test_after_the_deadline_nothing_is_sent(serve: Serve, connect: Connect, time: Time) -> None:
    client = connect(serve([]).url, seconds=10)
    time.moment += 10
    with pytest.raises(TimedOut, match="Gave up after 10 s, before it was possible to read"):
        client.get("/x", doing="read")


def test_no_answer_within_the_timeout_is_a_lost_answer(serve: Serve, connect: Connect) -> None:
    server = serve([Exchange("POST", "/x", Silence())])
    with pytest.raises(LostAnswer, match="did not answer completely"):
        connect(server.url, timeout=0.01).call("POST", "/x", doing=ATTEMPTED, body={})


def test_remaining_time_is_never_negative(time: Time) -> None:
    deadline = Deadline(time.clock, 5)
    assert deadline.remaining() == 5
    time.moment += 3
    assert deadline.remaining() == 2
    time.moment += 30
    assert deadline.remaining() == 0


# Pages


def pages(items: list[list[dict[str, Any]]], total: Any) -> list[Exchange]:
    """One exchange for each page."""
    return [
        Exchange("GET", "/x", Answer(json={"things": page, "total_count": total}), query=page_query(number))
        for number, page in enumerate(items, 1)
    ]


def page_query(number: int) -> dict[str, list[str]]:
    """The query of one page of things called a."""
    return {"name": ["a"], "page": [str(number)], "page_size": ["50"]}


def things(first: int, last: int) -> list[dict[str, Any]]:
    """Elements as the API lists them."""
    return [{"id": str(number)} for number in range(first, last + 1)]


def listed(server: ScriptedServer, connect: Connect) -> list[str]:
    """IDs that the client finds."""
    found = connect(server.url).pages("/x", "things", doing="list the things", query={"name": "a"})
    return [element["id"] for element in found]


PAGED = {
    "nothing": (pages([[]], 0), 0),
    "one page": (pages([things(1, 3)], 3), 3),
    "a full page": (pages([things(1, 50)], 50), 50),
    "two pages": (pages([things(1, 50), things(51, 51)], 51), 51),
    "smaller pages than asked for": (pages([things(1, 20), things(21, 23)], 23), 23),
    "many small pages": (pages([things(n * 2 + 1, n * 2 + 2) for n in range(12)], 24), 24),
    "no total": (pages([things(1, 2)], None), 2),
}


@pytest.mark.parametrize(("script", "count"), PAGED.values(), ids=PAGED)
def test_all_pages_are_read_once_whatever_size_the_server_grants(
    serve: Serve, connect: Connect, script: list[Exchange], count: int
) -> None:
    found = listed(serve(script, any_order=True), connect)
    assert found == [str(number) for number in range(1, count + 1)]


def test_an_element_that_two_pages_show_counts_once(serve: Serve, connect: Connect) -> None:
    script = pages([things(1, 2), things(2, 3), things(4, 5)], 5)
    assert listed(serve(script, any_order=True), connect) == ["1", "2", "3", "4", "5"]


def test_elements_without_an_id_are_all_kept(serve: Serve, connect: Connect) -> None:
    script = pages([[{"name": "a"}, {"name": "a"}], [{"name": "a"}]], 3)
    found = connect(serve(script, any_order=True).url).pages("/x", "things", doing="list", query={"name": "a"})
    assert found == [{"name": "a"}] * 3


def test_pages_that_became_empty_meanwhile_end_the_list(serve: Serve, connect: Connect) -> None:
    script = pages([things(1, 2), [], []], 6)
    assert listed(serve(script, any_order=True), connect) == ["1", "2"]


def test_elements_added_while_the_pages_are_read_are_found(serve: Serve, connect: Connect) -> None:
    def page(number: int, elements: list[dict[str, Any]], total: int) -> Exchange:
        return Exchange("GET", "/x", Answer(json={"things": elements, "total_count": total}), query=page_query(number))

    script = [page(1, things(1, 2), 4), page(2, things(3, 4), 5), page(3, things(5, 5), 5)]
    assert listed(serve(script, any_order=True), connect) == ["1", "2", "3", "4", "5"]


def test_an_element_that_slips_over_a_page_boundary_is_not_missed(serve: Serve, connect: Connect) -> None:
    """Element 1 is deleted after the first page was read, so that element 3 moves to a page already seen."""

    def page(number: int, elements: list[dict[str, Any]]) -> Exchange:
        return Exchange("GET", "/x", Answer(json={"things": elements, "total_count": 3}), query=page_query(number))

    first = Exchange("GET", "/x", Answer(json={"things": things(1, 2), "total_count": 4}), query=page_query(1))
    script = [first, page(2, things(4, 4)), page(1, things(2, 3)), page(2, things(4, 4))]
    found = listed(serve(script), connect)
    assert "3" in found


def test_a_fault_on_a_later_page_is_repeated_like_any_other(serve: Serve, connect: Connect) -> None:
    script = pages([things(1, 2), things(3, 4), things(5, 6)], 6)
    script.insert(1, Exchange("GET", "/x", HTML, query=page_query(2)))
    assert len(listed(serve(script, any_order=True), connect)) == 6


def test_a_refusal_on_a_later_page_is_raised(serve: Serve, connect: Connect) -> None:
    script = pages([things(1, 2), things(3, 4)], 4)
    script[1] = Exchange("GET", "/x", Answer(403, json={"message": "no"}), query=page_query(2))
    with pytest.raises(ApiError, match="list the things"):
        listed(serve(script), connect)


STRANGE_LISTS = {
    "no list": {"total_count": 1},
    "null": {"things": None, "total_count": 1},
    "object": {"things": {}, "total_count": 1},
    "elements that are no objects": {"things": ["a", None], "total_count": 2},
}


@pytest.mark.parametrize("answer", STRANGE_LISTS.values(), ids=STRANGE_LISTS)
def test_a_list_of_another_shape_is_an_error_not_a_traceback(
    serve: Serve, connect: Connect, answer: dict[str, Any]
) -> None:
    server = serve([Exchange("GET", "/x", Answer(json=answer))])
    with pytest.raises(RequestError, match="Could not list the things"):
        listed(server, connect)


# Errors


def test_an_error_says_what_was_attempted_what_the_api_said_and_what_to_do(serve: Serve, connect: Connect) -> None:
    body = {
        "details": [{"argument_name": "project_id", "help_message": "value must be a valid UUID", "reason": "format"}],
        "message": "invalid argument(s)",
        "type": "invalid_arguments",
    }
    server = serve([Exchange("POST", "/x", Answer(400, json=body, headers={"X-Request-Id": "req-1"}))])
    with pytest.raises(ApiError) as raised:
        connect(server.url).call("POST", "/x", doing="create load balancer 'web'", body={})
    message = str(raised.value)
    for part in (
        "Could not create load balancer 'web'",
        "400",
        "invalid argument(s)",
        "project_id",
        "value must be a valid UUID",
        "Correct the options",
    ):
        assert part in message
    assert raised.value.kind == "invalid_arguments"
    assert raised.value.data == {
        "status": 400,
        "type": "invalid_arguments",
        "message": "invalid argument(s)",
        "request_id": "req-1",
        "details": body["details"],
    }


def test_an_absent_resource_is_told_by_the_status_because_the_api_sends_no_type(serve: Serve, connect: Connect) -> None:
    server = serve([Exchange("GET", "/x", Answer(404, json={"message": "lbs not Found"}))])
    with pytest.raises(NotFound, match="Could not read it: the API answered 404: lbs not Found"):
        connect(server.url).get("/x", doing="read it")


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b'"no"', b"<html>no</html>", b"\xff"])
@pytest.mark.parametrize("status", [400, 403, 404, 409])
def test_an_error_without_an_object_is_still_an_error_with_its_status(
    serve: Serve, connect: Connect, status: int, content: bytes
) -> None:
    server = serve([Exchange("POST", "/x", Answer(status, body=content))])
    with pytest.raises(ApiError, match=str(status)):
        connect(server.url).call("POST", "/x", doing="work", body={})


STRANGE_ERRORS = [
    {"message": None},
    {"message": {"a": 1}},
    {"message": "no", "details": 5},
    {"message": "no", "details": "one"},
    {"message": "no", "details": {"a": "b"}},
    {"message": "no", "details": [None, 1, "x"]},
    {"message": "no", "fields": ["tags"]},
    {"message": "no", "fields": "tags"},
    {"message": "no", "type": ["a"]},
    {"message": "no", "type": 5, "current_state": {}},
]


@pytest.mark.parametrize("body", STRANGE_ERRORS, ids=json.dumps)
def test_an_error_of_another_shape_is_no_traceback(serve: Serve, connect: Connect, body: dict[str, Any]) -> None:
    server = serve([Exchange("POST", "/x", Answer(400, json=body))])
    with pytest.raises(ApiError, match="400"):
        connect(server.url).call("POST", "/x", doing="work", body={})


# The key

REFLECTIONS = {
    "message": Answer(400, json={"message": f"bad token {SECRET}"}),
    "details": Answer(400, json={"message": "no", "details": [{"argument_name": "x", "help_message": SECRET}]}),
    "nested": Answer(400, json={"message": "no", "details": [{"a": {"b": [SECRET]}}]}),
    "fields": Answer(400, json={"message": "no", "fields": {"x": [SECRET]}}),
    "key of an object": Answer(400, json={"message": "no", "fields": {SECRET: ["x"]}}),
    "type": Answer(400, json={"message": "no", "type": SECRET}),
    "capitals": Answer(400, json={"message": f"bad token {SECRET.upper()}"}),
    "page": Answer(403, body=f"<html>{SECRET}</html>".encode()),
    "page, cut in the middle of the key": Answer(403, body=b"x" * 100 + SECRET.encode()),
    "long page, cut in the middle of the key": Answer(403, body=b"x " * 185 + SECRET.encode()),
    "page with status 200": Answer(200, body=b"y" * 100 + SECRET.encode()),
    "request id": Answer(400, json={"message": "no"}, headers={"X-Request-Id": SECRET}),
    "reason phrase": Answer(302, headers={"Location": f"http://127.0.0.1:1/{SECRET}"}),
}


@pytest.mark.parametrize("answer", REFLECTIONS.values(), ids=REFLECTIONS)
def test_a_key_that_the_server_repeats_is_shown_nowhere(serve: Serve, connect: Connect, answer: Answer) -> None:
    server = serve([Exchange("POST", "/x", answer)])
    with pytest.raises(RequestError) as raised:
        connect(server.url).call("POST", "/x", doing="work", body={})
    assert SECRET[:8] not in everything(raised.value).lower()


def test_a_key_in_a_retry_after_header_is_shown_nowhere(serve: Serve, connect: Connect) -> None:
    server = serve([Exchange("GET", "/x", Answer(429, headers={"Retry-After": SECRET}))] * ATTEMPTS)
    with pytest.raises(Unavailable) as raised:
        connect(server.url).get("/x", doing="work")
    assert SECRET[:8] not in everything(raised.value)


@pytest.mark.parametrize("fault", [ResetAfterReading(), CutBody(FINE), Answer(307, headers={"Location": "/y"})])
def test_no_fault_shows_the_key(serve: Serve, connect: Connect, fault: Reaction) -> None:
    server = serve([Exchange("POST", "/x", fault)])
    with pytest.raises(RequestError) as raised:
        connect(server.url).call("POST", "/x", doing="work", query={"a": "b"}, body={})
    assert SECRET[:8] not in everything(raised.value)
