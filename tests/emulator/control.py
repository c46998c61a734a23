# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control interface under /_emulator/: what tests and people change while the emulator runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from emulator.emulation import Emulation
from emulator.request import Request
from emulator.settings import BadControlInputError

Handler = Callable[[Emulation, Any], Any]


def answer_control(emulation: Emulation, request: Request) -> tuple[int, Any]:
    """Answer a control request with a status and a JSON document."""
    name = request.path.removeprefix("/_emulator/").rstrip("/")
    handlers = {**_HANDLERS, **_product_handlers(emulation)}
    methods = {method for known, method in handlers if known == name}
    if not methods:
        known = sorted({f"/_emulator/{known}" for known, _method in handlers})
        return 404, {"message": f"no such control, allowed: {', '.join(known)}"}
    if request.method not in methods:
        return 405, {"message": f"method {request.method} is not allowed here, allowed: {', '.join(sorted(methods))}"}
    try:
        document = request.json()
    except ValueError as error:
        return 400, {"message": f"the body must be JSON: {error}"}
    try:
        return 200, handlers[name, request.method](emulation, document)
    except BadControlInputError as error:
        return 400, {"message": str(error)}


def _read_journal(emulation: Emulation, _body: Any) -> Any:
    return {"entries": [entry.as_data() for entry in emulation.journal()]}


def _clear_journal(emulation: Emulation, _body: Any) -> Any:
    emulation.clear_journal()
    return {"entries": []}


def _reset(emulation: Emulation, _body: Any) -> Any:
    emulation.reset()
    return {"message": "reset"}


def _read_settings(emulation: Emulation, _body: Any) -> Any:
    return emulation.world.settings.as_data()


def _write_settings(emulation: Emulation, document: Any) -> Any:
    return emulation.configure(_object(document, "settings")).as_data()


def _read_faults(emulation: Emulation, _body: Any) -> Any:
    return {"faults": emulation.faults()}


def _write_faults(emulation: Emulation, document: Any) -> Any:
    emulation.set_faults(_rules(document, "faults"))
    return {"faults": emulation.faults()}


def _read_status(emulation: Emulation, _body: Any) -> Any:
    return {"status": [vars(rule) for rule in emulation.world.status_rules]}


def _write_status(emulation: Emulation, document: Any) -> Any:
    emulation.set_statuses(_rules(document, "status"))
    return _read_status(emulation, None)


def _read_state(emulation: Emulation, _body: Any) -> Any:
    return emulation.state()


def _seed(emulation: Emulation, document: Any) -> Any:
    return {"created": emulation.seed(_object(document, "counts"))}


def _object(document: Any, what: str) -> Mapping[str, object]:
    if not isinstance(document, dict):
        raise BadControlInputError(f"{what} must be an object")
    return document


def _rules(document: Any, key: str) -> list[object]:
    """Accept a list of rules, or an object holding the list under its own name, as GET returns it."""
    rules = document.get(key) if isinstance(document, dict) and set(document) == {key} else document
    if not isinstance(rules, list):
        raise BadControlInputError(f"the body must be a list of rules, or an object with the one key '{key}'")
    return rules


def _product_handlers(emulation: Emulation) -> dict[tuple[str, str], Handler]:
    handlers: dict[tuple[str, str], Handler] = {}
    for name, control in (item for service in emulation.services for item in service.product.controls.items()):
        handlers[name, "GET"] = _reader(name)
        handlers[name, "PUT"] = _writer(name)
        if control.add is not None:
            handlers[name, "POST"] = _adder(name)
    return handlers


def _reader(name: str) -> Handler:
    return lambda emulation, _body: {name: emulation.document(name)}


def _writer(name: str) -> Handler:
    def write(emulation: Emulation, document: Any) -> Any:
        emulation.set_document(name, _rules(document, name))
        return {name: emulation.document(name)}

    return write


def _adder(name: str) -> Handler:
    return lambda emulation, document: emulation.add_to_document(name, document)


_HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("journal", "GET"): _read_journal,
    ("journal", "DELETE"): _clear_journal,
    ("reset", "POST"): _reset,
    ("settings", "GET"): _read_settings,
    ("settings", "PUT"): _write_settings,
    ("faults", "GET"): _read_faults,
    ("faults", "PUT"): _write_faults,
    ("status", "GET"): _read_status,
    ("status", "PUT"): _write_status,
    ("state", "GET"): _read_state,
    ("seed", "POST"): _seed,
}
