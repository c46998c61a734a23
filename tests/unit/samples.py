# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IDs, keys and API objects that the tests speak of."""

from __future__ import annotations

from typing import Any

SECRET = "5ec2e7aa-0bad-4cab-9bad-c0ffee5ec2e7"
ACCESS = "SCWACCESSKEY00000001"
PROJECT = "11111111-aaaa-4aaa-8aaa-111111111111"
ORGANIZATION = "22222222-bbbb-4bbb-8bbb-222222222222"
LB_ID = "33333333-0000-4000-8000-000000000001"
OTHER_LB_ID = "33333333-0000-4000-8000-000000000002"
BACKEND_ID = "44444444-0000-4000-8000-000000000001"
OTHER_BACKEND_ID = "44444444-0000-4000-8000-000000000002"
FRONTEND_ID = "55555555-0000-4000-8000-000000000001"
ACL_ID = "66666666-0000-4000-8000-000000000001"
IP_ID = "77777777-0000-4000-8000-000000000001"
OTHER_IP_ID = "77777777-0000-4000-8000-000000000002"
ROUTE_ID = "88888888-0000-4000-8000-000000000001"
SUBSCRIBER_ID = "99999999-0000-4000-8000-000000000001"
CERTIFICATE_ID = "99999999-0000-4000-8000-000000000002"
NETWORK_ID = "99999999-0000-4000-8000-000000000003"
IPAM_ID = "99999999-0000-4000-8000-000000000004"
ZONE = "/lb/v1/zones/fr-par-1"


def lb(**changes: Any) -> dict[str, Any]:
    """A load balancer at rest."""
    known = {
        "id": LB_ID,
        "name": "web",
        "description": "",
        "status": "ready",
        "instances": [{"id": "i", "status": "ready"}],
        "organization_id": ORGANIZATION,
        "project_id": PROJECT,
        "ip": [{"id": IP_ID, "ip_address": "192.0.2.7", "lb_id": LB_ID}],
        "tags": [],
        "type": "lb-s",
        "ssl_compatibility_level": "ssl_compatibility_level_intermediate",
        "zone": "fr-par-1",
        "region": "fr-par",
    }
    return {**known, **changes}


TCP_CHECK: dict[str, Any] = {
    "port": 80,
    "check_delay": 60000,
    "check_timeout": 30000,
    "check_max_retries": 2,
    "check_send_proxy": False,
    "transient_check_delay": None,
    "tcp_config": {},
}
UNSET = (
    "timeout_server",
    "timeout_connect",
    "timeout_tunnel",
    "failover_host",
    "ignore_ssl_server_verify",
    "redispatch_attempt_count",
    "max_retries",
    "max_connections",
    "timeout_queue",
)


def backend(**changes: Any) -> dict[str, Any]:
    """A backend as the API shows it right after a creation with little said."""
    known = {
        "id": BACKEND_ID,
        "name": "app",
        "forward_protocol": "tcp",
        "forward_port": 80,
        "forward_port_algorithm": "roundrobin",
        "sticky_sessions": "none",
        "sticky_sessions_cookie_name": "",
        "health_check": dict(TCP_CHECK),
        "pool": ["192.0.2.1"],
        "lb": lb(instances=[]),
        "send_proxy_v2": False,
        "on_marked_down_action": "on_marked_down_action_none",
        "proxy_protocol": "proxy_protocol_none",
        "ssl_bridging": False,
        "host": "",
    }
    return {**known, **dict.fromkeys(UNSET), **changes}


def frontend(**changes: Any) -> dict[str, Any]:
    """A frontend of ``lb()`` in front of ``backend()``."""
    known = {
        "id": FRONTEND_ID,
        "name": "https",
        "inbound_port": 443,
        "backend": backend(),
        "lb": lb(instances=[]),
        "timeout_client": None,
        "certificate": None,
        "certificate_ids": [],
        "enable_http3": False,
        "connection_rate_limit": None,
        "enable_access_logs": False,
    }
    return {**known, **changes}


def acl(**changes: Any) -> dict[str, Any]:
    """An ACL of ``frontend()`` that lets one network in."""
    match = {
        "ip_subnet": ["10.0.0.0/8"],
        "ips_edge_services": False,
        "http_filter": "acl_http_filter_none",
        "http_filter_value": [],
        "http_filter_option": None,
        "invert": False,
    }
    known = {
        "id": ACL_ID,
        "name": "office",
        "match": match,
        "action": {"type": "allow", "redirect": None},
        "frontend": frontend(),
        "index": 1,
        "description": "",
    }
    return {**known, **changes}


def route(**changes: Any) -> dict[str, Any]:
    """A route of ``frontend()`` that sends connections for one server name to ``backend()``."""
    known = {
        "id": ROUTE_ID,
        "frontend_id": FRONTEND_ID,
        "backend_id": BACKEND_ID,
        "match": {"sni": "a.example.com", "match_subdomains": False},
    }
    return {**known, **changes}


def subscriber(**changes: Any) -> dict[str, Any]:
    """Somebody who gets e-mails."""
    return {"id": SUBSCRIBER_ID, "name": "on-call", "email_config": {"email": "on-call@example.com"}, **changes}


def certificate(**changes: Any) -> dict[str, Any]:
    """A certificate of Let's Encrypt on ``lb()``."""
    known = {
        "type": "letsencrypt",
        "id": CERTIFICATE_ID,
        "name": "shop",
        "common_name": "shop.example.com",
        "subject_alternative_name": ["www.example.com"],
        "fingerprint": "9a4b6e696124f10557f6dad8beb089205fab5d4b",
        "not_valid_before": "2026-07-21T09:36:39Z",
        "not_valid_after": "2026-10-19T09:36:38Z",
        "status": "ready",
        "status_details": None,
        "lb": lb(instances=[]),
    }
    return {**known, **changes}


def private_network(**changes: Any) -> dict[str, Any]:
    """The attachment of ``lb()`` to a private network, as lists show it."""
    known = {
        "private_network_id": NETWORK_ID,
        "ipam_ids": [IPAM_ID],
        "status": "ready",
        "lb": lb(instances=[]),
        "dhcp_config": {"ip_id": IPAM_ID},
    }
    return {**known, **changes}


def ip(**changes: Any) -> dict[str, Any]:
    """A free IPv4 address."""
    known = {
        "id": IP_ID,
        "ip_address": "192.0.2.7",
        "lb_id": None,
        "organization_id": ORGANIZATION,
        "project_id": PROJECT,
        "region": "fr-par",
        "zone": "fr-par-1",
        "reverse": "192-0-2-7.lb.fr-par.scw.cloud",
        "tags": ["web"],
    }
    return {**known, **changes}
