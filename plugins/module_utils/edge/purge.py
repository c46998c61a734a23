# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edge Services, having a pipeline forget what its cache keeps: an order that nothing takes back, and that ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.composites import Ref
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Settle, Values
from ansible_collections.scw.cloud.plugins.module_utils.edge.resources import API, LOCATION, PIPELINE
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import explicit_spec
from ansible_collections.scw.cloud.plugins.module_utils.engine.reading import names_nothing
from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import pauses
from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    Failed,
    InvalidOption,
    LostAnswer,
    Missing,
    ScwError,
    Transient,
)
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN, is_id, is_unknown

REQUESTS = f"{API}/purge-requests"
ITEMS = "purge_requests"
SETTLE = Settle(ready=frozenset({"done"}), failed=frozenset({"error"}))
NAMED = Ref("pipeline", aliases=("pipeline_id",), to=lambda: PIPELINE, required=True)
LOOKS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between the looks that follow a lost answer, before the request is sent again."""

TRIES = 3
"""How often a request whose answer is lost is sent altogether."""


def purge_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that purges a cache."""
    own = {
        "pipeline": NAMED.option(),
        "assets": {"type": "list", "elements": "str"},
        "all": {"type": "bool", "default": False},
        "wait": {"type": "bool", "default": True},
        "wait_timeout": {"type": "int", "default": 300},
    }
    return explicit_spec(LOCATION, own)


def manage_purge(
    client: Client, params: Mapping[str, Any], warn: Callable[[str], None], *, check_mode: bool
) -> dict[str, Any]:
    """The result of a task that purges a cache. Raises ScwError; its data tell what was done before it."""
    return _Purge(client, params, warn, check_mode=check_mode).run()


def _target(params: Mapping[str, Any]) -> Values:
    """What to forget, as the API takes it. Raises InvalidOption."""
    assets = params["assets"]
    if params["all"]:
        if assets is not None:
            raise InvalidOption("assets", "means nothing together with all, which purges everything. Give only one.")
        return {"all": True}
    if not assets:
        problem = "is empty." if assets is not None else "is needed, unless all is true."
        raise InvalidOption("assets", f"{problem} List the paths to forget, or set all to true.")
    blank = next((index for index, asset in enumerate(assets) if not (asset or "").strip()), None)
    if blank is not None:
        raise InvalidOption(f"assets[{blank}]", "must not be empty.")
    return {"assets": list(assets)}


class _Purge:
    """One task about the cache of one pipeline."""

    def __init__(
        self, client: Client, params: Mapping[str, Any], warn: Callable[[str], None], *, check_mode: bool
    ) -> None:
        self.client = client
        self.params = params
        self.warn = warn
        self.check_mode = check_mode
        self.target = _target(params)
        self.lookup = Lookup(PIPELINE, client, {**params, "id": None}, warn, predict=check_mode)
        self.done: list[str] = []
        self.unsure = False  # whether a request was sent whose effect is not known

    def run(self) -> dict[str, Any]:
        """The result of the task."""
        pipeline = self._find()
        label = PIPELINE.label(pipeline)
        diff = {
            "before": {},
            "after": {"purged": self.target},
            "before_header": label,
            "after_header": label,
        }
        if self.check_mode:
            status = "done" if self.params["wait"] else "pending"
            request = {"id": UNKNOWN, "pipeline_id": pipeline["id"], "status": status, **self.target}
        else:
            with self._accounting(f"purge the cache of {label}"):
                request = self._ordered(pipeline, f"purge the cache of {label}")
                request = self._settled(request, label) if self.params["wait"] else request
        return {"changed": True, "diff": diff, "purge_request": request}

    @contextmanager
    def _accounting(self, does: str) -> Iterator[None]:
        """Have every error tell what was done, and what was not."""
        try:
            yield
        except ScwError as error:
            error.account(self.done, [] if self.done else [does], unsure=self.unsure)
            raise

    def _find(self) -> Values:
        """The pipeline; in check mode a stand-in for one that an earlier task may create."""
        given = NAMED.parse(self.params["pipeline"], "pipeline")
        if is_unknown(given):
            if not self.check_mode:
                raise names_nothing("pipeline")
            return {"id": UNKNOWN}
        if is_id(given):
            return self.lookup.existing("pipeline", PIPELINE, given)
        found = self.lookup.find({"name": given}, must_exist=True)
        if found:
            return found
        where = f"No pipeline {given!r} exists"
        if not self.check_mode:
            raise Missing(f"{where}. Create it first, or check the name.", name=given)
        self.warn(f"{where} yet; this check assumes that an earlier task creates it.")
        return {"id": UNKNOWN, "name": given}

    # Ordering

    def _ordered(self, pipeline: Values, does: str) -> Values:
        """The purge request of this task, made once."""
        body = {"pipeline_id": pipeline["id"], **self.target}
        before = self._latest(pipeline)
        lost = 0
        while True:
            try:
                request = self.client.call("POST", REQUESTS, doing=does, body=body)
                break
            except Transient as busy:
                self.client.deadline.pause(self.client.backoff(1), str(busy))
            except LostAnswer as error:
                self.unsure, lost = True, lost + 1
                found = self._look(pipeline, before, error)
                if found:
                    request = found
                    break
                if lost == TRIES:
                    raise
                self._warn_of_second(PIPELINE.label(pipeline))
        self.done.append(does)
        self.unsure = False
        return request

    def _latest(self, pipeline: Values) -> list[Values]:
        """The youngest purge requests of the pipeline, the youngest first."""
        query = {"pipeline_id": pipeline["id"], "order_by": "created_at_desc", "page": 1, "page_size": 50}
        doing = f"list the purge requests of {PIPELINE.label(pipeline)}"
        answer = self.client.get(REQUESTS, doing=doing, query=query)
        listed = answer.get(ITEMS)
        return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []

    def _look(self, pipeline: Values, before: list[Values], error: LostAnswer) -> Values | None:
        """A request for the same that was not there before: this task's, or one of somebody else that will do."""
        known = {one.get("id") for one in before}
        for pause in LOOKS:
            self.client.deadline.pause(pause, str(error))
            for one in self._latest(pipeline):
                if one.get("id") not in known and self._is_same(one):
                    return one
        return None

    def _warn_of_second(self, label: str) -> None:
        self.warn(
            f"The API did not answer the request to purge the cache of {label}, and nothing of it showed within "
            f"{sum(LOOKS):g} s, so it is sent again. If the first one only took long, the cache is purged twice."
        )

    def _is_same(self, request: Values) -> bool:
        if "all" in self.target:
            return bool(request.get("all"))
        return sorted(request.get("assets") or []) == sorted(self.target["assets"])

    def _settled(self, request: Values, label: str) -> Values:
        """The purge request once it is done. Raises Failed if the API gave up on it."""
        own_id = str(request.get("id"))
        for pause in pauses():
            if not SETTLE.is_busy(request):
                break
            self.client.deadline.pause(pause, f"Purge request {own_id} was still {SETTLE.state(request)}.")
            request = self.client.get(f"{REQUESTS}/{own_id}", doing=f"read purge request {own_id}")
        if SETTLE.is_failed(request):
            raise Failed(
                f"The cache of {label} was not purged: purge request {own_id} is in status 'error', and the API gives "
                "no reason. Check that the assets are paths that the pipeline serves, then run the task again.",
                id=own_id,
                status=request.get("status"),
            )
        return request
