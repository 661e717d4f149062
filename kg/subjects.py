"""Whose sentence is it? A biography has one subject, its speaker; a sentence may be about something else."""

from __future__ import annotations

from kg import names
from kg.language import Sentence, Token

_PRONOUNS = frozenset("he she they i we i've i’ve i'm i’m we've we’ve".split())
_POSSESSIVE = frozenset(["his", "her", "their", "my", "our"])
_CAREER = frozenset(
    (
        "experience career appointments appointment positions position posts post roles role "
        "background employment affiliations jobs job activities memberships"
    ).split()
)
_DEGREES = frozenset(
    (
        "degrees degree education training studies qualifications phd ph.d. doctorate masters "
        "undergraduate master master's bachelor bachelor's bachelors diploma msc m.sc. m.s. bsc b.sc. "
        "b.s. ba b.a. ma m.a. mba laurea habilitation dphil d.phil."
    ).split()
)
_HONOURS = frozenset(
    (
        "honors honours awards award accolades distinctions recognitions recognition prizes "
        "achievements"
    ).split()
)
_PAST = frozenset(("previous prior past earlier former previously formerly").split())
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})


def judge(sentence: Sentence, speaker: str, previous: str = "speaker") -> str:
    """What a sentence speaks of.

    Parameters:
        speaker: full name of the person whose biography it is.
        previous: what the sentence before spoke of.

    Returns:
        ``speaker``; ``honours`` (a list of them); ``work`` (only honours may be read from it);
        ``past`` (verbless list of earlier posts);
        ``other`` (nothing may be read from it).
    """
    tokens = sentence.in_english.tokens
    verb = next(
        (
            i
            for i, t in enumerate(tokens)
            if (t.tag in _FINITE and (t.gloss or not t.capital)) or t.lower in {"is", "was", "has"}
        ),
        None,
    )
    before = tokens[:verb] if verb is not None else tokens
    lower = [t.lower for t in before]
    if verb is None:
        return _verbless(lower, tokens, previous)
    if _possessed(lower) is not None and not (lower[0] == "with" and set(lower) & _DEGREES):
        return _of_possession(lower[_possessed(lower) or 0 :])
    if lower[:1] in (["there"], ["with"]) and (lower[0] == "there" or set(lower) & _DEGREES):
        return "speaker"
    if _given_by(tokens[verb:], speaker) or _behind_verb(tokens[verb : verb + 2]):
        return "speaker"
    told = _of_things(before, tokens[verb].lower, speaker)
    return told or _by_subject(before, tokens[verb], speaker, previous)


def _by_subject(before: tuple[Token, ...], verb: Token, speaker: str, previous: str) -> str:
    """What a sentence speaks of by its verb and the words before it."""
    lower = [t.lower for t in before]
    if any(w in _PRONOUNS for w in lower) or _named(before, speaker):
        return "speaker"
    if not before or (before[0].tag in {"IN", "RB", "VBG", "TO"} and not _other_noun(before)):
        return "speaker"
    if before[-1].text == "," and verb.gloss:
        return "speaker"  # "Licenciada en Derecho por X, trabaja en Y"
    return previous if _elliptic(before) else "other"


_GIVE = frozenset(
    (
        "gave gives awarded granted conferred named elected appointed presented honored honoured "
        "recognized recognised selected inducted"
    ).split()
)
_WORKS = frozenset(
    (
        "research work works contributions contribution achievements paper papers thesis dissertation "
        "efforts leadership innovations scholarship publications discoveries teaching book books article"
    ).split()
)


def _given_by(tokens: tuple[Token, ...], speaker: str) -> bool:
    """Whether the speaker is the one who is given something: "X gave her a degree", "X awarded Ada Byron"."""
    words = [t.lower for t in tokens[:3]]
    at = 1 if words[:1] and words[0] in {"has", "have", "had"} else 0
    if len(words) < at + 2 or words[at] not in _GIVE:
        return False
    own = {w for w in names.fold(speaker).split() if len(w) > 1}
    return words[at + 1] in {"him", "her", "them", "me"} or names.fold(words[at + 1]) in own


