# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers behind load balancers as hosts: who is behind what, and the groups that follow. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_names import (
    canonical_address,
    distinct,
    is_host_name,
)
from ansible_collections.scw.cloud.plugins.plugin_utils.inventory_product import Host

ALL_SERVERS = "scw_servers"
ALONE = {"lb_id": ("lb", "lb_id", "lb_zone"), "backend_id": ("backend", "backend_id"), "server_ip": ("server_ip",)}
"""What a server has as variables of their own, null where it is behind several of what the key tells apart."""


@dataclass(frozen=True)
class Pool:
    """The servers of one backend, and the names of the groups for it and for its load balancer."""

    lb_group: str
    group: str
    behind: Mapping[str, Any]
    addresses: tuple[str, ...]


def pools(named: Sequence[tuple[str, Host]], safe: Callable[[str], str], taken: Iterable[str]) -> list[Pool]:
    """The pools of all load balancers, each of them with the name that it has as a host."""
    backends = [(name, host, backend) for name, host in named for backend in host.details.get("backends", ())]
    taken = set(taken)
    lb_groups = distinct([_candidates(safe, "lb", name, host.variables["id"]) for name, host in named], taken)
    group_of = {host.variables["id"]: group for (_name, host), group in zip(named, lb_groups, strict=True)}
    groups = distinct(
        [_candidates(safe, "backend", f"{name}_{backend['name']}", backend["id"]) for name, _host, backend in backends],
        taken,
    )
    return [
        Pool(
            group_of[host.variables["id"]],
            group,
            _behind(host.variables, backend),
            tuple(address for address in map(canonical_address, backend.get("pool") or ()) if address),
        )
        for (_name, host, backend), group in zip(backends, groups, strict=True)
    ]


def _candidates(safe: Callable[[str], str], kind: str, name: str, own_id: str) -> tuple[str, str]:
    return safe(f"{ALL_SERVERS}_{kind}_{name}"), safe(f"{ALL_SERVERS}_{kind}_{own_id}")


def _behind(lb: Mapping[str, Any], backend: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "lb": lb["name"],
        "lb_id": lb["id"],
        "lb_zone": lb["zone"],
        "backend": backend["name"],
        "backend_id": backend["id"],
        "forward_port": backend.get("forward_port"),
        "forward_protocol": backend.get("forward_protocol"),
    }


def known_addresses(hosts: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """The hosts that are there already, by the address they have or are called by."""
    known: dict[str, list[str]] = {}
    for name, variables in hosts.items():
        own = (name, variables.get("ansible_host"), variables.get("ansible_ssh_host"))
        for address in dict.fromkeys(filter(None, map(canonical_address, filter(None, own)))):
            known.setdefault(address, []).append(name)
    return known


def server_name(address: str) -> str:
    """What a server is called that nobody knows yet."""
    return address if is_host_name(address) else f"server-{address.replace(':', '-')}"


def server_variables(behind: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The variables of a server, without prefix, from all that it is behind of."""
    alone: dict[str, Any] = {}
    for key, names in ALONE.items():
        only = len({entry[key] for entry in behind}) == 1
        alone.update({name: behind[0][name] if only else None for name in names})
    return {"behind": [dict(entry) for entry in behind], **alone}
