# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook ``deploy_container`` and the role ``container_app``: a container that works, or what ran before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from behaviour.account import PROJECT_ID
from playbooks.conftest import Played, Terminal
from playbooks.endpoint import Endpoint
from programs import SINCE_2_19

IMAGE = "rg.fr-par.scw.cloud/shop/web"
GOOD, BETTER, BROKEN = f"{IMAGE}:1.4", f"{IMAGE}:1.5", "rg.fr-par.scw.cloud/shop/fail:1.6"
UNANSWERED = (
    "Container is unable to start OR is not listening on port 8080. Correct the cause, then run the task again."
)
TYPE_OF_TEXT = "str" if SINCE_2_19 else "<class 'str'>"
"""What Ansible calls a text that should have been something else."""


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as running:
        yield running


class Shop:
    """The container ``web`` in the namespace ``shop``, whose health is asked at the endpoint."""

    def __init__(self, terminal: Terminal, endpoint: Endpoint) -> None:
        self.terminal = terminal
        self.endpoint = endpoint
        self.named = {"container_app_namespace": "shop", "container_app_name": "web"}
        self.asking = {
            "container_app_health_url": f"{endpoint.url}/health",
            "container_app_health_retries": 1,
            "container_app_health_delay": 0,
        }

    def variables(self, variables: dict[str, Any]) -> dict[str, Any]:
        """These variables, without the prefix of the role, beside those that say which container it is."""
        return {**self.named, **self.asking, **{f"container_app_{key}": value for key, value in variables.items()}}

    def deploy(self, *arguments: str, **variables: Any) -> Played:
        """Run the playbook."""
        return self.terminal.play("deploy_container", *arguments, **self.variables(variables))

    def check(self, **variables: Any) -> Played:
        """See what it would do."""
        return self.terminal.check("deploy_container", **self.variables(variables)).succeeded()

    def again(self, **variables: Any) -> Played:
        """Run it where there is nothing to do."""
        return self.terminal.again("deploy_container", **self.variables(variables))

    @property
    def container(self) -> dict[str, Any]:
        """The container as the emulator holds it, with its settings beside the rest."""
        found = self.terminal.object("containers", name="web")
        return {**found, **found["settings"]}

    def answers_only(self, *images: str) -> None:
        """Have the endpoint answer 200 while one of these images runs, and 503 otherwise."""
        self.endpoint.status = lambda: 200 if self.container["image"] in images else 503


@pytest.fixture
def shop(terminal: Terminal, endpoint: Endpoint) -> Shop:
    return Shop(terminal, endpoint)


# What it makes


EVERYTHING = {
    "image": GOOD,
    "port": "8000",
    "min_scale": 0,
    "domains": "shop.example.com\nWWW.example.com",
    "schedule": "0 6 * * MON-FRI",
    "schedule_path": "/reports",
    "schedules": [
        {"name": "nightly", "schedule": "0 0 * * *", "timezone": "Europe/Paris", "method": "put", "body": {"a": 1}}
    ],
}


def test_it_makes_a_container_that_answers_at_domains_and_by_schedules_and_is_quiet_after_that(shop: Shop) -> None:
    played = shop.deploy(**EVERYTHING).succeeded()
    address = shop.container["public_endpoint"]
    assert played.says(f"runs {GOOD} and answered at {address} and https://shop.example.com and https://www.example.")
    assert played.writes == [
        "CreateContainerNamespace",
        "CreateContainer",
        *["CreateContainerDomain"] * 2,
        *["CreateContainerTrigger"] * 2,
    ]
    assert [asked.path for asked in shop.endpoint.asked] == ["/health"]
    assert (shop.container["port"], shop.container["min_scale"]) == (8000, 0)
    assert {domain["hostname"] for domain in shop.terminal.objects("container_domains")} == {
        "shop.example.com",
        "www.example.com",
    }
    nightly = shop.terminal.object("container_triggers", name="nightly")
    assert nightly["source"]["timezone"] == "Europe/Paris"
    assert (nightly["destination"]["http_method"], nightly["source"]["body"]) == ("put", '{"a": 1}')
    daily = shop.terminal.object("container_triggers", name="schedule")
    assert (daily["source"]["timezone"], daily["destination"]["http_path"]) == ("UTC", "/reports")
    shop.again(**EVERYTHING)


