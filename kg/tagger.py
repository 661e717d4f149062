"""A second reader of sentences: a learned chain that marks heads and details of facts, and knows what the clauses read.

Every word of a speaker's line or biography gets a label in BIO notation; the encoder, which knows more words, has a say
in it. The features are the word, its neighbours and shape, the mentions found there, what the sentence said before (its
verb, its last role, words of the past), and the facts that the grammar of clauses gave: the chain learns where these
are right, wrong, or missing (stacking: Wolpert, Neural Networks 5, 1992). Weights are data
(``data/models/facts.json``), learned by ``kg/training/facts.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kg import chain, encoder, names
from kg.language import Sentence, Token
from kg.model import Mention, Span

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

ENCODER = 0.5
"""What the encoder's log-probabilities count beside the chain's scores: best of six tried on sites held back."""
_PAST = frozenset(
    (
        "previously formerly prior before earlier former past previous until was were after "
        "following served worked spent joined left retired"
    ).split()
)
_NOW = frozenset(
    "currently now since present presently today current is serves works leads".split()
)
_SMALL = frozenset("at in of from for with by to as under on and , ; ( ) : –".split())


@dataclass(frozen=True)
class Heard:
    """A sentence of a speaker's line or biography, with what is known of it.

    Parameters:
        place: ``line`` or ``bio``.
        about: whom the sentence speaks of, as ``kg.subjects`` judges.
        told: where the clauses saw the object of a fact, with the kind of the fact.
    """

    sentence: Sentence
    mentions: tuple[Mention, ...]
    place: str
    about: str
    told: tuple[tuple[Span, str], ...] = ()


@dataclass(frozen=True)
class Tag:
    """A head or detail of a fact: its kind, where it stands, and how sure that is, from 0 to 1."""

    kind: str
    span: Span
    sure: float = 0.9


_LABELS = {
    "Affiliation": "aff", "Position": "pri", "Education": "edu", "Membership": "mem", "AwardReceipt": "awd",
    "Advising": "adv",
}  # fmt: skip


def tag(
    paragraph: Sequence[Heard], at: frozenset[str], name: str
) -> tuple[list[Tag], dict[tuple[Span, str], float]]:
    """Heads and details in the sentences of one paragraph, in reading order; and for every fact of the clauses, by
    its object and kind, the probability that it is one.

    Parameters:
        at: folded names of the organizations that stand beside the speaker's name.
        name: the speaker.
    """
    words = [t for h in paragraph for t in h.sentence.tokens]
    if not words:
        return [], {}
    roles = chain.load("facts").roles
    seen = encoder.labels(name, [t.text for t in words], paragraph[0].place == "line")
    order = [encoder.names()[2].index(role) for role in roles]
    path, chances = _decode(features(paragraph, at), ENCODER * seen[:, order].astype(float))
    sure = [float(chances[i][n]) for i, n in enumerate(path)]
    told = {t: _chance(words, roles, chances, *t) for h in paragraph for t in h.told}
    return list(_spans(words, [roles[n] for n in path], sure)), told


def _chance(
    words: list[Token], roles: tuple[str, ...], chances: Array, span: Span, kind: str
) -> float:
    """Probability that the words of a fact are what the clauses take them for, by its likeliest word."""
    label = _LABELS.get(kind, "")
    columns = [
        n for n, role in enumerate(roles) if role[2:] in {label, "deg" if label == "edu" else label}
    ]
    inside = [i for i, t in enumerate(words) if t.span.start < span.end and span.start < t.span.end]
    return max((float(chances[i, columns].sum()) for i in inside), default=1.0)


def _spans(words: list[Token], labels: list[str], sure: list[float]) -> Iterator[Tag]:
    run: list[int] = []
    for n, label in enumerate([*labels, "O"]):
        if run and not (label.startswith("I-") and label[2:] == labels[run[0]][2:]):
            span = Span(words[run[0]].span.start, words[run[-1]].span.end)
            mean = sum(sure[i] for i in run) / len(run)
            yield Tag(labels[run[0]][2:], span, round(mean, 3))
            run = []
        if label != "O":
            run.append(n)


def features(paragraph: Sequence[Heard], at: frozenset[str]) -> list[list[str]]:
    """Features of every word of a paragraph."""
    out: list[list[str]] = []
    for number, heard in enumerate(paragraph):
        out += _sentence(heard, min(number, 2), at)
    return out


def _sentence(heard: Heard, number: int, at: frozenset[str]) -> list[list[str]]:
    tokens = heard.sentence.tokens
    lower = [t.lower for t in tokens]
    kinds = _kinds(tokens, [(m.span, f"{m.kind}/{m.note}") for m in heard.mentions])
    told = _kinds(tokens, list(heard.told))
    plain = [k.split("/")[0] for k in kinds]
    shapes = [_shape(t.text) for t in tokens]
    history = _History()
    ahead = _ahead(plain)
    opens = " ".join(lower[:2])
    out = []
    for i, token in enumerate(tokens):
        history.bracket += token.text == "("
        here = kinds[i]
        row = [
            "1", f"p={heard.place}", f"ab={heard.about}", f"n={number}", f"k={here}", f"r={told[i]}",
            f"s={shapes[i]}", f"t={token.tag}", f"w={lower[i]}", f"e={lower[i][-3:]}", f"nk={ahead[i]}",
            f"o={opens}", f"lv={history.verb}", f"lr={history.role}", f"lk={history.kind}", f"()={history.bracket > 0}",
            f"past={history.past}", f"now={history.now}", f"lp={history.small}", f"deg={history.degree}",
            f"awd={history.award}", f"orgs={min(history.organizations, 3)}",
        ]  # fmt: skip
        row += [f"w{d}={_near(lower, i, d)}" for d in (-3, -2, -1, 1, 2, 3)]
        row += [f"k{d}={_near(kinds, i, d)}" for d in (-2, -1, 1, 2)]
        row += [f"r{d}={_near(told, i, d)}" for d in (-1, 1)]
        row += [f"s{d}={_near(shapes, i, d)}" for d in (-1, 1)]
        row += [
            f"w-1w={_near(lower, i, -1)} {lower[i]}", f"ww1={lower[i]} {_near(lower, i, 1)}",
            f"k-1k={_near(kinds, i, -1)} {here}", f"kr={here} {told[i]}", f"k lv={plain[i]} {history.verb}",
            f"k lr={plain[i]} {history.role}", f"k lk={plain[i]} {history.kind}", f"k lp={plain[i]} {history.small}",
            f"k p={plain[i]} {heard.place} {heard.about}", f"k time={plain[i]} {history.past} {history.now}",
            f"r time={told[i]} {history.past} {history.now}", f"r lv={told[i]} {history.verb}",
            f"k w-2w-1={plain[i]} {_near(lower, i, -2)} {_near(lower, i, -1)}", f"k o={plain[i]} {opens}",
            f"k deg awd={plain[i]} {history.degree} {history.award} {history.small}",
        ]  # fmt: skip
        if plain[i] == "organization" and at and names.fold(_name(heard, token)) in at:
            row.append("at")
        out.append(row)
        history.take(token, kinds[i])
        history.bracket -= token.text == ")"
    return out


def _near(row: Sequence[str], i: int, steps: int) -> str:
    at = i + steps
    return row[at] if 0 <= at < len(row) else "^" if at < 0 else "$"


def _name(heard: Heard, token: Token) -> str:
    for m in heard.mentions:
        if m.span.start <= token.span.start < m.span.end:
            return m.value
    return token.text


class _History:
    """What a sentence said up to a word."""

    def __init__(self) -> None:
        self.verb = self.role = self.kind = self.small = "-"
        self.past = self.now = self.degree = self.award = False
        self.bracket = self.organizations = 0

    def take(self, token: Token, kind: str) -> None:
        """Go on by one word."""
        word = token.lower
        if token.tag.startswith("VB") and kind == "O":
            self.verb = word
        if word in _SMALL:
            self.small = word
        self.past |= word in _PAST
        self.now |= word in _NOW
        if kind != "O":
            mark, _, rest = kind.partition("-")
            what = rest.split("/")[0]
            self.kind = what
            if what == "role":
                self.role = word
            self.degree |= what == "degree"
            self.award |= what == "award"
            self.organizations += mark == "B" and what == "organization"


def _kinds(tokens: Sequence[Token], found: list[tuple[Span, str]]) -> list[str]:
    """Label of every token, in BIO notation."""
    out = ["O"] * len(tokens)
    for span, kind in found:
        first = True
        for i, t in enumerate(tokens):
            if t.span.start < span.end and span.start < t.span.end and out[i] == "O":
                out[i] = f"{'B' if first else 'I'}-{kind}"
                first = False
    return out


def _ahead(kinds: list[str]) -> list[str]:
    """The next kind of mention behind every token, within ten tokens."""
    out, coming, away = [], "-", 0
    for kind in reversed(kinds):
        out.append(coming if away <= 10 else "-")
        away += 1
        if kind.startswith("B"):
            coming, away = kind[2:], 0
    return out[::-1]


def _shape(word: str) -> str:
    if word.isdigit():
        return "9" * min(4, len(word))
    if re.search(r"\d", word):
        return "a9"
    if not word[0].isalnum():
        return word
    if word.islower():
        return "a"
    return "AA" if word.isupper() and len(word) > 1 else "Aa" if word[1:].islower() else "aA"


@cache
def _arrays() -> tuple[Mapping[str, int], Array, Array]:
    """Row of every feature, weights by row and label, and what may follow what."""
    import numpy as np  # noqa: PLC0415  heavy: loaded when text is read

    model = chain.load("facts")
    weights = np.zeros((len(model.weights), len(model.roles)))
    for row, pairs in enumerate(model.weights.values()):
        for role, weight in pairs:
            weights[row, role] = weight
    return {f: n for n, f in enumerate(model.weights)}, weights, np.array(model.steps)


def _decode(found: list[list[str]], also: Array) -> tuple[list[int], Array]:
    """The best path, and for every word the probability of every label (forward and backward sums).

    Parameters:
        also: scores of another judge, by word and label, which are added.
    """
    import numpy as np  # noqa: PLC0415  heavy: loaded when text is read

    rows, weights, steps = _arrays()
    known = [[rows[f] for f in word if f in rows] for word in found]
    starts = np.cumsum([0, *(len(word) for word in known[:-1])])
    scores = np.add.reduceat(weights[[n for word in known for n in word]], starts) + also
    n = len(scores)
    likely = np.exp(scores - scores.max(1, keepdims=True))
    follow = np.exp(steps)
    best, back = scores[0], []
    ahead, behind = np.empty_like(scores), np.empty_like(scores)
    ahead[0], behind[n - 1] = likely[0], 1.0
    for i in range(1, n):
        paths = best[:, None] + steps
        back.append(paths.argmax(0))
        best = paths.max(0) + scores[i]
        row = (ahead[i - 1] @ follow) * likely[i]
        ahead[i] = row / row.sum()  # only shares matter, and small numbers would vanish
    for i in range(n - 2, -1, -1):
        row = follow @ (likely[i + 1] * behind[i + 1])
        behind[i] = row / row.sum()
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    path.reverse()
    total = ahead * behind
    chances: Array = total / total.sum(1, keepdims=True)
    return path, chances
