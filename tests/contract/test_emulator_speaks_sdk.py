# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's own SDK drives every operation of the emulator, zoned and regional."""

from __future__ import annotations

from typing import Any

import pytest
from scaleway.lb.v1 import LbV1API, LbV1ZonedAPI, types

from contract.certificates import custom_chain
from contract.cloud import PROJECT_ID, sdk_client
from emulator.lb import LOAD_BALANCER
from emulator.testing import Emulator

NETWORK_ID = "40000000-0000-4000-8000-000000000004"
LOCALITIES = {"zoned": (LbV1ZonedAPI, True), "regional": (LbV1API, False)}


@pytest.fixture
def instant(emulator: Emulator) -> Emulator:
    emulator.settings(settle_reads=0, max_page_size=2)
    return emulator


@pytest.mark.parametrize("locality", LOCALITIES)
def test_the_sdk_drives_every_operation(instant: Emulator, locality: str) -> None:
    api_class, is_zoned = LOCALITIES[locality]
    api = api_class(sdk_client(instant))
    drive_everything(api, is_zoned)
    path = "/zones/" if is_zoned else "/regions/"
    driven = {entry.operation for entry in instant.journal() if path in entry.path}
    known = {operation.name for operation in LOAD_BALANCER.operations if operation.is_zoned == is_zoned}
    assert driven == known
    assert [entry for entry in instant.journal() if entry.status not in (200, 204)] == []


def drive_everything(api: Any, is_zoned: bool) -> None:
    ip_id = drive_ips(api)
    lb = drive_load_balancers(api, ip_id)
    backend = drive_backends(api, lb.id)
    certificate = drive_certificates(api, lb.id)
    frontend = drive_frontends(api, lb.id, backend.id, certificate.id)
    drive_routes(api, frontend.id, backend.id)
    drive_acls(api, frontend.id, is_zoned)
    drive_networks(api, lb.id)
    drive_subscribers(api, lb.id)
    drive_statistics(api, lb.id, backend)
    api.delete_frontend(frontend_id=frontend.id)
    api.delete_certificate(certificate_id=certificate.id)
    api.delete_backend(backend_id=backend.id)
    api.delete_lb(lb_id=lb.id, release_ip=False)
    assert api.list_lbs_all(project_id=PROJECT_ID) == []
    assert api.get_ip(ip_id=ip_id).lb_id is None
    api.release_ip(ip_id=ip_id)


def drive_ips(api: Any) -> str:
    ip = api.create_ip(is_ipv6=False, tags=["blue"])
    api.create_ip(is_ipv6=True)
    changed = api.update_ip(ip_id=ip.id, reverse="www.example.com")
    assert (changed.reverse, changed.tags) == ("www.example.com", ["blue"])
    assert api.get_ip(ip_id=ip.id) == changed
    assert [found.id for found in api.list_i_ps_all(ip_type="ipv4", tags=["blue"])] == [ip.id]
    return str(ip.id)


def drive_load_balancers(api: Any, ip_id: str) -> types.Lb:
    created = api.create_lb(name="web", description="", type_="LB-S", ip_ids=[ip_id])
    assert (created.status, created.type_) == ("to_create", "lb-s")
    assert [ip.lb_id for ip in created.ip] == [created.id]
    lb = api.get_lb(lb_id=created.id)
    assert lb.status == types.LbStatus.READY
    level = types.SSLCompatibilityLevel.SSL_COMPATIBILITY_LEVEL_MODERN
    updated = api.update_lb(lb_id=lb.id, name="shop", description="a shop", ssl_compatibility_level=level)
    assert (updated.name, updated.ssl_compatibility_level) == ("shop", level)
    assert api.get_lb(lb_id=lb.id).instances[0].status == types.InstanceStatus.READY
    assert api.migrate_lb(lb_id=lb.id, type_="LB-GP-M").status == types.LbStatus.MIGRATING
    assert api.get_lb(lb_id=lb.id).type_ == "lb-gp-m"
    assert [offer.name for offer in api.list_lb_types_all()] == ["lb-s", "lb-gp-m", "lb-gp-l", "lb-gp-xl"]
    return lb  # type: ignore[no-any-return]


