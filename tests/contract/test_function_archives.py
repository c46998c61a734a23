# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The object store behind signed URLs: who gets in, what it keeps, and what a build makes of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from contract.archives import HANDLERS, archive
from contract.cloud import TOKEN, UNKNOWN_ID
from contract.function_cloud import CODE, FunctionCloud, plain

TYPE = {"content-type": "application/octet-stream"}
NOT_BUILT = "an error occurred during function source code build step"


@pytest.fixture
def function(functions: FunctionCloud) -> str:
    """The identifier of a function without code."""
    made: str = functions.make_function()["id"]
    return made


def put(place: Any, content: Any = CODE, **headers: str | None) -> requests.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    chosen = {name: value for name, value in {**plain(place["headers"]), **named}.items() if value is not None}
    return requests.put(place["url"], data=content, headers=chosen, timeout=10)


def refusal(answer: requests.Response) -> tuple[int, str]:
    found = re.search("<Error><Code>(.*)</Code><Message>.+</Message></Error>", answer.text)
    assert found is not None, answer.text
    assert answer.headers["Content-Type"] == "application/xml"
    return answer.status_code, found[1]


def test_the_url_has_the_recorded_shape(functions: FunctionCloud, function: str) -> None:
    place = functions.upload_url(function, 780)
    assert place["headers"] == {"content-length": ["780"], "content-type": ["application/octet-stream"]}
    parts = urlsplit(place["url"])
    assert f"{parts.scheme}://{parts.netloc}" == functions.emulator.url
    assert parts.path == f"/serverless-functions-code-prod-fr-par/uploads/function-{function}.zip"
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert re.fullmatch(r"\d{8}T\d{6}Z", query.pop("X-Amz-Date"))
    assert re.fullmatch("[0-9a-f]{64}", query.pop("X-Amz-Signature"))
    assert query.pop("X-Amz-Credential").endswith("/fr-par/s3/aws4_request")
    assert query == {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Expires": "3600",
        "X-Amz-SignedHeaders": "content-length;content-type;host",
    }


def test_an_upload_is_answered_as_recorded_and_kept(functions: FunctionCloud, function: str) -> None:
    answer = functions.upload(function, CODE)
    digest = hashlib.md5(CODE, usedforsecurity=False).hexdigest()
    assert (answer.status_code, answer.content, answer.headers["Etag"]) == (200, b"", f'"{digest}"')
    assert "X-Amz-Request-Id" in answer.headers
    assert "API Gateway" not in answer.headers["Server"]
    kept = functions.download(function)
    assert (kept.status_code, kept.content, kept.headers["Etag"]) == (200, CODE, f'"{digest}"')


def test_the_newest_upload_is_what_is_read(functions: FunctionCloud, function: str) -> None:
    functions.deployed(function)
    newer = archive(HANDLERS)
    functions.upload(function, newer)
    assert functions.download(function).content == newer
    record = functions.emulator.state()["functions"][0]
    assert (record["uploaded"], record["deployed"]) == tuple(hashlib.sha256(each).hexdigest() for each in (newer, CODE))


def test_an_archive_is_dated_and_not_sent_to_who_has_it(functions: FunctionCloud, function: str) -> None:
    functions.upload(function, CODE)
    place = functions.get(f"/functions/{function}/download-url")
    first = requests.get(place["url"], timeout=10)
    dates = [parsedate_to_datetime(first.headers["Last-Modified"])]
    created = datetime.fromisoformat(functions.get(f"/functions/{function}")["created_at"])
    assert created.replace(microsecond=0) <= dates[0] < created + timedelta(minutes=1)
    same = requests.get(place["url"], headers={"If-None-Match": first.headers["Etag"]}, timeout=10)
    assert (same.status_code, same.content, same.headers["Etag"]) == (304, b"", first.headers["Etag"])
    other = requests.get(place["url"], headers={"If-None-Match": '"0"'}, timeout=10)
    assert (other.status_code, other.content) == (200, CODE)
    functions.deployed(function)
    functions.upload(function, archive(HANDLERS))
    newer = requests.get(place["url"], headers={"If-None-Match": first.headers["Etag"]}, timeout=10)
    dates.append(parsedate_to_datetime(newer.headers["Last-Modified"]))
    assert (newer.status_code, dates[1] > dates[0] + timedelta(minutes=1)) == (200, True)


