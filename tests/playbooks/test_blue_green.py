# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook ``switch_blue_green`` and its role: to the other backend or container once it is healthy, and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from behaviour.account import BACKEND_BODY, PROJECT_ID
from playbooks.conftest import Played, Terminal
from playbooks.endpoint import Endpoint

SWITCH = "switch_blue_green"
QUICK = {"health_retries": 1, "health_delay": 0, "remove_delay": 0}
DOMAIN = "shop.example.com"


def variables(**said: Any) -> dict[str, Any]:
    """These variables with the prefix of the role."""
    return {f"blue_green_{name}": value for name, value in {**QUICK, **said}.items() if value is not None}


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as running:
        yield running


class Balancer:
    """The load balancer ``shop`` with the backends ``app-blue``, which gets everything, ``app-green`` and ``other``."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        body = {"name": "shop", "type": "lb-s", "project_id": PROJECT_ID, "description": ""}
        self.lb = terminal.account.post("/lbs", **body)
        self.ids = {
            name: self._backend(name, f"10.0.{number}.1", f"10.0.{number}.2")
            for number, name in enumerate(["app-blue", "app-green", "other"])
        }
        self.frontend_ids = {
            name: self._frontend(name, port, backend)
            for name, port, backend in [
                ("http", 80, "app-blue"),
                ("admin", 81, "app-blue"),
                ("elsewhere", 82, "other"),
            ]
        }
        api = {"frontend_id": self.frontend_ids["elsewhere"], "match": {"host_header": "api.example.com"}}
        terminal.account.post("/routes", backend_id=self.ids["app-blue"], **api)
        terminal.emulator.stats([{"ip": "*"}])

    def _backend(self, name: str, *servers: str) -> str:
        body = {**BACKEND_BODY, "name": name, "server_ip": list(servers)}
        return str(self.terminal.account.post(f"/lbs/{self.lb['id']}/backends", **body)["id"])

    def _frontend(self, name: str, port: int, backend: str) -> str:
        body = {"name": name, "inbound_port": port, "backend_id": self.ids[backend]}
        return str(self.terminal.account.post(f"/lbs/{self.lb['id']}/frontends", **body)["id"])

    def said(self, active: str, **more: Any) -> dict[str, Any]:
        """The variables that make one of them active."""
        return variables(**{"lb": "shop", "blue": "app-blue", "green": "app-green", "active": active, **more})

    def switch(self, active: str, *arguments: str, **more: Any) -> Played:
        """Run the playbook."""
        return self.terminal.play(SWITCH, *arguments, **self.said(active, **more))

    @property
    def leads(self) -> dict[str, str]:
        """To which backends the frontends and the route lead."""
        names = {backend_id: name for name, backend_id in self.ids.items()}
        frontends = {one["name"]: names[one["backend_id"]] for one in self.terminal.objects("frontends")}
        return {**frontends, "route": names[self.terminal.object("routes")["backend_id"]]}


@pytest.fixture
def balancer(terminal: Terminal) -> Balancer:
    return Balancer(terminal)


BLUE = {"http": "app-blue", "admin": "app-blue", "elsewhere": "other", "route": "app-blue"}
GREEN = {"http": "app-green", "admin": "app-green", "elsewhere": "other", "route": "app-green"}


# Backends of a load balancer


def test_everything_that_leads_to_blue_leads_to_green_and_one_variable_rolls_back(balancer: Balancer) -> None:
    assert balancer.terminal.check(SWITCH, **balancer.said("green")).says("would lead to green, 'app-green'.")
    played = balancer.switch("green").succeeded()
    assert played.writes == ["UpdateFrontend", "UpdateFrontend", "UpdateRoute"]
    assert balancer.leads == GREEN
    assert played.says("The load balancer 'shop' leads now to green, 'app-green'.")
    assert played.says("'app-blue' is kept; blue_green_active=blue rolls back.")
    balancer.terminal.again(SWITCH, **balancer.said("green"))
    balancer.switch("blue").succeeded()
    assert balancer.leads == BLUE


def test_only_the_frontends_that_are_named_are_switched_wherever_they_led(balancer: Balancer) -> None:
    wanted = {"frontends": "http, elsewhere"}
    balancer.switch("green", **wanted).succeeded()
    assert balancer.leads == {**GREEN, "elsewhere": "app-green", "admin": "app-blue"}
    balancer.terminal.again(SWITCH, **balancer.said("green", **wanted))
    assert balancer.switch("green", frontends="web").refused().says("has no frontend called web.")


def test_an_interrupted_switch_is_completed_by_the_next_run(balancer: Balancer) -> None:
    balancer.terminal.emulator.faults([{"kind": "status", "operation": "UpdateRoute", "status": 403, "count": None}])
    balancer.switch("green", rollback=False).refused()
    assert balancer.leads == {**GREEN, "route": "app-blue"}
    balancer.terminal.emulator.faults([])
    assert balancer.switch("green").succeeded().writes == ["UpdateRoute"]
    assert balancer.leads == GREEN


def test_a_switch_that_fails_half_way_is_taken_back(balancer: Balancer) -> None:
    balancer.terminal.emulator.faults([{"kind": "status", "operation": "UpdateRoute", "status": 403, "count": 1}])
    played = balancer.switch("green", frontends="elsewhere,http").refused()
    assert balancer.leads == BLUE
    assert played.says("Switching the load balancer 'shop' to 'app-green' failed:")
    assert played.says("Everything leads again where it did before.")


@pytest.mark.parametrize("rollback", [True, False])
def test_it_is_switched_back_if_the_public_address_does_not_answer(
    balancer: Balancer, endpoint: Endpoint, rollback: bool
) -> None:
    endpoint.status = lambda: 200 if balancer.leads == BLUE else 503
    public = {"public_url": f"{endpoint.url}/shop", "rollback": rollback}
    played = balancer.switch("green", **public).refused()
    assert balancer.leads == (BLUE if rollback else GREEN)
    assert played.says(f"failed: {endpoint.url}/shop does not answer as it should: Status code was 503 and not [200]")
    said = "Everything leads again where it did before" if rollback else "left like that, because blue_green_rollback"
    assert played.says(said)


def test_nothing_is_switched_to_a_backend_whose_servers_are_not_healthy(balancer: Balancer) -> None:
    sick = {"ip": "10.0.1.2", "server_state": "stopped", "last_health_check_status": "failed"}
    balancer.terminal.emulator.stats([{"ip": "*"}, sick])
    played = balancer.switch("green").refused()
    assert played.writes == []
    assert played.says(
        "'app-green' is not healthy: 1 of its servers are healthy, and 2 have to be; not healthy: 10.0.1.2."
    )
    assert played.says("Nothing was switched.")
    balancer.switch("green", min_healthy=1).succeeded()
    assert balancer.leads == GREEN


def test_servers_may_take_a_while_to_get_healthy(balancer: Balancer) -> None:
    late = {"ip": "10.0.1.2", "backend_id": balancer.ids["app-green"]}
    balancer.terminal.emulator.stats([{"ip": "*"}, {**late, "server_state": "starting"}, {**late, "after_reads": 2}])
    balancer.switch("green", health_retries=4).succeeded()
    assert balancer.leads == GREEN


def test_the_new_backend_is_asked_if_there_is_an_address_for_that(balancer: Balancer, endpoint: Endpoint) -> None:
    endpoint.status = lambda: 500
    played = balancer.switch("green", health_url=f"{endpoint.url}/green").refused()
    assert played.says(
        f"'app-green' is not healthy: {endpoint.url}/green does not answer as it should: Status code was 500"
    )
    assert played.writes == []
    assert len(endpoint.asked) == 2


def test_in_an_emergency_it_can_be_switched_to_whatever_there_is(balancer: Balancer) -> None:
    balancer.terminal.emulator.stats([])
    balancer.switch("green").refused()
    balancer.switch("green", health_gate="false").succeeded()
    assert balancer.leads == GREEN


def test_the_old_one_goes_if_that_is_wanted_and_then_there_is_no_way_back(balancer: Balancer) -> None:
    played = balancer.switch("green", remove_old=True).succeeded()
    assert played.writes == ["UpdateFrontend", "UpdateFrontend", "UpdateRoute", "DeleteBackend"]
    assert played.says("'app-blue' is gone.")
    balancer.terminal.again(SWITCH, **balancer.said("green", remove_old=True))
    played = balancer.switch("blue").refused()
    assert played.says("There is no backend 'app-blue'. Nothing was switched.")
    assert played.writes == []


def test_an_old_one_that_something_still_leads_to_is_not_removed(balancer: Balancer) -> None:
    balancer.switch("green", frontends="http", remove_old=True).refused()
    assert balancer.leads == {**BLUE, "http": "app-green"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"active": "red"}, "value of blue_green_active must be one of: blue, green"),
        ({"active": ""}, "Say which are the two and which is to be active"),
        ({"lb": None}, "Set one of blue_green_lb, blue_green_pipeline and blue_green_domain."),
        ({"pipeline": "site"}, "Set one of blue_green_lb, blue_green_pipeline and blue_green_domain."),
        ({"green": "app-blue"}, "blue_green_blue and blue_green_green are both 'app-blue'."),
        ({"green": "nothing"}, "There is no backend 'nothing'. Nothing was switched."),
        ({"lb": "nothing"}, "There is no backend 'app-green'."),
        ({"lb": None, "domain": DOMAIN}, "'app-blue' is no container: write it as namespace/name, such as shop/web"),
    ],
    ids=["colour", "nothing said", "no place", "two places", "the same", "no backend", "no lb", "no namespace"],
)
def test_bad_input_is_told_in_a_sentence_and_switches_nothing(
    balancer: Balancer, said: dict[str, Any], sentence: str
) -> None:
    played = balancer.switch(**{"active": "green", **said}).refused()
    assert played.says(sentence), played.text
    assert played.writes == []


def test_where_nothing_leads_to_either_it_says_so(balancer: Balancer) -> None:
    balancer.switch("green", blue="other", frontends="elsewhere").succeeded()
    played = balancer.terminal.play(SWITCH, **balancer.said("blue", blue="other", green="unused")).refused()
    assert played.says("Nothing of the load balancer 'shop' leads to 'other' or 'unused'.")


# Containers


class Apps:
    """The containers ``web-blue`` and ``web-green`` in the namespace ``shop``, and a pipeline before the former."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.account = terminal.account.at("/containers/v1", "regions/fr-par")
        namespace = self.account.post("/namespaces", name="shop", project_id=PROJECT_ID)["id"]
        image = {"image": "rg.fr-par.scw.cloud/shop/web:1.4", "port": 8080, "namespace_id": namespace}
        self.ids = {
            name: self.account.post("/containers", name=name, **image)["id"] for name in ("web-blue", "web-green")
        }

    def said(self, active: str, **more: Any) -> dict[str, Any]:
        """The variables that make one of them active."""
        both = {"blue": "shop/web-blue", "green": "shop/web-green", "region": "fr-par", "health_path": ""}
        return variables(**{**both, "active": active, **more})

    def switch(self, active: str, *arguments: str, **more: Any) -> Played:
        """Run the playbook."""
        return self.terminal.play(SWITCH, *arguments, **self.said(active, **more))

    def site(self) -> None:
        """Have the pipeline."""
        site = {"plan": "starter", "name": "site", "container": "shop/web-blue", "region": "fr-par", "cache_ttl": "1h"}
        said = {f"edge_site_{name}": value for name, value in site.items()}
        self.terminal.play("deploy_edge_site", **said).succeeded()

    @property
    def origin(self) -> str:
        """Which of them the pipeline leads to."""
        (stage,) = self.terminal.objects("edge_backend_stages")
        names = {container_id: name for name, container_id in self.ids.items()}
        return names[stage["settings"]["scaleway_serverless_container"]["container_id"]]

    @property
    def domains(self) -> dict[str, str]:
        """Which of them answers at which domain."""
        names = {container_id: name for name, container_id in self.ids.items()}
        return {one["hostname"]: names[one["container_id"]] for one in self.terminal.objects("container_domains")}


