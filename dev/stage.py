# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Copy the files git knows or would add to a directory, and remove what no longer belongs there.

Usage: python dev/stage.py CHECKOUT TARGET

ansible-test insists on a path that ends in ansible_collections/NAMESPACE/NAME and on real files, and the Galaxy
artifact must not carry what git ignores. Results below tests/output survive.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

KEPT = Path("tests/output")


def list_files(checkout: Path) -> set[Path]:
    """Return the relative paths of tracked and new files that exist; ignored ones are left out."""
    # The listing only reads, so a checkout that belongs to another user is no danger.
    command = ["git", "-c", f"safe.directory={checkout}", "-C", str(checkout), "ls-files", "-z"]
    options = ["--cached", "--others", "--exclude-standard"]
    listing = subprocess.run([*command, *options], check=True, stdout=subprocess.PIPE, text=True).stdout
    paths = {Path(name) for name in listing.split("\0") if name}
    return {path for path in paths if (checkout / path).is_file() or (checkout / path).is_symlink()}


def copy_file(source: Path, target: Path) -> None:
    """Copy one file or symbolic link with its mode and times."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink() or target.exists():
        target.unlink()
    shutil.copy2(source, target, follow_symlinks=False)


def prune(target: Path, wanted: set[Path]) -> None:
    """Remove files that are not wanted and the directories they leave empty."""
    for path in sorted(target.rglob("*"), reverse=True):
        relative = path.relative_to(target)
        if relative.is_relative_to(KEPT):
            continue
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif relative not in wanted:
            path.unlink()


def main(checkout: Path, target: Path) -> None:
    """Make target an exact copy of what git lists in checkout."""
    wanted = list_files(checkout)
    target.mkdir(parents=True, exist_ok=True)
    prune(target, wanted)
    for path in sorted(wanted):
        copy_file(checkout / path, target / path)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        sys.exit(f"Error: git could not list the files of the checkout: {error}")
