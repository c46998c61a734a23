# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many requests the tasks make that find nothing to do: counted, for every module, in the emulator's journal."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from unittest import mock

import requests

from ansible_collections.scw.cloud.plugins.module_utils import program
from ansible_collections.scw.cloud.plugins.module_utils.api.client import Clock
from behaviour.account import PROJECT_ID, TOKEN
from behaviour.runner import Run
from behaviour.subjects import EVERYWHERE, Scene
from emulator.testing import Emulator
from naming import key_of, module_of


def compare_requests() -> str:
    """The table: one row for each module, run in this process, in one kind of place."""
    places = {key_of(resource): (resource, place) for resource, place in EVERYWHERE}
    rows = []
    with Emulator(settle_reads=0) as emulator, requests.Session() as session:
        account = {"SCW_API_URL": emulator.url, "SCW_SECRET_KEY": TOKEN, "SCW_DEFAULT_PROJECT_ID": PROJECT_ID}
        with (
            mock.patch.dict("os.environ", account),
            mock.patch.object(program, "Clock", partial(Clock, sleep=lambda _seconds: None)),
        ):
            for resource, place in places.values():
                emulator.reset()
                scene = Scene(emulator, resource, place, session)
                rows.append(f"| `{module_of(resource)}` | {' | '.join(map(str, numbers(scene).values()))} |")
    lines = [
        "## Requests of a task with nothing to do",
        "",
        "*by names*: the task gives the names of the resource and of what it belongs to. *by parent's ID*: its name, "
        "and the ID of the parent. *everything*: every option, and other resources by name. *listed*: all of one "
        "parent, by its ID. A stage has no name and is found in the list of its kind; the rules of a route have a "
        "list of their own; what has no ID of its own is found among its siblings.",
        "",
        "| module | by ID | by parent's ID | by names | names among these | everything | listed, by `_info` |",
        "|---|---|---|---|---|---|---|",
        *rows,
    ]
    return "\n".join(lines)


def numbers(scene: Scene) -> Mapping[str, int | str]:
    """Numbers of requests, by how the task names what it is about."""
    created = scene.make(scene.full)
    parent = scene.resource.parent
    beside = {parent.name: scene.parent_id} if parent else {}
    named = scene.named(scene.name_of(scene.identity))
    return {
        "by ID": quiet(scene.run(scene.by_id(created))),
        "by parent's ID": quiet(scene.run({**scene.place, **beside, **named})) if parent else "",
        "by names": quiet(scene.run(scene.identity)),
        "names": len(scene.resource.ancestors) + bool(scene.leading),
        "everything": quiet(scene.run(scene.full)),
        "listed": quiet(scene.info({**scene.place, **beside})),
    }


def quiet(run: Run) -> int:
    """Number of requests of a task, which must change nothing."""
    if run.failed or run.changed:
        raise SystemExit(f"A task did not do what it should: {run.output[-4000:]}")
    return len(run.requests)
