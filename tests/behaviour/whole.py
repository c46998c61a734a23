# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole load balancer in one task, changes of it at every depth, and what the emulator holds of it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import requests

from behaviour.account import Account
from behaviour.runner import Run, run_module
from behaviour.subjects import PLACES
from contract.certificates import custom_chain
from emulator.testing import Emulator

NETWORK, OTHER_NETWORK, UNDECLARED_NETWORK = (f"a5555555-5555-4555-8555-55555555555{number}" for number in range(3))
ADDRESS = "b5555555-5555-4555-8555-555555555551"
NOBODY = "33333333-3333-4333-8333-333333333333"
CHAIN = custom_chain("shop.example.com", ["shop.example.com"])
KINDS = ("lbs", "certificates", "private_networks", "backends", "frontends", "acls", "routes")
REFERENCES = ("backend_id", "certificate_ids", "frontend_id", "lb_id", "next_type")
RESTLESS = frozenset({"created_at", "updated_at", "instances", "fingerprint", "not_valid_before", "not_valid_after"})


def acl(name: str, *subnets: str, **more: Any) -> dict[str, Any]:
    """An ACL that refuses these networks."""
    return {"name": name, "action": {"type": "deny"}, "match": {"ip_subnet": list(subnets)}, **more}


def backend(name: str, protocol: str = "http", **more: Any) -> dict[str, Any]:
    """A backend with one server."""
    return {"name": name, "forward_protocol": protocol, "forward_port": 8080, "server_ip": ["10.0.0.1"], **more}


def route(backend: str, **match: Any) -> dict[str, Any]:
    """A route for what matches."""
    return {"match": match, "backend": backend}


WHOLE: Mapping[str, Any] = {
    "name": "shop",
    "type": "lb-s",
    "tags": ["shop"],
    "certificates": [
        {"name": "issued", "letsencrypt": {"common_name": "www.example.com"}},
        {"name": "own", "custom_certificate": {"certificate_chain": CHAIN}},
    ],
    "private_networks": [{"private_network_id": NETWORK, "ipam_ids": [ADDRESS]}],
    "backends": [
        backend("web", health_check={"http_config": {"uri": "/health"}}, timeout_server="30s"),
        backend("api"),
        backend("mail", "tcp"),
    ],
    "frontends": [
        {
            "name": "https",
            "inbound_port": 443,
            "backend": "web",
            "certificates": ["issued", "own"],
            "only_edge_services": True,
            "acls": [acl("first", "10.0.0.0/8"), acl("second", "192.0.2.0/24", "198.51.100.7"), acl("third", "::/0")],
            "routes": [route("api", host_header="api.example.com"), route("web", path_begin="/shop")],
        },
        {
            "name": "imaps",
            "inbound_port": 993,
            "backend": "mail",
            "acls": [acl("first", "10.0.0.0/8")],
            "routes": [route("mail", sni="mail.example.com")],
        },
    ],
}

# In the order in which each needs those before it; all ACLs at once where the API can.
BUILT = {
    "zone": ["SetACLs"],
    "region": ["CreateACL"] * 4,
}


def built(place: str) -> list[str]:
    """The writes that build it all."""
    return [
        "CreateLB",
        *["CreateCertificate"] * 2,
        "AttachPrivateNetwork",
        *["CreateBackend"] * 3,
        "CreateFrontend",
        *BUILT[place],
        *["CreateRoute"] * 2,
        "CreateFrontend",
        "CreateACL",
        "CreateRoute",
    ]


class Shop:
    """The load balancer ``shop`` in an account with nothing else, and the tasks about it."""

    def __init__(self, emulator: Emulator, place: str, session: requests.Session) -> None:
        self.emulator = emulator
        self.place = PLACES[place]
        kind, value = next(iter(self.place.items()))
        self.account = Account(emulator, f"{kind}s/{value}", session)

    @property
    def whole(self) -> dict[str, Any]:
        """Everything, to be changed at will."""
        return deepcopy({**self.place, **WHOLE})

    @property
    def named(self) -> dict[str, Any]:
        """Options that name the load balancer, and nothing else."""
        return {**self.place, "name": "shop"}

    def run(self, options: Mapping[str, Any], *, check: bool = False) -> Run:
        """Run the module."""
        return run_module(self.emulator, "scw_lb", options, check=check)

    def acls(self, *, check: bool = False, **options: Any) -> Run:
        """Run the module that manages all ACLs of the frontend ``https``."""
        given = {**self.place, "lb": "shop", "frontend": "https", **options}
        given = {name: value for name, value in given.items() if value is not None}
        return run_module(self.emulator, "scw_lb_acls", given, check=check)

    def make(self, options: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Have everything, and return the result; the journal starts after it."""
        run = self.run(self.whole if options is None else options)
        assert not run.failed, run.message
        self.emulator.clear_journal()
        return dict(run.result["lb"])

    def objects(self, kind: str) -> list[dict[str, Any]]:
        """What the emulator holds of one kind."""
        return list(self.emulator.state()[kind])

    def id(self, kind: str, name: str) -> str:
        """ID of the one object of that name."""
        (found,) = (obj for obj in self.objects(kind) if obj["name"] == name)
        return str(found["id"])

    def names(self, kind: str) -> list[str]:
        """Names of all objects of one kind, in alphabetic order."""
        return sorted(obj["name"] for obj in self.objects(kind))

    def by_hand(self, path: str, **body: Any) -> dict[str, Any]:
        """Create something as somebody else would."""
        return self.account.post(path, **body)

    def lasting(self) -> dict[str, list[Any]]:
        """Everything the emulator holds, without times and with names instead of IDs, in an order of its own."""
        state = self.emulator.state()
        names = {obj["id"]: _name(obj) for kind in KINDS for obj in state[kind]}
        return {kind: sorted((_plain(obj, names) for obj in state[kind]), key=str) for kind in KINDS}


def _name(obj: Mapping[str, Any]) -> str:
    return str(obj.get("name") or obj.get("private_network_id") or obj.get("match"))


def _plain(obj: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    kept = {key: value for key, value in obj.items() if key not in RESTLESS | {"id", "ip_ids"}}
    return {key: _named(value, names) if key in REFERENCES else value for key, value in kept.items()}


def _named(value: Any, names: Mapping[str, str]) -> Any:
    return [names.get(one, one) for one in value] if isinstance(value, list) else names.get(value, value)


def put(options: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """The same options with ``value`` at a path; None takes away what is there."""
    changed = deepcopy(options)
    inner: Any = changed
    for step in path[:-1]:
        inner = inner[step]
    if value is None:
        del inner[path[-1]]
    elif isinstance(inner, list) and path[-1] == len(inner):
        inner.append(value)
    else:
        inner[path[-1]] = value
    return changed


def differing(before: Mapping[str, list[Any]], after: Mapping[str, list[Any]]) -> list[str]:
    """Kinds of the objects that were added, removed or changed, one for each of them."""
    found = []
    for kind in KINDS:
        old, new = ([str(obj) for obj in held[kind]] for held in (before, after))
        added, removed = [one for one in new if one not in old], [one for one in old if one not in new]
        found += [kind] * max(len(added), len(removed))
    return found
