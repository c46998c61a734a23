# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of each product."""

from __future__ import annotations

from typing import Any

from properties.lasting import SECRETS
from properties.parts import IdOf, NameOf, Part, Product

TEXTS = ("", "one", "two")
TAGS: tuple[list[str], ...] = ([], ["a"], ["b", "c"])
NETWORK = "a5555555-5555-4555-8555-555555555550"
ADDRESS = "b5555555-5555-4555-8555-555555555551"


# Load Balancer


def _backend(name: str) -> Part:
    return Part(
        name,
        "scw_lb_backend",
        "backends",
        identity={"lb": NameOf("shop"), "name": NameOf(name)},
        # Where nothing is said of it, the port of the check is that of the backend at its creation.
        creation={"forward_protocol": "http", "forward_port": 8080, "health_check": {"port": 8080}},
        fields={
            "forward_port": (8080, 8081),
            "server_ip": ([], ["10.0.0.1"], ["10.0.0.2", "10.0.0.3"]),
            "timeout_server": ("30s", "1m"),
            "health_check": ({"check_delay": "5s"}, {"http_config": {"uri": "/up"}}, {"check_max_retries": 5}),
        },
        shows={"name": NameOf(name)},
        inside="shop",
        renamable=True,
    )


def _frontend(name: str, port: int) -> Part:
    return Part(
        name,
        "scw_lb_frontend",
        "frontends",
        identity={"lb": NameOf("shop"), "name": NameOf(name)},
        creation={"inbound_port": port, "backend": NameOf("web")},
        fields={
            "backend": (NameOf("web"), NameOf("api")),
            "timeout_client": ("5s", "10s"),
            "connection_rate_limit": (10, 20),
        },
        shows={"name": NameOf(name)},
        inside="shop",
        renamable=True,
    )


def _acl(name: str, index: int) -> Part:
    return Part(
        name,
        "scw_lb_acl",
        "acls",
        identity={"lb": NameOf("shop"), "frontend": NameOf("http"), "name": NameOf(name)},
        creation={"index": index, "action": {"type": "allow"}},
        fields={
            "action": ({"type": "allow"}, {"type": "deny"}),
            "match": ({"ip_subnet": ["10.0.0.0/8"]}, {"ip_subnet": ["192.0.2.0/24"], "invert": True}),
            "description": TEXTS,
        },
        shows={"name": NameOf(name)},
        inside="http",
        renamable=True,
    )


LOAD_BALANCER = Product(
    "lb",
    (
        Part(
            "shop",
            "scw_lb",
            "lbs",
            identity={"name": NameOf("shop")},
            creation={"type": "lb-s"},
            fields={"description": TEXTS, "tags": TAGS, "type": ("lb-s", "lb-gp-m")},
            shows={"name": NameOf("shop")},
            removal={"release_ip": True},
            renamable=True,
        ),
        Part(
            "network",
            "scw_lb_private_network",
            "private_networks",
            identity={"lb": NameOf("shop"), "private_network_id": NETWORK},
            creation={"ipam_ids": [ADDRESS]},
            inside="shop",
        ),
        _backend("web"),
        _backend("api"),
        _frontend("http", 80),
        _frontend("https", 443),
        _acl("office", 10),
        _acl("others", 20),
        Part(
            "route",
            "scw_lb_route",
            "routes",
            identity={
                "lb": NameOf("shop"),
                "frontend": NameOf("http"),
                "match": {"host_header": "api.example.com"},
            },
            creation={"backend": NameOf("api")},
            fields={"backend": (NameOf("api"), NameOf("web"))},
            inside="http",
        ),
    ),
    place={"zone": "nl-ams-2"},
)


# Serverless


def _namespace(product: str) -> Part:
    return Part(
        "shop",
        f"scw_{product}_namespace",
        f"{product}_namespaces",
        identity={"name": "shop"},
        fields={"description": TEXTS, "tags": TAGS, "environment_variables": ({}, {"A": "1"}, {"A": "2", "B": "3"})},
    )


def _container(name: str) -> Part:
    return Part(
        name,
        "scw_container",
        "containers",
        identity={"namespace": "shop", "name": name},
        creation={"image": "nginx:1"},
        fields={
            "image": ("nginx:1", "nginx:2"),
            "max_scale": (2, 3),
            "environment_variables": ({}, {"A": "1"}, {"B": "2"}),
            "secret_environment_variables": ({}, {"KEY": SECRETS[0]}, {"KEY": SECRETS[1]}),
            "scaling_option": ({"concurrent_requests_threshold": 9}, {"cpu_usage_threshold": 70}),
        },
        shows={"name": name},
        inside="shop",
    )


CONTAINERS = Product(
    "container",
    (
        _namespace("container"),
        _container("web"),
        _container("api"),
        Part(
            "host",
            "scw_container_domain",
            "container_domains",
            identity={"namespace": "shop", "container": "web", "hostname": "www.example.com"},
            fields={"tags": TAGS},
            inside="web",
        ),
        Part(
            "nightly",
            "scw_container_trigger",
            "container_triggers",
            identity={"namespace": "shop", "container": "web", "name": NameOf("nightly")},
            creation={"cron_config": {"schedule": "5 4 * * *", "timezone": "UTC"}},
            fields={
                "cron_config": ({"schedule": "5 4 * * *"}, {"schedule": "0 9 * * 1"}, {"timezone": "Europe/Paris"}),
                "destination_config": ({"http_path": "/run"}, {"http_method": "get"}),
                "description": TEXTS,
            },
            shows={"name": NameOf("nightly")},
            inside="web",
            renamable=True,
        ),
    ),
    place={"region": "pl-waw"},
)


