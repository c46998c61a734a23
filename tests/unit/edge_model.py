# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An Edge Services API of a few lines, written from its documentation and recordings.

A PATCH changes what it names; origins are replaced as a whole, and so is the one link to the next stage.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from unit import edge_samples
from unit.edge_samples import BACKEND_ID, CACHE_ID, DNS_ID, OTHER_BACKEND_ID, ROUTE_ID, TLS_ID, WAF_ID

NAMES = st.text("abc", min_size=1, max_size=4)
TEXT = st.text("xyz ", max_size=4)
REGIONS = st.sampled_from(["fr-par", "nl-ams"])
IDS = st.uuids().map(str)
LINKS = {
    "backend": st.sampled_from([BACKEND_ID, OTHER_BACKEND_ID, ""]),
    "waf": st.sampled_from([WAF_ID, ""]),
    "route": st.sampled_from([ROUTE_ID, ""]),
    "cache": st.sampled_from([CACHE_ID, ""]),
    "tls": st.sampled_from([TLS_ID, ""]),
}
NEXT = {
    "waf_stage": ("backend",),
    "route_stage": ("waf", "backend"),
    "cache_stage": ("backend", "waf", "route"),
    "tls_stage": ("cache", "backend", "route", "waf"),
    "dns_stage": ("tls", "cache", "backend"),
}
ORIGINS = ("scaleway_s3", "scaleway_lb", "scaleway_serverless_container", "scaleway_serverless_function")


