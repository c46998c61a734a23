# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks for what belongs to a load balancer or a project."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.errors import (
    ApiError,
    InvalidOption,
    Missing,
    MissingOption,
    Refused,
)
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import IP, LB
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ACL, BACKEND, FRONTEND
from unit import samples
from unit.conftest import Connect, Serve
from unit.life import BACKENDS, NEW, PENDING, play
from unit.samples import ACL_ID, BACKEND_ID, FRONTEND_ID, IP_ID, LB_ID, OTHER_LB_ID, PROJECT, ZONE, lb
from unit.scripted_server import (
    Answer,
    Exchange,
)
from unit.tasks import NOT_FOUND, got_lb, lbs, listing, lost, read

# What belongs to a load balancer

BACKEND_SAID: dict[str, Any] = {
    "lb": "web",
    "name": "app",
    "forward_protocol": "tcp",
    "forward_port": 80,
    "server_ip": ["192.0.2.1"],
}


def test_a_backend_is_created_once_its_load_balancer_is_at_rest(serve: Serve, connect: Connect) -> None:
    script = [
        lbs(lb(**PENDING)),
        listing(BACKENDS, "backends", name="app"),
        got_lb(),
        Exchange("POST", BACKENDS, Answer(json=samples.backend())),
        got_lb(**PENDING),
        got_lb(),
        listing(BACKENDS, "backends", samples.backend(), name="app"),
    ]
    outcome = play(serve(script), connect).run(BACKEND, **BACKEND_SAID)
    assert (outcome.changed, outcome.result["id"]) == (True, BACKEND_ID)


def test_a_backend_that_is_as_wanted_costs_one_request_beside_its_parent(serve: Serve, connect: Connect) -> None:
    server = serve([lbs(lb()), listing(BACKENDS, "backends", samples.backend(), name="app")])
    assert not play(server, connect).run(BACKEND, **BACKEND_SAID).changed


def test_what_was_done_and_what_was_not_is_told_when_a_task_fails_half_way(serve: Serve, connect: Connect) -> None:
    script = [
        lbs(lb()),
        listing(BACKENDS, "backends", samples.backend(), name="app"),
        Exchange("PUT", f"{ZONE}/backends/{BACKEND_ID}", Answer(json=samples.backend())),
        Exchange("PUT", f"{ZONE}/backends/{BACKEND_ID}/servers", Answer(400, json={"message": "no"})),
    ]
    with pytest.raises(ApiError) as raised:
        play(serve(script), connect).run(BACKEND, **{**BACKEND_SAID, "forward_port": 81, "server_ip": []})
    called = f"update backend 'app' ({BACKEND_ID})"
    assert raised.value.data["done"] == [f"{called} (forward_port)"]
    assert raised.value.data["not_done"] == [f"{called} (server_ip)"]


def test_a_value_that_the_api_does_not_keep_is_a_warning_that_names_the_field(serve: Serve, connect: Connect) -> None:
    script = [
        lbs(lb()),
        listing(BACKENDS, "backends", samples.backend(), name="app"),
        Exchange("PUT", f"{ZONE}/backends/{BACKEND_ID}", Answer(json=samples.backend())),
        got_lb(),
        read(f"/backends/{BACKEND_ID}", samples.backend(max_retries=3)),
    ]
    play_ = play(serve(script), connect)
    play_.run(BACKEND, lb="web", name="app", max_retries=77)
    assert len(play_.warnings) == 1
    assert "max_retries" in play_.warnings[0]
    assert "77" not in play_.warnings[0]


@pytest.mark.parametrize(
    ("resource", "said", "script"),
    [
        (BACKEND, {"lb": "web", "name": "app"}, [lbs()]),
        (BACKEND, {"lb": LB_ID, "name": "app"}, [Exchange("GET", BACKENDS, NOT_FOUND)]),
        (ACL, {"frontend": "https", "lb": "web", "name": "a"}, [lbs()]),
        (
            ACL,
            {"frontend": FRONTEND_ID, "name": "a"},
            [Exchange("GET", f"{ZONE}/frontends/{FRONTEND_ID}/acls", NOT_FOUND)],
        ),
        (
            ACL,
            {"frontend": "https", "lb": LB_ID, "name": "a"},
            [Exchange("GET", f"{ZONE}/lbs/{LB_ID}/frontends", NOT_FOUND)],
        ),
        (ACL, {"id": ACL_ID, "frontend": FRONTEND_ID}, [lost(f"/acls/{ACL_ID}")]),
    ],
)
def test_what_belongs_to_something_that_is_gone_is_gone_too(
    serve: Serve, connect: Connect, resource: Any, said: dict[str, Any], script: list[Exchange]
) -> None:
    outcome = play(serve(script), connect).run(resource, **said, state="absent")
    assert (outcome.changed, outcome.result) == (False, {})


