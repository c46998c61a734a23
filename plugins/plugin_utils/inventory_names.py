# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of hosts: which can be used, and how no two become one. Pure."""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Collection, Sequence

NAME = re.compile(r"\w[\w.-]*")
"""What no pattern of hosts, no path and no template can take for something else."""

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
"""What Ansible takes for the machine it runs on."""


def is_host_name(name: object) -> bool:
    """Whether a host can be called so: a word with dots and hyphens in it, or an address."""
    if not isinstance(name, str) or name in LOCAL:
        return False
    return bool(NAME.fullmatch(name)) or canonical_address(name) is not None


def canonical_address(text: object) -> str | None:
    """The one spelling of an IP address; None for everything else."""
    try:
        return str(ipaddress.ip_address(str(text).strip()))
    except ValueError:
        return None


def distinct(candidates: Sequence[Sequence[str]], taken: Collection[str]) -> list[str]:
    """For each the first of its candidates that it has to share with nobody, and that is not ``taken``.

    Whoever shares one goes on to the next, all of them, so that the order does not matter. The last one stays.
    """
    chosen = [0] * len(candidates)
    while True:
        names = [own[position] for own, position in zip(candidates, chosen, strict=True)]
        counts = Counter(names)
        late = [
            index
            for index, name in enumerate(names)
            if (counts[name] > 1 or name in taken) and chosen[index] < len(candidates[index]) - 1
        ]
        if not late:
            return names
        for index in late:
            chosen[index] += 1
