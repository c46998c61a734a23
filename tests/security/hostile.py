# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts that mean something to a program that should not look: templates, YAML, terminals, shells, paths, formats."""

from __future__ import annotations

from collections.abc import Mapping

from ansible_collections.scw.cloud.plugins.module_utils.values import UNKNOWN

EVALUATED = "evaluated"
"""The file that whoever evaluates one of the texts makes."""
RESULT = str(191 * 193)
"""What one gets who evaluates one of the others."""

TEMPLATES: Mapping[str, str] = {
    "expression": "{{ 191*193 }}",
    "lookup": f"{{{{ lookup('ansible.builtin.pipe', 'touch {EVALUATED}') }}}}",
    "statement": "{% for x in [1] %}{{ 191*193 }}{% endfor %}",
    "open expression": "{{ 191*193",
    "open statement": "{% if",
    "comment": "{# gone #}",
    "raw": "{% raw %}x{% endraw %}",
    "other delimiters": "#jinja2: variable_start_string: '['\n[ 191*193 ]",
    "attributes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
}
WORDS_OF_YAML: Mapping[str, str] = {
    "object": f"!!python/object/apply:os.system ['touch {EVALUATED}']",
    "unsafe": "!unsafe x",
    "vault": "$ANSIBLE_VAULT;1.1;AES256\n3161",
    "anchors": "&a [*a, *a]",
    "no": "no",
    "octal": "0123",
    "null": "null",
    "tilde": "~",
    "float": "1e3",
    "date": "2024-01-01",
    "sexagesimal": "12:30:45",
    "mapping": "a: b",
    "json": '{"__ansible_unsafe": "x"}',
    "list": "[1, 2]",
    "document": "--- x\n...",
}
SIGNS: Mapping[str, str] = {
    "colours": "\x1b[31mred\x1b[0m",
    "title of the terminal": "\x1b]0;owned\x07",
    "one byte escape": "\x9b31mred",
    "forged line": "x\nok: [localhost] => forged",
    "carriage return": "fine\rbad",
    "backspace": "bad\b\b\bfine",
    "zero": "a\0b",
    "right to left": "\u202egnp.exe",
    "isolate": "\u2066x\u2069",
    "invisible": "we\u200bb",
    "emoji": "🦄👩‍👩‍👧",
    "combining": "e\u0301",
    "line separator": "a\u2028b",
    "outside of Unicode": "\uffff\U0010ffff",
}
QUOTES: Mapping[str, str] = {
    "quotes": """'"`\\'\"$""",
    "format": "%s %(name)s %n {} {0} {name}",
    "shell": f"$(touch {EVALUATED}); touch {EVALUATED} | `touch {EVALUATED}` &",
    "path": "../../../../etc/passwd",
    "url": "a/b?c=d&e=f#g%2F%00;h+i",
    "markup": "</text></svg><script>alert(1)</script>&lt;",
    "sentinel": UNKNOWN,
    "secret": "<secret>",
    "spaces": "  x  ",
    "pattern": ".*[a-z](?=x)\\d",
}
HOSTILE: Mapping[str, str] = {**TEMPLATES, **WORDS_OF_YAML, **SIGNS, **QUOTES, "a megabyte": "x" * (1 << 20)}
