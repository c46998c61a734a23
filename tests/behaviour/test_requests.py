# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rule that the literal numbers of requests follow: one for the resource, and one for each name around it.

``test_life`` and ``test_info`` hold the modules to these numbers, by the journal.
"""

from __future__ import annotations

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from behaviour.samples import NO_OP_REQUESTS
from behaviour.subjects import has_own_id
from naming import key_of, module_of

each = pytest.mark.parametrize("resource", RESOURCES, ids=[module_of(resource) for resource in RESOURCES])


def names_around(resource: Resource) -> int:
    """How many names a task gives that says by names where the resource is."""
    return len(resource.ancestors)


@each
def test_a_task_with_nothing_to_do_asks_once_for_the_resource_and_once_for_each_name_around_it(
    resource: Resource,
) -> None:
    allowed, itself = NO_OP_REQUESTS[key_of(resource)], 1 + len(resource.parts)
    assert allowed.by_name == itself + names_around(resource)
    assert allowed.by_parent_id == itself
    assert allowed.by_id == (itself if has_own_id(resource) else allowed.by_name)


def test_only_one_resource_has_a_list_of_its_own_for_its_parts() -> None:
    assert [key_of(resource) for resource in RESOURCES if resource.parts] == ["edge_route_stage"]
