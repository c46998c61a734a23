# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A play in which every module has a task, and every option that is secret a secret.

Tasks are in the order in which a person would build things. ``{{ secret_N }}`` are variables of the play.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from security.spelled import echoes, secret_text

MODULES = Path(__file__).parents[2] / "plugins" / "modules"
ACCESS_KEY = "SCW5ECRETACCE55KEY01"
PEM = "{{ secret_pem }}"
WEB = {"lb": "web"}
API = {"namespace": "shop", "container": "api"}
RESIZE = {"namespace": "code", "function": "resize"}
SITE = {"pipeline": "site"}


@dataclass(frozen=True)
class Step:
    """One task. ``secrets``: numbers of the secrets in its options. ``hidden``: whether its result is one, too."""

    module: str
    options: Mapping[str, Any]
    creates: str = ""
    secrets: tuple[int, ...] = ()
    hidden: bool = field(default=False, kw_only=True)


def _var(number: int) -> str:
    return f"{{{{ secret_{number} }}}}"


def _stage(kind: str, **options: Any) -> Step:
    return Step(f"scw_edge_{kind}_stage", {**SITE, **options})


_FRONTEND = {"name": "https", "inbound_port": 443, "backend": "app", "certificates": ["own"]}
_OWN = {"custom_certificate": {"certificate_chain": PEM}}
_DENY = {"action": {"type": "deny"}, "match": {"ip_subnet": ["10.0.0.0/8"]}}
BALANCER = (
    Step("scw_lb_ip", {"tags": ["web"]}),
    Step("scw_lb_subscriber", {"name": "duty", "email_config": {"email": "duty@example.com"}}),
    Step("scw_lb", {"name": "web", "type": "lb-s", "certificates": [{"name": "inline", **_OWN}]}),
    Step("scw_lb_private_network", {**WEB, "private_network_id": "a5555555-5555-4555-8555-555555555551"}),
    Step("scw_lb_certificate", {**WEB, "name": "own", **_OWN}, "CreateCertificate"),
    Step(
        "scw_lb_certificate",
        {**WEB, "name": "file", "custom_certificate": {"certificate_chain_file": "own.pem"}},
        "CreateCertificate",
    ),
    Step("scw_lb_backend", {**WEB, "name": "app", "forward_protocol": "http", "forward_port": 80}),
    Step("scw_lb_backend_server", {**WEB, "backend": "app", "server_ip": ["10.0.0.1"]}),
    Step("scw_lb_frontend", {**WEB, **_FRONTEND}),
    Step("scw_lb_acl", {**WEB, "frontend": "https", "name": "deny", "index": 1, **_DENY}),
    Step("scw_lb_acls", {**WEB, "frontend": "https", "acls": [{"name": "deny", **_DENY}]}),
    Step("scw_lb_route", {**WEB, "frontend": "https", "backend": "app", "match": {"host_header": "a.example.com"}}),
)
_QUEUE = {"region": "fr-par", "endpoint": "https://sqs.example.com", "access_key_id": "AK", "queue_url": "https://q"}
_SUBJECT = {"server_urls": ["nats://nats.example.com:4222"], "subject": "orders"}
CONTAINERS = (
    Step(
        "scw_container_namespace",
        {"name": "shop", "secret_environment_variables": {"A": _var(1)}},
        "CreateContainerNamespace",
        (1,),
    ),
    Step(
        "scw_container",
        {
            "namespace": "shop",
            "name": "api",
            "image": "rg.fr-par.scw.cloud/shop/web:1",
            "secret_environment_variables": {"B": _var(2), "C": _var(3)},
        },
        "CreateContainer",
        (2, 3),
    ),
    Step("scw_container_domain", {**API, "hostname": "api.example.com"}),
    Step(
        "scw_container_trigger",
        {**API, "name": "queue", "sqs_config": {**_QUEUE, "secret_access_key": _var(4)}},
        "CreateContainerTrigger",
        (4,),
    ),
    Step(
        "scw_container_trigger",
        {**API, "name": "subject", "nats_config": {**_SUBJECT, "credentials_file_content": _var(5)}},
        "CreateContainerTrigger",
        (5,),
    ),
    Step("scw_container_redeploy", API),
)
_OWN_QUEUE = {"endpoint": "https://sqs.example.com", "queue_url": "https://q", "access_key": _var(9)}
FUNCTIONS = (
    Step(
        "scw_function_namespace",
        {"name": "code", "secret_environment_variables": {"D": _var(6)}},
        "CreateFunctionNamespace",
        (6,),
    ),
    Step(
        "scw_function",
        {
            "namespace": "code",
            "name": "resize",
            "runtime": "python313",
            "src": "code",
            "secret_environment_variables": {"E": _var(7)},
        },
        "CreateFunction",
        (7,),
    ),
    Step("scw_function_deploy", RESIZE),
    Step("scw_function_code", {**RESIZE, "dest": "{{ playbook_dir }}/fetched.zip"}),
    Step("scw_function_cron", {**RESIZE, "name": "night", "schedule": "5 4 * * *"}),
    Step("scw_function_domain", {**RESIZE, "hostname": "resize.example.com"}),
    Step(
        "scw_function_trigger",
        {**RESIZE, "name": "queue", "sqs_config": {**_OWN_QUEUE, "secret_key": _var(8)}},
        "CreateFunctionTrigger",
        (8, 9),
    ),
    Step("scw_function_token", {**RESIZE, "description": "web shop"}, hidden=True),
)
_BUCKET = {"scaleway_s3": {"bucket_name": "site", "bucket_region": "fr-par"}}
EDGE = (
    Step("scw_edge_plan", {"plan_name": "advanced"}),
    Step("scw_edge_vpc_endpoint", {"region": "fr-par", "private_network_id": "a5555555-5555-4555-8555-555555555551"}),
    Step("scw_edge_pipeline", {"name": "site"}),
    _stage("backend", **_BUCKET),
    _stage("waf", mode="enable", paranoia_level=1, backend_stage="only"),
    _stage("cache", backend_stage="only"),
    _stage("route", waf_stage="only"),
    _stage("tls", managed_certificate=True, cache_stage="only"),
    _stage("dns", fqdns=["www.example.com"], tls_stage="only"),
    _stage("head", dns_stage="only"),
    Step("scw_edge_purge", {**SITE, "all": True}),
    Step("scw_edge_check", {"pem_chain": {"fqdn": "www.example.com", "raw": PEM}, "fail_if_invalid": False}),
)
READS = (
    *(Step(f"scw_lb{kind}_info", {}) for kind in ("", "_ip", "_subscriber", "_type")),
    *(Step(f"scw_lb_{kind}_info", WEB) for kind in ("backend", "certificate", "frontend", "private_network", "stats")),
    *(Step(f"scw_lb_{kind}_info", {**WEB, "frontend": "https"}) for kind in ("acl", "route")),
    *(Step(f"scw_{product}_namespace_info", {}) for product in ("container", "function")),
    *(
        Step(f"scw_{product}_info", {"namespace": place})
        for product, place in (("container", "shop"), ("function", "code"))
    ),
    *(Step(f"scw_container_{kind}_info", API) for kind in ("domain", "trigger")),
    *(Step(f"scw_function_{kind}_info", RESIZE) for kind in ("cron", "domain", "trigger", "token")),
    *(Step(f"scw_{name}_info", {}) for name in ("function_runtime", "edge_plan", "edge_pipeline", "edge_vpc_endpoint")),
    *(Step(f"scw_edge_{kind}_stage_info", SITE) for kind in ("backend", "waf", "cache", "route", "tls", "dns", "head")),
)
STEPS = (*BALANCER, *CONTAINERS, *FUNCTIONS, *EDGE, *READS)
SECRETS = {number: secret_text(number) for step in STEPS for number in step.secrets}

