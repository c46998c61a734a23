# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls of the vendor's SDK, read from its source: method, path, request type, query parameters, answer type."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import types as python_types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from types import ModuleType
from typing import Any

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class SdkCall:
    """One call. ``request``: the type of its body, None without one. ``query``: names of its parameters."""

    method: str
    path: str
    request: type | None
    query: frozenset[str]
    answer: type | None

    @property
    def body(self) -> dict[str, Any]:
        """Wire keys of the body with their types; what the path carries is not in it."""
        if self.request is None:
            return {}
        in_path = set(re.findall(r"\{param_(\w+)\}", self.path))
        return {key: hint for key, hint in wire_types(self.request).items() if key not in in_path}

    @property
    def name(self) -> str:
        """Name of the request; the zoned and the regional one are the same."""
        return self.request.__name__.removeprefix("ZonedApi") if self.request else f"{self.method} {self.path}"


def wire_types(record: type) -> dict[str, Any]:
    """Keys of a dataclass of the SDK as they are in JSON, with the types of their values, Optional removed."""
    hints = typing.get_type_hints(record)
    return {field.name.rstrip("_"): plain_type(hints[field.name]) for field in dataclasses.fields(record)}


def demanded(record: type) -> set[str]:
    """Keys without a default, in JSON spelling."""
    missing = dataclasses.MISSING
    return {
        field.name.rstrip("_")
        for field in dataclasses.fields(record)
        if field.default is missing and field.default_factory is missing
    }


def plain_type(hint: Any) -> Any:
    """``hint`` without Optional."""
    if typing.get_origin(hint) in (typing.Union, python_types.UnionType):
        return next(argument for argument in typing.get_args(hint) if argument is not python_types.NoneType)
    return hint


def members(enum: type[Enum]) -> set[str]:
    """Values of an enum."""
    return {str(member.value) for member in enum}


def anonymous(path: str) -> str:
    """``path`` with nameless placeholders."""
    return _PLACEHOLDER.sub("{}", path)


def read_calls(api: ModuleType, types: ModuleType) -> dict[tuple[str, str], SdkCall]:
    """Every call of an API module, by method and path with nameless placeholders."""
    tree = ast.parse(inspect.getsource(api))
    calls = [_read_call(function, types) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef)]
    return {(call.method, anonymous(call.path)): call for call in calls if call}


def _read_call(function: ast.FunctionDef, types: ModuleType) -> SdkCall | None:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "_request":
            method, path = node.args[0], node.args[1]
            assert isinstance(method, ast.Constant)
            keywords = {keyword.arg: keyword.value for keyword in node.keywords}
            request = next((name for name in _called(keywords.get("body"), "marshal_")), None)
            answer = next((name for name in _called(function, "unmarshal_")), None)
            return SdkCall(
                str(method.value),
                _text(path),
                getattr(types, request) if request else None,
                frozenset(_keys(keywords.get("params"))),
                getattr(types, answer) if answer else None,
            )
    return None


def _called(node: ast.AST | None, prefix: str) -> Iterator[str]:
    for inner in ast.walk(node) if node else ():
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id.startswith(prefix):
            yield inner.func.id.removeprefix(prefix)


def _keys(node: ast.expr | None) -> Iterator[str]:
    """Keys of a literal, and those of which it has one of several: ``OneOfPossibility("key", value)``."""
    for key, value in zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ():
        if isinstance(key, ast.Constant):
            yield str(key.value)
        for call in ast.walk(value) if key is None else ():
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "OneOfPossibility":
                yield str(ast.literal_eval(call.args[0]))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"
        for part in node.values
        if isinstance(part, (ast.Constant, ast.FormattedValue))
    )
