# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the emulator remembers of the registry. Times are nanoseconds of the logical clock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(kw_only=True)
class Namespace:
    """A namespace: the first part of the names of its images."""

    id: str
    name: str
    region: str
    project_id: str
    organization_id: str
    created_at: int
    updated_at: int

    @property
    def parent_id(self) -> None:
        """A namespace belongs to nothing."""
        return None

    @property
    def description(self) -> str:
        """Nobody describes it."""
        return ""


@dataclass(kw_only=True)
class Image:
    """An image, without its content."""

    id: str
    name: str
    namespace_id: str
    created_at: int
    updated_at: int

    @property
    def parent_id(self) -> str:
        """The namespace."""
        return self.namespace_id


@dataclass(kw_only=True)
class Tag:
    """A tag, and what was pushed under it last."""

    id: str
    name: str
    image_id: str
    digest: str
    created_at: int
    updated_at: int

    @property
    def parent_id(self) -> str:
        """The image."""
        return self.image_id
