"""The topic vocabulary: concepts by every name they have, with their broader concepts.

A row of ``data/vocabulary/topics`` gives a label, other names and broader labels. Another name that only spells the
label differently ("modelling") or abbreviates it ("NLP") means the label; one in other words ("chatbot" beside
"dialogue system") is a topic of its own right below it: a page that says the one has not said the other. A fourth
column tells in what fields a word of many fields ("exploration") is mostly used: a sign of what a talk is about, but no
broader topic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from kg import names, resources, vocabularies
from kg.vocabularies import remembered

_GENERIC = frozenset(
    "system method theory technique technology model modeling approach research science study analysis problem "
    "algorithm process calculation simulation design use of the and for in a based".split()
)
_LONG = 8
_MARKS = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2018\u2019", "------''")
_SHORT_FORM = re.compile(r"(.+?) \(([A-Za-z]{2,7}?)s?\)")
_SPELLINGS = {
    "fibre": "fiber", "centre": "center", "metre": "meter", "theatre": "theater", "grey": "gray", "ageing": "aging",
    "defence": "defense", "judgement": "judgment", "aluminium": "aluminum", "analogue": "analog", "mould": "mold",
    "catalogue": "catalog", "dialog": "dialogue", "programme": "program", "sulphur": "sulfur", "foetal": "fetal",
    "leukaemia": "leukemia", "anaemia": "anemia", "anaesthesia": "anesthesia", "oestrogen": "estrogen",
}  # fmt: skip
_BRITISH_AE = re.compile(r"^(h|p|orthop|encyclop)ae(?=[mdt])")
_BRITISH_IS = re.compile(r"(?<=\w)is(?=(?:e|ed|ing|er|ation|ational)$)")
_BRITISH_OUR = re.compile(r"(?<=[a-z]{2})our(?=(?:al|ism|hood|ite|able)?$)")
_NO_BRITISH = frozenset(
    {"flour", "scour", "devour", "detour", "contour", "velour", "glamour", "troubadour"}
)
_DOTTED = re.compile(r"(?:[A-Z]\.){2,}")
_IRREGULAR = {
    "automata": "automaton", "matrices": "matrix", "indices": "index", "vertices": "vertex", "schemata": "schema",
    "quizzes": "quiz", "phenomena": "phenomenon", "criteria": "criterion", "hypotheses": "hypothesis", "bacteria":
    "bacterium", "analyses": "analysis", "theses": "thesis", "women": "woman", "men": "man", "children": "child",
    "mice": "mouse", "corpora": "corpus", "genera": "genus", "lives": "life", "wives": "wife", "crises": "crisis",
    "syntheses": "synthesis", "prostheses": "prosthesis", "bases": "base", "caches": "cache", "series": "series",
    "species": "species", "physics": "physics", "simplices": "simplex", "movies": "movie",
    "cookies": "cookie", "calories": "calorie", "viruses": "virus", "biases": "bias", "lenses": "lens",
    "buses": "bus", "gases": "gas", "campuses": "campus", "axes": "axis", "knives": "knife", "leaves": "leaf",
    "halves": "half", "wolves": "wolf", "bias": "bias", "lens": "lens", "gas": "gas",
    "news": "news", "atlas": "atlas", "chaos": "chaos", "canvas": "canvas", "bayes": "bayes",
    "avalanches": "avalanche", "niches": "niche", "headaches": "headache",
}  # fmt: skip


@dataclass(frozen=True)
class Concept:
    """A concept of the vocabulary.

    Parameters:
        broader: labels right above it.
        narrower: how many concepts stand right below it: the more, the less it tells of one talk.
        near: labels of the fields in which a word of many fields is mostly used.
    """

    label: str
    broader: tuple[str, ...] = ()
    narrower: int = 0
    near: tuple[str, ...] = ()


def singular(word: str) -> str:
    """A word without its plural ending, as far as the spelling tells."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "sis")):
        return word[:-1]
    return word


def key_of(phrase: str) -> str:
    """The folded form two spellings of one topic share: singular words, British endings as American."""
    return " ".join(map(_key_of_word, names.fold(phrase).split()))


@lru_cache(maxsize=1 << 16)
def _key_of_word(word: str) -> str:
    return _american(singular(word))


@lru_cache(maxsize=1 << 16)
def key_words(token: str) -> tuple[str, ...]:
    """Folded words of one token of a text: several for a word with hyphens, none for a mark or a possessive ending."""
    return () if token[0] in "'’‘" else tuple(key_of(token).split())


