# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A load balancer API of a few lines, written from its documentation: what a task may wish, and what writes do.

A PUT replaces everything: what it leaves out falls back to the value of a creation. A PATCH changes what it names. An
update must not need anything else to be right.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from unit import samples
from unit.certificate_chains import chain

NAMES = st.text("abc-", min_size=1, max_size=4)
TEXT = st.text("xyz ", max_size=4)
TAGS = st.lists(st.text("tuv", min_size=1, max_size=2), max_size=3, unique=True)
ADDRESSES = st.lists(st.ip_addresses().map(str), max_size=3, unique=True)
NETWORKS = st.lists(st.ip_addresses(v=4).map(str) | st.sampled_from(["10.0.0.0/8", "0.0.0.0/0"]), max_size=3)
COUNT = st.integers(0, 4)
PORT = st.integers(1, 65535)
MILLISECONDS = st.integers(1, 10**7).map(lambda ms: f"{ms}ms")
HTTP = {"uri": st.just("/a") | st.just("/b")}
MORE_HTTP = {"method": st.sampled_from(["GET", "HEAD"]), "code": st.integers(200, 299), "host_header": TEXT}


def _wish(needed: dict[str, Any], more: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(needed, optional=more)


def _kind_of_check() -> st.SearchStrategy[dict[str, Any]]:
    kinds = {
        "tcp_config": st.just({}),
        "http_config": _wish(HTTP, MORE_HTTP),
        "https_config": _wish(HTTP, {**MORE_HTTP, "sni": TEXT}),
        "mysql_config": _wish({"user": NAMES}, {}),
        "pgsql_config": _wish({"user": NAMES}, {}),
        "ldap_config": st.just({}),
        "redis_config": st.just({}),
    }
    return st.just({}) | st.one_of(*(st.fixed_dictionaries({kind: wish}) for kind, wish in kinds.items()))


def _health_check() -> st.SearchStrategy[dict[str, Any]]:
    settings = {
        "port": PORT,
        "check_delay": MILLISECONDS,
        "check_timeout": MILLISECONDS,
        "check_max_retries": COUNT,
        "check_send_proxy": st.booleans(),
        "transient_check_delay": MILLISECONDS,
    }
    return st.tuples(_wish({}, settings), _kind_of_check()).map(lambda parts: parts[0] | parts[1])


def _action() -> st.SearchStrategy[dict[str, Any]]:
    redirect = _wish(
        {"type": st.sampled_from(["location", "scheme"]), "target": NAMES},
        {"code": st.sampled_from([301, 302, 303, 307, 308])},
    )
    plain = st.fixed_dictionaries({"type": st.sampled_from(["allow", "deny"])})
    return plain | st.fixed_dictionaries({"type": st.just("redirect"), "redirect": redirect})


def _match() -> st.SearchStrategy[dict[str, Any]]:
    edge = {"ip_subnet": NETWORKS, "ips_edge_services": st.booleans(), "invert": st.booleans()}
    filters = {
        "http_filter": st.sampled_from(["path_begin", "path_end", "regex", "http_header_match"]),
        "http_filter_value": st.lists(NAMES, min_size=1, max_size=2, unique=True),
        "http_filter_option": NAMES,
    }
    return _wish({}, edge) | _wish(filters, edge)


def wishes(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Options that a task for this kind of resource may give; always enough to create it."""
    kinds = {"lb": _lb, "ip": _ip, "backend": _backend, "frontend": _frontend, "acl": _acl, "route": _route}
    kinds |= {"subscriber": _subscriber, "certificate": _certificate, "private_network": _private_network}
    return kinds[kind]()


def _lb() -> st.SearchStrategy[dict[str, Any]]:
    levels = [f"ssl_compatibility_level_{level}" for level in ("intermediate", "modern", "old")]
    more = {"description": TEXT, "tags": TAGS, "ssl_compatibility_level": st.sampled_from(levels)}
    more["subscriber"] = st.just("") | st.uuids().map(str)
    return _wish({"name": NAMES, "type": st.sampled_from(["lb-s", "LB-S", "LB-GP-M"])}, more)


def _ip() -> st.SearchStrategy[dict[str, Any]]:
    return _wish({"tags": TAGS}, {"reverse": NAMES, "lb": st.just(samples.LB_ID), "is_ipv6": st.booleans()})


def _backend() -> st.SearchStrategy[dict[str, Any]]:
    timeouts = {f"timeout_{what}": MILLISECONDS | st.just("") for what in ("server", "connect", "tunnel", "queue")}
    counts = dict.fromkeys(("redispatch_attempt_count", "max_retries", "max_connections"), COUNT)
    more = {
        "forward_port_algorithm": st.sampled_from(["roundrobin", "leastconn", "first"]),
        "sticky_sessions": st.sampled_from(["none", "cookie", "table"]),
        "sticky_sessions_cookie_name": TEXT,
        "health_check": _health_check(),
        "server_ip": ADDRESSES,
        "on_marked_down_action": st.sampled_from(["on_marked_down_action_none", "shutdown_sessions"]),
        "proxy_protocol": st.sampled_from(["proxy_protocol_none", "proxy_protocol_v2"]),
        "failover_host": TEXT,
        "ssl_bridging": st.booleans(),
        "ignore_ssl_server_verify": st.booleans(),
        "host": TEXT,
        **timeouts,
        **counts,
    }
    return _wish({"name": NAMES, "forward_protocol": st.sampled_from(["tcp", "http"]), "forward_port": PORT}, more)


def _frontend() -> st.SearchStrategy[dict[str, Any]]:
    more = {
        "timeout_client": MILLISECONDS | st.just(""),
        "certificates": st.lists(st.uuids().map(str), max_size=2, unique=True),
        "enable_http3": st.booleans(),
        "connection_rate_limit": COUNT,
        "enable_access_logs": st.booleans(),
    }
    return _wish({"name": NAMES, "inbound_port": PORT, "backend": st.uuids().map(str)}, more)


def _acl() -> st.SearchStrategy[dict[str, Any]]:
    return _wish({"name": NAMES, "index": COUNT, "action": _action()}, {"description": TEXT, "match": _match()})


def _route() -> st.SearchStrategy[dict[str, Any]]:
    picks = [_wish({kind: NAMES}, {"match_subdomains": st.booleans()}) for kind in ("sni", "host_header", "path_begin")]
    return _wish({"backend": st.uuids().map(str), "match": st.one_of(*picks)}, {})


def _subscriber() -> st.SearchStrategy[dict[str, Any]]:
    channels = [("email_config", "email"), ("webhook_config", "uri")]
    return st.one_of(*(_wish({"name": NAMES, channel: _wish({key: NAMES}, {})}, {}) for channel, key in channels))


def _certificate() -> st.SearchStrategy[dict[str, Any]]:
    request = _wish({"common_name": NAMES}, {"subject_alternative_name": st.lists(NAMES, max_size=2, unique=True)})
    brought = st.sampled_from([{"certificate_chain": text} for text in BROUGHT])
    return _wish({"name": NAMES, "letsencrypt": request}, {}) | _wish(
        {"name": NAMES, "custom_certificate": brought}, {}
    )


def _private_network() -> st.SearchStrategy[dict[str, Any]]:
    ids = st.uuids().map(str)
    return _wish(
        {"private_network_id": st.just(samples.NETWORK_ID)}, {"ipam_ids": st.lists(ids, max_size=2, unique=True)}
    )


BROUGHT = {chain(): [], chain("leaf.example.com", "www.example.com"): ["leaf.example.com", "www.example.com"]}
"""What users bring, with the names that the certificate lists."""

CREATED: dict[str, dict[str, Any]] = {
    "lb": {
        "name": None,
        "description": "",
        "type": None,
        "tags": [],
        "ssl_compatibility_level": "ssl_compatibility_level_intermediate",
        "subscriber": None,
    },
    "ip": {"reverse": "default.example.com", "tags": [], "lb_id": None, "is_ipv6": False},
    "backend": {key: value for key, value in samples.backend().items() if key not in ("id", "name", "lb", "pool")}
    | {"name": None, "server_ip": []},
    "frontend": {
        "name": None,
        "inbound_port": None,
        "backend_id": None,
        "timeout_client": None,
        "certificate_ids": [],
        "enable_http3": False,
        "connection_rate_limit": None,
        "enable_access_logs": False,
    },
    "acl": {"name": None, "index": None, "description": "", "action": None, "match": {}},
    "route": {"backend_id": None, "match": None},
    "subscriber": {"name": None, "email_config": None, "webhook_config": None},
    "certificate": {"name": None, "letsencrypt": None, "custom_certificate": None},
    "private_network": {"private_network_id": samples.NETWORK_ID, "ipam_ids": []},
}
"""What the API makes of a creation that says nothing, by the keys of requests."""

NO_MATCH: dict[str, Any] = {
    "ip_subnet": [],
    "ips_edge_services": False,
    "http_filter": "acl_http_filter_none",
    "http_filter_value": [],
    "http_filter_option": None,
    "invert": False,
}
OWN_CALLS: dict[str, list[str]] = {
    "lb": ["type", "subscriber"],
    "backend": ["server_ip", "health_check"],
    "certificate": ["letsencrypt", "custom_certificate"],
}
SHOWN_AS: dict[str, dict[str, str]] = {
    "backend": {"server_ip": "pool"},
    "frontend": {"backend_id": "backend"},
    "ip": {"is_ipv6": "ip_address"},
}
WRITTEN_AS = {"backend": "backend_id", "certificates": "certificate_ids", "lb": "lb_id"}


class Model:
    """One resource of the API."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.stored: dict[str, Any] = {}

    def apply(self, requests: Iterable[Any]) -> None:
        """Take writes, in order."""
        for request in requests:
            self._take(request.method, request.path.rpartition("{id}")[2], deepcopy(request.body))

    def shown(self) -> dict[str, Any]:
        """The resource as a read shows it."""
        shown = {self._shown_as(key): value for key, value in deepcopy(self.stored).items()}
        if self.kind == "frontend":
            shown["backend"] = {"id": shown["backend"], "name": "embedded"}
        if self.kind == "ip":
            shown["ip_address"] = "2001:db8::" if shown["ip_address"] else "192.0.2.1"
        if self.kind == "lb":
            shown["ip"] = []
        if self.kind == "certificate":
            shown = {"name": shown["name"], **_content(shown)}
        return {"id": "i", **shown}

    def keys_of(self, options: Iterable[str]) -> set[str]:
        """The keys in which changed options show."""
        written = {WRITTEN_AS.get(option, option) for option in options}
        return {self._shown_as(key) for key in written}

    def _shown_as(self, key: str) -> str:
        return SHOWN_AS.get(self.kind, {}).get(key, key)

    def _take(self, method: str, sub_path: str, body: Any) -> None:
        if sub_path == "/healthcheck":
            self.stored["health_check"] = body
        elif sub_path in ("/subscribe", "/unsubscribe"):
            assert body is None or self.stored["subscriber"] is None, "there is a subscriber already"
            self.stored["subscriber"] = body and {"id": body["subscriber_id"]}
        elif method == "POST" and not sub_path.startswith("/migrate"):
            self.stored = {**deepcopy(CREATED[self.kind]), **body}
        elif method == "PUT" and not sub_path:
            own = {key: self.stored[key] for key in OWN_CALLS.get(self.kind, ())}
            assert not set(own) & set(body), "the call does not take these fields"
            self.stored = {**deepcopy(CREATED[self.kind]), **own, **body}
        else:
            self.stored |= body
        self.stored.pop("project_id", None)
        self._normalise()

    def _normalise(self) -> None:
        stored = self.stored
        if self.kind == "lb":
            stored["type"] = stored["type"].lower()
        if self.kind == "frontend":
            stored["connection_rate_limit"] = stored["connection_rate_limit"] or None
        if self.kind == "acl":
            stored["match"] = {**NO_MATCH, **stored["match"]}
            stored["match"]["ip_subnet"] = stored["match"]["ip_subnet"] or ["0.0.0.0/0"]
            redirect = stored["action"].get("redirect") if stored["action"]["type"] == "redirect" else None
            stored["action"] = {"type": stored["action"]["type"], "redirect": redirect}
        if self.kind == "route":
            stored["match"] = {"match_subdomains": False, **stored["match"]}
            assert len(stored["match"]) == 2, "a route picks by one thing"
        if self.kind == "subscriber":
            assert sum(bool(stored[channel]) for channel in ("email_config", "webhook_config")) == 1, "one channel"
        if self.kind == "backend":
            check = stored["health_check"]
            assert {"port", "check_delay", "check_timeout", "check_max_retries"} <= set(check), "the API needs these"
            kinds = [key for key in check if key.endswith("_config")]
            assert len(kinds) <= 1, "two kinds of check"
            check.setdefault("transient_check_delay", None)
            if not kinds:
                check["tcp_config"] = {}


def _content(certificate: dict[str, Any]) -> dict[str, Any]:
    """What answers show of a certificate, once it is issued."""
    request, brought = certificate["letsencrypt"], certificate["custom_certificate"]
    assert bool(request) != bool(brought), "one kind"
    if request:
        names = [*request.get("subject_alternative_name", ()), request["common_name"]]
        return {"type": "letsencryt", "common_name": request["common_name"], "subject_alternative_name": names}
    return {
        "type": "custom",
        "common_name": "leaf.example.com",
        "subject_alternative_name": BROUGHT[brought["certificate_chain"]],
        "not_valid_before": "2026-01-02T03:04:05Z",
        "not_valid_after": "2027-01-02T03:04:05Z",
    }
