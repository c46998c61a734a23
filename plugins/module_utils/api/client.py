# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP to the API: authentication, timeouts, retries by meaning, pages, errors.

What is repeated, and when:

    the request never left           always
    429                              always, after Retry-After or a growing pause
    5xx, or the answer was lost      GET, PUT and DELETE; a POST or PATCH raises LostAnswer, because only
                                     the caller can find out whether it was processed
    409 transient_state              never here: the caller knows what to wait for
    a redirect                       never followed: the token goes to no other host
"""

from __future__ import annotations

import random
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from ansible_collections.scw.cloud.plugins.module_utils.api.answer import Answer, read_json
from ansible_collections.scw.cloud.plugins.module_utils.api.config import Settings
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    LostAnswer,
    RequestError,
    ScwError,
    TimedOut,
    Unavailable,
    Unreachable,
)
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass

if TYPE_CHECKING:
    from ansible_collections.scw.cloud.plugins.module_utils.api.failures import Failures

try:
    import requests
except ImportError:
    REQUESTS_ERROR: str | None = traceback.format_exc()
else:
    REQUESTS_ERROR = None

VERSION = "0.1.0"
PAGE_SIZE = 50  # the largest size that sibling products are documented to grant
ATTEMPTS = 6  # with pauses that double from half a second, about 15 s of trouble
LONGEST_PAUSE = 60.0  # however long the API asks to wait
REREADS = 3  # of a list from which elements keep disappearing
BATCH = 64  # pages asked for at once, should the API promise more elements than it has
MOST_PAGES = 2000  # of a list; one that goes on has no end
MOST_BYTES = 32 * 1024 * 1024  # of an answer, unpacked; a page of objects has some 100 kB
PART = 64 * 1024  # bytes read at a time

Body = Any
Query = Mapping[str, Any]
Asked = TypeVar("Asked")
Fetched = TypeVar("Fetched")


@dataclass(frozen=True)
class Clock:
    """Time as the client and the waits see it, so that tests need not sleep."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random
    wall: Callable[[], float] = time.time


class Deadline:
    """The moment, on ``clock``, at which a task gives up."""

    def __init__(self, clock: Clock, seconds: float, advice: str = "Run the task again.") -> None:
        self.clock = clock
        self.seconds = seconds
        self.advice = advice
        self._end = clock.now() + seconds

    def remaining(self) -> float:
        """Seconds left; never negative."""
        return max(0.0, self._end - self.clock.now())

    def pause(self, seconds: float, why: str) -> None:
        """Sleep, or raise TimedOut when that would pass the deadline; ``why`` is a sentence."""
        if seconds >= self.remaining():
            raise TimedOut(f"Gave up, because it would take longer than {self.seconds:g} s: {why} {self.advice}")
        self.clock.sleep(seconds)


