# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Containers and functions as cards: a namespace with a row for each, and what calls them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ansible_collections.scw.cloud.plugins.plugin_utils.topology_model import (
    MORE,
    Card,
    Column,
    Diagram,
    Link,
    Mark,
    Row,
    Values,
    joined,
    mark_of,
    shown_rows,
)
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_text import plain, shortened

MOST_ROWS, MOST_TALL_ROWS, MOST_CALLERS = 24, 10, 24


def serverless_key(kind: str, object_id: Any) -> str:
    """What a link to a container or function names, until ``in_namespaces`` knows the card that it is on."""
    return f"{kind}:{object_id}"


def row_key(object_id: Any) -> str:
    """The key of the row of a container or function."""
    return str(object_id)


def in_namespaces(links: Iterable[Link], *kinds: tuple[str, Sequence[Values]]) -> list[Link]:
    """Links to containers and functions, led to the rows of their namespaces; ``kinds``: a kind with its objects."""
    cards = {
        serverless_key(kind, obj["id"]): _namespace_key(kind, obj.get("namespace_id"))
        for kind, found in kinds
        for obj in found
    }
    return [Link(link.source, cards.get(link.target, link.target), link.source_row, link.target_row) for link in links]


def namespaces(kind: str, found: Iterable[Values], objects: Sequence[Values], called: Iterable[str]) -> Diagram:
    """All namespaces of containers or of functions; ``called``: keys of rows that links from elsewhere lead to."""
    inside: dict[Any, list[Values]] = {}
    for obj in objects:
        inside.setdefault(obj.get("namespace_id"), []).append(obj)
    known = {namespace["id"]: namespace for namespace in found}
    for namespace_id, members in inside.items():
        strayed = {"id": namespace_id, "name": members[0].get("namespace"), "region": members[0].get("region")}
        known.setdefault(namespace_id, strayed)
    ends = set(called)
    return joined(_namespace(kind, namespace, inside.get(key, []), ends) for key, namespace in known.items())


def _namespace_key(kind: str, namespace_id: Any) -> str:
    return f"{kind}s:{namespace_id}"


def _namespace(kind: str, namespace: Values, members: Sequence[Values], called: set[str]) -> Diagram:
    key, name = _namespace_key(kind, namespace["id"]), plain(namespace.get("name"))
    callers = _callers(members, key)
    ends = called | {target for _row, target in callers}
    rows = [_member(kind, obj) for obj in members]
    if len(rows) > MOST_TALL_ROWS:
        rows = [_in_one_line(row) for row in rows]
    shown = shown_rows(rows, MOST_ROWS, ends) or (Row(f"no {kind}s", mark=Mark.IDLE),)
    drawn = {row.key for row in shown}
    entry = _entry(callers, key, f"Callers of {name}")
    links = [
        Link(link.source, key, link.source_row, link.target_row if link.target_row in drawn else MORE)
        for link in entry.links
    ]
    return Diagram((*entry.cards, _card(kind, namespace, shown)), tuple(links))


def _card(kind: str, namespace: Values, rows: tuple[Row, ...]) -> Card:
    key, name, region = (
        _namespace_key(kind, namespace["id"]),
        plain(namespace.get("name")),
        plain(namespace.get("region")),
    )
    status = plain(namespace.get("status"))
    mark = None if mark_of(status or "ready") is Mark.OK else mark_of(status)
    return Card(
        key,
        Column.ORIGIN,
        "serverless",
        f"{kind.capitalize()}s",
        name,
        key,
        mark,
        status if mark else "",
        f"namespace · {region}",
        rows,
        f"Namespace {name} ({namespace['id']}) {plain(namespace.get('error_message'))}".strip(),
        place=region,
    )


def _in_one_line(row: Row) -> Row:
    return Row(row.text, row.note, mark=row.mark, key=row.key, title=row.title)


def _member(kind: str, obj: Values) -> Row:
    status = plain(obj.get("status"))
    word = "not deployed" if status == "created" else status
    made_of = _image(obj) if kind == "container" else plain(obj.get("runtime"))
    scale = f"{plain(obj.get('min_scale'))}–{plain(obj.get('max_scale'))}" if obj.get("max_scale") else ""
    private = "private" if plain(obj.get("privacy")) == "private" else ""
    trouble = plain(obj.get("error_message"))
    title = "\n".join(
        filter(
            None,
            (
                f"{plain(obj.get('name'))} ({obj['id']})",
                plain(obj.get("image") or obj.get("runtime")),
                scale and f"{scale} instances",
                plain(obj.get("public_endpoint") or obj.get("domain_name")),
                trouble,
            ),
        )
    )
    below = trouble or " · ".join(filter(None, (made_of, private)))
    return Row(plain(obj.get("name")), word, below, mark_of(status), key=row_key(obj["id"]), title=title)


def _image(obj: Values) -> str:
    return plain(obj.get("image") or obj.get("registry_image")).rpartition("/")[2]


# What calls them


def _callers(members: Iterable[Values], key: str) -> list[tuple[Row, str]]:
    """Rows for domains, schedules and queues, each with the key of the row that it calls."""
    found = []
    for obj in members:
        end = row_key(obj["id"])
        found += [(_domain(domain), end) for domain in obj.get("domains") or ()]
        found += [(_trigger(trigger), end) for trigger in obj.get("triggers") or ()]
        found += [(_cron(cron), end) for cron in obj.get("crons") or ()]
    return found


def _entry(callers: Sequence[tuple[Row, str]], key: str, about: str) -> Diagram:
    if not callers:
        return Diagram()
    card_key = f"callers:{key}"
    rows = [
        Row(row.text, row.note, row.below, row.mark, key=f"caller{index}", title=row.title)
        for index, (row, _end) in enumerate(callers)
    ]
    shown = shown_rows(rows, MOST_CALLERS)
    drawn = {row.key for row in shown}
    links = [
        Link(card_key, key, f"caller{index}" if f"caller{index}" in drawn else MORE, end)
        for index, (_row, end) in enumerate(callers)
    ]
    return Diagram(
        (Card(card_key, Column.ENTRY, "entry", "Called by", "", key, rows=shown, about=about),),
        tuple(dict.fromkeys(links)),
    )


def _domain(domain: Values) -> Row:
    name, status = plain(domain.get("hostname")), plain(domain.get("status"))
    mark = mark_of(status)
    note = "" if mark is Mark.OK else status
    return Row(name, note, mark=mark, title=f"{name}: {status} {plain(domain.get('error_message'))}".strip())


def _cron(cron: Values) -> Row:
    return _caller(cron, plain(cron.get("schedule")))


def _trigger(trigger: Values) -> Row:
    kinds: Mapping[str, str] = {
        "cron_config": "schedule",
        "sqs_config": "queue_url",
        "scw_sqs_config": "queue",
        "sqs": "queue",
        "nats_config": "subject",
        "scw_nats_config": "subject",
    }
    for name, what in kinds.items():
        if isinstance(trigger.get(name), Mapping):
            said = plain(trigger[name].get(what) or trigger[name].get("queue_url"))
            return _caller(trigger, said.rpartition("/")[2] if "://" in said else said)
    return _caller(trigger, "")


def _caller(caller: Values, when: str) -> Row:
    name, status = plain(caller.get("name")), plain(caller.get("status"))
    mark = mark_of(status)
    title = f"{name}: {when}, {status} {plain(caller.get('error_message'))}".strip()
    return Row(name or when, shortened(when, 84, 11) if mark is Mark.OK else status, mark=mark, title=title)
