# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every resource of every product. Modules import only the product file they need."""

from __future__ import annotations

from ansible_collections.scw.cloud.plugins.module_utils.container import CONTAINER, DOMAIN, NAMESPACE, TRIGGER
from ansible_collections.scw.cloud.plugins.module_utils.lb import IP, LB, PRIVATE_NETWORK, SUBSCRIBER
from ansible_collections.scw.cloud.plugins.module_utils.lb_certificates import CERTIFICATE
from ansible_collections.scw.cloud.plugins.module_utils.lb_traffic import ACL, BACKEND, FRONTEND, ROUTE
from ansible_collections.scw.cloud.plugins.module_utils.resource import Resource

LOAD_BALANCER: tuple[Resource, ...] = (LB, IP, SUBSCRIBER, PRIVATE_NETWORK, BACKEND, CERTIFICATE, FRONTEND, ACL, ROUTE)
CONTAINERS: tuple[Resource, ...] = (NAMESPACE, CONTAINER, DOMAIN, TRIGGER)
RESOURCES: tuple[Resource, ...] = LOAD_BALANCER + CONTAINERS