def test_what_it_does_not_say_is_left_alone(shop: Shop) -> None:
    shop.deploy(image=GOOD, max_scale=3, environment_variables={"A": "1"}, tags=["a"]).succeeded()
    shop.deploy(image=BETTER).succeeded()
    container = shop.container
    assert (container["image"], container["max_scale"]) == (BETTER, 3)
    assert (container["environment_variables"], container["tags"]) == ({"A": "1"}, ["a"])


def test_a_check_on_an_empty_account_and_of_a_change_writes_nothing_and_asks_nobody(shop: Shop) -> None:
    wanted = {"domains": "shop.example.com", "schedule": "0 6 * * *", "purge": True, "redeploy_pushed": True}
    assert shop.check(image=GOOD, **wanted).says("It would be like this")
    shop.deploy(image=GOOD, **{**wanted, "redeploy_pushed": False}).succeeded()
    shop.endpoint.asked.clear()
    changed = shop.check(image=BETTER, domains="", purge=True)
    assert changed.says(f'- "image": "{GOOD}" + "image": "{BETTER}"')
    assert changed.changed == 3
    assert shop.check(state="absent").says("would be gone")
    assert shop.endpoint.asked == []


def test_domains_and_schedules_that_are_not_listed_go_only_if_that_is_asked_for(shop: Shop) -> None:
    shop.deploy(image=GOOD, domains="a.example.com, b.example.com", schedule="0 6 * * *").succeeded()
    queue = {"region": "fr-par", "endpoint": "https://sqs.example.com", "queue_url": "https://sqs.example.com/a"}
    queue |= {"access_key_id": "key", "secret_access_key": "secret"}
    account = shop.terminal.account.at("/containers/v1", "regions/fr-par")
    account.post("/triggers", container_id=shop.container["id"], name="orders", sqs_config=queue)
    shop.again(domains="b.example.com")
    played = shop.deploy(domains="B.example.com", purge=True).succeeded()
    assert played.writes == ["DeleteContainerDomain", "DeleteContainerTrigger"]
    assert [domain["hostname"] for domain in shop.terminal.objects("container_domains")] == ["b.example.com"]
    assert [trigger["name"] for trigger in shop.terminal.objects("container_triggers")] == ["orders"]
    shop.again(domains="b.example.com", purge=True)


def test_a_domain_that_does_not_lead_to_it_fails_with_where_it_should_and_leaves_the_container(shop: Shop) -> None:
    played = shop.deploy(image=GOOD, domains="unresolved.example.com").refused()
    host = shop.container["public_endpoint"].removeprefix("https://")
    assert played.says(f"whose CNAME records lead to {host}")
    assert played.says("could not validate domain unresolved.example.com")
    assert shop.container["status"] == "ready"


def test_an_image_pushed_again_under_its_tag_is_rolled_out_if_that_is_asked_for(shop: Shop) -> None:
    shop.terminal.emulator.push(GOOD)
    shop.deploy(image=GOOD).succeeded()
    shop.terminal.emulator.push(GOOD)
    shop.again(image=GOOD)
    assert shop.deploy(image=GOOD, redeploy_pushed=True).succeeded().writes == ["RedeployContainer"]
    shop.again(image=GOOD, redeploy_pushed=True)


# What does not work


def without_startup(container: dict[str, Any]) -> dict[str, Any]:
    """What of a container must be as before; the API cannot remove a startup probe, and dates every change."""
    settings = {**container["settings"], "startup_probe": None}
    return {key: container[key] for key in ("status", "environment_variables")} | settings


