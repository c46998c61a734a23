# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the SDK's Load Balancer types leave out or say wrongly.

Required sets come from the API's documentation, the integer milliseconds from recordings (the SDK types them as text).
"""

from __future__ import annotations

from emulator.schema import SchemaFacts
from emulator.shapes import Address, Choice, Duration, Identifier, Items, Shape, Text, Whole

ZONES = ("fr-par-1", "fr-par-2", "nl-ams-1", "nl-ams-2", "nl-ams-3", "pl-waw-1", "pl-waw-2", "pl-waw-3")
REGIONS = ("fr-par", "nl-ams", "pl-waw")

_PORT = Whole(1, 65535)
_MILLISECONDS = Whole()
_NAME = Text(may_be_empty=False)
_IDENTIFIERS = Items(Identifier())
_CHECK_KINDS = frozenset(
    {"tcp_config", "http_config", "https_config", "mysql_config", "pgsql_config", "ldap_config", "redis_config"}
)
_PROJECT = (frozenset({"project_id", "organization_id"}),)
_BACKEND = frozenset({"name", "forward_protocol", "forward_port", "forward_port_algorithm", "sticky_sessions"})
_CHECK = frozenset({"port", "check_delay", "check_timeout", "check_max_retries"})
_FRONTEND = frozenset({"name", "inbound_port", "backend_id"})
_ACL = frozenset({"name", "action", "index"})
_CHANNELS = (frozenset({"email_config", "webhook_config"}),)
_ATTACHMENT = (frozenset({"static_config", "dhcp_config", "ipam_config"}),)

_SHAPES: dict[str, Shape] = {
    "name": _NAME,
    "common_name": _NAME,
    "certificate_chain": _NAME,
    "forward_port": _PORT,
    "inbound_port": _PORT,
    "port": _PORT,
    "page": Whole(1),
    "page_size": Whole(1),
    "index": Whole(0, (1 << 31) - 1),
    "AclActionRedirect.code": Choice((301, 302, 303, 307, 308)),
    "timeout_server": _MILLISECONDS,
    "timeout_connect": _MILLISECONDS,
    "timeout_tunnel": _MILLISECONDS,
    "timeout_client": _MILLISECONDS,
    "check_delay": _MILLISECONDS,
    "check_timeout": _MILLISECONDS,
    "transient_check_delay": Duration(),
    "timeout_queue": Duration(),
    "server_ip": Items(Address()),
    "ip_subnet": Items(Address(or_network=True)),
    "project_id": Identifier(),
    "organization_id": Identifier(),
    "lb_id": Identifier(),
    "lb_ids": _IDENTIFIERS,
    "ip_id": Identifier(),
    "ip_ids": _IDENTIFIERS,
    "backend_id": Identifier(),
    "frontend_id": Identifier(),
    "certificate_id": Identifier(),
    "certificate_ids": _IDENTIFIERS,
    "subscriber_id": Identifier(),
    "private_network_id": Identifier(),
    "ipam_ids": _IDENTIFIERS,
}

_REQUIRED: dict[str, frozenset[str]] = {
    "CreateLbRequest": frozenset({"name", "type"}),
    "UpdateLbRequest": frozenset({"name", "description"}),
    "DeleteLbRequest": frozenset(),
    "CreateIpRequest": frozenset(),
    "UpdateIpRequest": frozenset(),
    "CreateBackendRequest": _BACKEND | {"health_check", "server_ip"},
    "UpdateBackendRequest": _BACKEND,
    "HealthCheck": _CHECK,
    "UpdateHealthCheckRequest": _CHECK,
    "HealthCheckHttpConfig": frozenset({"uri"}),
    "HealthCheckHttpsConfig": frozenset({"uri"}),
    "CreateFrontendRequest": _FRONTEND,
    "UpdateFrontendRequest": _FRONTEND,
    "CreateAclRequest": _ACL,
    "UpdateAclRequest": _ACL,
    "AclSpec": _ACL,
    "AclMatch": frozenset(),
    "AclActionRedirect": frozenset({"type", "target"}),
    "CreateCertificateRequest": frozenset({"name"}),
    "CreateCertificateRequestLetsencryptConfig": frozenset({"common_name"}),
    "RouteMatch": frozenset(),
}

LB_FACTS = SchemaFacts(
    shapes=_SHAPES,
    required=_REQUIRED,
    exclusive={
        "CreateLbRequest": _PROJECT,
        "CreateIpRequest": _PROJECT,
        "CreateSubscriberRequest": (*_PROJECT, *_CHANNELS),
        "UpdateSubscriberRequest": _CHANNELS,
        "HealthCheck": (_CHECK_KINDS,),
        "UpdateHealthCheckRequest": (_CHECK_KINDS,),
        "RouteMatch": (frozenset({"sni", "host_header", "path_begin"}),),
        "CreateCertificateRequest": (frozenset({"letsencrypt", "custom_certificate"}),),
        "AttachPrivateNetworkRequest": _ATTACHMENT,
    },
)
