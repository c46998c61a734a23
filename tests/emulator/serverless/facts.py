# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words and limits of both serverless products. Limits are those of the products' documentation."""

from __future__ import annotations

import re

from emulator.shapes import Mapped, Matching, Text

REGIONS = ("fr-par", "nl-ams", "pl-waw")

MOST_VARIABLES = 100
MOST_SECRET_BYTES = 65_536
LONGEST_LABEL = 63

NAME = Matching(
    re.compile(r"[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?"),
    "letters, numbers or hyphens, beginning with a letter and ending with a letter or number",
)
VARIABLE = Matching(re.compile(r"(?!PORT$|SCW_)\S+"), "a name without spaces other than PORT and SCW_*")
VARIABLES = Mapped(Text(most=1000), VARIABLE)
HOSTNAME = Matching(
    re.compile(r"(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"),
    "a fully qualified host name",
)
SCHEDULE = Matching(re.compile(r"[\w*/,-]+( +[\w*/,-]+){4}"), "a cron schedule of five fields")
