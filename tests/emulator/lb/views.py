# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the API shows of each object: keys, nesting and null values as recorded.

Whether the `instances` of a nested Load Balancer are filled depends on the request; views take that as an argument.
"""

from __future__ import annotations

from typing import Any

from emulator.lb.records import Acl, Backend, Certificate, Frontend, Ip, LoadBalancer, PrivateNetwork, Route, Subscriber
from emulator.lb.state import LbState

Json = dict[str, Any]


def region_of(zone: str) -> str:
    """Return the region a zone lies in."""
    return zone.rsplit("-", 1)[0]


def ip_view(ip: Ip) -> Json:
    """An IP address."""
    return {
        "id": ip.id,
        "ip_address": ip.ip_address,
        "lb_id": ip.lb_id,
        "organization_id": ip.organization_id,
        "project_id": ip.project_id,
        "region": region_of(ip.zone),
        "reverse": ip.reverse,
        "tags": list(ip.tags),
        "zone": ip.zone,
    }


def lb_view(state: LbState, lb: LoadBalancer, instances: bool = True, fresh: bool = True) -> Json:
    """A Load Balancer; its own times are shown as stored where fresh is false."""
    text = state.world.clock.text if fresh else state.world.clock.stored_text
    ips = [ip for ip in map(state.ips.get, lb.ip_ids) if ip is not None]
    subscriber = state.subscribers.get(lb.subscriber_id) if lb.subscriber_id else None
    attached = [network for network in state.private_networks.of(lb.id) if not _is_leaving(network)]
    return {
        "id": lb.id,
        "name": lb.name,
        "description": lb.description,
        "status": lb.status,
        "instances": _instances_view(state, lb) if instances else [],
        "organization_id": lb.organization_id,
        "project_id": lb.project_id,
        "ip": [ip_view(ip) for ip in ips],
        "tags": list(lb.tags),
        "frontend_count": state.frontends.count_of(lb.id),
        "backend_count": state.backends.count_of(lb.id),
        "type": lb.type,
        "subscriber": subscriber_view(subscriber) if subscriber else None,
        "ssl_compatibility_level": lb.ssl_compatibility_level,
        "created_at": text(lb.created_at),
        "updated_at": text(lb.updated_at),
        "private_network_count": len(attached),
        "route_count": state.routes.count_of(lb.id),
        "region": region_of(lb.zone),
        "zone": lb.zone,
    }


def _is_leaving(network: PrivateNetwork) -> bool:
    return network.transition is not None and network.transition.goal == "delete"


def _instances_view(state: LbState, lb: LoadBalancer) -> list[Json]:
    text = state.world.clock.text
    return [
        {
            "id": instance.id,
            "status": instance.status,
            "ip_address": "",
            "created_at": text(instance.created_at),
            "updated_at": text(instance.updated_at),
            "region": region_of(lb.zone),
            "zone": lb.zone,
        }
        for instance in lb.instances
    ]


def backend_view(state: LbState, backend: Backend, instances: bool = True) -> Json:
    """A backend."""
    return {
        "id": backend.id,
        "name": backend.name,
        **backend.settings,
        "health_check": dict(backend.health_check),
        "pool": list(backend.pool),
        "lb": lb_view(state, state.lb_of(backend), instances),
        "created_at": state.world.clock.text(backend.created_at),
        "updated_at": state.world.clock.text(backend.updated_at),
    }


def frontend_view(
    state: LbState, frontend: Frontend, instances: bool, backend_instances: bool, fresh: bool = True
) -> Json:
    """A frontend; instances is about its own and its certificate's Load Balancer.

    Its times are shown as stored where fresh is false: recorded in the answer to a creation.
    """
    text = state.world.clock.text if fresh else state.world.clock.stored_text
    backend = state.backends.get(frontend.backend_id)
    first = state.certificates.get(frontend.certificate_ids[0]) if frontend.certificate_ids else None
    return {
        "id": frontend.id,
        "name": frontend.name,
        **frontend.settings,
        "backend": backend_view(state, backend, backend_instances) if backend else None,
        "lb": lb_view(state, state.lb_of(frontend), instances),
        "certificate": certificate_view(state, first, instances) if first else None,
        "certificate_ids": list(frontend.certificate_ids),
        "created_at": text(frontend.created_at),
        "updated_at": text(frontend.updated_at),
    }


def acl_view(state: LbState, acl: Acl, instances: bool = False) -> Json:
    """An ACL; the Load Balancer below its backend never shows instances."""
    frontend = state.frontends.get(acl.frontend_id)
    return {
        "id": acl.id,
        "name": acl.name,
        "match": dict(acl.match),
        "action": dict(acl.action),
        "frontend": frontend_view(state, frontend, instances, backend_instances=False) if frontend else None,
        "index": acl.index,
        "created_at": state.world.clock.text(acl.created_at),
        "updated_at": state.world.clock.text(acl.updated_at),
        "description": acl.description,
    }


def route_view(state: LbState, route: Route) -> Json:
    """A route."""
    return {
        "id": route.id,
        "frontend_id": route.frontend_id,
        "backend_id": route.backend_id,
        "match": dict(route.match),
        "created_at": state.world.clock.text(route.created_at),
        "updated_at": state.world.clock.text(route.updated_at),
    }


def certificate_view(state: LbState, certificate: Certificate, instances: bool = False) -> Json:
    """A certificate; its content is never shown."""
    return {
        "type": _certificate_type(state, certificate),
        "id": certificate.id,
        "common_name": certificate.common_name,
        "subject_alternative_name": list(certificate.subject_alternative_name),
        "fingerprint": certificate.fingerprint,
        "not_valid_before": certificate.not_valid_before,
        "not_valid_after": certificate.not_valid_after,
        "status": certificate.status,
        "lb": lb_view(state, state.lb_of(certificate), instances),
        "name": certificate.name,
        "created_at": state.world.clock.text(certificate.created_at),
        "updated_at": state.world.clock.text(certificate.updated_at),
        "status_details": certificate.status_details,
    }


def _certificate_type(state: LbState, certificate: Certificate) -> str:
    old = state.world.settings.old_spellings and certificate.type == "letsencrypt"
    return "letsencryt" if old else certificate.type


def network_view(state: LbState, network: PrivateNetwork, instances: bool = False) -> Json:
    """An attachment; the old static form shows static_config instead of dhcp_config."""
    if network.static_config is not None:
        config = {"static_config": network.static_config}
    else:
        config = {"dhcp_config": {"ip_id": network.ipam_ids[0] if network.ipam_ids else None}}
    return {
        "lb": lb_view(state, state.lb_of(network), instances),
        "private_network_id": network.private_network_id,
        "ipam_ids": list(network.ipam_ids),
        "status": network.status,
        "created_at": state.world.clock.text(network.created_at),
        "updated_at": state.world.clock.text(network.updated_at),
        **config,
    }


def subscriber_view(subscriber: Subscriber) -> Json:
    """A subscriber; only the channel in use is shown."""
    view: Json = {"id": subscriber.id, "name": subscriber.name}
    if subscriber.email_config is not None:
        view["email_config"] = dict(subscriber.email_config)
    if subscriber.webhook_config is not None:
        view["webhook_config"] = dict(subscriber.webhook_config)
    return view