def test_an_upload_is_in_the_journal_without_its_bytes(functions: FunctionCloud, function: str) -> None:
    functions.upload(function, CODE)
    entry = functions.emulator.journal()[-1]
    assert (entry.method, entry.operation, entry.status, entry.token_sent) == (
        "PUT",
        "UploadFunctionArchive",
        200,
        False,
    )
    assert entry.body == {"length": len(CODE), "sha256": hashlib.sha256(CODE).hexdigest()}
    functions.download(function)
    entry = functions.emulator.journal()[-1]
    assert (entry.operation, entry.body, entry.response["length"]) == ("DownloadFunctionArchive", None, len(CODE))


def test_a_large_archive_gets_through(functions: FunctionCloud, function: str) -> None:
    large = archive({"handler.py": "x" * (5 << 20)})
    assert functions.deployed(function, large)["status"] == "ready"
    assert functions.download(function).content == large


SENT: dict[str, tuple[dict[str, str | None], tuple[int, str]]] = {
    "the token of the API": ({"X_Auth_Token": TOKEN}, (403, "AccessDenied")),
    "another authorization": ({"Authorization": "Bearer x"}, (400, "InvalidArgument")),
    "a cookie": ({"Cookie": "session=1"}, (403, "AccessDenied")),
    "what nobody signed": ({"X_Amz_Acl": "public-read"}, (403, "AccessDenied")),
    "another type": ({"content_type": "application/zip"}, (403, "SignatureDoesNotMatch")),
    "no type": ({"content_type": None}, (403, "SignatureDoesNotMatch")),
}


@pytest.mark.parametrize("name", SENT)
def test_an_upload_with_other_headers_is_refused(functions: FunctionCloud, function: str, name: str) -> None:
    headers, expected = SENT[name]
    assert refusal(put(functions.upload_url(function, len(CODE)), **headers)) == expected
    assert functions.emulator.state()["functions"][0]["uploaded"] is None
    assert functions.emulator.journal()[-1].token_sent == (name == "the token of the API")


def test_an_upload_of_another_length_is_refused(functions: FunctionCloud, function: str) -> None:
    place = functions.upload_url(function, len(CODE))
    assert refusal(put(place, CODE + b"x", content_length=None)) == (403, "SignatureDoesNotMatch")

    def pieces() -> Iterator[bytes]:
        yield CODE

    chunked = requests.put(place["url"], data=pieces(), headers=TYPE, timeout=10)
    assert refusal(chunked) == (411, "MissingContentLength")
    assert functions.emulator.state()["functions"][0]["uploaded"] is None


ALTERED = {
    "another signature": (r"Signature=.", "Signature=0x"),
    "a longer life": (r"Expires=3600", "Expires=36000"),
    "another date": (r"Date=\d{4}", "Date=2027"),
    "fewer headers": (r"content-length%3B", ""),
    "another function": (r"function-[0-9a-f]{8}", "function-00000000"),
    "another region": (r"prod-fr-par", "prod-nl-ams"),
}


@pytest.mark.parametrize("name", ALTERED)
def test_an_altered_url_is_refused(functions: FunctionCloud, function: str, name: str) -> None:
    place = functions.upload_url(function, len(CODE))
    altered = re.sub(*ALTERED[name], place["url"])
    assert altered != place["url"]
    assert refusal(put({**place, "url": altered})) == (403, "SignatureDoesNotMatch")


@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_a_url_without_signature_is_refused(functions: FunctionCloud, function: str, method: str) -> None:
    functions.upload(function, CODE)
    bare = functions.upload_url(function, 1)["url"].partition("?")[0]
    assert refusal(requests.request(method, bare, timeout=10)) == (403, "AccessDenied")


def test_a_url_is_good_for_one_method(functions: FunctionCloud, function: str) -> None:
    functions.upload(function, CODE)
    place = functions.upload_url(function, len(CODE))
    wrong = requests.get(place["url"], data=CODE, headers=plain(place["headers"]), timeout=10)
    assert refusal(wrong) == (403, "SignatureDoesNotMatch")
    kept = functions.get(f"/functions/{function}/download-url")
    assert refusal(requests.put(kept["url"], data=CODE, timeout=10)) == (403, "SignatureDoesNotMatch")