def test_an_image_that_does_not_start_is_replaced_by_all_that_ran_before(shop: Shop) -> None:
    before = {"port": 8080, "environment_variables": {"A": "1"}, "command": ["run"], "memory_limit": "1GB"}
    shop.deploy(image=GOOD, **before).succeeded()
    settled = shop.container
    changed = {"environment_variables": {"A": "2", "B": "3"}, "command": [], "memory_limit": "2GB", "min_scale": 1}
    changed |= {"startup_probe": {"failure_threshold": 3, "tcp": {}}, "liveness_probe": {"http": {"path": "/"}}}
    played = shop.deploy(image=BROKEN, **changed, description="new", tags=["new"]).refused()
    assert played.writes == ["UpdateContainer", "UpdateContainer"]
    assert played.says("Deploying container 'web' failed: container 'web'")
    assert played.says(f"{UNANSWERED} It is back at what ran before, {GOOD}, and works.")
    assert without_startup(shop.container) == without_startup(settled)
    shop.deploy(image=BETTER).succeeded()


def test_an_image_that_starts_but_does_not_answer_is_replaced_by_what_ran_before(shop: Shop) -> None:
    shop.answers_only(GOOD)
    shop.deploy(image=GOOD).succeeded()
    shop.endpoint.asked.clear()
    played = shop.deploy(image=BETTER, domains="shop.example.com").refused()
    assert played.writes == ["UpdateContainer", "UpdateContainer"]
    assert shop.container["image"] == GOOD
    assert played.says(f"{shop.endpoint.url}/health does not answer as it should: Status code was 503 and not [200]")
    assert played.says(f"It is back at what ran before, {GOOD}, and works.")
    assert len(shop.endpoint.asked) == 3  # twice for the new one, once for the old one


def test_where_the_one_before_does_not_answer_any_more_either_both_reasons_are_told(shop: Shop) -> None:
    shop.deploy(image=GOOD).succeeded()
    shop.answers_only()
    played = shop.deploy(image=BROKEN).refused()
    assert played.says(f"{UNANSWERED} Going back to {GOOD} did not help: Status code was 503")
    assert shop.container["image"] == GOOD


def test_a_first_image_that_does_not_work_stays_for_a_look_at_it(shop: Shop) -> None:
    played = shop.deploy(image=BROKEN).refused()
    assert played.says(f"{UNANSWERED} There was no earlier version to go back to.")
    assert (shop.container["image"], shop.container["status"]) == (BROKEN, "error")
    played = shop.deploy(image=BROKEN, port=81).refused()
    assert played.says("What was there before did not work either, so it was not put back.")
    assert shop.container["port"] == 81
    shop.deploy(image=GOOD).succeeded()


def test_a_container_that_stops_answering_without_a_change_is_told_and_left_alone(shop: Shop) -> None:
    shop.deploy(image=GOOD).succeeded()
    shop.answers_only()
    played = shop.deploy(image=GOOD).refused()
    assert played.writes == []
    assert played.says("This run changed nothing that could be taken back.")


def test_nothing_is_put_back_if_that_is_not_wanted(shop: Shop) -> None:
    shop.deploy(image=GOOD).succeeded()
    played = shop.deploy(image=BROKEN, rollback=False).refused()
    assert played.writes == ["UpdateContainer"]
    assert played.says("It was left like that, because container_app_rollback is false.")
    assert shop.container["image"] == BROKEN


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"container_app_name": ""}, "Say which container it is about, such as by"),
        ({"container_app_image": GOOD, "container_app_state": "gone"}, "value of container_app_state must be one of"),
        (
            {"container_app_image": GOOD, "container_app_port": "http"},
            f"argument 'container_app_port' is of type {TYPE_OF_TEXT}",
        ),
        ({}, "container 'web' does not exist yet. To create it, set image. Nothing was changed."),
        ({"container_app_image": GOOD, "container_app_memory_limit": "lots"}, "memory_limit_bytes"),
        ({"container_app_image": GOOD, "container_app_schedules": [{"name": "a"}]}, "missing required arguments"),
    ],
    ids=["name", "state", "port", "image", "memory", "schedule"],
)
def test_bad_input_is_told_in_a_sentence_and_makes_no_container(
    shop: Shop, variables: dict[str, Any], sentence: str
) -> None:
    played = shop.terminal.play("deploy_container", **{**shop.named, **shop.asking, **variables}).refused()
    assert played.says(sentence), played.text
    assert shop.terminal.objects("containers") == []


