# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load Balancer, single servers of a backend: added and removed relative to what is there, never set as a whole.

So tasks that run side by side keep each other's changes, and a request whose answer is lost can be sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Object
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import explicit_spec
from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import Waiting
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Conflict,
    LostAnswer,
    NotFound,
    Refused,
    ScwError,
    Transient,
)
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB, LOCATION
from ansible_collections.scw.cloud.plugins.module_utils.lb.statistics import (
    ADDRESSES,
    LOAD_BALANCER,
    NAMED_BACKEND,
    canonical,
    find_backend,
    parsed_addresses,
    wait_for_health,
)
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import BACKEND
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, is_id

SERVERS = "/lb/v1/{scope}/backends/{id}/servers"

LOOKS = (0.5, 1.0, 2.0)
"""Seconds between the looks that follow a lost answer: a write takes less than one (recorded)."""

TRIES = 3
"""How often a request without a usable answer is sent altogether."""


def servers_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that adds and removes servers."""
    own = {
        "lb": LOAD_BALANCER.option(),
        "backend": {**NAMED_BACKEND.option(), "required": True},
        "server_ip": {**ADDRESSES.option(), "required": True},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "allow_empty": {"type": "bool", "default": False},
        "wait": {"type": "bool", "default": True},
        "wait_for_health": {"type": "bool", "default": False},
        "wait_timeout": {"type": "int", "default": BACKEND.wait_timeout},
    }
    return explicit_spec(LOCATION, own)


def manage_servers(
    client: Client, params: Mapping[str, Any], warn: Callable[[str], None], *, check_mode: bool
) -> dict[str, Any]:
    """The result of a task that adds servers to a backend or removes them. Raises ScwError."""
    return _Servers(client, params, warn, check_mode).run()


@dataclass(frozen=True)
class ServerPlan:
    """The addresses to send, and the pool before and after. What is removed is spelled as the pool spells it."""

    addresses: tuple[str, ...]
    before: list[str]
    after: list[str]

    @property
    def changed(self) -> bool:
        """Whether anything has to be written."""
        return bool(self.addresses)


def plan_servers(
    label: str, pool: Sequence[str], named: Sequence[str], *, absent: bool, allow_empty: bool
) -> ServerPlan:
    """Plan to have the named servers in the pool of the backend called ``label``, or out of it.

    Raises Refused when nobody would be left, unless that is allowed.
    """
    if not absent:
        there = {canonical(address) for address in pool}
        missing = [address for address in named if canonical(address) not in there]
        return ServerPlan(tuple(missing), list(pool), [*pool, *missing])
    leaving = {canonical(address) for address in named}
    removed = tuple(address for address in pool if canonical(address) in leaving)
    rest = [address for address in pool if canonical(address) not in leaving]
    if removed and not rest and not allow_empty:
        raise Refused(
            f"{label} would be left without any server if {', '.join(removed)} went. "
            "Add another server first, or set allow_empty to true.",
            options=["server_ip"],
        )
    return ServerPlan(removed, list(pool), rest)


class _Servers:
    """One task about servers of one backend."""

    def __init__(
        self, client: Client, params: Mapping[str, Any], warn: Callable[[str], None], check_mode: bool
    ) -> None:
        self.client = client
        self.params = params
        self.warn = warn
        self.check_mode = check_mode
        self.absent = params["state"] == "absent"
        self.named = parsed_addresses(params["server_ip"])
        predict = check_mode and not self.absent
        self.lookup = Lookup(BACKEND, client, {**params, "id": None}, warn, predict=predict)
        self.waiting = Waiting(client, self.lookup)
        self.done: list[str] = []
        self.unsure = False  # whether a write was sent whose effect is not known yet

    def run(self) -> dict[str, Any]:
        current = find_backend(self.lookup, self.params, must_exist=not self.absent)
        if current is None:
            return self._without_backend()
        self.lookup.own_id = current["id"]
        plan = self._plan(current)
        result = {"changed": plan.changed, "diff": self._diff(current, plan), "backend": current}
        if self.check_mode:
            return {**result, "backend": {**current, "pool": plan.after}}
        try:
            return {**result, **self._apply(current, plan)}
        except ScwError as error:
            if self.absent and BACKEND.is_gone(error) and self.lookup.refresh({}, current) is None:
                return {**result, **self._changed(), "backend": {}, **self._servers([])}
            left = [] if self.done or not plan.changed else [self._does(current, plan)]
            error.account(self.done, left, unsure=self.unsure)
            raise

    def _without_backend(self) -> dict[str, Any]:
        """Nothing to remove from; or, in check mode, a backend that an earlier task would create."""
        if self.absent:
            nothing = {"changed": False, "diff": {"before": {}, "after": {}}, "backend": {}}
            return {**nothing, **({} if self.check_mode else self._servers([]))}
        given = self.params["backend"]
        said = {} if is_id(given) else {"name": given}
        plan = self._plan(said)
        shown = {
            str(field.read or field.name): {} if isinstance(field, Object) else UNKNOWN for field in BACKEND.fields
        }
        place = {"id": UNKNOWN, "lb": {"id": self.lookup.places.get(LB.name, UNKNOWN)}}
        predicted = {**shown, **BACKEND.computed, **place, **said, "pool": plan.after}
        return {"changed": plan.changed, "diff": self._diff(said, plan), "backend": predicted}

    def _plan(self, current: Values) -> ServerPlan:
        pool = BACKEND.value("server_ip", current)
        return plan_servers(
            BACKEND.label(current),
            pool if isinstance(pool, list) else [],
            self.named,
            absent=self.absent,
            allow_empty=self.params["allow_empty"],
        )

    @staticmethod
    def _diff(backend: Values, plan: ServerPlan) -> dict[str, Any]:
        """What differs, with the word of the option."""
        if not plan.changed:
            return {"before": {}, "after": {}}
        label = BACKEND.label(backend)
        differing = {"before": {"server_ip": plan.before}, "after": {"server_ip": plan.after}}
        return {**differing, "before_header": label, "after_header": label}

    def _apply(self, current: Values, plan: ServerPlan) -> dict[str, Any]:
        """What the result says differently once everything is done."""
        found: dict[str, Any] = {}
        if plan.changed:
            self._converge(current, plan)
            found = {**self._changed(), "backend": self._finish(current)}
        if not self.params["wait_for_health"]:
            return found
        rows = wait_for_health(self.client, self.lookup, current, self.named, absent=self.absent)
        return {**found, **self._servers(rows)}

    def _changed(self) -> dict[str, Any]:
        """Nothing, if somebody else made the same change meanwhile."""
        return {} if self.done else {"changed": False, "diff": {"before": {}, "after": {}}}

    def _servers(self, rows: list[Values]) -> dict[str, Any]:
        return {"servers": rows} if self.params["wait_for_health"] else {}

    def _does(self, current: Values, plan: ServerPlan) -> str:
        addresses, label = ", ".join(plan.addresses), BACKEND.label(current)
        return f"remove {addresses} from {label}" if self.absent else f"add {addresses} to {label}"

    def _converge(self, current: Values, plan: ServerPlan) -> None:
        """Apply the plan; after a lost answer or a conflict look again, and send only what is left."""
        for attempt in range(1, TRIES + 1):
            try:
                self._send(current, plan)
                return
            except Transient:
                raise
            except (LostAnswer, Conflict, NotFound) as error:
                does = self._does(current, plan)
                plan = self._look_again(current, error)
                if not plan.changed:
                    self.done += [does] if self.unsure else []
                    self.unsure = False
                    return
                self.unsure = False
                if attempt == TRIES:
                    raise

    def _send(self, current: Values, plan: ServerPlan) -> None:
        """Send one write; while the API says that the load balancer is busy, wait for it and repeat."""
        path = self.lookup.path(SERVERS, resource_id=current["id"])
        method = "DELETE" if self.absent else "POST"
        self.waiting.before_write(BACKEND, current["id"])
        while True:
            if self.absent:  # while this task waited, another one may have removed all the others
                left = self._plan(self._read(current))
                if self.unsure and not left.changed:
                    self.done.append(self._does(current, plan))
                plan, self.unsure = left, False
            if not plan.changed:
                return
            does = self._does(current, plan)
            try:
                self.client.call(method, path, doing=does, body={"server_ip": list(plan.addresses)})
            except Transient as busy:
                self.unsure = busy.sent_before
                self.waiting.out(BACKEND, current["id"], busy)
            except ScwError as error:
                self.unsure = error.sent_before or isinstance(error, LostAnswer)
                raise
            else:
                self.done.append(does)
                return

    def _read(self, current: Values) -> Values:
        return self.lookup.get(BACKEND, current["id"])

    def _look_again(self, current: Values, error: LostAnswer | Conflict | NotFound) -> ServerPlan:
        """What is left to do after a request with unknown effect. A lost one is given time to show."""
        pauses = LOOKS if isinstance(error, LostAnswer) else LOOKS[:1]
        for pause in pauses[:-1]:
            self.client.deadline.pause(pause, str(error))
            plan = self._plan(self._read(current))
            if not plan.changed:
                return plan
        self.client.deadline.pause(pauses[-1], str(error))
        return self._plan(self._read(current))

    def _finish(self, current: Values) -> Values:
        """Wait until the change is in effect, read the backend back and compare it with what was wanted."""
        final = self.waiting.after_write(BACKEND, current["id"], wait=bool(self.params["wait"]))
        label = BACKEND.label(final)
        pool = BACKEND.value("server_ip", final) or []
        there = {canonical(address) for address in pool}
        lost = [address for address in self.named if (canonical(address) in there) == self.absent]
        if lost:
            self.warn(
                f"{label}: the API did not keep server_ip as it was sent: {', '.join(lost)} "
                f"{'is still' if self.absent else 'is not'} in its pool, or somebody else changed it meanwhile."
            )
        if self.absent and not pool and not self.params["allow_empty"]:
            self.warn(f"{label} has no server left: somebody else removed others at the same time.")
        return final
