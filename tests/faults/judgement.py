# Copyright: (c) 2026, scw.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has to be true of a task, whatever was in its way: complaints are sentences, none if all is well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from behaviour.account import TOKEN
from behaviour.runner import Run
from faults.accounts import Held
from faults.kinds import Kind
from faults.story import Story
from faults.strike import Strike

_MARKUP = re.compile(r"</?[a-z][^>]*>")
_ADVICE = re.compile(
    r"\b(Ask|Check|Choose|Correct|Create|Delete|Leave|Look|Remove|Run|Say|Set|Upload|Wait)\b"
    r"|\b(try again later|run fewer tasks|run it again|look at it|leave id out)\b"
)


class Judge:
    """``usual``: the undisturbed task. ``beginning``, ``end``: the account before and after it."""

    def __init__(self, story: Story, usual: Run, beginning: Held, end: Held) -> None:
        self._story = story
        self._usual = usual
        self._beginning = beginning
        self._end = end

    def undisturbed(self, run: Run) -> Iterator[str]:
        """A story must make sense before it can be disturbed."""
        if run.failed:
            yield f"failed: {run.message}"
        elif self._story.check and run.operations:
            yield f"wrote in check mode: {run.operations}"
        elif not run.requests:
            yield "made no request"
        elif not self._story.check and run.changed != (self._beginning != self._end):
            yield f"says changed {run.changed}, the account: {self._beginning.differences(self._end)}"

    def outcome(self, run: Run, strike: Strike, held: Held) -> Iterator[str]:
        """A task succeeds or says clearly why not, tells truly whether it changed something, and doubles nothing."""
        kind = strike.kind
        if kind and kind.rule and not any(entry.fault for entry in run.requests):
            yield "the fault did not strike"
        if TOKEN in run.output:
            yield "shows the API key"
        if "Traceback" in run.output:
            yield "shows a traceback"
        if run.failed:
            if strike.is_passing and not (self._story.takes_back and strike.is_fault_of_api):
                yield f"gave up: {run.message}"
            yield from unclear(run.message, (*strike.words, *self._story.words))
        else:
            yield from self._successful(run, kind, held)
        yield from self._truthful(run, held)
        for kind_of_object, objects in held.objects.items():
            most = max(self._beginning.count(kind_of_object), self._end.count(kind_of_object))
            most += self._story.meanwhile.get(kind_of_object, 0) if run.failed or (kind and kind.denies) else 0
            if self._story.lasting and len(objects) > most:
                yield f"left {len(objects)} {kind_of_object} instead of {most}"

    def recovered(self, run: Run, held: Held) -> Iterator[str]:
        """Without faults the task succeeds and ends where it should have."""
        if run.failed:
            yield f"the next run failed: {run.message}"
        elif self._story.lasting and held != self._end:
            yield f"the next run ended elsewhere: {self._end.differences(held)}"

    @staticmethod
    def at_rest(run: Run) -> Iterator[str]:
        """After that it finds nothing to do."""
        if run.failed:
            yield f"the run after that failed: {run.message}"
        elif run.changed or run.operations:
            yield f"the run after that changed {run.result.get('diff')}: {run.operations}"

    def _successful(self, run: Run, kind: Kind | None, held: Held) -> Iterator[str]:
        if self._story.check and run.operations:
            yield f"wrote in check mode: {run.operations}"
        believed = kind is not None and kind.denies
        if not believed and run.changed != self._usual.changed:
            yield f"says changed {run.changed}, as it does not undisturbed"
        if self._story.lasting and not believed and held != self._end:
            yield f"succeeded elsewhere: {self._end.differences(held)}"

    def _truthful(self, run: Run, held: Held) -> Iterator[str]:
        if self._story.check:
            return
        changed, differs = bool(run.result.get("changed")), held != self._beginning
        told_unsure = run.failed and bool(run.result.get("error", {}).get("may_have_changed"))
        if differs and not changed:
            yield f"says changed false, but changed: {self._beginning.differences(held)}"
        taken_back = run.failed and self._story.takes_back
        if changed and not differs and self._story.lasting and not told_unsure and not taken_back:
            yield "says changed true, but nothing did"


def unclear(message: str, words: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with why something failed. ``words``: one of them must be there."""
    if "\n" in message or "Traceback" in message:
        yield f"is not one sentence: {message!r}"
    if _MARKUP.search(message):
        yield f"shows markup: {message}"
    if not _ADVICE.search(message):
        yield f"does not say what to do: {message}"
    if words and not any(word in message for word in words):
        yield f"says nothing of {' or '.join(words)}: {message}"