@pytest.fixture
def apps(terminal: Terminal) -> Apps:
    return Apps(terminal)


def test_a_pipeline_leads_to_the_other_container_and_its_cache_forgets(apps: Apps) -> None:
    apps.site()
    said = apps.said("green", pipeline="site")
    assert apps.terminal.check(SWITCH, **said).succeeded().says("The pipeline 'site' would lead to green")
    played = apps.terminal.play(SWITCH, **said).succeeded()
    assert played.writes == ["UpdateBackendStage", "CreatePurgeRequest"]
    assert apps.origin == "web-green"
    apps.terminal.again(SWITCH, **said)
    assert apps.switch("blue", pipeline="site", purge=False).succeeded().writes == ["UpdateBackendStage"]
    assert apps.origin == "web-blue"


def test_a_container_that_does_not_answer_gets_no_requests(apps: Apps, endpoint: Endpoint) -> None:
    apps.site()
    endpoint.status = lambda: 503
    apps.terminal.environment["ANSIBLE_INJECT_INVOCATION"] = "true"
    asking = {"pipeline": "site", "health_url": f"{endpoint.url}/health"}
    secret = {"health_headers": {"X-Auth-Token": "the-key-to-ask-with"}}
    played = apps.switch("green", "-vvv", **asking, **secret).refused()
    assert played.says("The container 'shop/web-green' is not healthy:")
    assert played.writes == []
    assert [asked.key for asked in endpoint.asked] == ["the-key-to-ask-with"] * 2
    assert "the-key-to-ask-with" not in played.output + played.complaints


