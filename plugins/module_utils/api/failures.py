# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a refusal, or an error of the network, means: as an error of this collection, without any secret in it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from ansible_collections.scw.cloud.plugins.module_utils.api.answer import Answer, without_markup
from ansible_collections.scw.cloud.plugins.module_utils.api.config import Settings
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    ApiError,
    Conflict,
    Forbidden,
    LostAnswer,
    NotFound,
    RequestError,
    Transient,
    Unavailable,
    Unreachable,
)

with contextlib.suppress(ImportError):  # the client says so before anything here is used
    import requests

REPEATABLE = frozenset({"GET", "PUT", "DELETE"})
LOST = frozenset({500, 502, 503, 504})
LONGEST_TEXT, MOST_DETAILS = 2000, 50  # of what the API says about a refusal
START = 64 * 1024  # bytes of an answer that is no JSON, in which its words are looked for

_BY_STATUS: dict[int, type[ApiError]] = {403: Forbidden, 404: NotFound, 409: Conflict, 410: NotFound, 429: Unavailable}

_ADVICE = {
    400: "Correct the options named above.",
    401: "Check secret_key, SCW_SECRET_KEY or the profile: the API does not accept this key.",
    403: "Check that the API key may do this in this project.",
    404: "Check that what the task names is still there, then run it again.",
    409: "It does not fit what is there: look at it, then correct the task or run it again.",
    412: "Remove what still uses the resource, then run the task again.",
    429: "Too many requests: run fewer tasks at once, or later.",
}
_ADVICE_BY_KIND = {
    "already_exists": "Choose another name, or remove what has it; that may lie where this task does not look.",
    "transient_state": "Wait until the other change is done, then run the task again.",
    "quotas_exceeded": "Delete what is no longer used, or ask Scaleway for a higher quota.",
    "precondition_failed": _ADVICE[412],
    "out_of_stock": "Choose another type or location, or try again later.",
}


def api_error(doing: str, status: int, body: Mapping[str, Any], request_id: str | None) -> ApiError:
    """Build the error for an answer with ``status`` and the parsed ``body``.

    The class follows from the HTTP status because most products send no ``type`` (recorded: lb, edge, functions).
    """
    kind = str(body.get("type") or "")
    family = Unavailable if status >= 500 else _BY_STATUS.get(status, ApiError)
    if kind == "transient_state":
        family = Transient
    said = str(body.get("message") or "no message")
    details = _details(body)
    text = f"Could not {doing}: the API answered {status}: {said}{f' ({details})' if details else ''}."
    advice = _ADVICE_BY_KIND.get(kind) or _ADVICE.get(
        status, "The fault is on the side of the API: try again later." if status >= 500 else ""
    )
    known = {
        key: body.get(key) for key in ("details", "fields", "help_message", "resource", "resource_id", "current_state")
    }
    return family(f"{text} {advice}".strip(), status=status, kind=kind, message=said, request_id=request_id, **known)


def _details(body: Mapping[str, Any]) -> str:
    """The parts of an error body that say which argument, permission, quota or resource is meant."""
    details, fields = body.get("details"), body.get("fields")
    parts = [_detail(detail) for detail in (details if isinstance(details, list) else [details] if details else [])]
    if isinstance(fields, Mapping):
        parts += [f"{name}: {problems}" for name, problems in fields.items()]
    elif fields:
        parts.append(str(fields))
    parts += [str(body[key]) for key in ("help_message", "reason") if body.get(key)]
    if body.get("current_state"):
        parts.append(f"{body.get('resource')} {body.get('resource_id')} is {body['current_state']}")
    return "; ".join(parts)


def _detail(detail: Any) -> str:
    """One element of ``details``; the keys are those of the typed errors (recorded on several products)."""
    if not isinstance(detail, Mapping):
        return str(detail)
    if "argument_name" in detail:
        return f"{detail['argument_name']}: {detail.get('help_message') or detail.get('reason')}"
    if "action" in detail:
        return f"{detail['action']} {detail.get('resource')}"
    if "quota" in detail:
        return f"{detail.get('resource')}: {detail.get('current')} of {detail['quota']}"
    return " ".join(str(value) for value in detail.values())


