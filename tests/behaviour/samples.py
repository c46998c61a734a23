# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests know about single resources beyond their descriptions.

Everything else is generated. Keys are ``resource.field`` with dots for nested fields. Names of operations are the
API's; numbers of requests are literal, so that a lookup too many is seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unittest.mock import ANY

from behaviour.account import Use


@dataclass(frozen=True)
class Value:
    """A value of a field: as a task writes it, and as the API shows it."""

    written: Any
    shown: Any


def plain(value: Any) -> Value:
    """A value that is shown as it is written."""
    return Value(value, value)


NETWORK, ADDRESS = (f"{first}5555555-5555-4555-8555-55555555555" for first in "ab")

# Two values in turn, where the type of the field alone does not give good ones.
VALUES: Mapping[str, tuple[Value, Value]] = {
    "lb.name": (plain("web"), plain("shop")),
    "lb.type": (Value("LB-S", "lb-s"), Value("Lb-Gp-M", "lb-gp-m")),
    "lb.ips": (
        Value([Use("ip-a")], [Use("ip-a")]),
        Value([Use("ip-b"), Use("ip-a")], [Use("ip-a"), Use("ip-b")]),
    ),
    "ip.reverse": (plain("one.example.com"), plain("two.example.com")),
    "ip.is_ipv6": (plain(False), plain(True)),
    "ip.lb": (plain(None), Value(Use("outer"), Use("outer"))),
    "backend.timeout_queue": (plain("4s"), Value("500ms", "0.500s")),
    "backend.health_check.transient_check_delay": (Value("0.5s", "0.500s"), plain("2s")),
    "backend.health_check.http_config.method": (plain("GET"), plain("HEAD")),
    "backend.health_check.https_config.method": (plain("GET"), plain("HEAD")),
    "frontend.backend": (Value(Use("backend-a"), Use("backend-a")), Value(Use("backend-b"), Use("backend-b"))),
    "frontend.certificates": (
        Value([Use("certificate-a"), Use("certificate-b")], [Use("certificate-a"), Use("certificate-b")]),
        Value([Use("certificate-b")], [Use("certificate-b")]),
    ),
    "certificate.letsencrypt.common_name": (plain("one.example.com"), plain("two.example.com")),
    "certificate.letsencrypt.subject_alternative_name": (
        plain(["www.example.com", "shop.example.com"]),
        plain(["www.example.com"]),
    ),
    "acl.action.type": (plain("deny"), plain("allow")),
    "acl.match.ips_edge_services": (plain(False), plain(True)),
    "acl.match.http_filter": (plain("http_header_match"), plain("path_begin")),
    "lb.subscriber": (Value(Use("subscriber-a"), Use("subscriber-a")), Value(Use("subscriber-b"), Use("subscriber-b"))),
    "subscriber.email_config.email": (plain("one@example.com"), plain("two@example.com")),
    "subscriber.webhook_config.uri": (plain("https://one.example.com/"), plain("https://two.example.com/a?b=c")),
    "route.backend": (
        Value(Use("backend-tcp-a"), Use("backend-tcp-a")),
        Value(Use("backend-tcp-b"), Use("backend-tcp-b")),
    ),
    "route.match.sni": (plain("one.example.com"), plain("two.example.com")),
    "route.match.host_header": (plain("one.example.com"), plain("two.example.com")),
    "route.match.path_begin": (plain("/one"), plain("/two")),
    "acl.match.ip_subnet": (plain(["10.0.0.0/8", "192.0.2.1"]), plain(["2001:db8::/32"])),
    "private_network.private_network_id": (plain(f"{NETWORK}1"), plain(f"{NETWORK}2")),
    "private_network.ipam_ids": (plain([f"{ADDRESS}1", f"{ADDRESS}2"]), plain([f"{ADDRESS}2"])),
}

# Other options that a field needs with it to make sense, and that are not those of a full task.
COMPANIONS: Mapping[str, Mapping[str, Any]] = {
    "route.match.sni": {"backend": Use("backend-tcp-a")},
    "route.match.host_header": {"backend": Use("backend-a")},
    "route.match.path_begin": {"backend": Use("backend-a")},
}

# Which way a field goes only: the API has no call for the way back.
ONE_WAY: Mapping[str, str] = {
    "lb.ips": "the API cannot detach an IP",
    "ip.lb": "the API cannot detach an IP",
}

# Fields that do not go together with the others of a full task.
NOT_IN_FULL: Mapping[str, frozenset[str]] = {
    "lb": frozenset({"assign_flexible_ip", "assign_flexible_ipv6", "subscriber"}),
    "ip": frozenset({"lb"}),
}

