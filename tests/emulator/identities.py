# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Identifiers and addresses, derived from the seed. Addresses come from ranges reserved for tests."""

from __future__ import annotations

import ipaddress
import random
import uuid

SEEDED_PROJECT_ID = "5eed5eed-0000-4000-8000-000000000001"
"""The project of everything that is created in bulk."""

_IPV4_BASE = int(ipaddress.IPv4Address("198.18.0.0"))
_IPV4_COUNT = 1 << 17
_IPV4_STEP = 40503
_IPV6_PREFIX = 0x20010DB8


class Identities:
    """A source of identifiers that gives the same ones in the same order for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(f"{seed}/identities")
        self._requests = random.Random(f"{seed}/requests")
        self._ipv4_offset = self._random.randrange(_IPV4_COUNT)
        self._ipv4_given = 0
        self.organization_id = self.uuid()

    def uuid(self) -> str:
        """A random-looking UUID of version 4."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def request_id(self) -> str:
        """A UUID for the X-Request-Id header; drawn apart, so that reads do not move other identifiers."""
        return str(uuid.UUID(int=self._requests.getrandbits(128), version=4))

    def fingerprint(self) -> str:
        """Forty hexadecimal digits."""
        return f"{self._random.getrandbits(160):040x}"

    def ipv4(self) -> str:
        """An address not given before, from 198.18.0.0/15."""
        # The step is odd, so multiples of it modulo a power of two never repeat.
        number = (self._ipv4_offset + self._ipv4_given * _IPV4_STEP) % _IPV4_COUNT
        self._ipv4_given += 1
        return str(ipaddress.IPv4Address(_IPV4_BASE + number))

    def ipv6(self) -> str:
        """The base address of a /64 inside 2001:db8::/32."""
        network = (_IPV6_PREFIX << 32) | self._random.getrandbits(32)
        return str(ipaddress.IPv6Address(network << 64))


def default_reverse(address: str, region: str) -> str:
    """The reverse name an address has until one is chosen (recorded)."""
    ip = ipaddress.ip_address(address)
    if ip.version == 4:
        return f"{address.replace('.', '-')}.lb.{region}.scw.cloud"
    return f"{ip.reverse_pointer.removesuffix('.ip6.arpa')}.lb.{region}.scw.cloud"