def test_a_url_expires(functions: FunctionCloud, function: str) -> None:
    functions.emulator.settings(signed_url_seconds=0)
    answer = functions.upload(function, CODE)
    assert refusal(answer) == (403, "AccessDenied")
    assert "expired" in answer.text


def test_a_download_with_the_token_of_the_api_is_refused(functions: FunctionCloud, function: str) -> None:
    functions.upload(function, CODE)
    place = functions.get(f"/functions/{function}/download-url")
    assert place["headers"] == {}
    answer = requests.get(place["url"], headers={"X-Auth-Token": TOKEN}, timeout=10)
    assert refusal(answer) == (403, "AccessDenied")


def test_nothing_is_kept_of_what_was_not_uploaded_or_is_gone(functions: FunctionCloud, function: str) -> None:
    assert refusal(functions.download(function)) == (404, "NoSuchKey")
    functions.upload(function, CODE)
    place = functions.upload_url(function, len(CODE))
    functions.make("DELETE", f"/functions/{function}")
    assert functions.send("GET", f"/functions/{function}").status_code == 404
    assert refusal(put(place)) == (404, "NoSuchKey")


def test_a_url_of_no_function_is_not_signed(functions: FunctionCloud) -> None:
    for path in ("upload-url?content_length=1", "download-url"):
        answer = functions.send("GET", f"/functions/{UNKNOWN_ID}/{path}")
        assert (answer.status_code, answer.json()) == (404, {"message": "Function was not found"})


def test_faults_reach_the_store(functions: FunctionCloud, function: str) -> None:
    functions.emulator.faults([{"kind": "status", "operation": "UploadFunctionArchive", "status": 503}])
    assert functions.upload(function, CODE).status_code == 503
    functions.emulator.faults([{"kind": "truncate", "operation": "DownloadFunctionArchive"}])
    assert functions.upload(function, CODE).status_code == 200
    with pytest.raises(requests.exceptions.RequestException):
        functions.download(function)


BROKEN: dict[str, tuple[bytes, str]] = {
    "no zip": (b"def handle(): pass", NOT_BUILT),
    "half a zip": (CODE[: len(CODE) // 2], NOT_BUILT),
    "damaged content": (CODE.replace(b"return", b"retour", 1), NOT_BUILT),
    "an empty zip": (archive({}), NOT_BUILT),
    "no handler": (archive({"main.py": ""}), NOT_BUILT),
    "a handler further down": (archive({"code/handler.py": ""}), NOT_BUILT),
    "a handler of another language": (archive({"handler.js": ""}), NOT_BUILT),
    "a file that says so": (archive({**HANDLERS, "FAIL": "out of luck\n"}), "out of luck"),
    "a file that says nothing": (archive({**HANDLERS, "FAIL": ""}), "internal error"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_build_fails_by_content(functions: FunctionCloud, name: str) -> None:
    content, message = BROKEN[name]
    failed = functions.deployed_function(content)
    assert (failed["status"], failed["error_message"], failed["ready_at"]) == ("error", message, None)
    assert (failed["build_message"], failed["runtime_message"]) == (None, "")
    fixed = functions.deployed(failed["id"])
    assert (fixed["status"], fixed["error_message"]) == ("ready", None)


BUILT: dict[str, tuple[dict[str, Any], str]] = {
    "node": ({"runtime": "node22"}, "handler.js"),
    "node as a module": ({"runtime": "node22"}, "handler.mjs"),
    "php": ({"runtime": "php84"}, "handler.php"),
    "go, anywhere": ({"runtime": "go126"}, "cmd/main.go"),
    "rust": ({"runtime": "rust196"}, "src/lib.rs"),
    "another handler": ({"handler": "main.run"}, "main.py"),
    "a handler in a folder": ({"handler": "src/main.run"}, "src/main.py"),
}


@pytest.mark.parametrize("name", BUILT)
def test_a_build_finds_the_handler_of_its_runtime(functions: FunctionCloud, name: str) -> None:
    changes, file = BUILT[name]
    assert functions.deployed_function(archive({file: ""}), **changes)["status"] == "ready"
