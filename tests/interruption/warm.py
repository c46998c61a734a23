# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that has imported Ansible, and forks for each run of ``ansible-playbook``: the imports are paid once.

Commands come as one JSON document a line, and so do the answers: ``{"arguments": [...], "output": FILE}`` starts a run
and answers its ``pid``; ``{"wait": PID}`` answers its ``code`` once it has ended, or its signal as a negative number.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import warnings
from typing import Any

from ansible.cli.playbook import PlaybookCLI
from ansible.plugins.loader import init_plugin_loader

# Everything that the first task of a play would import.
USED = (
    "ansible.executor.playbook_executor",
    "ansible.executor.task_queue_manager",
    "ansible.plugins.action.normal",
    "ansible.plugins.callback.default",
    "ansible.plugins.connection.local",
    "ansible.plugins.shell.sh",
    "ansible.plugins.strategy.linear",
    "requests",
)


def main() -> None:
    """Serve until the input ends."""
    init_plugin_loader()
    warnings.filterwarnings("ignore", "AnsibleCollectionFinder has already been configured")
    for name in USED:
        importlib.import_module(name)
    for product in ("lb.tree", "container.resources", "function.code", "edge.tree", "tree_program"):
        importlib.import_module(f"ansible_collections.scw.cloud.plugins.module_utils.{product}")
    importlib.import_module("ansible_collections.scw.cloud.plugins.plugin_utils.module_action")
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()


def _answer(command: dict[str, Any]) -> dict[str, int]:
    if "wait" in command:
        _pid, status = os.waitpid(command["wait"], 0)
        return {"code": os.waitstatus_to_exitcode(status)}
    pid = os.fork()
    if pid == 0:
        _run(command["arguments"], command["output"])
    return {"pid": pid}


def _run(arguments: list[str], output: str) -> None:
    """What a shell does for a program that it starts, and then the program."""
    os.setsid()
    written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (written, 1), (written, 2)):
        os.dup2(source, target)
    code = 1
    try:
        PlaybookCLI.cli_executor(["ansible-playbook", *arguments])
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
