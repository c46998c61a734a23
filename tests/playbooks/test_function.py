# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook ``deploy_function`` and the role ``function_app``: a function from a folder, and what calls it."""

from __future__ import annotations

from typing import Any

import pytest

from behaviour.account import PROJECT_ID
from playbooks.conftest import Played, Terminal
from playbooks.endpoint import Endpoint

HANDLER = "def handle(event, context):\n    return {}\n"
NEW = {"src": "functions/resize", "runtime": "python313"}


class Workshop:
    """The function ``resize`` in the namespace ``shop``, and the folder that it is made of."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.named = {"function_app_namespace": "shop", "function_app_name": "resize"}
        terminal.write("functions/resize/handler.py", HANDLER)

    def variables(self, variables: dict[str, Any]) -> dict[str, Any]:
        """These variables, without the prefix of the role, beside those that say which function it is."""
        return {**self.named, **{f"function_app_{key}": value for key, value in variables.items()}}

    def deploy(self, *arguments: str, **variables: Any) -> Played:
        """Run the playbook."""
        return self.terminal.play("deploy_function", *arguments, **self.variables(variables))

    def check(self, **variables: Any) -> Played:
        """See what it would do."""
        return self.terminal.check("deploy_function", **self.variables(variables)).succeeded()

    def again(self, **variables: Any) -> Played:
        """Run it where there is nothing to do."""
        return self.terminal.again("deploy_function", **self.variables(variables))

    @property
    def function(self) -> dict[str, Any]:
        """The function as the emulator holds it, with its settings beside the rest."""
        found = self.terminal.object("functions", name="resize")
        return {**found, **found["settings"]}


@pytest.fixture
def workshop(terminal: Terminal) -> Workshop:
    return Workshop(terminal)


def test_it_makes_a_function_from_a_folder_with_domains_and_schedules_and_is_quiet_after_that(
    workshop: Workshop,
) -> None:
    wanted = {
        **NEW,
        "memory_limit": "512MB",
        "min_scale": 0,
        "domains": "resize.example.com\nIMG.example.com",
        "schedule": "0 6 * * MON-FRI",
        "schedule_args": {"kind": "daily"},
        "crons": [{"name": "nightly", "schedule": "0 0 * * *"}],
    }
    played = workshop.deploy(**wanted).succeeded()
    host = workshop.function["domain_name"]
    assert played.says(f"to be found at https://{host} and https://resize.example.com and https://img.example.com.")
    assert played.writes == [
        "CreateFunctionNamespace",
        "CreateFunction",
        "UploadFunctionArchive",
        "DeployFunction",
        *["CreateFunctionDomain"] * 2,
        *["CreateFunctionCron"] * 2,
    ]
    assert (workshop.function["status"], workshop.function["memory_limit"]) == ("ready", 512)
    crons = {cron["name"]: (cron["schedule"], cron["args"]) for cron in workshop.terminal.objects("function_crons")}
    assert crons == {"schedule": ("0 6 * * MON-FRI", {"kind": "daily"}), "nightly": ("0 0 * * *", {})}
    workshop.again(**wanted)


def test_only_code_that_differs_is_uploaded_and_what_it_does_not_say_is_left_alone(workshop: Workshop) -> None:
    workshop.deploy(**NEW, max_scale=3, environment_variables={"A": "1"}).succeeded()
    workshop.terminal.write("functions/resize/handler.py", f"{HANDLER}\n")
    assert workshop.check(src="functions/resize").says('"handler.py"')
    assert workshop.deploy(src="functions/resize").succeeded().writes == ["UploadFunctionArchive", "DeployFunction"]
    assert (workshop.function["max_scale"], workshop.function["environment_variables"]) == (3, {"A": "1"})
    workshop.again()


def test_a_check_on_an_empty_account_writes_nothing(workshop: Workshop) -> None:
    played = workshop.check(**NEW, domains="resize.example.com", schedule="0 6 * * *", purge=True, health_path="/")
    assert played.says("It would be like this: Function 'resize' runs on python313")
    assert played.changed == 4


def test_it_waits_until_the_function_answers_if_that_is_asked_for(workshop: Workshop) -> None:
    with Endpoint() as endpoint:
        asking = {"health_url": f"{endpoint.url}/", "health_retries": 1, "health_delay": 0}
        assert workshop.deploy(**NEW, **asking).succeeded().says("runs on python313 and answered at")
        endpoint.status = lambda: 500
        refused = workshop.deploy(**asking, domains="resize.example.com").refused()
        assert refused.says("Status code was 500 and not [200]")
        assert refused.writes == []
        assert len(endpoint.asked) == 3


def test_secrets_are_shown_nowhere(workshop: Workshop) -> None:
    with Endpoint() as endpoint:
        wanted = {"privacy": "private", "health_url": endpoint.url}
        secrets = {
            "secret_environment_variables": {"A": "the-secret-of-the-app"},
            "health_headers": {"X-Auth-Token": "the-key-to-ask-with"},
        }
        played = workshop.deploy("-vvv", **NEW, **wanted, **secrets).succeeded()
        workshop.again(**wanted)
        assert [asked.key for asked in endpoint.asked] == ["the-key-to-ask-with"]
    assert workshop.function["secrets"]
    for text in (played.output, played.complaints):
        assert "the-key-to-ask-with" not in text
        assert "the-secret-of-the-app" not in text


def test_domains_and_crons_that_are_not_listed_go_only_if_that_is_asked_for(workshop: Workshop) -> None:
    workshop.deploy(**NEW, domains="a.example.com, b.example.com", schedule="0 6 * * *").succeeded()
    workshop.again(domains="b.example.com")
    played = workshop.deploy(domains="B.example.com", purge=True).succeeded()
    assert played.writes == ["DeleteFunctionDomain", "DeleteFunctionCron"]
    assert [domain["hostname"] for domain in workshop.terminal.objects("function_domains")] == ["b.example.com"]
    workshop.again(domains="b.example.com", purge=True)


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"namespace": ""}, "Say which function it is about, such as by"),
        ({**NEW, "state": "gone"}, "value of function_app_state must be one of"),
        ({"src": "functions/resize"}, "function 'resize' does not exist yet. To create it, set runtime."),
        ({**NEW, "src": "functions/nothing"}, "functions/nothing"),
        ({**NEW, "runtime": "cobol85"}, "cobol85"),
    ],
    ids=["namespace", "state", "runtime", "folder", "unknown runtime"],
)
def test_bad_input_is_told_in_a_sentence_and_makes_no_function(
    workshop: Workshop, variables: dict[str, Any], sentence: str
) -> None:
    played = workshop.deploy(**variables).refused()
    assert played.says(sentence), played.text
    assert workshop.terminal.objects("functions") == []


def test_it_removes_the_function_and_then_the_namespace_that_has_nothing_but_a_name(workshop: Workshop) -> None:
    workshop.deploy(**NEW, domains="resize.example.com", schedule="0 6 * * *").succeeded()
    workshop.check(state="absent")
    played = workshop.deploy(state="absent").succeeded()
    assert played.writes == ["DeleteFunction", "DeleteFunctionNamespace"]
    assert played.says("Function 'resize' is gone.")
    assert workshop.terminal.objects("function_namespaces") == []
    workshop.again(state="absent")


def test_a_namespace_with_variables_stays(workshop: Workshop) -> None:
    account = workshop.terminal.account.at("/functions/v1beta1", "regions/fr-par")
    secrets = [{"key": "A", "value": "secret"}]
    account.post("/namespaces", name="shop", project_id=PROJECT_ID, secret_environment_variables=secrets)
    workshop.deploy(**NEW).succeeded()
    assert workshop.deploy(state="absent").succeeded().writes == ["DeleteFunction"]
