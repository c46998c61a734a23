# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tested resources need around them, made by plain HTTP: two of everything that others belong or refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.resource import Resource
from behaviour.account import BACKEND_BODY, BACKENDS, PROJECT_ID, Account, Thing, Use
from naming import product_of


class Surroundings:
    """Things by the labels that samples use for them."""

    def __init__(self, account: Account, resource: Resource) -> None:
        self.account = account
        self._things: dict[str, Thing] = {}
        BUILDERS[product_of(resource)](self)
        if resource.parent is not None:
            CHILDREN[product_of(resource)](self)

    def add(self, kind: str, label: str, name: str, id: str) -> None:
        """Remember something."""
        self._things[label] = Thing(kind, name, id)

    def id(self, label: str) -> str:
        """ID of the thing with this label."""
        return self._things[label].id

    def name(self, label: str) -> str:
        """How a task names the thing with this label."""
        return self._things[label].name

    def written(self, value: Any) -> Any:
        """``value`` of a sample as a task writes it."""
        return _replaced(value, self.name)

    def shown(self, value: Any) -> Any:
        """``value`` of a sample as the API shows it."""
        return _replaced(value, self.id)

    def count(self, kind: str) -> int:
        """How many things of one kind there are."""
        return sum(1 for thing in self._things.values() if thing.kind == kind)

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)


def _build_load_balancers(things: Surroundings) -> None:
    account = things.account
    for name in ("outer", "elsewhere"):
        lb = account.post("/lbs", name=name, type="LB-S", project_id=PROJECT_ID, assign_flexible_ip=False)
        account.call("GET", f"/lbs/{lb['id']}")
        things.add("lb", name, name, lb["id"])
    for label in ("ip-a", "ip-b"):
        ip = account.post("/ips", project_id=PROJECT_ID)
        things.add("lb_ip", label, ip["ip_address"], ip["id"])
    ipv6 = account.post("/ips", project_id=PROJECT_ID, is_ipv6=True)
    things.add("lb_ip", "ip-6", ipv6["ip_address"], ipv6["id"])
    for name in ("subscriber-a", "subscriber-b"):
        email = {"email": f"{name}@example.com"}
        made = account.post("/subscribers", name=name, project_id=PROJECT_ID, email_config=email)
        things.add("lb_subscriber", name, name, made["id"])


def _build_in_load_balancers(things: Surroundings) -> None:
    for label, prefix in (("outer", ""), ("elsewhere", "far-")):
        _build_in_load_balancer(things, f"/lbs/{things.id(label)}", prefix)


def _build_in_load_balancer(things: Surroundings, path: str, prefix: str) -> None:
    account = things.account
    for backend, protocol in BACKENDS.items():
        name = f"{prefix}{backend}"
        made = account.post(f"{path}/backends", **{**BACKEND_BODY, "name": name, "forward_protocol": protocol})
        things.add("lb_backend", name, name, made["id"])
    name, backend_id = f"{prefix}frontend-a", things.id(f"{prefix}backend-a")
    made = account.post(f"{path}/frontends", name=name, inbound_port=8000, backend_id=backend_id)
    things.add("lb_frontend", name, name, made["id"])
    for name in (f"{prefix}certificate-a", f"{prefix}certificate-b"):
        domain = {"common_name": f"{name}.example.com", "subject_alternative_name": []}
        made = account.post(f"{path}/certificates", name=name, letsencrypt=domain)
        account.call("GET", f"/certificates/{made['id']}")
        things.add("lb_certificate", name, name, made["id"])


def _build_namespaces(things: Surroundings) -> None:
    for name in ("outer", "elsewhere"):
        made = things.account.post("/namespaces", name=name, project_id=PROJECT_ID)
        things.account.call("GET", f"/namespaces/{made['id']}")
        things.add("container_namespace", name, name, made["id"])


def _build_containers(things: Surroundings) -> None:
    for namespace, name in (("outer", "container-a"), ("elsewhere", "far-container-a")):
        body = {"namespace_id": things.id(namespace), "name": name, "image": "rg.fr-par.scw.cloud/shop/web:1"}
        made = things.account.post("/containers", **body)
        things.account.call("GET", f"/containers/{made['id']}")
        things.add("container", name, name, made["id"])


BUILDERS: Mapping[str, Callable[[Surroundings], None]] = {
    "lb": _build_load_balancers,
    "container": _build_namespaces,
}
CHILDREN: Mapping[str, Callable[[Surroundings], None]] = {
    "lb": _build_in_load_balancers,
    "container": _build_containers,
}


def _replaced(value: Any, by: Any) -> Any:
    if isinstance(value, Use):
        return by(value.label)
    if isinstance(value, Mapping):
        return {key: _replaced(nested, by) for key, nested in value.items()}
    return [_replaced(nested, by) for nested in value] if isinstance(value, list) else value
