# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects of Edge Services as the API shows them at rest."""

from __future__ import annotations

from typing import Any

from unit.samples import FRONTEND_ID as LB_FRONTEND_ID
from unit.samples import LB_ID, NETWORK_ID, ORGANIZATION, PROJECT

PIPELINE_ID = "bbbbbbbb-0000-4000-8000-000000000001"
BACKEND_ID = "bbbbbbbb-0000-4000-8000-000000000002"
OTHER_BACKEND_ID = "bbbbbbbb-0000-4000-8000-000000000003"
WAF_ID = "bbbbbbbb-0000-4000-8000-000000000004"
ROUTE_ID = "bbbbbbbb-0000-4000-8000-000000000005"
CACHE_ID = "bbbbbbbb-0000-4000-8000-000000000006"
TLS_ID = "bbbbbbbb-0000-4000-8000-000000000007"
DNS_ID = "bbbbbbbb-0000-4000-8000-000000000008"
ENDPOINT_ID = "bbbbbbbb-0000-4000-8000-000000000009"
SECRET_ID = "bbbbbbbb-0000-4000-8000-00000000000a"
TIMES = {"created_at": "2026-07-22T09:22:10.071419Z", "updated_at": "2026-07-22T09:22:10.071419Z"}
HEADLESS = {
    "stage": "unknown_stage",
    "code": "pipeline_missing_head_stage",
    "severity": "critical",
    "type": "config",
    "message": "first (head) stage missing",
}


def pipeline(**changes: Any) -> dict[str, Any]:
    """A pipeline without a head."""
    known = {
        "id": PIPELINE_ID,
        "name": "shop",
        "description": "",
        "status": "warning",
        "errors": [HEADLESS],
        "project_id": PROJECT,
        "organization_id": ORGANIZATION,
        "vpc_endpoint_ids": [],
    }
    return {**known, **TIMES, **changes}


def vpc_endpoint(**changes: Any) -> dict[str, Any]:
    """A VPC endpoint."""
    known = {"id": ENDPOINT_ID, "private_network_id": NETWORK_ID, "region": "fr-par", "project_id": PROJECT}
    return {**known, **TIMES, **changes}


def _stage(own_id: str, **settings: Any) -> dict[str, Any]:
    return {"id": own_id, "pipeline_id": PIPELINE_ID, "status": "inactive", **TIMES, **settings}


def backend_stage(**changes: Any) -> dict[str, Any]:
    """A backend stage in front of a bucket."""
    bucket = {"bucket_name": "pictures", "bucket_region": "fr-par", "is_website": False}
    return _stage(BACKEND_ID, **({"scaleway_s3": bucket} | changes))


BALANCER = {
    "id": LB_ID,
    "zone": "fr-par-1",
    "frontend_id": LB_FRONTEND_ID,
    "is_ssl": True,
    "domain_name": "",
    "has_websocket": False,
    "private_network_id": None,
}


def waf_stage(**changes: Any) -> dict[str, Any]:
    """A WAF stage in front of ``backend_stage()``."""
    return _stage(WAF_ID, **({"mode": "enable", "paranoia_level": 2, "backend_stage_id": BACKEND_ID} | changes))


def route_stage(**changes: Any) -> dict[str, Any]:
    """A route stage without rules, with the list of them."""
    return _stage(ROUTE_ID, **({"backend_stage_id": BACKEND_ID, "route_rules": []} | changes))


def rule(position: int = 1, pattern: str = "/api/.*", **target: str) -> dict[str, Any]:
    """A rule for paths."""
    match = {"method_filters": [], "path_filter": {"path_filter_type": "regex", "value": pattern}}
    chosen = target or {"backend_stage_id": OTHER_BACKEND_ID}
    return {"rule_http_match": match, **chosen, "position": position, "route_stage_id": ROUTE_ID}


def cache_stage(**changes: Any) -> dict[str, Any]:
    """A cache stage in front of ``backend_stage()``."""
    return _stage(
        CACHE_ID, **({"fallback_ttl": "3600s", "include_cookies": False, "backend_stage_id": BACKEND_ID} | changes)
    )


def tls_stage(**changes: Any) -> dict[str, Any]:
    """A TLS stage that leads nowhere yet."""
    return _stage(TLS_ID, **({"managed_certificate": False, "secrets": [], "certificate_expires_at": None} | changes))


def dns_stage(**changes: Any) -> dict[str, Any]:
    """A DNS stage that leads nowhere yet."""
    known = {
        "fqdns": ["www.example.com"],
        "wildcard_domain": False,
        "full_private": False,
        "type": "custom",
        "default_fqdn": "",
        "default_private_fqdn": "",
    }
    return _stage(DNS_ID, **(known | changes))


def head_stage(**changes: Any) -> dict[str, Any]:
    """The head of ``pipeline()``, whose ID stands for its own."""
    return {"id": PIPELINE_ID, "dns_stage_id": DNS_ID, **changes}
