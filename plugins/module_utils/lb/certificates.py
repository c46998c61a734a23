# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load Balancer, the certificates of its frontends. What holds for all is in ``lb``.

Answers do not repeat what a certificate was made from: they show its kind, names and validity at the top level.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import Str
from ansible_collections.scw.cloud.plugins.module_utils.description.pem import Pem
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import OneOf, Resource, Settle, Update
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB, LOCATION, NAME, TIMESTAMPS
from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN

LETSENCRYPT = ("letsencrypt", "letsencryt")
"""How answers spell the kind: the second until 2026-01, the first since (recorded)."""

WAY_OUT = "Set rotate to replace it without downtime, or give another name."
SHOWN = ("common_name", "subject_alternative_name", "not_valid_before", "not_valid_after")
"""What answers show of the certificate itself."""


def _requested(certificate: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a certificate of Let's Encrypt was requested for."""
    if certificate.get("type") not in LETSENCRYPT:
        return None
    return {key: certificate.get(key) for key in ("common_name", "subject_alternative_name")}


def _brought(certificate: Mapping[str, Any]) -> dict[str, Any] | None:
    """What is known of a certificate that the user brought."""
    if certificate.get("type") != "custom":
        return None
    return {"certificate_chain": {key: certificate.get(key) for key in SHOWN}}


def _content(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What answers will show of the certificate that ``wanted`` makes."""
    if "custom_certificate" in wanted:
        return dict(wanted["custom_certificate"]["certificate_chain"].content)
    return {"subject_alternative_name": [], **wanted.get("letsencrypt", {})}


def _predicted(key: str) -> Any:
    return lambda wanted: _content(wanted).get(key, UNKNOWN)


def unusable(certificate: Mapping[str, Any], _frontend: Mapping[str, Any]) -> str:
    """What is wrong with a certificate for a frontend."""
    if certificate.get("status") not in CERTIFICATE_SETTLE.failed:
        return ""
    reason = CERTIFICATE_SETTLE.reason(certificate) or "the API gives no reason"
    return f"is in status {certificate.get('status')!r}: {reason}."


CERTIFICATE_SETTLE = Settle(ready=frozenset({"ready"}), failed=frozenset({"error"}), reasons=("status_details",))

CERTIFICATE = Resource(
    name="certificate",
    plural="certificates",
    title="certificate",
    item="/lb/v1/{scope}/certificates/{id}",
    collection="/lb/v1/{scope}/lbs/{lb}/certificates",
    items="certificates",
    location=LOCATION,
    parent=LB,
    parent_path="lb.id",
    settles_in_parent=True,
    settle=CERTIFICATE_SETTLE,
    filters=(Str("name"),),
    one_of=(OneOf(("letsencrypt", "custom_certificate"), switchable=False),),
    fields=(
        NAME,
        Object(
            "letsencrypt",
            read=_requested,
            mutable=False,
            way_out=WAY_OUT,
            fields=(
                Str("common_name", required=True, may_be_empty=False, ignore_case=True),
                ListOf(
                    "subject_alternative_name",
                    ordered=False,
                    besides="common_name",
                    item=Str("subject_alternative_name", may_be_empty=False, ignore_case=True),
                ),
            ),
        ),
        Object(
            "custom_certificate",
            read=_brought,
            mutable=False,
            way_out=WAY_OUT,
            fields=(Pem("certificate_chain", required=True, file="certificate_chain_file"),),
        ),
    ),
    updates=(Update("PUT", body="all"),),
    rotation="rotate",
    wait_timeout=900,
    computed={
        "type": lambda wanted: "custom" if "custom_certificate" in wanted else LETSENCRYPT[0],
        "status": UNKNOWN,
        "status_details": None,
        "fingerprint": UNKNOWN,
        **{key: _predicted(key) for key in SHOWN},
        "lb": {"id": UNKNOWN},
        **TIMESTAMPS,
    },
)