class Client:
    """One session with the API. Safe to use from several threads for reading.

    ``secrets``: texts beside the key that must not be quoted from an answer.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        timeout: float = 60.0,
        deadline: Deadline | None = None,
        clock: Clock | None = None,
        secrets: Iterable[str] = (),
    ) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self.deadline = deadline or Deadline(self.clock, 900)
        self.timeout = timeout
        self._secrets = sorted(secrets, key=len, reverse=True)
        self._session = requests.Session()
        self._session.headers.update(
            {
                "X-Auth-Token": settings.secret_key,
                "User-Agent": f"ansible-scw.cloud/{VERSION}",
                "Accept": "application/json",
            }
        )
        # With an auth callable set, requests does not send what it finds for the host in ~/.netrc.
        self._session.auth = no_auth
        if urlsplit(settings.api_url).scheme == "http":
            self._session.trust_env = False  # a proxy would see the token in clear
        if settings.api_allow_insecure:
            _silence_insecure_warning()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._session.close()

    def get(self, path: str, *, doing: str, query: Query | None = None) -> dict[str, Any]:
        """The object at ``path``."""
        return self.call("GET", path, doing=doing, query=query)

    def call(
        self, method: str, path: str, *, doing: str, query: Query | None = None, body: Body = None
    ) -> dict[str, Any]:
        """Send one request and return the parsed answer, ``{}`` where it has no body.

        ``doing`` completes the sentence "Could not …". Raises ApiError, Unreachable, LostAnswer or TimedOut.
        """
        attempt, lost = 0, False
        try:
            while True:
                attempt += 1
                try:
                    return self._once(method, path, query, body, doing)
                except (Unreachable, LostAnswer, Unavailable) as error:
                    from ansible_collections.scw.cloud.plugins.module_utils.api.failures import may_repeat

                    if attempt == ATTEMPTS or not may_repeat(method, error):
                        raise
                    lost = lost or not (isinstance(error, Unreachable) or error.data.get("status") == 429)
                    self.deadline.pause(self._pause(attempt, error), str(error))
        except ScwError as error:
            error.sent_before = lost
            raise

    def pages(self, path: str, items: str, *, doing: str, query: Query | None = None) -> list[dict[str, Any]]:
        """All elements of a list, whatever page size the server grants; the pages after the first side by side.

        Elements that appear meanwhile are read too. When some disappear, others slip to pages that were already read,
        so the list is read again.
        """

        def fetch(number: int) -> tuple[list[dict[str, Any]], int]:
            return self._page(path, items, {**(query or {}), "page_size": PAGE_SIZE, "page": number}, doing)

        found: list[dict[str, Any]] = []
        for _reread in range(REREADS):
            found, total = fetch(1)
            size, read, shrunk = len(found), 1, False
            while size and read * size < total:
                last = min(-(-total // size), read + BATCH)
                empty = False
                for elements, seen in self.side_by_side(fetch, range(read + 1, last + 1)):
                    found.extend(elements)
                    empty = empty or not elements
                    shrunk = shrunk or seen < total
                    total = max(total, seen)
                read = last
                if empty:
                    break
            if not shrunk:
                break
        # An element that slipped over the end of a page appears on two.
        keys = (repr(element["id"]) if "id" in element else index for index, element in enumerate(found))
        return list(dict(zip(keys, found, strict=True)).values())

    def _page(self, path: str, items: str, query: Query, doing: str) -> tuple[list[dict[str, Any]], int]:
        if query["page"] > MOST_PAGES:
            raise RequestError(f"Could not {doing}: the list has more than {MOST_PAGES} pages.")
        answer = self.get(path, doing=doing, query=query)
        elements = answer.get(items)
        if not isinstance(elements, list) or not all(isinstance(element, dict) for element in elements):
            raise RequestError(f"Could not {doing}: the answer has no list of objects {items!r}.")
        total = answer.get("total_count")
        total = len(elements) if total is None else total
        if not isinstance(total, int):
            raise RequestError(f"Could not {doing}: the answer does not say how long the list is.")
        return elements, total

    @staticmethod
    def side_by_side(read: Callable[[Asked], Fetched], what: Sequence[Asked]) -> list[Fetched]:
        """What ``read`` returns for each element, several of them at a time; it must only read."""
        if len(what) < 2:
            return [read(element) for element in what]
        from concurrent.futures import ThreadPoolExecutor  # imported here: few tasks have more than two pages

        with ThreadPoolExecutor(max_workers=min(8, len(what))) as pool:
            return list(pool.map(read, what))

    def _once(self, method: str, path: str, query: Query | None, body: Body, doing: str) -> dict[str, Any]:
        remaining = self.deadline.remaining()
        if remaining <= 0:
            raise TimedOut(
                f"Gave up after {self.deadline.seconds:g} s, before it was possible to {doing}. {self.deadline.advice}"
            )
        try:
            answer = self._session.request(
                method,
                self.settings.api_url + path,
                params=query,
                json=body,
                timeout=max(1.0, min(self.timeout, remaining)),
                allow_redirects=False,
                # Given here, because a CA bundle in the environment overrides the session's setting.
                verify=False if self.settings.api_allow_insecure else None,
                stream=True,
            )
            with answer:
                content = self._content(answer, method, doing)
        except requests.RequestException as error:
            raise self._failures.transport_error(error, doing) from None
        return self._read(Answer(answer.status_code, answer.headers, content), method, doing)

    def _content(self, answer: requests.Response, method: str, doing: str) -> bytes:
        """What was answered, if it has an end and that comes in time."""
        parts, length = [], 0
        for part in answer.iter_content(PART):
            parts.append(part)
            length += len(part)
            if length > MOST_BYTES:
                kind = RequestError if method == "GET" else LostAnswer
                raise kind(f"Could not {doing}: the answer has more than {MOST_BYTES} bytes.")
            if not self.deadline.remaining():
                raise LostAnswer(f"Could not {doing}: the answer did not end in {self.deadline.seconds:g} s.")
        return b"".join(parts)

    def _read(self, answer: Answer, method: str, doing: str) -> dict[str, Any]:
        if 300 <= answer.status < 400:
            raise RequestError(
                f"Could not {doing}: {self.settings.api_url} redirects elsewhere ({answer.status}). "
                "Redirects are not followed, so that the API key goes to no other host. Check api_url."
            )
        parsed = read_json(answer.content)
        if answer.status >= 400:
            raise self._failures.refusal(answer, parsed, method, doing)
        if isinstance(parsed, dict):
            return parsed
        if not answer.content and (answer.status == 204 or method == "DELETE"):
            return {}
        raise self._failures.no_object(answer, doing)

    @property
    def _failures(self) -> Failures:
        # Imported here, as elsewhere in this file: where nothing fails, a module need not compile it.
        from ansible_collections.scw.cloud.plugins.module_utils.api.failures import Failures

        return Failures(self.settings, self._secrets)

    def _pause(self, attempt: int, error: RequestError) -> float:
        from ansible_collections.scw.cloud.plugins.module_utils.api.failures import retry_after

        asked = retry_after(error.data.get("retry_after"), self.clock.wall())
        if asked is not None:
            return min(asked, LONGEST_PAUSE)
        return self.backoff(attempt)

    def backoff(self, attempt: int) -> float:
        """Seconds to wait before the next attempt, growing with their number."""
        return min(LONGEST_PAUSE, 0.5 * 2.0 ** (attempt - 1)) * (0.5 + self.clock.jitter() / 2)


def no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """What ``requests`` calls in the place of looking for credentials."""
    return request


def _silence_insecure_warning() -> None:
    import urllib3

    urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
