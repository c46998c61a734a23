# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses are never lost, moved or released by surprise, and answers of another shape break nothing."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.container.resources import NAMESPACE
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.engine.changes import plan_absent, plan_present
from ansible_collections.scw.cloud.plugins.module_utils.engine.writing import LOOKS
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, Refused, RequestError, ScwError
from ansible_collections.scw.cloud.plugins.module_utils.lb.resources import IP, LB
from ansible_collections.scw.cloud.plugins.module_utils.lb.traffic import ACL, BACKEND
from ansible_collections.scw.cloud.plugins.module_utils.products import RESOURCES
from naming import key_of
from unit import container_samples, samples
from unit.conftest import Connect, Serve
from unit.life import NEW, play
from unit.objects import shown
from unit.samples import BACKEND_ID, FRONTEND_ID, IP_ID, LB_ID, OTHER_IP_ID, OTHER_LB_ID, ZONE, lb
from unit.scripted_server import Answer, Exchange
from unit.tasks import lbs, listing, read

HELD = samples.ip(id=OTHER_IP_ID, ip_address="192.0.2.9", lb_id=OTHER_LB_ID)


@pytest.mark.parametrize("state", ["present", "absent"])
def test_an_id_and_an_address_of_two_ips_are_refused(serve: Serve, connect: Connect, state: str) -> None:
    server = serve([read(f"/ips/{IP_ID}", samples.ip(ip_address="192.0.2.7"))])
    with pytest.raises(InvalidOption, match=r"ip_address: IP .* has '192\.0\.2\.7', not '192\.0\.2\.9'"):
        play(server, connect).run(IP, id=IP_ID, ip_address="192.0.2.9", tags=["x"], state=state)


def test_an_id_and_its_own_address_go_together(serve: Serve, connect: Connect) -> None:
    server = serve([read(f"/ips/{IP_ID}", samples.ip(ip_address="2001:db8::1"))])
    assert not play(server, connect).run(IP, id=IP_ID, ip_address="2001:DB8:0::1").changed


@pytest.mark.parametrize("check", [False, True])
def test_a_new_load_balancer_does_not_take_the_address_of_another(serve: Serve, connect: Connect, check: bool) -> None:
    server = serve([lbs(), read(f"/ips/{OTHER_IP_ID}", HELD)])
    with pytest.raises(InvalidOption, match=f"ips: IP .* is attached to load balancer {OTHER_LB_ID}"):
        play(server, connect).run(LB, check=check, **NEW, ips=[OTHER_IP_ID])


@pytest.mark.parametrize("check", [False, True])
def test_a_load_balancer_does_not_take_the_address_of_another(serve: Serve, connect: Connect, check: bool) -> None:
    own = lb(ip=[{"id": IP_ID, "ip_address": "192.0.2.7"}])
    server = serve([lbs(own), read(f"/ips/{OTHER_IP_ID}", HELD)])
    with pytest.raises(InvalidOption, match="and cannot be detached"):
        play(server, connect).run(LB, check=check, name="web", ips=[IP_ID, OTHER_IP_ID])


@pytest.mark.parametrize("check", [False, True])
def test_an_attached_address_does_not_move(serve: Serve, connect: Connect, check: bool) -> None:
    server = serve([read(f"/ips/{OTHER_IP_ID}", HELD)])
    with pytest.raises(Refused, match="The API cannot detach an IP"):
        play(server, connect).run(IP, check=check, id=OTHER_IP_ID, lb=LB_ID)


@pytest.mark.parametrize("check", [True, False])
def test_a_hash_that_cannot_be_read_is_written_with_a_warning(serve: Serve, connect: Connect, check: bool) -> None:
    strange = container_samples.namespace(secret_environment_variables={"A": "5f4dcc3b"})
    path = f"/containers/v1/regions/fr-par/namespaces/{strange['id']}"
    written = Exchange("PATCH", path, Answer(json=strange), body={"secret_environment_variables": {"A": "a-secret"}})
    looks = [Exchange("GET", path, Answer(json=strange))] * (1 if check else 2)
    task = play(serve([looks[0], *([] if check else [written, looks[1]])]), connect)
    outcome = task.run(NAMESPACE, check=check, id=strange["id"], secret_environment_variables={"A": "a-secret"})
    assert outcome.changed
    assert "shows A with hashes that are not argon2id" in task.warnings[0]


def test_a_lost_creation_is_given_longer_than_the_slowest_one_takes() -> None:
    assert sum(LOOKS) > 27.3


def said_of_acl(**more: Any) -> dict[str, Any]:
    return {"frontend": FRONTEND_ID, "name": "a", "index": 1, "action": {"type": "deny"}, **more}


@pytest.mark.parametrize("match", [{}, {"match": {"ip_subnet": []}}], ids=["nothing", "empty"])
def test_an_acl_about_nobody_in_particular_is_about_everybody(
    serve: Serve, connect: Connect, match: dict[str, Any]
) -> None:
    path = f"{ZONE}/frontends/{FRONTEND_ID}"
    server = serve([listing(f"{path}/acls", "acls", name="a"), Exchange("GET", path, Answer(json=samples.frontend()))])
    outcome = play(server, connect).run(ACL, check=True, **said_of_acl(**match))
    assert outcome.result["match"]["ip_subnet"] == ["0.0.0.0/0"]
    assert outcome.diff["after"]["match"] == {"ip_subnet": ["0.0.0.0/0"]}


@pytest.mark.parametrize("strange", [{}, {"id": 5}, {"name": "web"}], ids=["empty", "number", "no id"])
def test_an_answer_without_an_id_is_no_object(serve: Serve, connect: Connect, strange: dict[str, Any]) -> None:
    with pytest.raises(RequestError, match="the answer is no object of the API"):
        play(serve([read(f"/backends/{BACKEND_ID}", strange)]), connect).run(BACKEND, id=BACKEND_ID, forward_port=9)
    with pytest.raises(RequestError, match="the answer is no object of the API"):
        play(serve([lbs(strange)]), connect).run(LB, **NEW)


def test_a_change_that_is_read_back_as_nonsense_is_told_as_done(serve: Serve, connect: Connect) -> None:
    script = [
        lbs(lb()),
        Exchange("PUT", f"{ZONE}/lbs/{LB_ID}", Answer(json=lb())),
        Exchange("GET", f"{ZONE}/lbs/{LB_ID}", Answer(json={})),
    ]
    with pytest.raises(RequestError) as raised:
        play(serve(script), connect).run(LB, name="web", description="x")
    assert len(raised.value.data["done"]) == 1


STRANGE = [5, "x", [1], {"a": 1}, True, [{"id": None}]]


@pytest.mark.parametrize("strange", STRANGE, ids=str)
@pytest.mark.parametrize("resource", RESOURCES, ids=key_of)
def test_an_object_of_another_shape_is_planned_or_refused_but_breaks_nothing(resource: Resource, strange: Any) -> None:
    current = dict.fromkeys(shown(resource), strange) | {"id": LB_ID}
    said = resource.prepare({}, current) if resource.prepare else {}
    assert not plan_present(resource, said, current, {}).changed
    for field in resource.fields:
        value = field.value(shown(resource))
        if value is not None and not callable(field.read):
            with contextlib.suppress(ScwError):
                assert plan_present(resource, {field.name: field.carry(value)}, current, {}).result
    assert resource.label(current)
    assert resource.settle is None or resource.settle.state(current)
    assert resource.settle is None or resource.settle.is_busy(current)
    assert plan_absent(resource, current).changed