# Fields that cannot be emptied, with the reason; all other texts, lists and durations can.
NOT_CLEARABLE: Mapping[str, str] = {
    "lb.ips": "the API cannot detach an IP",
    "backend.health_check.check_delay": "the API demands a value (docs)",
    "backend.health_check.check_timeout": "the API demands a value (docs)",
    "acl.match.http_filter_value": "a filter without values matches nothing",
    "acl.match.http_filter_option": "a header filter needs the header",
    "route.match.sni": "a route picks something by it",
    "route.match.host_header": "a route picks something by it",
    "route.match.path_begin": "a route picks something by it",
}

# Resources of plain texts, for which there is one spelling only.
ONE_SPELLING = frozenset({"subscriber"})

# What is shown for an emptied field where the API puts a default of its own in its place.
RESTORED: Mapping[str, Any] = {"ip.reverse": ANY}

# Keys that follow from another field.
FOLLOWING: Mapping[str, tuple[str, ...]] = {
    "frontend.certificates": ("certificate",),
    "frontend.backend": ("backend",),
    "lb.ips": ("ip",),
    "lb.subscriber": ("subscriber",),
}

# Operations that write a field of an existing resource.
WRITES: Mapping[str, tuple[str, ...]] = {
    "lb": ("UpdateLB",),
    "lb.type": ("MigrateLB",),
    "lb.ips": ("UpdateIP",),
    "lb.subscriber": ("UnsubscribeFromLB", "SubscribeToLB"),
    "ip": ("UpdateIP",),
    "subscriber": ("UpdateSubscriber",),
    "backend": ("UpdateBackend",),
    "backend.server_ip": ("SetBackendServers",),
    "backend.health_check": ("UpdateHealthCheck",),
    "certificate": ("UpdateCertificate",),
    "frontend": ("UpdateFrontend",),
    "acl": ("UpdateACL",),
    "route": ("UpdateRoute",),
    "private_network": (),
}
# Where they are others: when the field is emptied, and when it is set again.
WRITES_TO_EMPTY: Mapping[str, tuple[str, ...]] = {"lb.subscriber": ("UnsubscribeFromLB",)}
WRITES_FROM_EMPTY: Mapping[str, tuple[str, ...]] = {"lb.subscriber": ("SubscribeToLB",)}
CREATES: Mapping[str, str] = {
    "lb": "CreateLB",
    "ip": "CreateIP",
    "backend": "CreateBackend",
    "certificate": "CreateCertificate",
    "frontend": "CreateFrontend",
    "acl": "CreateACL",
    "route": "CreateRoute",
    "subscriber": "CreateSubscriber",
    "private_network": "AttachPrivateNetwork",
}
DELETES: Mapping[str, str] = {
    "lb": "DeleteLB",
    "ip": "ReleaseIP",
    "backend": "DeleteBackend",
    "certificate": "DeleteCertificate",
    "frontend": "DeleteFrontend",
    "acl": "DeleteACL",
    "route": "DeleteRoute",
    "subscriber": "DeleteSubscriber",
    "private_network": "DetachPrivateNetwork",
}


@dataclass(frozen=True)
class Requests:
    """How many requests a task makes that finds nothing to do.

    by_name: it gives the names of resource and parents. by_parent_id: its name, and the ID of the parent.
    by_id: its ID only. full: every field, references by name.
    """

    by_name: int
    by_parent_id: int
    by_id: int
    full: int


NO_OP_REQUESTS: Mapping[str, Requests] = {
    "lb": Requests(by_name=1, by_parent_id=1, by_id=1, full=2),
    "ip": Requests(by_name=1, by_parent_id=1, by_id=1, full=1),
    "backend": Requests(by_name=2, by_parent_id=1, by_id=1, full=2),
    "certificate": Requests(by_name=2, by_parent_id=1, by_id=1, full=2),
    "frontend": Requests(by_name=2, by_parent_id=1, by_id=1, full=5),
    "acl": Requests(by_name=3, by_parent_id=1, by_id=1, full=3),
    "route": Requests(by_name=3, by_parent_id=1, by_id=1, full=4),
    "subscriber": Requests(by_name=1, by_parent_id=1, by_id=1, full=1),
    "private_network": Requests(by_name=2, by_parent_id=1, by_id=2, full=2),
}

# Kind of the objects in the emulator's state, and where siblings of the same name must differ.
KINDS: Mapping[str, str] = {
    "lb": "lbs",
    "ip": "ips",
    "backend": "backends",
    "certificate": "certificates",
    "frontend": "frontends",
    "acl": "acls",
    "route": "routes",
    "subscriber": "subscribers",
    "private_network": "private_networks",
}
SIBLING_NUMBERS: Mapping[str, str] = {"frontend": "inbound_port"}
PARENTS: Mapping[str, str] = {"lb": "outer", "frontend": "frontend-a"}
STRANGERS: Mapping[str, str] = {"lb": "elsewhere", "frontend": "far-frontend-a"}
