# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Schedules of five fields and time zones: what is taken as it is written, and what is refused."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.scw.cloud.plugins.module_utils.description.schedules import Schedule, TimeZone
from ansible_collections.scw.cloud.plugins.module_utils.errors import InvalidOption

SCHEDULE = Schedule("schedule")
ZONE = TimeZone("timezone")


@pytest.mark.parametrize(
    "text",
    [
        "* * * * *",
        "5 4 * * *",
        "*/5 * * * SUN",
        "*/15 6-22 * * MON-FRI",
        "0,30 0-23/2 1,15 jan-Mar sat",
        "59 23 31 12 7",
        "00 08 * * 1-5",
        "  5   4 * * * ",
        "10/20 * * * *",
    ],
)
def test_a_schedule_is_sent_as_it_is_written(text: str) -> None:
    assert SCHEDULE.parse(text, "cron.schedule") == text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "must not be empty"),
        ("* * * *", "has 4 fields; a schedule has five: minute, hour"),
        ("0 5 4 * * *", "has 6 fields"),
        ("@daily", "has 1 fields"),
        ("60 * * * *", "The minute: '60' is not a number from 0 to 59"),
        ("* 24 * * *", "The hour: '24' is not a number from 0 to 23"),
        ("* * 0 * *", "The day of the month: '0' is not a number from 1 to 31"),
        ("* * * 13 *", "The month: '13' is not a number from 1 to 12 or one of JAN, FEB"),
        ("* * * * 8", "The day of the week: '8' is not a number from 0 to 7 or one of SUN, MON"),
        ("* * * * FUN", "'FUN' is not a number"),
        ("* * * SUN *", "The month: 'SUN' is not"),
        ("MON * * * *", "The minute: 'MON' is not a number from 0 to 59."),
        ("*/0 * * * *", "the step in '*/0' must not be 0"),
        ("30-10 * * * *", "'30-10' ends before it begins"),
        ("* * * * FRI-MON", "'FRI-MON' ends before it begins"),
        ("1,,2 * * * *", "'' is none of"),
        ("*/x * * * *", "'*/x' is none of"),
        ("1-2-3 * * * *", "'1-2-3' is none of"),
        ("-5 * * * *", "'-5' is none of"),
        ("* * L * *", "'L' is not a number"),
    ],
)
def test_what_is_no_schedule_is_refused_with_the_field_and_what_is_allowed(text: str, problem: str) -> None:
    with pytest.raises(InvalidOption) as raised:
        SCHEDULE.parse(text, "cron.schedule")
    assert str(raised.value).startswith("cron.schedule: ")
    assert problem in str(raised.value)


@pytest.fixture
def zones_at(tmp_path: Path) -> Iterator[Path]:
    """The only place with time zones, empty at first."""
    zoneinfo.ZoneInfo.clear_cache()
    zoneinfo.reset_tzpath([tmp_path])
    yield tmp_path
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()


UTC = b"TZif2" + bytes(15) + bytes.fromhex("000000000000000000000000000000000000000100000004") + bytes(6) + b"UTC\0"


def add(place: Path, *names: str) -> None:
    """Have these time zones, all of them at the time of Greenwich."""
    for name in names:
        file = place / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(UTC.replace(b"TZif2", b"TZif\0"))


def test_a_time_zone_that_the_machine_knows_is_taken(zones_at: Path) -> None:
    add(zones_at, "Mars/Olympus")
    assert ZONE.parse("Mars/Olympus", "cron.timezone") == "Mars/Olympus"


@pytest.mark.parametrize("text", ["Europe/Pariss", "Mars/Olympus", "europe/paris", "../zones", "/etc/passwd", "Europe"])
def test_a_time_zone_that_a_machine_with_all_of_them_does_not_know_is_refused(zones_at: Path, text: str) -> None:
    add(zones_at, "Europe/Paris", "US/Eastern")
    with pytest.raises(InvalidOption, match="cron.timezone: .* is not a time zone. Write it like Europe/Paris or UTC"):
        ZONE.parse(text, "cron.timezone")


@pytest.mark.parametrize("present", [[], ["Europe/Paris"], ["US/Eastern"]], ids=["none", "without-old-ones", "broken"])
def test_a_machine_that_lacks_time_zones_leaves_them_to_the_api(zones_at: Path, present: list[str]) -> None:
    add(zones_at, *present)
    assert ZONE.parse("Asia/Calcutta", "cron.timezone") == "Asia/Calcutta"


def test_a_time_zone_is_not_empty() -> None:
    with pytest.raises(InvalidOption, match="must not be empty"):
        ZONE.parse(" ", "cron.timezone")
