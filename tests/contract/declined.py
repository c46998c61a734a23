# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the vendor's SDK offers and the modules do not, each with its reason; and what the SDK does not say."""

from __future__ import annotations

from collections.abc import Mapping

ANY = "*"

# Request (zoned and regional alike) and field: why no option carries it. ``*`` is every request.
DECLINED: Mapping[tuple[str, str], str] = {
    ("CreateLbRequest", "ip_id"): "deprecated by the API: ip_ids",
    ("CreateBackendRequest", "send_proxy_v2"): "deprecated by the API: proxy_protocol",
    (
        "UpdateBackendRequest",
        "send_proxy_v2",
    ): "deprecated by the API; carried along, or an update would reset it",
    ("CreateFrontendRequest", "certificate_id"): "deprecated by the API: certificate_ids",
    ("UpdateFrontendRequest", "certificate_id"): "deprecated by the API: certificate_ids",
    ("AttachPrivateNetworkRequest", "static_config"): "deprecated by the API: ipam_ids",
    ("AttachPrivateNetworkRequest", "dhcp_config"): "deprecated by the API: ipam_ids, or none of them",
    ("AttachPrivateNetworkRequest", "ipam_config"): "deprecated by the API: ipam_ids, or none of them",
    (ANY, "page"): "the client reads every page",
    (ANY, "page_size"): "the client reads every page",
    (ANY, "order_by"): "lists are returned in the API's own order, oldest first",
}

# Members of the SDK's enums that stand for "not set" in a write (recorded): leaving the option out says the same.
UNSET_MEMBERS: Mapping[str, frozenset[str]] = {
    "SSLCompatibilityLevel": frozenset({"ssl_compatibility_level_unknown"}),
    "ProxyProtocol": frozenset({"proxy_protocol_unknown"}),
}

# Keys of answers that are neither an option nor predicted.
UNPREDICTED: Mapping[str, frozenset[str]] = {
    # Attachments from before IPAM show static_config (recorded); ipam_config was never seen.
    "private_network": frozenset({"static_config", "ipam_config"}),
}

# Durations that are whole milliseconds on the wire although the SDK types them as text (recorded).
MILLISECONDS = frozenset(
    {
        "backend.timeout_server",
        "backend.timeout_connect",
        "backend.timeout_tunnel",
        "backend.health_check.check_delay",
        "backend.health_check.check_timeout",
        "frontend.timeout_client",
    }
)
# Durations that are text such as "0.500s".
SECONDS_TEXT = frozenset({"backend.timeout_queue", "backend.health_check.transient_check_delay"})

# Demanded by the SDK's types, but the server has a default (recorded) or the field is a group of alternatives.
SERVER_DEFAULTS = frozenset(
    {
        "acl.match.ip_subnet",
        "acl.match.ips_edge_services",
        "acl.match.http_filter",
        "acl.match.http_filter_value",
        "acl.match.invert",
        "route.match.match_subdomains",
        "certificate.letsencrypt.subject_alternative_name",
    }
)

# Statuses that are neither settled nor under way: the zero value, which is never a state to wait in or to fail on.
NO_STATUS = frozenset({"unknown"})

# The SDK lists zones of all products together: this one is not offered for load balancers, the other is not listed
# yet (API documentation of the product).
ZONES_WITHOUT = frozenset({"fr-par-3"})
ZONES_UNLISTED = frozenset({"pl-waw-3"})