_CONTAINER = next(step for step in STEPS if step.module == "scw_container").options
# Options that make a task fail with its secret beside them.
BROKEN: tuple[Step, ...] = (
    Step(
        "scw_lb_certificate", {**WEB, "name": "bad", "custom_certificate": {"certificate_chain": "{{ secret_half }}"}}
    ),
    Step("scw_edge_check", {"pem_chain": {"fqdn": "www.example.com", "raw": "{{ secret_half }}"}}),
    Step("scw_container", {**_CONTAINER, "name": "bad", "tgas": []}, "", (2, 3)),
    Step("scw_container", {**_CONTAINER, "name": "bad", "region": "mars"}, "", (2, 3)),
    Step("scw_container", {**_CONTAINER, "name": "bad", "secret_environment_variables": _var(2)}, "", (2,)),
    Step("scw_function_trigger", {**RESIZE, "name": "bad", "sqs_config": {"secret_key": [_var(8)]}}, "", (8,)),
)


def renamed(step: Step, which: str) -> Step:
    """The same task about another resource."""
    return Step(step.module, {**step.options, "name": f"{step.options['name']}-{which}"}, step.creates, step.secrets)


BESIDE = {"CreateCertificate": 1}
"""How often a task creates something beside what it is for."""


def refused(pem: str, *, lost: bool) -> Iterator[tuple[Step, dict[str, Any]]]:
    """Tasks that create what holds a secret, and how the API answers each of them.

    ``lost``: whether there are answers that may be lost too, after which a task looks again for some time.
    """
    seen: dict[str, int] = dict(BESIDE)
    for step in STEPS:
        seen[step.creates] = seen.get(step.creates, 0) + 1
    for place, step in enumerate(step for step in STEPS if step.creates):
        said = " / ".join(echoes(SECRETS[number]) for number in step.secrets) or echoes(pem)
        answers = _answers(said)
        other = list(answers)[1 + place % 4]  # each takes its time, so each is tried with some
        for which in ("bad", other) if lost else ("bad",):
            yield renamed(step, which), {"operation": step.creates, "after": seen[step.creates], **answers[which]}
            seen[step.creates] += 1


def _answers(said: str) -> dict[str, dict[str, Any]]:
    """How the API answers a creation, quoting a secret."""
    body = {"message": said, "type": "invalid_arguments", "details": [{"argument_name": "x", "reason": said}]}
    return {
        "bad": {"kind": "status", "status": 400, "body": body},
        "not": {"kind": "status", "status": 403, "body": {"message": said, "fields": {"x": [said]}}},
        "ill": {"kind": "html", "status": 500, "body": f"<p>{said}</p>", "processed": True},
        "odd": {"kind": "html", "status": 200, "body": said, "processed": True},
        "cut": {"kind": "truncate"},
    }


def secret_options(module: str) -> set[str]:
    """Dotted paths of the options of a module that are secret, those aside that all modules have."""
    program = importlib.import_module(f"ansible_collections.scw.cloud.plugins.modules.{module}").PROGRAM

    def paths(spec: Mapping[str, Any], at: str = "") -> Iterator[str]:
        for name, option in spec.items():
            if option.get("no_log"):
                yield f"{at}{name}"
            yield from paths(option.get("options") or {}, f"{at}{name}.")

    return set(paths(program.arguments["argument_spec"])) - {"secret_key", "access_key"}


def has(options: Any, path: str) -> bool:
    """Whether options give one at a dotted path, in any element of lists."""
    head, _dot, rest = path.partition(".")
    if isinstance(options, list):
        return any(has(one, path) for one in options)
    if not isinstance(options, Mapping) or head not in options:
        return False
    return not rest or has(options[head], rest)
