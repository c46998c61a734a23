# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every resource of every product. Modules import only the product file they need."""

from __future__ import annotations

from ansible_collections.scw.cloud.plugins.module_utils.container import resources as container
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.edge import resources as edge
from ansible_collections.scw.cloud.plugins.module_utils.edge import stages as edge_stages
from ansible_collections.scw.cloud.plugins.module_utils.function import resources as function
from ansible_collections.scw.cloud.plugins.module_utils.lb.certificates import CERTIFICATE
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import IP, LB, PRIVATE_NETWORK, SUBSCRIBER
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ACL, BACKEND, FRONTEND, ROUTE

LOAD_BALANCER: tuple[Resource, ...] = (LB, IP, SUBSCRIBER, PRIVATE_NETWORK, BACKEND, CERTIFICATE, FRONTEND, ACL, ROUTE)
CONTAINERS: tuple[Resource, ...] = (container.NAMESPACE, container.CONTAINER, container.DOMAIN, container.TRIGGER)
FUNCTIONS: tuple[Resource, ...] = (
    function.NAMESPACE,
    function.FUNCTION,
    function.CRON,
    function.DOMAIN,
    function.TRIGGER,
)
EDGE: tuple[Resource, ...] = (
    edge.PIPELINE,
    edge.VPC_ENDPOINT,
    *edge_stages.STAGES.values(),
    edge_stages.HEAD_STAGE,
)
RESOURCES: tuple[Resource, ...] = LOAD_BALANCER + CONTAINERS + FUNCTIONS + EDGE
