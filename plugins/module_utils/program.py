# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module does, wherever it runs: in a process of its own or in the controller."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client, Clock, Deadline
from ansible_collections.scw.cloud.plugins.module_utils.api.config import load_settings
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Resource
from ansible_collections.scw.cloud.plugins.module_utils.engine.options import (
    controller_files,
    info_spec,
    present_spec,
    refuse_null_elements,
)
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption, ScwError
from ansible_collections.scw.cloud.plugins.module_utils.records import dataclass, field

INFO_SECONDS = 300
"""How long an info task may take: it waits for nothing but the network."""


@dataclass(frozen=True)
class Job:
    """What the work of a program gets: a client with the task's deadline, and how the task runs.

    ``files``: files where the program runs, for one that is ``on_target``.
    """

    client: Client
    params: Mapping[str, Any]
    check_mode: bool
    warn: Callable[[str], None]
    files: Any


@dataclass(frozen=True)
class Program:
    """The ``arguments`` of AnsibleModule, and the ``work``, which returns the result of the task or raises ScwError.

    ``files``: see ``options.controller_files``. ``code``: the option that names a folder or an archive on the
    controller. ``on_target``: whether it works with files of the host that it runs on.
    """

    arguments: Mapping[str, Any]
    work: Callable[[Job], dict[str, Any]]
    files: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    on_target: bool = False


@dataclass(frozen=True)
class Call:
    """One task: its options as they are given and as Ansible converted them, and the ``secrets`` among them.

    The API key is added to ``secrets``, because one from the environment or a profile is no option.
    """

    given: Mapping[str, Any]
    params: Mapping[str, Any]
    secrets: set[str]
    check_mode: bool
    warn: Callable[[str], None]
    files: Any = None


def managing(resource: Resource, beside: tuple[Resource, ...] = ()) -> Program:
    """The program that manages ``resource``; ``beside`` as in ``Task``."""

    def work(job: Job) -> dict[str, Any]:
        # Imported here, as below: no task needs both, and those of explicit modules need neither.
        from ansible_collections.scw.cloud.plugins.module_utils.engine.managed import Task
        from ansible_collections.scw.cloud.plugins.module_utils.engine.reconcile import reconcile

        outcome = reconcile(Task(resource, job.params, job.check_mode, job.warn, beside), job.client)
        return {"changed": outcome.changed, "diff": outcome.diff, resource.name: outcome.result}

    return Program(present_spec(resource), work, controller_files(resource))


def listing(resource: Resource) -> Program:
    """The program that lists ``resource``."""

    def work(job: Job) -> dict[str, Any]:
        from ansible_collections.scw.cloud.plugins.module_utils.engine.listing import list_objects

        return {"changed": False, resource.plural: list_objects(resource, job.client, job.params, job.warn)}

    return Program(info_spec(resource), work)


def explicit(
    arguments: Mapping[str, Any], work: Callable[..., dict[str, Any]], *, predicts: bool = True, **more: Any
) -> Program:
    """The program of a module that no description can express.

    ``work`` takes a client, options and a function that warns, and ``check_mode`` if it ``predicts``. ``more``: see
    ``Program``.
    """

    def called(job: Job) -> dict[str, Any]:
        return work(job.client, job.params, job.warn, **({"check_mode": job.check_mode} if predicts else {}))

    return Program(arguments, called, **more)


def perform(program: Program, call: Call) -> dict[str, Any]:
    """The result of a task; raises ScwError."""
    _hide_spellings(call.secrets)
    refuse_null_elements(program.arguments["argument_spec"], call.given)
    seconds, advice = INFO_SECONDS, "Run the task again."
    if "wait_timeout" in call.params:
        seconds, advice = _positive(call.params, "wait_timeout"), "Run the task again, or raise wait_timeout."
    with _client(call, seconds, advice) as client:
        return program.work(Job(client, call.params, call.check_mode, call.warn, call.files))


def failure(error: ScwError) -> dict[str, Any]:
    """The result of a task that ends with ``error``."""
    # After a write whose answer is lost nobody knows; saying "changed" is the safe side.
    changed = bool(error.data.get("done") or error.data.get("may_have_changed"))
    return {"msg": str(error), "changed": changed, "error": error.data}


def _client(call: Call, seconds: float, advice: str) -> Client:
    settings = load_settings(call.params, os.environ)
    call.secrets.add(settings.secret_key)
    clock = Clock()
    return Client(
        settings,
        timeout=_positive(call.params, "api_timeout"),
        deadline=Deadline(clock, seconds, advice),
        clock=clock,
        secrets=[secret for secret in call.secrets if secret],
    )


def _positive(params: Mapping[str, Any], option: str) -> int:
    seconds = int(params[option])
    if seconds < 1:
        raise InvalidOption(option, f"{seconds} is not a number of seconds of at least 1.")
    return seconds


def _hide_spellings(secrets: set[str]) -> None:
    """Hide a secret as answers may repeat it too: line by line, with the escapes of JSON and HTML, or encoded."""
    for secret in [str(secret) for secret in secrets if secret]:
        lines = [line.strip() for line in secret.splitlines()]
        parts = {secret, *(line for line in lines if len(lines) > 1 and len(line) > 8)}
        for part in parts:
            secrets.update(_spellings(part))


def _spellings(text: str) -> set[str]:
    # Imported here: few tasks have secrets.
    import base64
    import html
    import json
    from urllib.parse import quote, quote_plus

    escaped = {json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1], repr(text)[1:-1]}
    escaped |= {part.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026") for part in escaped}
    raw = text.encode(errors="surrogateescape")
    encoded = {base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode()}
    return {text, *escaped, *encoded, html.escape(text), quote(raw, safe=""), quote(raw), quote_plus(raw)}