def test_settings_that_the_api_refuses_leave_what_runs(shop: Shop) -> None:
    shop.deploy(image=GOOD).succeeded()
    played = shop.deploy(image=BETTER, memory_limit="128MB", mvcpu_limit="6000m").refused()
    assert played.says("Nothing was changed.")
    assert shop.container["image"] == GOOD


# Secrets


def test_a_private_container_is_asked_only_with_a_key_that_nobody_else_gets_to_see(shop: Shop) -> None:
    shop.deploy(image=GOOD, privacy="private").succeeded()
    assert shop.endpoint.asked == []
    secrets = {"secret_environment_variables": {"A": "the-secret-of-the-app"}}
    headers = {"health_headers": {"X-Auth-Token": "the-key-to-ask-with"}}
    played = shop.deploy("-vvv", **secrets, **headers).succeeded()
    assert [asked.key for asked in shop.endpoint.asked] == ["the-key-to-ask-with"]
    shop.endpoint.status = lambda: 302
    redirected = shop.deploy("-vvv", **secrets, **headers).refused()
    assert redirected.says("Status code was 302 and not [200]")
    assert {asked.path for asked in shop.endpoint.asked} == {"/health"}
    for text in (played.output, played.complaints, redirected.output, redirected.complaints):
        assert "the-key-to-ask-with" not in text
        assert "the-secret-of-the-app" not in text


# How it ends


def test_it_removes_the_container_and_then_the_namespace_that_has_nothing_but_a_name(shop: Shop) -> None:
    shop.deploy(image=GOOD, domains="shop.example.com", schedule="0 6 * * *").succeeded()
    played = shop.deploy(state="absent").succeeded()
    assert played.writes == ["DeleteContainer", "DeleteContainerNamespace"]
    assert played.says("Container 'web' is gone.")
    assert [shop.terminal.objects(kind) for kind in ("containers", "container_namespaces")] == [[], []]
    shop.again(state="absent")


@pytest.mark.parametrize("variables", [{}, {"A": "1"}], ids=["another container", "variables"])
def test_a_namespace_with_anything_in_it_stays(shop: Shop, variables: dict[str, str]) -> None:
    account = shop.terminal.account.at("/containers/v1", "regions/fr-par")
    namespace = account.post("/namespaces", name="shop", project_id=PROJECT_ID, environment_variables=variables)
    if not variables:
        account.post("/containers", namespace_id=namespace["id"], name="other", image=GOOD, port=8080)
    shop.deploy(image=GOOD).succeeded()
    assert shop.deploy(state="absent").succeeded().writes == ["DeleteContainer"]
    shop.again(state="absent")


# The role in a play of one's own


PLAY = """
- hosts: localhost
  gather_facts: false
  tasks:
    - ansible.builtin.include_role:
        name: scw.cloud.container_app
      vars:
        container_app_namespace: shop
        container_app_name: "{{ item.name }}"
        container_app_image: "{{ item.image }}"
        container_app_health_path: ""
      loop: "{{ apps }}"
"""


def test_several_containers_of_one_play_do_not_mix(shop: Shop) -> None:
    shop.terminal.write("site.yml", PLAY)
    apps = [{"name": "web", "image": GOOD}, {"name": "api", "image": GOOD}]
    shop.terminal.play("site.yml", apps=apps).succeeded()
    shop.terminal.again("site.yml", apps=apps)
    played = shop.terminal.play(
        "site.yml", apps=[{"name": "web", "image": BETTER}, {"name": "new", "image": BROKEN}]
    ).refused()
    assert played.says("Deploying container 'new' failed")
    assert played.says("There was no earlier version to go back to.")
    images = {found["name"]: found["settings"]["image"] for found in shop.terminal.objects("containers")}
    assert images == {"web": BETTER, "api": GOOD, "new": BROKEN}
