# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every Serverless Containers operation: name, method, path, the SDK's request type, and the function that answers.

Other products have namespaces, domains and triggers too, so the names say whose they are.
"""

from __future__ import annotations

from functools import partial

from scaleway.container.v1 import types

from emulator.containers import containers, domains, namespaces, triggers
from emulator.containers.state import ContainersState
from emulator.operations import Operation
from emulator.serverless.operation_table import operation

_BASE = "/containers/v1/regions/{region}"
_operation = partial(operation, types, _BASE)

_NAMESPACE = "/namespaces/{namespace_id}"
_CONTAINER = "/containers/{container_id}"
_DOMAIN = "/domains/{domain_id}"
_TRIGGER = "/triggers/{trigger_id}"

OPERATIONS: tuple[Operation[ContainersState], ...] = (
    _operation("ListContainerNamespaces", "GET", "/namespaces", "ListNamespaces", namespaces.list_namespaces),
    _operation("CreateContainerNamespace", "POST", "/namespaces", "CreateNamespace", namespaces.create_namespace),
    _operation("GetContainerNamespace", "GET", _NAMESPACE, "GetNamespace", namespaces.get_namespace),
    _operation("UpdateContainerNamespace", "PATCH", _NAMESPACE, "UpdateNamespace", namespaces.update_namespace),
    _operation("DeleteContainerNamespace", "DELETE", _NAMESPACE, "DeleteNamespace", namespaces.delete_namespace),
    _operation("ListContainers", "GET", "/containers", "ListContainers", containers.list_containers),
    _operation("CreateContainer", "POST", "/containers", "CreateContainer", containers.create_container),
    _operation("GetContainer", "GET", _CONTAINER, "GetContainer", containers.get_container),
    _operation("UpdateContainer", "PATCH", _CONTAINER, "UpdateContainer", containers.update_container),
    _operation("DeleteContainer", "DELETE", _CONTAINER, "DeleteContainer", containers.delete_container),
    _operation(
        "RedeployContainer", "POST", f"{_CONTAINER}/redeploy", "RedeployContainer", containers.redeploy_container
    ),
    _operation("ListContainerDomains", "GET", "/domains", "ListDomains", domains.list_domains),
    _operation("CreateContainerDomain", "POST", "/domains", "CreateDomain", domains.create_domain),
    _operation("GetContainerDomain", "GET", _DOMAIN, "GetDomain", domains.get_domain),
    _operation("UpdateContainerDomain", "PATCH", _DOMAIN, "UpdateDomain", domains.update_domain),
    _operation("DeleteContainerDomain", "DELETE", _DOMAIN, "DeleteDomain", domains.delete_domain),
    _operation("ListContainerTriggers", "GET", "/triggers", "ListTriggers", triggers.list_triggers),
    _operation("CreateContainerTrigger", "POST", "/triggers", "CreateTrigger", triggers.create_trigger),
    _operation("GetContainerTrigger", "GET", _TRIGGER, "GetTrigger", triggers.get_trigger),
    _operation("UpdateContainerTrigger", "PATCH", _TRIGGER, "UpdateTrigger", triggers.update_trigger),
    _operation("DeleteContainerTrigger", "DELETE", _TRIGGER, "DeleteTrigger", triggers.delete_trigger),
)
