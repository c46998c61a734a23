# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inventories and the lookup, with all details on, caches, and an API that refuses: no secret of the run shows."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from behaviour.account import PROJECT_ID, Account
from behaviour.surroundings import WORKLOADS
from emulator.testing import Emulator
from security.recorded_play import KEY, Recorded
from security.servers import Host
from security.spelled import secret_text

CACHE = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile"}
QUEUE = {"endpoint": "https://sqs.example.com", "queue_url": "https://q"}
PLAY = [
    {
        "hosts": "localhost",
        "gather_facts": False,
        "tasks": [
            {
                "ansible.builtin.set_fact": {"account": "{{ lookup('scw.cloud.account') }}", "cacheable": True},
                "ignore_errors": True,
            },
            {"ansible.builtin.debug": {"var": "account"}},
            {
                "ansible.builtin.debug": {"msg": "{{ lookup('scw.cloud.account', profile='nobody') }}"},
                "ignore_errors": True,
            },
        ],
    }
]


@pytest.fixture
def run(emulator: Emulator, session: requests.Session, stranger: Host, tmp_path: Path) -> Iterator[Recorded]:
    emulator.settings(settle_reads=0)
    lb = Account(emulator, "zones/fr-par-1", session)
    lb.post("/lbs", name="web", type="lb-s", project_id=PROJECT_ID)
    secret = {"key": "A", "value": secret_text(1)}
    for product, base, secrets in (
        ("container", "/containers/v1", {"A": secret_text(1)}),
        ("function", "/functions/v1beta1", [secret]),
    ):
        place = lb.at(base, "regions/fr-par")
        owner = place.post("/namespaces", name="shop", project_id=PROJECT_ID, secret_environment_variables=secrets)
        body = {"namespace_id": owner["id"], "name": "api", "secret_environment_variables": secrets}
        made = place.post(f"/{product}s", **body, **WORKLOADS[product])
    keys = {"access_key": secret_text(2), "secret_key": secret_text(3)}
    place.post("/triggers", function_id=made["id"], name="queue", sqs_config={**QUEUE, **keys})
    with tempfile.TemporaryDirectory(prefix="run-") as folder:
        yield Recorded(emulator, stranger, tmp_path, "option", Path(folder))
    assert stranger.asked == []


def sources(run: Recorded) -> list[str]:
    """A file for each inventory; the key comes from a variable of its own, as from a vault."""
    arguments = []
    for product, details in (
        ("lb", ["backends"]),
        ("edge", []),
        ("container", ["triggers"]),
        ("function", ["triggers"]),
    ):
        more: dict[str, Any] = {"include": details} if details else {}
        content = {
            "plugin": f"scw.cloud.scw_{product}",
            "secret_key": "{{ lookup('ansible.builtin.env', 'VAULTED') }}",
            "cache_connection": str(run.folder / "cache"),
            **CACHE,
            **more,
        }
        path = run.folder / f"all.scw_{product}.yml"
        path.write_text(json.dumps(content))
        arguments += ["-i", str(path)]
    return arguments


def assert_kept(run: Recorded) -> None:
    assert run.leaks([KEY, *map(secret_text, (1, 2, 3)), "$argon2id$"]) == []


def test_inventories_show_no_secret(run: Recorded, emulator: Emulator) -> None:
    done = run.run("ansible-inventory", *sources(run), "--list", "-vvv", VAULTED=KEY)
    assert done.returncode == 0, done.stderr
    assert "scw_triggers" in done.stdout
    assert len(list((run.folder / "cache").iterdir())) == 4
    emulator.faults([{"kind": "status", "status": 403, "body": {"message": f"{KEY} may not"}, "count": None}])
    (run.folder / "cache").rename(run.folder / "cache of the first run")  # 2.18 has no --flush-cache here
    failed = run.run("ansible-inventory", *sources(run), "--list", "-vvv", VAULTED=KEY)
    assert "may not" in " ".join(failed.stderr.split())
    assert_kept(run)


def test_the_lookup_shows_no_secret(run: Recorded, emulator: Emulator) -> None:
    (run.folder / "play.yml").write_text(json.dumps(PLAY))
    run.source = "file"
    done = run.run("ansible-playbook", "play.yml", "-vvv")
    assert done.returncode == 0, done.stdout
    assert '"queue"' in done.stdout
    assert list((run.folder / "facts").iterdir())
    emulator.faults([{"kind": "html", "status": 403, "body": f"<p>{KEY}</p>", "count": None}])
    failed = run.run("ansible-playbook", "play.yml", "-vvv", "--flush-cache")
    assert "403" in failed.stdout + failed.stderr
    assert_kept(run)
