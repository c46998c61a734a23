# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole load balancer in one task against a task for each part; all ACLs of a frontend against one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from benchmarks.plays import OWN_PROCESS, Measured, Tasks, bench, table

FRONTENDS = 10
ACLS_PER_FRONTEND = 10
ROUTES_PER_FRONTEND = 2
NETWORKS = 5
CERTIFICATES = 4
ACLS = 500


def whole() -> dict[str, Any]:
    """A load balancer of 150 resources, itself included."""
    return {
        "name": "big",
        "type": "lb-s",
        "certificates": [
            {"name": f"cert-{number}", "letsencrypt": {"common_name": f"{number}.example.com"}}
            for number in range(CERTIFICATES)
        ],
        "private_networks": [
            {"private_network_id": f"00000000-0000-4000-8000-{number:012d}"} for number in range(NETWORKS)
        ],
        "backends": [
            {
                "name": f"app-{number}",
                "forward_protocol": "http",
                "forward_port": 8000 + number,
                "server_ip": [f"10.0.{number}.{server}" for server in range(1, 4)],
            }
            for number in range(FRONTENDS)
        ],
        "frontends": [frontend(number) for number in range(FRONTENDS)],
    }


def frontend(number: int) -> dict[str, Any]:
    """A frontend with its ACLs and routes."""
    hosts = [f"{index}.example.com" for index in range(ROUTES_PER_FRONTEND)]
    return {
        "name": f"front-{number}",
        "inbound_port": 9000 + number,
        "backend": f"app-{number}",
        "acls": [acl(f"acl-{index}", index) for index in range(ACLS_PER_FRONTEND)],
        "routes": [{"backend": f"app-{number}", "match": {"host_header": host}} for host in hosts],
    }


def acl(name: str, number: int) -> dict[str, Any]:
    """An ACL at this place."""
    return {
        "name": name,
        "index": number,
        "action": {"type": "allow"},
        "match": {"ip_subnet": [f"10.{number // 256}.{number % 256}.0/24"]},
    }


def apart(lb: dict[str, Any]) -> Tasks:
    """The same load balancer as one task for each part; those of one kind in a loop."""
    own = {key: value for key, value in lb.items() if not isinstance(value, list)}
    frontends = [{key: value for key, value in one.items() if not isinstance(value, list)} for one in lb["frontends"]]
    acls = [{"frontend": one["name"], **acl} for one in lb["frontends"] for acl in one["acls"]]
    routes = [{"frontend": one["name"], **route} for one in lb["frontends"] for route in one["routes"]]
    return [
        {"name": "Load balancer", "scw.cloud.scw_lb": own},
        *(
            looped(module, lb["name"], items)
            for module, items in (
                ("scw_lb_certificate", lb["certificates"]),
                ("scw_lb_private_network", lb["private_networks"]),
                ("scw_lb_backend", lb["backends"]),
                ("scw_lb_frontend", frontends),
                ("scw_lb_acl", acls),
                ("scw_lb_route", routes),
            )
        ),
    ]


def looped(module: str, lb: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    """A task for each of the items."""
    given = {key: f"{{{{ item.{key} }}}}" for key in items[0]}
    return {"name": module, f"scw.cloud.{module}": {"lb": lb, **given}, "loop": items}


def together(lb: dict[str, Any]) -> Tasks:
    """All of it in one task."""
    return [{"name": "All", "scw.cloud.scw_lb": lb}]


WAYS: Mapping[str, tuple[Callable[[dict[str, Any]], Tasks], Mapping[str, Any]]] = {
    "one task": (together, {}),
    "a task each": (apart, {}),
    "a task each, as modules": (apart, OWN_PROCESS),
}
PEERS = """`community.general` 13.4.0 has one module with this job, `scaleway_lb`. It is not measured: it manages the
load balancer alone and none of the other resources here, and takes no other address than that of the real API."""


def compare_trees() -> str:
    """The table for the whole load balancer."""
    ways: dict[str, dict[str, Measured]] = {}
    for way, (tasks, variables) in WAYS.items():
        lb = whole()
        with bench() as run:
            measured = {
                "first run": run.run(tasks(lb), changes=True, variables=variables),
                "nothing to do": run.run(tasks(lb), changes=False, variables=variables),
            }
            changed = deepcopy(lb)
            changed["backends"][4]["server_ip"].append("10.0.4.9")
            ways[way] = {**measured, "one change": run.run(tasks(changed), changes=True, variables=variables)}
    return f"{table('A load balancer of 150 resources', ways)}\n\n{PEERS}"


def compare_acls() -> str:
    """The table for the ACLs of a frontend."""
    ways: dict[str, dict[str, Measured]] = {}
    around = whole()
    around = {
        **around,
        "frontends": [{**around["frontends"][0], "acls": []}],
        "certificates": [],
        "private_networks": [],
    }
    acls = [acl(f"acl-{number:03d}", number) for number in range(ACLS)]
    for way in ("scw_lb_acls", "scw_lb_acl"):

        def tasks(wanted: list[dict[str, Any]], way: str = way) -> Tasks:
            if way == "scw_lb_acl":
                return [looped(way, "big", [{"frontend": "front-0", **one} for one in wanted])]
            return [{"name": "All", "scw.cloud.scw_lb_acls": {"lb": "big", "frontend": "front-0", "acls": wanted}}]

        with bench() as run:
            run.run([{"name": "Around", "scw.cloud.scw_lb": around}], changes=True)
            changed = [*acls[:250], {**acls[250], "action": {"type": "deny"}}, *acls[251:]]
            ways[way] = {
                "first run": run.run(tasks(acls), changes=True),
                "nothing to do": run.run(tasks(acls), changes=False),
                "one change": run.run(tasks(changed), changes=True),
            }
    return table(f"{ACLS} ACLs of one frontend", ways)
