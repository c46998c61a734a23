# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Error answers: the bodies the API gives, as recorded where a recording exists.

Load Balancer, Edge Services and the v1beta1 products answer 404 with a message alone, Containers v1 with a type; the
other typed forms were recorded on sibling products behind the same gateway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class ApiError(Exception):
    """A request is refused: HTTP status and JSON body of the answer."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {body.get('message', '')}")
        self.status = status
        self.body = dict(body)


@dataclass(frozen=True)
class Detail:
    """One fault found in a request: the dotted argument name, why, and what would be right."""

    argument_name: str
    reason: str
    help_message: str


def invalid_arguments(details: Sequence[Detail]) -> ApiError:
    """400: arguments are unknown, missing, or have a wrong type or value."""
    found = [{"argument_name": d.argument_name, "help_message": d.help_message, "reason": d.reason} for d in details]
    return ApiError(400, {"details": found, "message": "invalid argument(s)", "type": "invalid_arguments"})


def invalid_argument(name: str, help_message: str, reason: str = "constraint") -> ApiError:
    """400: one argument is wrong."""
    return invalid_arguments([Detail(name, reason, help_message)])


def denied_authentication() -> ApiError:
    """401: no token, or one that is not accepted."""
    return ApiError(
        401,
        {
            "message": "authentication is denied",
            "method": "api_key",
            "reason": "not_found",
            "type": "denied_authentication",
        },
    )


def permissions_denied(action: str, resource: str) -> ApiError:
    """403: the key may not do this in the project."""
    return ApiError(
        403,
        {
            "details": [{"action": action, "resource": resource}],
            "message": "insufficient permissions",
            "type": "permissions_denied",
        },
    )


def permission_denied() -> ApiError:
    """403 with a message alone, as routes answer to unknown identifiers."""
    return ApiError(403, {"message": "Permission denied"})


def not_found(what: str) -> ApiError:
    """404 with a message alone, as the Load Balancer answers."""
    return ApiError(404, {"message": f"{what} not Found"})


def resource_not_found(resource: str, resource_id: str) -> ApiError:
    """404 with a type, as Containers v1 answers (recorded)."""
    return ApiError(
        404,
        {
            "message": "resource is not found",
            "resource": resource,
            "resource_id": resource_id,
            "type": "not_found",
        },
    )


def plainly_missing(message: str) -> ApiError:
    """404 with a message alone, in words of its own (recorded of Functions and Edge Services)."""
    return ApiError(404, {"message": message})


def plain_conflict(message: str) -> ApiError:
    """409 with a message alone (recorded of Functions)."""
    return ApiError(409, {"message": message})


def plain_refusal(message: str) -> ApiError:
    """400 with a message alone."""
    return ApiError(400, {"message": message})


def locked(resource: str, resource_id: str) -> ApiError:
    """423: the object is locked. The type is known from the SDKs, the status is a choice."""
    return ApiError(
        423, {"message": "resource is locked", "resource": resource, "resource_id": resource_id, "type": "locked"}
    )


def quotas_exceeded(resource: str, quota: int, current: int) -> ApiError:
    """403: there are too many already. The body is known from the SDKs, the status is a choice."""
    return ApiError(
        403,
        {
            "details": [{"resource": resource, "quota": quota, "current": current}],
            "message": "quota(s) exceeded for this resource",
            "type": "quotas_exceeded",
        },
    )


def transient_state(resource: str, resource_id: str, current_state: str) -> ApiError:
    """409: the object is still settling."""
    return ApiError(
        409,
        {
            "current_state": current_state,
            "message": "resource is in a transient state",
            "resource": resource,
            "resource_id": resource_id,
            "type": "transient_state",
        },
    )


def already_exists(resource: str, resource_id: str, help_message: str) -> ApiError:
    """409: such an object exists already."""
    return ApiError(
        409,
        {
            "help_message": help_message,
            "message": "resource already exists",
            "resource": resource,
            "resource_id": resource_id,
            "type": "already_exists",
        },
    )


def still_in_use(help_message: str) -> ApiError:
    """412: something else depends on the object."""
    return ApiError(
        412,
        {
            "help_message": help_message,
            "message": "precondition is not respected",
            "precondition": "resource_still_in_use",
            "type": "precondition_failed",
        },
    )
