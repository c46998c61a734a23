# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two plays about all products: one builds everything, the other changes, replaces and removes what that built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

GROUPS = ("lb", "container", "function", "edge")
"""Tags: the tasks of each product stand for themselves."""
NETWORK, ADDRESS = "a5555555-5555-4555-8555-555555555550", "b5555555-5555-4555-8555-555555555551"


def task(module: str, **options: Any) -> dict[str, Any]:
    """A task, with its product for a tag."""
    return {"name": f"Run {module}", f"scw.cloud.{module}": options, "tags": module.split("_")[1]}


def _acl(name: str, subnet: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "action": {"type": "deny"}, "match": {"ip_subnet": [subnet]}, **more}


def _backend(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "forward_protocol": "http", "forward_port": 8080, **more}


def _bucket(name: str) -> dict[str, Any]:
    return {"name": name, "scaleway_s3": {"bucket_name": name, "bucket_region": "fr-par"}}


def _container(**options: Any) -> dict[str, Any]:
    return task("scw_container", namespace="shop", name="web", **options)


def _trigger(name: str, **options: Any) -> dict[str, Any]:
    return task("scw_container_trigger", namespace="shop", container="web", name=name, **options)


def _function(**options: Any) -> dict[str, Any]:
    return task("scw_function", namespace="shop", name="resize", **options)


def _cron(name: str, **options: Any) -> dict[str, Any]:
    return task("scw_function_cron", namespace="shop", function="resize", name=name, **options)


BUILD = [
    task(
        "scw_lb",
        name="shop",
        type="lb-s",
        certificates=[{"name": "issued", "letsencrypt": {"common_name": "www.example.com"}}],
        private_networks=[{"private_network_id": NETWORK, "ipam_ids": [ADDRESS]}],
        backends=[_backend("web", server_ip=["10.0.0.1"]), _backend("api")],
        frontends=[
            {
                "name": "https",
                "inbound_port": 443,
                "backend": "web",
                "certificates": ["issued"],
                "acls": [_acl("first", "10.0.0.0/8"), _acl("second", "192.0.2.0/24")],
                "routes": [{"match": {"path_begin": "/api"}, "backend": "api"}],
            },
            {"name": "http", "inbound_port": 80, "backend": "web"},
        ],
    ),
    task("scw_lb_acl", lb="shop", frontend="https", index=30, **_acl("third", "203.0.113.0/24")),
    task("scw_container_namespace", name="shop", environment_variables={"A": "1"}),
    _container(image="nginx:1", secret_environment_variables={"KEY": "f1rst-s3cret"}),
    _trigger("nightly", cron_config={"schedule": "5 4 * * *", "timezone": "UTC"}),
    task("scw_function_namespace", name="shop"),
    _function(runtime="python313", handler="handler.handle", src="first"),
    _cron("nightly", schedule="5 4 * * *"),
    task("scw_edge_plan", plan_name="professional"),
    task(
        "scw_edge_pipeline",
        name="shop",
        stages={
            "dns": {"fqdns": ["www.example.com"]},
            "tls": {"managed_certificate": True},
            "cache": {"fallback_ttl": "1h"},
            "backends": [_bucket("site")],
        },
    ),
]

CHANGE = [
    task(
        "scw_lb",
        name="shop",
        description="changed",
        purge=True,
        certificates=[],
        backends=[_backend("web", timeout_server="1m"), _backend("files")],
        frontends=[
            {"name": "plain", "inbound_port": 80, "backend": "files"},
            {
                "name": "https",
                "inbound_port": 443,
                "backend": "web",
                "certificates": [],
                "timeout_client": "9s",
                "routes": [{"match": {"path_begin": "/files"}, "backend": "files"}],
            },
        ],
    ),
    task("scw_lb_acls", lb="shop", frontend="https", acls=[_acl("third", "::/0"), _acl("fourth", "10.0.0.0/8")]),
    task("scw_lb_backend_server", lb="shop", backend="web", server_ip=["10.0.0.2", "10.0.0.3"]),
    task("scw_container_namespace", name="shop", environment_variables={"A": "2"}),
    _container(image="nginx:2", max_scale=3, secret_environment_variables={"KEY": "s3cond-s3cret"}),
    _trigger("nightly", state="absent"),
    _trigger("hourly", cron_config={"schedule": "5 * * * *", "timezone": "UTC"}),
    _function(memory_limit="512MB", src="second"),
    _cron("nightly", schedule="0 9 * * 1"),
    _cron("hourly", schedule="5 * * * *"),
    task(
        "scw_edge_pipeline",
        name="shop",
        purge=True,
        stages={
            "dns": {"fqdns": ["www.example.com", "shop.example.com"]},
            "tls": {"managed_certificate": True},
            "route": {
                "backend_stage": "site",
                "route_rules": [{"rule_http_match": {"path_filter": {"value": "/f/.*"}}, "backend_stage": "files"}],
            },
            "waf": {"mode": "enable", "paranoia_level": 2, "backend_stage": "site"},
            "backends": [_bucket("site"), _bucket("files")],
        },
    ),
]


def write_code(folder: Path) -> None:
    """Write the two folders with the code of the function."""
    for name in ("first", "second"):
        source = folder / name
        source.mkdir()
        (source / "handler.py").write_text(f"def handle(event, context):\n    return {name!r}\n")
