# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation of inline children against the options that there are, and against the modules it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from ansible_collections.scw.cloud.plugins.doc_fragments import lb_inline
from ansible_collections.scw.cloud.plugins.module_utils.engine.tree_options import children_spec, tree_spec
from ansible_collections.scw.cloud.plugins.module_utils.lb.tree import ACLS, LB_TREE
from ansible_collections.scw.cloud.plugins.plugin_utils.inline_options import moved

WHOLE: dict[str, Any] = yaml.safe_load(lb_inline.ModuleDocFragment.DOCUMENTATION)["options"]
ALONE: dict[str, Any] = yaml.safe_load(lb_inline.ModuleDocFragment.ACLS)["options"]


def paths(options: dict[str, Any], key: str, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every option at every depth; ``key`` holds those inside of it."""
    for name, option in options.items():
        yield f"{where}{name}", option
        yield from paths(
            option.get(key) or {}, key, f"{where}{name}[]." if option.get("elements") else f"{where}{name}."
        )


def spec_of(names: set[str], spec: dict[str, Any]) -> dict[str, Any]:
    return {name: option for name, option in spec["argument_spec"].items() if name in names}


@pytest.mark.parametrize(
    ("documented", "spec"),
    [(WHOLE, tree_spec(LB_TREE)), (ALONE, children_spec(ACLS))],
    ids=["whole", "acls"],
)
def test_every_option_at_every_depth_is_documented_as_it_is(documented: dict[str, Any], spec: dict[str, Any]) -> None:
    said = dict(paths(documented, "suboptions"))
    real = dict(paths(spec_of(set(documented), spec), "options"))
    assert set(said) == set(real)
    for path, option in real.items():
        about = said[path]
        assert about.get("type", "str") == option["type"], path
        assert about.get("elements") == option.get("elements"), path
        assert set(about.get("choices") or ()) == set(option.get("choices") or ()), path
        assert set(about.get("aliases") or ()) == set(option.get("aliases") or ()), path
        assert about.get("default") == option.get("default"), path
        assert about["description"], path


def texts(option: dict[str, Any]) -> str:
    """What an option says of itself."""
    said = option["description"]
    return " ".join(said) if isinstance(said, list) else str(said)


@pytest.mark.parametrize("documented", [WHOLE, ALONE], ids=["whole", "acls"])
def test_every_option_that_is_mentioned_exists_where_it_is_said_to_be(documented: dict[str, Any]) -> None:
    known = dict(paths(documented, "suboptions"))
    plain = {re.sub(r"\[\]", "", path) for path in known} | {"purge", "name", "wait", "wait_timeout", "state"}
    mentioned = [
        (path, name) for path, option in known.items() for name in re.findall(r"O\(([a-z_\[\].]+)", texts(option))
    ]
    assert mentioned
    for path, name in mentioned:
        assert name.replace("[]", "") in plain, path


def test_children_are_placed_by_the_list_they_are_in() -> None:
    assert set(WHOLE) == {*(branch.option for branch in LB_TREE.branches), "purge"}
    for branch in LB_TREE.branches:
        assert "lb" not in WHOLE[branch.option]["suboptions"]
        assert f"M(scw.cloud.scw_lb_{branch.resource.name})" in texts(WHOLE[branch.option])
    frontend = WHOLE["frontends"]["suboptions"]
    assert {"acls", "only_edge_services", "routes"} <= set(frontend)
    assert not {"lb", "frontend"} & {*frontend["acls"]["suboptions"], *frontend["routes"]["suboptions"]}


def test_mentions_move_with_the_options() -> None:
    text = moved("See O(name), O(match.sni=a) and O(lb).", "routes[].", {"name", "match"})
    assert text == "See O(routes[].name), O(routes[].match.sni=a) and C(lb)."
    assert moved(["O(name)", 3, {"a": "O(name)"}], "x[].", {"name"}) == [
        "O(x[].name)",
        3,
        {"a": "O(x[].name)"},
    ]
