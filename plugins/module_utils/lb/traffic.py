# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load Balancer, what traffic passes through: frontends, ACLs, routes and backends. What holds for all is in ``lb``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object, Ref
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import (
    Address,
    Bool,
    Duration,
    Enum,
    Int,
    Str,
)
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Call, Resource, Update, Values
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.lb.certificates import CERTIFICATE, unusable
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB, LOCATION, NAME, TIMESTAMPS
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN


def _prepare_backend(wanted: Values, current: Values | None) -> Values:
    """Complete what the API would otherwise refuse or lose.

    A backend cannot be created without a health check (docs), and an update would reset the deprecated
    ``send_proxy_v2`` of an old backend; ``proxy_protocol`` replaces it.
    """
    if current:
        keep = current.get("send_proxy_v2") and "proxy_protocol" not in wanted
        return {**wanted, "send_proxy_v2": True} if keep else wanted
    if "forward_port" not in wanted:
        return wanted
    return {**wanted, "health_check": {"port": wanted["forward_port"], **wanted.get("health_check", {})}}


def _prepare_acl(wanted: Values, current: Values | None) -> Values:
    """Refuse filters that could match nothing."""
    present = (current or {}).get("match")
    match = {**(present if isinstance(present, dict) else {}), **wanted.get("match", {})}
    kind = match.get("http_filter") or "acl_http_filter_none"
    if "match" in wanted and kind != "acl_http_filter_none" and not match.get("http_filter_value"):
        raise InvalidOption(
            "match.http_filter_value", f"is needed with http_filter {kind!r}: a list of the values to match."
        )
    if "match" in wanted and kind == "http_header_match" and not match.get("http_filter_option"):
        raise InvalidOption(
            "match.http_filter_option", "is needed with http_filter 'http_header_match': the name of the header."
        )
    return wanted


