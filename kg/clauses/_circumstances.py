"""When, and under whom: dates and advisors bind to the chunk that is open."""

from __future__ import annotations

from dataclasses import replace

from kg.clauses import _words as w
from kg.clauses._frames import Frame
from kg.clauses._places import Places
from kg.model import Mention

_LEFT = frozenset("left leaving retired quit".split())


class Circumstances(Places):
    """Binds dates and advisors."""

    def on_date(self, m: Mention) -> None:
        """A date binds to the open chunk, or waits for the first one."""
        if "born" in self._words():
            return
        if self.verb in _LEFT and "/" not in m.value:
            m = replace(m, value=f"/{m.value}")  # it tells the end of what was left
        if self.chunk and self._dates_the_next(m):
            self.close()
            self.early_date = m.value
        elif self.chunk and not self._verbs_between() and self._date_link():
            self._dates_both(m)
            self.chunk.dates.append(m.value)
        elif self.chunk is None:
            self.early_date = m.value if self.licensed else ""
            if self.early and self._words()[-1:] == ["("]:
                self.early_dates.append(m.value)

    def _dates_both(self, m: Mention) -> None:
        """Give the year of "A and B, both in 2012" to the honour before the last one too."""
        both = "both" in self._words() and self.chunk is not None and self.chunk.kind == "award"
        if both and self.frames and self.frames[-1].kind == "award" and not self.frames[-1].start:
            self.frames[-1] = replace(self.frames[-1], start=m.value.partition("/")[0])

    def _dates_the_next(self, m: Mention) -> bool:
        """Whether "and in 2014" behind a fact opens the next one: a verb, pronoun or article follows the year."""
        words = self._words()
        degree = self.chunk is not None and self.chunk.kind == "degree" and bool(self.chunk.places)
        if degree and self.early_date and words in ([","], [";"], ["and"], [",", "and"]):
            return True  # "2004 PhD Lund University, 1999 MSc University of Oslo"
        if not self.chunk or words[-2:] not in (["and", "in"], [",", "in"], [";", "in"]):
            return False
        after = next((t for t in self.sentence.tokens if t.span.start >= m.span.end), None)
        return after is not None and (
            after.tag.startswith(("VB", "PRP", "DT")) or after.lower in {"he", "she", "the"}
        )

    def _date_link(self) -> bool:
        award = self.chunk is not None and self.chunk.kind == "award"
        if self.chunk and award and self.chunk.dates:
            return all(t.lower in {",", "and", "in", "&", "/", "(", ")", "again"} for t in self.gap)
        if award and self._words()[-1:] == ["("]:
            return ";" not in self._words()  # "a Tern Award from the Society for Birds (2022)"
        return (
            all(
                t.lower
                in {
                    "in",
                    "on",
                    "at",
                    "(",
                    ",",
                    "the",
                    "and",
                    "during",
                    "year",
                    "from",
                    "of",
                    ")",
                    "-",
                    "–",
                    "summer",
                    "fall",
                    "spring",
                    "autumn",
                    "winter",
                    "around",
                    "class",
                    "both",
                    "late",
                    "early",
                    "mid",
                    ":",
                    "since",
                    "until",
                }
                or t.tag in {"RB", "NN", "JJ", "IN", "NNS", "NNP"}
                for t in self.gap
            )
            and len(self.gap) <= 6
        )

    def _advice_before(self, m: Mention) -> bool:
        """Whether the words before a name make the person an advisor: "under", "with Prof.", "in the group of"."""
        words = self._words()
        if any(word in w.ADVICE for word in words):
            return True
        if not self.chunk and self.verb in {"working", "worked"} and words[-1:] == ["with"]:
            return bool(self.frames) and w.trains_at(self.frames[-1])
        if not self.chunk or not w.trains(self.chunk):
            return False
        link = words[-1] if words else ""
        if self.last and self.last.kind == "person" and set(words) <= {"and", ",", "&"}:
            return bool(self.chunk.advisors)
        titled = m.note == "titled"
        if link == "with" or words[-2:] == ["with", "professor"] or (titled and "with" in words):
            return True
        return link == "of" and any(word in w.HOSTS for word in words)

    def _advisor(self, m: Mention) -> None:
        if self.chunk and self.chunk.kind in {"degree", "post"}:
            self.chunk.advisors.append(m)
        elif self.frames and self.frames[-1].kind in {"degree", "post"} and not self._new_clause():
            self.frames[-1] = replace(self.frames[-1], advisors=(*self.frames[-1].advisors, m))
        elif self.advising:
            self.frames.append(
                Frame(
                    "advising",
                    self.tense,
                    self.sentence,
                    advisors=(m,),
                    sure=0.8,
                    rule="advised-by",
                )
            )
        self.advising = True

    def _new_clause(self) -> bool:
        return any(t.lower in {"he", "she", ";"} for t in self.gap)
