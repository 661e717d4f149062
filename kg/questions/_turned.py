"""Questions of several parts as one: what stands in front goes behind, and pronouns give way to whom they mean."""

from __future__ import annotations

import re

_ASKING = r"who|whose|which|what|where|when|how many|how"
_BEFORE_ASKING = r"(?:(?:in|at|on|from|for|under|by|with|of) )?"
_TO_ASK = rf"{_BEFORE_ASKING}(?:{_ASKING})"
_FRONT = re.compile(
    r"^ (before|after|since|until|as of|in|at|during|with|besides|apart from|except for|aside from|other than"
    r"|looking at) "
    r"([^,]+), (?!and |or )(.+?) $",
    re.IGNORECASE,
)
"""What tells a time, a place or who does not count, in front of a question."""
_BEHIND = {
    "looking at": "in", "as of": "in", "besides": "other than", "apart from": "other than",
    "except for": "other than", "aside from": "other than",
}  # fmt: skip
_PARTS = re.compile(
    rf"^ (.+?)(?:,? (?:and|so|but)|,) ((?:{_TO_ASK}) .*?) $",
    re.IGNORECASE,
)
_PERSON = (
    "speaker|person|researcher|scientist|guy|man|woman|lady|laureate|winner|lecturer|professor|advisor|adviser"
    "|supervisor|one"
)
_PRONOUN = re.compile(
    rf"(?<= )(?:(?P<subject>(?:that|this) (?:{_PERSON})|he|she|they|him|them|it|that|this)"
    r"|(?P<owner>his|her|hers|their|its))(?= )",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"^(?:(?:who|(?:which|what) (?:{_PERSON})) |the (?:{_PERSON}) (?:who|that) )(.+)$",
    re.IGNORECASE,
)
"""Somebody who is told by what he did."""
_SUBJECT = re.compile(
    r"^((?:[^\W\d_a-z][^\s,]*(?: (?:van|von|de|der|den|di|da|la|le|al)(?= ))*(?= |$) ?){1,5})(?=(?!(?:and|or) )[a-z]|$)"
)
"""The name that a statement begins with."""
_GROUP = re.compile(
    r"[A-Z]\S*(?: \S+){0,2} (?:graduates|alumni|people|speakers|researchers|students|professors|laureates|winners)"
)
"""Some people, by a name and what they are."""
_AUXILIARIES = frozenset("is are was were did does do has have can could will".split())
_OTHERS = re.compile(
    r" (?:who|student|advisor|adviser|supervisor|mentor|colleague|with|by) ", re.IGNORECASE
)
"""Words of a statement that tell of a second person: a pronoun behind it may mean either."""
_INTEREST = re.compile(
    r"^ (?:i|we|i'm|we're|i'd|we'd|i've|we've|setting|organizing|organising|planning|preparing|putting) "
    r".*?(?:on|about|in|into|of|for) ((?:\S+ ){0,5}?\S+), "
    r"(?:who (?:could|can|should|would|might|do|to)(?: (?!from |at |in |of |with )\S+){1,4}"
    r"|(?:who|which (?:speakers|people|talks|scientists|researchers|guests|lecturers|lectures)) "
    r"(?:[^,]* )?(?:that|it|this|them)(?:,? .*)?) $",
    re.IGNORECASE,
)
"""What somebody tells of himself before he asks who knows of it."""


def interested(text: str) -> str:
    """A question without what somebody tells of himself before he asks."""
    interest = _INTEREST.match(text)
    return f" who speaks on {interest[1]} " if interest else text


def turned(text: str) -> str:
    """A question, with a space at either end, in the order and the words of a single one."""
    if front := _FRONT.match(text):
        word = front[1].lower()
        text = f" {front[3]} {_BEHIND.get(word, word)} {front[2]} "
    return _joined(text)


def _joined(text: str) -> str:
    """The second of two questions, where it asks of whom the first tells."""
    parts = _PARTS.match(text)
    if parts is None:
        return text
    told = _told(parts[1].strip())
    asked = f" {parts[2]} "
    if not told or not _PRONOUN.search(asked):
        return text
    return _PRONOUN.sub(lambda m: f"{told}'s" if m["owner"] else told, asked, count=1)


def _told(part: str) -> str:
    """Whom the first part of a question tells of, "" for nobody."""
    if asked := _ASKED.match(part):
        return f"the person who {asked[1]}"
    name = _SUBJECT.match(part)
    if _GROUP.fullmatch(part):
        return part
    said = name[1].strip() if name and not _OTHERS.search(part) else ""
    return "" if re.fullmatch(_ASKING, said.lower()) or said.lower() in _AUXILIARIES else said
