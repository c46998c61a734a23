# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator without its transport: what a request does, and everything the control interface can change."""

from __future__ import annotations

import logging
import pickle
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from emulator.errors import ApiError, denied_authentication
from emulator.faults import FaultRule, default_body, pick
from emulator.journal import Entry, kept_headers, token_digest
from emulator.operations import Product, RawAnswer
from emulator.request import Request
from emulator.service import Match, Service
from emulator.settings import UUID_PATTERN, BadControlInputError, Settings
from emulator.world import NEVER, StatusRule, World

_logger = logging.getLogger("emulator")
_SILENT_KINDS = ("reset_before", "reset_after", "no_answer")
_WRITE_METHODS = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Admission:
    """A request let in: its operation where the path is known, and the fault that hits it."""

    service: Service[Any] | None
    match: Match | None
    fault: FaultRule | None

    @property
    def at_site(self) -> bool:
        """Say whether the request is about bytes beside the API."""
        return self.match is not None and self.match.at_site


@dataclass(frozen=True)
class Reply:
    """An answer before it is put on the wire; no body means an empty one.

    raw: what goes on the wire instead of JSON; the body is then its description for the journal.
    """

    status: int
    body: Any
    raw: RawAnswer | None = None


class Emulation:
    """All products, the journal and the controls. Every method may be called from any thread."""

    def __init__(self, products: Sequence[Product[Any]], defaults: Settings) -> None:
        self.lock = threading.RLock()
        self._defaults = defaults
        self.world = World(defaults)
        self.services = [Service(product, self.world) for product in products]
        self._journal: list[Entry] = []
        self._faults: list[FaultRule] = []

    # Controls

    def reset(self) -> None:
        """Return to the state after the start: no objects, rules or journal, settings as given at the start."""
        with self.lock:
            self.world = World(self._defaults)
            for service in self.services:
                service.reset(self.world)
            self._journal = []
            self._faults = []

    def snapshot(self) -> bytes:
        """Keep everything that is held, for restore(): objects, settings, rules and journal."""
        with self.lock:
            states = [service.state for service in self.services]
            return pickle.dumps((self.world, states, self._journal, self._faults))

    def restore(self, snapshot: bytes) -> None:
        """Return to a snapshot of this process."""
        with self.lock:
            self.world, states, self._journal, self._faults = pickle.loads(snapshot)
            for service, state in zip(self.services, states, strict=True):
                service.state = state

    def configure(self, changes: Mapping[str, object]) -> Settings:
        """Change settings; a new seed restarts identifiers and timestamps. Raises BadControlInputError."""
        with self.lock:
            settings = self.world.settings.updated(changes)
            if settings.seed != self.world.settings.seed:
                self.world.reseed(settings.seed)
            self.world.settings = settings
            return settings

    def journal(self) -> list[Entry]:
        """Return every request so far, oldest first."""
        with self.lock:
            return list(self._journal)

    def clear_journal(self) -> None:
        """Forget the requests so far; sequence numbers start again."""
        with self.lock:
            self._journal = []

    def faults(self) -> list[dict[str, Any]]:
        """Return the fault rules with their counts."""
        with self.lock:
            return [rule.as_data() for rule in self._faults]

    def set_faults(self, documents: Iterable[object]) -> None:
        """Replace the fault rules. Raises BadControlInputError."""
        known = frozenset(name for service in self.services for name in service.operation_names)
        rules = [FaultRule.parse(document, known) for document in documents]
        with self.lock:
            self._faults = rules

    def set_statuses(self, documents: Iterable[object]) -> None:
        """Replace the status rules. Raises BadControlInputError."""
        rules = tuple(StatusRule.parse(document) for document in documents)
        kinds = {kind: known for service in self.services for kind, known in service.product.status_kinds.items()}
        for rule in rules:
            _check_status(rule, kinds)
        with self.lock:
            self.world.status_rules = rules
            for rule in rules:
                if rule.now:
                    self._force(rule)

    def _force(self, rule: StatusRule) -> None:
        for service in self.services:
            if rule.kind in service.product.status_kinds:
                service.product.force_status(service.state, rule)

    def state(self) -> dict[str, list[dict[str, Any]]]:
        """Return every object by kind, with times as a read shows them."""
        with self.lock:
            self.world.clock.begin_request(is_write=False)
            found: dict[str, list[dict[str, Any]]] = {}
            for service in self.services:
                found.update(service.product.records(service.state))
            return found

    def seed(self, counts: Mapping[str, object]) -> dict[str, int]:
        """Create objects in bulk. Raises BadControlInputError naming unknown kinds and wrong counts."""
        allowed = sorted(kind for service in self.services for kind in service.product.seed_kinds)
        for kind, count in counts.items():
            if kind not in allowed:
                raise BadControlInputError(f"unknown kind '{kind}', allowed: {', '.join(allowed)}")
            if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= 100_000:
                raise BadControlInputError(f"count of '{kind}' must be a whole number from 0 to 100000, got {count!r}")
        made: dict[str, int] = {}
        with self.lock:
            for service in self.services:
                wanted = {k: v for k, v in counts.items() if k in service.product.seed_kinds and isinstance(v, int)}
                made.update(service.product.seed(service.state, wanted) if wanted else {})
        return made

    def document(self, name: str) -> Any:
        """Return a product's own control document; raises KeyError when no product has it."""
        service = self._owner_of(name)
        with self.lock:
            return service.product.controls[name].read(service.state)

    def set_document(self, name: str, content: object) -> None:
        """Replace a product's own control document. Raises KeyError or BadControlInputError."""
        service = self._owner_of(name)
        with self.lock:
            service.product.controls[name].write(service.state, content)

    def add_to_document(self, name: str, content: object) -> Any:
        """Add to a product's own control document. Raises KeyError or BadControlInputError."""
        service = self._owner_of(name)
        add = service.product.controls[name].add
        if add is None:
            raise KeyError(name)
        with self.lock:
            return add(service.state, content)

    def _owner_of(self, name: str) -> Service[Any]:
        for service in self.services:
            if name in service.product.controls:
                return service
        raise KeyError(name)

    # Requests

    def admit(self, request: Request) -> Admission:
        """Find the operation of a request and the fault that hits it; counts the request for every fault rule."""
        with self.lock:
            service, match = self._find(request)
            fault = pick(self._faults, match.operation if match else None, request.method, request.path)
            return Admission(service, match, fault)

    def answer_unless_struck(self, request: Request) -> Reply | None:
        """Admit and answer a request that no fault hits; for any other, None, and it was not counted."""
        with self.lock:
            _service, match = self._find(request)
            if any(rule.is_next(match.operation if match else None, request) for rule in self._faults):
                return None
            return self.answer(request, self.admit(request))

    def answer(self, request: Request, admission: Admission) -> Reply:
        """Process the request unless its fault prevents that, keep it in the journal, and return the answer."""
        fault = admission.fault
        with self.lock:
            reply = self._process(request, admission) if fault is None or fault.processed else Reply(500, None)
            if fault is not None and fault.kind in ("status", "html", "empty", "redirect"):
                reply = Reply(fault.answer_status, _fault_body(fault))
            self._keep(request, admission, reply)
            return reply

    def request_id(self) -> str:
        """Draw an identifier for an answer."""
        with self.lock:
            return self.world.identities.request_id()

    def _find(self, request: Request) -> tuple[Service[Any] | None, Match | None]:
        for service in self.services:
            match = service.find(request)
            if match:
                return service, match
        return None, None

    def _process(self, request: Request, admission: Admission) -> Reply:
        self.world.clock.begin_request(request.method in _WRITE_METHODS)
        try:
            if admission.service is not None and admission.match is not None and admission.match.at_site:
                raw = admission.service.answer_at_site(request)
                return Reply(raw.status, request.described(raw.content), raw)
            self._authenticate(request)
            if admission.service is None or admission.match is None:
                return Reply(404, {"message": "the requested path does not exist"})
            answer = admission.service.answer(admission.match, request, self.world)
        except ApiError as error:
            return Reply(error.status, error.body)
        except Exception as error:
            _logger.exception("%s %s failed inside the emulator", request.method, request.path)
            return Reply(500, {"message": f"the emulator itself failed: {error!r}"})
        return Reply(204, None) if answer is None else Reply(200, self.world.with_extra_field(answer))

    def _authenticate(self, request: Request) -> None:
        token = request.headers.get("X-Auth-Token")
        accepted = self.world.settings.tokens
        if token is None or not UUID_PATTERN.fullmatch(token):
            raise denied_authentication()
        if accepted is not None and token not in accepted:
            raise denied_authentication()

    def _keep(self, request: Request, admission: Admission, reply: Reply) -> None:
        fault = admission.fault
        silent = fault is not None and fault.kind in _SILENT_KINDS
        self._journal.append(
            Entry(
                sequence=len(self._journal) + 1,
                method=request.method,
                path=request.path,
                query=request.query,
                headers=kept_headers(request.headers),
                token_digest=token_digest(request.headers.get("X-Auth-Token")),
                body=request.described(request.content) if admission.at_site else request.body_for_journal,
                status=None if silent else reply.status,
                response=None if silent else reply.body,
                operation=admission.match.operation if admission.match else None,
                fault=fault.kind if fault else None,
                processed=fault is None or fault.processed,
            )
        )


def _check_status(rule: StatusRule, kinds: Mapping[str, frozenset[str]]) -> None:
    if rule.kind not in kinds:
        raise BadControlInputError(f"unknown kind '{rule.kind}', allowed: {', '.join(sorted(kinds))}")
    allowed = kinds[rule.kind] if rule.now else kinds[rule.kind] | {NEVER}
    if rule.status not in allowed:
        raise BadControlInputError(f"unknown status '{rule.status}', allowed: {', '.join(sorted(allowed))}")


def _fault_body(fault: FaultRule) -> Any:
    if fault.kind == "status":
        return fault.body if fault.body is not None else default_body(fault.answer_status)
    if fault.kind == "html":
        return fault.body if isinstance(fault.body, str) else "<html><body><h1>Bad Gateway</h1></body></html>"
    return None
