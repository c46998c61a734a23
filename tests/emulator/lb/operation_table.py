# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every Load Balancer operation: name, method, path, the SDK's request type, and the function that answers."""

from __future__ import annotations

from collections.abc import Callable

from scaleway.lb.v1 import types

from emulator.lb import (
    acls,
    backends,
    certificates,
    frontends,
    ips,
    load_balancers,
    private_networks,
    routes,
    statistics,
    subscribers,
)
from emulator.lb.state import LbState
from emulator.operations import Answer, Call, Operation

_ZONED = "/lb/v1/zones/{zone}"
_REGIONAL = "/lb/v1/regions/{region}"
_Handler = Callable[[LbState, Call], Answer]


def _zoned(name: str, method: str, path: str, request: str, handler: _Handler) -> Operation[LbState]:
    known: type = getattr(types, f"ZonedApi{request}")
    return Operation(name, method, f"{_ZONED}{path}", known, handler, _is_in_query(method, path))


def _regional(name: str, method: str, path: str, request: str, handler: _Handler) -> Operation[LbState]:
    known: type = getattr(types, request)
    return Operation(name, method, f"{_REGIONAL}{path}", known, handler, _is_in_query(method, path))


def _is_in_query(method: str, path: str) -> bool:
    """Deletions take arguments in the query, except the one of servers, which carries a body."""
    return method == "GET" or (method == "DELETE" and not path.endswith("/servers"))


