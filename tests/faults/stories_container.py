# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stories of containers beyond single resources: rollouts, and secrets that no answer shows."""

from __future__ import annotations

from typing import Any

import requests

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import CONTAINER
from behaviour.rollouts import REDEPLOY as ROLLOUT
from behaviour.rollouts import Service
from behaviour.subjects import Scene
from emulator.testing import Emulator
from faults.checks import once, unsure_is_told
from faults.story import Settling, Start, Story

SECRETS = "secret_environment_variables"


# Rollouts


def _rollout(**options: Any) -> Start:
    """The image was pushed since the last rollout."""

    def start(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
        service = Service(emulator, session)
        service.push()
        return {**service.named, **options}

    return start


def _quick_rollout(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
    """It is over before anybody sees it."""
    options = _rollout()(emulator, session)
    emulator.settings(settle_reads=0)
    return dict(options)


def _failed_container(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
    """The last rollout failed by chance."""
    service = Service(emulator, session)
    emulator.status([{"kind": "container", "status": "error", "now": True}])
    emulator.status([])
    return {**service.named, "when_image_changed": True}


# Secrets


def _secrets(before: dict[str, str], after: dict[str, str]) -> Start:
    """One is as it was, one differs, and one goes. Few of them, because hashing takes its time."""

    def start(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
        scene = Scene(emulator, CONTAINER, "region", session)
        scene.make({**scene.minimal, SECRETS: before})
        return {**scene.minimal, SECRETS: after}

    return start


BEFORE = {"KEPT": "k3pt-s3cret", "CHANGED": "f1rst-s3cret", "REMOVED": "g0ne-s3cret"}
AFTER = {"KEPT": "k3pt-s3cret", "CHANGED": "s3cond-s3cret"}

REDEPLOY = "scw_container_redeploy"

STORIES: tuple[Story, ...] = (
    Story(f"{REDEPLOY}-always", REDEPLOY, _quick_rollout, counts=(ROLLOUT,), lasting=False, also=once(ROLLOUT)),
    Story(
        f"{REDEPLOY}-pushed",
        REDEPLOY,
        _rollout(when_image_changed=True),
        counts=(ROLLOUT,),
        settles=(Settling("container"),),
        also=unsure_is_told(ROLLOUT),
    ),
    Story(f"{REDEPLOY}-failed", REDEPLOY, _failed_container, counts=(ROLLOUT,)),
    Story("scw_container-secrets", "scw_container", _secrets(BEFORE, AFTER)),
)
