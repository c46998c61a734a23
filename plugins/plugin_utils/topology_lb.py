# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load balancers as cards: addresses, frontends with their ACLs and routes, backends, and servers with their health."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
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
from ansible_collections.scw.cloud.plugins.plugin_utils.topology_text import counted, date, plain

EVERYBODY = frozenset({"0.0.0.0/0", "::/0"})
MOST_SERVERS, MOST_ACLS, MOST_ROUTES = 8, 8, 16


def load_balancers(lbs: Iterable[Values]) -> Diagram:
    """All load balancers, each with everything in it."""
    return joined(map(_load_balancer, lbs))


def key_of(lb_id: Any) -> str:
    """The key of the card of a load balancer."""
    return f"lb:{lb_id}"


def _load_balancer(lb: Values) -> Diagram:
    key, group = key_of(lb["id"]), str(lb["id"])
    card = Card(
        key,
        Column.ORIGIN,
        "lb",
        "Load balancer",
        plain(lb.get("name")),
        group,
        mark_of(lb.get("status")),
        plain(lb.get("status")),
        " · ".join(filter(None, (plain(lb.get("type")).upper(), plain(lb.get("zone"))))),
        tuple(_belongings(lb)),
        f"{plain(lb.get('name'))} ({lb['id']}) {plain(lb.get('description'))}".strip(),
        place=plain(lb.get("zone")),
    )
    links = [Link(key, _frontend_key(frontend)) for frontend in lb.get("frontends") or ()]
    own = Diagram((card,), tuple(links))
    frontends = [_frontend(lb, frontend) for frontend in _by_port(lb.get("frontends") or ())]
    backends = [_backend(lb, backend) for backend in lb.get("backends") or ()]
    return joined([_addresses(lb, key, group), own, *frontends, *backends])


def _by_port(frontends: Iterable[Values]) -> list[Values]:
    return sorted(frontends, key=lambda frontend: frontend.get("inbound_port") or 0)


def _belongings(lb: Values) -> Iterable[Row]:
    for certificate in lb.get("certificates") or ():
        status = plain(certificate.get("status"))
        until = f"until {date(certificate['not_valid_after'])}" if certificate.get("not_valid_after") else ""
        name = plain(certificate.get("common_name") or certificate.get("name"))
        good = mark_of(status) is Mark.OK
        title = f"Certificate {plain(certificate.get('name'))} for {name}, {status} {until}".strip()
        detail = plain(certificate.get("status_details"))
        note, below = ("", until) if good else (status, detail)
        yield Row(name, note, below, mark_of(status), title=f"{title} {detail}".strip())
    for network in lb.get("private_networks") or ():
        status = plain(network.get("status"))
        title = f"Private network {plain(network.get('private_network_id'))}, {status}"
        yield Row("private network", status, mark=mark_of(status), title=title)


def _addresses(lb: Values, key: str, group: str) -> Diagram:
    ips = [ip for ip in lb.get("ip") or () if isinstance(ip, dict) and ip.get("ip_address")]
    if not ips:
        return Diagram()
    rows = tuple(Row(plain(ip["ip_address"]), title=plain(ip.get("reverse"))) for ip in ips)
    name = "Public addresses" if len(rows) > 1 else "Public address"
    card = Card(f"ip:{group}", Column.ENTRY, "entry", name, "", group, rows=rows)
    return Diagram((card,), (Link(card.key, key),))


# Frontends


def _frontend_key(frontend: Values) -> str:
    return f"frontend:{frontend['id']}"


def _frontend(lb: Values, frontend: Values) -> Diagram:
    acls = [acl for acl in lb.get("acls") or () if (acl.get("frontend") or {}).get("id") == frontend["id"]]
    routes = [route for route in lb.get("routes") or () if route.get("frontend_id") == frontend["id"]]
    key, default = _frontend_key(frontend), (frontend.get("backend") or {}).get("id")
    rules = shown_rows([_acl(acl) for acl in sorted(acls, key=lambda acl: acl.get("index") or 0)], MOST_ACLS)
    ways = shown_rows([_route(route) for route in routes], MOST_ROUTES)
    rest = "everything else" if routes else "all requests"
    last = Row(rest, icon="way", key="default") if default else Row(rest, "no backend", mark=Mark.WARN)
    features = ("TLS" if frontend.get("certificate_ids") else "", "HTTP/3" if frontend.get("enable_http3") else "")
    detail = " · ".join(filter(None, (f"port {plain(frontend.get('inbound_port'))}", *features)))
    name = plain(frontend.get("name"))
    title, about = f"{name} ({frontend['id']})", f"Frontend {plain(lb.get('name'))}/{name}"
    rows = (*rules, *ways, last)
    card = Card(
        key, Column.FRONTEND, "lb", "Frontend", name, str(lb["id"]), detail=detail, rows=rows, title=title, about=about
    )
    drawn = {row.key for row in ways}
    links = [
        Link(key, f"backend:{route.get('backend_id')}", route["id"] if route["id"] in drawn else MORE)
        for route in routes
    ]
    return Diagram((card,), (*links, *([Link(key, f"backend:{default}", "default")] if default else [])))


