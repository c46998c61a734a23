# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests know about single resources beyond their descriptions.

Everything else is generated. Keys are ``resource.field`` with dots for nested fields, and resources as ``naming`` has
them. Names of operations are the API's; numbers of requests are literal, so that a lookup too many is seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unittest.mock import ANY

from behaviour import edge_samples
from behaviour.account import Use
from behaviour.value import Value, plain

NETWORK, ADDRESS = (f"{first}5555555-5555-4555-8555-55555555555" for first in "ab")

# Two values in turn, where the type of the field alone does not give good ones.
VALUES: Mapping[str, tuple[Value, Value]] = {
    "lb.name": (plain("web"), plain("shop")),
    "lb.type": (Value("LB-S", "lb-s"), Value("Lb-Gp-M", "lb-gp-m")),
    "lb.ips": (
        Value([Use("ip-a")], [Use("ip-a")]),
        Value([Use("ip-b"), Use("ip-a")], [Use("ip-a"), Use("ip-b")]),
    ),
    "lb_ip.reverse": (plain("one.example.com"), plain("two.example.com")),
    "lb_ip.is_ipv6": (plain(False), plain(True)),
    "lb_ip.lb": (plain(None), Value(Use("outer"), Use("outer"))),
    "lb_backend.timeout_queue": (plain("4s"), Value("500ms", "0.500s")),
    "lb_backend.health_check.transient_check_delay": (Value("0.5s", "0.500s"), plain("2s")),
    "lb_backend.health_check.http_config.method": (plain("GET"), plain("HEAD")),
    "lb_backend.health_check.https_config.method": (plain("GET"), plain("HEAD")),
    "lb_frontend.backend": (Value(Use("backend-a"), Use("backend-a")), Value(Use("backend-b"), Use("backend-b"))),
    "lb_frontend.certificates": (
        Value([Use("certificate-a"), Use("certificate-b")], [Use("certificate-a"), Use("certificate-b")]),
        Value([Use("certificate-b")], [Use("certificate-b")]),
    ),
    "lb_certificate.letsencrypt.common_name": (plain("one.example.com"), plain("two.example.com")),
    "lb_certificate.letsencrypt.subject_alternative_name": (
        plain(["www.example.com", "shop.example.com"]),
        plain(["www.example.com"]),
    ),
    "lb_acl.action.type": (plain("deny"), plain("allow")),
    "lb_acl.match.ips_edge_services": (plain(False), plain(True)),
    "lb_acl.match.http_filter": (plain("http_header_match"), plain("path_begin")),
    "lb.subscriber": (Value(Use("subscriber-a"), Use("subscriber-a")), Value(Use("subscriber-b"), Use("subscriber-b"))),
    "lb_subscriber.email_config.email": (plain("one@example.com"), plain("two@example.com")),
    "lb_subscriber.webhook_config.uri": (plain("https://one.example.com/"), plain("https://two.example.com/a?b=c")),
    "lb_route.backend": (
        Value(Use("backend-tcp-a"), Use("backend-tcp-a")),
        Value(Use("backend-tcp-b"), Use("backend-tcp-b")),
    ),
    "lb_route.match.sni": (plain("one.example.com"), plain("two.example.com")),
    "lb_route.match.host_header": (plain("one.example.com"), plain("two.example.com")),
    "lb_route.match.path_begin": (plain("/one"), plain("/two")),
    "lb_acl.match.ip_subnet": (plain(["10.0.0.0/8", "192.0.2.1"]), plain(["2001:db8::/32"])),
    "lb_private_network.private_network_id": (plain(f"{NETWORK}1"), plain(f"{NETWORK}2")),
    "lb_private_network.ipam_ids": (plain([f"{ADDRESS}1", f"{ADDRESS}2"]), plain([f"{ADDRESS}2"])),
    "container.min_scale": (plain(1), plain(2)),
    "container.max_scale": (plain(5), plain(9)),
    "container.memory_limit_bytes": (Value("2GB", 2_000_000_000), Value("2048MiB", 2_147_483_648)),
    "container.mvcpu_limit": (Value("1000m", 1000), Value("1500m", 1500)),
    "container.local_storage_limit_bytes": (Value("1.5GB", 1_500_000_000), Value("2GB", 2_000_000_000)),
    "container.liveness_probe.http.path": (plain("/one"), plain("/two")),
    "container.startup_probe.http.path": (plain("/one"), plain("/two")),
    "container.private_network_id": (plain(f"{NETWORK}1"), plain(f"{NETWORK}2")),
    "container_domain.hostname": (plain("one.example.com"), plain("two.example.com")),
    "container_trigger.destination_config.http_path": (plain("/one"), plain("/two")),
    "container_trigger.cron_config.schedule": (plain("5 4 * * *"), plain("*/5 6-22 * * MON-FRI")),
    "container_trigger.cron_config.timezone": (plain("Europe/Paris"), plain("UTC")),
    "function.runtime": (plain("python313"), plain("node24")),
    "function.min_scale": (plain(1), plain(2)),
    "function.max_scale": (plain(5), plain(9)),
    "function.memory_limit": (Value("512MB", 512), Value("2GiB", 2048)),
    "function.private_network_id": (plain(f"{NETWORK}1"), plain(f"{NETWORK}2")),
    "function_cron.schedule": (plain("5 4 * * *"), plain("*/5 6-22 * * MON-FRI")),
    "function_domain.hostname": (plain("one.example.com"), plain("two.example.com")),
    "function_trigger.scw_sqs_config.mnq_project_id": (plain(f"{NETWORK}1"), plain(f"{NETWORK}2")),
    "function_trigger.scw_sqs_config.mnq_region": (plain("fr-par"), plain("nl-ams")),
    "function_trigger.scw_nats_config.mnq_project_id": (plain(f"{NETWORK}1"), plain(f"{NETWORK}2")),
    "function_trigger.scw_nats_config.mnq_region": (plain("fr-par"), plain("nl-ams")),
    **edge_samples.VALUES,
}

