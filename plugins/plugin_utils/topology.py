# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account as a picture: what the template of the report needs. Pure.

The picture is made of figures, one for each part of the account that hangs together; see ``topology_model``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ansible_collections.scw.cloud.plugins.plugin_utils.topology_edge import pipelines
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_layout import Figure, figures
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_lb import load_balancers
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_model import (
    Card,
    Column,
    Diagram,
    Link,
    Mark,
    Row,
    Values,
    worst,
)
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_serverless import in_namespaces, namespaces
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_svg import svg
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_table import HEADINGS, rows
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_text import plain

MOST_OPEN = 24
"""With more figures than these, those in which nothing needs attention are closed at first."""

MAIN = ("edge", "lb", "serverless")


def topology(account: Mapping[str, Sequence[Values]]) -> dict[str, Any]:
    """``figures`` with ``name``, ``places``, ``mark``, ``svg``, ``open`` and ``anchor``; ``counts`` of objects;
    ``attention``, the list of what is wrong; ``table`` with ``headings``.

    ``account``: lists by name, as the lookup ``scw.cloud.account`` returns them; missing ones count as empty.
    """
    drawn = figures(diagram(account))
    anchors = {
        placed.card.key: f"card-{figure}-{index}"
        for figure, each in enumerate(drawn)
        for index, placed in enumerate(each.cards)
    }
    shown = [_shown(figure, number, anchors) for number, figure in enumerate(drawn)]
    for each in shown:
        each["open"] = len(shown) <= MOST_OPEN or each["mark"] not in (Mark.OK.value, Mark.IDLE.value)
    cards = [placed.card for figure in drawn for placed in figure.cards]
    attention = [problem for card in cards for problem in _problems(card, anchors[card.key])]
    return {
        "figures": shown,
        "attention": sorted(attention, key=lambda problem: problem["mark"] != Mark.BAD.value),
        "counts": _counts(account),
        "headings": list(HEADINGS),
        "table": rows(account),
    }


def _counts(account: Mapping[str, Sequence[Values]]) -> list[dict[str, Any]]:
    """How many there are of everything that people count."""
    lbs = account.get("load_balancers") or ()
    numbers = {
        "pipeline": len(account.get("pipelines") or ()),
        "load balancer": len(lbs),
        "frontend": sum(len(lb.get("frontends") or ()) for lb in lbs),
        "backend": sum(len(lb.get("backends") or ()) for lb in lbs),
        "server": sum(len(backend.get("pool") or ()) for lb in lbs for backend in lb.get("backends") or ()),
        "container": len(account.get("containers") or ()),
        "function": len(account.get("functions") or ()),
    }
    return [
        {"number": number, "what": what if number == 1 else f"{what}s"} for what, number in numbers.items() if number
    ]


def diagram(account: Mapping[str, Sequence[Values]]) -> Diagram:
    """Everything as cards and links."""
    lists = {name: list(account.get(name) or ()) for name in _LISTS}
    frontends = {
        frontend["id"]: plain(frontend.get("name"))
        for lb in lists["load_balancers"]
        for frontend in lb.get("frontends") or ()
    }
    edge = pipelines(lists["pipelines"], frontends)
    members = (("container", lists["containers"]), ("function", lists["functions"]))
    edge = Diagram(edge.cards, tuple(in_namespaces(edge.links, *members)))
    called = [link.target_row for link in edge.links]
    whole = edge + load_balancers(lists["load_balancers"])
    for kind, objects in members:
        whole += namespaces(kind, lists[f"{kind}_namespaces"], objects, called)
    whole += _unattached(lists["ips"])
    unique = {card.key: card for card in whole.cards}
    strangers = {link.target: _stranger(link) for link in whole.links if link.target not in unique}
    return Diagram((*unique.values(), *strangers.values()), whole.links).without_loose_ends()


_LISTS = (
    "load_balancers",
    "ips",
    "pipelines",
    "containers",
    "container_namespaces",
    "functions",
    "function_namespaces",
)


def _stranger(link: Link) -> Card:
    """A card for what a link leads to and the account does not have: another project's, or gone."""
    kind, _colon, identifier = link.target.partition(":")
    words = {"lb": "Load balancer", "container": "Container", "function": "Function", "backend": "Backend"}
    column = Column.BACKEND if kind == "backend" else Column.ORIGIN
    card = Card(link.target, column, "entry", words.get(kind, kind), identifier, link.target)
    return replace(card, detail="not in this report", title=identifier)


def _unattached(ips: Iterable[Values]) -> Diagram:
    rows = tuple(
        Row(plain(ip.get("ip_address")), plain(ip.get("zone")), mark=Mark.WARN, title=plain(ip.get("reverse")))
        for ip in ips
        if not ip.get("lb_id")
    )
    if not rows:
        return Diagram()
    card = Card(
        "ip:", Column.ENTRY, "entry", "Addresses", "Attached to nothing", "ip:", rows=rows, about="Attached to nothing"
    )
    return Diagram((card,))


def _shown(figure: Figure, number: int, anchors: Mapping[str, str]) -> dict[str, Any]:
    cards = [placed.card for placed in figure.cards]
    mains = [card for family in MAIN for card in cards if card.family == family and card.kind in _TITLES]
    name = ", ".join(dict.fromkeys(f"{_TITLES[card.kind]} {card.name}" for card in mains)) or _first(cards)
    name = name[:1].upper() + name[1:]
    marks = [card.mark for card in cards] + [row.mark for card in cards for row in card.rows]
    return {
        "name": name,
        "places": ", ".join(dict.fromkeys(card.place for card in cards if card.place)),
        "mark": _overall(marks).value,
        "anchor": f"figure-{number}",
        "svg": svg(figure, anchors, name),
    }


def _overall(marks: Iterable[Mark | None]) -> Mark:
    """How a figure is: what is not in use says nothing about the rest."""
    known = {mark for mark in marks if mark}
    return worst(known - {Mark.IDLE}) if known != {Mark.IDLE} else Mark.IDLE


_TITLES = {
    "Edge Services": "pipeline",
    "Load balancer": "load balancer",
    "Containers": "containers",
    "Functions": "functions",
}


def _first(cards: Sequence[Card]) -> str:
    return f"{cards[0].kind} {cards[0].name}".strip().lower()


def _said(row: Row) -> str:
    return ": ".join(filter(None, (f"{row.text} {row.note}".strip(), row.below)))


def _problems(card: Card, anchor: str) -> list[dict[str, str]]:
    """What a card has that needs attention, in words; its rows say more than its status does."""
    bad = (Mark.WARN, Mark.BAD)
    what = card.about or f"{card.kind} {card.name}".strip()
    found = [(row.mark, _said(row)) for row in card.rows if row.mark in bad]
    if not found and card.mark in bad:
        found = [(card.mark, card.word)]
    return [
        {"mark": mark.value, "what": what, "text": text, "said": f"{what}: {text}", "anchor": anchor}
        for mark, text in found
        if mark
    ]
