# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load Balancer, API lb/v1: every resource as one description.

Everything is under ``/lb/v1/zones/{zone}``, and the same under ``/lb/v1/regions/{region}``. Updates are full replaces,
except for IPs. A change to anything inside a load balancer leaves its status ``ready``; only ``instances[].status``
turns ``pending`` for a second or two (recorded).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.composites import ListOf, Object, Ref
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, Refused
from ansible_collections.scw.cloud.plugins.module_utils.fields import (
    Address,
    Bool,
    Duration,
    Enum,
    Int,
    Str,
    Uuid,
)
from ansible_collections.scw.cloud.plugins.module_utils.resource import (
    SELF,
    Location,
    Request,
    Resource,
    Settle,
    Update,
    Values,
)
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN

LOCATION = Location(
    zones=("fr-par-1", "fr-par-2", "nl-ams-1", "nl-ams-2", "nl-ams-3", "pl-waw-1", "pl-waw-2", "pl-waw-3"),
    regions=("fr-par", "nl-ams", "pl-waw"),
)
TIMESTAMPS = {"created_at": UNKNOWN, "updated_at": UNKNOWN}
NAME = Str("name", may_be_empty=False)
PLACE = {"zone": UNKNOWN, "region": UNKNOWN}
OWNER = {"project_id": UNKNOWN, "organization_id": UNKNOWN}


def _is_ipv6(ip: Mapping[str, Any]) -> bool:
    return ":" in str(ip.get("ip_address"))


def _has_ipv4(lb: Mapping[str, Any]) -> bool:
    return any(not _is_ipv6(ip) for ip in lb.get("ip") or ())


def _has_ipv6(lb: Mapping[str, Any]) -> bool:
    return any(_is_ipv6(ip) for ip in lb.get("ip") or ())


def _prepare_lb(wanted: Values, current: Values | None) -> Values:
    """``ips`` means exactly these: none is assigned beside them, and afterwards only they are compared."""
    if "ips" not in wanted:
        return wanted
    assigned = [name for name in ("assign_flexible_ip", "assign_flexible_ipv6") if wanted.get(name)]
    if assigned:
        raise InvalidOption(assigned[0], "cannot be true together with ips, which means exactly these addresses.")
    if current is None:
        return {"assign_flexible_ip": False, **wanted}
    return {name: value for name, value in wanted.items() if not name.startswith("assign_flexible_ip")}


def _attach_ips(wanted: Values, current: Values) -> tuple[Request, ...]:
    """Adding an IP is a write to the IP (recorded: lb-update-to-ipv6); taking one away has no call."""
    present = [ip["id"] for ip in current.get("ip") or ()]
    gone = [ip_id for ip_id in present if ip_id not in wanted["ips"]]
    if gone:
        raise Refused(
            f"ips: the load balancer also holds {', '.join(gone)}, and the API cannot detach an IP. "
            "Add it to ips, or release it for good with scw_lb_ip and state=absent.",
            options=["ips"],
        )
    added = [ip_id for ip_id in wanted["ips"] if ip_id not in present]
    return tuple(
        Request("PATCH", f"/lb/v1/{{scope}}/ips/{ip_id}", {"lb_id": SELF}, f"attach IP {ip_id}") for ip_id in added
    )


def _predict_ips(values: Mapping[str, Any]) -> list[Values]:
    """The addresses a new load balancer will have, as far as that can be known."""
    unknown = {"ip_address": UNKNOWN, "reverse": UNKNOWN, "lb_id": UNKNOWN, "tags": [], **OWNER, **PLACE}
    assigned = [values.get("assign_flexible_ip", True), values.get("assign_flexible_ipv6", False)]
    return [{"id": ip_id, **unknown} for ip_id in values.get("ips", [UNKNOWN] * assigned.count(True))]


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
    match = {**((current or {}).get("match") or {}), **wanted.get("match", {})}
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


def _port(name: str, **more: Any) -> Int:
    return Int(name, low=1, high=65535, **more)


# An IP has no name: it is known by its address, or by the tags or the reverse it was given.
IP: Resource = Resource(
    name="ip",
    plural="ips",
    title="IP",
    item="/lb/v1/{scope}/ips/{id}",
    collection="/lb/v1/{scope}/ips",
    items="ips",
    location=LOCATION,
    project_scoped=True,
    handles=(Address("ip_address"),),
    identity=(("tags", "is_ipv6"), ("reverse", "is_ipv6")),
    filters=(Address("ip_address"), Enum("ip_type", choices=("all", "ipv4", "ipv6")), ListOf("tags")),
    fields=(
        Bool("is_ipv6", read=_is_ipv6, mutable=False, initial=False, way_out="Create another IP of the wanted family."),
        Str("reverse", unset_as=r".+\.lb\.[a-z-]+\.scw\.cloud"),
        ListOf("tags", ordered=False),
        Ref("lb", aliases=("lb_id",), key="lb_id", read="lb_id", creatable=False, to=lambda: LB),
    ),
    updates=(Update("PATCH", body="changed"),),
    computed={"ip_address": UNKNOWN, "lb_id": None, **OWNER, **PLACE},
)

LB: Resource = Resource(
    name="lb",
    plural="lbs",
    title="load balancer",
    item="/lb/v1/{scope}/lbs/{id}",
    collection="/lb/v1/{scope}/lbs",
    items="lbs",
    location=LOCATION,
    project_scoped=True,
    filters=(Str("name"), ListOf("tags"), ListOf("lb_ids", item=Uuid("lb_id"))),
    fields=(
        NAME,
        Str("description", initial=""),
        Str("type", ignore_case=True, may_be_empty=False, on_create=True),
        ListOf("tags", ordered=False),
        Enum(
            "ssl_compatibility_level",
            choices=(
                "ssl_compatibility_level_intermediate",
                "ssl_compatibility_level_modern",
                "ssl_compatibility_level_old",
            ),
        ),
        ListOf("ips", aliases=("ip_ids",), key="ip_ids", read="ip[].id", ordered=False, item=Ref("ip", to=lambda: IP)),
        Bool(
            "assign_flexible_ip",
            read=_has_ipv4,
            mutable=False,
            way_out="A load balancer stays public or private for life.",
        ),
        Bool(
            "assign_flexible_ipv6", read=_has_ipv6, mutable=False, way_out="Add an IPv6 with scw_lb_ip and ips instead."
        ),
    ),
    updates=(
        Update("PUT", body="all"),
        Update("POST", body="changed", path="/lb/v1/{scope}/lbs/{id}/migrate", fields=("type",)),
    ),
    steps=_attach_ips,
    stepped=("ips",),
    prepare=_prepare_lb,
    delete_options=(Bool("release_ip", initial=False),),
    settle=Settle(
        ready=frozenset({"ready"}),
        failed=frozenset({"error", "locked", "stopped"}),
        leaving=frozenset({"to_delete", "deleting"}),
        parts="instances[].status",
        busy_parts=frozenset({"pending", "migrating"}),
    ),
    wait_timeout=900,
    computed={
        "status": "ready",
        "ip": _predict_ips,
        "instances": [],
        "frontend_count": 0,
        "backend_count": 0,
        "private_network_count": 0,
        "route_count": 0,
        "subscriber": None,
        **OWNER,
        **PLACE,
        **TIMESTAMPS,
    },
)

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
            item=Uuid("certificate"),
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
    prepare=_prepare_acl,
    wait_timeout=900,
    computed={"frontend": {"id": UNKNOWN}, **TIMESTAMPS},
)

RESOURCES = (LB, IP, BACKEND, FRONTEND, ACL)