# Other options that a field needs with it to make sense, and that are not those of a full task.
COMPANIONS: Mapping[str, Mapping[str, Any]] = {
    "lb_route.match.sni": {"backend": Use("backend-tcp-a")},
    "lb_route.match.host_header": {"backend": Use("backend-a")},
    "lb_route.match.path_begin": {"backend": Use("backend-a")},
    **edge_samples.COMPANIONS,
}

# Which way a field goes only: the API has no call for the way back.
ONE_WAY: Mapping[str, str] = {
    "lb.ips": "the API cannot detach an IP",
    "lb_ip.lb": "the API cannot detach an IP",
}

# Fields that do not go together with the others of a full task.
NOT_IN_FULL: Mapping[str, frozenset[str]] = {
    "lb": frozenset({"assign_flexible_ip", "assign_flexible_ipv6", "subscriber"}),
    "lb_ip": frozenset({"lb"}),
    # Hashing secrets takes the emulator its time; those of containers and functions are the same.
    "container_namespace": frozenset({"secret_environment_variables"}),
    "function_namespace": frozenset({"secret_environment_variables"}),
    **edge_samples.NOT_IN_FULL,
}

# Fields that cannot be emptied, with the reason; all other texts, lists and durations can.
NOT_CLEARABLE: Mapping[str, str] = {
    "lb.ips": "the API cannot detach an IP",
    "lb_backend.health_check.check_delay": "the API demands a value (docs)",
    "lb_backend.health_check.check_timeout": "the API demands a value (docs)",
    "lb_acl.match.http_filter_value": "a filter without values matches nothing",
    "lb_acl.match.http_filter_option": "a header filter needs the header",
    "lb_route.match.sni": "a route picks something by it",
    "lb_route.match.host_header": "a route picks something by it",
    "lb_route.match.path_begin": "a route picks something by it",
    **edge_samples.NOT_CLEARABLE,
}

# Resources of plain texts and objects, for which there is one spelling only.
ONE_SPELLING = frozenset({"lb_subscriber", "function_cron", "edge_pipeline"})

# What is shown for an emptied field where the API puts a default of its own in its place.
RESTORED: Mapping[str, Any] = {"lb_ip.reverse": ANY}