@pytest.mark.parametrize(
    ("resource", "said", "script", "names"),
    [
        (BACKEND, {"lb": "web", "name": "app"}, [lbs()], "No load balancer 'web' exists"),
        (BACKEND, {"lb": LB_ID, "name": "app"}, [Exchange("GET", BACKENDS, NOT_FOUND)], f"lb.*{LB_ID}"),
        (
            ACL,
            {"frontend": FRONTEND_ID, "name": "a"},
            [Exchange("GET", f"{ZONE}/frontends/{FRONTEND_ID}/acls", NOT_FOUND)],
            f"frontend.*{FRONTEND_ID}",
        ),
    ],
)
def test_nothing_is_created_in_something_that_does_not_exist(
    serve: Serve, connect: Connect, resource: Any, said: dict[str, Any], script: list[Exchange], names: str
) -> None:
    with pytest.raises(Missing, match=names):
        play(serve(script), connect).run(resource, **said)


def test_a_backend_of_another_load_balancer_is_refused_before_any_write(serve: Serve, connect: Connect) -> None:
    script = [
        lbs(lb()),
        listing(f"{ZONE}/lbs/{LB_ID}/frontends", "frontends", name="https"),
        read(f"/backends/{BACKEND_ID}", samples.backend(lb=lb(id=OTHER_LB_ID, name="api"))),
    ]
    said: dict[str, Any] = {"lb": "web", "name": "https", "inbound_port": 443, "backend": BACKEND_ID}
    with pytest.raises(InvalidOption, match=f"backend: backend 'app' .* belongs to load balancer {OTHER_LB_ID}"):
        play(serve(script), connect).run(FRONTEND, **said)


def test_an_address_is_not_reserved_for_a_load_balancer_that_does_not_exist(serve: Serve, connect: Connect) -> None:
    script = [listing(f"{ZONE}/ips", "ips", tags="web", project_id=PROJECT), lost(f"/lbs/{LB_ID}")]
    with pytest.raises(Missing, match=f"lb: no load balancer with ID {LB_ID}"):
        play(serve(script), connect).run(IP, tags=["web"], lb=LB_ID)


def test_a_load_balancer_is_not_built_on_an_address_that_does_not_exist(serve: Serve, connect: Connect) -> None:
    script = [lbs(), lost(f"/ips/{IP_ID}")]
    with pytest.raises(Missing, match=f"ips: no IP with ID {IP_ID}"):
        play(serve(script), connect).run(LB, **NEW, ips=[IP_ID])


# Projects


def test_without_any_project_nothing_is_created(serve: Serve, connect: Connect) -> None:
    server = serve([listing(f"{ZONE}/lbs", "lbs", name="web")])
    with pytest.raises(MissingOption, match="set project_id, SCW_DEFAULT_PROJECT_ID or default_project_id"):
        play(server, connect, project_id=None).run(LB, **NEW)


def test_an_organization_stands_in_for_the_project(serve: Serve, connect: Connect) -> None:
    body = {"organization_id": samples.ORGANIZATION, "name": "web", "type": "lb-s", "description": ""}
    script = [
        listing(f"{ZONE}/lbs", "lbs", name="web", project_id=samples.ORGANIZATION),
        Exchange("POST", f"{ZONE}/lbs", Answer(json=lb()), body=body),
        listing(f"{ZONE}/lbs", "lbs", lb(), name="web", project_id=samples.ORGANIZATION),
    ]
    client = {"project_id": None, "organization_id": samples.ORGANIZATION}
    assert play(serve(script), connect, **client).run(LB, **NEW).changed


def test_a_load_balancer_of_another_project_is_not_taken_over(serve: Serve, connect: Connect) -> None:
    other = "99999999-9999-4999-8999-999999999999"
    with pytest.raises(Refused, match=f"belongs to project {PROJECT}, not to {other}"):
        play(serve([got_lb()]), connect).run(LB, id=LB_ID, project_id=other)
