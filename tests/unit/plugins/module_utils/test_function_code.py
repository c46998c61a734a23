# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is decided about the code of a function, from what the API and the object store say."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.errors import RequestError
from ansible_collections.scw.cloud.plugins.module_utils.function.code import function_spec, manage_function
from unit.conftest import Connect, Serve
from unit.samples import PROJECT
from unit.scripted_server import Answer, Exchange, ScriptedServer
from unit.tasks import listing

BASE = "/functions/v1beta1/regions/fr-par"
FUNCTION_ID = "aaaaaaaa-0000-4000-8000-000000000001"
NAMESPACE_ID = "aaaaaaaa-0000-4000-8000-000000000002"
OBJECT = "/bucket/uploads/function-x.zip"
# Uploaded in the second that begins with this; object storage tells no parts of seconds.
UPLOADED, MODIFIED = "2026-07-03T15:02:20", "Fri, 03 Jul 2026 15:02:20 GMT"


def function(**changes: Any) -> dict[str, Any]:
    """A function at rest, which was deployed after the upload."""
    known = {
        "id": FUNCTION_ID,
        "name": "resize",
        "namespace_id": NAMESPACE_ID,
        "runtime": "python313",
        "handler": "handler.handle",
        "status": "ready",
        "error_message": None,
        "build_message": None,
        "runtime_message": "",
        "updated_at": "2026-07-03T15:03:40.250000Z",
        "ready_at": "2026-07-03T15:03:40.245000Z",
    }
    return {**known, **changes}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The archive of the task."""
    path = tmp_path / "code.zip"
    path.write_bytes(zipped({"handler.py": "x"}))
    return path


def zipped(files: dict[str, str]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return kept.getvalue()


class Tasks:
    """Check runs of tasks with code, against scripted servers."""

    def __init__(self, serve: Serve, connect: Connect, archive: Path) -> None:
        self._serve = serve
        self._connect = connect
        self._archive = archive
        self.server: ScriptedServer
        self.store: ScriptedServer

    def check(self, stored: Answer, **changes: Any) -> dict[str, Any]:
        """The result of a check run, where the function is like this and the store answers that."""
        self.store = self._serve([Exchange("GET", OBJECT, stored)])
        namespace = {"id": NAMESPACE_ID, "name": "shop", "project_id": PROJECT, "status": "ready"}
        place = Answer(json={"url": f"{self.store.url}{OBJECT}?X-Amz-Signature=0", "headers": {}})
        self.server = self._serve(
            [
                listing(f"{BASE}/namespaces", "namespaces", namespace, name="shop", project_id=PROJECT),
                listing(
                    f"{BASE}/functions", "functions", function(**changes), name="resize", namespace_id=NAMESPACE_ID
                ),
                Exchange("GET", f"{BASE}/functions/{FUNCTION_ID}/download-url", place),
            ]
        )
        spec = function_spec()["argument_spec"]
        said = {"namespace": "shop", "name": "resize", "src": str(self._archive)}
        params = {**{name: option.get("default") for name, option in spec.items()}, **said}
        return manage_function(self._connect(self.server.url), params, pytest.fail, check_mode=True)


@pytest.fixture
def tasks(serve: Serve, connect: Connect, archive: Path) -> Tasks:
    return Tasks(serve, connect, archive)


def unchanged(date: str | None = MODIFIED) -> Answer:
    """The store has just the archive of the task."""
    return Answer(304, headers={} if date is None else {"Last-Modified": date})


@pytest.mark.parametrize(
    ("status", "updated_at", "due"),
    [
        # The rollout ended a minute after the upload, or years later.
        ("ready", "2026-07-03T15:03:40.250000Z", False),
        ("ready", "2029-01-01T00:00:00Z", False),
        # Nothing happened to the function since the upload.
        ("ready", "2026-07-03T15:02:19.999999Z", True),
        ("ready", "2020-01-01T00:00:00Z", True),
        # In the same second nobody can tell which came first; a deployment too many does no harm.
        ("ready", f"{UPLOADED}.000000Z", True),
        ("ready", f"{UPLOADED}.999999Z", True),
        ("ready", "2026-07-03T15:02:21.000000Z", False),
        # While it is built, the date is that of the beginning, which follows the upload at once.
        ("pending", f"{UPLOADED}.500000Z", False),
        ("pending", "2026-07-03T15:02:19.000000Z", True),
        # What failed is repeated.
        ("error", "2029-01-01T00:00:00Z", True),
        ("locked", "2029-01-01T00:00:00Z", True),
        # Nothing can be said without a date.
        ("ready", None, False),
    ],
)
def test_whether_what_is_stored_was_deployed(tasks: Tasks, status: str, updated_at: str | None, due: bool) -> None:
    result = tasks.check(unchanged(), status=status, updated_at=updated_at)
    assert result["changed"] is due
    assert result["diff"]["after"] == ({"status": "ready"} if due else {})


@pytest.mark.parametrize("date", [None, "yesterday"])
def test_a_store_that_tells_no_date_is_believed_to_be_deployed(tasks: Tasks, date: str | None) -> None:
    assert tasks.check(unchanged(date), updated_at="2020-01-01T00:00:00Z")["changed"] is False


def test_the_store_is_asked_for_another_archive_than_that_of_the_task(tasks: Tasks, archive: Path) -> None:
    tasks.check(unchanged())
    tag = hashlib.md5(archive.read_bytes()).hexdigest()
    assert tasks.store.calls[0].headers["if-none-match"] == f'"{tag}"'
    assert "x-auth-token" not in tasks.store.calls[0].headers


def test_other_files_are_uploaded_and_deployed(tasks: Tasks) -> None:
    stored = Answer(body=zipped({"handler.py": "y", "old.py": ""}), headers={"Last-Modified": MODIFIED})
    result = tasks.check(stored)
    assert result["changed"]
    assert list(result["diff"]["before"]["code"]) == ["handler.py", "old.py"]
    assert list(result["diff"]["after"]["code"]) == ["handler.py"]
    assert result["function"]["status"] == "ready"


def test_the_same_files_in_another_archive_are_no_change(tasks: Tasks) -> None:
    stored = zipped({"handler.py": "x"}) + b""
    other = io.BytesIO(stored)
    with zipfile.ZipFile(other, "a") as archive:
        archive.comment = b"packed by another tool"
    assert tasks.check(Answer(body=other.getvalue(), headers={"Last-Modified": MODIFIED}))["changed"] is False


@pytest.mark.parametrize("status", [403, 404])
def test_a_function_that_ran_must_have_code(tasks: Tasks, status: int) -> None:
    with pytest.raises(RequestError, match="Leave src out"):
        tasks.check(Answer(status))


@pytest.mark.parametrize("status", [403, 404])
def test_a_function_that_never_ran_may_have_none(tasks: Tasks, status: int) -> None:
    result = tasks.check(Answer(status), status="error", ready_at=None)
    assert list(result["diff"]["after"]["code"]) == ["handler.py"]
