# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What rows of statistics mean for servers behind several instances, and what is said about them."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.errors import RequestError, TimedOut
from ansible_collections.scw.cloud.plugins.module_utils.lb.statistics import (
    is_healthy,
    lagging,
    read_rows,
    rows_of,
    sentence,
    summary,
    wait_for_health,
)
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import BACKEND
from unit.conftest import Connect, Serve, Time
from unit.samples import BACKEND_ID, LB_ID, OTHER_BACKEND_ID, ZONE, backend
from unit.scripted_server import Answer, Exchange
from unit.tasks import Play, got_lb

ONE, TWO = "192.0.2.1", "192.0.2.2"


def row(ip: str = ONE, instance: str = "i", **changes: Any) -> dict[str, Any]:
    """A row about a server that is well."""
    known = {
        "instance_id": instance,
        "backend_id": BACKEND_ID,
        "ip": ip,
        "server_state": "running",
        "server_state_changed_at": "2026-01-08T15:04:34Z",
        "last_health_check_status": "passed",
    }
    return {**known, **changes}


def down(ip: str = ONE, instance: str = "i") -> dict[str, Any]:
    """A row about a server that is not."""
    return row(ip, instance, server_state="stopped", last_health_check_status="failed")


def test_rows_are_found_by_address() -> None:
    six = row("2001:db8::1")
    assert rows_of([row(), six, row(TWO)], ["2001:0DB8:0::1"]) == [six]


def test_an_odd_row_is_not_healthy() -> None:
    assert is_healthy(row())
    assert not is_healthy({})
    assert not is_healthy(row(server_state=None))


def test_every_instance_has_to_agree() -> None:
    rows = [row(ONE, "i"), down(ONE, "j"), row(TWO, "i"), row(TWO, "j")]
    assert lagging(rows, [ONE, TWO], ["i", "j"], absent=False) == [rows[1]]
    assert lagging(rows, [TWO], ["i", "j"], absent=False) == []


def test_an_instance_without_a_row_is_not_well() -> None:
    (late,) = lagging([row(ONE, "i")], [ONE], ["i", "j"], absent=False)
    assert (late["instance_id"], late["ip"], late["server_state"]) == ("j", ONE, None)


def test_without_instances_nothing_is_well() -> None:
    (late,) = lagging([], [ONE], [], absent=False)
    assert (late["instance_id"], late["server_state"]) == (None, None)
    assert sentence(late) == f"{ONE} has no statistics yet"


def test_out_of_rotation_is_gone_or_stopped() -> None:
    rows = [down(ONE, "i"), row(ONE, "j", server_state="stopping"), row(TWO, "i")]
    assert lagging(rows, [ONE], ["i", "j"], absent=True) == [rows[1]]
    assert lagging([], [ONE], [], absent=True) == []


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (down(), f"{ONE} is stopped since 2026-01-08T15:04:34Z on instance i, last check failed"),
        (row(server_state_changed_at=None), f"{ONE} is running on instance i, last check passed"),
        (row(server_state=None), f"{ONE} has no statistics on instance i yet"),
    ],
)
def test_a_sentence_says_what_is_known(known: dict[str, Any], said: str) -> None:
    assert sentence(known) == said


def test_the_summary_is_about_servers_of_backends() -> None:
    elsewhere = row(ONE, "i", backend_id=OTHER_BACKEND_ID)
    rows = [row(ONE, "i"), down(ONE, "j"), row(TWO, "i"), elsewhere]
    assert summary(rows, rows) == [
        {"backend_id": BACKEND_ID, "ip": ONE, "healthy": False, "states": ["running", "stopped"]},
        {"backend_id": BACKEND_ID, "ip": TWO, "healthy": False, "states": ["running"]},
        {"backend_id": OTHER_BACKEND_ID, "ip": ONE, "healthy": True, "states": ["running"]},
    ]
    both = [row(ONE, "i"), row(ONE, "j"), down(TWO, "i"), down(TWO, "j")]
    assert [entry["healthy"] for entry in summary(both, both)] == [True, False]
    assert [entry["healthy"] for entry in summary(both[:1], both)] == [False]


# Waiting


def seen(*rows: dict[str, Any]) -> Exchange:
    """One look at the statistics of the backend."""
    path = f"{ZONE}/lbs/{LB_ID}/stats"
    return Exchange("GET", path, Answer(json={"backend_servers_stats": list(rows)}), query={"backend_id": [BACKEND_ID]})


def wait(script: list[Exchange], serve: Serve, connect: Connect, *, absent: bool = False) -> list[dict[str, Any]]:
    """The rows of server ONE once it is as wanted."""
    client = connect(serve(script).url, seconds=20)
    lookup: Lookup = Play(client).lookup(BACKEND, id=BACKEND_ID)
    lookup.learn_places(BACKEND, backend())
    return wait_for_health(client, lookup, backend(), [ONE], absent=absent)


def instances(*ids: str) -> list[dict[str, Any]]:
    """Instances of the load balancer."""
    return [{"id": instance, "status": "ready"} for instance in ids]


def test_an_instance_that_shows_nothing_yet_is_waited_for(serve: Serve, connect: Connect, time: Time) -> None:
    well = [row(ONE, "i"), row(ONE, "j")]
    script = [
        seen(well[0]),
        got_lb(instances=instances("i", "j")),
        seen(*well),
        got_lb(instances=instances("i", "j")),
    ]
    assert wait(script, serve, connect) == well
    assert time.slept == [0.2]


def test_rows_of_another_backend_are_no_news(serve: Serve, connect: Connect) -> None:
    other = down() | {"backend_id": OTHER_BACKEND_ID}
    assert wait([seen(other, row()), got_lb(instances=instances("i"))], serve, connect) == [row()]


def test_what_is_out_needs_no_look_at_the_instances(serve: Serve, connect: Connect) -> None:
    assert wait([seen(row(TWO))], serve, connect, absent=True) == []


def test_the_deadline_gives_what_was_seen_last(serve: Serve, connect: Connect, time: Time) -> None:
    script = [seen()] * 8 + [seen(down())] * 2
    with pytest.raises(TimedOut) as late:
        wait(script, serve, connect)
    assert late.value.data["servers"] == [down()]
    assert sentence(down()) in str(late.value)
    assert "20 s" in str(late.value)
    assert sum(time.slept) < 20


@pytest.mark.parametrize("odd", [{}, {"backend_servers_stats": None}, {"backend_servers_stats": [1]}])
def test_an_answer_without_rows_is_an_error(serve: Serve, connect: Connect, odd: dict[str, Any]) -> None:
    client = connect(serve([Exchange("GET", f"{ZONE}/lbs/{LB_ID}/stats", Answer(json=odd))]).url)
    lookup = Play(client).lookup(BACKEND, id=BACKEND_ID)
    with pytest.raises(RequestError, match=r"backend_servers_stats"):
        read_rows(client, lookup, LB_ID, {})