def _wish(needed: dict[str, Any], more: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(needed, optional=more)


def _one_of(branches: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(*(st.fixed_dictionaries({name: branch}) for name, branch in branches.items()))


def _both(one: st.SearchStrategy[Any], other: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(one, other).map(lambda parts: parts[0] | parts[1])


def _link(*kinds: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.just({}) | _one_of({f"{kind}_stage": LINKS[kind] for kind in kinds})


def wishes(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Options that a task for this kind of resource may give; always enough to create it."""
    settings = _SETTINGS[kind]()
    return _both(settings, _link(*NEXT[kind])) if kind in NEXT else settings


def _origin() -> st.SearchStrategy[dict[str, Any]]:
    more = {"is_ssl": st.booleans(), "domain_name": TEXT, "has_websocket": st.booleans(), "private_network_id": IDS}
    balancer = _wish({"lb": IDS, "zone": st.just("fr-par-1"), "frontend": IDS}, more)
    bucket = _wish({"bucket_name": NAMES, "bucket_region": REGIONS}, {"is_website": st.booleans()})
    return _one_of(
        {
            "scaleway_s3": bucket,
            "scaleway_lb": st.fixed_dictionaries({"lbs": st.lists(balancer, min_size=1, max_size=2)}),
            "scaleway_serverless_container": _wish({"region": REGIONS, "container": IDS}, {}),
            "scaleway_serverless_function": _wish({"region": REGIONS, "function": IDS}, {}),
        }
    )


def _rule() -> st.SearchStrategy[dict[str, Any]]:
    pattern = _wish({"value": st.sampled_from(["/a", ".*"])}, {"path_filter_type": st.just("regex")})
    methods = st.lists(st.sampled_from(["get", "post"]), max_size=2, unique=True)
    match = _wish({}, {"method_filters": methods, "path_filter": pattern})
    target = _one_of({"backend_stage": st.sampled_from([BACKEND_ID, OTHER_BACKEND_ID]), "waf_stage": st.just(WAF_ID)})
    return _both(_wish({}, {"rule_http_match": match}), target)


def _certificate() -> st.SearchStrategy[dict[str, Any]]:
    secrets = st.lists(_wish({"secret_id": IDS, "region": REGIONS}, {}), max_size=2)
    return st.just({}) | _one_of({"managed_certificate": st.booleans(), "secrets": secrets})


_SETTINGS = {
    "pipeline": lambda: _wish({"name": NAMES}, {"description": TEXT, "vpc_endpoints": st.lists(IDS, unique=True)}),
    "vpc_endpoint": lambda: _wish({"private_network_id": IDS, "region": REGIONS}, {}),
    "backend_stage": _origin,
    "waf_stage": lambda: _wish(
        {"mode": st.sampled_from(["enable", "disable"]), "paranoia_level": st.integers(1, 4)}, {}
    ),
    "route_stage": lambda: _wish({}, {"route_rules": st.lists(_rule(), max_size=3)}),
    "cache_stage": lambda: _wish(
        {}, {"fallback_ttl": st.integers(0, 9).map(lambda hours: f"{hours}h"), "include_cookies": st.booleans()}
    ),
    "tls_stage": _certificate,
    "dns_stage": lambda: _wish(
        {},
        {
            "fqdns": st.lists(NAMES.map(lambda name: f"{name}.example.com"), max_size=3, unique=True),
            "wildcard_domain": st.booleans(),
            "full_private": st.booleans(),
        },
    ),
    "head_stage": lambda: _wish({"dns_stage": st.sampled_from([DNS_ID, OTHER_BACKEND_ID])}, {}),
}
FOLLOWING = frozenset(
    ("id", "status", "errors", "type", "default_fqdn", "default_private_fqdn", "certificate_expires_at")
)


class Model:
    """One resource of the API."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.stored: dict[str, Any] = {}

    def apply(self, requests: Iterable[Any]) -> None:
        """Take writes, in order."""
        for request in requests:
            body = deepcopy(request.body)
            if self.kind == "head_stage":
                self._take_head(body)
            elif request.method == "POST":
                self.stored = self._created()
                self._take(body)
            elif request.method == "PUT":
                self._take_list(body)
            else:
                assert request.method == "PATCH"
                assert "secrets" not in body, "updates spell them otherwise"
                if "tls_secrets_config" in body:
                    body["secrets"] = body.pop("tls_secrets_config")["tls_secrets"]
                self._take(body)

    def _created(self) -> dict[str, Any]:
        """What the API makes of a creation that says nothing."""
        shown = getattr(edge_samples, self.kind)()
        kept = {key: value for key, value in shown.items() if key not in FOLLOWING and not key.endswith("_at")}
        if self.kind == "dns_stage":
            kept["fqdns"] = []
        return {key: value for key, value in kept.items() if key not in ORIGINS and not key.endswith("_stage_id")}

    def _take_head(self, body: dict[str, Any]) -> None:
        ((action, ids),) = body.items()
        assert (action == "add_new_head_stage") is ("dns_stage_id" not in self.stored)
        assert ids.get("current_stage_id") == self.stored.get("dns_stage_id")
        self.stored = {"dns_stage_id": ids["new_stage_id"]}

    def _take_list(self, body: dict[str, Any]) -> None:
        if "route_rules" in body:
            assert all(("backend_stage_id" in rule) != ("waf_stage_id" in rule) for rule in body["route_rules"])
            body["route_rules"] = [{**rule, "position": n} for n, rule in enumerate(body["route_rules"], start=1)]
        self.stored |= body

    def _take(self, body: dict[str, Any]) -> None:
        for origin in (name for name in ORIGINS if name in body):
            self.stored = {key: value for key, value in self.stored.items() if key not in ORIGINS}
            for balancer in body[origin].get("lbs", []):
                balancer.update({"domain_name": balancer.get("domain_name", "")})
        links = {key: body.pop(key) for key in list(body) if key.endswith("_stage_id")}
        if any(links.values()):
            self.stored = {key: value for key, value in self.stored.items() if not key.endswith("_stage_id")}
        for key, value in links.items():
            self.stored.pop(key, None)
            self.stored |= {key: value} if value else {}
        self.stored |= body
        if body.get("managed_certificate"):
            self.stored["secrets"] = []
        elif body.get("secrets"):
            self.stored["managed_certificate"] = False

    def shown(self) -> dict[str, Any]:
        """The resource as a read shows it."""
        return {"id": "i", **deepcopy(self.stored)}

    def keys_of(self, options: Iterable[str]) -> set[str]:
        """The keys in which changed options show."""
        return {key for option in options for key in (option, f"{option}_id", f"{option[:-1]}_ids")}
