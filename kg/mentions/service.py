"""Service beside the job: "maintainer of Tidewater", "a Heron contributor", "organizes PyTide", "volunteers with X".

The bodies are communities, free software, conferences and charities, whose names tell nothing of their kind: the
words of service ask for them. The word of service is a role, the body an organization; ``note`` is ``service``.
"""

from __future__ import annotations

import re
from functools import cache

from kg import names, resources
from kg.language import Sentence, Token
from kg.mentions import Context
from kg.mentions._body_names import Run, article, bodies, kinds
from kg.model import Mention

_NOUN = (
    r"(?:(?:co-?)?maintainer|contributor|committer|collaborator|(?:co-?)?organi[sz]er|volunteer|moderator|"
    r"curator|PTL|patron|(?:co-?)?convenor|(?:co-?)?convener)s?"
)
_CORE = (
    r"(?:(?:core|lead|main|primary|founding|active|regular|frequent|chief|"
    r"long-?time|long-term|open[- ]source|community|local) )*"
)
_BEFORE = re.compile(
    rf"(?P<role>\b{_CORE}(?:{_NOUN}|ambassador|mentor)|\bcore (?:team )?(?:member|developer|dev)s?)\b",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"\b(?P<role>{_CORE}{_NOUN}|core (?:team )?(?:member|developer|contributor)s?|project lead(?:er)?|volunteer work)"
    r"\s+(?:of|for|to|with|on|at|in)\s+",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\b(?P<role>(?:(?:lead|co-lead|co-?|former|multiple) ?)*(?:principal investigators?|PIs?\b)|"
    r"lead expert|founders?|co-?founders?|organi[sz]ing member)\s+(?:of|for|to|on|in)\s+",
    re.IGNORECASE,
)
_ADVISES = re.compile(r"\b(?P<role>(?:an? |technical |scientific |policy )*advis[eo]r) to\s+")
_VERB = re.compile(
    r"\b(?P<role>(?:co-?)?organi[sz]es|co-?organi[sz]ed|(?:co-?)?maintains|moderates|curates|"
    r"(?:co-?)?hosts|advises|contributes to|"
    r"volunteers (?:with|for|at)|volunteered (?:with|for|at)|volunteering (?:with|for|at))\s+"
    r"(?:(?:[a-z-]+ ){1,4}(?:including|such as|like)\s+)?"
)
_TIED = re.compile(
    r"\b(?P<role>(?:actively |deeply |heavily |closely )?"
    r"(?:involved|engaged|active|associated|participates) (?:with|in))\s+"
)
_MEMBER = re.compile(
    r"\b(?P<role>(?:(?:founding|core|active|past|former|full|elected|long-?time) )*members?)\s+(?:of|on|in)\s+(?:the )?"
    r"(?P<name>(?:(?!and\b|at\b|for\b|in\b|a\b)[\w.+#’'-]+ ){1,6}?"
    r"(?P<head>consortium|council|network|initiative|society|"
    r"association|coalition|alliance|collective|working group|(?:project )?[a-z]+ team|community))\b"
)
_WITH = re.compile(r"\b(?P<role>(?:actively |closely )?(?:involved|associated) with)\s+")
_PART = re.compile(r"\b(?P<role>part) of\s+")
_SEATS = re.compile(
    r"\b(?P<role>(?:[A-Z]\w*,? (?:and )?){0,3}(?:program(?:me)? committee |organi[sz]ing committee |committee |PC )?"
    r"(?:members?|(?:co-?)?chairs?)|(?:program(?:me)?|organi[sz]ing|steering) committees?)\s+"
    r"(?:(?:of|for|in|on|at)\s+)?(?:[a-z-]+,? ){0,8}"
    r"(?:\((?:e\.g\.,?\s|including\s)?|(?:such as|including|like|e\.g\.,?)\s+)"
)
_GROUPS = frozenset(
    "team group community network collective initiative committee council club chapter crew movement campaign".split()
)
_NO_NAMES = frozenset(
    (
        "open source community event events conference lead senior key major main active core local volunteer "
        "software code regular founding web i ai data tech linux-like fortune python-like chief former ex "
        "co student students program machine learning deep phd her his their our my its your this that"
    ).split()
)
_AFTER_NOT = frozenset(
    "podcast podcasts show blogs research projects companies studies students startups clients field fields".split()
)
_WORKPLACES = frozenset(
    "university college institute center centre laboratory lab department directorate school division inc".split()
)
_DROPPED = re.compile(
    r"(?:\s+(?:projects?|conferences?|community|communities|series|workshop|library|framework|team|[’']?\d\d|(?:19|20)\d\d))+$"
)


def find(sentence: Sentence, context: Context) -> list[Mention]:
    """Words of service and the bodies they serve."""
    del context
    found: list[Mention] = []
    for match in _BEFORE.finditer(sentence.text):
        found += _owned(sentence, match)
    for pattern in (_OF, _ADVISES, _VERB, _SEATS):
        for match in pattern.finditer(sentence.text):
            found += _served(sentence, match, known=False)
    for pattern in (_LEADS, _TIED, _PART):
        for match in pattern.finditer(sentence.text):
            found += _served(sentence, match, known=True)
    for match in _MEMBER.finditer(sentence.text):
        found += _lower(sentence, match)
    for match in _WITH.finditer(sentence.text):
        found += _alone(sentence, match)
    return found


def _lower(sentence: Sentence, match: re.Match[str]) -> list[Mention]:
    """The role and a body whose name goes on in lower case: "the German One Health council"."""
    name, core = match["name"], match["role"].split()[0] in {"core", "founding"}
    if match["head"].endswith("team") and not core:
        return []
    if name[0].isupper() and name.split()[-2][0].isupper() and "team" not in name:
        return []  # an ordinary name
    if not re.search(r"[A-Z]", name) and (" of " not in name or not core):
        return []
    start = sentence.span.start
    place = type(sentence.span)(start + match.start("name"), start + match.end("name"))
    return [_role(sentence, match), Mention("organization", place, name, 2.45, "service")]


def _alone(sentence: Sentence, match: re.Match[str]) -> list[Mention]:
    """The role and a name that nothing qualifies: "involved with Oslo Waters since 2018"."""
    found = _served(sentence, match, known=False)[:2]  # what follows in a list may be anything
    for m in found[1:]:
        after = sentence.text[m.span.end - sentence.span.start :]
        if not re.match(r"\s*(?:[,.;)(]|$|(?:since|and|as|in|for|through|where)\b)", after):
            return []
        words = names.fold(m.value).split()
        if all(w in _plain() for w in words) or set(words) & _WORKPLACES:
            return []
    return found


@cache
def _plain() -> frozenset[str]:
    """Words of fields of study and of titles, which name no body."""
    lists = (*resources.words("fields"), *resources.words("title-words"))
    return frozenset(names.fold(w) for line in lists for w in line.split())


def _role(sentence: Sentence, match: re.Match[str]) -> Mention:
    start = sentence.span.start
    span = type(sentence.span)(start + match.start("role"), start + match.end("role"))
    return Mention("role", span, match["role"], 2.45, "service")


def _served(sentence: Sentence, match: re.Match[str], *, known: bool) -> list[Mention]:
    """The role and the bodies behind it.

    Parameters:
        known: whether the name must tell that it is a body ("the Tide Network"), as the words may mean anything.
    """
    at, tokens = sentence.span.start + match.end(), sentence.tokens
    first = next((i for i, t in enumerate(tokens) if t.span.start >= at), len(tokens))
    out: list[Mention] = []
    for run in _names(tokens, first):
        if known and not out and not _is_body(sentence, run):
            break
        if (
            match["role"].endswith("ed")
            and {t.lower for t in sentence.tokens[slice(*run)]} & _WORKPLACES
        ):
            break  # it was held there
        out.append(_body(sentence, run))
    return [_role(sentence, match), *out] if out else []


def _owned(sentence: Sentence, match: re.Match[str]) -> list[Mention]:
    """The role and the body right before it: "a Heron contributor"."""
    at, tokens = sentence.span.start + match.start("role"), sentence.tokens
    end = next((i for i, t in enumerate(tokens) if t.span.start >= at), 0)
    first = end
    while first and end - first < 5:
        if _odd(tokens[first - 1]):
            first -= 1
        elif (
            first > 1
            and first < end
            and tokens[first - 1].lower == "of"
            and _odd(tokens[first - 2])
        ):
            first -= 2
        else:
            break
    words = {t.lower for t in tokens[first:end]}
    plain = words <= _NO_NAMES or words & _modifiers()
    lone = first == 0 and end - first == 1 and tokens[0].text.istitle() and len(tokens) > 8
    thing = re.match(
        r"\s+(?:program|award|role|network|day)", sentence.text[match.end() :], re.IGNORECASE
    )
    if first == end or plain or thing or (lone and tokens[end].span.start != at):
        return []
    return [_body(sentence, (first, end)), _role(sentence, match)]


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(w.casefold() for w in resources.words("role-modifiers"))


def _names(tokens: tuple[Token, ...], at: int) -> list[Run]:
    """Names in a list, in a bracket or behind an article; a lower-case one with a head behind it."""
    at = article(tokens, at)
    while at < len(tokens) - 1 and tokens[at].lower in {
        "open-source",
        "annual",
        "popular",
        "local",
    }:
        at += 1
    if at >= len(tokens):
        return []
    runs = [r for n, r in enumerate(bodies(tokens, at)) if not _refused(tokens, r, n)]
    if runs and runs[0][0] == at:
        return [_whole(tokens, r) for r in runs]
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    token = tokens[at]
    coined = re.search(r"[a-z].*[A-Z]|[a-z]\d|\w\.\w", token.text)
    if coined or (token.tag in {"NNP", "NN"} and after in {"project", "library"}):
        return [(at, at + 1 + (after in {"project", "library", "team"}))]
    return []


def _whole(tokens: tuple[Token, ...], run: Run) -> Run:
    """A name with the thing it names behind it: "the Tide library"."""
    after = tokens[run[1]].lower if run[1] < len(tokens) else ""
    return run[0], run[1] + (after in {"library", "team", "framework"})


def _refused(tokens: tuple[Token, ...], run: Run, place: int) -> bool:
    """Whether a run is no name: ordinary words, or one that only qualifies a thing behind it."""
    words = {t.lower for t in tokens[slice(*run)]}
    behind: list[str] = []
    for token in tokens[run[1] : run[1] + 4]:
        if not token.word:
            break
        behind.append(token.lower)
    owns = place > 0 and run[1] < len(tokens) and tokens[run[1]].lower in {"'s", "’s"}
    return owns or words <= _NO_NAMES or bool(set(behind) & _AFTER_NOT)


def _odd(token: Token) -> bool:
    """Whether a word may belong to a name: a capital, or one inside it."""
    articles = {"the", "a", "an", "as", "he", "she", "is", "he's", "she's", "i", "i'm", "and"}
    return (
        token.word
        and token.lower not in articles
        and (token.capital or bool(re.search(r"[a-z][A-Z]", token.text)))
    )


def _is_body(sentence: Sentence, run: Run) -> bool:
    """Whether a name or the word behind it tells a body."""
    tokens = sentence.tokens[run[0] : run[1] + 1]
    return any(t.lower in kinds() or t.lower in _GROUPS for t in tokens)


def _body(sentence: Sentence, run: Run) -> Mention:
    text = " ".join(sentence.between(*run).split())
    value = _DROPPED.sub("", text).strip("“”\"‘’'") or text
    return Mention("organization", sentence.place(*run), value, 2.45, "service")
