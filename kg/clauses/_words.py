"""Words and tests that decide what may link two slots of a clause."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kg import authorities, gloss, names, resources
from kg.clauses._frames import Chunk, Frame, Place
from kg.clauses._turns import first_only, in_turn
from kg.language import Sentence, Token
from kg.model import Mention, Span


@cache
def verbs() -> dict[str, str]:
    """Verb as printed -> what it opens."""
    return dict(line.split("\t")[:2] for line in resources.words("verbs"))


Item = Token | Mention
FORMER = frozenset(
    ("previously formerly before earlier prior past ex former once initially originally").split()
)
CURRENT = frozenset(["currently", "now", "presently", "today", "current"])
FUTURE = frozenset(["will", "incoming", "upcoming"])
ADVICE = frozenset(
    (
        "under supervision guidance advisor advisors adviser advisers supervisor supervisors "
        "direction mentorship mentor mentors tutelage"
    ).split()
)
HOSTS = frozenset(["group", "lab", "laboratory", "team", "groups", "labs"])
AT = frozenset({"at", "@", "en", "em", "bei", "chez", "presso", "w", "hos"})
PLACE_LINKS = frozenset(
    {
        *AT,
        "in",
        "of",
        "for",
        "with",
        "from",
        "by",
        "to",
        "within",
        "inside",
        "(",
        ",",
        "-",
        "–",
        "—",
        "|",
        "/",
        "·",
        "•",
        ":",
        "on",
    }
)
SEVERAL = frozenset(
    "postdoc internship residency fellowship professorship position appointment post role stay".split()
)
"""Posts that one person may have held several of."""
QUIET = frozenset(
    (
        "the a an his her their its our both then also and or as jointly either currently "
        "presently now , ( ) own same - – — | / · • &"
    ).split()
)
DEGREE_PREP = frozenset(
    {"from", "at", "por", "en", "pela", "pelo", "of", "in", "by", "(", ",", "with", "-", "–", "to"}
)
FIELD_END = frozenset(
    (
        "from at with under by on where while when who which working focusing specializing "
        "advised supervised followed she he they as before after during since for to entitled "
        "titled ( ) . ; : via through thesis dissertation having"
    ).split()
)
ABOUT = frozenset(
    "focusing focused specializing specialising specialized specialised majoring concentrating".split()
)
GIVEN = frozenset({"received", "awarded", "won", "granted", "earned", "receiving"})
SMALL = frozenset(
    (
        "the its both several a an inaugural annual new first premier prestigious leading upcoming"
    ).split()
)
MEMBERS = frozenset(["board", "committee", "council", "panel", "team"])
EDITORS = frozenset("editor editors editor-in-chief co-editor trustee treasurer".split())
COMPANY_ROLES = frozenset(
    (
        "ceo cto cio coo cfo founder co-founder cofounder president owner vp director head "
        "chief chairman chairwoman partner manager engineer developer editor dean rector "
        "provost chancellor"
    ).split()
)
LEAD = frozenset(
    (
        "on as of position positions role roles post posts title rank include includes "
        "including job career appointment appointments to at more recently most years year "
        "than over been for holder following after"
    ).split()
)


@cache
def field_words() -> frozenset[str]:
    """Words that fields of study are made of."""
    return frozenset(w for line in resources.words("fields") for w in line.split()) | {
        "applied",
        "computing",
        "engineering",
        "learning",
    }


@cache
def _plain_words() -> frozenset[str]:
    lists = ("title-words", "role-modifiers", "fields")
    return frozenset(w for name in lists for line in resources.words(name) for w in line.split())


def common(name: str) -> bool:
    """Whether every word of a capitalised run is an ordinary one of titles and posts: "Cloud Platform"."""
    return all(word in _plain_words() for word in names.fold(name).split())


def title(m: Mention) -> list[str]:
    """Words of a post in lower case; the last one is its head noun in English, also of "profesora titular"."""
    words = m.value.lower().split()
    english = gloss.noun(m.value)
    return [*words, english] if english else words


def is_member(m: Mention) -> bool:
    """Whether a post is a seat or office rather than the job."""
    words = title(m)
    if (
        "staff" in words
        or "faculty" in words
        or (words[-1] in {"advisor", "adviser"} and len(words) > 2)
    ):
        return False
    return (
        m.note == "member"
        or words[-1] in MEMBERS | EDITORS
        or (
            m.note == "chair"
            and words[:-1] != []
            and not set(words[:-1]).isdisjoint(
                {
                    "program",
                    "programme",
                    "organizing",
                    "organising",
                    "finance",
                    "tutorial",
                    "session",
                    "proceedings",
                    "poster",
                    "general",
                    "steering",
                    "conference",
                    "pc",
                    "co-chair",
                    "workshop",
                    "past",
                    "vice",
                    "publicity",
                    "track",
                    "area",
                }
            )
        )
    )


def _of_network(m: Mention) -> str:
    return re.sub(r"(?i)^.*\bfellow of (?:the )?|\s+fellow$", "", m.value)


def network_span(m: Mention) -> Span:
    """Where the network stands within "X Fellow" or "Fellow of the X"."""
    name = _of_network(m)
    at = m.value.find(name)
    start = m.span.start + at
    return Span(start, start + len(name)) if said_whole(m) else m.span


def said_whole(m: Mention) -> bool:
    """Whether the page prints a mention's reading as it is, and not only the last item of a list."""
    return m.span.end - m.span.start == len(m.value)


