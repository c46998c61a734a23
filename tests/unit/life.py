# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A load balancer called web, and what tasks say about it."""

from __future__ import annotations

from typing import Any

from unit.conftest import Connect
from unit.samples import LB_ID, PROJECT, ZONE, lb
from unit.scripted_server import (
    Answer,
    Exchange,
    Reaction,
    ScriptedServer,
)
from unit.tasks import Play

NEW: dict[str, Any] = {"name": "web", "type": "lb-s"}
PENDING: dict[str, Any] = {"instances": [{"id": "i", "status": "pending"}]}
BACKENDS = f"{ZONE}/lbs/{LB_ID}/backends"


def play(server: ScriptedServer, connect: Connect, **options: Any) -> Play:
    """Tasks against a scripted server."""
    return Play(connect(server.url, **options))


def created(answer: Reaction | None = None) -> Exchange:
    """The creation of the load balancer."""
    body = {"project_id": PROJECT, "name": "web", "type": "lb-s", "description": ""}
    started = Answer(json=lb(status="to_create", instances=[]))
    return Exchange("POST", f"{ZONE}/lbs", answer or started, query={}, body=body)
