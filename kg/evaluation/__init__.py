"""How right the talks that were read are, against talks that people annotated.

The rules of the comparison are those of the record form: facts of a person are gathered over a page and paired one
to one, several roles at one organization count once, and an entry marked ``optional`` counts neither way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from kg import names
from kg.evaluation import _people, _same

FACTS = ("title", "speaker", "affiliation", "prior", "education", "award", "advisor")
KINDS = (*FACTS, "membership")
_SHOWN = 8

Record = Mapping[str, Any]


@dataclass
class Count:
    """How many were right, given and wanted."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of the given that is right."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that was found."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.given + self.wanted) if self.right else 0.0

    def figures(self) -> dict[str, float]:
        """Precision, recall, F1 and how many are annotated."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "gold": self.wanted,
        }

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.given + other.given, self.wanted + other.wanted)


@dataclass(frozen=True)
class Error:
    """A fact that was missed or is wrong."""

    page: str
    person: str
    kind: str
    missed: bool
    what: str


@dataclass(frozen=True)
class Judged:
    """A fact that was given: what rule made it, how sure it was said to be, and whether it is right."""

    kind: str
    rule: str
    confidence: float
    right: bool


@dataclass
class Report:
    """What a comparison found.

    Parameters:
        counts: by kind of fact; "topic" counts the first eight topics of a talk.
        details: role, field and years of the facts that were right: (agreeing, stated in the annotation).
        judged: every fact that was given with a confidence and counts.
    """

    counts: dict[str, Count] = field(default_factory=dict)
    details: dict[str, tuple[int, int]] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    def count(self, kind: str) -> Count:
        """Counts of a kind, or of all "facts"."""
        if kind != "facts":
            return self.counts.setdefault(kind, Count())
        return sum((self.count(k) for k in FACTS), Count())

    def calibration(self) -> list[tuple[float, int, float]]:
        """For every tenth of confidence that occurs: its lower bound, how many facts, and what share was right."""
        bins: dict[int, list[bool]] = {}
        for fact in self.judged:
            bins.setdefault(min(9, int(fact.confidence * 10 + 1e-9)), []).append(fact.right)
        return [(k / 10, len(v), sum(v) / len(v)) for k, v in sorted(bins.items())]

    def figures(self) -> dict[str, Any]:
        """Everything as plain numbers."""
        kinds = {kind: self.count(kind).figures() for kind in (*KINDS, "facts")}
        topics, recalled = self.count("topic"), self.count("topic recall")
        return {
            **kinds,
            "topics": {"precision_at_8": round(topics.precision, 4), "recall": round(recalled.recall, 4)},
            "details": {k: round(a / n, 4) for k, (a, n) in sorted(self.details.items()) if n},
            "calibration": [
                {"confidence": low, "facts": n, "right": round(share, 4)}
                for low, n, share in self.calibration()
            ],
        }  # fmt: skip


def compare(pages: Iterable[tuple[str, Sequence[Record], Sequence[Record]]]) -> Report:
    """Compare, page by page, the annotated records with those that were read.

    Parameters:
        pages: name of the page, its annotated records, and the records read from it.
    """
    report = Report()
    for name, wanted, given in pages:
        _talks(report, name, wanted, given)
        mine, theirs = _people.gather(wanted), _people.gather(given)
        matched = dict(_same.pair(mine, theirs, lambda a, b: _same.person(a["name"], b["name"])))
        for i, someone in enumerate(mine):
            other = theirs[matched[i]] if i in matched else _people.nobody(someone["name"])
            _facts(report, name, someone, other)
        for j, someone in enumerate(theirs):
            if j not in matched.values():
                _facts(report, name, _people.nobody(someone["name"]), someone)
    return report


def _closeness(a: Record, b: Record) -> float:
    return SequenceMatcher(
        None, names.fold(a.get("title") or ""), names.fold(b.get("title") or ""), autojunk=False
    ).ratio()


def _talks(report: Report, page: str, wanted: Sequence[Record], given: Sequence[Record]) -> None:
    pairs = dict(_same.pair(wanted, given, _same.talk, _closeness))
    title = report.count("title")
    for i, talk in enumerate(wanted):
        other: Record = given[pairs[i]] if i in pairs else {}
        if talk.get("title"):
            right = bool(other.get("title")) and _closeness(talk, other) >= 0.95
            title.wanted, title.right = title.wanted + 1, title.right + right
            if not right:
                report.errors.append(Error(page, "", "title", True, str(talk["title"])))
        speakers = _Listed("speaker", talk.get("speakers") or (), other.get("speakers") or ())
        _listed(report, page, "", speakers)
        _topics(report, talk.get("topics") or (), other.get("topics") or ())
    title.given += sum(bool(t.get("title")) for t in given)
    for j, talk in enumerate(given):
        if j not in pairs.values():
            report.errors.append(Error(page, "", "title", False, str(talk.get("title"))))
            report.count("speaker").given += len(talk.get("speakers") or ())


def _topics(report: Report, wanted: Sequence[str], given: Sequence[str]) -> None:
    if not wanted:
        return
    shown = given[:_SHOWN]
    here, recalled = report.count("topic"), report.count("topic recall")
    here.given += len(shown)
    here.right += sum(any(_same.topic(g, w) for w in wanted) for g in shown)
    recalled.wanted += len(wanted)
    recalled.right += sum(any(_same.topic(g, w) for g in shown) for w in wanted)


def _facts(report: Report, page: str, wanted: Record, given: Record) -> None:
    for kind, (key, _) in _people.LISTS.items():
        listed = _Listed(kind, wanted[key], given[key], _people.neutral(kind, wanted))
        _listed(report, page, wanted["name"], listed)


@dataclass(frozen=True)
class _Listed:
    """Entries of one kind about one person or talk, both sides."""

    kind: str
    wanted: Sequence[Any]
    given: Sequence[Any]
    neutral: _people.Neutral = lambda entry: False


def _listed(report: Report, page: str, person: str, both: _Listed) -> None:
    wanted, given = both.wanted, both.given
    closeness = _same.CLOSE.get(both.kind, lambda a, b: 0.0)
    pairs = _same.pair(wanted, given, _same.OF[both.kind], closeness)
    optional = {i for i, e in enumerate(wanted) if isinstance(e, dict) and e.get("optional")}
    right = {j for _, j in pairs}
    aside = {j for j, e in enumerate(given) if j not in right and both.neutral(e)}
    aside |= {j for i, j in pairs if i in optional}
    hits = [(i, j) for i, j in pairs if i not in optional]
    count = report.count(both.kind)
    count.right += len(hits)
    count.wanted += len(wanted) - len(optional)
    count.given += len(given) - len(aside)
    for i, j in hits:
        _details(report, both.kind, wanted[i], given[j])
    found = {i for i, _ in pairs} | optional
    missed = [e for i, e in enumerate(wanted) if i not in found]
    wrong = [e for j, e in enumerate(given) if j not in right | aside]
    for entries, is_missed in ((missed, True), (wrong, False)):
        report.errors += [
            Error(page, person, both.kind, is_missed, _people.show(e)) for e in entries
        ]
    report.judged += [
        Judged(both.kind, str(e.get("rule", "")), float(e["confidence"]), j in right)
        for j, e in enumerate(given)
        if j not in aside and isinstance(e, dict) and "confidence" in e
    ]


def _details(report: Report, kind: str, wanted: Any, given: Any) -> None:
    for key in _people.DETAILS.get(kind, ()):
        if wanted.get(key):
            agreeing, stated = report.details.get(f"{kind}.{key}", (0, 0))
            same = _same.detail(key, wanted[key], given.get(key))
            report.details[f"{kind}.{key}"] = agreeing + same, stated + 1
