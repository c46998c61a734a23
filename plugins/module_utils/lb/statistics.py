# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load Balancer, how its servers are: the statistics, what they mean, and waiting until they are good.

A row is about one server of one backend, as one instance of the load balancer sees it (recorded). The words in it are
those of HAProxy, and so is what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Ref
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Address
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import explicit_spec
from ansible_collections.scw.cloud.plugins.module_utils.engine.reading import names_nothing
from ansible_collections.scw.cloud.plugins.module_utils.engine.waiting import pauses
from ansible_collections.scw.cloud.plugins.module_utils.errors import Missing, NotFound, RequestError, TimedOut
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB, LOCATION
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import BACKEND
from ansible_collections.scw.cloud.plugins.module_utils.values import is_id, is_unknown, read_path

STATISTICS = "/lb/v1/{scope}/lbs/{id}/stats"
STATISTICS_OF_BACKEND = "/lb/v1/{scope}/lbs/{id}/backend-stats"
ROWS = "backend_servers_stats"

IN_ROTATION = "running"
OUT_OF_ROTATION = "stopped"
GOOD_CHECKS = frozenset({"passed", "neutral"})
"""What the last check may have said of a server in rotation.

``neutral`` is a check that went well and has no opinion, so the state decides. ``condpass`` is no success here: with it
the server says that it wants no new sessions. ``unknown`` means that it was not checked yet.
"""

LOAD_BALANCER = Ref("lb", aliases=("lb_id",), to=lambda: LB)
NAMED_BACKEND = Ref("backend", aliases=("backend_id",), to=lambda: BACKEND)
ADDRESSES = ListOf("server_ip", item=Address("server_ip"))


def statistics_spec() -> dict[str, Any]:
    """Arguments for ``AnsibleModule`` of the module that lists statistics."""
    own = {
        "lb": {**LOAD_BALANCER.option(), "required": True},
        "backend": NAMED_BACKEND.option(),
        "server_ip": ADDRESSES.option(),
    }
    return explicit_spec(LOCATION, own)


def list_statistics(client: Client, params: Mapping[str, Any], warn: Callable[[str], None]) -> dict[str, Any]:
    """The result of an info task: rows as the API has them, and one entry for each server."""
    named = parsed_addresses(params["server_ip"]) if params["server_ip"] is not None else None
    try:
        rows = _rows_of_backend(client, params, warn) if params["backend"] is not None else _rows(client, params, warn)
    except Missing as error:
        warn(str(error))
        rows = []
    wanted = rows if named is None else rows_of(rows, named)
    return {"changed": False, ROWS: wanted, "servers": summary(wanted, rows)}


def _rows(client: Client, params: Mapping[str, Any], warn: Callable[[str], None]) -> list[Values]:
    given = LOAD_BALANCER.parse(params["lb"], "lb")
    lookup = Lookup(LB, client, {**params, "id": None}, warn, predict=False)
    if is_unknown(given):
        raise names_nothing("lb")
    found = None if is_id(given) else lookup.find({"name": given}, must_exist=False)
    if found is None and not is_id(given):
        raise Missing(f"No load balancer {given!r} exists there. Check the name.", name=given)
    lb_id = found["id"] if found else given
    try:
        return read_rows(client, lookup, lb_id, {})
    except NotFound:
        lookup.existing("lb", LB, lb_id)  # says what is missing
        raise


def _rows_of_backend(client: Client, params: Mapping[str, Any], warn: Callable[[str], None]) -> list[Values]:
    lookup = Lookup(BACKEND, client, {**params, "id": None}, warn, predict=False)
    backend = find_backend(lookup, params, must_exist=True) or {}
    path = lookup.path(STATISTICS_OF_BACKEND, resource_id=lookup.root_id())
    query = {"backend_id": backend["id"]}
    return client.pages(path, ROWS, doing=f"list the statistics of {BACKEND.label(backend)}", query=query)


def find_backend(lookup: Lookup, params: Mapping[str, Any], *, must_exist: bool) -> Values | None:
    """The backend that the option names; None where it need not exist, or an earlier task would create it."""
    given = NAMED_BACKEND.parse(params["backend"], "backend")
    if is_unknown(given):
        if must_exist and not lookup.predict:
            raise names_nothing("backend")
        return None
    if is_id(given):
        return _backend_by_id(lookup, given, must_exist=must_exist)
    found = lookup.find({"name": given}, must_exist=must_exist)
    if found is None and must_exist:
        where = f"No backend {given!r} exists on load balancer {params['lb']!r}"
        if not lookup.predict:
            raise Missing(f"{where}. Create it first, or check the name.", name=given)
        lookup.warn(f"{where} yet; this check assumes that an earlier task creates it.")
    return found


def _backend_by_id(lookup: Lookup, backend_id: str, *, must_exist: bool) -> Values | None:
    try:
        found = lookup.existing("backend", BACKEND, backend_id)
    except Missing:
        if must_exist:
            raise
        return None
    lookup.check_ancestors(BACKEND, found)
    lookup.learn_places(BACKEND, found)
    return found


