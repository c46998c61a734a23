# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How objects of the emulator settle, what is refused meanwhile, and how that is programmed."""

from __future__ import annotations

from typing import Any

import pytest

from contract.certificates import custom_chain
from contract.cloud import PROJECT_ID, Cloud, acl_body, backend_body
from emulator.settings import BadControlInputError
from emulator.testing import Emulator

NETWORK_ID = "40000000-0000-4000-8000-000000000004"
IPAM_ID = "50000000-0000-4000-8000-000000000005"


@pytest.fixture
def slow(emulator: Emulator) -> Cloud:
    """A client of an emulator with its usual settling: one sighting of anything unsettled."""
    return Cloud(emulator)


def statuses(cloud: Cloud, lb: dict[str, Any], reads: int) -> list[tuple[str, list[str]]]:
    seen = [cloud.get(f"/lbs/{lb['id']}") for _attempt in range(reads)]
    return [(read["status"], [instance["status"] for instance in read["instances"]]) for read in seen]


def settled_lb(cloud: Cloud) -> Any:
    lb = cloud.make_lb()
    while cloud.get(f"/lbs/{lb['id']}")["status"] != "ready":
        pass
    return lb


def test_a_creation_goes_through_the_recorded_statuses(slow: Cloud) -> None:
    slow.emulator.settings(settle_reads=2)
    lb = slow.make_lb()
    assert (lb["status"], lb["instances"]) == ("to_create", [])
    assert statuses(slow, lb, 3) == [("to_create", ["unknown"]), ("creating", ["unknown"]), ("ready", ["ready"])]


def test_lists_are_sightings_too(slow: Cloud) -> None:
    slow.make_lb()
    assert [slow.get("/lbs")["lbs"][0]["status"] for _attempt in range(2)] == ["creating", "ready"]


def test_a_change_leaves_the_status_and_makes_instances_pending(slow: Cloud) -> None:
    lb = settled_lb(slow)
    slow.make_backend(lb["id"])
    assert statuses(slow, lb, 2) == [("ready", ["pending"]), ("ready", ["ready"])]


def test_a_change_of_name_does_not_concern_the_instances(slow: Cloud) -> None:
    lb = settled_lb(slow)
    updated = slow.make("PUT", f"/lbs/{lb['id']}", {"name": "b", "description": ""})
    assert [instance["status"] for instance in updated["instances"]] == ["ready"]


def test_a_migration_answers_the_old_type_and_ends_on_another_instance(slow: Cloud) -> None:
    lb = settled_lb(slow)
    before = slow.get(f"/lbs/{lb['id']}")["instances"][0]["id"]
    answer = slow.make("POST", f"/lbs/{lb['id']}/migrate", {"type": "LB-GP-L"})
    assert (answer["status"], answer["type"]) == ("migrating", "lb-s")
    assert slow.get(f"/lbs/{lb['id']}")["status"] == "migrating"
    after = slow.get(f"/lbs/{lb['id']}")
    assert (after["status"], after["type"]) == ("ready", "lb-gp-l")
    assert after["instances"][0]["id"] != before


@pytest.mark.parametrize("release_ip", [True, False])
def test_a_deletion_is_seen_and_then_everything_is_gone(slow: Cloud, release_ip: bool) -> None:
    slow.emulator.settings(busy_conflict=False)
    lb = settled_lb(slow)
    backend = slow.make_backend(lb["id"])
    frontend = slow.make_frontend(lb["id"], backend["id"])
    acl = slow.make_acl(frontend["id"])
    assert slow.send("DELETE", f"/lbs/{lb['id']}", release_ip=release_ip).status_code == 204
    assert slow.get(f"/lbs/{lb['id']}")["status"] == "to_delete"
    assert slow.send("GET", f"/lbs/{lb['id']}").status_code == 404
    children = (f"/backends/{backend['id']}", f"/frontends/{frontend['id']}", f"/acls/{acl['id']}")
    assert [slow.send("GET", path).status_code for path in children] == [404, 404, 404]
    ip = slow.send("GET", f"/ips/{lb['ip'][0]['id']}")
    assert ip.status_code == 404 if release_ip else ip.json()["lb_id"] is None