def drive_backends(api: Any, lb_id: str) -> types.Backend:
    common: dict[str, Any] = {
        "forward_protocol": types.Protocol.HTTP,
        "forward_port": 80,
        "forward_port_algorithm": types.ForwardPortAlgorithm.LEASTCONN,
        "sticky_sessions": types.StickySessionsType.NONE,
        "sticky_sessions_cookie_name": "",
    }
    check: dict[str, Any] = {"port": 80, "check_max_retries": 2, "check_send_proxy": False}
    check |= {"check_delay": 60000, "check_timeout": 30000}
    backends = [
        api.create_backend(
            lb_id=lb_id, name=name, health_check=types.HealthCheck(**check), server_ip=["10.0.0.1"], **common
        )
        for name in ("api", "static", "spare")
    ]
    assert {backend.name for backend in api.list_backends_all(lb_id=lb_id)} == {"api", "static", "spare"}
    backend = backends[0]
    changed = api.update_backend(backend_id=backend.id, name="api", timeout_server=5000, **common)
    assert (changed.timeout_server, changed.pool) == (5000, ["10.0.0.1"])
    ldap = types.HealthCheckLdapConfig()
    assert api.update_health_check(backend_id=backend.id, ldap_config=ldap, **check).ldap_config == ldap
    assert api.add_backend_servers(backend_id=backend.id, server_ip=["10.0.0.2"]).pool == ["10.0.0.1", "10.0.0.2"]
    assert api.remove_backend_servers(backend_id=backend.id, server_ip=["10.0.0.1"]).pool == ["10.0.0.2"]
    assert api.set_backend_servers(backend_id=backend.id, server_ip=["10.0.0.3"]).pool == ["10.0.0.3"]
    api.delete_backend(backend_id=backends[2].id)
    return api.get_backend(backend_id=backend.id)  # type: ignore[no-any-return]


def drive_certificates(api: Any, lb_id: str) -> types.Certificate:
    request = types.CreateCertificateRequestLetsencryptConfig(
        common_name="www.example.com", subject_alternative_name=[]
    )
    issued = api.create_certificate(lb_id=lb_id, name="issued", letsencrypt=request)
    assert issued.status == types.CertificateStatus.PENDING
    assert api.get_certificate(certificate_id=issued.id).type_ == types.CertificateType.LETSENCRYPT
    chain = types.CreateCertificateRequestCustomCertificate(certificate_chain=custom_chain("a.example.com", []))
    custom = api.create_certificate(lb_id=lb_id, name="own", custom_certificate=chain)
    assert (custom.common_name, custom.status) == ("a.example.com", types.CertificateStatus.READY)
    assert api.update_certificate(certificate_id=custom.id, name="mine").name == "mine"
    assert api.get_certificate(certificate_id=custom.id).name == "mine"
    assert len(api.list_certificates_all(lb_id=lb_id)) == 2
    return issued  # type: ignore[no-any-return]


def drive_frontends(api: Any, lb_id: str, backend_id: str, certificate_id: str) -> types.Frontend:
    common: dict[str, Any] = {"backend_id": backend_id, "enable_http3": False, "certificate_ids": [certificate_id]}
    frontend = api.create_frontend(lb_id=lb_id, name="https", inbound_port=443, enable_access_logs=False, **common)
    assert (frontend.backend.id, frontend.certificate.id) == (backend_id, certificate_id)
    changed = api.update_frontend(
        frontend_id=frontend.id, name="tls", inbound_port=8443, timeout_client=30000, **common
    )
    assert (changed.name, changed.timeout_client) == ("tls", 30000)
    assert api.get_frontend(frontend_id=frontend.id).inbound_port == 8443
    assert [found.id for found in api.list_frontends_all(lb_id=lb_id)] == [frontend.id]
    return changed  # type: ignore[no-any-return]


