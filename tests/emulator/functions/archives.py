# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The object store behind signed URLs: keeps one archive for each function.

A request is good for what was signed: its method, path, host and the headers named. Nothing else gives access.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import formatdate
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from emulator.functions.records import Function
from emulator.functions.state import FunctionsState
from emulator.operations import Call, RawAnswer
from emulator.request import Request
from emulator.world import World

_PATH = "/serverless-functions-code-prod-{region}/uploads/function-{id}.zip"
PATTERN = re.compile(_PATH.format(region="[a-z]{2}-[a-z]{3}", id=r"(?P<id>[0-9a-f-]{36})"))
OPERATIONS = {"PUT": "UploadFunctionArchive", "GET": "DownloadFunctionArchive"}
_SIGNATURE, _DATE, _EXPIRES, _SIGNED = (f"X-Amz-{name}" for name in ("Signature", "Date", "Expires", "SignedHeaders"))
_DATE_FORM = "%Y%m%dT%H%M%SZ"
_NANOSECONDS = 1_000_000_000
_CONTENT_TYPE = "application/octet-stream"


class _RefusedError(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


def signed_upload(call: Call, function: Function, length: int) -> dict[str, Any]:
    """Return URL and headers of a request that uploads so many bytes."""
    headers = {"content-length": str(length), "content-type": _CONTENT_TYPE}
    return _signed(call, "PUT", function, headers)


def signed_download(call: Call, function: Function) -> dict[str, Any]:
    """Return URL and headers of a request that reads the archive."""
    return _signed(call, "GET", function, {})


def _signed(call: Call, method: str, function: Function, headers: Mapping[str, str]) -> dict[str, Any]:
    world = call.world
    date = datetime.fromtimestamp(world.clock.now // _NANOSECONDS, tz=timezone.utc).strftime(_DATE_FORM)
    path = _PATH.format(region=function.region, id=function.id)
    query = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": f"SCWEMULATOR000000000/{date[:8]}/{function.region}/s3/aws4_request",
        _DATE: date,
        _EXPIRES: str(world.settings.signed_url_seconds),
        _SIGNED: ";".join(sorted([*headers, "host"])),
    }
    signature = _signature(world, method, path, query, {**headers, "host": call.host})
    url = f"http://{call.host}{path}?{urlencode({**query, _SIGNATURE: signature})}"
    return {"url": url, "headers": {name: [value] for name, value in headers.items()}}


def _signature(world: World, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> str:
    lines = [method, path, urlencode(sorted(query.items()))]
    lines += [f"{name}:{headers.get(name)}" for name in query[_SIGNED].split(";")]
    return hmac.new(f"store/{world.settings.seed}".encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def answer(state: FunctionsState, request: Request) -> RawAnswer:
    """Answer a request for an archive, refusals as XML with a code."""
    try:
        _require_access(state.world, request)
        return _answer(state, request)
    except _RefusedError as refused:
        text = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<Error><Code>{refused.code}</Code><Message>{escape(str(refused))}</Message></Error>"
        )
        return RawAnswer(refused.status, {"Content-Type": "application/xml"}, text.encode())


def _answer(state: FunctionsState, request: Request) -> RawAnswer:
    found = PATTERN.fullmatch(request.path)
    function = state.functions.get(found["id"]) if found else None
    if function is None:
        raise _RefusedError(404, "NoSuchKey", "The function of this archive does not exist.")
    if request.method == "PUT":
        state.upload(function, request.content)
        return RawAnswer(200, {"ETag": _tag(request.content)}, b"")
    content = state.archives.get(function.id)
    if content is None or function.uploaded_at is None:
        raise _RefusedError(404, "NoSuchKey", "The specified key does not exist.")
    date = formatdate(function.uploaded_at // _NANOSECONDS, usegmt=True)
    headers = {"ETag": _tag(content), "Last-Modified": date, "Content-Type": _CONTENT_TYPE}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return RawAnswer(304, headers, b"")
    return RawAnswer(200, headers, content)


def _tag(content: bytes) -> str:
    return f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'


def _require_access(world: World, request: Request) -> None:
    headers = {name.lower(): value for name, value in request.headers.items()}
    if "x-auth-token" in headers:
        raise _RefusedError(403, "AccessDenied", "The secret key of the API does not belong here.")
    if "cookie" in headers:
        raise _RefusedError(403, "AccessDenied", "No cookie belongs here.")
    if "authorization" in headers:
        raise _RefusedError(400, "InvalidArgument", "Only one auth mechanism allowed.")
    query = {name: values[-1] for name, values in request.query.items()}
    if any(name not in query for name in (_SIGNATURE, _DATE, _EXPIRES, _SIGNED)):
        raise _RefusedError(403, "AccessDenied", "Access Denied.")
    if request.method == "PUT" and "content-length" not in headers:
        raise _RefusedError(411, "MissingContentLength", "You must provide the Content-Length HTTP header.")
    if {name for name in headers if name.startswith("x-amz-")} - set(query[_SIGNED].split(";")):
        raise _RefusedError(403, "AccessDenied", "There were headers present in the request which were not signed.")
    given = query.pop(_SIGNATURE)
    if not hmac.compare_digest(given, _signature(world, request.method, request.path, query, headers)):
        raise _RefusedError(403, "SignatureDoesNotMatch", "The request is not the one that was signed.")
    begun = datetime.strptime(query[_DATE], _DATE_FORM).replace(tzinfo=timezone.utc).timestamp()
    if world.clock.now / _NANOSECONDS >= begun + int(query[_EXPIRES]):
        raise _RefusedError(403, "AccessDenied", "Request has expired.")