ARCHIVES = ("first.zip", "second.zip")
"""Files with code, in the directory in which the tests run."""
DEPLOYED = {"namespace": "shop", "function": "resize"}
FUNCTIONS = Product(
    "function",
    (
        _namespace("function"),
        Part(
            "resize",
            "scw_function",
            "functions",
            identity={"namespace": "shop", "name": "resize"},
            creation={"runtime": "python313", "handler": "handler.handle"},
            fields={
                "src": ARCHIVES,
                "memory_limit": ("256MB", "512MB"),
                "environment_variables": ({}, {"A": "1"}, {"B": "2"}),
                "secret_environment_variables": ({}, {"KEY": SECRETS[0]}, {"KEY": SECRETS[1]}),
                "description": TEXTS,
            },
            inside="shop",
        ),
        Part(
            "nightly",
            "scw_function_cron",
            "function_crons",
            identity={**DEPLOYED, "name": NameOf("nightly")},
            creation={"schedule": "5 4 * * *"},
            fields={"schedule": ("5 4 * * *", "0 9 * * 1"), "args": ({}, {"a": 1})},
            shows={"name": NameOf("nightly")},
            inside="resize",
            renamable=True,
        ),
        Part(
            "host",
            "scw_function_domain",
            "function_domains",
            identity={**DEPLOYED, "hostname": "fn.example.com"},
            inside="resize",
        ),
        Part(
            "queue",
            "scw_function_trigger",
            "function_triggers",
            identity={**DEPLOYED, "name": NameOf("queue")},
            creation={
                "scw_nats_config": {
                    "subject": "orders",
                    "mnq_nats_account_id": "account",
                    "mnq_project_id": NETWORK,
                    "mnq_region": "fr-par",
                }
            },
            fields={"description": TEXTS},
            shows={"name": NameOf("queue")},
            inside="resize",
            renamable=True,
        ),
    ),
    place={"region": "pl-waw"},
)


# Edge Services


def _stage(
    kind: str, creation: dict[str, Any], fields: dict[str, tuple[Any, ...]], either: tuple[str, ...] = ()
) -> Part:
    return Part(
        kind,
        f"scw_edge_{kind}_stage",
        f"edge_{kind}_stages",
        identity={"pipeline": NameOf("shop")},
        creation=creation,
        fields=fields,
        inside="shop",
        either=either,
    )


def _bucket(name: str) -> Part:
    origin = {"bucket_name": name, "bucket_region": "fr-par"}
    return Part(
        name,
        "scw_edge_backend_stage",
        "edge_backend_stages",
        identity={"pipeline": NameOf("shop"), "scaleway_s3": origin},
        fields={"scaleway_s3": tuple({**origin, "is_website": website} for website in (False, True))},
        shows={"settings.scaleway_s3.bucket_name": name},
        inside="shop",
    )


SITE, FILES = IdOf("site"), IdOf("files")
EDGE = Product(
    "edge",
    (
        Part(
            "shop",
            "scw_edge_pipeline",
            "edge_pipelines",
            identity={"name": NameOf("shop")},
            fields={"description": TEXTS},
            shows={"name": NameOf("shop")},
            renamable=True,
        ),
        _bucket("site"),
        _bucket("files"),
        _stage(
            "waf",
            {"mode": "enable", "paranoia_level": 1, "backend_stage": SITE},
            {"mode": ("enable", "log_only"), "paranoia_level": (1, 3), "backend_stage": (SITE, FILES)},
        ),
        _stage(
            "route",
            {"backend_stage": SITE},
            {
                "route_rules": (
                    [],
                    [{"rule_http_match": {"path_filter": {"value": "/f/.*"}}, "backend_stage": FILES}],
                    [{"rule_http_match": {"path_filter": {"value": "/w/.*"}}, "waf_stage": IdOf("waf")}],
                )
            },
        ),
        _stage(
            "cache",
            {"fallback_ttl": "1h", "backend_stage": SITE},
            {
                "fallback_ttl": ("1h", "2h"),
                "include_cookies": (False, True),
                "backend_stage": (SITE, FILES),
                "waf_stage": (IdOf("waf"),),
            },
            either=("backend_stage", "waf_stage"),
        ),
        _stage("tls", {"cache_stage": IdOf("cache")}, {"managed_certificate": (True, False)}),
        _stage(
            "dns",
            {"backend_stage": SITE},
            {
                "fqdns": (["www.example.com"], ["www.example.com", "shop.example.com"]),
                "backend_stage": (SITE,),
                "cache_stage": (IdOf("cache"),),
                "tls_stage": (IdOf("tls"),),
            },
            either=("tls_stage", "cache_stage", "backend_stage"),
        ),
        Part(
            "head",
            "scw_edge_head_stage",
            "edge_pipelines.head_ids",
            identity={"pipeline": NameOf("shop")},
            creation={"dns_stage": IdOf("dns")},
            inside="shop",
        ),
    ),
    place={"pipeline_errors": "ignore"},
)