def test_a_container_that_is_not_ready_gets_no_requests(apps: Apps) -> None:
    apps.site()
    broken = "rg.fr-par.scw.cloud/shop/fail:1.5"
    apps.account.call("PATCH", f"/containers/{apps.ids['web-green']}", {"image": broken})
    played = apps.switch("green", pipeline="site").refused()
    assert played.says("The container 'shop/web-green' is error. Nothing was switched.")
    assert played.writes == []


def test_a_pipeline_is_switched_back_and_its_cache_forgets_again(apps: Apps, endpoint: Endpoint) -> None:
    apps.site()
    endpoint.status = lambda: 200 if apps.origin == "web-blue" else 502
    played = apps.switch("green", pipeline="site", public_url=f"{endpoint.url}/").refused()
    assert played.writes == ["UpdateBackendStage", "CreatePurgeRequest"] * 2
    assert apps.origin == "web-blue"


def test_the_old_container_goes_if_that_is_wanted(apps: Apps) -> None:
    apps.site()
    apps.switch("green", pipeline="site", remove_old=True).succeeded()
    assert [one["name"] for one in apps.terminal.objects("containers")] == ["web-green"]
    apps.terminal.again(SWITCH, **apps.said("green", pipeline="site", remove_old=True))


def test_a_domain_moves_to_the_other_container_and_back(apps: Apps) -> None:
    apps.account.post("/domains", container_id=apps.ids["web-blue"], hostname=DOMAIN)
    said = apps.said("green", domain=DOMAIN)
    apps.terminal.check(SWITCH, **said).succeeded()
    played = apps.terminal.play(SWITCH, **said).succeeded()
    assert played.writes == ["DeleteContainerDomain", "CreateContainerDomain"]
    assert apps.domains == {DOMAIN: "web-green"}
    apps.terminal.again(SWITCH, **said)
    apps.switch("blue", domain=DOMAIN).succeeded()
    assert apps.domains == {DOMAIN: "web-blue"}


def test_a_domain_that_cannot_move_goes_back(apps: Apps) -> None:
    apps.account.post("/domains", container_id=apps.ids["web-blue"], hostname=DOMAIN)
    refusal = {"kind": "status", "operation": "CreateContainerDomain", "status": 400, "count": 1}
    apps.terminal.emulator.faults([refusal])
    played = apps.switch("green", domain=DOMAIN).refused()
    assert apps.domains == {DOMAIN: "web-blue"}
    assert played.says("Everything leads again where it did before.")
