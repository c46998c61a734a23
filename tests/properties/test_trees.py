# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever tasks say about all of something in turn, and whatever goes wrong meanwhile: it ends as the last one says.

No task leaves a second one of anything, check mode writes nothing, ``changed`` is true exactly if something is
different, and a failure is one clear sentence.
"""

from __future__ import annotations

from hypothesis import given

from properties.beginning import Beginning
from properties.number import stories
from properties.steps import Conditions, conditions
from properties.trees import (
    ACLS,
    LB,
    PIPELINE,
    Nothing,
    Options,
    Subject,
    TreeTeller,
    Whole,
    acls,
    load_balancers,
    pipelines,
    wholes,
)


def tell(beginning: Beginning, subject: Subject, around: Conditions, story: list[Whole | Nothing]) -> None:
    """Let a story happen, and see how it ends."""
    teller = TreeTeller(beginning, subject, around)
    for step in story:
        teller.tell(step)
    teller.assert_ends_well()


@stories
@given(around=conditions(), story=wholes(load_balancers(), removable=True))
def test_a_whole_load_balancer_ends_as_it_is_wanted(
    empty: Beginning, around: Conditions, story: list[Whole | Nothing]
) -> None:
    tell(empty, LB, around, story)


def listed(acls: list[Options]) -> Options:
    """Options with these ACLs."""
    return {"acls": acls}


@stories
@given(around=conditions(), story=wholes(acls().map(listed), removable=False))
def test_all_acls_of_a_frontend_end_as_they_are_wanted(
    with_frontend: Beginning, around: Conditions, story: list[Whole | Nothing]
) -> None:
    tell(with_frontend, ACLS, around, story)


@stories
@given(around=conditions(), story=wholes(pipelines(), removable=True))
def test_a_whole_pipeline_ends_as_it_is_wanted(
    with_plan: Beginning, around: Conditions, story: list[Whole | Nothing]
) -> None:
    tell(with_plan, PIPELINE, around, story)
