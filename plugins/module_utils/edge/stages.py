# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edge Services, the stages that requests pass in a pipeline. They have no name; each holds the ID of the next one:

head -> dns -> (tls) -> (cache) -> (route and its rules) -> (waf) -> backend -> origin
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import (
    Bool,
    Duration,
    Enum,
    Int,
    Str,
    Uuid,
)
from ansible_collections.scw.cloud.plugins.module_utils.description.links import Link
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import (
    Call,
    Part,
    Resource,
    Update,
    Values,
)
from ansible_collections.scw.cloud.plugins.module_utils.edge.backends import BACKEND_STAGE, stage
from ansible_collections.scw.cloud.plugins.module_utils.edge.resources import (
    API,
    LOCATION,
    PIPELINE,
    PIPELINE_ERRORS,
    REGIONS,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN


def _link(name: str, to: str) -> Link:
    return Link(name, aliases=(f"{name}_id",), key=f"{name}_id", read=f"{name}_id", to=lambda: STAGES[to])


LINKS = {name: _link(f"{name}_stage", name) for name in ("tls", "cache", "route", "waf", "backend")}


def _links(*kinds: str) -> tuple[Link, ...]:
    return tuple(LINKS[kind] for kind in kinds)


def _prepare_dns(wanted: Values, _current: Values | None) -> Values:
    for fqdn in wanted.get("fqdns", ()):
        if not FQDN.fullmatch(fqdn):
            raise InvalidOption("fqdns", f"{fqdn!r} is not a full domain name such as www.example.com.")
    return wanted


def _prepare_tls(wanted: Values, current: Values | None) -> Values:
    """A managed certificate and secrets end each other, which is said to the API and in the difference."""
    managed, secrets = wanted.get("managed_certificate"), wanted.get("secrets")
    if managed and secrets:
        raise InvalidOption("secrets", "are certificates of yours; with managed_certificate the platform brings one.")
    present = current or {}
    if managed and present.get("secrets"):
        return {**wanted, "secrets": []}
    if secrets and present.get("managed_certificate"):
        return {**wanted, "managed_certificate": False}
    return wanted


def _prepare_route(wanted: Values, _current: Values | None) -> Values:
    for index, rule in enumerate(wanted.get("route_rules", ())):
        where = f"route_rules[{index}]"
        if not any(rule.get(name) for name in ("backend_stage", "waf_stage")):
            raise InvalidOption(where, "leads nowhere: set backend_stage or waf_stage.")
        for name in ("path_filter", "host_filter"):
            _check_pattern((rule.get("rule_http_match") or {}).get(name), f"{where}.rule_http_match.{name}.value")
    return wanted


def _check_pattern(match: Mapping[str, str] | None, where: str) -> None:
    """Refuse what is a pattern in no dialect; that of the API is not Python's, and only the API knows it."""
    pattern = match["value"] if match else ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except re.error as error:
        if error.msg.startswith(NO_PATTERN):
            raise InvalidOption(where, f"{pattern!r} is not a regular expression: {error}.") from None
    except (OverflowError, RecursionError):
        raise InvalidOption(where, "repeats too much, or is too deep, for a regular expression.") from None


FQDN = re.compile(r"(?:\*\.)?(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,62}\.?")
NO_PATTERN = (
    "missing ), unterminated subpattern",
    "unbalanced parenthesis",
    "unterminated character set",
    "bad character range",
    "nothing to repeat",
    "multiple repeat",
    "min repeat greater than max repeat",
    "bad escape (end of pattern)",
)
"""How Python begins to say what is wrong in every dialect of regular expressions."""

OWN_HOST = r".*\.svc\.edge\.scw\.cloud"
"""The domain that the platform adds to those of a DNS stage (docs)."""

WAF_STAGE = stage(
    "waf",
    (
        Enum("mode", choices=("disable", "log_only", "enable"), on_create=True),
        Int("paranoia_level", low=1, high=4, on_create=True),
    ),
    _links("backend"),
)

ROUTE_STAGE = stage(
    "route",
    (
        ListOf(
            "route_rules",
            creatable=False,
            item=Object(
                "",
                exact=True,
                one_of=("backend_stage", "waf_stage"),
                fields=(
                    Object(
                        "rule_http_match",
                        exact=True,
                        fields=(
                            ListOf(
                                "method_filters",
                                ordered=False,
                                item=Enum(
                                    "method_filter",
                                    choices=("get", "post", "put", "patch", "delete", "head", "options"),
                                ),
                            ),
                            Object(
                                "path_filter",
                                fields=(
                                    Enum("path_filter_type", choices=("regex",), initial="regex"),
                                    Str("value", required=True),
                                ),
                            ),
                            Object(
                                "host_filter",
                                fields=(
                                    Enum("host_filter_type", choices=("regex",), initial="regex"),
                                    Str("value", required=True),
                                ),
                            ),
                        ),
                    ),
                    LINKS["backend"],
                    LINKS["waf"],
                ),
            ),
        ),
    ),
    _links("waf", "backend"),
    prepare=_prepare_route,
    parts=(Part("route_rules", f"{API}/route-stages/{{id}}/route-rules", order="position"),),
    updates=(
        Update("PATCH", body="changed"),
        Update("PUT", body="all", path=f"{API}/route-stages/{{id}}/route-rules", fields=("route_rules",)),
    ),
)

CACHE_STAGE = stage(
    "cache",
    (Duration("fallback_ttl", text=True, may_be_empty=False), Bool("include_cookies")),
    _links("backend", "waf", "route"),
)

TLS_STAGE = stage(
    "tls",
    (
        Bool("managed_certificate"),
        ListOf(
            "secrets",
            ordered=False,
            looks_secret=True,
            update_key="tls_secrets_config.tls_secrets",
            item=Object(
                "",
                fields=(Uuid("secret_id", required=True), Enum("region", choices=REGIONS, required=True)),
            ),
        ),
    ),
    _links("cache", "backend", "route", "waf"),
    filters=(Uuid("secret_id"), Enum("secret_region", choices=REGIONS)),
    prepare=_prepare_tls,
    computed={"certificate_expires_at": None},
)

DNS_STAGE = stage(
    "dns",
    (
        ListOf("fqdns", item=Str("fqdn", may_be_empty=False, ignore_case=True), ordered=False, ignored=OWN_HOST),
        Bool("wildcard_domain"),
        Bool("full_private"),
    ),
    _links("tls", "cache", "backend"),
    filters=(Str("fqdn"),),
    prepare=_prepare_dns,
    advice={403: "A wildcard domain may need another plan: choose it with scw_edge_plan."},
    computed={"type": UNKNOWN, "default_fqdn": UNKNOWN, "default_private_fqdn": UNKNOWN},
)

STAGES: Mapping[str, Resource] = {
    "backend": BACKEND_STAGE,
    "waf": WAF_STAGE,
    "route": ROUTE_STAGE,
    "cache": CACHE_STAGE,
    "tls": TLS_STAGE,
    "dns": DNS_STAGE,
}
"""By kind, origin first: each refers only to those before it."""

SET_HEAD = f"{API}/pipelines/{{pipeline}}/set-head-stage"

HEAD_STAGE: Resource = Resource(
    name="head_stage",
    plural="head_stages",
    title="head stage",
    collection=f"{API}/pipelines/{{pipeline}}/head-stages",
    items="head_stages",
    location=LOCATION,
    parent=PIPELINE,
    parent_path="id",
    has_id=False,
    identity=(),
    fields=(
        Link(
            "dns_stage",
            aliases=("dns_stage_id",),
            key="add_new_head_stage.new_stage_id",
            update_key="swap_head_stage.new_stage_id",
            read="dns_stage_id",
            to=lambda: DNS_STAGE,
            may_be_empty=False,
            on_create=True,
        ),
    ),
    create=Call("POST", SET_HEAD),
    updates=(
        Update(
            "POST",
            body="changed",
            path=SET_HEAD,
            beside=lambda current: {"swap_head_stage.current_stage_id": current["dns_stage_id"]},
        ),
    ),
    delete=Call("POST", SET_HEAD, lambda current: {"remove_head_stage.remove_stage_id": current["dns_stage_id"]}),
    manner=(PIPELINE_ERRORS,),
    settles_in_parent=True,
    absent_if_forbidden=True,
    computed={},
)
