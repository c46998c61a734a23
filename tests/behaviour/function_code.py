# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder with the code of a function, the function ``resize`` of the account, and tasks about both."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import requests

from behaviour.account import PROJECT_ID, Account
from behaviour.runner import Run, run_module
from emulator.testing import Emulator

REGION = "pl-waw"
UPLOAD, DEPLOY = "UploadFunctionArchive", "DeployFunction"
CREATE, UPDATE = "CreateFunction", "UpdateFunction"
HANDLER = "def handle(event, context):\n    return {}\n"


class Workshop:
    """A namespace ``shop`` beside a namespace ``elsewhere``, and the folder that functions in it are made of."""

    def __init__(self, emulator: Emulator, session: requests.Session, folder: Path) -> None:
        self.emulator = emulator
        self.account = Account(emulator, f"regions/{REGION}", session, "/functions/v1beta1")
        self.folder = folder / "code"
        self.archive = folder / "code.zip"
        self.folder.mkdir()
        for name in ("elsewhere", "shop"):
            made = self.account.post("/namespaces", name=name, project_id=PROJECT_ID)
            self.namespace_id = made["id"]
            while self.account.call("GET", f"/namespaces/{made['id']}")["status"] != "ready":
                pass
        self.write("handler.py", HANDLER)
        emulator.clear_journal()

    @classmethod
    def deployed(cls, emulator: Emulator, session: requests.Session, folder: Path) -> Workshop:
        """The same with the function deployed; the journal starts after it."""
        shop = cls(emulator, session, folder)
        assert shop.run().changed
        emulator.clear_journal()
        return shop

    @property
    def named(self) -> dict[str, Any]:
        """Options that name the function."""
        return {"region": REGION, "namespace": "shop", "name": "resize"}

    @property
    def stored(self) -> dict[str, Any]:
        """The only function, as the emulator holds it."""
        (only,) = self.emulator.state()["functions"]
        return only

    @property
    def digest(self) -> str:
        """Of the archive that was given last."""
        return hashlib.sha256(self.archive.read_bytes()).hexdigest()

    def write(self, name: str, content: str) -> None:
        """Put a file into the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)

    def pack(self) -> None:
        """Pack the folder, as the action plugin does."""
        from ansible_collections.scw.cloud.plugins.plugin_utils.code_folder import pack

        with open(self.archive, "w+b") as target:
            pack(str(self.folder), target)

    def task(self, **options: Any) -> dict[str, Any]:
        """A task that has the function exist with the code in the folder; None takes an option away."""
        given = {**self.named, "runtime": "python313", "src": str(self.archive), **options}
        return {name: value for name, value in given.items() if value is not None}

    def run(self, *, check: bool = False, **options: Any) -> Run:
        """Pack the folder and run the task."""
        self.pack()
        return self.run_archive(check=check, **options)

    def run_archive(self, *, check: bool = False, **options: Any) -> Run:
        """Run the task with the archive as it is."""
        return run_module(self.emulator, "scw_function", self.task(**options), check=check)

    def about(self, module: str, *, check: bool = False, **options: Any) -> Run:
        """Run another module about the function."""
        given = {"region": REGION, "namespace": "shop", "function": "resize", **options}
        return run_module(
            self.emulator, module, {name: value for name, value in given.items() if value is not None}, check=check
        )

    def bare(self, **options: Any) -> str:
        """A function without code, made by hand; its ID."""
        body = {"name": "resize", "namespace_id": self.namespace_id, "runtime": "python313", **options}
        return str(self.account.post("/functions", **body)["id"])

    def upload(self, content: bytes) -> None:
        """Upload an archive by hand, and deploy nothing."""
        path = f"/functions/{self.stored['id']}/upload-url"
        place = self.account.call("GET", path, content_length=len(content))
        headers = {name: values[0] for name, values in place["headers"].items()}
        assert requests.put(place["url"], data=content, headers=headers, timeout=10).status_code == 200

    def settle(self) -> None:
        """Look at the function until what is under way has ended."""
        for _look in range(10):
            self.account.call("GET", f"/functions/{self.stored['id']}")
        self.emulator.clear_journal()