def test_deleting_a_frontend_takes_its_acls_and_routes(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    backend = cloud.make_backend(lb["id"])
    frontend = cloud.make_frontend(lb["id"], backend["id"])
    acl = cloud.make_acl(frontend["id"])
    body = {"frontend_id": frontend["id"], "backend_id": backend["id"], "match": {"path_begin": "/"}}
    route = cloud.make("POST", "/routes", body)
    cloud.make("DELETE", f"/frontends/{frontend['id']}")
    assert cloud.send("GET", f"/acls/{acl['id']}").status_code == 404
    assert cloud.send("GET", f"/routes/{route['id']}").status_code == 404


def test_writes_on_an_unsettled_load_balancer_are_refused(slow: Cloud) -> None:
    slow.emulator.settings(settle_reads=9)
    lb = slow.make_lb()
    for method, path, body in (
        ("POST", f"/lbs/{lb['id']}/backends", backend_body()),
        ("PUT", f"/lbs/{lb['id']}", {"name": "b", "description": ""}),
        ("DELETE", f"/lbs/{lb['id']}", None),
        ("POST", f"/lbs/{lb['id']}/migrate", {"type": "lb-gp-m"}),
    ):
        answer = slow.send(method, path, body)
        assert answer.status_code == 409
        assert answer.json() == {
            "current_state": "to_create",
            "message": "resource is in a transient state",
            "resource": "lb",
            "resource_id": lb["id"],
            "type": "transient_state",
        }


def test_writes_on_children_are_refused_while_instances_are_pending(slow: Cloud) -> None:
    lb = settled_lb(slow)
    backend = slow.make_backend(lb["id"])
    answer = slow.send("DELETE", f"/backends/{backend['id']}")
    assert (answer.status_code, answer.json()["current_state"]) == (409, "pending")
    # The refusal was the one sighting, so the next attempt passes.
    assert slow.send("DELETE", f"/backends/{backend['id']}").status_code == 204


def test_writes_pass_when_conflicts_are_switched_off(slow: Cloud) -> None:
    slow.emulator.settings(busy_conflict=False)
    lb = slow.make_lb()
    backend = slow.make_backend(lb["id"])
    frontend = slow.make_frontend(lb["id"], backend["id"])
    assert slow.send("POST", f"/frontends/{frontend['id']}/acls", acl_body()).status_code == 200


def test_objects_settle_by_the_clock_when_asked(slow: Cloud) -> None:
    slow.emulator.settings(settle_seconds=3600)
    lb = slow.make_lb()
    assert {status for status, _instances in statuses(slow, lb, 5)} == {"to_create"}
    slow.emulator.settings(settle_seconds=0)
    assert statuses(slow, lb, 1) == [("ready", ["ready"])]
    slow.make("DELETE", f"/lbs/{lb['id']}")
    assert slow.get(f"/ips/{lb['ip'][0]['id']}")["lb_id"] is None


def test_a_certificate_is_pending_and_then_ready(slow: Cloud) -> None:
    lb = settled_lb(slow)
    body = {"name": "a", "letsencrypt": {"common_name": "a.example.com", "subject_alternative_name": None}}
    made = slow.make("POST", f"/lbs/{lb['id']}/certificates", body)
    assert (made["type"], made["status"], made["fingerprint"]) == ("letsencrypt", "pending", "")
    assert made["not_valid_after"] == "0001-01-01T00:00:00Z"
    path = f"/certificates/{made['id']}"
    slow.emulator.settings(busy_conflict=False)
    assert [slow.get(path)["status"] for _attempt in range(2)] == ["pending", "ready"]
    ready = slow.get(path)
    assert (len(ready["fingerprint"]), ready["status_details"]) == (40, None)


def test_a_pending_certificate_is_not_used_or_deleted(slow: Cloud) -> None:
    lb = settled_lb(slow)
    slow.emulator.status([{"kind": "certificate", "status": "never"}])
    body = {"name": "a", "letsencrypt": {"common_name": "a.example.com"}}
    made = slow.make("POST", f"/lbs/{lb['id']}/certificates", body)
    statuses(slow, lb, 2)
    answer = slow.send("DELETE", f"/certificates/{made['id']}")
    assert (answer.status_code, answer.json()["resource"]) == (409, "certificate")


def test_a_certificate_for_a_failing_name_ends_in_error(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    body = {"name": "a", "letsencrypt": {"common_name": "fail.example.com"}}
    made = cloud.make("POST", f"/lbs/{lb['id']}/certificates", body)
    failed = cloud.get(f"/certificates/{made['id']}")
    assert failed["status"] == "error"
    assert "fail.example.com" in failed["status_details"]


def test_a_custom_certificate_is_read_from_its_chain(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    chain = custom_chain("www.example.com", ["api.example.com", "*.example.com"])
    body = {"name": "a", "custom_certificate": {"certificate_chain": chain}}
    made = cloud.make("POST", f"/lbs/{lb['id']}/certificates", body)
    assert (made["type"], made["status"], made["fingerprint"]) == ("custom", "ready", "")
    assert made["common_name"] == "www.example.com"
    assert made["subject_alternative_name"] == ["api.example.com", "*.example.com"]
    assert (made["not_valid_before"], made["not_valid_after"]) == ("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
    assert chain not in str(cloud.emulator.state())


@pytest.mark.parametrize("ipam_ids", [[], [IPAM_ID]])
def test_a_private_network_is_pending_and_then_ready(slow: Cloud, ipam_ids: list[str]) -> None:
    lb = settled_lb(slow)
    body = {"private_network_id": NETWORK_ID, "ipam_ids": ipam_ids}
    made = slow.make("POST", f"/lbs/{lb['id']}/attach-private-network", body)
    assert (made["status"], made["ipam_ids"], made["lb"]["private_network_count"]) == ("pending", ipam_ids, 1)
    path = f"/lbs/{lb['id']}/private-networks"
    seen = [slow.get(path)["private_network"][0] for _attempt in range(2)]
    assert [network["status"] for network in seen] == ["pending", "ready"]
    assert len(seen[1]["ipam_ids"]) == 1
    assert seen[1]["dhcp_config"] == {"ip_id": seen[1]["ipam_ids"][0]}
    slow.emulator.settings(busy_conflict=False)
    detach = slow.send("POST", f"/lbs/{lb['id']}/detach-private-network", {"private_network_id": NETWORK_ID})
    assert detach.status_code == 204
    assert [network["status"] for network in slow.get(path)["private_network"]] == ["pending"]
    assert slow.get(path) == {**slow.get(path), "private_network": [], "total_count": 0}


def test_an_address_attached_later_appears_on_the_load_balancer(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    ip = cloud.make("POST", "/ips", {"project_id": PROJECT_ID, "is_ipv6": True})
    assert cloud.make("PATCH", f"/ips/{ip['id']}", {"lb_id": lb["id"]})["lb_id"] == lb["id"]
    assert [found["id"] for found in cloud.get(f"/lbs/{lb['id']}")["ip"]] == [lb["ip"][0]["id"], ip["id"]]


def test_a_rule_decides_where_a_load_balancer_settles(cloud: Cloud) -> None:
    cloud.emulator.status([{"kind": "lb", "match": "bad", "status": "error"}])
    assert [cloud.get(f"/lbs/{cloud.make_lb(name=name)['id']}")["status"] for name in ("bad", "good")] == [
        "error",
        "ready",
    ]


def test_a_rule_keeps_an_object_unsettled(cloud: Cloud) -> None:
    cloud.emulator.status([{"kind": "lb", "status": "never"}])
    lb = cloud.make_lb()
    assert {status for status, _instances in statuses(cloud, lb, 5)} <= {"to_create", "creating"}
    cloud.emulator.status([])
    assert statuses(cloud, lb, 1) == [("ready", ["ready"])]


def test_a_rule_can_change_a_settled_object_at_once(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    cloud.get(f"/lbs/{lb['id']}")
    cloud.emulator.status([{"kind": "lb", "match": lb["id"], "status": "pending", "now": True}])
    assert cloud.get(f"/lbs/{lb['id']}")["status"] == "pending"
    assert cloud.send("DELETE", f"/lbs/{lb['id']}").json()["current_state"] == "pending"


def test_releasing_an_address_meets_the_end_of_its_load_balancer(slow: Cloud) -> None:
    lb = settled_lb(slow)
    slow.make("DELETE", f"/lbs/{lb['id']}")
    path = f"/ips/{lb['ip'][0]['id']}"
    assert [slow.send("DELETE", path).status_code for _attempt in range(2)] == [412, 204]


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        (
            {"kind": "server"},
            "unknown kind 'server', allowed: certificate, container, container_domain, container_namespace, "
            "container_trigger, edge_pipeline, edge_purge_request, edge_stage, function, function_cron, "
            "function_domain, function_namespace, function_token, function_trigger, instance, lb, private_network",
        ),
        ({"kind": "lb", "status": "up"}, "unknown status 'up', allowed: creating, deleting, error"),
        ({"kind": "lb", "status": "never", "now": True}, "unknown status 'never', allowed"),
        ({"match": "a"}, "a status rule needs the key 'kind'"),
        ({"kind": "lb", "colour": 1}, "unknown key 'colour' in a status rule"),
        ({"kind": 1}, "key 'kind' of a status rule must be a str"),
    ],
)
def test_a_wrong_status_rule_is_refused(emulator: Emulator, rule: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BadControlInputError, match=complaint):
        emulator.status([rule])


def test_statistics_have_a_row_for_every_backend_and_server(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    instance = cloud.get(f"/lbs/{lb['id']}")["instances"][0]["id"]
    backend, other = cloud.make_backend(lb["id"]), cloud.make_backend(lb["id"], server_ip=["10.0.0.7"])
    rows = cloud.get(f"/lbs/{lb['id']}/stats", backend_id=backend["id"])["backend_servers_stats"]
    assert [(row["instance_id"], row["backend_id"], row["ip"]) for row in rows] == [
        (instance, backend["id"], "10.0.0.2"),
        (instance, backend["id"], "10.0.0.1"),
    ]
    assert {(row["server_state"], row["last_health_check_status"]) for row in rows} == {("stopped", "unknown")}
    listed = cloud.get(f"/lbs/{lb['id']}/backend-stats", page_size=2)
    assert (len(listed["backend_servers_stats"]), listed["total_count"]) == (2, 3)
    assert other["id"] in {row["backend_id"] for row in cloud.get(f"/lbs/{lb['id']}/stats")["backend_servers_stats"]}


def test_statistics_can_be_programmed_to_turn(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    cloud.get(f"/lbs/{lb['id']}")
    cloud.make_backend(lb["id"], server_ip=["10.0.0.1"])
    down = {"ip": "10.0.0.1", "server_state": "stopping", "last_health_check_status": "failed"}
    cloud.emulator.stats([down, {"ip": "*", "after_reads": 2}])
    reads = [cloud.get(f"/lbs/{lb['id']}/stats")["backend_servers_stats"][0] for _attempt in range(3)]
    assert [row["server_state"] for row in reads] == ["stopping", "stopping", "running"]
    assert [row["last_health_check_status"] for row in reads] == ["failed", "failed", "passed"]


def test_one_subscriber_at_a_time(cloud: Cloud) -> None:
    lb = cloud.make_lb()
    body = {"project_id": PROJECT_ID, "email_config": {"email": "ops@example.com"}}
    first, second = (cloud.make("POST", "/subscribers", {"name": name, **body}) for name in ("a", "b"))
    subscribe = f"/lb/{lb['id']}/subscribe"
    assert cloud.make("POST", subscribe, {"subscriber_id": first["id"]})["subscriber"]["name"] == "a"
    assert cloud.send("POST", subscribe, {"subscriber_id": second["id"]}).status_code == 412
    assert cloud.send("DELETE", f"/lb/subscription/{first['id']}").status_code == 412
    assert cloud.make("DELETE", f"/lb/{lb['id']}/unsubscribe")["subscriber"] is None
    assert cloud.send("DELETE", f"/lb/subscription/{first['id']}").status_code == 204
