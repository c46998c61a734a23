# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every guide is followed from its top to its end: each play runs, and each command answers what the guide shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from behaviour.account import BACKEND_BODY, PROJECT_ID, TOKEN

from .conftest import Reader
from .pages import Plays, Step, Tasks, read

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
README = ROOT / "README.md"


def modules(steps: list[Step]) -> set[str]:
    """The modules of ours in the plays of these steps."""
    text = yaml.safe_dump([step.plays for step in steps if isinstance(step, Plays)])
    return set(re.findall(r"scw\.cloud\.scw_\w+", text))


@pytest.mark.parametrize("guide", ["getting_started", "testing"])
def test_a_guide_can_be_followed(reader: Reader, guide: str) -> None:
    reader.follow(read(DOCS / f"{guide}.md"))


def test_the_front_page_can_be_followed(reader: Reader) -> None:
    reader.variables["vault_session_key"] = "s3cret"
    reader.save("functions/resize/handler.py", "def handle(event, context):\n    return {'statusCode': 200}\n")
    reader.follow(read(README))


def test_keys_are_found_where_the_guide_says(reader: Reader) -> None:
    for variable in ("SCW_SECRET_KEY", "SCW_DEFAULT_PROJECT_ID"):
        del reader.environment[variable]
    reader.variables["vault_scaleway_key"] = TOKEN
    reader.follow(read(DOCS / "authentication.md"))


def test_every_task_of_another_collection_has_one_beside_it_that_runs(reader: Reader) -> None:
    steps = read(DOCS / "migrating.md")
    reader.variables["vault_session_key"] = "s3cret"
    reader.follow(steps)
    for old in (name for step in steps if isinstance(step, Tasks) for name in step.modules):
        new = old.rpartition(".")[2].replace("scaleway_", "scw_").replace("container_cron", "container_trigger")
        assert f"scw.cloud.{new}" in modules(steps), f"{old} has no task of ours beside it"


@pytest.fixture
def fleet(reader: Reader) -> Reader:
    """What the guide about inventories shows: three load balancers, two servers behind one of them, and a container."""
    for name, zone, tags in (("web", "fr-par-1", ["shop"]), ("mail", "fr-par-1", []), ("web", "nl-ams-1", ["shop"])):
        account = reader.account.at("/lb/v1", f"zones/{zone}")
        lb = account.post("/lbs", name=name, type="lb-s", project_id=PROJECT_ID, description="", tags=tags)
        if (name, zone) == ("web", "fr-par-1"):
            body = {**BACKEND_BODY, "name": "api", "server_ip": ["10.0.0.11", "10.0.0.12"]}
            account.post(f"/lbs/{lb['id']}/backends", **body)
            healthy = {"server_state": "running", "last_health_check_status": "passed"}
            reader.emulator.stats([{"ip": server, **healthy} for server in body["server_ip"]])
    containers = reader.account.at("/containers/v1", "regions/fr-par")
    namespace = containers.post("/namespaces", name="shop", project_id=PROJECT_ID)
    image = "rg.fr-par.scw.cloud/shop/checkout:1"
    containers.post("/containers", name="checkout", namespace_id=namespace["id"], image=image, tags=["web"])
    return reader


def test_the_guide_about_inventories_can_be_followed(fleet: Reader) -> None:
    fleet.variables = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    fleet.environment["ANSIBLE_INVENTORY"] = str(fleet.folder / "inventory")
    fleet.save("inventory/fleet.yml", "all:\n  hosts:\n    app1: {ansible_host: 10.0.0.11}\n")
    fleet.save("inventory/production.scw_container.yml", "plugin: scw.cloud.scw_container\n")
    fleet.save("inventory/production.scw_lb.yml", "plugin: scw.cloud.scw_lb\nservers: true\n")
    steps = read(DOCS / "inventory.md")
    for step in steps:
        if isinstance(step, Plays):
            without_packages(step.plays)
    fleet.follow(steps)


def without_packages(plays: list[dict[str, Any]]) -> None:
    """No test installs anything on this machine."""
    for task in (task for play in plays for task in play["tasks"]):
        if task.pop("ansible.builtin.package", None):
            task["ansible.builtin.ping"] = {}


def test_every_page_with_plays_is_followed() -> None:
    followed = {"getting_started", "testing", "authentication", "migrating", "inventory"}
    assert {page.stem for page in DOCS.glob("*.md") if modules(read(page))} <= followed


@pytest.mark.parametrize("page", [*DOCS.glob("*.md"), README], ids=lambda path: path.stem)
def test_pages_name_what_there_is(page: Path) -> None:
    plugins = {path.stem for folder in ("modules", "inventory") for path in (ROOT / "plugins" / folder).glob("*.py")}
    variables = set(re.findall(r"`(scw_\w+)[`,\[]", (DOCS / "inventory.md").read_text())) - plugins
    named = set(re.findall(r"`(?:scw\.cloud\.)?(scw_\w+)`", page.read_text()))
    assert named <= plugins | variables | {"scw_run_in_controller"}
