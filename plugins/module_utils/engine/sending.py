# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending the writes of one resource, each when nothing is busy any more, and none that may be outdated by then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import SELF, Request, Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine import options
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import Waiting
from ansible_collections.scw.cloud.plugins.module_utils.errors import Forbidden, LostAnswer, ScwError, Transient
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN


class Outdated(Exception):
    """A change had to wait, so what was planned may not fit any more what is there.

    ``sent_before``: it was sent already, and that may have been processed.
    """

    def __init__(self, *, sent_before: bool = False) -> None:
        super().__init__("The resource was busy.")
        self.sent_before = sent_before


class Sender:
    """Sends writes. ``absent``: the resource is to be deleted, so it is no error if it is gone."""

    def __init__(self, resource: Resource, client: Client, lookup: Lookup, params: Mapping[str, Any]) -> None:
        self.resource = resource
        self.client = client
        self.lookup = lookup
        self.waiting = Waiting(client, lookup)
        self.absent = params.get("state") == "absent"
        self.unsure = False  # whether a write was sent whose effect is not known yet
        self._params = params

    def until_writable(self, own_id: str) -> None:
        """Wait until the resource takes a write that is not part of its plan."""
        self.waiting.before_write(self.resource, own_id)

    def settled(self, own_id: str | None, busy: Transient | None = None) -> bool | None:
        """Wait until a write can be sent, after a refusal too; whether that took any time.

        None if the resource to delete is gone meanwhile.
        """
        try:
            if busy:
                self.waiting.out(self.resource, own_id, busy)
                return True
            return self.waiting.before_write(self.resource, own_id)
        except ScwError as error:
            if self.absent and self._is_gone(error, own_id):
                return None
            raise

    def send_one(self, request: Request, own_id: str | None, *, ages: bool) -> Values | None:
        """Send one write; while the API says that something is busy, wait for it and repeat.

        None if somebody else did it already: what was to be deleted is gone. ``ages``: after a wait, raise Outdated.
        """
        path = self.lookup.path(request.path, resource_id=own_id or UNKNOWN)
        body = _with_own_id(request.body, own_id)
        if self.lookup.kind in request.id_key:
            body = {request.id_key[self.lookup.kind]: own_id, **body}
        query = options.delete_query(self.resource, self._params) if request.method == "DELETE" else None
        while True:
            try:
                answer = self.client.call(request.method, path, doing=request.does, query=query, body=body)
            except Transient as busy:
                if self.settled(own_id, busy) is None:
                    return {} if busy.sent_before else None
                if ages:
                    raise Outdated(sent_before=busy.sent_before) from None
            except ScwError as error:
                error.advise(self.resource.advice)
                if not is_change(request) and self._is_gone(error, own_id):
                    return {} if error.sent_before else None
                self.unsure = self.unsure or error.sent_before or isinstance(error, LostAnswer)
                raise
            else:
                self.lookup.answers[str(own_id or answer.get("id"))] = answer
                return answer

    def _is_gone(self, error: ScwError, own_id: str | None) -> bool:
        """Whether what is refused when something is to be deleted means that there is nothing to delete.

        Where the API answers 403 for what does not exist, that alone does not say it: what can be read is still there.
        """
        if not self.resource.is_gone(error) or not isinstance(error, Forbidden):
            return self.resource.is_gone(error)
        try:
            self.lookup.get(self.resource, own_id or UNKNOWN)
        except ScwError as now:
            return self.resource.is_gone(now)
        return False


def is_change(request: Request) -> bool:
    """Whether a request is about more than that something goes."""
    return not request.does.startswith("delete ")


def told(does: str, where: str) -> str:
    """What a request does, and for which of the options it is made: ``backends[0]: create …``."""
    return f"{where.rstrip('.')}: {does}" if where else does


def _with_own_id(body: Any, own_id: str | None) -> Any:
    """``body`` with the ID of the resource where it stands for it."""
    if body is SELF:
        return own_id
    if isinstance(body, dict):
        return {key: _with_own_id(value, own_id) for key, value in body.items()}
    return [_with_own_id(value, own_id) for value in body] if isinstance(body, list) else body
