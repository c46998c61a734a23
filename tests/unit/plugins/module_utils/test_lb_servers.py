# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has to be sent so that servers are in a pool or out of it; pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, Refused
from ansible_collections.scw.cloud.plugins.module_utils.lb.servers import ServerPlan, plan_servers, servers_spec
from ansible_collections.scw.cloud.plugins.module_utils.lb.statistics import canonical, parsed_addresses

ADDRESSES = st.lists(
    st.sampled_from(["10.0.0.1", "10.0.0.2", "10.0.0.3", "2001:db8::1", "2001:DB8:0::1", "2001:db8::2"]), unique=True
)


def plan(pool: list[str], named: list[str], *, absent: bool = False, allow_empty: bool = False) -> ServerPlan:
    return plan_servers("backend 'app' (b)", pool, named, absent=absent, allow_empty=allow_empty)


def test_what_is_missing_is_added_at_the_end() -> None:
    planned = plan(["10.0.0.2"], ["10.0.0.3", "10.0.0.2", "10.0.0.1"])
    assert planned.changed
    assert planned.addresses == ("10.0.0.3", "10.0.0.1")
    assert (planned.before, planned.after) == (["10.0.0.2"], ["10.0.0.2", "10.0.0.3", "10.0.0.1"])


def test_what_is_there_is_removed_as_the_pool_spells_it() -> None:
    pool = ["10.0.0.2", "2001:0DB8::1", "2001:db8::1"]
    planned = plan(pool, ["2001:db8:0:0::1", "10.0.0.9"], absent=True)
    assert planned.addresses == ("2001:0DB8::1", "2001:db8::1")
    assert (planned.before, planned.after) == (pool, ["10.0.0.2"])


@pytest.mark.parametrize("absent", [False, True])
def test_nothing_named_is_nothing_to_do(absent: bool) -> None:
    planned = plan(["10.0.0.1"], [], absent=absent)
    assert not planned.changed
    assert planned.before == planned.after == ["10.0.0.1"]


def test_the_last_servers_are_refused_by_name_with_the_way_out() -> None:
    with pytest.raises(Refused) as refused:
        plan(["10.0.0.1", "10.0.0.2"], ["10.0.0.2", "10.0.0.1"], absent=True)
    assert str(refused.value) == (
        "backend 'app' (b) would be left without any server if 10.0.0.1, 10.0.0.2 went. "
        "Add another server first, or set allow_empty to true."
    )
    assert plan(["10.0.0.1"], ["10.0.0.1"], absent=True, allow_empty=True).after == []
    assert not plan([], ["10.0.0.1"], absent=True).changed


@given(ADDRESSES, ADDRESSES, st.booleans())
def test_a_plan_carried_out_leaves_nothing_to_do(pool: list[str], named: list[str], absent: bool) -> None:
    named = parsed_addresses(named)
    planned = plan(pool, named, absent=absent, allow_empty=True)
    assert not plan(planned.after, named, absent=absent, allow_empty=True).changed
    assert planned.changed is (planned.before != planned.after)
    there = {canonical(address) for address in planned.after}
    assert all((canonical(address) in there) is not absent for address in named)
    others = [address for address in pool if canonical(address) not in {canonical(one) for one in named}]
    assert [address for address in planned.after if address in others] == others


def test_addresses_collapse_to_their_first_spelling() -> None:
    assert parsed_addresses(["2001:DB8::1", "10.0.0.1", "2001:db8:0::1", " 10.0.0.1"]) == ["2001:DB8::1", "10.0.0.1"]


@pytest.mark.parametrize("wrong", ["web1", "10.0.0.0/8", "", None, "10.0.0.1:80"])
def test_the_element_that_is_no_address_is_named(wrong: str | None) -> None:
    with pytest.raises(InvalidOption, match=r"^server_ip\[1\]: "):
        parsed_addresses(["10.0.0.1", wrong])


def test_the_pool_and_the_addresses_are_not_options_that_empty_it_by_accident() -> None:
    options = servers_spec()["argument_spec"]
    assert options["allow_empty"]["default"] is options["wait_for_health"]["default"] is False
    assert {name for name, option in options.items() if option.get("required")} == {"backend", "server_ip"}
