# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small company in an account: one of everything that a report draws and a declaration may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from unittest import mock

from behaviour.account import PROJECT_ID, TOKEN, Account
from behaviour.runner import run_module
from emulator.testing import Emulator

Declared = Mapping[str, Sequence[Mapping[str, Any]]]


def _backend(name: str, *servers: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "forward_protocol": "http", "forward_port": 8080, "server_ip": list(servers), **more}


def _acl(name: str, action: str, *networks: str) -> dict[str, Any]:
    return {"name": name, "action": {"type": action}, "match": {"ip_subnet": list(networks)}}


SHOP: dict[str, Any] = {
    "name": "shop",
    "type": "lb-s",
    "tags": ["shop"],
    "certificates": [{"name": "shop", "letsencrypt": {"common_name": "shop.example.com"}}],
    "backends": [
        _backend("web", *(f"10.0.0.{number}" for number in range(11, 15)), timeout_server="30s"),
        _backend("api", "10.0.1.11", "10.0.1.12", "10.0.1.13"),
        _backend("status-page", "10.0.2.2"),
    ],
    "frontends": [
        {
            "name": "http",
            "inbound_port": 80,
            "backend": "web",
            "acls": [
                {
                    "name": "to-https",
                    "action": {"type": "redirect", "redirect": {"type": "scheme", "target": "https", "code": 301}},
                    "match": {"ip_subnet": ["0.0.0.0/0"]},
                }
            ],
        },
        {
            "name": "https",
            "inbound_port": 443,
            "backend": "web",
            "certificates": ["shop"],
            "acls": [_acl("office", "allow", "203.0.113.0/24"), _acl("abuse", "deny", "198.51.100.7")],
            "routes": [
                {"match": {"host_header": "api.example.com"}, "backend": "api"},
                {"match": {"path_begin": "/status"}, "backend": "status-page"},
            ],
        },
    ],
}
MAIL: dict[str, Any] = {
    "name": "mail",
    "type": "lb-s",
    "zone": "nl-ams-1",
    "backends": [_backend("imap", "10.4.0.1", "10.4.0.2", forward_protocol="tcp", forward_port=993)],
    "frontends": [{"name": "imaps", "inbound_port": 993, "backend": "imap"}],
}
IMAGE = "rg.fr-par.scw.cloud/shop"
DECLARED: Declared = {
    "scw_lb": [SHOP, MAIL],
    "scw_container_namespace": [{"name": "shop"}, {"name": "tools", "region": "nl-ams"}],
    "scw_container": [
        {"namespace": "shop", "name": "checkout", "image": f"{IMAGE}/checkout:2.4.1", "min_scale": 1, "max_scale": 5},
        {"namespace": "shop", "name": "search", "image": f"{IMAGE}/search:1.9.0", "max_scale": 3},
        {"namespace": "tools", "region": "nl-ams", "name": "grafana", "image": f"{IMAGE}/grafana:11"},
    ],
    "scw_container_domain": [{"namespace": "shop", "container": "checkout", "hostname": "pay.example.com"}],
    "scw_container_trigger": [
        {
            "namespace": "shop",
            "container": "search",
            "name": "reindex",
            "cron_config": {"schedule": "0 3 * * *", "timezone": "Europe/Paris"},
        }
    ],
    "scw_function_namespace": [{"name": "images"}],
    "scw_function": [{"namespace": "images", "name": "resize", "runtime": "python313", "handler": "handler.handle"}],
    "scw_function_cron": [{"namespace": "images", "function": "resize", "name": "sweep", "schedule": "*/15 * * * *"}],
    "scw_edge_pipeline": [
        {
            "name": "shop",
            "stages": {
                "dns": {"fqdns": ["shop.example.com", "www.example.com"]},
                "tls": {"managed_certificate": True},
                "cache": {"fallback_ttl": "1h"},
                "route": {
                    "backend_stage": "shop",
                    "route_rules": [
                        {"rule_http_match": {"path_filter": {"value": "/checkout/.*"}}, "waf_stage": "only"},
                        {"rule_http_match": {"path_filter": {"value": "/img/.*"}}, "backend_stage": "images"},
                    ],
                },
                "waf": {"mode": "enable", "paranoia_level": 2, "backend_stage": "checkout"},
                "backends": [
                    {
                        "name": "shop",
                        "scaleway_lb": {
                            "lbs": [{"lb": "shop", "zone": "fr-par-1", "frontend": "https", "is_ssl": True}]
                        },
                    },
                    {
                        "name": "checkout",
                        "scaleway_serverless_container": {"region": "fr-par", "container": "shop/checkout"},
                    },
                    {"name": "images", "scaleway_s3": {"bucket_name": "shop-images", "bucket_region": "fr-par"}},
                ],
            },
        },
        {
            "name": "thumbnails",
            "stages": {
                "dns": {},
                "cache": {"fallback_ttl": "12h"},
                "backends": [{"scaleway_serverless_function": {"region": "fr-par", "function": "images/resize"}}],
            },
        },
    ],
}


def healthy(emulator: Emulator, *sick: str) -> None:
    """Have all servers pass their checks but those with these addresses."""
    well = {"ip": "*", "server_state": "running", "last_health_check_status": "passed"}
    ill = [{"ip": address, "server_state": "stopped", "last_health_check_status": "failed"} for address in sick]
    emulator.stats([well, *ill])


def build(account: Account, declared: Declared | None = None) -> None:
    """Have what is declared, or ``DECLARED``, in a project with a plan; the journal starts after it."""
    plan = {"project_id": PROJECT_ID, "plan_name": "professional"}
    account.at("/edge-services/v1beta1", "").call("PATCH", "/current-plan", plan)
    credentials = {"api_url": account.emulator.url, "secret_key": TOKEN, "project_id": PROJECT_ID}
    with mock.patch.dict("os.environ", {"SCW_CONFIG_PATH": ""}):
        for module, tasks in (declared or DECLARED).items():
            for options in tasks:
                run = run_module(account.emulator, module, {**credentials, **options})
                assert not run.failed, f"{module}: {run.message}"
    account.emulator.clear_journal()
