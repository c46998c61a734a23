# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Input that cannot be right: one sentence that names the option, the value and what is allowed; no write.

A key is the exception: its value is never shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Enum, Int
from behaviour.account import Use
from behaviour.bad import Bad
from behaviour.bad_edge import BAD_EDGE
from behaviour.bad_serverless import BAD_SERVERLESS
from behaviour.expectations import assert_predicts, assert_quiet, assert_refused
from behaviour.fields import leaves, placed
from behaviour.samples import plain
from behaviour.subjects import EVERYWHERE, RESOURCES, Scene, every_resource, places_of
from naming import key_of, module_of

NOBODY = "33333333-3333-4333-8333-333333333333"
BY_KEY = {key_of(resource): resource for resource in RESOURCES}
SCHEME = {"type": "scheme"}


ZONES = ("fr-par-1", "pl-waw-3")
BAD: Mapping[str, Bad] = {
    "unknown zone": Bad("lb", {"zone": "mars-1"}, ("zone", "mars-1", *ZONES)),
    "zone of another product": Bad("lb", {"zone": "fr-par-3"}, ("zone", "fr-par-3", *ZONES)),
    "region as zone": Bad("lb_ip", {"zone": "fr-par"}, ("zone", "fr-par", *ZONES)),
    "unknown region": Bad(
        "lb", {"zone": None, "region": "us-east"}, ("region", "us-east", "fr-par", "nl-ams", "pl-waw")
    ),
    "zone and region": Bad("lb", {"region": "fr-par"}, ("zone", "region")),
    "empty zone": Bad("lb", {"zone": ""}, ("zone", "empty")),
    "malformed project": Bad("lb", {"project_id": "shop"}, ("project_id", "shop", "UUID")),
    "malformed organization": Bad("lb", {"organization_id": "shop"}, ("organization_id", "shop", "UUID")),
    "missing certificate": Bad(
        "lb_frontend", {"certificates": ["shop"]}, ("certificate", "shop"), early=False, guessable=True
    ),
    "unknown certificate": Bad("lb_frontend", {"certificates": [NOBODY]}, ("certificates", NOBODY), early=False),
    "empty name of a certificate": Bad("lb_frontend", {"certificates": [""]}, ("certificates[0]", "certificate")),
    "certificate of another load balancer": Bad(
        "lb_frontend", {"certificates": [Use("far-certificate-a")]}, ("certificates", "far-certificate-a"), early=False
    ),
    "malformed access key": Bad("lb", {"access_key": "AKIA"}, ("access_key", "SCW")),
    "api url without scheme": Bad("lb", {"api_url": "api.example.com"}, ("api_url",)),
    "plain http to another host": Bad("lb", {"api_url": "http://api.example.com"}, ("api_url", "https")),
    "missing profile": Bad("lb", {"profile": "prod"}, ("profile", "prod")),
    "missing file": Bad("lb", {"config_file": "/nonexistent/config.yaml"}, ("/nonexistent/config.yaml",)),
    "deadline of nothing": Bad("lb", {"wait_timeout": 0}, ("wait_timeout", "0")),
    "negative deadline": Bad("lb_acl", {"wait_timeout": -1}, ("wait_timeout", "-1")),
    "no time to answer": Bad("lb_acl", {"api_timeout": 0}, ("api_timeout", "0")),
    "port zero": Bad("lb_frontend", {"inbound_port": 0}, ("inbound_port", "0", "1", "65535")),
    "port too high": Bad("lb_backend", {"forward_port": 65536}, ("forward_port", "65536", "1", "65535")),
    "check port": Bad("lb_backend", {"health_check": {"port": -1}}, ("health_check.port", "-1", "65535")),
    "port that is a name": Bad("lb_frontend", {"inbound_port": "http"}, ("inbound_port", "http", "int")),
    "negative index": Bad("lb_acl", {"index": -1}, ("index", "-1")),
    "bad CIDR": Bad("lb_acl", {"match": {"ip_subnet": ["10.0.0.0/33"]}}, ("match.ip_subnet", "10.0.0.0/33")),
    "host bits in CIDR": Bad("lb_acl", {"match": {"ip_subnet": ["10.0.0.1/8"]}}, ("match.ip_subnet", "10.0.0.1/8")),
    "name as address": Bad("lb_acl", {"match": {"ip_subnet": ["1.2.3.4", "office"]}}, ("ip_subnet[1]", "office")),
    "server that is a name": Bad("lb_backend", {"server_ip": ["web-1"]}, ("server_ip", "web-1", "address")),
    "network as server": Bad("lb_backend", {"server_ip": ["10.0.0.0/8"]}, ("server_ip", "10.0.0.0/8", "address")),
    "address that is none": Bad("lb_ip", {"ip_address": "198.51.100.300"}, ("ip_address", "198.51.100.300")),
    "redirect without settings": Bad("lb_acl", {"action": {"type": "redirect"}}, ("redirect", "action")),
    "redirect without target": Bad(
        "lb_acl", {"action": {"type": "redirect", "redirect": SCHEME}}, ("target", "redirect")
    ),
    "redirect to nothing": Bad(
        "lb_acl", {"action": {"type": "redirect", "redirect": {**SCHEME, "target": ""}}}, ("action.redirect.target",)
    ),
    "redirect code": Bad(
        "lb_acl",
        {"action": {"type": "redirect", "redirect": {**SCHEME, "target": "https", "code": 200}}},
        ("code", "200", "301", "308"),
    ),
    "redirect of what is allowed": Bad(
        "lb_acl", {"action": {"type": "allow", "redirect": {**SCHEME, "target": "https"}}}, ("redirect", "allow")
    ),
    "filter without values": Bad(
        "lb_acl", {"match": {"http_filter": "path_begin"}}, ("match.http_filter_value", "path_begin"), early=False
    ),
    "header filter without header": Bad(
        "lb_acl",
        {"match": {"http_filter": "http_header_match", "http_filter_value": ["x"]}},
        ("match.http_filter_option", "http_header_match"),
        early=False,
    ),
    "unknown protocol": Bad("lb_backend", {"forward_protocol": "udp"}, ("forward_protocol", "udp", "tcp", "http")),
    "two kinds of check": Bad(
        "lb_backend", {"health_check": {"tcp_config": {}, "redis_config": {}}}, ("tcp_config", "redis_config")
    ),
    "check without path": Bad(
        "lb_backend", {"health_check": {"http_config": {}}}, ("health_check.http_config.uri",), early=False
    ),
    "setting of what has none": Bad(
        "lb_backend", {"health_check": {"tcp_config": {"port": 1}}}, ("health_check.tcp_config", "port")
    ),
    "duration without sense": Bad("lb_backend", {"timeout_server": "soon"}, ("timeout_server", "soon", "30s")),
    "duration in fractions of a millisecond": Bad(
        "lb_backend", {"timeout_server": "1.5ms"}, ("timeout_server", "1.5ms")
    ),
    "duration without unit": Bad("lb_backend", {"timeout_queue": "5"}, ("timeout_queue", "5", "30s")),
    "negative duration": Bad("lb_frontend", {"timeout_client": "-1s"}, ("timeout_client", "-1s")),
    "duration that must not be empty": Bad(
        "lb_backend", {"health_check": {"check_delay": ""}}, ("health_check.check_delay",), exists=True
    ),
    "empty name": Bad("lb_backend", {"name": ""}, ("name",)),
    "empty parent": Bad("lb_backend", {"lb": ""}, ("lb", "empty")),
    "empty reference": Bad("lb_frontend", {"backend": ""}, ("backend", "empty")),
    "missing parent": Bad("lb_frontend", {"lb": "nowhere"}, ("load balancer", "nowhere"), early=False, guessable=True),
    "missing reference": Bad(
        "lb_frontend", {"backend": "nowhere"}, ("backend", "nowhere"), early=False, guessable=True
    ),
    "unknown reference": Bad("lb_frontend", {"backend": NOBODY}, ("backend", NOBODY), early=False),
    "frontend of another load balancer": Bad(
        "lb_acl", {"frontend": Use("far-frontend-a"), "lb": "outer"}, ("frontend", "far-frontend-a"), early=False
    ),
    "load balancer of another frontend": Bad("lb_acl", {"lb": "elsewhere"}, ("frontend",), early=False, guessable=True),
    "backend of another load balancer": Bad(
        "lb_frontend", {"backend": Use("far-backend-a")}, ("backend", "far-backend-a"), early=False
    ),
    "unknown IP": Bad("lb", {"ips": [NOBODY]}, ("ips", NOBODY), early=False),
    "missing IP": Bad("lb", {"ips": ["198.51.100.1"]}, ("IP", "198.51.100.1"), early=False),
    "IP that is a name": Bad("lb", {"ips": ["web"]}, ("IP", "web"), early=False),
    "nothing to find an IP by": Bad("lb_ip", {"tags": []}, ("tags", "reverse", "id")),
    "unknown load balancer of an IP": Bad(
        "lb_ip", {"lb": "nowhere"}, ("load balancer", "nowhere"), early=False, guessable=True
    ),
    "connections to a backend of requests": Bad(
        "lb_route", {"backend": Use("backend-a")}, ("backend", "sni", "http", "tcp"), early=False
    ),
    "requests to a backend of connections": Bad(
        "lb_route", {"match": {"host_header": "a.example.com"}}, ("backend", "host_header", "tcp", "http"), early=False
    ),
    "paths to a backend of connections": Bad(
        "lb_route", {"match": {"path_begin": "/a"}}, ("backend", "path_begin", "tcp", "http"), early=False
    ),
    "a backend that the present match cannot use": Bad(
        "lb_route",
        {"id": "its own", "match": None, "backend": Use("backend-a")},
        ("backend", "sni", "http", "tcp"),
        early=False,
        exists=True,
    ),
    "a match that the present backend cannot serve": Bad(
        "lb_route",
        {"id": "its own", "match": {"host_header": "a.example.com"}, "backend": None},
        ("backend", "host_header", "tcp", "http"),
        early=False,
        exists=True,
    ),
    "two things to pick by": Bad(
        "lb_route", {"match": {"sni": "a.example.com", "path_begin": "/a"}}, ("sni", "path_begin", "match")
    ),
    "nothing to pick by": Bad(
        "lb_route", {"match": {"match_subdomains": True}}, ("match.sni", "match.host_header", "match.path_begin")
    ),
    "empty thing to pick by": Bad("lb_route", {"match": {"sni": ""}}, ("match.sni", "empty")),
    "backend of another load balancer than the frontend": Bad(
        "lb_route", {"backend": Use("far-backend-tcp-a")}, ("backend", "far-backend-tcp-a"), early=False
    ),
    "route of a missing frontend": Bad(
        "lb_route", {"frontend": "nowhere"}, ("frontend", "nowhere"), early=False, guessable=True
    ),
    "route to a missing backend": Bad(
        "lb_route", {"backend": "nowhere"}, ("backend", "nowhere"), early=False, guessable=True
    ),
    "subscriber without an address": Bad("lb_subscriber", {"email_config": {}}, ("email", "email_config")),
    "subscriber with an empty address": Bad("lb_subscriber", {"email_config": {"email": ""}}, ("email_config.email",)),
    "unknown subscriber": Bad("lb", {"subscriber": NOBODY}, ("subscriber", NOBODY), early=False),
    "missing subscriber": Bad("lb", {"subscriber": "nowhere"}, ("subscriber", "nowhere"), early=False, guessable=True),
    "empty type": Bad("lb", {"type": ""}, ("type",)),
    "an IP less": Bad("lb", {"ips": []}, ("ips", "detach"), early=False, exists=True),
    "another project": Bad("lb", {"project_id": NOBODY, "id": "its own"}, (NOBODY,), early=False, exists=True),
    **BAD_SERVERLESS,
    **BAD_EDGE,
}


