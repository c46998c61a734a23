# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applying a status rule to objects that have settled already."""

from __future__ import annotations

from scaleway.lb.v1.types import CertificateStatus, InstanceStatus, LbStatus, PrivateNetworkStatus

from emulator.lb.state import LbState
from emulator.world import StatusRule

STATUS_KINDS = {
    "lb": frozenset(item.value for item in LbStatus),
    "instance": frozenset(item.value for item in InstanceStatus),
    "certificate": frozenset(item.value for item in CertificateStatus),
    "private_network": frozenset(item.value for item in PrivateNetworkStatus),
}


def force(state: LbState, rule: StatusRule) -> None:
    """Give the objects a rule covers its status at once."""
    for lb in state.lbs:
        if rule.covers("lb", lb.id, lb.name):
            lb.status = rule.status
            lb.transition = None
        for instance in lb.instances:
            if rule.covers("instance", instance.id, lb.id, lb.name):
                instance.status = rule.status
                instance.transition = None
    for certificate in state.certificates:
        if rule.covers("certificate", certificate.id, certificate.name, certificate.common_name):
            certificate.status = rule.status
            certificate.status_details = rule.details
            certificate.transition = None
    for network in state.private_networks:
        if rule.covers("private_network", network.private_network_id, network.lb_id):
            network.status = rule.status
            network.transition = None