def network(m: Mention) -> str:
    """The research network whose fellow is meant, by its full name; "" where none is."""
    known = authorities.resolve(_of_network(m))
    return known.name if known and known.name in resources.words("research-networks") else ""


def trains(chunk: Chunk) -> bool:
    """Whether a chunk is a degree, a student's or a postdoc's post: those have advisors."""
    return chunk.kind == "degree" or _training(" ".join(" ".join(title(a)) for a in chunk.anchors))


def trains_at(frame: Frame) -> bool:
    """The same of a frame that is already closed."""
    return frame.kind == "degree" or bool(frame.anchor and _training(" ".join(title(frame.anchor))))


def _training(words: str) -> bool:
    return any(
        w in words
        for w in (
            "postdoc",
            "post-doc",
            "student",
            "candidate",
            "doctoral",
            "intern",
            "predoc",
            "fellow",
            "research assistant",
            "visiting",
        )
    )


def class_of(m: Mention) -> str:
    """What kind of institution a mention names, "" where nothing tells."""
    known = authorities.institutions().get(m.value)
    return (
        known.kind
        if known
        else "centre"
        if m.note == "centre"
        else "university"
        if "university" in m.value.lower()
        else ""
    )


def is_school(m: Mention) -> bool:
    """Whether a mention names a university or college."""
    return class_of(m) in {"university", "college"}


def within(inner: Mention, outer: Mention, before: list[str]) -> bool:
    """Whether the second organization is the home of the first: "Data Science Institute at the University of X"."""
    links = [w for w in before if w != "the"]
    if links not in (["at"], ["of"], [","], ["in"], ["within"], ["-"], ["("], []):
        return False
    if inner.value.lower().startswith(("institute of ", "school of ")) and is_school(outer):
        return True
    known = authorities.institutions().get(inner.value)
    if known is not None:
        return known.parent == outer.value
    return (
        inner.note == "centre"
        and (class_of(outer) in {"university", "college", "hospital", ""} or links[:1] == ["at"])
        and outer.note != "run"
    )


def parent_of(inner: Mention, outer: Mention, before: list[str]) -> bool:
    """Whether a second organization only says where the first belongs ("JPL, Caltech")."""
    known = authorities.institutions().get(inner.value)
    return (
        known is not None
        and bool(known.parent)
        and known.parent == outer.value
        and "and" not in before
    )