def _suits_route(backend: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """What is wrong with a backend for the kind of traffic that a route picks."""
    picks = next((name for name in ("sni", "host_header", "path_begin") if name in wanted.get("match", {})), None)
    needed = "tcp" if picks == "sni" else "http"
    if picks is None or backend.get("forward_protocol") == needed:
        return ""
    return f"speaks {backend.get('forward_protocol')}, but a route by {picks} needs a backend that speaks {needed}."


def _port(name: str, **more: Any) -> Int:
    return Int(name, low=1, high=65535, **more)


HTTP_CHECK = (
    Str("uri", may_be_empty=False, on_create=True),
    Str("method", initial="GET"),
    Int("code", low=100, high=599, initial=200),
    Str("host_header", initial=""),
)

HEALTH_CHECK = Object(
    "health_check",
    initial={},
    one_of=("tcp_config", "http_config", "https_config", "mysql_config", "pgsql_config", "ldap_config", "redis_config"),
    fields=(
        _port("port"),
        Duration("check_delay", initial=60_000, may_be_empty=False),
        Duration("check_timeout", initial=30_000, may_be_empty=False),
        Int("check_max_retries", low=0, initial=2),
        Bool("check_send_proxy", initial=False),
        Duration("transient_check_delay", text=True),
        Object("tcp_config"),
        Object("http_config", fields=HTTP_CHECK),
        Object("https_config", fields=(*HTTP_CHECK, Str("sni", initial=""))),
        Object("mysql_config", fields=(Str("user", may_be_empty=False, on_create=True),)),
        Object("pgsql_config", fields=(Str("user", may_be_empty=False, on_create=True),)),
        Object("ldap_config"),
        Object("redis_config"),
    ),
)

# The pool and the health check belong to the backend for the user, but have calls of their own.
BACKEND = Resource(
    name="backend",
    plural="backends",
    title="backend",
    item="/lb/v1/{scope}/backends/{id}",
    collection="/lb/v1/{scope}/lbs/{lb}/backends",
    items="backends",
    location=LOCATION,
    parent=LB,
    parent_path="lb.id",
    settles_in_parent=True,
    filters=(Str("name"),),
    fields=(
        NAME,
        Enum("forward_protocol", choices=("tcp", "http"), on_create=True),
        _port("forward_port", on_create=True),
        Enum("forward_port_algorithm", choices=("roundrobin", "leastconn", "first"), initial="roundrobin"),
        Enum("sticky_sessions", choices=("none", "cookie", "table"), initial="none"),
        Str("sticky_sessions_cookie_name", initial=""),
        HEALTH_CHECK,
        ListOf("server_ip", read="pool", item=Address("server_ip"), initial=[]),
        Duration("timeout_server"),
        Duration("timeout_connect"),
        Duration("timeout_tunnel"),
        Enum("on_marked_down_action", choices=("on_marked_down_action_none", "shutdown_sessions")),
        Enum(
            "proxy_protocol",
            choices=(
                "proxy_protocol_none",
                "proxy_protocol_v1",
                "proxy_protocol_v2",
                "proxy_protocol_v2_ssl",
                "proxy_protocol_v2_ssl_cn",
            ),
        ),
        Str("failover_host"),
        Bool("ssl_bridging"),
        Bool("ignore_ssl_server_verify"),
        Int("redispatch_attempt_count", low=0),
        Int("max_retries", low=0),
        Int("max_connections", low=0),
        Duration("timeout_queue", text=True),
        Str("host"),
        Bool("send_proxy_v2", hidden=True),
    ),
    updates=(
        Update("PUT", body="all"),
        Update("PUT", body="all", path="/lb/v1/{scope}/backends/{id}/servers", fields=("server_ip",)),
        Update("PUT", body="value", path="/lb/v1/{scope}/backends/{id}/healthcheck", fields=("health_check",)),
    ),
    prepare=_prepare_backend,
    wait_timeout=900,
    computed={"lb": {"id": UNKNOWN}, **TIMESTAMPS},
)

FRONTEND = Resource(
    name="frontend",
    plural="frontends",
    title="frontend",
    item="/lb/v1/{scope}/frontends/{id}",
    collection="/lb/v1/{scope}/lbs/{lb}/frontends",
    items="frontends",
    location=LOCATION,
    parent=LB,
    parent_path="lb.id",
    settles_in_parent=True,
    filters=(Str("name"),),
    fields=(
        NAME,
        _port("inbound_port", on_create=True),
        Ref(
            "backend", aliases=("backend_id",), key="backend_id", read="backend.id", on_create=True, to=lambda: BACKEND
        ),
        Duration("timeout_client"),
        ListOf(
            "certificates",
            aliases=("certificate_ids",),
            key="certificate_ids",
            read="certificate_ids",
            ordered=False,
            item=Ref("certificate", to=lambda: CERTIFICATE, suits=unusable),
        ),
        Bool("enable_http3", initial=False),
        Int("connection_rate_limit", low=0, zero_is_null=True),
        Bool("enable_access_logs", initial=False),
    ),
    updates=(Update("PUT", body="all"),),
    wait_timeout=900,
    computed={"lb": {"id": UNKNOWN}, "certificate": None, **TIMESTAMPS},
)

ACL = Resource(
    name="acl",
    plural="acls",
    title="ACL",
    item="/lb/v1/{scope}/acls/{id}",
    collection="/lb/v1/{scope}/frontends/{frontend}/acls",
    items="acls",
    location=LOCATION,
    parent=FRONTEND,
    parent_path="frontend.id",
    settles_in_parent=True,
    filters=(Str("name"),),
    fields=(
        NAME,
        Int("index", low=0, on_create=True),
        Str("description", initial=""),
        Object(
            "action",
            on_create=True,
            fields=(
                Enum("type", choices=("allow", "deny", "redirect"), required=True),
                Object(
                    "redirect",
                    required=True,
                    when=("type", "redirect"),
                    fields=(
                        Enum("type", choices=("location", "scheme"), required=True),
                        Str("target", required=True, may_be_empty=False),
                        Int("code", choices=(301, 302, 303, 307, 308), initial=302),
                    ),
                ),
            ),
        ),
        Object(
            "match",
            initial={"ip_subnet": ["0.0.0.0/0"]},
            fields=(
                ListOf("ip_subnet", item=Address("ip_subnet", network=True), ordered=False, empty_as=("0.0.0.0/0",)),
                Bool("ips_edge_services"),
                Enum(
                    "http_filter",
                    choices=("acl_http_filter_none", "path_begin", "path_end", "regex", "http_header_match"),
                ),
                ListOf("http_filter_value", ordered=False),
                Str("http_filter_option"),
                Bool("invert"),
            ),
        ),
    ),
    updates=(Update("PUT", body="all"),),
    set_all=Call("PUT", "/lb/v1/{scope}/frontends/{frontend}/acls", kinds=("zone",)),
    prepare=_prepare_acl,
    wait_timeout=900,
    computed={"frontend": {"id": UNKNOWN}, **TIMESTAMPS},
)

# A route has no name: it is known by what it picks among the traffic of its frontend.
ROUTE = Resource(
    name="route",
    plural="routes",
    title="route",
    item="/lb/v1/{scope}/routes/{id}",
    collection="/lb/v1/{scope}/routes",
    items="routes",
    location=LOCATION,
    parent=FRONTEND,
    parent_path="frontend_id",
    parent_key="frontend_id",
    settles_in_parent=True,
    identity=(("match.sni",), ("match.host_header",), ("match.path_begin",)),
    fields=(
        Ref(
            "backend",
            aliases=("backend_id",),
            key="backend_id",
            read="backend_id",
            on_create=True,
            to=lambda: BACKEND,
            suits=_suits_route,
        ),
        Object(
            "match",
            on_create=True,
            one_of=("sni", "host_header", "path_begin"),
            fields=(
                Str("sni", may_be_empty=False),
                Str("host_header", may_be_empty=False),
                Str("path_begin", may_be_empty=False),
                Bool("match_subdomains"),
            ),
        ),
    ),
    updates=(Update("PUT", body="all"),),
    wait_timeout=900,
    computed={"frontend_id": UNKNOWN, **TIMESTAMPS},
)
