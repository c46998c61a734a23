# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stories of functions beyond single resources: their code, deployments, tokens that are shown once, and runtimes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import requests

from behaviour.function_code import DEPLOY, HANDLER, REGION, Workshop
from emulator.testing import Emulator
from faults.checks import once, unsure_is_told
from faults.story import Settling, Start, Story, Trial

ABOUT = {"region": REGION, "namespace": "shop", "function": "resize"}
TOKEN = {"region": REGION, "namespace": "shop", "function": "resize", "description": "web shop"}
LASTING = {"expires_in": "30d", "renew_before": "7d"}
# What follows for a task from being told that nothing can be downloaded.
NO_CODE = ("Could not download",)
# The clock of the tests shows 2023-11-14T22:13:20Z.
TOMORROW = "2023-11-15T22:13:20Z"


@cache
def _folders() -> tempfile.TemporaryDirectory[str]:
    """Where the code of all stories lies; it goes with this process."""
    return tempfile.TemporaryDirectory(prefix="stories-")


def new_folder() -> Path:
    """An empty folder."""
    return Path(tempfile.mkdtemp(dir=_folders().name))


def workshop(emulator: Emulator, session: requests.Session) -> Workshop:
    """Nothing but namespaces, and a folder with code."""
    return Workshop(emulator, session, new_folder())


# Functions with code


def _code(prepare: Callable[[Workshop], dict[str, Any]]) -> Start:
    """A task about code; ``prepare`` makes what is there before, and may return options."""

    def start(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
        shop = workshop(emulator, session)
        options = prepare(shop)
        shop.pack()
        return shop.task(**options)

    return start


def _no_function(_shop: Workshop) -> dict[str, Any]:
    return {}


def _bare_function(shop: Workshop) -> dict[str, Any]:
    shop.bare()
    return {}


def deployed(shop: Workshop) -> None:
    """Have the function with the code in the folder."""
    run = shop.run()
    assert not run.failed, run.message


def _other_code(shop: Workshop) -> dict[str, Any]:
    deployed(shop)
    shop.write("handler.py", f"{HANDLER}#")
    return {}


def _other_code_and_settings(shop: Workshop) -> dict[str, Any]:
    return {**_other_code(shop), "memory_limit": "512", "secret_environment_variables": {"KEY": "s3cret-of-code"}}


def _same_code(shop: Workshop) -> dict[str, Any]:
    deployed(shop)
    return {}


def _failed_build(shop: Workshop) -> dict[str, Any]:
    shop.emulator.status([{"kind": "function", "status": "error"}])
    assert shop.run().failed
    shop.emulator.status([])
    return {}


def _deployed_function(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
    deployed(workshop(emulator, session))
    return dict(ABOUT)


def _uploaded_code(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
    """Another tool uploaded the code, and nobody deployed it."""
    shop = workshop(emulator, session)
    shop.bare()
    shop.pack()
    shop.upload(shop.archive.read_bytes())
    return dict(ABOUT)


def _fetched(content: bytes | None) -> Start:
    """A task that fetches the code to a file, which has other content, or is not there."""

    def start(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
        deployed(workshop(emulator, session))
        dest = new_folder() / "fetched.zip"
        if content is not None:
            dest.write_bytes(content)
        return {**ABOUT, "dest": str(dest)}

    return start


# Tokens


def _tokens(*there: dict[str, Any], **options: Any) -> Start:
    """Tokens of the same description are there, with these details; and one of another."""

    def start(emulator: Emulator, session: requests.Session) -> dict[str, Any]:
        shop = workshop(emulator, session)
        function_id = shop.bare()
        for body in ({"description": "other"}, *there):
            made = shop.account.post("/tokens", **{"function_id": function_id, "description": "web shop", **body})
            while shop.account.call("GET", f"/tokens/{made['id']}")["status"] != "ready":
                pass
        return {**TOKEN, **options}

    return start


def value_is_shown(trial: Trial) -> Iterator[str]:
    """That a task that made a token shows its value, and leaves no token behind whose value nobody has."""
    made = {one["id"] for one in trial.after["function_tokens"] if one["status"] != "deleting"}
    made -= {one["id"] for one in trial.before["function_tokens"]}
    token = trial.run.result.get("token", {})
    if not trial.run.failed and "." not in str(token.get("token")):
        yield "does not show the value of the token"
    # What the API denied could not be deleted either.
    lost = made if trial.run.failed else made - {token.get("id")}
    undone = " ".join(trial.run.result.get("error", {}).get("not_done", []))
    yield from (f"left token {one}, whose value nobody has" for one in lost if one not in undone)


# What is read


def _runtimes(emulator: Emulator, _session: requests.Session) -> dict[str, Any]:
    emulator.settings(max_page_size=5)
    return {"region": REGION, "language": "python"}


STORIES: tuple[Story, ...] = (
    Story(
        "scw_function-code-create",
        "scw_function",
        _code(_no_function),
        counts=(DEPLOY,),
        settles=(Settling("function"),),
        also=unsure_is_told(DEPLOY),
    ),
    Story("scw_function-code-first", "scw_function", _code(_bare_function)),
    Story(
        "scw_function-code-change",
        "scw_function",
        _code(_other_code),
        counts=(DEPLOY,),
        words=NO_CODE,
        also=unsure_is_told(DEPLOY),
    ),
    Story("scw_function-code-and-settings", "scw_function", _code(_other_code_and_settings), words=NO_CODE),
    Story("scw_function-code-find", "scw_function", _code(_same_code), words=NO_CODE),
    Story("scw_function-code-failed", "scw_function", _code(_failed_build), words=NO_CODE),
    Story(
        "scw_function_deploy-again",
        "scw_function_deploy",
        _deployed_function,
        counts=(DEPLOY,),
        lasting=False,
        also=once(DEPLOY),
    ),
    Story(
        "scw_function_deploy-first",
        "scw_function_deploy",
        _uploaded_code,
        lasting=False,
        words=("has no code",),
        also=once(DEPLOY),
    ),
    Story("scw_function_code-fetch", "scw_function_code", _fetched(None), writes="dest", words=("has no code",)),
    Story("scw_function_code-replace", "scw_function_code", _fetched(b"other"), writes="dest", words=("has no code",)),
    Story(
        "scw_function_token-create",
        "scw_function_token",
        _tokens(),
        settles=(Settling("function_token"),),
        takes_back=True,
        also=value_is_shown,
    ),
    Story(
        "scw_function_token-renew",
        "scw_function_token",
        _tokens({"expires_at": TOMORROW}, **LASTING),
        takes_back=True,
        also=value_is_shown,
    ),
    Story("scw_function_token-delete", "scw_function_token", _tokens({}, {}, state="absent")),
    Story("scw_function_token_info-list", "scw_function_token_info", _tokens({}, **{})),
    Story("scw_function_runtime_info-list", "scw_function_runtime_info", _runtimes),
)