def _american(word: str) -> str:
    word = _SPELLINGS.get(word, word)
    if "ae" in word:
        word = _BRITISH_AE.sub(r"\1e", word)
    if len(word) > 6 and word.endswith(("ise", "ised", "ising", "iser", "isation", "isational")):
        word = _BRITISH_IS.sub("iz", word)
    if len(word) > 7 and word.endswith("lling"):
        word = word[:-5] + "ling"
    if "our" in word and word not in _NO_BRITISH:
        word = _BRITISH_OUR.sub("or", word)
    return word


_Row = tuple[str, tuple[str, ...], tuple[str, ...]]


@cache
def _near() -> dict[str, tuple[str, ...]]:
    """Fields in which words of many fields are mostly used, by the label."""
    return {row[0].strip(): _parts(row[3]) for row in resources.rows("topics") if len(row) > 3}


@cache
def _bundled() -> dict[str, _Row]:
    """Rows of the bundled vocabulary; the first row of a label counts."""
    rows: dict[str, _Row] = {}
    for row in resources.rows("topics"):
        label, alts, broader = (*row, "", "")[:3]
        rows.setdefault(label.strip(), (label.strip(), _parts(alts), _parts(broader)))
    return rows


@remembered
def _rows() -> tuple[_Row, ...]:
    """Label, other names and broader labels of every concept; those of imported vocabularies come first.

    An imported concept that the bundled vocabulary has under the same words keeps the bundled label and its links.
    """
    rows = dict[str, _Row]()
    own = {key_of(label): label for label in _bundled()}
    for term in vocabularies.terms():
        label = own.get(key_of(term.label), term.label)
        _, alts, broader = _bundled().get(label) or rows.get(label) or ("", (), ())
        above = tuple(own.get(key_of(b), b) for b in term.broader)
        more = tuple(o if _short(o) else f"={o}" for o in (*term.others, term.label) if o != label)
        rows[label] = (label, (*alts, *more), tuple(dict.fromkeys((*broader, *above))))
    return tuple((rows | {k: v for k, v in _bundled().items() if k not in rows}).values())


@remembered
def _iris() -> dict[str, str]:
    own = {key_of(label): label for label in _bundled()}
    return {
        own.get(key_of(t.label), t.label): t.iri for t in reversed(vocabularies.terms()) if t.iri
    }


def iri(label: str) -> str | None:
    """The IRI that an imported vocabulary gives a topic, or None."""
    return _iris().get(label)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in cell.split("|") if p.strip())


def _short(name: str) -> bool:
    return name.isupper() and 2 <= len(name) <= 5 and " " not in name


@remembered
def acronyms() -> dict[str, Concept]:
    """Acronyms, as printed, to their concept."""
    table: dict[str, Concept] = {}
    for label, alts, _ in _rows():
        for alt in alts:
            if _short(alt):
                table.setdefault(alt, by_label()[label])
    return table


@remembered
def by_label() -> dict[str, Concept]:
    """Every row of the vocabulary by its label."""
    near = _near()
    below = Counter(b for label, _, above in _rows() for b in (*above, *near.get(label, ())))
    return {
        label: Concept(label, broader, below[label], near.get(label, ()))
        for label, _, broader in _rows()
    }


@remembered
def vocabulary() -> dict[str, Concept]:
    """Key of every name but the acronyms -> its concept."""
    labels = by_label()
    table = {key_of(label): concept for label, concept in reversed(labels.items()) if _folds(label)}
    for label, alts, _ in _rows():
        same_as = cache(partial(_stems, label, label)) if alts else frozenset
        for alt in alts:
            if not _short(alt) and _folds(alt):
                same = alt.startswith("=") or _same(alt, label, same_as)
                *first, last = alt.split()
                last = singular(last) if last.islower() else last
                own = Concept(" ".join([*first, last]).lower(), (label,))
                table.setdefault(key_of(alt), labels[label] if same else own)
    return table


def known(phrase: str) -> Concept | None:
    """The concept that a phrase names; None where none is known, or a word in capitals is a name of its own.

    Parameters:
        phrase: a name in any spelling, or an acronym as printed, also with a plural "s".
    """
    phrase = _plain(phrase)
    short = acronyms().get(phrase) or acronyms().get(phrase.removesuffix("s"))
    if short or phrase in by_label() or not _folds(phrase):
        return short or by_label().get(phrase)
    words = key_of(phrase)
    found = vocabulary().get(words) or _joined().get(words.replace(" ", ""))
    return None if found and _shouted(phrase, found.label) else found


