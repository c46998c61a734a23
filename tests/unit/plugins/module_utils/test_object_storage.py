# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transfers by presigned URLs: what is sent there, what is repeated, and what is told of them."""

from __future__ import annotations

import errno
import io
import json
import ssl
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.api.client import ATTEMPTS
from ansible_collections.scw.cloud.plugins.module_utils.api.object_storage import ObjectStorage, Stored
from ansible_collections.scw.cloud.plugins.module_utils.errors import RequestError, TimedOut
from unit.certificate_chains import certificate, key
from unit.conftest import Connect, Serve, Time
from unit.samples import SECRET
from unit.scripted_server import (
    ANYTHING,
    Answer,
    CloseAfterReading,
    CutBody,
    Exchange,
    Reaction,
    ResetAfterReading,
    ScriptedServer,
    Silence,
)

OBJECT = "/bucket/uploads/function-x.zip"
SIGNED = "X-Amz-Signature=0f1e2d3c4b5a69788796a5b4c3d2e1f0&X-Amz-Expires=3600"
# What the server of the tests parses, so that it takes it for a body of the API.
CODE = json.dumps({"handler.py": "x" * 3000}).encode()
NAMED = {"content-length": [str(len(CODE))], "content-type": ["application/octet-stream"]}
UPLOADED = Answer(headers={"ETag": '"0"'})
DOING = "upload the code of function 'resize'"
MODIFIED = "Mon, 05 Jan 2026 08:00:00 GMT"
HELD = Answer(body=CODE, headers={"Content-Type": "application/octet-stream", "Last-Modified": MODIFIED})
BUSY = Answer(503, body=b"<Error><Code>SlowDown</Code><Message>Please reduce your rate.</Message></Error>")


def put(answer: Reaction = UPLOADED) -> Exchange:
    return Exchange("PUT", OBJECT, answer)


def got(answer: Reaction = HELD) -> Exchange:
    return Exchange("GET", OBJECT, answer)


@pytest.fixture
def archive(tmp_path: Path) -> str:
    """A file to upload."""
    path = tmp_path / "code.zip"
    path.write_bytes(CODE)
    return str(path)


class Signer:
    """Yields URLs, a new one each time."""

    def __init__(self, base: str, headers: Any) -> None:
        self.asked = 0
        self._base = base
        self._headers = headers

    def __call__(self) -> dict[str, Any]:
        self.asked += 1
        return {"url": f"{self._base}{OBJECT}?{SIGNED}&number={self.asked}", "headers": self._headers}


@pytest.fixture
def upload(connect: Connect, archive: str) -> Callable[..., Signer]:
    """Upload the file to a server."""

    def run(server: ScriptedServer, headers: Any = None, **options: Any) -> Signer:
        ask = Signer(server.url, headers or NAMED)
        ObjectStorage(connect("https://api.example.com", **options)).upload(ask, archive, len(CODE), DOING)
        return ask

    return run


@pytest.fixture
def download(connect: Connect) -> Callable[..., tuple[Stored, bytes]]:
    """Download from a server: what was found, and what was written."""

    def run(server: ScriptedServer, etag: str = "", **options: Any) -> tuple[Stored, bytes]:
        target = io.BytesIO(b"left over")
        ask = Signer(server.url, {})
        stored = ObjectStorage(connect("https://api.example.com", **options)).download(ask, target, etag, DOING)
        return stored, target.getvalue()

    return run


def told(error: BaseException) -> str:
    """All that an error says: message, data, and what a traceback would show."""
    return "".join(traceback.format_exception_only(error)) + repr(getattr(error, "data", ""))


