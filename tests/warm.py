# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that has imported Ansible, and forks for each run of one of its programs: the imports are paid once.

Commands come as one JSON document a line, and so do the answers: ``{"program": ..., "arguments": [...], "environment":
{...}, "folder": ..., "output": FILE, "complaints": FILE}`` starts a run and answers its ``pid``; ``{"wait": PID}``
answers its ``code`` once it has ended, or its signal as a negative number. See ``programs.Warm``.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
import warnings
from typing import Any

from ansible.cli.adhoc import AdHocCLI
from ansible.cli.inventory import InventoryCLI
from ansible.cli.playbook import PlaybookCLI
from ansible.plugins.loader import init_plugin_loader

COMMANDS = {"ansible": AdHocCLI, "ansible-inventory": InventoryCLI, "ansible-playbook": PlaybookCLI}

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
        _run(**command)
    return {"pid": pid}


def _run(
    program: str, arguments: list[str], environment: dict[str, str], folder: str, output: str, complaints: str
) -> None:
    """What a shell does for a program that it starts, and then the program."""
    os.setsid()
    code = 1
    try:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        _connect(output, complaints)
        COMMANDS[program].cli_executor([program, *arguments])
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001 - whatever it is, the fork must not go on as the server
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _connect(output: str, complaints: str) -> None:
    """Have standard input end at once, and the rest go to these files, which may be the same one."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    complained = written if complaints == output else os.open(complaints, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for source, target in ((nothing, 0), (written, 1), (complained, 2)):
        os.dup2(source, target)


if __name__ == "__main__":
    main()
