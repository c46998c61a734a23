# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs between a declaration and what exists, from the results of modules in check mode. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ansible_collections.scw.cloud.plugins.plugin_utils.topology_text import plain

Values = Mapping[str, Any]

NAMES = ("name", "hostname", "ip_address", "plan_name", "private_network_id", "description", "id")
"""Options of which the first that is given says what a declaration is about."""

AROUND = ("namespace", "lb", "frontend", "pipeline", "container", "function")
"""Options that say where it is."""

MOST = 60


def problem(declared: Any, known: Sequence[str]) -> str:
    """What is wrong with a declaration, as a sentence without its values; "" if nothing is. ``known``: modules."""
    if not isinstance(declared, Mapping) or not declared:
        return "It declares nothing."
    for module, tasks in declared.items():
        if module not in known:
            return f"{plain(module)} is no module that manages something. Its keys may be {', '.join(sorted(known))}."
        if not isinstance(tasks, (list, tuple)) or not all(isinstance(options, Mapping) for options in tasks):
            return f"{plain(module)} must be a list, with the options of the module in each element."
    return "" if any(declared.values()) else "It declares nothing."


def drift(module: str, declared: Sequence[Values], results: Sequence[Values]) -> list[dict[str, str]]:
    """One entry for each difference, none where all is as declared.

    Each says ``what`` differs, its ``name``, both together as ``subject``, and the ``difference`` as words.

    ``declared``: the options given to the module; ``results``: what it returned for each of them in check mode.
    """
    found = []
    for options, result in zip(declared, results, strict=True):
        what, name = _what(module), _name(options)
        subject = {"subject": f"{what} {name}", "what": what, "name": name}
        found += [{**subject, "difference": said} for said in _differences(result)]
    return found


def _name(options: Values) -> str:
    own = next((name for name in NAMES if options.get(name)), "")
    around = [plain(options[name]) for name in AROUND if name != own and options.get(name)]
    return "/".join([*around, plain(options.get(own))]).strip("/") or "without a name"


def _what(module: str) -> str:
    return re.sub(r"^(scw[.]cloud[.])?scw_", "", module).replace("_", " ")


def _differences(result: Values) -> Iterator[str]:
    if result.get("failed") or ("diff" not in result and result.get("msg")):
        yield f"cannot be compared: {plain(result.get('msg'))}"
        return
    diff = result.get("diff") or {}
    before, after = diff.get("before") or {}, diff.get("after") or {}
    if before == after:
        return
    if not before:
        yield "does not exist"
    elif not after:
        yield "exists, and is declared absent"
    else:
        yield from _changes("", before, after)


def _changes(path: str, before: Any, after: Any) -> Iterator[str]:
    """Each place in which two values differ."""
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        yield f"{path} is {_shown(before)}, declared {_shown(after)}"
        return
    for key in dict.fromkeys([*before, *after]):
        where = f"{path}.{key}" if path else str(key)
        if key not in before:
            yield (
                f"{where} does not exist"
                if _is_thing(after[key])
                else f"{where} is not set, declared {_shown(after[key])}"
            )
        elif key not in after:
            yield f"{where} exists, and is not declared"
        elif before[key] != after[key]:
            yield from _changes(where, before[key], after[key])


def _is_thing(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value)


def _shown(value: Any) -> str:
    text = plain(value) if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"


def table(found: Iterable[Mapping[str, str]]) -> list[str]:
    """The entries as lines of a terminal, under their headings; there are none without entries."""
    cells = [[entry["what"], entry["name"], entry["difference"]] for entry in found]
    if not cells:
        return []
    whole = [["WHAT", "NAME", "DIFFERENCE"], *cells]
    widths = [max(len(row[column]) for row in whole) for column in range(2)]
    return [f"{row[0].ljust(widths[0])}  {row[1].ljust(widths[1])}  {row[2]}" for row in whole]