class FullDisk(io.BytesIO):
    """A file for which there is no room."""

    def write(self, _content: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_without_room_is_an_error_that_says_so(serve: Serve, connect: Connect) -> None:
    server = serve([got()])
    storage = ObjectStorage(connect("https://api.example.com"))
    with pytest.raises(RequestError, match="No space left on device.*TMPDIR") as caught:
        storage.download(Signer(server.url, {}), FullDisk(), "", DOING)
    assert "X-Amz" not in told(caught.value)
    assert len(server.calls) == 1


# What is sent


def test_an_upload_sends_the_file_and_just_the_headers_that_were_named(
    serve: Serve, upload: Callable[..., Signer]
) -> None:
    server = serve([put()])
    upload(server)
    (call,) = server.calls
    assert json.dumps(call.body).encode() == CODE
    assert call.query == {"X-Amz-Signature": ANYTHING, "X-Amz-Expires": ["3600"], "number": ["1"]} | {
        "X-Amz-Signature": ["0f1e2d3c4b5a69788796a5b4c3d2e1f0"]
    }
    named = {name: values[0] for name, values in NAMED.items()}
    assert {name: call.headers[name] for name in named} == named
    # Beside them only what every HTTP client says.
    assert set(call.headers) - set(named) <= {"host", "accept-encoding", "user-agent", "connection"}


@pytest.fixture
def certified(tmp_path: Path) -> ssl.SSLContext:
    """Of a server with a certificate that nobody trusts."""
    pem = tmp_path / "server.pem"
    pem.write_text(key() + certificate())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


@pytest.mark.parametrize("encrypted", [False, True], ids=["http", "https"])
def test_neither_the_key_nor_what_netrc_has_for_the_host_is_sent(
    serve: Serve,
    upload: Callable[..., Signer],
    download: Callable[..., tuple[Stored, bytes]],
    certified: ssl.SSLContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    encrypted: bool,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password mine\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server = serve([put(), got()], tls=certified if encrypted else None)
    upload(server, api_allow_insecure=True)
    download(server, api_allow_insecure=True)
    for call in server.calls:
        assert SECRET not in str(call)
        assert "authorization" not in call.headers
        assert "x-auth-token" not in call.headers


def test_cookies_are_not_sent_back(serve: Serve, upload: Callable[..., Signer]) -> None:
    server = serve([put(Answer(503, headers={"Set-Cookie": "track=1; Path=/"})), put()])
    upload(server)
    assert [call.headers.get("cookie") for call in server.calls] == [None, None]


def test_a_header_may_be_a_text_as_well_as_a_list(serve: Serve, upload: Callable[..., Signer]) -> None:
    server = serve([put()])
    upload(server, headers={"Content-Type": "application/zip", "x-amz-acl": ["private", "more"]})
    assert server.calls[0].headers["content-type"] == "application/zip"
    assert server.calls[0].headers["x-amz-acl"] == "private"


@pytest.mark.parametrize("kind", ["PUT", "GET"])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(
    serve: Serve,
    upload: Callable[..., Signer],
    download: Callable[..., tuple[Stored, bytes]],
    kind: str,
    status: int,
) -> None:
    elsewhere = serve([])
    server = serve([Exchange(kind, OBJECT, Answer(status, headers={"Location": f"{elsewhere.url}/x"}))])
    with pytest.raises(RequestError, match=str(status)):
        upload(server) if kind == "PUT" else download(server)
    assert elsewhere.calls == []


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"url": None},
        {"url": ""},
        {"url": "ftp://127.0.0.1/x"},
        {"url": "file:///etc/passwd"},
        {"url": "http://[::1/x"},
        {"url": "https:///x"},
        {"url": "https://127.0.0.1/x", "headers": ["content-type"]},
    ],
)
def test_an_answer_without_a_usable_url_is_an_error(connect: Connect, archive: str, answer: dict[str, Any]) -> None:
    storage = ObjectStorage(connect("https://api.example.com"))
    with pytest.raises(RequestError, match="usable URL"):
        storage.upload(lambda: answer, archive, len(CODE), DOING)


