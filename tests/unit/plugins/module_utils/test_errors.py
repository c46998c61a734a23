# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tree of errors, and what is made of an error body."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils import errors
from ansible_collections.scw.cloud.plugins.module_utils.api.failures import api_error
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    ApiError,
    Conflict,
    Forbidden,
    InvalidOption,
    NotFound,
    ScwError,
    Transient,
    Unavailable,
)

CLASSES = {
    name: value for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, ScwError)
}


def test_the_tree_in_the_docstring_is_the_real_tree() -> None:
    drawn: dict[str, str] = {}
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"([│ ]*)(?:[├└]── )?([A-Z]\w+)( {2,}|$)", line)
        if not match or match[2] not in CLASSES:
            continue
        depth = 0 if match[2] == "ScwError" else len(match[1]) // 4 + 1
        path[depth:] = [match[2]]
        drawn[match[2]] = path[depth - 1] if depth else "Exception"
    real = {name: value.__base__.__name__ for name, value in CLASSES.items() if value.__base__}
    assert drawn == real


@pytest.mark.parametrize("name", CLASSES)
def test_every_error_says_in_its_docstring_what_it_means(name: str) -> None:
    assert CLASSES[name].__doc__


@pytest.mark.parametrize(
    ("status", "kind", "family"),
    [
        (400, "", ApiError),
        (401, "denied_authentication", ApiError),
        (403, "", Forbidden),
        (404, "", NotFound),
        (410, "expired", NotFound),
        (409, "", Conflict),
        (409, "already_exists", Conflict),
        (409, "transient_state", Transient),
        (412, "precondition_failed", ApiError),
        (429, "", Unavailable),
        (500, "", Unavailable),
        (501, "", Unavailable),
        (503, "server_error", Unavailable),
    ],
)
def test_the_class_follows_from_the_status_because_most_answers_have_no_type(
    status: int, kind: str, family: type[ApiError]
) -> None:
    error = api_error("work", status, {"message": "no", "type": kind}, None)
    assert error.__class__ is family
    assert (error.status, error.kind) == (status, kind)


@pytest.mark.parametrize(
    ("status", "kind", "advice"),
    [
        (404, "not_found", "Check that what the task names is still there"),
        (409, "", "It does not fit what is there"),
        (409, "already_exists", "Choose another name, or remove what has it"),
        (409, "transient_state", "Wait until the other change is done"),
    ],
)
def test_the_advice_fits_what_is_wrong(status: int, kind: str, advice: str) -> None:
    text = str(api_error("work", status, {"message": "no", "type": kind}, None))
    assert advice in text
    assert ("Wait" in text) is (kind == "transient_state")


BODIES: list[tuple[int, dict[str, Any], list[str]]] = [
    (
        400,
        {
            "type": "invalid_arguments",
            "message": "invalid argument(s)",
            "details": [{"argument_name": "project_id", "help_message": "value must be a UUID", "reason": "format"}],
        },
        ["project_id", "value must be a UUID"],
    ),
    (
        400,
        {"type": "invalid_request_error", "message": "Validation Error", "fields": {"tags": ["not a list"]}},
        ["tags", "not a list"],
    ),
    (
        401,
        {
            "type": "denied_authentication",
            "message": "authentication is denied",
            "method": "api_key",
            "reason": "expired",
        },
        ["authentication is denied", "expired", "secret_key"],
    ),
    (
        403,
        {
            "type": "permissions_denied",
            "message": "insufficient permissions",
            "details": [{"resource": "lb", "action": "write"}],
        },
        ["lb", "write", "API key"],
    ),
    (
        403,
        {
            "type": "quotas_exceeded",
            "message": "quota(s) exceeded",
            "details": [{"resource": "lb", "quota": 5, "current": 5}],
        },
        ["lb", "5", "quota"],
    ),
    (
        409,
        {
            "type": "transient_state",
            "message": "resource is in a transient state",
            "resource": "gateway",
            "resource_id": "g-1",
            "current_state": "configuring",
        },
        ["gateway g-1 is configuring"],
    ),
    (
        409,
        {"type": "already_exists", "message": "resource already exists", "help_message": "SQS is already enabled"},
        ["resource already exists", "SQS is already enabled"],
    ),
    (
        412,
        {
            "type": "precondition_failed",
            "message": "precondition is not respected",
            "precondition": "resource_still_in_use",
            "help_message": "Private Network must be empty to be deleted",
        },
        ["Private Network must be empty", "still uses"],
    ),
    (404, {"message": "lbs not Found"}, ["lbs not Found"]),
    (503, {"message": "upstream request timeout"}, ["upstream request timeout", "try again later"]),
    (429, {"message": "an empty answer"}, ["Too many requests"]),
]


@pytest.mark.parametrize(
    ("status", "body", "parts"), BODIES, ids=[f"{status} {body.get('type', '')}" for status, body, _parts in BODIES]
)
def test_a_message_holds_the_attempt_the_words_of_the_api_and_the_next_step(
    status: int, body: dict[str, Any], parts: list[str]
) -> None:
    error = api_error("create load balancer 'web'", status, body, "req-1")
    message = str(error)
    assert message.startswith(f"Could not create load balancer 'web': the API answered {status}: {body['message']}")
    assert all(part in message for part in parts)
    assert error.data["request_id"] == "req-1"
    assert error.data["status"] == status


def test_a_quota_is_not_called_a_missing_permission() -> None:
    body = {"type": "quotas_exceeded", "message": "quota(s) exceeded", "details": [{"resource": "lb", "quota": 5}]}
    assert "API key may do this" not in str(api_error("work", 403, body, None))


def test_an_error_of_an_option_names_the_option() -> None:
    error = InvalidOption("server_ip[1]", "'a' is not an address.")
    assert str(error) == "server_ip[1]: 'a' is not an address."
    assert error.data == {"option": "server_ip[1]"}


def test_data_without_a_value_is_left_out() -> None:
    assert ScwError("no", a=None, b=0, c="").data == {"b": 0, "c": ""}


def test_data_may_be_called_message() -> None:
    assert api_error("work", 400, {"message": "x"}, None).data["message"] == "x"