def _shouted(printed: str, label: str) -> bool:
    """Whether a word in capitals is a name of its own, not the word of the vocabulary ("MARS" is no planet)."""
    capitals = printed.isalpha() and printed.isupper() and len(printed) > 2
    return capitals and printed not in acronyms() and printed.lower() == label


def key(phrase: str) -> str:
    """The key by which topics are compared: that of the concept, else of the words; empty only for no words.

    Parameters:
        phrase: a topic as printed.
    """
    concept = known(phrase)
    label = concept.label if concept else _plain(phrase)
    if concept is None and _shouted(label, label.lower()):
        words = key_of(label)
        if words in vocabulary() or words != names.fold(label):  # "AIDS" is no plural
            return label
    return (key_of(label) if _folds(label) else "") or label.casefold()


def _plain(phrase: str) -> str:
    """A phrase with plain dashes and apostrophes, without "the", the dots of "A.I.", a last "(NLP)" of its letters."""
    phrase = " ".join(phrase.translate(_MARKS).split()).removeprefix("the ")
    phrase = phrase.replace(".", "") if _DOTTED.fullmatch(phrase) else phrase
    last = _SHORT_FORM.fullmatch(phrase)
    initials = "".join(w[0] for w in re.split(r"[\s-]+", last[1]) if w) if last else ""
    return last[1] if last and initials.lower() == last[2].lower() else phrase


@remembered
def _joined() -> dict[str, Concept]:
    """Long names written as one word ("multiagent", "e learning") to their concept, where there is but one."""
    table: dict[str, Concept] = {}
    doubtful = set()
    for words, concept in vocabulary().items():
        one = words.replace(" ", "")
        if table.setdefault(one, concept).label != concept.label:
            doubtful.add(one)
    return {one: c for one, c in table.items() if len(one) >= _LONG and one not in doubtful}


def _folds(name: str) -> bool:
    """Whether folding leaves the name what it is: "C++" is no "c", an "∞-category" no category."""
    told = name.isascii() or all(c.isascii() or c.isalpha() for c in name)
    return told and not name.endswith(("+", "#"))


def _same(alt: str, label: str, stems: Callable[[], frozenset[str]]) -> bool:
    """Whether another name says the same words: other endings, an acronym spelled out, a generic head more or less."""
    if " " not in alt and sum(c.isupper() for c in alt) > 1:
        return True
    if key_of(alt).replace(" ", "") == key_of(label).replace(" ", ""):
        return True
    return _stems(alt, label) == stems()


def _stems(name: str, label: str) -> frozenset[str]:
    initials = "".join(w[0] for w in label.replace("-", " ").split())
    long = _spelled_out()
    words = [
        w
        for part in name.replace("-", " ").split()
        for w in (
            label
            if part.isupper() and len(part) > 1 and part.lower() in initials
            else long.get(part, part)
        )
        .lower()
        .replace("-", " ")
        .split()
    ]
    return frozenset(w[:5] for w in map(singular, words) if w not in _GENERIC) or frozenset(words)


@remembered
def _spelled_out() -> dict[str, str]:
    return {
        alt: label
        for label, alts, _ in _rows()
        for alt in alts
        if " " not in alt and sum(c.isupper() for c in alt) > 1
    }


@remembered
def longest() -> int:
    """Words of the longest name."""
    return max((len(k.split()) for k in vocabulary()), default=1)


@remembered
def starts() -> dict[str, int]:
    """First word of the names -> words of the longest name that begins with it."""
    table: dict[str, int] = {}
    for key in vocabulary():
        first, *rest = key.split()
        table[first] = max(table.get(first, 0), 1 + len(rest))
    return table


@remembered
def heads() -> Counter[str]:
    """Last words of the names -> how many end in them: what a topic may be a kind of."""
    return Counter(k.rsplit(" ", 1)[-1] for k in vocabulary() if " " in k)


@remembered
def words() -> Counter[str]:
    """Words of the names -> how many hold them."""
    return Counter(w for k in vocabulary() for w in set(k.split()))


@remembered
def fields(label: str) -> frozenset[str]:
    """All labels above one or near it, itself among them."""
    seen, todo = {label}, [label]
    while todo:
        concept = by_label().get(todo.pop()) or vocabulary().get(key_of(label))
        for above in (*concept.broader, *concept.near) if concept else ():
            if above not in seen:
                seen.add(above)
                todo.append(above)
    return frozenset(seen)
