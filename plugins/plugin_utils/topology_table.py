# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account as a table, for terminals and for the page with the picture. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ansible_collections.scw.cloud.plugins.plugin_utils.topology_model import Values
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_text import counted, plain

HEADINGS = ("what", "name", "where", "status", "details")
WIDEST = (14, 32, 9, 12, 78)
"""How many signs of each column a terminal shows."""


def rows(account: Mapping[str, Sequence[Values]]) -> list[list[str]]:
    """One row for each thing that stands for itself, in the order of ``HEADINGS``."""
    return [
        [plain(cell) for cell in row]
        for name, describe in _DESCRIBED.items()
        for row in describe(account.get(name) or ())
    ]


def lines(table: Iterable[Sequence[str]]) -> list[str]:
    """The rows as lines of a terminal, under their headings; long cells are cut."""
    cells = [[_cut(cell, most) for cell, most in zip(row, WIDEST, strict=True)] for row in table]
    if not cells:
        return []
    whole = [[heading.upper() for heading in HEADINGS], *cells]
    widths = [max(len(row[column]) for row in whole) for column in range(len(HEADINGS))]
    return ["  ".join(cell.ljust(wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in whole]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _load_balancers(lbs: Iterable[Values]) -> Iterator[tuple[object, ...]]:
    for lb in lbs:
        servers = lb.get("servers") or ()
        well = sum(bool(server.get("healthy")) for server in servers)
        details = [
            plain(lb.get("type")),
            *(plain(ip.get("ip_address")) for ip in lb.get("ip") or ()),
            counted(len(lb.get("frontends") or ()), "frontend"),
            counted(len(lb.get("backends") or ()), "backend"),
            f"{well} of {counted(len(servers), 'server')} healthy" if servers else "no servers",
        ]
        yield "load balancer", lb.get("name"), lb.get("zone"), lb.get("status"), ", ".join(details)


def _pipelines(pipelines: Iterable[Values]) -> Iterator[tuple[object, ...]]:
    for pipeline in pipelines:
        names = [plain(name) for stage in pipeline.get("dns_stages") or () for name in stage.get("fqdns") or ()]
        own = [name for name in names if not name.endswith(".svc.edge.scw.cloud")]
        problems = [plain(error.get("message")) for error in pipeline.get("errors") or ()]
        yield "pipeline", pipeline.get("name"), "", pipeline.get("status"), ", ".join([*(own or names), *problems])


def _containers(containers: Iterable[Values]) -> Iterator[tuple[object, ...]]:
    for one in containers:
        details = one.get("error_message") or f"{plain(one.get('image'))}, {_endpoint(one, 'public_endpoint')}"
        yield "container", _full_name(one), one.get("region"), one.get("status"), details


def _functions(functions: Iterable[Values]) -> Iterator[tuple[object, ...]]:
    for one in functions:
        details = one.get("error_message") or f"{plain(one.get('runtime'))}, {_endpoint(one, 'domain_name')}"
        yield "function", _full_name(one), one.get("region"), one.get("status"), details


def _full_name(one: Values) -> str:
    return "/".join(filter(None, (plain(one.get("namespace")), plain(one.get("name")))))


def _endpoint(one: Values, key: str) -> str:
    custom = [plain(domain.get("hostname")) for domain in one.get("domains") or ()]
    return ", ".join(custom) or plain(one.get(key)).removeprefix("https://")


def _addresses(ips: Iterable[Values]) -> Iterator[tuple[object, ...]]:
    for ip in ips:
        if not ip.get("lb_id"):
            yield "address", ip.get("ip_address"), ip.get("zone"), "unused", "attached to nothing"


_DESCRIBED = {
    "pipelines": _pipelines,
    "load_balancers": _load_balancers,
    "containers": _containers,
    "functions": _functions,
    "ips": _addresses,
}
