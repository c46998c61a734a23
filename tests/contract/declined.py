# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the vendor's SDK offers and the modules do not, each with its reason; and what the SDK does not say."""

from __future__ import annotations

from collections.abc import Mapping

ANY = "*"
ONE_PARENT = "the list is that of one parent"
ONE_OF_THREE = "adding, swapping and removing a head are one call, of which each use carries its own part"

# Request (zoned and regional alike) and field: why no option carries it. A request is named by its product and its
# type, one without a type by its method and its resource as the tests call it. ``*`` is every request.
DECLINED: Mapping[tuple[str, str], str] = {
    ("lb.CreateLbRequest", "ip_id"): "deprecated by the API: ip_ids",
    ("lb.CreateBackendRequest", "send_proxy_v2"): "deprecated by the API: proxy_protocol",
    (
        "lb.UpdateBackendRequest",
        "send_proxy_v2",
    ): "deprecated by the API; carried along, or an update would reset it",
    ("lb.CreateFrontendRequest", "certificate_id"): "deprecated by the API: certificate_ids",
    ("lb.UpdateFrontendRequest", "certificate_id"): "deprecated by the API: certificate_ids",
    ("lb.AttachPrivateNetworkRequest", "static_config"): "deprecated by the API: ipam_ids",
    ("lb.AttachPrivateNetworkRequest", "dhcp_config"): "deprecated by the API: ipam_ids, or none of them",
    ("lb.AttachPrivateNetworkRequest", "ipam_config"): "deprecated by the API: ipam_ids, or none of them",
    **{
        (f"GET container{kind}", key): ONE_PARENT
        for kind in ("", "_domain", "_trigger")
        for key in ("project_id", "organization_id", *(["namespace_id"] if kind else []))
    },
    **{("GET function", key): ONE_PARENT for key in ("project_id", "organization_id")},
    **{("GET function_trigger", key): ONE_PARENT for key in ("project_id", "namespace_id")},
    ("function.CreateNamespaceRequest", "activate_vpc_integration"): "deprecated by the API: of no use any more",
    ("function.UpdateFunctionRequest", "redeploy"): "sent by the engine: whether the function has code says it",
    ("function.UpdateCronRequest", "function_id"): "a cron stays with its function",
    ("edge.UpdateBackendStageRequest", "pipeline_id"): "a stage stays in its pipeline",
    **{("edge.SetHeadStageRequest", f"{action}_head_stage"): ONE_OF_THREE for action in ("add_new", "remove", "swap")},
    (ANY, "page"): "the client reads every page",
    (ANY, "page_size"): "the client reads every page",
    (ANY, "order_by"): "lists are returned in the API's own order, oldest first",
}

# Members of the SDK's enums that stand for "not set" in a write (recorded): leaving the option out says the same.
UNSET_MEMBERS: Mapping[str, frozenset[str]] = {
    "SSLCompatibilityLevel": frozenset({"ssl_compatibility_level_unknown"}),
    "ProxyProtocol": frozenset({"proxy_protocol_unknown"}),
    "ContainerPrivacy": frozenset({"unknown_privacy"}),
    "ContainerProtocol": frozenset({"unknown_protocol"}),
    "ContainerSandbox": frozenset({"unknown_sandbox"}),
    "FunctionPrivacy": frozenset({"unknown_privacy"}),
    "FunctionHttpOption": frozenset({"unknown_http_option"}),
    "FunctionSandbox": frozenset({"unknown_sandbox"}),
    "CreateTriggerRequestDestinationConfigHttpMethod": frozenset({"unknown_http_method"}),
    "UpdateTriggerRequestDestinationConfigHttpMethod": frozenset({"unknown_http_method"}),
    "WafStageMode": frozenset({"unknown_mode"}),
    "RuleHttpMatchMethodFilter": frozenset({"unknown_method_filter"}),
    "RuleHttpMatchPathFilterPathFilterType": frozenset({"unknown_path_filter"}),
    "RuleHttpMatchHostFilterHostFilterType": frozenset({"unknown_host_filter"}),
}

# Keys of answers that are neither an option nor predicted.
UNPREDICTED: Mapping[str, frozenset[str]] = {
    # Attachments from before IPAM show static_config (recorded); ipam_config was never seen.
    "lb_private_network": frozenset({"static_config", "ipam_config"}),
    # Never shown by a namespace that is in order (recorded).
    "container_namespace": frozenset({"error_message"}),
}

# Durations that are whole milliseconds on the wire although the SDK types them as text (recorded).
MILLISECONDS = frozenset(
    {
        "lb_backend.timeout_server",
        "lb_backend.timeout_connect",
        "lb_backend.timeout_tunnel",
        "lb_backend.health_check.check_delay",
        "lb_backend.health_check.check_timeout",
        "lb_frontend.timeout_client",
    }
)
# Durations that are text such as "0.500s".
SECONDS_TEXT = frozenset(
    {
        "lb_backend.timeout_queue",
        "lb_backend.health_check.transient_check_delay",
        "container.timeout",
        "container.liveness_probe.interval",
        "container.liveness_probe.timeout",
        "container.startup_probe.interval",
        "container.startup_probe.timeout",
        "function.timeout",
        "edge_cache_stage.fallback_ttl",
    }
)

# Words that the API lists itself, with those that came after the SDK.
OPEN_ENUMS = frozenset({"function.runtime"})

# Demanded by the SDK's types, but the server has a default (recorded) or the field is a group of alternatives.
SERVER_DEFAULTS = frozenset(
    {
        "lb_acl.match.ip_subnet",
        "lb_acl.match.ips_edge_services",
        "lb_acl.match.http_filter",
        "lb_acl.match.http_filter_value",
        "lb_acl.match.invert",
        "lb_route.match.match_subdomains",
        "lb_certificate.letsencrypt.subject_alternative_name",
        "container_trigger.cron_config.headers",
        "container_trigger.destination_config.http_path",
        "container_trigger.destination_config.http_method",
    }
)

# Statuses that are neither settled nor under way: the zero value, which is never a state to wait in or to fail on.
NO_STATUS = frozenset({"unknown", "unknown_status"})

# The SDK lists zones of all products together: this one is not offered for load balancers, the other is not listed
# yet (API documentation of the product).
ZONES_WITHOUT = frozenset({"fr-par-3"})
ZONES_UNLISTED = frozenset({"pl-waw-3"})