def drive_routes(api: Any, frontend_id: str, backend_id: str) -> None:
    host = types.RouteMatch(match_subdomains=False, host_header="a.example.com")
    route = api.create_route(frontend_id=frontend_id, backend_id=backend_id, match=host)
    path = types.RouteMatch(match_subdomains=True, path_begin="/api")
    assert api.update_route(route_id=route.id, backend_id=backend_id, match=path).match == path
    assert api.get_route(route_id=route.id).match == path
    assert len(api.list_routes_all(frontend_id=frontend_id)) == 1
    api.delete_route(route_id=route.id)


def drive_acls(api: Any, frontend_id: str, is_zoned: bool) -> None:
    allow = types.AclAction(type_=types.AclActionType.ALLOW)
    acl = api.create_acl(frontend_id=frontend_id, name="office", action=allow, index=1, description="")
    changed = api.update_acl(acl_id=acl.id, name="home", action=allow, index=2)
    assert (changed.name, changed.index, changed.frontend.id) == ("home", 2, frontend_id)
    assert api.get_acl(acl_id=acl.id).name == "home"
    if is_zoned:
        specs = [types.AclSpec(name=name, action=allow, index=0, description="") for name in ("a", "b", "c")]
        assert [found.name for found in api.set_acls(frontend_id=frontend_id, acls=specs).acls] == ["a", "b", "c"]
    acls = api.list_acls_all(frontend_id=frontend_id)
    assert len(acls) == (3 if is_zoned else 1)
    api.delete_acl(acl_id=acls[0].id)


def drive_networks(api: Any, lb_id: str) -> None:
    attached = api.attach_private_network(lb_id=lb_id, private_network_id=NETWORK_ID)
    assert attached.status == types.PrivateNetworkStatus.PENDING
    networks = api.list_lb_private_networks_all(lb_id=lb_id)
    assert [network.status for network in networks] == [types.PrivateNetworkStatus.READY]
    api.detach_private_network(lb_id=lb_id, private_network_id=NETWORK_ID)
    assert api.list_lb_private_networks_all(lb_id=lb_id) == []


def drive_subscribers(api: Any, lb_id: str) -> None:
    email = types.SubscriberEmailConfig(email="ops@example.com")
    subscriber = api.create_subscriber(name="ops", email_config=email)
    webhook = types.SubscriberWebhookConfig(uri="https://example.com/hook")
    assert api.update_subscriber(subscriber_id=subscriber.id, name="hook", webhook_config=webhook).email_config is None
    assert api.get_subscriber(subscriber_id=subscriber.id).webhook_config == webhook
    assert [found.name for found in api.list_subscriber_all()] == ["hook"]
    assert api.subscribe_to_lb(lb_id=lb_id, subscriber_id=subscriber.id).subscriber.id == subscriber.id
    assert api.unsubscribe_from_lb(lb_id=lb_id).subscriber is None
    api.delete_subscriber(subscriber_id=subscriber.id)


def drive_statistics(api: Any, lb_id: str, backend: types.Backend) -> None:
    row = api.get_lb_stats(lb_id=lb_id, backend_id=backend.id).backend_servers_stats[0]
    assert (row.ip, row.server_state) == ("10.0.0.3", types.BackendServerStatsServerState.STOPPED)
    assert {found.ip for found in api.list_backend_stats_all(lb_id=lb_id)} == {"10.0.0.1", "10.0.0.3"}


def test_every_sdk_request_type_has_an_operation() -> None:
    served = {operation.request.__name__ for operation in LOAD_BALANCER.operations}
    # Requests nested in others, which no operation takes by themselves.
    nested = {"CreateCertificateRequestLetsencryptConfig", "CreateCertificateRequestCustomCertificate"}
    known = {name for name in vars(types) if "Request" in name and not name.endswith(("OrderBy", "IpType"))}
    assert known - served - nested == set()
