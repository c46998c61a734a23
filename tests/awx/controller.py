# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX does around ansible-runner, from the launch of a job template to the events that come back.

A job is made on one machine, travels as a stream to another, runs there in a clean environment, and its events and
artifacts travel back (``transmit``, ``worker``, ``process``). Source: ``awx.main.tasks.jobs`` of AWX 24, and
``awx_plugins.interfaces`` for credentials.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ansible_runner  # type: ignore[import-untyped]
import yaml
from jinja2.sandbox import ImmutableSandboxedEnvironment

from awx import data
from emulator.testing import Emulator
from programs import PROGRAMS, SEARCH_PATH

JOB_SETTINGS = {
    "ANSIBLE_FORCE_COLOR": "True",
    "ANSIBLE_HOST_KEY_CHECKING": "False",
    "ANSIBLE_RETRY_FILES_ENABLED": "False",
}
UPDATE_SETTINGS = {
    "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True",
    "ANSIBLE_INVENTORY_EXPORT": "True",
    "ANSIBLE_VERBOSE_TO_STDERR": "True",
    "ANSIBLE_HOST_PATTERN_MISMATCH": "error",
    "INVENTORY_UPDATE_ID": "1",
}

NO_HOSTS: dict[str, Any] = {"all": {"hosts": []}, "_meta": {"hostvars": {}}}


@dataclass(frozen=True)
class Credential:
    """A credential of the type in ``extensions/awx``: what was filled in. Fields that were left empty are missing."""

    fields: Mapping[str, str]

    def inject(self, private: Path, machine: Path) -> dict[str, str]:
        """Write its file into the private data directory, and tell the variables; they hold paths on the machine."""
        kind = data.credential_type()
        sandbox = ImmutableSandboxedEnvironment()
        namespace: dict[str, Any] = {**self.fields, "tower": {}}
        for template in kind["injectors"].get("file", {}).values():
            descriptor, name = tempfile.mkstemp(dir=private / "env")
            os.close(descriptor)
            Path(name).write_text(sandbox.from_string(template).render(**namespace))
            namespace["tower"] = {"filename": str(machine / "env" / Path(name).name)}
        variables = kind["injectors"].get("env", {})
        return {name: sandbox.from_string(template).render(**namespace) for name, template in variables.items()}


class _Untrusted(yaml.SafeDumper):
    """Marks all text so that Ansible does not take it for templates, as AWX does with answers."""

    def represent_data(self, data: Any) -> yaml.Node:
        return self.represent_scalar("!unsafe", data) if isinstance(data, str) else super().represent_data(data)


@dataclass(frozen=True)
class Ran:
    """How a job ended, and what came back."""

    status: str
    events: list[dict[str, Any]]
    artifacts: Path
    writes: list[str]
    """Names of the operations that were not reads, in their order."""

    @property
    def output(self) -> str:
        """What the job printed."""
        return "\n".join(event.get("stdout", "") for event in self.events)

    @property
    def changed(self) -> int:
        """How many tasks changed something."""
        (stats,) = [event["event_data"] for event in self.events if event["event"] == "playbook_on_stats"]
        return sum(stats["changed"].values())

    def says(self, words: str) -> bool:
        """Whether the job printed these words, wherever lines break."""
        return "".join(words.split()) in "".join(self.output.replace('\\"', '"').split())

    def succeeded(self) -> Ran:
        """Itself; the job must have succeeded."""
        assert self.status == "successful", self.output
        return self

    def refused(self) -> Ran:
        """Itself; the job must have failed."""
        assert self.status == "failed", self.output
        return self