# Served under zones and under regions alike.
_BOTH: tuple[tuple[str, str, str, str, _Handler], ...] = (
    ("ListLBs", "GET", "/lbs", "ListLbsRequest", load_balancers.list_lbs),
    ("CreateLB", "POST", "/lbs", "CreateLbRequest", load_balancers.create_lb),
    ("GetLB", "GET", "/lbs/{lb_id}", "GetLbRequest", load_balancers.get_lb),
    ("UpdateLB", "PUT", "/lbs/{lb_id}", "UpdateLbRequest", load_balancers.update_lb),
    ("DeleteLB", "DELETE", "/lbs/{lb_id}", "DeleteLbRequest", load_balancers.delete_lb),
    ("MigrateLB", "POST", "/lbs/{lb_id}/migrate", "MigrateLbRequest", load_balancers.migrate_lb),
    ("ListLBTypes", "GET", "/lb-types", "ListLbTypesRequest", load_balancers.list_lb_types),
    ("ListIPs", "GET", "/ips", "ListIPsRequest", ips.list_ips),
    ("CreateIP", "POST", "/ips", "CreateIpRequest", ips.post_ip),
    ("GetIP", "GET", "/ips/{ip_id}", "GetIpRequest", ips.get_ip),
    ("UpdateIP", "PATCH", "/ips/{ip_id}", "UpdateIpRequest", ips.update_ip),
    ("ReleaseIP", "DELETE", "/ips/{ip_id}", "ReleaseIpRequest", ips.release_ip),
    ("ListBackends", "GET", "/lbs/{lb_id}/backends", "ListBackendsRequest", backends.list_backends),
    ("CreateBackend", "POST", "/lbs/{lb_id}/backends", "CreateBackendRequest", backends.create_backend),
    ("GetBackend", "GET", "/backends/{backend_id}", "GetBackendRequest", backends.get_backend),
    ("UpdateBackend", "PUT", "/backends/{backend_id}", "UpdateBackendRequest", backends.update_backend),
    ("DeleteBackend", "DELETE", "/backends/{backend_id}", "DeleteBackendRequest", backends.delete_backend),
    ("AddBackendServers", "POST", "/backends/{backend_id}/servers", "AddBackendServersRequest", backends.add_servers),
    (
        "RemoveBackendServers",
        "DELETE",
        "/backends/{backend_id}/servers",
        "RemoveBackendServersRequest",
        backends.remove_servers,
    ),
    ("SetBackendServers", "PUT", "/backends/{backend_id}/servers", "SetBackendServersRequest", backends.set_servers),
    (
        "UpdateHealthCheck",
        "PUT",
        "/backends/{backend_id}/healthcheck",
        "UpdateHealthCheckRequest",
        backends.update_health_check,
    ),
    ("ListFrontends", "GET", "/lbs/{lb_id}/frontends", "ListFrontendsRequest", frontends.list_frontends),
    ("CreateFrontend", "POST", "/lbs/{lb_id}/frontends", "CreateFrontendRequest", frontends.create_frontend),
    ("GetFrontend", "GET", "/frontends/{frontend_id}", "GetFrontendRequest", frontends.get_frontend),
    ("UpdateFrontend", "PUT", "/frontends/{frontend_id}", "UpdateFrontendRequest", frontends.update_frontend),
    ("DeleteFrontend", "DELETE", "/frontends/{frontend_id}", "DeleteFrontendRequest", frontends.delete_frontend),
    ("ListRoutes", "GET", "/routes", "ListRoutesRequest", routes.list_routes),
    ("CreateRoute", "POST", "/routes", "CreateRouteRequest", routes.create_route),
    ("GetRoute", "GET", "/routes/{route_id}", "GetRouteRequest", routes.get_route),
    ("UpdateRoute", "PUT", "/routes/{route_id}", "UpdateRouteRequest", routes.update_route),
    ("DeleteRoute", "DELETE", "/routes/{route_id}", "DeleteRouteRequest", routes.delete_route),
    ("GetLBStats", "GET", "/lbs/{lb_id}/stats", "GetLbStatsRequest", statistics.get_stats),
    ("ListBackendStats", "GET", "/lbs/{lb_id}/backend-stats", "ListBackendStatsRequest", statistics.list_backend_stats),
    ("ListACLs", "GET", "/frontends/{frontend_id}/acls", "ListAclsRequest", acls.list_acls),
    ("CreateACL", "POST", "/frontends/{frontend_id}/acls", "CreateAclRequest", acls.create_acl),
    ("GetACL", "GET", "/acls/{acl_id}", "GetAclRequest", acls.get_acl),
    ("UpdateACL", "PUT", "/acls/{acl_id}", "UpdateAclRequest", acls.update_acl),
    ("DeleteACL", "DELETE", "/acls/{acl_id}", "DeleteAclRequest", acls.delete_acl),
    ("ListCertificates", "GET", "/lbs/{lb_id}/certificates", "ListCertificatesRequest", certificates.list_certificates),
    (
        "CreateCertificate",
        "POST",
        "/lbs/{lb_id}/certificates",
        "CreateCertificateRequest",
        certificates.create_certificate,
    ),
    ("GetCertificate", "GET", "/certificates/{certificate_id}", "GetCertificateRequest", certificates.get_certificate),
    (
        "UpdateCertificate",
        "PUT",
        "/certificates/{certificate_id}",
        "UpdateCertificateRequest",
        certificates.update_certificate,
    ),
    (
        "DeleteCertificate",
        "DELETE",
        "/certificates/{certificate_id}",
        "DeleteCertificateRequest",
        certificates.delete_certificate,
    ),
    ("ListSubscribers", "GET", "/subscribers", "ListSubscriberRequest", subscribers.list_subscribers),
    ("CreateSubscriber", "POST", "/subscribers", "CreateSubscriberRequest", subscribers.create_subscriber),
    ("GetSubscriber", "GET", "/subscribers/{subscriber_id}", "GetSubscriberRequest", subscribers.get_subscriber),
    (
        "UpdateSubscriber",
        "PUT",
        "/subscribers/{subscriber_id}",
        "UpdateSubscriberRequest",
        subscribers.update_subscriber,
    ),
    ("SubscribeToLB", "POST", "/lb/{lb_id}/subscribe", "SubscribeToLbRequest", subscribers.subscribe),
    ("UnsubscribeFromLB", "DELETE", "/lb/{lb_id}/unsubscribe", "UnsubscribeFromLbRequest", subscribers.unsubscribe),
    (
        "ListLBPrivateNetworks",
        "GET",
        "/lbs/{lb_id}/private-networks",
        "ListLbPrivateNetworksRequest",
        private_networks.list_networks,
    ),
    # The form of the regional API; the zoned one still accepts it (recorded).
    (
        "AttachPrivateNetwork",
        "POST",
        "/lbs/{lb_id}/private-networks/{private_network_id}/attach",
        "AttachPrivateNetworkRequest",
        private_networks.attach_network,
    ),
    (
        "DetachPrivateNetwork",
        "POST",
        "/lbs/{lb_id}/private-networks/{private_network_id}/detach",
        "DetachPrivateNetworkRequest",
        private_networks.detach_network,
    ),
)

OPERATIONS: tuple[Operation[LbState], ...] = (
    *(_zoned(*row) for row in _BOTH),
    *(_regional(*row) for row in _BOTH),
    _zoned(
        "AttachPrivateNetwork",
        "POST",
        "/lbs/{lb_id}/attach-private-network",
        "AttachPrivateNetworkRequest",
        private_networks.attach_network,
    ),
    _zoned(
        "DetachPrivateNetwork",
        "POST",
        "/lbs/{lb_id}/detach-private-network",
        "DetachPrivateNetworkRequest",
        private_networks.detach_network,
    ),
    _zoned("SetACLs", "PUT", "/frontends/{frontend_id}/acls", "SetAclsRequest", acls.set_acls),
    _zoned(
        "DeleteSubscriber",
        "DELETE",
        "/lb/subscription/{subscriber_id}",
        "DeleteSubscriberRequest",
        subscribers.delete_subscriber,
    ),
    _regional(
        "DeleteSubscriber",
        "DELETE",
        "/lb/subscriber/{subscriber_id}",
        "DeleteSubscriberRequest",
        subscribers.delete_subscriber,
    ),
)
