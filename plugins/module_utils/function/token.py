# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Functions, one task about a token: there is one, another takes its place in time, or there is none.

A token whose value nobody got is of no use to anybody. So what may be made a second time is deleted first, and a token
is deleted again if the task cannot return it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import Waiting
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    InvalidOption,
    LostAnswer,
    Missing,
    Refused,
    ScwError,
    Transient,
)
from ansible_collections.scw.cloud.plugins.module_utils.function.tokens import (
    DESCRIPTION,
    EXPIRES_AT,
    EXPIRES_IN,
    HIDDEN,
    RENEW_BEFORE,
    as_moment,
    in_seconds,
    kind_of,
    lies_there,
    seconds_from,
)
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, is_unknown

LOOKS = (0.5, 1.0, 2.0, 4.0)
"""Seconds between the looks that follow a lost answer: tokens were made within a second (recorded)."""

TRIES = 3
"""How often a creation whose answer is lost is sent altogether."""

NOTHING: dict[str, Any] = {"before": {}, "after": {}}


def manage_token(
    client: Client, params: Mapping[str, Any], warn: Callable[[str], None], *, check_mode: bool
) -> dict[str, Any]:
    """The result of a task about a token. Raises ScwError; its data tell what was done before it."""
    return _Token(client, params, warn, check_mode).run()