class Controller:
    """AWX with the project of ``extensions/awx``, a credential for the emulator, and another machine to run jobs on."""

    def __init__(self, emulator: Emulator, folder: Path, fields: Mapping[str, str]) -> None:
        self.emulator = emulator
        self.credential = Credential(fields)
        self.project = folder / "git"
        shutil.copytree(data.PROJECT, self.project)
        self._folder = folder
        self._jobs = 0

    def launch(self, template: str, *, check: bool = False, hosts: Any = None, **answers: Any) -> Ran:
        """Launch the template of a playbook. Text that has no answer is sent empty, as the form does."""
        found = data.job_templates()[template]
        return self.run(found["playbook"], self._answers(found["survey"], answers), check=check, hosts=hosts)

    def run(self, playbook: str, variables: Mapping[str, Any], *, check: bool = False, hosts: Any = None) -> Ran:
        """Run a playbook of the project on hosts, which are what ``ansible-inventory --list`` tells of an inventory."""
        private, machine = self._directories()
        inventory = private / "inventory" / "hosts"
        inventory.write_text(f"#! /usr/bin/env python3\nprint({json.dumps(hosts or NO_HOSTS)!r})\n")
        inventory.chmod(0o700)
        texts = "".join(
            yaml.dump({key: value}, Dumper=_Untrusted) for key, value in {**variables, "awx_job_id": 1}.items()
        )
        (private / "env" / "extravars").write_text(texts)
        (private / "env" / "cmdline").write_text(" ".join([*(["--check"] if check else []), "-u root --diff"]))
        environment = {**JOB_SETTINGS, "JOB_ID": "1", **self.credential.inject(private, machine)}
        return self._send(private, machine, environment, playbook=playbook)

    def update(self, source: str) -> tuple[Ran, Any]:
        """Update the inventory from a source of the project: how that ended, and what it made."""
        private, machine = self._directories()
        path = machine / "project" / source
        made = "output.json"
        arguments = f"ansible-inventory --list --export -i {path} --output {machine}/artifacts/1/{made}"
        (private / "args").write_text(f"{arguments} --playbook-dir {path.parent}")
        environment = {**JOB_SETTINGS, **UPDATE_SETTINGS, **self.credential.inject(private, machine)}
        ran = self._send(private, machine, environment)
        found = ran.artifacts / made
        return ran, json.loads(found.read_text()) if found.exists() else None

    def run_here(self, playbook: str, variables: Mapping[str, Any]) -> tuple[int, str]:
        """Run a playbook with ``ansible-runner run``, where it is: how that ended, and what it printed."""
        private, _machine = self._directories()
        (private / "env" / "envvars").write_text(json.dumps(self.credential.inject(private, private)))
        (private / "env" / "extravars").write_text(json.dumps(variables))
        (private / "env" / "settings").write_text("{}")
        done = subprocess.run(
            [PROGRAMS / "ansible-runner", "run", str(private), "-p", playbook, "-i", "1"],
            env=self._environment(private),
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
        )
        self._keeps_secrets(private / "artifacts" / "1")
        return done.returncode, done.stdout

    def _answers(self, survey: Sequence[Mapping[str, Any]], answers: Mapping[str, Any]) -> dict[str, Any]:
        unknown = set(answers) - {question["variable"] for question in survey}
        assert not unknown, unknown
        given = {}
        for question in survey:
            name = question["variable"]
            answer = answers.get(name, question.get("default", "" if question["type"].startswith("text") else None))
            assert answer or not question["required"], f"AWX asks for {name}"
            if answer is not None:
                assert data.answer_complaints(question, answer) == []
                given[name] = answer
        return given

    def _directories(self) -> tuple[Path, Path]:
        """A private data directory with a copy of the project, and where it will be on the other machine."""
        self._jobs += 1
        private = self._folder / f"awx_{self._jobs}"
        for name in ("env", "inventory"):
            (private / name).mkdir(parents=True)
        shutil.copytree(self.project, private / "project")
        (private / "env" / "settings").write_text('{"suppress_ansible_output": true, "suppress_output_file": true}')
        return private, self._folder / f"machine_{self._jobs}" / "runner"

    def _send(self, private: Path, machine: Path, environment: Mapping[str, str], **job: Any) -> Ran:
        self.emulator.clear_journal()
        there, back = private.with_suffix(".there"), private.with_suffix(".back")
        how = {"private_data_dir": str(private), "ident": "1"}
        with there.open("wb") as stream:
            transmitted = {**how, **job, "envvars": dict(environment), "suppress_env_files": True}
            ansible_runner.interface.run(streamer="transmit", _output=stream, **transmitted)
        shutil.rmtree(private)
        private.mkdir()
        self._work(machine, there, back)
        with back.open("rb") as stream:
            came = ansible_runner.interface.run(streamer="process", _input=stream, quiet=True, **how)
        artifacts = private / "artifacts" / "1"
        self._keeps_secrets(artifacts, back)
        writes = [str(entry.operation) for entry in self.emulator.writes()]
        return Ran(came.status, self._events(artifacts), artifacts, writes)

    def _keeps_secrets(self, artifacts: Path, *streams: Path) -> None:
        """Nothing that comes back from a job may hold the secret key."""
        secret = self.credential.fields["secret_key"].encode()
        for path in [*streams, *artifacts.rglob("*")]:
            assert path.is_dir() or secret not in path.read_bytes(), path

    def _work(self, machine: Path, there: Path, back: Path) -> None:
        """The other machine: it has an execution environment, an empty home directory, and nothing else."""
        machine.mkdir(parents=True)
        with there.open("rb") as given, back.open("wb") as sent:
            subprocess.run(
                [PROGRAMS / "ansible-runner", "worker", f"--private-data-dir={machine}"],
                env=self._environment(machine),
                cwd=machine,
                stdin=given,
                stdout=sent,
                check=False,
            )

    def _environment(self, directory: Path) -> dict[str, str]:
        home = directory.parent / "home"
        home.mkdir(exist_ok=True)
        environment = {
            "HOME": str(home),
            "PATH": SEARCH_PATH,
            "PWD": str(directory),
            "LC_ALL": "C.UTF-8",
        }
        if "ANSIBLE_COLLECTIONS_PATH" in os.environ:
            environment["ANSIBLE_COLLECTIONS_PATH"] = os.environ["ANSIBLE_COLLECTIONS_PATH"]
        return environment

    def _events(self, artifacts: Path) -> list[dict[str, Any]]:
        files = (artifacts / "job_events").glob("*.json")
        return sorted((json.loads(file.read_text()) for file in files), key=lambda event: int(event["counter"]))
