# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook ``rolling_update`` and its role: servers updated one after the other while the others go on serving."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import pytest

from playbooks.conftest import Terminal
from playbooks.endpoint import Endpoint
from playbooks.fleet import SERVERS, UPDATE, WELL, Fleet
from programs import PROGRAMS


@pytest.fixture
def fleet(terminal: Terminal) -> Fleet:
    return Fleet(terminal)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as running:
        yield running


def in_turn(*numbers: int) -> list[tuple[str, str]]:
    """Moves of servers that go out and come back one after the other."""
    return [(move, f"10.0.0.{number}") for number in numbers for move in ("out", "in")]


# What it does


def test_each_server_goes_out_is_updated_and_comes_back_before_the_next_one(fleet: Fleet) -> None:
    fleet.backend()
    played = fleet.update().succeeded()
    assert fleet.updated == ["app1", "app2", "app3"]
    assert fleet.moves == in_turn(1, 2, 3)
    assert fleet.smallest() == 2
    assert fleet.pool() == list(SERVERS.values())
    assert played.says("All servers are up to date, healthy and in rotation: app1, app2, app3.")
    assert "[WARNING]" not in played.complaints, played.complaints


def test_it_asks_the_server_before_it_puts_it_back(fleet: Fleet, endpoint: Endpoint) -> None:
    fleet.backend()
    fleet.update(health_url=f"{endpoint.url}/{{{{ inventory_hostname }}}}/health").succeeded()
    assert [asked.path for asked in endpoint.asked] == [f"/{name}/health" for name in SERVERS]


def test_it_goes_out_of_all_backends_that_it_is_said_to_be_behind(fleet: Fleet) -> None:
    fleet.backend("app")
    fleet.backend("chat")
    fleet.update("--limit", "app2", backends="app\nchat\n").succeeded()
    assert fleet.moves == [(move, "10.0.0.2") for move in ("out", "out", "in", "in")]
    assert fleet.pool("app") == fleet.pool("chat") == list(SERVERS.values())


def test_the_inventory_may_say_behind_what_a_server_is(fleet: Fleet) -> None:
    fleet.backend("app")
    fleet.backend("chat", "10.0.0.2")
    fleet.terminal.write("inventory/z.scw_lb.yml", "plugin: scw.cloud.scw_lb\nservers: true\n")
    fleet.backend("other", "10.0.0.9")
    fleet.update("--limit", "app1,app2,app3", lb=None, backends=None).refused().says("'chat' would have 0 healthy")
    fleet.terminal.account.post(
        f"/backends/{fleet.terminal.object('backends', name='chat')['id']}/servers", server_ip=["10.0.0.9"]
    )
    fleet.update("--limit", "app2", lb=None, backends=None).succeeded()
    assert fleet.moves == [(move, "10.0.0.2") for move in ("out", "out", "in", "in")]


def test_several_may_go_at_a_time_if_enough_stay(fleet: Fleet) -> None:
    fleet.backend()
    fleet.update(serial="2").succeeded()
    assert fleet.smallest() == 1
    assert sorted(fleet.updated) == list(SERVERS)
    assert fleet.pool() == list(SERVERS.values())


def test_a_check_takes_nobody_out(fleet: Fleet) -> None:
    fleet.backend()
    played = fleet.update("--check").succeeded()
    assert played.writes == []
    assert played.says("These servers would be updated: app1, app2, app3.")
    assert fleet.updated == []


def test_servers_that_need_no_update_stay_in_rotation_and_the_second_run_changes_nothing(fleet: Fleet) -> None:
    fleet.backend()
    needed = "{{ (lookup('env', 'PWD') ~ '/updated-' ~ inventory_hostname) is not exists }}"
    fleet.update("--limit", "app2", needed=needed).succeeded()
    fleet.update(needed=needed).succeeded()
    assert fleet.moves == in_turn(1, 3)
    played = fleet.update(needed=needed).succeeded()
    assert (played.changed, played.writes) == (0, [])


# What does not work


def test_a_failure_on_the_second_of_three_puts_it_back_if_it_is_healthy_and_ends_there(fleet: Fleet) -> None:
    fleet.backend()
    played = fleet.update(broken=["app2"]).refused()
    assert fleet.updated == ["app1", "app2"]
    assert fleet.moves == in_turn(1, 2)
    assert fleet.pool() == list(SERVERS.values())
    assert played.says("app2: The task 'Start it' failed: it does not start. It is healthy, and in rotation again.")
    fleet.update().succeeded()
    assert fleet.moves == in_turn(1, 2, 3)


def test_a_server_whose_tasks_failed_stays_out_if_that_is_wanted(fleet: Fleet) -> None:
    fleet.backend()
    played = fleet.update(broken=["app2"], keep_failed_out=True).refused()
    assert fleet.pool() == ["10.0.0.1", "10.0.0.3"]
    assert played.says("it does not start. It is out of rotation, until a run succeeds.")


