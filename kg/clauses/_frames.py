"""What the reader of a clause builds: frames, and the chunk that is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.language import Sentence
from kg.model import Mention, Span


@dataclass(frozen=True)
class Frame:
    """One reading of a clause.

    Parameters:
        kind: ``post``, ``degree``, ``award``, ``member`` or ``advising``.
        tense: ``now``, ``past``, ``joined`` (held from some day on) or ``future``.
        dates: start and end as printed values, "" where unknown.
        cue: where the person is named, if that is outside the sentence.
        sure: how firmly the words tie the parts together, from 0 to 1.
    """

    kind: str
    tense: str
    sentence: Sentence
    anchor: Mention | None = None
    organization: Mention | None = None
    unit: Mention | None = None
    field: Mention | None = None
    start: str = ""
    end: str = ""
    advisors: tuple[Mention, ...] = ()
    sure: float = 0.9
    rule: str = "clause"
    cue: Span | None = None


@dataclass(frozen=True)
class Opening:
    """What is known of a sentence before its first word.

    Parameters:
        licensed: whether it speaks of the person (a line, a fragment, a sentence whose subject is known).
        tense: tense of a verbless opening.
        line: whether it is a speaker line or list, where a bare organization is a post.
        honours: whether it lists honours, whatever its verbs.
    """

    licensed: bool = True
    tense: str = "now"
    line: bool = False
    honours: bool = False


OPENING = Opening()


@dataclass
class Place:
    """An organization with its unit; ``narrow`` where the unit is the last anchor's alone."""

    organization: Mention | None
    unit: Mention | None = None
    narrow: bool = False


@dataclass
class Chunk:
    """Anchors that share what follows, and what has followed so far; ``owned`` where the place stood in front."""

    kind: str
    tense: str
    anchors: list[Mention] = field(default_factory=list)
    fields: dict[Span, Mention] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    advisors: list[Mention] = field(default_factory=list)
    unit: Mention | None = None
    owned: bool = False
    units: dict[Span, Mention] = field(default_factory=dict)
    sure: float = 0.9
    rule: str = "clause"