def emit(chunk: Chunk, sentence: Sentence) -> list[Frame]:
    """Frames of a closed chunk: anchors times places, in pairs where the lists have one length and are degrees."""
    if chunk.kind == "award" and len(chunk.dates) > 1:
        return [f for d in chunk.dates for f in emit(replace(chunk, dates=[d]), sentence)]
    anchors: list[Mention | None] = [*chunk.anchors] or [None]
    places = chunk.places or [Place(None, chunk.unit)]
    paired = len(anchors) == len(places) > 1 and (
        chunk.kind == "degree" or "respectively" in sentence.text
    )
    combos = (
        list(zip(anchors, places, strict=True))
        if paired
        else [(a, p) for p in places for a in anchors]
    )
    frames = []
    for n, (anchor, place) in enumerate(combos):
        unit = chunk.units.get(anchor.span) if anchor else None
        if unit is None and not (place.narrow and anchor is not anchors[-1]):
            unit = place.unit
        start, end = dates(chunk, n if len(chunk.dates) == len(combos) else 0)
        if in_turn(chunk, sentence):
            start, end = start if anchor is anchors[0] else "", end if anchor is anchors[-1] else ""
        tense = "now" if end == "now" else chunk.tense
        if anchor is anchors[0] and first_only(chunk, sentence):
            tense = "past"
        member = chunk.kind == "post" and office(anchor, place.organization)
        kind = "member" if member else chunk.kind
        frames.append(
            Frame(kind, tense, sentence, anchor, place.organization, unit, None, start,
                  "" if end == "now" else end, tuple(chunk.advisors), chunk.sure, chunk.rule)
        )  # fmt: skip
    return frames


def dates(chunk: Chunk, n: int) -> tuple[str, str]:
    """Start and end from the printed value; a single year is a start."""
    if not chunk.dates:
        return "", ""
    start, _, end = chunk.dates[min(n, len(chunk.dates) - 1)].partition("/")
    return start, end


def is_over(chunk: Chunk) -> bool:
    """Whether every range of years printed with a post has an end."""
    ends = [dates(chunk, n)[1] for n in range(len(chunk.dates))]
    return bool(ends) and all(end not in {"", "now"} for end in ends)


def is_first(chunk: Chunk) -> bool:
    """Whether a post only says who was the first to do something: "the first engineer to win ..."."""
    return len(chunk.anchors) == 1 and chunk.anchors[0].value.lower().startswith("first ")


def seat(m: Mention) -> bool:
    """Whether a post is a seat on a board or committee."""
    words = [word.rstrip("s") for word in m.value.lower().split()]
    of = len(words) > 2 and words[-2] == "of" and words[-3] in MEMBERS
    return words[-1] in MEMBERS or of


def heads_it(m: Mention) -> bool:
    """Whether a post is the lead of something: "director", "head", "co-founder"."""
    return title(m)[-1] in {
        "director", "head", "leader", "lead", "chair", "founder", "co-founder", "co-director",
        "co-lead", "manager", "member", "fellow", "president", "chief", "coordinator",
    }  # fmt: skip


_OFFICES = frozenset(
    (
        "chair chairman chairwoman chairperson president vice-president treasurer secretary "
        "representative member fellow co-chair vice-chair vice-chairman delegate ambassador "
        "councillor councilor officer president-elect past-president"
    ).split()
)
_SOCIETIES = frozenset(
    "society association federation union chapter committee academy consortium".split()
)


def office(m: Mention | None, place: Mention | None) -> bool:
    """Whether a post is an office in a learned society, which is not a job: "president of the X Society"."""
    if m is None or place is None or title(m)[-1] not in _OFFICES:
        return False
    known = authorities.institutions().get(place.value)
    if known is not None:
        return known.kind == "society"
    return place.value.lower().split()[-1] in _SOCIETIES or bool(
        {"society", "association"} & set(place.value.lower().split())
    )


def chair(m: Mention) -> bool:
    """Whether a post may bear a donor's name ("the Intel Professor of ...")."""
    return title(m)[-1] in {"professor", "chair", "professorship"} or "professor" in m.value.lower()
