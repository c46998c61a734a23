# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How Sphinx makes a site of what dev/docs.sh puts together. It asks nothing of the network."""

from __future__ import annotations

import os
import re
import zlib
from pathlib import Path
from typing import Any

project = "scw.cloud"
html_title = "scw.cloud"
author = "scw.cloud contributors"
copyright = f"2026, {author}"

extensions = ["myst_parser", "sphinx.ext.intersphinx", "sphinx_antsibull_ext"]
exclude_patterns = ["README.md"]
myst_heading_anchors = 3

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
pygments_style = "default"
pygments_dark_style = "github-dark"
antsibull_ext_color_scheme = "default-autodark"

nitpicky = True

# Pages of Ansible's own documentation that the generated ones refer to: kind, name, page. An inventory of just these is
# written here, so that links to them need no network.
ANSIBLE = "https://docs.ansible.com/projects/ansible/latest/"
ANSIBLE_PAGES = [
    ("label", "action_plugins", "plugins/action.html"),
    ("label", "common_return_values", "reference_appendices/common_return_values.html"),
    ("label", "ansible_configuration_settings", "reference_appendices/config.html"),
    *(
        ("envvar", name, f"reference_appendices/config.html#envvar-{name}")
        for name in (
            "ANSIBLE_CACHE_PLUGIN",
            "ANSIBLE_CACHE_PLUGIN_CONNECTION",
            "ANSIBLE_CACHE_PLUGIN_PREFIX",
            "ANSIBLE_CACHE_PLUGIN_TIMEOUT",
            "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED",
        )
    ),
]


def write_inventory(path: Path) -> None:
    """Write ANSIBLE_PAGES as an inventory of Sphinx, version 2."""
    head = "# Sphinx inventory version 2\n# Project: Ansible\n# Version: latest\n# The rest is compressed with zlib.\n"
    lines = "".join(f"{name} std:{kind} -1 {page} -\n" for kind, name, page in ANSIBLE_PAGES)
    path.write_bytes(head.encode() + zlib.compress(lines.encode()))


_inventory = Path(os.environ["DOCS_STATE"], "ansible.inv")
write_inventory(_inventory)
intersphinx_mapping = {"ansible": (ANSIBLE, str(_inventory))}


def drop_contents(_app: Any, _page: str, source: list[str]) -> None:
    """Leave out the tables of contents of generated pages, which the theme shows beside them anyway."""
    source[0] = re.sub(r"^\.\. contents::\n(?: +.*\n)*", "", source[0], flags=re.MULTILINE)


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("source-read", drop_contents)
