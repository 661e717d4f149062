"""A language model as a second reader: it proposes facts, and the text decides which of them stay.

Nothing of this runs unless settings name a model. The service speaks the chat completions protocol of OpenAI; its
key, if it wants one, stands in the environment variable ``TALKGRAPH_LLM_KEY`` and is neither written nor shown.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kg import listings
from kg.errors import ModelError
from kg.model import Fact, Listing, Page, Speaker, Talk
from kg.proposals import _endpoint, _question
from kg.proposals._answers import Entry, Kept, entries
from kg.proposals._facts import fact
from kg.proposals._stretch import Stretch, stretches
from kg.proposals._union import added
from kg.settings import LanguageModel

_LOG = logging.getLogger("kg")
_PROGRESS = logging.getLogger("kg.progress")
_IN_A_ROW = 3


def complete(model: LanguageModel, messages: Sequence[Mapping[str, str]]) -> str:
    """What a language model answers to a conversation; nothing is kept.

    Parameters:
        messages: each with its role and content, as the chat completions protocol has them.

    Raises:
        ModelError: the URL is no address, the name is empty, or there was no answer.
        MissingPart: the HTTP client is not installed.
    """
    _checked(model)
    body = {"model": model.name, "temperature": 0, "messages": list(messages)}
    try:
        return _endpoint.ask(model, body)
    except _endpoint.Passing as error:
        raise ModelError(f"{model.name} was of no use: {error}") from None


def _checked(model: LanguageModel) -> None:
    """Check what can be checked without asking."""
    if _endpoint.in_the_clear(_endpoint.address(model.url)):
        _LOG.warning("the key in %s travels unencrypted; https would hide it", _endpoint.KEY)
    if not model.name.strip():
        raise ModelError("the language model has no name")
    if model.max_calls < 0 or not model.timeout > 0:
        raise ModelError("a language model's calls are at least 0, its seconds more than 0")


class Proposer:
    """A language model during one run.

    A question that is not answered well leaves its talk to the built-in rules, with a note; after three such in a row,
    or when the run has asked as often as it may, nothing further is asked. ``strict`` settings raise instead.
    """

    def __init__(self, model: LanguageModel) -> None:
        """Check what can be checked without asking.

        Raises:
            ModelError: the URL is no address, the name is empty, or a limit is none.
        """
        _checked(model)
        self._model = model
        self._kept = Kept(model.cache)
        self._counts: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._failures = 0

    def read(self, page: Page, talks: Iterable[Talk]) -> tuple[Talk, ...]:
        """Talks of a page with what the model adds to them.

        Raises:
            ModelError: the model cannot be asked at all, or, with ``strict``, a question was not answered well.
            MissingPart: the HTTP client is not installed.
        """
        found = listings.find(page)
        own: dict[_Names, list[Stretch]] = defaultdict(list)
        for listing, stretch in zip(found, stretches(page, found), strict=True):
            own[_printed(listing)].append(stretch)
        waiting = ((talk, own[_named(talk)]) for talk in talks)
        return tuple(self._talk(talk, left.pop(0)) if left else talk for talk, left in waiting)

    def report(self) -> None:
        """Tell what was asked, added and dropped."""
        counts, dropped = self._counts, +self._dropped
        reasons = ", ".join(f"{n} {reason}" for reason, n in sorted(dropped.items()))
        _LOG.warning(
            "%s: asked %d, from the cache %d; facts added %d; dropped %d%s",
            self._model.name, counts["asked"], counts["kept"], counts["added"], dropped.total(),
            f" ({reasons})" if reasons else "",
        )  # fmt: skip

    def _talk(self, talk: Talk, stretch: Stretch) -> Talk:
        names = tuple(speaker.name for speaker in talk.speakers)
        if not names:
            return talk
        question = _question.request(self._model.name, names, stretch.text)
        proposed: dict[str, list[Fact]] = defaultdict(list)
        for entry in self._answer(question, talk):
            if made := fact(entry, stretch, names, self._dropped):
                proposed[made.subject].append(made)
        return replace(talk, speakers=tuple(self._joined(s, proposed) for s in talk.speakers))

    def _joined(self, speaker: Speaker, proposed: dict[str, list[Fact]]) -> Speaker:
        new = added(speaker.facts, proposed.pop(speaker.name, ()), self._dropped)
        self._counts["added"] += len(new)
        return replace(speaker, facts=(*speaker.facts, *new))

    def _answer(self, question: dict[str, Any], talk: Talk) -> tuple[Entry, ...]:
        """The entries of the answer, kept or asked for; () where there is none."""
        kept = self._known(question)
        if kept is not None or not self._may_ask():
            return kept or ()
        name = talk.title or talk.speakers[0].name
        try:
            return self._asked(question, name)
        except _endpoint.Passing as error:
            told = f"{talk.page.name}: {name!r}: {self._model.name} was of no use: {error}"
            if self._model.strict:
                raise ModelError(told) from None
            self._failures += 1
            _LOG.warning("%s; read by the built-in rules alone", told)
            if self._failures == _IN_A_ROW:
                _LOG.warning(
                    "%s is asked no more: %d failures in a row", self._model.name, _IN_A_ROW
                )
            return ()

    def _known(self, question: dict[str, Any]) -> tuple[Entry, ...] | None:
        answer = self._kept.find(question)
        try:
            found = None if answer is None else entries(answer, self._dropped)
        except _endpoint.Passing:
            return None  # somebody changed the file
        self._counts["kept"] += found is not None
        return found

    def _may_ask(self) -> bool:
        model, counts = self._model, self._counts
        if self._failures >= _IN_A_ROW:
            return False
        if counts["asked"] < model.max_calls:
            return True
        told = f"{model.name} was asked {counts['asked']} times, the most for a run"
        if model.strict:
            raise ModelError(f"{told}; answers are kept, so another run goes on from here")
        if not counts["unasked"]:
            _LOG.warning("%s; talks without an answer are read by the built-in rules alone", told)
        counts["unasked"] += 1
        return False

    def _asked(self, question: dict[str, Any], name: str) -> tuple[Entry, ...]:
        _PROGRESS.info("asking %s about %s", self._model.name, name)
        self._counts["asked"] += 1
        answer = _endpoint.ask(self._model, question)
        found = entries(answer, self._dropped)
        self._kept.keep(question, answer)
        self._failures = 0
        return found


_Names = tuple[object, ...]


def _printed(listing: Listing) -> _Names:
    text = listing.page.text
    names = (" ".join(text[s.name.start : s.name.end].split()) for s in listing.speakers)
    return (listing.title, *names)


def _named(talk: Talk) -> _Names:
    return (talk.title_at, *(speaker.name for speaker in talk.speakers))
