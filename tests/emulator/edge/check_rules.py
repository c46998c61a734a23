# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programmed answers of the checks of domains, certificate chains and Load Balancers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scaleway.edge_services.v1beta1.types import LbOriginError

from emulator.edge.error_rules import require_known
from emulator.settings import BadControlInputError


@dataclass(frozen=True)
class CheckRule:
    """What a check answers; of several rules that fit, the last one counts.

    check: domain, pem_chain or lb_origin. match: a host name or the identifier of a Load Balancer, "*" for all.
    error_type: what a Load Balancer is said to suffer from.
    """

    check: str
    match: str = "*"
    is_valid: bool = False
    error_type: str = "unknown"

    @classmethod
    def parse(cls, document: object) -> CheckRule:
        """Read one rule; raises BadControlInputError saying what is wrong."""
        if not isinstance(document, Mapping):
            raise BadControlInputError("a check rule must be an object")
        for name, value in document.items():
            if name != "is_valid":
                require_known("a check rule", name, value, _ALLOWED)
            elif not isinstance(value, bool):
                raise BadControlInputError(f"key 'is_valid' of a check rule must be a bool, got {value!r}")
        if "check" not in document:
            raise BadControlInputError("a check rule needs the key 'check'")
        return cls(**document)


_ALLOWED: Mapping[str, tuple[str, ...] | None] = {
    "check": ("domain", "pem_chain", "lb_origin"),
    "match": None,
    "is_valid": None,
    "error_type": tuple(item.value for item in LbOriginError),
}
