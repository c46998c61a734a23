# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Ansible may take for a template: what the user wrote, and nothing that the API sent.

ansible-core 2.19 and newer trust only strings that are marked. Older ones trust all that are not marked as unsafe.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

try:
    from ansible.template import trust_as_template
except ImportError:  # ansible-core 2.18
    from ansible.utils.unsafe_proxy import wrap_var

    trusted: Callable[[str], str] = str
    untrusted: Callable[[Any], Any] = wrap_var
else:
    trusted = trust_as_template

    def untrusted(value: Any) -> Any:
        """``value`` itself: what nobody marked is never evaluated."""
        return value
