# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A port of the loopback address that stays taken while nobody listens there, so that connections are refused."""

from __future__ import annotations

import socket


class Port:
    """``number``: where it is; 0 takes a free one. Raises OSError when it is taken."""

    def __init__(self, number: int) -> None:
        self._holder = _bound(number)
        self.number: int = self._holder.getsockname()[1]

    def listener(self) -> socket.socket:
        """A socket for listening there; at most one at a time may listen."""
        return _bound(self.number)

    def release(self) -> None:
        """Leave the port to others."""
        self._holder.close()


def _bound(number: int) -> socket.socket:
    bound = socket.socket()
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(("127.0.0.1", number))
    except OSError:
        bound.close()
        raise
    return bound
