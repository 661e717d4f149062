"""Talks that a source tells of in several places, each once; entries that are no talks are left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg import names
from kg.readers import _drafting, _repeating, _summaries
from kg.readers._composing import DraftSpeaker, DraftTalk

_TELLING_TITLE = 3
_MOST_ALIKE = 50
_TELLING_TEXT = 100


@dataclass
class Found:
    """A talk as it was found.

    Parameters:
        kind: "talk", "sure" (a field says that it is one), "pause" or "person" (somebody of whom no talk is told here).
        ids: what other records call it.
        refs: the ids of talks in which the person speaks.
        spoken: whether a field names speakers, whoever they are.
    """

    talk: DraftTalk
    kind: str
    ids: list[str] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    place: str = ""
    spoken: bool = False


def joined(found: list[Found]) -> tuple[list[DraftTalk], list[str]]:
    """The talks, each once, in their order; and the places of entries that hold neither title nor speaker."""
    for one in found:
        _single(one.talk)
    told = [f for f in found if f.kind != "person"]
    _refer(told, [f for f in found if f.kind == "person"])
    if told and not any(f.talk.speakers or f.spoken for f in told):
        _part(told)
    lost = [f.place for f in told if not f.talk.title and not _named(f.talk) and f.kind != "pause"]
    spoken = any(_named(f.talk) or f.spoken for f in told)
    kept = [f for f in found if _stays(f, spoken)]
    once = _once(kept)
    return [f.talk for f in _with_people(once)], lost


def _part(told: list[Found]) -> None:
    """Part titles that say who speaks, if most of a list do: "Why rivers turn by Ada Byron"; as lines of a calendar are
    read, if many do: "Seminar: Ada Byron (Lund)"."""
    titles = [f.talk.title.text for f in told if f.talk.title]
    ends = sum(" by " in t or bool(_repeating.ending(t)[1]) for t in titles)
    if ends * 2 > len(titles):
        for one in told:
            _drafting.given_with_speaker(one.talk)
        return
    known = _summaries.habits("", "", titles)
    read = [_summaries.best(f.talk.title.text, known) if f.talk.title else None for f in told]
    if sum(map(bool, read)) >= max(3, len(titles) / 3):
        for one, reading in zip(told, read, strict=True):
            if reading:
                _drafting.read_as(one.talk, reading.series, reading.title, reading.people)


def _named(talk: DraftTalk) -> list[DraftSpeaker]:
    return [s for s in talk.speakers if s.name]


def _refer(told: list[Found], people: list[Found]) -> None:
    """Put people into the talks that they refer to."""
    by_id = {key: one for one in told for key in one.ids}
    for person in people:
        for ref in person.refs:
            if ref in by_id:
                for speaker in _named(person.talk):
                    _meet(by_id[ref].talk, speaker)


def _stays(one: Found, spoken: bool) -> bool:
    """Whether an entry is a talk: it has a speaker, or a title that is no break's, and enough beside it."""
    if _named(one.talk):
        return True
    if one.kind == "pause" or not one.talk.title:
        return False
    told = sum(len(g.text) for g in (*one.talk.abstract, *one.talk.prose))
    return not spoken or one.kind == "sure" or one.spoken or told >= _TELLING_TEXT


def _once(found: list[Found]) -> list[Found]:
    """Entries with one title and day are one talk."""
    out: list[Found] = []
    by_title: dict[str, list[Found]] = {}
    for one in found:
        key = _name_of(one)
        same = (
            next((o for o in by_title.get(key, [])[-_MOST_ALIKE:] if _same(o, one)), None)
            if key
            else None
        )
        if same is None:
            out.append(one)
            by_title.setdefault(key, []).append(one)
        else:
            _absorb(same.talk, one.talk)
    return out


def _name_of(one: Found) -> str:
    """What an entry is known by: its title, else all its speakers; "" for people without a talk."""
    if one.talk.title:
        return names.fold(one.talk.title.text)
    return "" if one.kind == "person" else "\n".join(sorted(map(_plain, _named(one.talk))))


def _same(one: Found, other: Found) -> bool:
    """Whether two entries of one title are one talk: on one day, by the same people or told in the same words."""
    if one.talk.date and other.talk.date and one.talk.date != other.talk.date:
        return False
    if len(one.talk.speakers) > _MOST_ALIKE:
        return False
    if set(one.ids) & set(other.ids):
        return True
    speakers, others = ({_plain(s) for s in _named(t.talk)} for t in (one, other))
    if speakers & others or not speakers or not others:
        return True
    texts = [" ".join(g.text for g in t.talk.abstract) for t in (one, other)]
    title = one.talk.title.text if one.talk.title else ""
    return len(title.split()) >= _TELLING_TITLE and (not all(texts) or texts[0] == texts[1])


def _plain(speaker: DraftSpeaker) -> str:
    return names.fold(speaker.name.text) if speaker.name else ""


def _absorb(talk: DraftTalk, other: DraftTalk) -> None:
    talk.date = talk.date or other.date
    talk.series = talk.series or other.series
    for speaker in _named(other):
        _meet(talk, speaker)
    if not talk.abstract and not talk.prose:
        talk.abstract, talk.prose = other.abstract, other.prose
    talk.keywords = talk.keywords or other.keywords


def _meet(talk: DraftTalk, speaker: DraftSpeaker) -> None:
    """Add a speaker to a talk; to one that it has, only what is not known yet."""
    known = next((s for s in talk.speakers if _plain(s) == _plain(speaker)), None)
    if known is None:
        talk.speakers.append(speaker)
        return
    known.posts += [p for p in speaker.posts if all(p[1].text != k[1].text for k in known.posts)]
    known.bios += [b for b in speaker.bios if all(b.text != k.text for k in known.bios)]


def _with_people(found: list[Found]) -> list[Found]:
    """People of whom no talk is told are an entry each, unless they speak in one of the talks."""
    where: dict[str, DraftTalk] = {}
    for one in found:
        if one.kind != "person":
            where |= {_plain(s): one.talk for s in _named(one.talk) if _plain(s) not in where}
    for one in found:
        if one.kind == "person":
            _settle(one.talk, where)
    return [one for one in found if one.kind != "person" or _named(one.talk)]


def _settle(talk: DraftTalk, where: dict[str, DraftTalk]) -> None:
    """Give what is told of people to the talks that they speak in; the others stay."""
    for speaker in _named(talk):
        home = where.setdefault(_plain(speaker), talk)
        if home is not talk:
            _meet(home, speaker)
            talk.speakers.remove(speaker)


def _single(talk: DraftTalk) -> None:
    """Make speakers of one name one."""
    speakers, talk.speakers = _named(talk), []
    for speaker in speakers:
        _meet(talk, speaker)
