# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates: issued by Let's Encrypt, or brought by the user."""

from __future__ import annotations

from emulator.clock import ZERO_TIME
from emulator.errors import invalid_argument, still_in_use
from emulator.lb import settling
from emulator.lb.pem import read_chain
from emulator.lb.records import Certificate, LoadBalancer
from emulator.lb.state import LbState
from emulator.lb.views import certificate_view
from emulator.listing import contains, page
from emulator.operations import Answer, Call


def list_certificates(state: LbState, call: Call) -> Answer:
    """List the certificates of a Load Balancer."""
    lb = state.lb(call.place, call.ids["lb_id"])
    found = [c for c in state.certificates.of(lb.id) if contains(c.name, call.value("name"))]
    for certificate in found:
        settling.observe_certificate(state, certificate)
    return page(call, found, "certificates", lambda certificate: certificate_view(state, certificate))


def create_certificate(state: LbState, call: Call) -> Answer:
    """Create a certificate: ready at once when its content is given, pending until it is issued otherwise."""
    lb = state.lb(call.place, call.ids["lb_id"])
    settling.require_settled(state, lb)
    chain, request = call.value("custom_certificate"), call.value("letsencrypt")
    if (chain is None) == (request is None):
        raise invalid_argument("letsencrypt", "one of letsencrypt, custom_certificate must be set", "required")
    certificate = _custom(state, lb, chain["certificate_chain"]) if chain else _requested(state, lb, request)
    certificate.name = call.value("name")
    state.certificates.add(certificate)
    # The answer still shows settled instances (recorded).
    answer = certificate_view(state, certificate, instances=True)
    settling.configure(state, lb)
    return answer


def _custom(state: LbState, lb: LoadBalancer, chain: str) -> Certificate:
    content = read_chain(chain)
    now = state.world.clock.tick()
    return Certificate(
        id=state.world.identities.uuid(),
        lb_id=lb.id,
        created_at=now,
        updated_at=now,
        name="",
        type="custom",
        common_name=content.common_name,
        subject_alternative_name=content.subject_alternative_name,
        status="ready",
        fingerprint="",
        not_valid_before=content.not_valid_before,
        not_valid_after=content.not_valid_after,
    )


def _requested(state: LbState, lb: LoadBalancer, request: dict[str, object]) -> Certificate:
    now = state.world.clock.tick()
    # Only the request of a certificate is a change of the Load Balancer itself (recorded).
    lb.updated_at = now
    names = request.get("subject_alternative_name")
    return Certificate(
        id=state.world.identities.uuid(),
        lb_id=lb.id,
        created_at=now,
        updated_at=now,
        name="",
        type="letsencrypt",
        common_name=str(request["common_name"]),
        subject_alternative_name=list(names) if isinstance(names, list) else [],
        status="pending",
        fingerprint="",
        not_valid_before=ZERO_TIME,
        not_valid_after=ZERO_TIME,
        transition=state.world.start(settling.CREATING),
    )


def _certificate(state: LbState, call: Call) -> Certificate:
    return state.child(call.place, state.certificates.get(call.ids["certificate_id"]), "certificate")


def get_certificate(state: LbState, call: Call) -> Answer:
    """Read a certificate."""
    certificate = _certificate(state, call)
    settling.observe_certificate(state, certificate)
    return certificate_view(state, certificate)


def update_certificate(state: LbState, call: Call) -> Answer:
    """Rename a certificate; its content cannot be changed."""
    certificate = _certificate(state, call)
    settling.require_settled(state, state.lb_of(certificate))
    settling.require_settled_certificate(state, certificate)
    certificate.name = call.value("name")
    certificate.updated_at = state.world.clock.tick()
    return certificate_view(state, certificate)


def delete_certificate(state: LbState, call: Call) -> Answer:
    """Delete a certificate no frontend uses."""
    certificate = _certificate(state, call)
    lb = state.lb_of(certificate)
    settling.require_settled(state, lb)
    settling.require_settled_certificate(state, certificate)
    if any(certificate.id in frontend.certificate_ids for frontend in state.frontends.of(lb.id)):
        raise still_in_use("Certificate is used by a frontend")
    state.certificates.remove(certificate)
    settling.configure(state, lb)
    return None