def test_plain_http_to_another_machine_is_refused(connect: Connect, archive: str) -> None:
    storage = ObjectStorage(connect("https://api.example.com"))
    with pytest.raises(RequestError, match="without encryption at s3.example.com") as caught:
        storage.upload(lambda: {"url": f"http://s3.example.com/x?{SIGNED}"}, archive, len(CODE), DOING)
    assert "X-Amz" not in told(caught.value)


def test_a_url_for_another_length_is_refused(serve: Serve, upload: Callable[..., Signer]) -> None:
    with pytest.raises(RequestError, match="another number of bytes"):
        upload(serve([]), headers={**NAMED, "Content-Length": ["1"]})


# What is repeated

TROUBLE: dict[str, Reaction] = {
    "503": BUSY,
    "500": Answer(500),
    "429": Answer(429),
    "409": Answer(409),
    "somebody-else": Answer(200, body=b"<html>Welcome</html>", headers={"Content-Type": "text/html"}),
    "reset": ResetAfterReading(),
    "closed": CloseAfterReading(),
}


@pytest.mark.parametrize("answer", TROUBLE.values(), ids=TROUBLE)
def test_each_attempt_has_a_url_of_its_own(
    serve: Serve, upload: Callable[..., Signer], time: Time, answer: Reaction
) -> None:
    server = serve([put(answer), put(answer), put()])
    assert upload(server).asked == 3
    assert [call.query["number"] for call in server.calls] == [["1"], ["2"], ["3"]]
    assert all(json.dumps(call.body).encode() == CODE for call in server.calls)
    assert time.slept == [0.5, 1.0]


@pytest.mark.parametrize("answer", TROUBLE.values(), ids=TROUBLE)
def test_trouble_without_end_is_an_error_that_keeps_the_url(
    serve: Serve, upload: Callable[..., Signer], answer: Reaction
) -> None:
    server = serve([put(answer)] * ATTEMPTS)
    with pytest.raises(RequestError) as caught:
        upload(server)
    message = told(caught.value)
    assert DOING in message
    for secret in ("X-Amz", "0f1e2d3c", OBJECT, "uploads"):
        assert secret not in message


def test_a_refusal_is_told_in_the_words_of_the_store_and_not_repeated(
    serve: Serve, upload: Callable[..., Signer]
) -> None:
    text = "<Error><Code>Access\nDenied</Code><Message>Request has\nexpired.</Message><Resource>/x</Resource></Error>"
    server = serve([put(Answer(403, body=text.encode()))])
    with pytest.raises(RequestError) as caught:
        upload(server)
    host = server.url.removeprefix("http://")
    said = f"{host} answered 403 (Access Denied, Request has expired.)"
    assert str(caught.value) == f"Could not {DOING}: {said}. Run the task again."


def test_a_refusal_that_is_cut_is_a_transfer_that_broke_off(serve: Serve, upload: Callable[..., Signer]) -> None:
    server = serve([put(CutBody(Answer(403, body=b"<Error>")))] * ATTEMPTS)
    with pytest.raises(RequestError):
        upload(server)


def test_a_certificate_that_cannot_be_trusted_is_told_at_once(
    serve: Serve, upload: Callable[..., Signer], certified: ssl.SSLContext
) -> None:
    server = serve([], tls=certified)
    with pytest.raises(RequestError, match=r"certificate of 127\.0\.0\.1:\d+ cannot be trusted") as caught:
        upload(server)
    assert server.connections == 1
    assert "X-Amz" not in told(caught.value)


def test_a_machine_that_is_not_there_is_told_without_the_url(connect: Connect, archive: str, closed_port: int) -> None:
    ask = Signer(f"http://127.0.0.1:{closed_port}", {})
    with pytest.raises(RequestError, match="broke off") as caught:
        ObjectStorage(connect("https://api.example.com")).upload(ask, archive, len(CODE), DOING)
    assert "X-Amz" not in told(caught.value)


def test_pauses_end_with_the_deadline(serve: Serve, upload: Callable[..., Signer]) -> None:
    with pytest.raises(TimedOut, match="SlowDown"):
        upload(serve([put(BUSY), put(BUSY)]), seconds=1)