# Keys that follow from another field.
FOLLOWING: Mapping[str, tuple[str, ...]] = {
    "lb_frontend.certificates": ("certificate",),
    "lb_frontend.backend": ("backend",),
    "lb.ips": ("ip",),
    "lb.subscriber": ("subscriber",),
    "function.memory_limit": ("cpu_limit",),
    **edge_samples.FOLLOWING,
}

# Operations that write a field of an existing resource.
WRITES: Mapping[str, tuple[str, ...]] = {
    "lb": ("UpdateLB",),
    "lb.type": ("MigrateLB",),
    "lb.ips": ("UpdateIP",),
    "lb.subscriber": ("UnsubscribeFromLB", "SubscribeToLB"),
    "lb_ip": ("UpdateIP",),
    "lb_subscriber": ("UpdateSubscriber",),
    "lb_backend": ("UpdateBackend",),
    "lb_backend.server_ip": ("SetBackendServers",),
    "lb_backend.health_check": ("UpdateHealthCheck",),
    "lb_certificate": ("UpdateCertificate",),
    "lb_frontend": ("UpdateFrontend",),
    "lb_acl": ("UpdateACL",),
    "lb_route": ("UpdateRoute",),
    "lb_private_network": (),
    "container_namespace": ("UpdateContainerNamespace",),
    "container": ("UpdateContainer",),
    "container_domain": ("UpdateContainerDomain",),
    "container_trigger": ("UpdateContainerTrigger",),
    "function_namespace": ("UpdateFunctionNamespace",),
    "function": ("UpdateFunction",),
    "function_cron": ("UpdateFunctionCron",),
    "function_domain": (),
    "function_trigger": ("UpdateFunctionTrigger",),
    **edge_samples.WRITES,
}
# Where they are others: when the field is emptied, and when it is set again.
WRITES_TO_EMPTY: Mapping[str, tuple[str, ...]] = {"lb.subscriber": ("UnsubscribeFromLB",)}
WRITES_FROM_EMPTY: Mapping[str, tuple[str, ...]] = {"lb.subscriber": ("SubscribeToLB",)}
CREATES: Mapping[str, str] = {
    "lb": "CreateLB",
    "lb_ip": "CreateIP",
    "lb_backend": "CreateBackend",
    "lb_certificate": "CreateCertificate",
    "lb_frontend": "CreateFrontend",
    "lb_acl": "CreateACL",
    "lb_route": "CreateRoute",
    "lb_subscriber": "CreateSubscriber",
    "lb_private_network": "AttachPrivateNetwork",
    "container_namespace": "CreateContainerNamespace",
    "container": "CreateContainer",
    "container_domain": "CreateContainerDomain",
    "container_trigger": "CreateContainerTrigger",
    "function_namespace": "CreateFunctionNamespace",
    "function": "CreateFunction",
    "function_cron": "CreateFunctionCron",
    "function_domain": "CreateFunctionDomain",
    "function_trigger": "CreateFunctionTrigger",
    **edge_samples.CREATES,
}
DELETES: Mapping[str, str] = {
    "lb": "DeleteLB",
    "lb_ip": "ReleaseIP",
    "lb_backend": "DeleteBackend",
    "lb_certificate": "DeleteCertificate",
    "lb_frontend": "DeleteFrontend",
    "lb_acl": "DeleteACL",
    "lb_route": "DeleteRoute",
    "lb_subscriber": "DeleteSubscriber",
    "lb_private_network": "DetachPrivateNetwork",
    "container_namespace": "DeleteContainerNamespace",
    "container": "DeleteContainer",
    "container_domain": "DeleteContainerDomain",
    "container_trigger": "DeleteContainerTrigger",
    "function_namespace": "DeleteFunctionNamespace",
    "function": "DeleteFunction",
    "function_cron": "DeleteFunctionCron",
    "function_domain": "DeleteFunctionDomain",
    "function_trigger": "DeleteFunctionTrigger",
    **edge_samples.DELETES,
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
    "lb_ip": Requests(by_name=1, by_parent_id=1, by_id=1, full=1),
    "lb_backend": Requests(by_name=2, by_parent_id=1, by_id=1, full=2),
    "lb_certificate": Requests(by_name=2, by_parent_id=1, by_id=1, full=2),
    "lb_frontend": Requests(by_name=2, by_parent_id=1, by_id=1, full=5),
    "lb_acl": Requests(by_name=3, by_parent_id=1, by_id=1, full=3),
    "lb_route": Requests(by_name=3, by_parent_id=1, by_id=1, full=4),
    "lb_subscriber": Requests(by_name=1, by_parent_id=1, by_id=1, full=1),
    "lb_private_network": Requests(by_name=2, by_parent_id=1, by_id=2, full=2),
    "container_namespace": Requests(by_name=1, by_parent_id=1, by_id=1, full=1),
    "container": Requests(by_name=2, by_parent_id=1, by_id=1, full=2),
    "container_domain": Requests(by_name=3, by_parent_id=1, by_id=1, full=3),
    "container_trigger": Requests(by_name=3, by_parent_id=1, by_id=1, full=3),
    "function_namespace": Requests(by_name=1, by_parent_id=1, by_id=1, full=1),
    "function": Requests(by_name=2, by_parent_id=1, by_id=1, full=2),
    "function_cron": Requests(by_name=3, by_parent_id=1, by_id=1, full=3),
    "function_domain": Requests(by_name=3, by_parent_id=1, by_id=1, full=3),
    "function_trigger": Requests(by_name=3, by_parent_id=1, by_id=1, full=3),
    "edge_pipeline": Requests(by_name=1, by_parent_id=1, by_id=1, full=1),
    "edge_vpc_endpoint": Requests(by_name=1, by_parent_id=1, by_id=1, full=1),
    **dict.fromkeys(edge_samples.STAGE_KEYS, Requests(by_name=2, by_parent_id=1, by_id=1, full=2)),
    # Rules have a list of their own.
    "edge_route_stage": Requests(by_name=3, by_parent_id=2, by_id=2, full=3),
    "edge_head_stage": Requests(by_name=2, by_parent_id=1, by_id=2, full=2),
}

