# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The statuses that rules can give to each kind."""

from __future__ import annotations

from scaleway.function.v1beta1.types import (
    CronStatus,
    DomainStatus,
    FunctionStatus,
    NamespaceStatus,
    TokenStatus,
    TriggerStatus,
)

from emulator.functions.records import Cron, Domain, Function, Namespace, Token, Trigger

STATUS_KINDS = {
    Namespace.kind: frozenset(item.value for item in NamespaceStatus),
    Function.kind: frozenset(item.value for item in FunctionStatus),
    Cron.kind: frozenset(item.value for item in CronStatus),
    Domain.kind: frozenset(item.value for item in DomainStatus),
    Token.kind: frozenset(item.value for item in TokenStatus),
    Trigger.kind: frozenset(item.value for item in TriggerStatus),
}
