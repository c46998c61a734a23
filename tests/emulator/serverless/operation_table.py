# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing down the operations of a serverless product."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

from emulator.operations import Answer, Call, Operation, S


def operation(
    types: ModuleType, base: str, name: str, method: str, path: str, request: str, handler: Callable[[S, Call], Answer]
) -> Operation[S]:
    """Return an operation below a base path, with the request type that the SDK's module of types has for it."""
    known: type = getattr(types, f"{request}Request")
    return Operation(name, method, f"{base}{path}", known, handler, in_query=method in ("GET", "DELETE"))
