# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rolling a resource out again, once: a POST that changes nothing but its status, and so is easily lost or doubled.

``updated_at`` of the resource is when its last rollout began while that is under way, and when it ended afterwards
(recorded: containers and functions). That is all the API tells about rollouts, and nothing is kept here beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import Waiting, pauses
from ansible_collections.scw.cloud.plugins.module_utils.errors import LostAnswer, ScwError, Transient
from ansible_collections.scw.cloud.plugins.module_utils.moments import Moment, moment

LOOKS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between the looks that follow a lost answer: changes of containers were answered within 1.4 s (recorded)."""

TRIES = 3
"""How often a request whose answer is lost is sent altogether."""


class Rollout:
    """One rollout of one resource. ``path`` is that of the call; ``is_due`` says whether it is still wanted.

    ``seen`` is the last state of the resource that tells when a rollout began or ended.
    """

    def __init__(self, resource: Resource, path: str, client: Client, lookup: Lookup, warn: Callable[[str], None]):
        self.resource = resource
        self.seen: Values = {}
        self.done: list[str] = []
        self._path = path
        self._client = client
        self._lookup = lookup
        self._waiting = Waiting(client, lookup)
        self._warn = warn
        self.unsure = False  # whether a write was sent whose effect is not known yet

    @contextmanager
    def accounting(self, does: str) -> Iterator[None]:
        """Have every error tell what was done, and what was not."""
        try:
            yield
        except ScwError as error:
            error.account(self.done, [] if self.done else [does], unsure=self.unsure)
            raise

    def begin(self, current: Values, does: str, is_due: Callable[[Values], bool]) -> Values:
        """Have the resource rolled out once: by this task, or by somebody else while it was waited for."""
        path = self._lookup.path(self._path, resource_id=current["id"])
        before, lost = moment(current.get("updated_at")), 0
        for pause in pauses():
            try:
                answer = self._client.call("POST", path, doing=does, body={})
                self._lookup.answers[current["id"]] = answer
                return self._begun(answer, current, does)
            except Transient as busy:
                current = self._after_busy(current, busy, pause)
                if self.unsure and self._is_rolled_out(current, before):
                    return self._begun(current, current, does)
                current = self._waiting.until_settled(self.resource, current)
                if not is_due(current):
                    return current
            except LostAnswer as error:
                self.unsure, lost = True, lost + 1
                found = self._look(current, before, error)
                if found:
                    return self._begun(found, current, does)
                if lost == TRIES or error.data.get("status") == 500:
                    raise
                self._warn_of_second(current)
        return current

    def _begun(self, shown: Values, current: Values, does: str) -> Values:
        """Take note that a rollout began, with what the API shows of it."""
        self.done.append(does)
        self.unsure = False
        self.seen = shown
        return current

    def _after_busy(self, current: Values, busy: Transient, pause: float) -> Values:
        """The resource, which the API just called busy, at least a moment later if it does not look so."""
        found = self._lookup.get(self.resource, current["id"])
        if not self._is_busy(found):
            self._client.deadline.pause(pause, str(busy))
            found = self._lookup.get(self.resource, current["id"])
        self.seen = found
        return found

    def _look(self, current: Values, before: Moment | None, error: LostAnswer) -> Values | None:
        """The resource, if it was rolled out although the answer was lost; None if nothing of it shows."""
        for pause in LOOKS:
            self._client.deadline.pause(pause, str(error))
            found = self._lookup.get(self.resource, current["id"])
            if self._is_rolled_out(found, before):
                return found
        return None

    def _is_rolled_out(self, found: Values, before: Moment | None) -> bool:
        """Whether a rollout began since: this one's or somebody else's, which brings the same."""
        now = moment(found.get("updated_at"))
        return self._is_busy(found) or bool(before and now and now > before)

    def _is_busy(self, found: Values) -> bool:
        return self.resource.settle is not None and self.resource.settle.is_busy(found)

    def _warn_of_second(self, current: Values) -> None:
        self._warn(
            f"The API did not answer the request to roll out {self.resource.label(current)}, and nothing of it showed "
            f"within {sum(LOOKS):g} s, so it is sent again. If the first one only took long, there are two rollouts."
        )