def _behind_verb(tokens: tuple[Token, ...]) -> bool:
    """Whether the subject follows a verb in another language: "2019 erhielt sie ..."."""
    return len(tokens) > 1 and bool(tokens[0].gloss) and tokens[1].lower in _PRONOUNS


def _of_things(before: tuple[Token, ...], verb: str, speaker: str) -> str:
    """What a sentence about things speaks of: the speaker's work or career, a list of honours; "" if none of them."""
    lower = [t.lower for t in before]
    if set(lower[:3]) & _PAST and set(lower) & _CAREER and verb.startswith("includ"):
        return "past"
    if _work_of(before, speaker):
        return "work" if not set(lower) & _CAREER else "speaker"
    listed = set(lower) & _HONOURS and verb in {"include", "includes", "included", "are"}
    others = {"the", "this", "these", "each", "our", "'s", "’s"} | _PRONOUNS | _POSSESSIVE
    return "honours" if listed and len(lower) < 6 and not set(lower) & others else ""


def _work_of(before: tuple[Token, ...], speaker: str) -> bool:
    """Whether the subject is what the speaker made: "This research", "Byron's contributions"."""
    lower = [t.lower for t in before]
    if not set(lower) & (_WORKS | _CAREER):
        return False
    owner = next((i for i, w in enumerate(lower) if w in {"'s", "’s", "'", "’"}), None)
    return lower[0] in {"this", "these"} if owner is None else _named(before[:owner], speaker)


def _verbless(lower: list[str], tokens: tuple[Token, ...], previous: str) -> str:
    if lower and (
        (lower[0] in _PAST and lower[0] not in {"former", "formerly"})
        or {"past", "previous", "earlier"} & set(lower[:3])
    ):
        return "past"
    possessed = _possessed(lower)
    if possessed is not None:
        return _of_possession(lower[possessed:])
    return "speaker" if tokens else previous


def _possessed(lower: list[str]) -> int | None:
    """Where "his", "her" ... opens the subject; None when a pronoun or nothing of the kind stands there."""
    if any(w in _PRONOUNS for w in lower):
        return None
    at = [i for i, w in enumerate(lower) if w in _POSSESSIVE]
    return (
        at[0]
        if at
        and at[0] <= max(0, len(lower) - 2)
        and not {"joining", "receiving", "completing", "finishing", "after", "prior"}
        & set(lower[: at[0]])
        else None
    )


def _of_possession(lower: list[str]) -> str:
    nouns = set(lower)
    if nouns & _HONOURS:
        return "honours"
    if nouns & {
        "advisor",
        "advisors",
        "adviser",
        "advisers",
        "supervisor",
        "supervisors",
        "mentor",
        "mentors",
    }:
        return "speaker"
    if nouns & (_CAREER | _DEGREES):
        return "past" if nouns & _PAST else "speaker"
    if nouns & {
        "students",
        "student",
        "colleagues",
        "group",
        "team",
        "company",
        "husband",
        "wife",
        "father",
        "mother",
    }:
        return "other"
    return "work" if nouns else "speaker"


def _named(before: tuple[Token, ...], speaker: str) -> bool:
    """Whether the subject is the speaker by name, surname or given name, perhaps behind a title."""
    own = {w for w in names.fold(speaker).split() if len(w) > 1}
    words = [names.fold(t.text) for t in before if t.capital]
    if len(before) > 1 and any(w.startswith(("'", "’")) for w in (t.text for t in before)):
        return False
    return any(_is_name(w, own) for word in words for w in word.split())


def _is_name(word: str, own: set[str]) -> bool:
    """Whether a word is one of a person's names, or their short form ("Tim" for Timothy)."""
    return word in own or (len(word) > 2 and any(o.startswith(word) for o in own))


def _other_noun(before: tuple[Token, ...]) -> bool:
    """Whether a noun after the opening phrase's comma takes the place of the subject."""
    commas = [i for i, t in enumerate(before) if t.text == ","]
    rest = before[commas[-1] + 1 :] if commas else ()
    return any(t.tag in {"NN", "NNS", "NNP", "NNPS"} for t in rest)


def _elliptic(before: tuple[Token, ...]) -> bool:
    return all(t.tag in {"RB", "CC", ",", "DT"} for t in before)
