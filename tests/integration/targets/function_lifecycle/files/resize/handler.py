# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A function that answers with the size it was told."""

from __future__ import annotations

from lib.sizes import LARGEST


def handle(event: dict, context: object) -> dict:
    """Answer one request."""
    return {"statusCode": 200, "body": str(min(LARGEST, int(event.get("body") or LARGEST)))}
