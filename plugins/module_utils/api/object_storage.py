# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects behind presigned URLs. Such a URL is a permission in itself: the API key goes there never.

That also makes it a secret for as long as it is valid, so no message has more of it than the host.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from itertools import chain
from typing import Any, BinaryIO, TypeVar
from urllib.parse import urlsplit

from ansible_collections.scw.cloud.plugins.module_utils.api.client import ATTEMPTS, Client, no_auth
from ansible_collections.scw.cloud.plugins.module_utils.api.config import is_in_clear
from ansible_collections.scw.cloud.plugins.module_utils.errors import RequestError, TimedOut, Unavailable
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass

with contextlib.suppress(ImportError):  # the client says so before anything here is used
    import requests

CHUNK = 1024 * 1024
"""Bytes read at a time: objects are never in memory as a whole."""

MOST_BYTES = 1024 * 1024 * 1024
"""Of an object. Ten times as much as any that this is for; what is larger does not end."""

ABSENT = frozenset({403, 404})
"""Statuses of an object that does not exist: whoever may not list the bucket is not told more (docs: S3)."""

PASSING = frozenset({409, 429})
"""Statuses that pass: another operation on the same object was under way (docs: S3), or there were too many."""

Ask = Callable[[], Mapping[str, Any]]
"""Yields a presigned URL and the headers that go with it, as the API answers: ``url``, ``headers``."""

Done = TypeVar("Done")


@dataclass(frozen=True)
class Stored:
    """What a download found. ``modified``: when it was uploaded, in seconds since 1970; None if nobody says."""

    exists: bool
    fetched: bool = False  # False: it is what the caller has already
    modified: float | None = None


