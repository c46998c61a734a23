# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of an inventory beyond what Ansible checks itself: expressions, filters, names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean
from jinja2 import Environment, TemplateSyntaxError

from ansible_collections.scw.cloud.plugins.module_utils.errors import ConfigError, InvalidOption
from ansible_collections.scw.cloud.plugins.module_utils.values import UUID

SECRETS = ("access_key", "secret_key")
PREFIX = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)?")
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Filter:
    """One element of ``filters``: whether hosts for which the expression is true are kept."""

    keeps: bool
    expression: str


def is_template(text: str) -> bool:
    """Whether a text is a template, and not the expression that would stand inside of one."""
    return "{{" in text or "{%" in text


def parsed_filters(given: Iterable[Any]) -> list[Filter]:
    """The filters in their order. Raises InvalidOption."""
    filters = []
    for index, element in enumerate(given):
        where = f"filters[{index}]"
        if not isinstance(element, Mapping) or len(element) != 1 or not {"include", "exclude"} & set(element):
            raise InvalidOption(where, "must be a mapping of one key, include or exclude, to an expression.")
        ((kind, expression),) = element.items()
        if isinstance(expression, bool):
            expression = str(expression).lower()
        check_expression(expression, f"{where}.{kind}")
        filters.append(Filter(kind == "include", expression))
    return filters


def check_expression(expression: Any, where: str) -> None:
    """Raise InvalidOption, with the expression, unless it can be read as one."""
    if not isinstance(expression, str) or not expression.strip():
        raise InvalidOption(
            where, f"{expression!r} is not an expression. Write one as text, such as \"'web' in scw_tags\"."
        )
    if is_template(expression):
        raise InvalidOption(where, f"{str(expression)!r} must be a bare expression, without braces around it.")
    check_template(f"{{{{ {expression}\n }}}}", where, str(expression))


def check_template(text: str, where: str, shown: str) -> None:
    """Raise InvalidOption unless Jinja can read the template; ``shown`` is how the user wrote it."""
    try:
        Environment(autoescape=False).parse(text)
    except TemplateSyntaxError as error:
        raise InvalidOption(where, f"{shown!r} is malformed: {str(error.message).rstrip('.')}.") from None


def check_hostnames(given: Iterable[Any]) -> None:
    """Raise InvalidOption for an entry that is neither an expression nor a template."""
    for index, entry in enumerate(given):
        where = f"hostnames[{index}]"
        if isinstance(entry, str) and is_template(entry):
            check_template(entry, where, str(entry))
        else:
            check_expression(entry, where)


def check_constructed(options: Mapping[str, Any]) -> None:
    """Raise InvalidOption for what Ansible's constructed features would skip, because it cannot be read at all."""
    for name in ("compose", "groups"):
        for key, expression in options[name].items():
            if isinstance(expression, str):
                check_template(f"{{{{ {expression}\n }}}}", f"{name}.{key}", str(expression))
    for index, entry in enumerate(options["keyed_groups"]):
        key = entry.get("key") if isinstance(entry, Mapping) else None
        if not isinstance(key, str):
            raise InvalidOption(f"keyed_groups[{index}]", "must be a mapping with a key that is an expression.")
        check_template(f"{{{{ {key}\n }}}}", f"keyed_groups[{index}].key", str(key))


def check_words(options: Mapping[str, Any]) -> None:
    """Raise InvalidOption for a prefix, a project or a time that cannot be one."""
    if not PREFIX.fullmatch(options["hostvars_prefix"]):
        raise InvalidOption("hostvars_prefix", f"no variable can begin with {str(options['hostvars_prefix'])!r}.")
    for project in options["projects"]:
        if not UUID.fullmatch(str(project)):
            raise InvalidOption("projects", f"{str(project)!r} is not an ID: it must be a UUID.")
    for name in ("api_timeout", "fetch_timeout"):
        if options[name] < 1:
            raise InvalidOption(name, f"{options[name]} is not a number of seconds of at least 1.")


def check_config(config: Any, definitions: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise ConfigError or InvalidOption for what Ansible would ignore, or refuse without saying what is allowed.

    ``config`` as it is in the file, ``definitions`` as the documentation has them.
    """
    if not isinstance(config, Mapping):
        raise ConfigError("must be a mapping of options, beginning with plugin.")
    known = sorted(name for name in definitions if not name.startswith("_"))
    unknown = [str(key) for key in config if key not in known]
    if unknown:
        raise ConfigError(f"{', '.join(unknown)}: no such option. The options are {', '.join(known)}.")
    for name in SECRETS:
        if isinstance(config.get(name), (list, Mapping)):
            raise InvalidOption(name, "must be a text. The value is not shown.")
    for name, value in config.items():
        definition = definitions[name]
        if definition.get("type") in ("bool", "boolean") and value is not None:
            _check_boolean(name, value)
        for element in value if isinstance(value, list) else [value]:
            _check_choice(name, element, definition.get("choices"))


def _check_boolean(name: str, value: Any) -> None:
    try:
        boolean(value)
    except TypeError:
        raise InvalidOption(name, f"{str(value)!r} is neither true nor false.") from None


def _check_choice(name: str, value: Any, choices: Iterable[Any] | None) -> None:
    if not choices or value is None or isinstance(value, Mapping):
        return
    if any(element.strip() not in choices for element in str(value).split(",")):
        raise InvalidOption(name, f"{str(value)!r} is not allowed. Choose among {', '.join(map(str, choices))}.")


def truth(expression: str) -> str:
    """An expression that is true or false where the given one is only taken for it."""
    return f"true if ({expression}\n) else false"