def _acl(acl: Values) -> Row:
    action, match = acl.get("action") or {}, acl.get("match") or {}
    kind = plain(action.get("type"))
    networks = [plain(network) for network in match.get("ip_subnet") or ()]
    whom = "everybody" if EVERYBODY & set(networks) else ", ".join(networks)
    whom = whom or ("Edge Services" if match.get("ips_edge_services") else "")
    test = plain(match.get("http_filter")).replace("acl_http_filter_none", "")
    values = ", ".join(map(plain, match.get("http_filter_value") or ()))
    what = " ".join(filter(None, ("not" if match.get("invert") else "", whom, test, values)))
    redirect = action.get("redirect") or {}
    target = f"to {plain(redirect.get('target'))}" if redirect else ""
    title = " ".join(filter(None, (f"ACL {plain(acl.get('name'))}: {kind}", target, what)))
    return Row(plain(acl.get("name")), target or kind, icon=kind, title=title, below=what)


def _route(route: Values) -> Row:
    words = {"sni": "server name", "host_header": "host", "path_begin": "path"}
    match = route.get("match") or {}
    text = next((f"{word} {plain(match[name])}" for name, word in words.items() if match.get(name)), "route")
    return Row(
        text, icon="way", key=str(route["id"]), title=text + (" and below" if match.get("match_subdomains") else "")
    )


# Backends and servers


def _backend(lb: Values, backend: Values) -> Diagram:
    key, group = f"backend:{backend['id']}", str(lb["id"])
    health = _healths(lb, backend)
    used = _used_backends(lb)
    check = _check(backend.get("health_check") or {})
    balance = plain(backend.get("forward_port_algorithm"))
    name = plain(backend.get("name"))
    card = Card(
        key,
        Column.BACKEND,
        "lb",
        "Backend",
        name,
        group,
        None if backend["id"] in used else Mark.IDLE,
        "" if backend["id"] in used else "unused",
        f"{plain(backend.get('forward_protocol'))} port {plain(backend.get('forward_port'))} · {balance}",
        (Row(check, title=f"Health check: {check}"),) if check else (),
        f"{name} ({backend['id']})",
    )
    rows = tuple(health)
    well = sum(row.mark is Mark.OK for row in rows)
    mark, word = _overall(well, len(rows))
    shown = _grouped(rows)
    about = f"Servers of {plain(lb.get('name'))}/{name}"
    servers = Card(
        f"servers:{backend['id']}", Column.SERVERS, "lb", "Servers", "", group, mark, word, rows=shown, about=about
    )
    return Diagram((card, servers), (Link(key, servers.key),))


def _overall(well: int, count: int) -> tuple[Mark, str]:
    if not count:
        return Mark.WARN, "none"
    if well == count:
        return Mark.OK, f"{count} healthy"
    return (Mark.WARN if well else Mark.BAD), f"{well} of {count} healthy"


def _grouped(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Few servers one by one; of many those that are well in one row."""
    if len(rows) <= MOST_SERVERS:
        return rows
    well = [row for row in rows if row.mark is Mark.OK]
    ill = [row for row in rows if row.mark is not Mark.OK]
    if len(well) < 2:
        return shown_rows(rows, MOST_SERVERS)
    span = f"{well[0].text} … {well[-1].text}"
    names = ", ".join(row.text for row in well)
    return (
        *shown_rows(ill, MOST_SERVERS - 1),
        Row(counted(len(well), "server"), "healthy", mark=Mark.OK, title=names, below=span),
    )


def _used_backends(lb: Values) -> set[Any]:
    defaults = {(frontend.get("backend") or {}).get("id") for frontend in lb.get("frontends") or ()}
    return defaults | {route.get("backend_id") for route in lb.get("routes") or ()}


def _check(check: Values) -> str:
    kind = next((name for name in check if name.endswith("_config") and check[name] is not None), "")
    config = check.get(kind) or {}
    uri = plain(config.get("uri")) if isinstance(config, dict) else ""
    delay = check.get("check_delay")
    every = f"every {delay / 1000:g} s" if isinstance(delay, (int, float)) else ""
    return " ".join(filter(None, ("check", kind.removesuffix("_config"), uri, every))) if kind else ""


def _healths(lb: Values, backend: Values) -> Iterable[Row]:
    known = {
        _canonical(server.get("ip")): server
        for server in lb.get("servers") or ()
        if server.get("backend_id") == backend["id"]
    }
    for address in backend.get("pool") or ():
        server = known.get(_canonical(address))
        states = ", ".join(map(plain, server.get("states") or ())) if server else "not checked"
        if server and server.get("healthy"):
            mark, states = Mark.OK, "healthy"
        elif not server:
            mark = Mark.IDLE
        else:
            mark = Mark.BUSY if {"starting", "stopping"} & set(server.get("states") or ()) else Mark.BAD
            states = "failing" if states == "running" else states
        yield Row(plain(address), states, mark=mark, title=f"{plain(address)}: {states}")


def _canonical(address: Any) -> str:
    try:
        return str(ip_address(str(address)))
    except ValueError:
        return str(address)