class ObjectStorage:
    """Uploads and downloads within the deadline of a task."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._session = requests.Session()
        self._session.headers.clear()  # exactly what the API names is sent
        self._session.auth = no_auth
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))

    def upload(self, ask: Ask, path: str, size: int, doing: str) -> None:
        """Store the file at ``path``, which has ``size`` bytes."""

        def send(url: str, headers: Mapping[str, str]) -> None:
            if headers.get("content-length", str(size)) != str(size):
                raise RequestError(f"Could not {doing}: the URL is for another number of bytes than {size}.")
            with open(path, "rb") as file, self._request("PUT", url, headers, file) as answer:
                self._check(answer, doing)

        self._attempts(ask, doing, send)

    def download(self, ask: Ask, target: BinaryIO, etag: str, doing: str) -> Stored:
        """Write the object to ``target``, unless its entity tag is ``etag``: the MD5 of what the caller has."""

        def fetch(url: str, headers: Mapping[str, str]) -> Stored:
            target.seek(0)
            target.truncate()
            with self._request("GET", url, {**headers, "If-None-Match": f'"{etag}"'}) as answer:
                if answer.status_code in ABSENT:
                    return Stored(exists=False)
                modified = _seconds(answer.headers.get("Last-Modified"))
                if answer.status_code == 304:
                    return Stored(exists=True, modified=modified)
                self._copy(self._check(answer, doing), answer, target, doing)
                return Stored(exists=True, fetched=True, modified=modified)

        return self._attempts(ask, doing, fetch)

    def holds(self, ask: Ask, doing: str) -> bool:
        """Whether the object exists; its content stays where it is."""

        def look(url: str, headers: Mapping[str, str]) -> bool:
            with self._request("GET", url, headers) as answer:
                if answer.status_code not in ABSENT:
                    self._check(answer, doing)
                return answer.status_code not in ABSENT

        return self._attempts(ask, doing, look)

    def _attempts(self, ask: Ask, doing: str, work: Callable[[str, Mapping[str, str]], Done]) -> Done:
        """The result of ``work``, each time with a URL of its own, because the last one may have expired."""
        attempt = 0
        while True:
            attempt += 1
            url, headers = self._usable(ask(), doing)
            try:
                with self._session:  # which closes its connections: there is one transfer at a time, and few of them
                    return work(url, headers)
            except (requests.RequestException, Unavailable) as error:
                problem = _told(error, url, doing)
                if attempt == ATTEMPTS or isinstance(error, requests.exceptions.SSLError):
                    raise problem from None
            self._client.deadline.pause(self._client.backoff(attempt), str(problem))

    def _usable(self, answer: Mapping[str, Any], doing: str) -> tuple[str, dict[str, str]]:
        url, named = answer.get("url"), answer.get("headers") or {}
        if not isinstance(url, str) or not _is_usable(url) or not isinstance(named, Mapping):
            raise RequestError(f"Could not {doing}: the API answered without a usable URL.")
        if is_in_clear(url) and not self._client.settings.api_allow_insecure:
            raise RequestError(f"Could not {doing}: the API named a URL without encryption at {_host(url)}.")
        first = {name: value[0] if isinstance(value, list) and value else value for name, value in named.items()}
        return url, {str(name).lower(): str(text) for name, text in first.items()}

    def _request(self, method: str, url: str, headers: Mapping[str, str], body: BinaryIO | None = None) -> Any:
        if urlsplit(url).scheme == "http":
            self._session.trust_env = False
        return self._session.request(
            method,
            url,
            headers=dict(headers),
            data=body,
            timeout=max(1.0, min(self._client.timeout, self._client.deadline.remaining())),
            allow_redirects=False,
            verify=False if self._client.settings.api_allow_insecure else None,
            stream=True,
        )

    def _check(self, answer: Any, doing: str) -> bytes:
        """The first bytes of what a good answer holds, if any."""
        if answer.status_code == 200:
            start: bytes = next(answer.iter_content(64), b"")
            if not start.lstrip().startswith(b"<"):
                return start
            # A page by something on the way: code is no markup, and nothing is answered to an upload.
            message = f"Could not {doing}: {_host(answer.url)} did not answer as object storage does."
            raise Unavailable(f"{message} Check the network and the proxy settings.", status=200, kind="")
        text = next(answer.iter_content(4096), b"").decode(errors="replace")
        found = [re.search(f"<{name}>([^<]*)<", text) for name in ("Code", "Message")]
        said = ", ".join(" ".join(part[1].split()) for part in found if part)
        message = f"Could not {doing}: {_host(answer.url)} answered {answer.status_code}"
        message = f"{message} ({said})." if said else f"{message}."
        if answer.status_code in PASSING or answer.status_code >= 500:
            raise Unavailable(f"{message} Run the task again later.", status=answer.status_code, kind="")
        # What was asked for is the API's choice, so there is nothing to correct.
        raise RequestError(f"{message} Run the task again.", status=answer.status_code)

    def _copy(self, start: bytes, answer: Any, target: BinaryIO, doing: str) -> None:
        deadline, length = self._client.deadline, 0
        for chunk in chain([start], answer.iter_content(CHUNK)) if start else ():
            length += len(chunk)
            if length > MOST_BYTES:
                raise RequestError(f"Could not {doing}: it has more than {MOST_BYTES} bytes.")
            _keep(chunk, target, doing)
            if not deadline.remaining():
                raise TimedOut(f"Gave up after {deadline.seconds:g} s, while trying to {doing}. {deadline.advice}")
        if answer.headers.get("Content-Length", str(length)) != str(length):
            raise requests.exceptions.ChunkedEncodingError("cut short")


def _keep(chunk: bytes, target: BinaryIO, doing: str) -> None:
    """Write what was read to a temporary file, or say what is wrong with this machine."""
    try:
        target.write(chunk)
        target.flush()
    except OSError as error:
        raise RequestError(
            f"Could not {doing}: a temporary file on the machine where this runs cannot be written ({error.strerror}). "
            "Make room for it, or set TMPDIR to a folder that has."
        ) from None


def _told(error: Exception, url: str, doing: str) -> RequestError:
    """What may be told of an error: that of the library has the URL."""
    if isinstance(error, RequestError):
        return error
    if isinstance(error, requests.exceptions.SSLError):
        certificate = f"the certificate of {_host(url)} cannot be trusted. Check the CA certificates of this machine"
        return RequestError(f"Could not {doing}: {certificate}.")
    broken = f"the transfer with {_host(url)} broke off ({error.__class__.__name__})"
    return RequestError(f"Could not {doing}: {broken}. Check the network, then run the task again.")


def _is_usable(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _host(url: str) -> str:
    """All of a presigned URL that may be told."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _seconds(date: str | None) -> float | None:
    """Seconds since 1970 from an HTTP date."""
    try:
        return parsedate_to_datetime(date).timestamp() if date else None
    except (ValueError, OverflowError):
        return None
