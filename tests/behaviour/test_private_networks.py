# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Private networks that come and go: the API shows the same status for both."""

from __future__ import annotations

import pytest

from behaviour.expectations import assert_quiet
from behaviour.whole import NETWORK, OTHER_NETWORK, Shop

pytestmark = pytest.mark.parametrize("place", ["zone"])


@pytest.mark.parametrize("wait", [True, False], ids=["waiting", "not-waiting"])
def test_a_network_that_is_still_being_detached_is_attached_again(shop: Shop, wait: bool) -> None:
    both = [{"private_network_id": NETWORK}, {"private_network_id": OTHER_NETWORK}]
    shop.make({**shop.named, "type": "lb-s", "private_networks": both})
    before = {one["private_network_id"]: one["id"] for one in shop.objects("private_networks")}
    shop.emulator.settings(settle_reads=6)
    left = shop.run({**shop.named, "private_networks": both[:1], "purge": True, "wait": False})
    assert left.done == ["DetachPrivateNetwork"]
    assert len(shop.objects("private_networks")) == 2, "one of them on its way out"

    task = {**shop.named, "private_networks": both, "wait": wait}
    run = shop.run(task)
    assert not run.failed, run.message
    assert run.changed
    assert run.done == ["AttachPrivateNetwork"]
    after = {one["private_network_id"]: one["id"] for one in shop.objects("private_networks")}
    assert after[NETWORK] == before[NETWORK]
    assert after[OTHER_NETWORK] != before[OTHER_NETWORK]
    assert_quiet(shop.run({**task, "wait": True}))