def read_rows(client: Client, lookup: Lookup, lb_id: str, query: Mapping[str, Any]) -> list[Values]:
    """All rows of a load balancer; this call has no pages (recorded)."""
    doing = f"read the statistics of load balancer {lb_id}"
    rows = client.get(lookup.path(STATISTICS, resource_id=lb_id), doing=doing, query=query).get(ROWS)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RequestError(f"Could not {doing}: the answer has no list of objects {ROWS!r}.")
    return rows


def parsed_addresses(given: Iterable[Any]) -> list[str]:
    """Addresses as the task writes them, each once. Raises InvalidOption naming the element."""
    parsed = ADDRESSES.parse(given, "server_ip")
    return list({canonical(address): address for address in reversed(parsed)}.values())[::-1]


def canonical(address: Any) -> Any:
    """The one spelling of an address by which it is compared."""
    return ADDRESSES.item.canonical(address)


def rows_of(rows: Iterable[Values], addresses: Iterable[str]) -> list[Values]:
    """The rows about these servers."""
    named = {canonical(address) for address in addresses}
    return [row for row in rows if canonical(row.get("ip")) in named]


def is_healthy(row: Mapping[str, Any]) -> bool:
    """Whether the server gets traffic from this instance, and its last check is no reason against it."""
    return row.get("server_state") == IN_ROTATION and row.get("last_health_check_status") in GOOD_CHECKS


def summary(wanted: Iterable[Values], rows: Collection[Values]) -> list[Values]:
    """One entry for each server among the ``wanted`` of the ``rows``.

    It is healthy if it is so on every instance that has a row about any server of its backend.
    """
    servers: dict[tuple[Any, Any], list[Values]] = {}
    for row in wanted:
        servers.setdefault((row.get("backend_id"), row.get("ip")), []).append(row)
    entries = []
    for (backend_id, ip), own in servers.items():
        instances = {row.get("instance_id") for row in rows if row.get("backend_id") == backend_id}
        healthy = all(map(is_healthy, own)) and instances == {row.get("instance_id") for row in own}
        states = sorted({str(row.get("server_state")) for row in own})
        entries.append({"backend_id": backend_id, "ip": ip, "healthy": healthy, "states": states})
    return entries


def lagging(
    rows: Collection[Values], addresses: Iterable[str], instances: Iterable[Any], *, absent: bool
) -> list[Values]:
    """The rows that are not as wanted: in rotation, or with ``absent`` out of it.

    A server that one of the ``instances`` has no row about has one here, with null for what is not known.
    """
    if absent:
        return [row for row in rows_of(rows, addresses) if row.get("server_state") != OUT_OF_ROTATION]
    missing = {"server_state": None, "server_state_changed_at": None, "last_health_check_status": None}
    late = []
    for address in addresses:
        own = {row.get("instance_id"): row for row in rows_of(rows, [address])}
        seen = [own.get(instance, {"instance_id": instance, "ip": address, **missing}) for instance in instances]
        late += [row for row in seen or [{"instance_id": None, "ip": address, **missing}] if not is_healthy(row)]
    return late


def sentence(row: Mapping[str, Any]) -> str:
    """What is known of a server on an instance, for messages."""
    on = f" on instance {row['instance_id']}" if row.get("instance_id") else ""
    if row.get("server_state") is None:
        return f"{row.get('ip')} has no statistics{on} yet"
    since = f" since {row['server_state_changed_at']}" if row.get("server_state_changed_at") else ""
    return f"{row.get('ip')} is {row['server_state']}{since}{on}, last check {row.get('last_health_check_status')}"


def wait_for_health(
    client: Client, lookup: Lookup, backend: Values, addresses: Collection[str], *, absent: bool
) -> list[Values]:
    """The rows of these servers once all are as wanted. Raises TimedOut; its data tell which are not."""
    lb_id, query = lookup.root_id(), {"backend_id": backend["id"]}
    late: list[Values] = []
    try:
        for pause in pauses():
            rows = [row for row in read_rows(client, lookup, lb_id, query) if row.get("backend_id") == backend["id"]]
            late = lagging(rows, addresses, _instances(rows), absent=absent)
            if not late and not absent:
                # An instance that has no row about any server yet is missed only here.
                known = read_path(lookup.get(LB, lb_id), "instances[].id") or []
                late = lagging(rows, addresses, dict.fromkeys([*_instances(rows), *known]), absent=absent)
            if not late:
                return rows_of(rows, addresses)
            wanted = "out of rotation" if absent else "healthy"
            found = "; ".join(dict.fromkeys(map(sentence, late)))
            client.deadline.pause(pause, f"Not all servers of {BACKEND.label(backend)} are {wanted}: {found}.")
    except TimedOut as error:
        error.data["servers"] = late
        raise
    return []


def _instances(rows: Iterable[Values]) -> list[Any]:
    return list(dict.fromkeys(row.get("instance_id") for row in rows))
