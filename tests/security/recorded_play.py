# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The story as a play, and everything that a run of it leaves: output, log, caches and files."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from behaviour.account import PROJECT_ID
from contract.certificates import custom_chain
from emulator.testing import Emulator
from programs import PROGRAMS, environment
from security import story
from security.servers import Host
from security.spelled import files_below, leaks
from security.story import Step

KEY = "5ecade00-dead-4bee-8f00-c0ffee5ec4e9"
SETTINGS = {"default_project_id": PROJECT_ID}
PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY")


@dataclass
class Recorded:
    """A folder with a play and secrets, and the programs that are run in it."""

    emulator: Emulator
    stranger: Host
    folder: Path
    source: str
    temporary: Path  # with a short name, because sockets are made there
    known: list[Path] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.home = self.folder / "home"
        for name in ("home", "code"):
            (self.folder / name).mkdir()
        self.pem = custom_chain("www.example.com", ["www.example.com"])
        self.half = self.pem[: self.pem.index("-----END PRIVATE")]
        self._give("own.pem", self.pem)
        self._give("code/handler.py", "def handle(event, context):\n    return {}\n")
        self._give("config.yaml", self._configuration())

    def _give(self, name: str, text: str) -> Path:
        """Put a file there that may hold secrets."""
        path = self.folder / name
        path.write_text(text)
        self.known.append(path)
        return path

    def _configuration(self) -> str:
        if self.source == "profile":
            return json.dumps({"active_profile": "p", "profiles": {"p": {"secret_key": KEY, **SETTINGS}}})
        return json.dumps({"secret_key": KEY, "access_key": story.ACCESS_KEY, **SETTINGS})

    @property
    def credentials(self) -> dict[str, str]:
        """Variables of the environment that say where the key is."""
        if self.source in ("profile", "file"):
            return {"SCW_CONFIG_PATH": str(self.folder / "config.yaml")}
        by_environment = {"SCW_SECRET_KEY": KEY} if self.source == "environment" else {}
        return {"SCW_DEFAULT_PROJECT_ID": PROJECT_ID, **by_environment}

    def run(self, program: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a program; what it writes is kept."""
        own = {
            "ANSIBLE_LOG_PATH": str(self.folder / "ansible.log"),
            "ANSIBLE_CACHE_PLUGIN": "jsonfile",
            "ANSIBLE_CACHE_PLUGIN_CONNECTION": str(self.folder / "facts"),
            "ANSIBLE_LOCAL_TEMP": str(self.folder / "near"),
            "ANSIBLE_REMOTE_TEMP": str(self.folder / "far"),
            "ANSIBLE_ASYNC_DIR": str(self.folder / "jobs"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_INJECT_INVOCATION": "true",
            "TMPDIR": str(self.temporary),
            **dict.fromkeys(PROXIES, self.stranger.url),
        }
        variables = environment(self.emulator, self.home, **own)
        del variables["SCW_SECRET_KEY"]
        done = subprocess.run(
            [PROGRAMS / program, *arguments],
            cwd=self.folder,
            env={**variables, **self.credentials, **more},
            capture_output=True,
            text=True,
            check=False,
        )
        number = len(self.texts)
        self.texts[f"output {number} of {program}"] = done.stdout
        self.texts[f"complaints {number} of {program}"] = done.stderr
        return done

    def play(
        self,
        steps: Sequence[Step],
        secrets: Mapping[int, str],
        *arguments: str,
        here: bool,
        in_background: Sequence[int] = (),
        form: str = "json",
    ) -> list[Any]:
        """Run a play of these steps; the results that are no secret.

        ``here``: in the controller. ``form``: how results are written.
        """
        values = {f"secret_{number}": text for number, text in secrets.items()}
        values |= {"secret_pem": self.pem, "secret_half": self.half, "secret_api": KEY}
        self._give("secrets.json", json.dumps({name: {"__ansible_unsafe": text} for name, text in values.items()}))
        self._give("play.yml", json.dumps([self._play_of(steps, here=here, in_background=in_background)]))
        done = self.run(
            "ansible-playbook", "play.yml", "-vvv", "--diff", *arguments, ANSIBLE_CALLBACK_RESULT_FORMAT=form
        )
        assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return self._results()

    def _play_of(self, steps: Sequence[Step], *, here: bool, in_background: Sequence[int]) -> Any:
        tasks = []
        for number, step in enumerate(steps):
            task: dict[str, Any] = {
                "name": f"{number} {step.module}",
                f"scw.cloud.{step.module}": dict(step.options),
                "register": f"made_{number}",
                "ignore_errors": True,
            }
            task |= {"async": 60, "poll": 1} if number in in_background else {}
            tasks.append({**task, "no_log": True} if step.hidden else task)
            if step.hidden:
                tasks.append(_kept(f"made_{number}"))
        shown = [f"made_{number}" for number, step in enumerate(steps) if not step.hidden]
        by_option = {"secret_key": "{{ secret_api }}", "access_key": story.ACCESS_KEY}
        return {
            "hosts": "localhost",
            "gather_facts": False,
            "vars": {"scw_run_in_controller": here},
            "vars_files": ["secrets.json"],
            "module_defaults": {"group/scw.cloud.scw": by_option if self.source == "option" else {}},
            "tasks": [
                *tasks,
                {"ansible.builtin.debug": {"msg": f"{{{{ [{', '.join(shown)}] }}}}"}},
                {"ansible.builtin.set_fact": {"all_results": f"{{{{ [{', '.join(shown)}] }}}}", "cacheable": True}},
            ],
        }

    def _results(self) -> list[Any]:
        """What was cached as a fact."""
        (file,) = [path for path in (self.folder / "facts").iterdir() if path.name.endswith("localhost")]
        content = json.loads(file.read_text())
        content = json.loads(content["__payload__"]) if "__payload__" in content else content
        results = content["all_results"]
        return list(results["value"] if isinstance(results, dict) else results)  # with Ansible's mark of what is data

    def secrets(self, secrets: Mapping[int, str]) -> list[str]:
        """Everything that is to show nowhere: what was given, and what was made meanwhile."""
        key_lines = self.pem[: self.pem.index("-----BEGIN CERTIFICATE")]
        return [KEY, *secrets.values(), key_lines, *self._made()]

    def _made(self) -> list[str]:
        queries = [entry.query for entry in self.emulator.journal() if "X-Amz-Signature" in entry.query]
        token = self.folder / "token.txt"
        kept = [token.read_text()] if token.exists() else []
        self.known.append(token)
        return [*(str(query["X-Amz-Signature"][0]) for query in queries), *kept]

    def leaks(self, secrets: Sequence[str]) -> list[str]:
        """Where one of these is, in all that was written and left behind."""
        left = {**files_below(self.folder, *self.known), **files_below(self.temporary)}
        return leaks(secrets, {**self.texts, **left, "proxy": self.stranger.journal})


def _kept(name: str) -> dict[str, Any]:
    """Keeps a token in a file, as its documentation says."""
    content = f"{{{{ {name}.token.token }}}}"
    return {
        "ansible.builtin.copy": {"content": content, "dest": "{{ playbook_dir }}/token.txt", "mode": "0600"},
        "no_log": True,
        "when": f"{name} is changed",
        "check_mode": False,
    }
