# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The means of the sweep do what they stand for: refused connections, timeouts, and answers without a connection."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from behaviour.account import TOKEN
from emulator.testing import Emulator
from faults.kinds import SILENCE
from faults.wire import Wire

PATH = "/lb/v1/zones/fr-par-1/lbs"
KEY = {"X-Auth-Token": TOKEN}


def look(emulator: Emulator, session: requests.Session, timeout: float = 10) -> requests.Response:
    return session.get(f"{emulator.url}{PATH}?page_size=2", headers=KEY, timeout=timeout)


def raised(emulator: Emulator, session: requests.Session, timeout: float = 10) -> BaseException:
    with pytest.raises(requests.RequestException) as error:
        look(emulator, session, timeout)
    return error.value


@pytest.mark.parametrize("before", [0, 1, 3])
def test_connections_are_refused_from_a_request_on_until_they_are_taken_again(
    emulator: Emulator, session: requests.Session, before: int
) -> None:
    look(emulator, session)
    emulator.refuse(after=before)
    assert [look(emulator, session).status_code for _number in range(before)] == [200] * before
    assert "NewConnectionError" in repr(raised(emulator, session))
    assert len(emulator.journal()) == before + 1
    emulator.accept()
    assert look(emulator, session).status_code == 200


def test_no_other_program_gets_the_port_while_connections_are_refused(emulator: Emulator) -> None:
    emulator.refuse()
    with Emulator() as other:
        assert other.port != emulator.port
    emulator.accept()


def test_a_timeout_in_virtual_time_is_one_of_the_real_kind(
    emulator: Emulator, session: requests.Session, wire: Wire
) -> None:
    emulator.faults([{"kind": "status", "status": 504, "headers": SILENCE}])
    virtual = raised(emulator, session, timeout=77)
    assert wire.time.seconds == 77
    emulator.faults([{"kind": "no_answer"}])
    assert raised(emulator, session, timeout=0.05).__class__ is virtual.__class__
    assert wire.time.seconds == 77


def shown(answer: requests.Response) -> tuple[Any, ...]:
    return answer.status_code, answer.json(), [answer.headers[name] for name in ("Content-Type", "Server")]


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_answer_without_a_connection_is_the_same_as_with_one(
    emulator: Emulator, session: requests.Session, wire: Wire, method: str
) -> None:
    answers, journals = [], []
    for short in (True, False):
        emulator.reset()
        emulator.settings(extra_field=False)
        wire.short = short
        answers.append(session.request(method, f"{emulator.url}{PATH}?name=a%20b", headers=KEY, json={}, timeout=10))
        assert wire.short == short
        journals.append([entry.as_data() for entry in emulator.journal()])
    assert shown(answers[0]) == shown(answers[1])
    assert journals[0] == journals[1]


def test_from_the_first_fault_on_there_are_connections(
    emulator: Emulator, session: requests.Session, wire: Wire
) -> None:
    wire.short = True
    emulator.faults([{"kind": "reset_before", "operation": "ListLBs", "after": 1}])
    look(emulator, session)
    assert wire.short
    raised(emulator, session)
    assert not wire.short
    assert [entry.fault for entry in emulator.journal()] == [None, "reset_before"]
    assert look(emulator, session).status_code == 200
