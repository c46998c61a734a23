# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls about code and tokens of functions, and the words they use, against the vendor's SDK."""

from __future__ import annotations

import importlib
from typing import Any

import yaml
from scaleway.function.v1beta1 import api, types

from ansible_collections.scw.cloud.plugins.module_utils.function import code as function_code
from ansible_collections.scw.cloud.plugins.module_utils.function import deploy as function_deploy
from ansible_collections.scw.cloud.plugins.module_utils.function import storage as function_storage
from ansible_collections.scw.cloud.plugins.module_utils.function.tokens import OF_FUNCTION, OF_NAMESPACE
from contract.sdk_calls import SdkCall, anonymous, members, read_calls, wire_types

SDK = read_calls(api, types)
PARENTS = {"function_id", "namespace_id"}


def call(method: str, path: str) -> SdkCall:
    """The call of the SDK."""
    return SDK[method, anonymous(path.replace("{scope}", "regions/{}"))]


def test_a_deployment_has_an_empty_body() -> None:
    made = call("POST", function_deploy.DEPLOY)
    assert (set(made.body), set(made.query)) == (set(), set())
    assert made.answer is not None
    read = {"id", "status", "updated_at", "ready_at", "error_message", "build_message", "runtime_message"}
    assert read <= set(wire_types(made.answer))


def test_urls_are_asked_for_as_the_sdk_does() -> None:
    assert set(call("GET", function_code.UPLOAD_URL).query) == {"content_length"}
    assert set(call("GET", function_storage.DOWNLOAD_URL).query) == set()
    for path in (function_code.UPLOAD_URL, function_storage.DOWNLOAD_URL):
        answer = call("GET", path).answer
        assert answer is not None
        assert {"url", "headers"} == set(wire_types(answer))


def test_a_token_is_made_with_all_that_the_sdk_knows() -> None:
    for resource in (OF_FUNCTION, OF_NAMESPACE):
        made = call("POST", resource.collection)
        assert {field.name for field in resource.fields} | PARENTS == set(made.body)
        assert {resource.parent_key} <= PARENTS
        assert {*PARENTS, "page", "page_size"} <= set(call("GET", resource.collection).query)
        assert call("DELETE", resource.item).answer is call("GET", resource.item).answer


def test_what_a_token_shows_is_documented() -> None:
    answer = call("GET", OF_FUNCTION.item).answer
    assert answer is not None
    contains = documented("scw_function_token")["token"]["contains"]
    assert set(contains) == set(wire_types(answer))
    known = members(types.TokenStatus)
    assert {part.partition(")")[0] for part in contains["status"]["description"].split("V(")[1:]} <= known
    settle = OF_FUNCTION.settle
    assert settle is not None
    assert settle.ready | settle.leaving <= known


def documented(module: str) -> dict[str, Any]:
    """What a module says that it returns."""
    text = importlib.import_module(f"ansible_collections.scw.cloud.plugins.modules.{module}").RETURN
    return dict(yaml.safe_load(text))