class Failures:
    """Names what failed in one session. ``secrets``: texts beside the key that must not be quoted from an answer."""

    def __init__(self, settings: Settings, secrets: Sequence[str]) -> None:
        self._host = urlsplit(settings.api_url).netloc
        self._key = re.compile(re.escape(settings.secret_key), re.IGNORECASE)
        self._secrets = secrets

    def refusal(self, answer: Answer, parsed: Any, method: str, doing: str) -> RequestError:
        """The error for an answer of 400 and more; ``parsed``: what it holds, if that is JSON."""
        body = parsed if isinstance(parsed, dict) else {"message": self._start(answer)}
        error = api_error(
            self._redact(doing), answer.status, self._redacted(body), self._header(answer, "X-Request-Id")
        )
        if answer.status in LOST and method not in REPEATABLE:
            return LostAnswer(f"{error}", **error.data)
        if isinstance(error, ApiError) and answer.status == 429:
            error.data["retry_after"] = self._header(answer, "Retry-After")
        return error

    def no_object(self, answer: Answer, doing: str) -> LostAnswer:
        """The error for an answer that says neither what is wrong nor what there is."""
        return LostAnswer(
            f"Could not {doing}: the answer ({answer.status}) is not a JSON object: {self._start(answer)}. "
            "Check api_url and the proxy settings.",
            status=answer.status,
        )

    def transport_error(self, error: requests.RequestException, doing: str) -> RequestError:
        """The error for a request that brought no answer, or half of one."""
        host = self._host
        if isinstance(error, requests.exceptions.SSLError):
            return RequestError(
                f"Could not {doing}: the certificate of {host} cannot be trusted. "
                "Check api_url and the CA certificates of this machine."
            )
        if isinstance(error, (requests.exceptions.ConnectTimeout, requests.exceptions.ProxyError)) or _never_left(
            error
        ):
            return Unreachable(
                f"Could not {doing}: no connection to {host}. Check api_url, the network and the proxy settings."
            )
        if isinstance(
            error,
            (
                requests.exceptions.Timeout,
                requests.exceptions.ConnectionError,
                requests.exceptions.ChunkedEncodingError,
                requests.exceptions.ContentDecodingError,
            ),
        ):
            return LostAnswer(
                f"Could not {doing}: {host} did not answer completely ({error.__class__.__name__}). "
                "Check the network, or raise api_timeout."
            )
        return RequestError(f"Could not {doing}: {self._redact(str(error))}")

    def _header(self, answer: Answer, name: str) -> str | None:
        value = answer.headers.get(name)
        return None if value is None else self._redact(value)

    def _start(self, answer: Answer) -> str:
        text = without_markup(self._hidden(answer.content[:START].decode(errors="replace"))[:LONGEST_TEXT])
        text = re.sub(r"\?[^\s\"]+", "?********", text)  # of a URL that may be a permission
        return repr(text[:120]) if text else "an empty answer"

    def _hidden(self, text: str) -> str:
        # Here, because an excerpt may cut a secret in two or spell it with escapes.
        text = self._redact(text)
        for secret in self._secrets:
            text = text.replace(secret, "********")
        return text

    def _redact(self, text: str) -> str:
        """``text`` without the API key, should a server or a library repeat it."""
        return self._key.sub("********", text)

    def _redacted(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._hidden(value)[:LONGEST_TEXT]
        if isinstance(value, dict):
            return {
                self._redacted(str(key)): self._redacted(nested) for key, nested in islice(value.items(), MOST_DETAILS)
            }
        return [self._redacted(nested) for nested in value[:MOST_DETAILS]] if isinstance(value, list) else value


def _never_left(error: requests.RequestException) -> bool:
    """Whether no connection was made: urllib3 hides that in the reason of the first argument."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return reason.__class__.__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")


def may_repeat(method: str, error: RequestError) -> bool:
    """Whether the same request may simply be sent again; see ``client``."""
    if isinstance(error, Unreachable) or (isinstance(error, ApiError) and error.status == 429):
        return True
    if isinstance(error, ApiError) and error.status not in LOST:
        return False
    return method in REPEATABLE


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds from a Retry-After header (seconds or an HTTP date); None without a usable one."""
    if not value:
        return None
    if re.fullmatch(r"\s*[0-9]+\s*", value):
        return float(value)
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, OverflowError):
        return None