def options_of(scene: Scene, bad: Bad) -> dict[str, Any]:
    made = scene.make({**scene.minimal}) if bad.exists else {}
    options: dict[str, Any] = {**scene.minimal, **bad.options}
    options = {name: scene.things.shown(value) for name, value in options.items()}
    if "id" in bad.options:
        options["id"] = made["id"]
    return {name: value for name, value in options.items() if value is not None}


@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
@pytest.mark.parametrize(
    ("resource", "place", "bad"),
    [
        pytest.param(resource, places_of(resource)[0], bad, id=name.replace(" ", "-"))
        for name, bad in BAD.items()
        for resource in [BY_KEY[bad.resource]]
    ],
)
def test_bad_input_is_refused_before_any_write(scene: Scene, bad: Bad, check: bool) -> None:
    options = options_of(scene, bad)
    run = scene.run(options, check=check)
    if check and bad.guessable:
        assert_predicts(run)
        assert run.warnings
        return
    assert_refused(run, *bad.words)
    if bad.early:
        assert run.requests == ()


@every_resource
@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_misspelled_option_is_refused(scene: Scene, state: str) -> None:
    run = scene.run({**scene.minimal, "tgas": ["x"], "state": state})
    assert_refused(run, "tgas")
    assert run.requests == ()


@every_resource
def test_without_a_key_nothing_is_sent(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCW_SECRET_KEY")
    for run in (scene.run(scene.minimal), scene.info(scene.around)):
        assert run.failed
        assert "SCW_SECRET_KEY" in run.message
        assert run.requests == ()


@every_resource
def test_without_a_project_nothing_is_created(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCW_DEFAULT_PROJECT_ID")
    run = scene.run(scene.minimal)
    if scene.resource.project_scoped:
        assert_refused(run, "project_id", "SCW_DEFAULT_PROJECT_ID")
    else:
        assert not run.failed


BOUNDED = [
    pytest.param(resource, place, leaf, id=f"{module_of(resource)}-{place}-{leaf.path}")
    for resource, place in EVERYWHERE
    for leaf in leaves(resource)
    if isinstance(leaf.field, (Int, Enum)) and (leaf.field.choices or getattr(leaf.field, "low", None) is not None)
]


@pytest.mark.parametrize(("resource", "place", "leaf"), BOUNDED)
def test_a_value_out_of_bounds_is_refused(scene: Scene, leaf: Any) -> None:
    low, high = getattr(leaf.field, "low", None), getattr(leaf.field, "high", None)
    wrong = [
        bound for bound in (None if low is None else low - 1, None if high is None else high + 1) if bound is not None
    ]
    for value in wrong or ["no-such-choice", 12345]:
        written = placed(leaf, plain(value), everything=False).written
        least = {name: option for name, option in scene.minimal.items() if name not in leaf.rivals}
        run = scene.run({**least, leaf.top.name: scene.things.written(written)})
        assert_refused(run, leaf.field.name, str(value))
        assert run.requests == ()


@every_resource
def test_the_refused_task_was_right_but_for_that(scene: Scene) -> None:
    assert not scene.run(scene.minimal).failed
    assert_quiet(scene.run(scene.minimal))
