# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks about Edge Services with one thing wrong in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from behaviour.account import Use
from behaviour.bad import Bad

NOBODY = "33333333-3333-4333-8333-333333333333"
SECRET = {"secret_id": NOBODY, "region": "fr-par"}


def origin(kind: str, **settings: Any) -> dict[str, Any]:
    """Another origin than the usual bucket."""
    return {"scaleway_s3": None, f"scaleway_{kind}": settings}


def balancer(**changes: Any) -> dict[str, Any]:
    """A load balancer as the origin."""
    return origin("lb", lbs=[{"lb": "origin", "zone": "fr-par-1", "frontend": "origin-a", **changes}])


def container(region: str, name: str) -> dict[str, Any]:
    """A container as the origin."""
    return origin("serverless_container", region=region, container=name)


def rules(*given: dict[str, Any]) -> dict[str, Any]:
    """The rules of a route stage."""
    return {"route_rules": list(given)}


def paths(pattern: str, **target: Any) -> dict[str, Any]:
    """A rule for paths."""
    return {"rule_http_match": {"path_filter": {"value": pattern}}, **target}


TARGET = {"backend_stage": Use("edge_backend_stage-a")}
BAD_EDGE: Mapping[str, Bad] = {
    "two origins": Bad(
        "edge_backend_stage",
        {"scaleway_lb": {"lbs": []}},
        ("scaleway_s3", "scaleway_lb", "mutually exclusive"),
    ),
    "no origin": Bad("edge_backend_stage", {"scaleway_s3": None}, ("scaleway_s3", "scaleway_lb", "id")),
    "unknown region of a bucket": Bad(
        "edge_backend_stage",
        {"scaleway_s3": {"bucket_name": "shop", "bucket_region": "us-east"}},
        ("bucket_region", "us-east", "fr-par", "nl-ams", "pl-waw"),
    ),
    "bucket without a region": Bad("edge_backend_stage", {"scaleway_s3": {"bucket_name": "shop"}}, ("bucket_region",)),
    "bucket without a name": Bad(
        "edge_backend_stage",
        {"scaleway_s3": {"bucket_name": "", "bucket_region": "fr-par"}},
        ("scaleway_s3.bucket_name", "empty"),
    ),
    "origin without a load balancer": Bad("edge_backend_stage", origin("lb", lbs=[]), ("scaleway_lb",)),
    "missing load balancer": Bad(
        "edge_backend_stage", balancer(lb="nowhere"), ("load balancer", "nowhere"), early=False, guessable=True
    ),
    "missing frontend of an origin": Bad(
        "edge_backend_stage", balancer(frontend="nowhere"), ("frontend", "nowhere"), early=False, guessable=True
    ),
    "zone of an origin": Bad("edge_backend_stage", balancer(zone="mars-1"), ("zone", "mars-1", "fr-par-1")),
    "region of an origin": Bad("edge_backend_stage", container("mars", "origin/a"), ("region", "mars", "fr-par")),
    "container without its namespace": Bad(
        "edge_backend_stage",
        container("pl-waw", "a"),
        ("scaleway_serverless_container.container", "'a'", "namespace", "shop/api"),
    ),
    "missing namespace of an origin": Bad(
        "edge_backend_stage",
        container("pl-waw", "nowhere/a"),
        ("namespace", "nowhere"),
        early=False,
        guessable=True,
    ),
    "missing container of an origin": Bad(
        "edge_backend_stage", container("pl-waw", "origin/x"), ("container", "'x'"), early=False, guessable=True
    ),
    "missing function of an origin": Bad(
        "edge_backend_stage",
        origin("serverless_function", region="pl-waw", function="origin/x"),
        ("function", "'x'"),
        early=False,
        guessable=True,
    ),
    "rule without a target": Bad(
        "edge_route_stage", rules(paths("/a")), ("route_rules[0]", "backend_stage", "waf_stage"), early=False
    ),
    "rule with an empty target": Bad(
        "edge_route_stage",
        rules(paths("/a", **TARGET), paths("/b", backend_stage="")),
        ("route_rules[1]", "backend_stage", "waf_stage"),
        early=False,
    ),
    "rule with two targets": Bad(
        "edge_route_stage",
        rules(paths("/a", waf_stage="only", **TARGET)),
        ("backend_stage", "waf_stage", "mutually exclusive"),
    ),
    "path that is no pattern": Bad(
        "edge_route_stage",
        rules(paths("/a", **TARGET), paths("/(b", **TARGET)),
        ("route_rules[1].rule_http_match.path_filter.value", "/(b", "regular expression"),
        early=False,
    ),
    "host that is no pattern": Bad(
        "edge_route_stage",
        rules({"rule_http_match": {"host_filter": {"value": "*.example.com"}}, **TARGET}),
        ("route_rules[0].rule_http_match.host_filter.value", "*.example.com", "regular expression"),
        early=False,
    ),
    "filter without a value": Bad(
        "edge_route_stage", rules({"rule_http_match": {"path_filter": {}}, **TARGET}), ("value", "path_filter")
    ),
    "unknown method": Bad(
        "edge_route_stage", rules({"rule_http_match": {"method_filters": ["GET"]}, **TARGET}), ("GET", "method_filters")
    ),
    "rule to an unknown stage": Bad(
        "edge_route_stage",
        rules(paths("/a", **TARGET), paths("/b", backend_stage=NOBODY)),
        ("route_rules[1].backend_stage", NOBODY),
        early=False,
    ),
    "rule to a stage of another pipeline": Bad(
        "edge_route_stage",
        rules(paths("/a", backend_stage=Use("far-edge_backend_stage-a"))),
        ("route_rules[0].backend_stage", "pipeline"),
        early=False,
    ),
    "rule to the only one of two": Bad(
        "edge_route_stage", rules(paths("/a", backend_stage="only")), ("2 backend stages", "ID"), early=False
    ),
    "stage by a name": Bad("edge_cache_stage", {"backend_stage": "web"}, ("backend_stage", "web", "'only'")),
    "unknown stage": Bad("edge_cache_stage", {"waf_stage": NOBODY}, ("waf_stage", NOBODY), early=False),
    "stage of another kind": Bad(
        "edge_cache_stage", {"waf_stage": Use("edge_route_stage-a")}, ("waf_stage", "WAF stage"), early=False
    ),
    "stage of another pipeline": Bad(
        "edge_tls_stage", {"cache_stage": Use("far-edge_cache_stage-a")}, ("cache_stage", "pipeline"), early=False
    ),
    "two next stages": Bad(
        "edge_tls_stage", {"cache_stage": "only", "waf_stage": "only"}, ("cache_stage", "waf_stage", "exclusive")
    ),
    "paranoia": Bad("edge_waf_stage", {"paranoia_level": 5}, ("paranoia_level", "5", "from 1 to 4")),
    "no paranoia": Bad("edge_waf_stage", {"paranoia_level": 0}, ("paranoia_level", "0", "from 1 to 4")),
    "unknown mode": Bad("edge_waf_stage", {"mode": "block"}, ("mode", "block", "log_only")),
    "time below zero": Bad("edge_cache_stage", {"fallback_ttl": "-1s"}, ("fallback_ttl", "-1s", "30s")),
    "time without a unit": Bad("edge_cache_stage", {"fallback_ttl": "3600"}, ("fallback_ttl", "3600", "30s")),
    "no time": Bad("edge_cache_stage", {"fallback_ttl": ""}, ("fallback_ttl", "30s")),
    "managed certificate and secrets": Bad(
        "edge_tls_stage",
        {"managed_certificate": True, "secrets": [SECRET]},
        ("secrets", "managed_certificate"),
        early=False,
    ),
    "secret that is a name": Bad(
        "edge_tls_stage", {"secrets": [{**SECRET, "secret_id": "cert"}]}, ("secrets[0].secret_id", "cert")
    ),
    "secret without a region": Bad("edge_tls_stage", {"secrets": [{"secret_id": NOBODY}]}, ("region", "secrets")),
    "region of a secret": Bad(
        "edge_tls_stage", {"secrets": [{**SECRET, "region": "us-east"}]}, ("region", "us-east", "nl-ams")
    ),
    "domain that is a word": Bad(
        "edge_dns_stage", {"fqdns": ["www.example.com", "shop"]}, ("fqdns", "'shop'"), early=False
    ),
    "domain with a scheme": Bad(
        "edge_dns_stage", {"fqdns": ["https://a.example.com"]}, ("fqdns", "https://"), early=False
    ),
    "empty domain": Bad("edge_dns_stage", {"fqdns": [""]}, ("fqdns[0]", "empty")),
    "head that is a name": Bad("edge_head_stage", {"dns_stage": "web"}, ("dns_stage", "web", "'only'")),
    "no head": Bad("edge_head_stage", {"dns_stage": ""}, ("dns_stage", "neither")),
    "head of another pipeline": Bad(
        "edge_head_stage", {"dns_stage": Use("far-edge_dns_stage-a")}, ("dns_stage", "pipeline"), early=False
    ),
    "unknown head": Bad("edge_head_stage", {"dns_stage": NOBODY}, ("dns_stage", NOBODY), early=False),
    "missing pipeline": Bad(
        "edge_cache_stage", {"pipeline": "nowhere"}, ("pipeline", "nowhere"), early=False, guessable=True
    ),
    "private network of an endpoint": Bad(
        "edge_vpc_endpoint", {"private_network_id": "vpc"}, ("private_network_id", "vpc")
    ),
    "region of an endpoint": Bad("edge_vpc_endpoint", {"region": "us-east"}, ("region", "us-east", "pl-waw")),
    "another region of an endpoint": Bad(
        "edge_vpc_endpoint", {"region": "fr-par"}, ("region", "fr-par", "pl-waw", "fixed"), early=False, exists=True
    ),
}
