# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How Load Balancers, certificates and private networks settle.

A Load Balancer goes to_create, creating, ready; migrating, ready with another instance; to_delete, gone.
A change of its configuration leaves it ready and makes its instances pending for a while (recorded).
"""

from __future__ import annotations

from scaleway.lb.v1.content import INSTANCE_TRANSIENT_STATUSES, LB_TRANSIENT_STATUSES

from emulator.errors import not_found, transient_state
from emulator.lb.records import Certificate, Instance, LoadBalancer, PrivateNetwork
from emulator.lb.state import LbState
from emulator.world import StatusRule

DELETING = "delete"
MIGRATING = "migrate"
CREATING = "create"
CONFIGURING = "configure"
_CERTIFICATE_DAYS = 90
_DAY_NS = 86_400_000_000_000


def observe_lb(state: LbState, lb: LoadBalancer) -> None:
    """Let a Load Balancer be seen once: settle what is due, count a sighting of what is not."""
    _advance_lb(state, lb, counts=True)


def observe_all(state: LbState) -> None:
    """Finish what real time has finished, so that deletions by clock need no read of the object itself."""
    if state.world.settings.settle_seconds is None:
        return
    for lb in state.lbs:
        _advance_lb(state, lb, counts=False)


def require_settled(state: LbState, lb: LoadBalancer) -> None:
    """Answer 409 while a Load Balancer or its instances are unsettled; the refusal counts as a sighting."""
    state.require_project(lb.project_id, "lb")
    if not state.world.settings.busy_conflict:
        return
    _advance_lb(state, lb, counts=True)
    if state.lbs.get(lb.id) is None:
        raise not_found("lbs")
    if lb.status in LB_TRANSIENT_STATUSES:
        raise transient_state("lb", lb.id, lb.status)
    busy = next((instance for instance in lb.instances if instance.status in INSTANCE_TRANSIENT_STATUSES), None)
    if busy is not None:
        raise transient_state("lb", lb.id, busy.status)


def configure(state: LbState, lb: LoadBalancer) -> None:
    """Make the instances of a Load Balancer pending, as every change of its configuration does."""
    for instance in lb.instances:
        if lb.transition is None:
            instance.status = "pending"
            instance.updated_at = state.world.clock.tick()
            instance.transition = state.world.start(CONFIGURING)


def new_instance(state: LbState, status: str) -> Instance:
    """Take a machine from the stock; it is older than the Load Balancer (recorded)."""
    now = state.world.clock.now
    return Instance(state.world.identities.uuid(), status, now - 60_000_000_000, now)


def _advance_lb(state: LbState, lb: LoadBalancer, counts: bool) -> None:
    world = state.world
    for instance in lb.instances:
        _advance_instance(state, lb, instance, counts)
    transition = lb.transition
    if transition is None:
        return
    if world.is_over(transition, world.rule_for("lb", lb.id, lb.name)):
        _finish_lb(state, lb)
        return
    if transition.goal == CREATING:
        lb.status = "creating" if world.is_late(transition) else "to_create"
        lb.instances = lb.instances or [new_instance(state, "unknown")]
    transition.sightings += int(counts)


def _advance_instance(state: LbState, lb: LoadBalancer, instance: Instance, counts: bool) -> None:
    transition = instance.transition
    if transition is None:
        return
    rule = state.world.rule_for("instance", instance.id, lb.id, lb.name)
    if state.world.is_over(transition, rule):
        instance.transition = None
        instance.status = rule.status if rule else "ready"
        instance.updated_at = state.world.clock.tick()
        return
    transition.sightings += int(counts)


def _finish_lb(state: LbState, lb: LoadBalancer) -> None:
    goal = lb.transition.goal if lb.transition else ""
    rule = state.world.rule_for("lb", lb.id, lb.name)
    lb.transition = None
    if goal == DELETING:
        remove_lb(state, lb)
        return
    if goal == MIGRATING and rule is None:
        lb.type = lb.next_type or lb.type
        lb.instances = [new_instance(state, "ready")]
    lb.next_type = None
    lb.status = rule.status if rule else "ready"
    lb.updated_at = state.world.clock.tick()
    lb.instances = lb.instances or [new_instance(state, "ready")]
    instance_rule = state.world.rule_for("instance", lb.id, lb.name)
    for instance in lb.instances:
        instance.status = _settled_instance_status(instance_rule, lb)
        instance.updated_at = lb.updated_at


def _settled_instance_status(rule: StatusRule | None, lb: LoadBalancer) -> str:
    if rule is not None and rule.status != "never":
        return rule.status
    return "ready" if lb.status == "ready" else "error"


def remove_lb(state: LbState, lb: LoadBalancer) -> None:
    """Remove a Load Balancer with everything below it; its addresses are released or kept as was asked."""
    for frontend in state.frontends.of(lb.id):
        for acl in state.acls.of(frontend.id):
            state.acls.remove(acl)
        state.frontends.remove(frontend)
    for route in state.routes.of(lb.id):
        state.routes.remove(route)
    for backend in state.backends.of(lb.id):
        state.backends.remove(backend)
    for certificate in state.certificates.of(lb.id):
        state.certificates.remove(certificate)
    for network in state.private_networks.of(lb.id):
        state.private_networks.remove(network)
    for ip in (state.ips.get(ip_id) for ip_id in lb.ip_ids):
        if ip is not None and lb.release_ip:
            state.ips.remove(ip)
        elif ip is not None:
            ip.lb_id = None
    state.lbs.remove(lb)


def observe_certificate(state: LbState, certificate: Certificate) -> None:
    """Let a certificate be seen once: issue it, refuse it, or count the sighting."""
    transition = certificate.transition
    if transition is None:
        return
    rule = state.world.rule_for("certificate", certificate.id, certificate.name, certificate.common_name)
    if not state.world.is_over(transition, rule):
        transition.sightings += 1
        return
    certificate.transition = None
    certificate.updated_at = state.world.clock.tick()
    if rule is None and certificate.common_name.startswith("fail."):
        rule = StatusRule("certificate", details=f"the domain {certificate.common_name} does not resolve to this LB")
    if rule is not None and rule.status != "ready":
        certificate.status = rule.status
        certificate.status_details = rule.details or "the certificate could not be issued"
        return
    _issue(state, certificate)


def _issue(state: LbState, certificate: Certificate) -> None:
    clock = state.world.clock
    certificate.status = "ready"
    certificate.fingerprint = state.world.identities.fingerprint()
    certificate.not_valid_before = clock.seconds_text(clock.now)
    certificate.not_valid_after = clock.seconds_text(clock.now + _CERTIFICATE_DAYS * _DAY_NS)


def require_settled_certificate(state: LbState, certificate: Certificate) -> None:
    """Answer 409 while a certificate is being issued; the refusal counts as a sighting."""
    if not state.world.settings.busy_conflict:
        return
    observe_certificate(state, certificate)
    if certificate.transition is not None:
        raise transient_state("certificate", certificate.id, certificate.status)


def observe_network(state: LbState, network: PrivateNetwork) -> None:
    """Let an attachment be seen once: finish attaching or detaching, or count the sighting."""
    transition = network.transition
    if transition is None:
        return
    rule = state.world.rule_for("private_network", network.private_network_id, network.lb_id)
    if not state.world.is_over(transition, rule):
        transition.sightings += 1
        return
    network.transition = None
    if transition.goal == DELETING:
        state.private_networks.remove(network)
        return
    network.status = rule.status if rule else "ready"
    network.updated_at = state.world.clock.tick()
    if not network.ipam_ids and network.static_config is None and network.status == "ready":
        network.ipam_ids = [state.world.identities.uuid()]


def require_settled_network(state: LbState, network: PrivateNetwork) -> None:
    """Answer 409 while an attachment is changing; the refusal counts as a sighting."""
    if not state.world.settings.busy_conflict:
        return
    observe_network(state, network)
    if network.transition is not None:
        raise transient_state("private_network", network.private_network_id, network.status)
