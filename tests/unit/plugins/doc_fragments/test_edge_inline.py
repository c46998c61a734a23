# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation of inline stages against the options that there are, and against the modules it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ansible_collections.scw.cloud.plugins.doc_fragments import edge_inline
from ansible_collections.scw.cloud.plugins.module_utils.edge.tree import ONE_EACH, PIPELINE_TREE
from ansible_collections.scw.cloud.plugins.module_utils.engine.tree_options import tree_spec

DOCUMENTED: dict[str, Any] = yaml.safe_load(edge_inline.ModuleDocFragment.DOCUMENTATION)["options"]
REAL: dict[str, Any] = {name: tree_spec(PIPELINE_TREE)["argument_spec"][name] for name in DOCUMENTED}


def paths(options: dict[str, Any], key: str, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every option at every depth; ``key`` holds those inside of it."""
    for name, option in options.items():
        yield f"{where}{name}", option
        inside = f"{where}{name}[]." if option.get("elements") else f"{where}{name}."
        yield from paths(option.get(key) or {}, key, inside)


def test_every_option_at_every_depth_is_documented_as_it_is() -> None:
    said, real = dict(paths(DOCUMENTED, "suboptions")), dict(paths(REAL, "options"))
    assert set(said) == set(real)
    for path, option in real.items():
        about = said[path]
        assert about.get("type", "str") == option["type"], path
        assert about.get("elements") == option.get("elements"), path
        assert bool(about.get("required")) == bool(option.get("required")), path
        assert set(about.get("choices") or ()) == set(option.get("choices") or ()), path
        assert set(about.get("aliases") or ()) == set(option.get("aliases") or ()), path
        assert about.get("default") == option.get("default"), path
        assert about["description"], path


def test_every_option_that_is_mentioned_exists_where_it_is_said_to_be() -> None:
    known = dict(paths(DOCUMENTED, "suboptions"))
    plain = {path.replace("[]", "") for path in known}
    said = [(path, text) for path, option in known.items() for text in (option["description"] or [])]
    mentioned = [(path, name) for path, text in said for name in re.findall(r"O\(([a-z0-9_\[\].]+)", text)]
    assert mentioned
    for path, name in mentioned:
        assert name.replace("[]", "") in plain, path


def test_each_stage_says_whose_options_it_has_and_none_of_the_pipeline() -> None:
    stages = DOCUMENTED["stages"]["suboptions"]
    assert set(stages) == {*ONE_EACH, "backends"}
    for kind, stage in stages.items():
        module = f"scw_edge_{kind.removesuffix('s') if kind == 'backends' else kind}_stage"
        assert f"M(scw.cloud.{module})" in " ".join(stage["description"])
        assert not {"pipeline", "state", "wait", "pipeline_errors"} & set(stage["suboptions"])
    assert "name" in stages["backends"]["suboptions"]