def test_a_server_that_never_answers_stays_out(fleet: Fleet, endpoint: Endpoint) -> None:
    fleet.backend()
    endpoint.status = lambda: 503 if endpoint.asked[-1].path == "/app2" else 200
    asking = {"health_url": f"{endpoint.url}/{{{{ inventory_hostname }}}}"}
    played = fleet.update(**asking).refused()
    assert fleet.moves == [*in_turn(1), ("out", "10.0.0.2")]
    assert played.says(f"app2: {endpoint.url}/app2 does not answer as it should: Status code was 503 and not [200]")
    assert played.says("It is out of rotation, until a run succeeds.")
    endpoint.status = lambda: 200
    fleet.update(**asking).succeeded()
    assert fleet.moves == [("in", "10.0.0.2"), *in_turn(1, 3)]
    assert fleet.smallest("10.0.0.1", "10.0.0.3") == 2


def test_a_server_that_never_gets_healthy_is_taken_out_again(fleet: Fleet) -> None:
    fleet.backend()
    sick = {"ip": "10.0.0.2", "server_state": "stopped", "last_health_check_status": "failed", "after_reads": 4}
    fleet.terminal.emulator.stats([*WELL, sick])
    played = fleet.update().refused()
    assert fleet.moves == [*in_turn(1, 2), ("out", "10.0.0.2")]
    assert fleet.updated == ["app1", "app2"]
    assert played.says("Not all servers of backend 'app'")
    assert played.says("10.0.0.2 is stopped")
    assert played.says("It is out of rotation, until a run succeeds.")


def test_the_last_server_of_a_backend_stays_in_it_even_if_it_never_gets_healthy(fleet: Fleet) -> None:
    backend = fleet.backend()
    fleet.terminal.account.call("PUT", f"/backends/{backend['id']}/servers", {"server_ip": []})
    fleet.terminal.emulator.stats([])
    played = fleet.update("--limit", "app1").refused()
    assert fleet.moves == [("in", "10.0.0.1")]
    assert fleet.pool() == ["10.0.0.1"]
    assert played.says("It could not be taken out of rotation: backend 'app'")


def test_a_server_that_gets_requests_still_is_not_updated_but_put_back(fleet: Fleet) -> None:
    fleet.backend()
    fleet.terminal.emulator.stats([{"ip": address, "row": "always"} for address in SERVERS.values()])
    played = fleet.update(drain_timeout=2).refused()
    assert fleet.updated == []
    assert fleet.moves == in_turn(1)
    assert played.says("wait until it gets no requests' failed: Gave up"), played.output
    assert played.says("It is healthy, and in rotation again.")


@pytest.mark.parametrize(
    ("pool", "sick", "serial"),
    [(["10.0.0.1"], None, 1), (["10.0.0.1", "10.0.0.2"], "10.0.0.2", 1), (list(SERVERS.values()), None, 3)],
    ids=["the only server", "the only healthy one", "all at a time"],
)
def test_a_backend_is_never_left_without_healthy_servers(
    fleet: Fleet, pool: list[str], sick: str | None, serial: int
) -> None:
    fleet.backend("app", *pool)
    fleet.terminal.emulator.stats([*WELL, {"ip": sick or "10.0.0.9", "server_state": "stopped"}])
    played = fleet.update("--limit", "app1" if serial == 1 else "shop", serial=serial).refused()
    assert played.writes == []
    assert fleet.updated == []
    assert played.says("the backend 'app' would have 0 healthy servers, and rolling_update_min_healthy wants 1.")
    assert fleet.pool() == pool


def test_more_than_one_can_be_asked_to_stay(fleet: Fleet) -> None:
    fleet.backend()
    assert (
        fleet.update(min_healthy=3)
        .refused()
        .says("would have 2 healthy servers, and rolling_update_min_healthy wants 3")
    )
    assert fleet.moves == []


def test_of_two_at_a_time_the_other_one_is_completed_before_the_run_ends(fleet: Fleet) -> None:
    fleet.backend()
    played = fleet.update(serial=2, broken=["app1"]).refused()
    assert sorted(fleet.updated) == ["app1", "app2"]
    assert fleet.pool() == list(SERVERS.values())
    assert fleet.smallest() == 1
    assert "app3" not in str(fleet.moves)
    assert played.failed == 1


UNREACHABLE = """
- name: Lose the connection
  ansible.builtin.ping:
  vars:
    ansible_connection: ssh
    ansible_port: 1
    ansible_ssh_common_args: -o ConnectTimeout=1
"""


@pytest.mark.parametrize("serial", [1, 2])
def test_a_server_that_cannot_be_reached_stays_out_and_ends_the_run(fleet: Fleet, serial: int) -> None:
    fleet.backend()
    only = "  when: inventory_hostname == 'app1'\n"
    fleet.terminal.write("update.yml", UNREACHABLE.replace("10.0.0.1", "127.0.0.1") + only + UPDATE)
    fleet.terminal.write(
        "inventory/host_vars/app1.yml", "ansible_host: 127.0.0.1\nrolling_update_server_ip: 10.0.0.1\n"
    )
    fleet.update(serial=serial).refused()
    assert fleet.pool() == ["10.0.0.2", "10.0.0.3"]
    assert fleet.updated == ["app2"][: serial - 1]
    assert fleet.smallest() >= 1


