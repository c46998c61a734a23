# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tested resources need around them, made by plain HTTP: two of everything that others belong or refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from behaviour.account import BACKEND_BODY, BACKENDS, PROJECT_ID, Account, Thing, Use
from behaviour.fields import points_elsewhere
from naming import key_of, product_of


class Surroundings:
    """Things by the labels that samples use for them."""

    def __init__(self, account: Account, resource: Resource) -> None:
        self.account = account
        self.resource = resource
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


def _build_namespaces(product: str, things: Surroundings) -> None:
    for name in ("outer", "elsewhere"):
        made = things.account.post("/namespaces", name=name, project_id=PROJECT_ID)
        things.account.call("GET", f"/namespaces/{made['id']}")
        things.add(f"{product}_namespace", name, name, made["id"])


def _build_workloads(product: str, settings: Mapping[str, Any], things: Surroundings) -> None:
    for namespace, name in (("outer", f"{product}-a"), ("elsewhere", f"far-{product}-a")):
        made = things.account.post(f"/{product}s", namespace_id=things.id(namespace), name=name, **settings)
        things.account.call("GET", f"/{product}s/{made['id']}")
        things.add(product, name, name, made["id"])


# The smallest stages of each kind; a backend needs a bucket besides, one of its own.
STAGES: Mapping[str, Mapping[str, Any]] = {
    "backend": {},
    "waf": {"mode": "enable", "paranoia_level": 1},
    "route": {},
    "cache": {},
    "tls": {},
    "dns": {},
}
NETWORKS = {which: f"{which}6666666-6666-4666-8666-666666666666" for which in "ab"}
FAR_ORIGINS = {"container": ("/containers/v1", "regions/pl-waw"), "function": ("/functions/v1beta1", "regions/pl-waw")}


def _build_pipelines(things: Surroundings) -> None:
    account = things.account
    account.call("PATCH", "/current-plan", {"project_id": PROJECT_ID, "plan_name": "advanced"})
    for name in ("outer", "elsewhere"):
        made = account.post("/pipelines", name=name, description="", project_id=PROJECT_ID)
        things.add("edge_pipeline", name, name, made["id"])
    for which, network in NETWORKS.items() if key_of(things.resource) == "edge_pipeline" else ():
        made = account.post("/vpc-endpoints", project_id=PROJECT_ID, region="fr-par", private_network_id=network)
        things.add("edge_vpc_endpoint", f"edge_vpc_endpoint-{which}", made["id"], made["id"])


def _build_in_pipelines(things: Surroundings) -> None:
    """Two stages of every kind but the one that is tested, which is found as the only one. They have no names."""
    for kind in (kind for kind in STAGES if f"edge_{kind}_stage" != key_of(things.resource)):
        for pipeline, prefix in (("outer", ""), ("elsewhere", "far-")):
            for which in "ab":
                label = f"{prefix}edge_{kind}_stage-{which}"
                body = {**STAGES[kind], **_leading(things, kind, label, f"{prefix}edge_backend_stage-{which}")}
                made = things.account.post(f"/pipelines/{things.id(pipeline)}/{kind}-stages", **body)
                things.add(f"edge_{kind}_stage", label, made["id"], made["id"])
    if points_elsewhere(things.resource):
        _build_origins(things)


def _leading(things: Surroundings, kind: str, label: str, backend: str) -> dict[str, Any]:
    """Where a stage leads: a backend to a bucket of its own, another to a backend if there is one."""
    if kind == "backend":
        return {"scaleway_s3": {"bucket_name": label, "bucket_region": "fr-par"}}
    return {"backend_stage_id": things.id(backend)} if backend in things else {}


def _build_origins(things: Surroundings) -> None:
    """What lies in other products: a load balancer with two frontends, two containers and two functions."""
    account = things.account.at("/lb/v1", "zones/fr-par-1")
    lb = account.post("/lbs", name="origin", type="LB-S", project_id=PROJECT_ID, assign_flexible_ip=False)
    things.add("lb", "origin", "origin", lb["id"])
    backend = account.post(f"/lbs/{lb['id']}/backends", **{**BACKEND_BODY, "name": "origin"})
    for port, name in enumerate(("origin-a", "origin-b"), start=80):
        body = {"name": name, "inbound_port": port, "backend_id": backend["id"]}
        made = account.post(f"/lbs/{lb['id']}/frontends", **body)
        things.add("lb_frontend", name, name, made["id"])
    for product, (base, scope) in FAR_ORIGINS.items():
        account = things.account.at(base, scope)
        namespace = account.post("/namespaces", name="origin", project_id=PROJECT_ID)
        account.call("GET", f"/namespaces/{namespace['id']}")
        for name in ("a", "b"):
            made = account.post(f"/{product}s", namespace_id=namespace["id"], name=name, **WORKLOADS[product])
            things.add(product, f"origin-{product}-{name}", f"origin/{name}", made["id"])


WORKLOADS = {"container": {"image": "rg.fr-par.scw.cloud/shop/web:1"}, "function": {"runtime": "python313"}}
BUILDERS: Mapping[str, Callable[[Surroundings], None]] = {
    "lb": _build_load_balancers,
    "container": partial(_build_namespaces, "container"),
    "function": partial(_build_namespaces, "function"),
    "edge": _build_pipelines,
}
CHILDREN: Mapping[str, Callable[[Surroundings], None]] = {
    "lb": _build_in_load_balancers,
    "container": partial(_build_workloads, "container", WORKLOADS["container"]),
    "function": partial(_build_workloads, "function", WORKLOADS["function"]),
    "edge": _build_in_pipelines,
}


def _replaced(value: Any, by: Any) -> Any:
    if isinstance(value, Use):
        return by(value.label)
    if isinstance(value, Mapping):
        return {key: _replaced(nested, by) for key, nested in value.items()}
    return [_replaced(nested, by) for nested in value] if isinstance(value, list) else value