def test_a_store_that_does_not_answer_is_given_up(serve: Serve, upload: Callable[..., Signer]) -> None:
    with pytest.raises(TimedOut):
        upload(serve([put(Silence())]), timeout=0.2, seconds=0.4)


# Downloads


def test_a_download_replaces_what_the_target_had(serve: Serve, download: Callable[..., tuple[Stored, bytes]]) -> None:
    stored, content = download(serve([got()]))
    assert content == CODE
    assert stored == Stored(exists=True, fetched=True, modified=1_767_600_000.0)


def test_what_the_caller_has_already_is_not_transferred(
    serve: Serve, download: Callable[..., tuple[Stored, bytes]]
) -> None:
    server = serve([got(Answer(304, headers={"Last-Modified": MODIFIED}))])
    stored, content = download(server, "0cc1")
    assert server.calls[0].headers["if-none-match"] == '"0cc1"'
    assert (stored.exists, stored.fetched, content) == (True, False, b"")
    assert stored.modified == 1_767_600_000.0


@pytest.mark.parametrize("status", [403, 404])
def test_what_is_not_there_is_no_error(
    serve: Serve, download: Callable[..., tuple[Stored, bytes]], status: int
) -> None:
    stored, content = download(serve([got(Answer(status, body=b"<Error><Code>NoSuchKey</Code></Error>"))]))
    assert (stored, content) == (Stored(exists=False), b"")


@pytest.mark.parametrize("cut", [CutBody(HELD), ResetAfterReading()], ids=["cut", "reset"])
def test_a_download_that_breaks_off_begins_anew(
    serve: Serve, download: Callable[..., tuple[Stored, bytes]], cut: Reaction
) -> None:
    assert download(serve([got(cut), got(cut), got()]))[1] == CODE
    with pytest.raises(RequestError, match="broke off") as caught:
        download(serve([got(cut)] * ATTEMPTS))
    assert "X-Amz" not in told(caught.value)


def test_what_something_on_the_way_answers_is_no_object(
    serve: Serve, download: Callable[..., tuple[Stored, bytes]]
) -> None:
    page = Answer(200, body=b"<html>Welcome</html>", headers={"Content-Type": "text/html"})
    assert download(serve([got(page), got()]))[1] == CODE
    with pytest.raises(RequestError, match="did not answer as object storage does") as caught:
        download(serve([got(page)] * ATTEMPTS))
    assert "X-Amz" not in told(caught.value)


@pytest.mark.parametrize("date", [None, "", "yesterday", "Mon, 99 Jan 2026 08:00:00 GMT"])
def test_a_date_that_nobody_can_read_is_none(
    serve: Serve, download: Callable[..., tuple[Stored, bytes]], date: str | None
) -> None:
    headers = {"Content-Type": "application/zip", **({} if date is None else {"Last-Modified": date})}
    assert download(serve([got(Answer(body=CODE, headers=headers))]))[0].modified is None


def test_a_slow_download_ends_with_the_deadline(
    serve: Serve, connect: Connect, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(io.BytesIO):
        def write(self, chunk: Any, /) -> int:
            time.moment += 20
            return super().write(chunk)

    client = connect("https://api.example.com", seconds=10)
    server = serve([got()])
    with pytest.raises(TimedOut, match="10 s"):
        ObjectStorage(client).download(Signer(server.url, {}), Slow(), "", DOING)


@pytest.mark.parametrize(("status", "there"), [(200, True), (403, False), (404, False)])
def test_whether_an_object_exists_is_seen_without_reading_it(
    serve: Serve, connect: Connect, status: int, there: bool
) -> None:
    server = serve([got(Answer(status, body=CODE))])
    assert ObjectStorage(connect("https://api.example.com")).holds(Signer(server.url, {}), DOING) is there


@pytest.fixture(autouse=True)
def no_proxy_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says about proxies must not matter: the tests talk in clear, to this machine."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
