# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many stories are told: always the same ones, and ten times as many with ``--hypothesis-profile=long``.

Settings of these tests alone: those that a profile holds would be those of all tests of the process.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

USUAL, LONG = 30, 500
"""Of each property."""

stories = settings(
    max_examples=LONG if settings.get_current_profile_name() == "long" else USUAL,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
