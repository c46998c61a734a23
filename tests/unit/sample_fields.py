# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields that the tests speak of."""

from __future__ import annotations

from ansible_collections.scw.cloud.plugins.module_utils.description.composites import ListOf, Object, Ref
from ansible_collections.scw.cloud.plugins.module_utils.description.fields import (
    Address,
    Bool,
    Duration,
    Enum,
    Int,
    Str,
)
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import LB

MILLISECONDS = Duration("d")
SECONDS = Duration("d", text=True)
ADDRESS = Address("a")
NETWORK = Address("a", network=True)
PORT = Int("p", low=1, high=65535)
REF = Ref("lb", to=lambda: LB)
SHOUT = Str("s", ignore_case=True)
SET = ListOf("l", ordered=False)
NETWORKS = ListOf("n", item=NETWORK, ordered=False, empty_as=("0.0.0.0/0",))
CHECK = Object(
    "check",
    one_of=("tcp", "http", "mysql"),
    fields=(
        Int("port"),
        Duration("delay", initial=1000),
        Bool("proxy"),
        Object("tcp"),
        Object("http", fields=(Str("uri", on_create=True), Int("code", initial=200), Str("host"))),
        Object("mysql", fields=(Str("user", on_create=True),)),
    ),
)
ACTION = Object(
    "action",
    fields=(
        Enum("type", choices=("allow", "redirect"), required=True),
        Object(
            "redirect",
            required=True,
            when=("type", "redirect"),
            fields=(Str("target", required=True), Int("code", initial=302)),
        ),
    ),
)
