# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two tasks that create the same at once, where the API lets both be: the later one always finds the earlier one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource, Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.reading import told_apart
from ansible_collections.scw.cloud.plugins.module_utils.errors import Ambiguous
from ansible_collections.scw.cloud.plugins.module_utils.moments import moment


def check_rivals(resource: Resource, own: Values, others: Sequence[Values], warn: Callable[[str], None]) -> None:
    """Tell of ``others`` of the same name, which were found after ``own`` was created. Raises Ambiguous.

    Who was first is only warned. Load balancer IPs and function crons do not tell (recorded): of those, all who see
    another one fail.
    """
    labels = ", ".join(map(resource.label, others))
    text = f"{resource.label(own)} was created, and somebody else created {labels} at the same time."
    if all(_is_older(own, other) for other in others):
        warn(f"{text} The next run fails until there is only one: remove the other one.")
        return
    ids = told_apart(resource, [own, *others])
    raise Ambiguous(f"{text} The API lets both be. Remove one of them, then run the task again.", ids=ids)


def _is_older(obj: Values, other: Values) -> bool:
    """Whether it is known to be older; of the same moment, one is."""
    created, others = moment(obj.get("created_at")), moment(other.get("created_at"))
    return created is not None and others is not None and (created, obj["id"]) < (others, other["id"])
