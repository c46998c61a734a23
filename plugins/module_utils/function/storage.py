# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serverless Functions, the archive that was uploaded last for one: whether there is one, and what it holds."""

from __future__ import annotations

from functools import partial
from typing import BinaryIO

from ansible_collections.scw.cloud.plugins.module_utils.api.client import Client
from ansible_collections.scw.cloud.plugins.module_utils.api.object_storage import Ask, ObjectStorage, Stored
from ansible_collections.scw.cloud.plugins.module_utils.description.resource import Values
from ansible_collections.scw.cloud.plugins.module_utils.engine.lookup import Lookup
from ansible_collections.scw.cloud.plugins.module_utils.errors import NotFound
from ansible_collections.scw.cloud.plugins.module_utils.function.resources import FUNCTION

DOWNLOAD_URL = "/functions/v1beta1/{scope}/functions/{id}/download-url"


class StoredCode:
    """What object storage has for one function."""

    def __init__(self, client: Client, lookup: Lookup, function: Values) -> None:
        self._storage = ObjectStorage(client)
        self._label = FUNCTION.label(function)
        path = lookup.path(DOWNLOAD_URL, resource_id=function["id"])
        self._ask: Ask = partial(client.get, path, doing=f"get the download URL of {self._label}")

    def read(self, target: BinaryIO, etag: str = "") -> Stored:
        """Write the archive to ``target``, unless it is the one with this entity tag."""
        try:
            return self._storage.download(self._ask, target, etag, f"download the code of {self._label}")
        except NotFound:
            return Stored(exists=False)

    def exists(self) -> bool:
        """Whether anything was uploaded."""
        try:
            return self._storage.holds(self._ask, f"look for the code of {self._label}")
        except NotFound:
            return False