class _Token:
    """One task about the tokens of one description in one place."""

    def __init__(
        self, client: Client, params: Mapping[str, Any], warn: Callable[[str], None], check_mode: bool
    ) -> None:
        self.client = client
        self.params = params
        self.warn = warn
        self.check_mode = check_mode
        self.absent = params["state"] == "absent"
        self.lookup = Lookup(kind_of(params), client, params, warn, predict=check_mode and not self.absent)
        self.resource = self.lookup.resource
        self.waiting = Waiting(client, self.lookup)
        self.now = client.clock.wall()
        fields = (DESCRIPTION, EXPIRES_AT, EXPIRES_IN, RENEW_BEFORE)
        given = [field for field in fields if params[field.name] is not None]
        self.said = {field.name: field.parse(params[field.name], field.name) for field in given}
        self.done: list[str] = []
        self.left: list[str] = []
        self.unsure = False  # whether a write was sent whose effect is not known yet

    def run(self) -> dict[str, Any]:
        self._check_renewal()
        found = self._find()
        try:
            return self._remove(found) if self.absent else self._keep(found)
        except ScwError as error:
            error.account(self.done, [does for does in self.left if does not in self.done], unsure=self.unsure)
            raise

    def _check_renewal(self) -> None:
        lasts, before = self.said.get("expires_in"), self.said.get("renew_before")
        if lasts and before and EXPIRES_IN.canonical(lasts) <= RENEW_BEFORE.canonical(before):
            raise InvalidOption(
                "renew_before", f"{before} is not less than expires_in, {lasts}: each run would renew it."
            )

    # Finding

    def _find(self) -> list[Values]:
        """The tokens that the task is about, those aside that are being deleted."""
        if not self.params["id"]:
            return self._listed() if self._find_place() else []
        found = self.lookup.find({}, must_exist=not self.absent)
        if found is None:
            return []
        if not lies_there(self.lookup, self.params, found):
            kind = "function" if self.params["function"] else "namespace"
            raise InvalidOption(kind, f"{self.resource.label(found)} is not of a {kind}.")
        said = self.said.get("description")
        if said is not None and said != found.get("description"):
            raise self._fixed(found, "description", said)
        if not self.resource.is_leaving(found):
            return [found]
        if self.absent:
            return []
        raise Missing(f"{self.resource.label(found)} is being deleted.", id=found["id"])

    def _find_place(self) -> bool:
        """Whether the place exists in which tokens can be looked for. Raises Missing if it is needed."""
        try:
            exists = self.lookup.place_parent(must_exist=not self.absent)
            if exists:
                self.lookup.check_parent()
        except Missing:
            if self.absent:
                return False
            raise
        return exists and not any(map(is_unknown, self.lookup.places.values()))

    def _listed(self) -> list[Values]:
        """All tokens of the description in the place, as they are now."""
        found = self.lookup.namesakes({"description": self.said["description"]})
        return [token for token in found if not self.resource.is_leaving(token)]

    # Present

    def _keep(self, found: list[Values]) -> dict[str, Any]:
        chosen = self._choose(found)
        if self.params["id"] and found:  # an ID never creates
            return self._as_it_is(found[0])
        if chosen and not self._is_due(chosen):
            return self._as_it_is(chosen)
        useless = [token for token in found if self._is_failed(token) or self._has_expired(token)]
        body = self._body()
        diff = self._diff(chosen, useless, body)
        if self.check_mode:
            return {"changed": True, "diff": diff, "token": self._predicted(body)}
        does = f"create {self.resource.label(None, body)}"
        self.left = [*(self._deletion(token) for token in useless), does]
        for token in useless:
            self._delete(token)
        made = self._create(body, does, known={token["id"] for token in found})
        return {"changed": True, "diff": diff, "token": self._finished(made)}

    def _choose(self, found: Sequence[Values]) -> Values | None:
        """The token that lasts longest, or the one that expires as the task says. Raises Refused if none does."""
        working = [token for token in found if not self._is_failed(token)]
        said = self.said.get("expires_at")
        fitting = [one for one in working if said is None or EXPIRES_AT.same(said, one.get("expires_at"))]
        if working and not fitting:
            raise self._fixed(max(working, key=_lasts), "expires_at", said)
        return max(reversed(fitting), key=_lasts, default=None)

    def _fixed(self, token: Values, option: str, said: Any) -> Refused:
        return Refused(
            f"{self.resource.label(token)} cannot be changed like this: {option} is {token.get(option)!r}, wanted "
            f"{said!r}. It is fixed at creation. Choose another description, or delete the token first.",
            options=[option],
        )

    def _is_due(self, token: Values) -> bool:
        """Whether another one has to take its place, because little is left of it."""
        before, expires = self.said.get("renew_before"), in_seconds(token)
        return bool(before) and expires is not None and expires <= seconds_from(self.now, str(before))

    def _as_it_is(self, token: Values) -> dict[str, Any]:
        """What a task returns that has nothing to do."""
        if self._has_expired(token):
            self.warn(
                f"{self.resource.label(token)} expired at {token.get('expires_at')}. Set renew_before to have another "
                "one made in time, or delete it first."
            )
        if self.params["wait"] and not self.check_mode:
            token = self.waiting.until_settled(self.resource, token)
            self.waiting.fail_if_failed(self.resource, token)
        return {"changed": False, "diff": NOTHING, "token": token}

    def _is_failed(self, token: Values) -> bool:
        return self.resource.settle is not None and self.resource.settle.is_failed(token)

    def _has_expired(self, token: Values) -> bool:
        expires = in_seconds(token)
        return expires is not None and expires <= self.now

    def _body(self) -> dict[str, Any]:
        """What creates the token. Raises InvalidOption for one that could never be used."""
        body = {"description": self.said["description"]} if "description" in self.said else {}
        if "expires_in" in self.said:
            body["expires_at"] = as_moment(seconds_from(self.now, self.said["expires_in"]))
        elif "expires_at" in self.said:
            body["expires_at"] = self.said["expires_at"]
        if self._has_expired(body):
            option = "expires_in" if "expires_in" in self.said else "expires_at"
            raise InvalidOption(option, f"{body['expires_at']} is in the past.")
        return body

    def _diff(self, chosen: Values | None, useless: Sequence[Values], body: Values) -> dict[str, Any]:
        """What changes; values of tokens are no part of it."""
        before = {"expires_at": chosen.get("expires_at")} if chosen else {}
        gone = [self.resource.label(token) for token in useless]
        after = {"expires_at": body.get("expires_at")} if chosen else dict(body)
        label = self.resource.label(None, body)
        shown = {"before": {**before, **({"useless": gone} if gone else {})}, "after": after}
        return {**shown, "before_header": label, "after_header": label}

    def _predicted(self, body: Values) -> Values:
        return {
            "id": UNKNOWN,
            **self.resource.computed,
            **self.lookup.parent_pair(self.resource),
            "expires_at": None,
            **body,
        }

    # Creating

    def _create(self, body: Values, does: str, known: set[str]) -> Values:
        """The answer to the creation, which is the only one with the value of the token."""
        sent = {**self.lookup.parent_pair(self.resource), **body}
        path, lost = self.lookup.path(self.resource.collection), 0
        self.waiting.before_write(self.resource, None)
        while True:
            try:
                made = self._sent(path, does, sent)
            except Transient as busy:
                self.waiting.out(self.resource, None, busy)
            except LostAnswer as error:
                lost += 1
                problem = _quiet(error, does)
                self.unsure = True
                self._delete_lost(body, known, problem)
                self.unsure = False
                if lost == TRIES or error.data.get("status") == 500:
                    raise problem from None
            else:
                self.done.append(does)
                if lost:
                    self._delete_lost(body, {*known, str(made.get("id"))}, None)
                return made

    def _sent(self, path: str, does: str, body: Values) -> Values:
        made = self.client.call("POST", path, doing=does, body=body)
        if all(isinstance(made.get(key), str) and made[key] for key in ("id", "token")) and made["token"] != HIDDEN:
            return made
        raise LostAnswer(f"Could not {does}: the answer has no token.", status=200)

    def _delete_lost(self, body: Values, known: set[str], problem: LostAnswer | None) -> None:
        """Delete the token whose value never arrived. It may take a moment to show."""
        for pause in LOOKS if problem else (0.0,):
            if problem:
                self.client.deadline.pause(pause, str(problem))
            lost = [token for token in self._listed() if token["id"] not in known and self._is_like(token, body)]
            for token in lost:
                self._delete(token)
            if lost:
                return

    @staticmethod
    def _is_like(token: Values, body: Values) -> bool:
        return EXPIRES_AT.same(body.get("expires_at"), token.get("expires_at"))

    def _finished(self, made: Values) -> Values:
        """The token once it can be used, with its value; if it cannot be returned, it is deleted."""
        if not self.params["wait"]:
            return made
        try:
            final = self.waiting.after_write(self.resource, made["id"], wait=True)
        except ScwError:
            self._delete_unreturned(made)
            raise
        return {**final, "token": made.get("token"), "public_key": made.get("public_key")}

    def _delete_unreturned(self, made: Values) -> None:
        try:
            self._delete(made)
        except ScwError:
            self.left.append(self._deletion(made))

    # Absent

    def _remove(self, found: list[Values]) -> dict[str, Any]:
        """Delete all of them."""
        if not found:
            return {"changed": False, "diff": NOTHING, "token": {}}
        before = {"tokens": [{key: token.get(key) for key in ("id", "description", "expires_at")} for token in found]}
        label = self.resource.label(found[0] if len(found) == 1 else None, self.said)
        diff = {"before": before, "after": {}, "before_header": label, "after_header": label}
        if self.check_mode:
            return {"changed": True, "diff": diff, "token": {}}
        self.left = [self._deletion(token) for token in found]
        for token in found:
            self._delete(token)
        if self.params["wait"]:
            for token in found:
                self.waiting.until_gone(self.resource, token["id"])
        return {"changed": bool(self.done), "diff": diff if self.done else NOTHING, "token": {}}

    def _deletion(self, token: Values) -> str:
        return f"delete {self.resource.label(token)}"

    def _delete(self, token: Values) -> None:
        """Delete one; somebody else may have done it already."""
        does, path = self._deletion(token), self.lookup.path(self.resource.item, resource_id=token["id"])
        sent = False
        while True:
            try:
                self.client.call("DELETE", path, doing=does)
            except Transient as busy:
                sent = sent or busy.sent_before
                self.client.deadline.pause(LOOKS[0], str(busy))
            except ScwError as error:
                if self.resource.is_gone(error):
                    self.done += [does] if sent or error.sent_before else []
                    return
                raise
            else:
                self.done.append(does)
                return


def _lasts(token: Values) -> float:
    """How long a token lasts, as something to compare."""
    expires = in_seconds(token)
    return float("inf") if expires is None else expires


def _quiet(error: LostAnswer, does: str) -> LostAnswer:
    """The same without a word of the answer, which may hold a part of the token."""
    status = error.data.get("status")
    came = f"the answer ({status}) cannot be used" if status else "no complete answer came back"
    return LostAnswer(f"Could not {does}: {came}. Run the task again.", status=status)