# Kind of the objects in the emulator's state, and where siblings of the same name must differ.
KINDS: Mapping[str, str] = {
    "lb": "lbs",
    "lb_ip": "ips",
    "lb_backend": "backends",
    "lb_certificate": "certificates",
    "lb_frontend": "frontends",
    "lb_acl": "acls",
    "lb_route": "routes",
    "lb_subscriber": "subscribers",
    "lb_private_network": "private_networks",
    "container_namespace": "container_namespaces",
    "container": "containers",
    "container_domain": "container_domains",
    "container_trigger": "container_triggers",
    "function_namespace": "function_namespaces",
    "function": "functions",
    "function_cron": "function_crons",
    "function_domain": "function_domains",
    "function_trigger": "function_triggers",
    **edge_samples.KINDS,
}
SIBLING_NUMBERS: Mapping[str, str] = {"lb_frontend": "inbound_port"}
PARENTS: Mapping[str, str] = {
    "lb": "outer",
    "lb_frontend": "frontend-a",
    "container_namespace": "outer",
    "container": "container-a",
    "function_namespace": "outer",
    "function": "function-a",
    "edge_pipeline": "outer",
}
STRANGERS: Mapping[str, str] = {
    "lb": "elsewhere",
    "lb_frontend": "far-frontend-a",
    "container_namespace": "elsewhere",
    "container": "far-container-a",
    "function_namespace": "elsewhere",
    "function": "far-function-a",
    "edge_pipeline": "elsewhere",
}

# What the API calls a kind of resource in its errors and the emulator in its rules, where it is not the key.
STATUS_KINDS: Mapping[str, str] = {"lb_certificate": "certificate", "lb_private_network": "private_network"}

# Where two of one name cannot be: beside each other, or anywhere.
UNIQUE_EVERYWHERE = frozenset({"container_domain", "function_domain"})
UNIQUE = UNIQUE_EVERYWHERE | {"container_namespace", "container", "function_namespace", "function", "edge_vpc_endpoint"}
# Names that must end as they do.
PREFIXED = frozenset({"container_domain", "function_domain"})

# Products whose locked resources take no writes.
LOCKED_FOR_GOOD = frozenset({"container", "function", "edge"})

# At rest from the moment they exist, so that a creation waits for nothing.
SETTLED_AT_ONCE = frozenset({"function"})
