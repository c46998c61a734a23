# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Host names of containers and functions."""

from __future__ import annotations

import re

from emulator.errors import invalid_argument, plain_refusal
from emulator.serverless.facts import LONGEST_LABEL


def letters_of(name: str) -> str:
    """Return what the addresses in a namespace begin with: up to twenty letters of its name (recorded)."""
    return re.sub(r"[^a-z0-9]", "", name.lower())[:20]


def host_name(beginning: str, name: str, region: str) -> str:
    """Return the host name of something; answers 400 when its name makes that longer than such names may be."""
    label = f"{beginning}-{name.lower()}"
    if len(label) > LONGEST_LABEL:
        raise invalid_argument("name", f"value must have at most {len(name) - len(label) + LONGEST_LABEL} characters")
    return f"{label}.functions.fnc.{region}.scw.cloud"


def require_resolved(hostname: str) -> None:
    """Answer 400 to a domain that does not resolve, with a message whose beginning is known from a client."""
    if hostname.startswith("unresolved."):
        raise plain_refusal(f"could not validate domain {hostname}: it does not resolve")
