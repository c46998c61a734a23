# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever somebody wants of an account in turn, and whatever goes wrong meanwhile: it ends as wanted, and minimal.

Tasks of single resources, each found and changed by its own module. No task leaves a second one of anything, check
mode writes nothing, ``changed`` is true exactly if something is different, and a failure is one clear sentence.
"""

from __future__ import annotations

import pytest
from hypothesis import example, given

from properties.beginning import Beginning
from properties.number import stories
from properties.parts import Product
from properties.products import CONTAINERS, EDGE, FUNCTIONS, LOAD_BALANCER
from properties.steps import Conditions, Remove, Step, Strike, Want, conditions, steps
from properties.teller import Teller


def tell(beginning: Beginning, product: Product, around: Conditions, story: list[Step]) -> None:
    """Let a story happen, and see how it ends."""
    teller = Teller(beginning, product, around)
    for step in story:
        teller.tell(step)
    teller.assert_ends_well()


@stories
@given(around=conditions(), story=steps(LOAD_BALANCER))
@example(around=Conditions(), story=[Want("office"), Remove("shop", (Strike("403", "GET", 1),))])
def test_a_load_balancer_ends_as_it_is_wanted(empty: Beginning, around: Conditions, story: list[Step]) -> None:
    tell(empty, LOAD_BALANCER, around, story)


@stories
@given(around=conditions(), story=steps(CONTAINERS))
@example(
    around=Conditions(),
    story=[Want("shop"), Remove("shop", (Strike("busy", "*", 3), Strike("500-processed", "DELETE")))],
)
def test_containers_end_as_they_are_wanted(empty: Beginning, around: Conditions, story: list[Step]) -> None:
    tell(empty, CONTAINERS, around, story)


@pytest.mark.usefixtures("archives")
@stories
@given(around=conditions(), story=steps(FUNCTIONS))
def test_functions_end_as_they_are_wanted(empty: Beginning, around: Conditions, story: list[Step]) -> None:
    tell(empty, FUNCTIONS, around, story)


@stories
@given(around=conditions(), story=steps(EDGE))
def test_a_pipeline_ends_as_it_is_wanted(with_plan: Beginning, around: Conditions, story: list[Step]) -> None:
    tell(with_plan, EDGE, around, story)