# Interrupted


def interrupt(fleet: Fleet, server: str) -> None:
    """Kill a run while the tasks of this server are at work."""
    waiting = "- ansible.builtin.wait_for: {path: never, timeout: 60}\n  when: inventory_hostname == 'SERVER'\n"
    fleet.terminal.write("slow.yml", UPDATE + waiting.replace("SERVER", server))
    fleet.terminal.emulator.clear_journal()
    variables = fleet.variables({"tasks": "slow.yml"})
    said = [part for name, value in variables.items() for part in ("-e", f"{name}={value}")]
    running = subprocess.Popen(
        [PROGRAMS / "ansible-playbook", "scw.cloud.rolling_update", *fleet.arguments(), *said],
        env=fleet.terminal.environment,
        cwd=fleet.terminal.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 60
        while server not in fleet.updated:
            assert time.monotonic() < deadline
            assert running.poll() is None
            time.sleep(0.05)
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def test_an_interrupted_run_is_completed_by_the_next_which_begins_with_the_server_that_is_out(fleet: Fleet) -> None:
    fleet.backend("app", "10.0.0.1", "10.0.0.2")
    fleet.terminal.write(
        "inventory/fleet.yml",
        "shop:\n  hosts:\n    app1: {ansible_host: 10.0.0.1}\n    app2: {ansible_host: 10.0.0.2}\n",
    )
    interrupt(fleet, "app2")
    assert fleet.moves == [*in_turn(1), ("out", "10.0.0.2")]
    fleet.forget()
    fleet.update().succeeded()
    assert fleet.moves == [("in", "10.0.0.2"), *in_turn(1)]
    assert fleet.updated == ["app2", "app1"]
    assert fleet.smallest("10.0.0.1") == 1
    assert fleet.pool() == ["10.0.0.1", "10.0.0.2"]


# Tasks of the user


CONFIGURE = """
- ansible.builtin.template:
    src: app.j2
    dest: "{{ lookup('env', 'PWD') }}/app.conf"
    mode: "0600"
  notify: Restart it
"""
SITE = """
- hosts: shop
  serial: 1
  become: true
  gather_facts: false
  roles:
    - scw.cloud.rolling_update
  handlers:
    - name: Restart it
      ansible.builtin.fail:
        msg: it does not restart
"""


def test_handlers_run_before_the_server_comes_back_and_templates_are_found_beside_the_tasks(fleet: Fleet) -> None:
    fleet.backend()
    fleet.terminal.write("app/templates/app.j2", "{{ inventory_hostname }}\n")
    fleet.terminal.write("app/update.yml", CONFIGURE)
    fleet.terminal.write("site.yml", SITE)
    played = fleet.update("--limit", "app1", playbook="site.yml", tasks="app/update.yml").refused()
    assert played.says("app1: The task 'Restart it' failed: it does not restart. It is healthy, and in rotation again.")
    assert fleet.moves == in_turn(1)


def test_what_a_secret_task_says_is_not_repeated(fleet: Fleet) -> None:
    fleet.backend()
    fleet.terminal.write("update.yml", "- name: Sign in\n  ansible.builtin.fail: {msg: the-secret}\n  no_log: true\n")
    played = fleet.update("-vvv").refused()
    assert played.says("The task 'Sign in' failed: see above.")
    # Ansible itself shows what its own action says.
    _before, found, told = played.output.partition("Keep in mind what went wrong]")
    assert found
    assert "the-secret" not in told


def test_a_limit_alone_names_no_servers(fleet: Fleet) -> None:
    fleet.backend()
    played = fleet.update("--limit", "app1", hosts=None).refused()
    assert played.says("Set rolling_update_hosts to the servers to update.")
    assert played.writes == []


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"hosts": None}, "Say which servers to update, and how, such as by"),
        ({"hosts": "nobody"}, "No host of the inventory is called 'nobody', and no group with hosts."),
        ({"tasks": "missing.yml"}, "missing.yml. Set rolling_update_tasks to the file with the tasks"),
        ({"lb": None}, "It is not known behind which backends app1 is."),
        ({"backends": "nothing"}, "There is no backend 'nothing' on the load balancer 'shop'."),
        ({"min_healthy": "some"}, "argument 'rolling_update_min_healthy' is of type"),
    ],
    ids=["no hosts", "unknown hosts", "no file", "no load balancer", "unknown backend", "no number"],
)
def test_bad_input_is_told_in_a_sentence_and_moves_nobody(
    fleet: Fleet, variables: dict[str, Any], sentence: str
) -> None:
    fleet.backend()
    played = fleet.update(**variables).refused()
    assert played.says(sentence), played.text
    assert played.writes == []
    assert fleet.updated == []
