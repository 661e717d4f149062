"""How the name of an organization is built: what may stand before and behind its head word."""

from __future__ import annotations

from functools import cache

from kg import authorities, gloss, names, resources
from kg.language import Token

_OF = frozenset(("of for de di der fur du des del della dell' da do d' l' voor en y e et").split())
_LEAST = 5
_CHAIRS = frozenset("chair professor director head dean president fellow scientist".split())
_ROMANCE_HEADS = frozenset(
    (
        "universidad universidade universite universita ecole escuela escola scuola facultad faculdade faculte facolta "
        "departamento departement dipartimento instituto institut istituto laboratorio laboratoire centro centre "
        "academia academie accademia politecnico consejo conseil consiglio"
    ).split()
)
_ROMANCE = frozenset({"en", "y", "e", "et"})
_NAMED_WHOLE = frozenset("foundation society association alliance coalition fund project".split())
_PARTICLES = frozenset("van von der den ter ten".split())
_LISTED = frozenset("association society institute council agency commission ministry".split())
_LEGAL = frozenset(
    "ltd inc llc gmbh ag plc corp limited bvba sprl srl sarl kgaa pbc oyj pty".split()
)
_REMITS = frozenset(
    (
        "food environment environmental labour labor welfare culture innovation trade industry tourism fisheries sport "
        "sports housing transport transportation commerce employment development youth justice immigration resources"
    ).split()
)
"""What ministries and institutes are for, beside fields of study."""
_SENTENCE = frozenset(
    (
        "former formerly earlier previous past now today present other he she they his her "
        "their the a an i we in at on for with from since before after prior currently "
        "previously recently this that it its as dr prof professor director head chair dean "
        "president founder co-founder ceo cto member fellow postdoc researcher scientist "
        "engineer assistant associate senior where when while who and or by until during "
        "following phd ph.d. msc m.sc. bsc master bachelor masters bachelors degree"
    ).split()
)
WEAK_HEADS = frozenset(
    (
        "systems networks research software robotics analytics technologies solutions capital "
        "fund studio partners press survey review reviews letters magazine trust archives"
    ).split()
)


@cache
def heads() -> dict[str, str]:
    """Head word -> its class."""
    return dict(line.split("\t")[:2] for line in resources.words("organization-heads"))


def before(tokens: tuple[Token, ...], i: int) -> int:
    """Capitalised words before a head word, with the links that may stand among them."""
    first = _listed(tokens, i)
    while first > 0:
        token = tokens[first - 1]
        if _is_legal(token):
            break
        if part(token) and not _is_break(tokens, first - 1):
            first -= 1
        elif (
            (token.lower in {"de", "of", "for", "&", "-", "–", "/", "'s", "’s", "and"})
            and first > 1
            and part(tokens[first - 2])
            and not _is_legal(tokens[first - 2])
            and _tied(tokens, first - 1, i)
        ):
            first -= 2
        elif (article := _behind_article(tokens, first, i)) is not None:
            first = article
        elif token.text == ")" and (opened := _bracket(tokens, first - 1)) is not None:
            first = opened
        elif _is_legal(tokens[i]) and (brand := _brand(tokens, first, i)) is not None:
            first = brand
        else:
            break
    return first


def _behind_article(tokens: tuple[Token, ...], first: int, head: int) -> int | None:
    """Where a name goes on before "of the" or a particle: "Freedom of the Seas Foundation", "van der Heron Lab"."""
    last = [t.lower for t in tokens[max(0, first - 2) : first]]
    if last in (["of", "the"], ["without", "the"], ["for", "the"]) and first > 2 and head > first:
        noun = tokens[first - 3]
        foundation = names.fold(tokens[head].text) in _NAMED_WHOLE
        fits = foundation and part(noun) and names.fold(noun.text) not in heads()
        return first - 3 if fits else None
    if first == head or last[-1:] == [] or last[-1] not in _PARTICLES:
        return None
    return first - 2 if last[0] in _PARTICLES and len(last) > 1 else first - 1


def _listed(tokens: tuple[Token, ...], i: int) -> int:
    """Start of a unit named by a list of fields behind "the": "the Information, Risk and Operations Department"."""
    word = names.fold(tokens[i].text)
    if (heads().get(word) != "unit" and word not in _LISTED) or not tokens[i].capital:
        return i
    first = i
    while first > 0 and (
        (part(tokens[first - 1]) and names.fold(tokens[first - 1].text) not in heads())
        or tokens[first - 1].text in {",", "(", ")"}
        or tokens[first - 1].lower in {"and", "&"}
    ):
        first -= 1
    opened = first > 0 and tokens[first - 1].lower == "the" and part(tokens[first])
    return first if opened and not any(authorities.lookup(t.text) for t in tokens[first:i]) else i


def _is_legal(token: Token) -> bool:
    return names.fold(token.text) in _LEGAL


def _brand(tokens: tuple[Token, ...], first: int, head: int) -> int | None:
    """Where the name before a legal form goes on: behind "Co.," or at a brand in lower case ("zeta Works GmbH")."""
    token = tokens[first - 1]
    if token.text in {",", "."} and first > 1:
        dot = tokens[first - 2].text == "."
        stem = tokens[first - 3 if dot else first - 2] if first > 2 else tokens[0]
        fits = first == head or tokens[first].lower in _LEGAL
        return first - (2 if dot else 1) if fits and part(stem) else None
    lower = token.text.islower() and token.text.isalpha() and token.tag.startswith("NN")
    plain = token.lower in _SENTENCE | _OF | {"company", "firm", "startup", "group"}
    return first - 1 if lower and not plain and head - first <= 1 else None


def _bracket(tokens: tuple[Token, ...], close: int) -> int | None:
    """Index of the short name before a bracket that spells it out: "FODA (Foundations of Data Analysis) Institute"."""
    at = next((j for j in range(close, max(-1, close - 9), -1) if tokens[j].text == "("), None)
    if at and close - at == 2 and tokens[at + 1].text.isupper() and part(tokens[at - 1]):
        return at
    return at - 1 if at and tokens[at - 1].text.isupper() and len(tokens[at - 1].text) > 1 else None


def _tied(tokens: tuple[Token, ...], link: int, head: int) -> bool:
    """Whether a small word inside a name ties: a hyphen does; "and" only in a unit of two fields."""
    word = tokens[link].lower
    if word in {"-", "–", "/", "'s", "’s", "&"}:
        return tokens[link].span.end == tokens[link + 1].span.start or word in {"'s", "’s", "&"}
    if word == "and":
        return (
            heads().get(names.fold(tokens[head].text)) == "unit"
            and heads().get(names.fold(tokens[link - 1].text)) is None
            and _common(tokens[link - 1])
        )
    return False


def _common(token: Token) -> bool:
    return names.fold(token.text) in _field_words()


@cache
def _field_words() -> frozenset[str]:
    lines = [*resources.words("fields")]
    return _REMITS | {w for line in lines for w in names.fold(line).split()}


def part(token: Token) -> bool:
    """Whether a word may be part of a proper name."""
    return (
        token.word
        and (token.capital or _elided(token) or _camel(token))
        and token.lower not in _SENTENCE
        and (not token.gloss or token.tag in {"NN", "JJ"})
        and "http" not in token.text
    )


def _camel(token: Token) -> bool:
    """Whether a brand opens with a small letter: "eBay", "xAI"."""
    return (
        len(token.text) > 2 and any(c.isupper() for c in token.text[1:3]) and token.text.isalpha()
    )


def _elided(token: Token) -> bool:
    """Whether an article is tied to a capitalised word: "l'Évolution", "d'Études"."""
    return token.text[:2] in {"l'", "l’", "d'", "d’"} and token.text[2:3].isupper()


def _is_break(tokens: tuple[Token, ...], i: int) -> bool:
    return tokens[i].lower in {"prof", "dr"}


def after(tokens: tuple[Token, ...], i: int) -> int:
    """What follows a head word: "of X and Y", a campus, capitalised words."""
    end = _lower_case(tokens, i)
    while end < len(tokens) and not _blank_line(tokens, end):
        token = tokens[end]
        if end + 1 < len(tokens) and _leads_on(tokens, i, end) and _opens(tokens, end + 1):
            if _parts_off(tokens, i, end) and _home(tokens, end + 1):
                break
            end = _list(tokens, end + 1)
        elif (
            token.text == "."
            and end == i + 1
            and tokens[i].lower in {"dept", "univ", "inc", "ltd", "corp"}
        ) or (part(token) and heads().get(names.fold(token.text)) != "unit"):
            end += 1
        elif (
            token.text in {"-", "–"}
            and end + 1 < len(tokens)
            and part(tokens[end + 1])
            and token.span.end == tokens[end + 1].span.start
        ):
            end += 2
        else:
            break
    while end > i + 1 and not (
        tokens[end - 1].word
        or (tokens[end - 1].text == "." and tokens[end - 2].lower in {"inc", "ltd", "corp", "dept"})
    ):
        end -= 1
    return end


def _blank_line(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a blank line stands before a word, as between the lines beside a speaker's name."""
    return tokens[i].span.start - tokens[i - 1].span.end > 1


def _lower_case(tokens: tuple[Token, ...], i: int) -> int:
    """Index behind the words in lower case that a Romance head goes on with: "École normale supérieure",
    "Universidad autónoma", "Departamento de física teórica"."""
    end = i + 1
    if names.fold(tokens[i].text) not in _ROMANCE_HEADS or not tokens[i].capital:
        return end
    while end < len(tokens):
        linked = tokens[end].lower in _OF
        at = end + 1 if linked else end
        if at >= len(tokens) or not _plain_word(tokens[at]):
            break
        end = at + 1
    return end


def _plain_word(token: Token) -> bool:
    """Whether it is a noun or adjective in lower case, as far as the vocabularies of other languages tell."""
    return len(token.text) >= _LEAST and token.text.islower() and token.text not in gloss.known()


def _parts_off(tokens: tuple[Token, ...], i: int, of: int) -> bool:
    """Whether "of" may lead from a part to its home: behind a centre, or a unit that already has its name."""
    kind = heads().get(names.fold(tokens[i].text))
    return kind == "centre" or (kind == "unit" and tokens[of].lower in {"of", "de", "da", "der"})


_SCHOOLS = frozenset(
    "university college universitat universite universidad universidade universita universiteit universitet "
    "polytechnic politecnico".split()
)
"""Heads behind which "in" tells the field of a degree, not of the institution."""


def _leads_on(tokens: tuple[Token, ...], i: int, end: int) -> bool:
    """Whether a small word behind a head leads on: "of", a journal's "on", "Institute for X in Biology"."""
    word = tokens[end].lower
    if word in _ROMANCE:
        return end > i + 2 and any(t.lower in _OF - _ROMANCE for t in tokens[i + 1 : end])
    if word in _OF:
        return True
    if heads().get(names.fold(tokens[i].text)) == "journal":
        return word in {"on", "in"}
    school = (
        names.fold(tokens[i].text) in _SCHOOLS
    )  # "a PhD from the University of Lund in Geology"
    return word == "in" and end > i + 1 and not school and _common(tokens[end + 1])


def _home(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether an organization stands behind "of": it is the home of a part, not a part of its name."""
    start = i + 1 if tokens[i].lower in {"the", "la", "le"} else i
    end = words(tokens, start)
    opening = names.fold(tokens[start].text)
    if heads().get(opening) == "org" and opening not in WEAK_HEADS:
        return True
    return any(
        c.because != "slot" for c in authorities.lookup(" ".join(t.text for t in tokens[start:end]))
    )


def _opens(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a name may go on at ``i`` behind "of" or "for": a capital, perhaps after "the"."""
    if tokens[i].lower in {"the", "la", "le", "les", "l'", "los", "las"}:
        return i + 1 < len(tokens) and part(tokens[i + 1])
    return part(tokens[i])


def _list(tokens: tuple[Token, ...], i: int) -> int:
    """End of "X, Y and Z" behind "of": capitalised words; a comma only inside a list that ends with "and"."""
    if tokens[i].lower in {"the", "la", "le", "les", "l'", "los", "las"}:
        i += 1
    end = words(tokens, i)
    while end < len(tokens):
        step = end + 1 if tokens[end].lower in {"and", "&"} else None
        if tokens[end].text == "," and _comma_list(tokens, end):
            step = end + (2 if tokens[end + 1].lower in {"and", "&"} else 1)
        if (
            step is None
            or step >= len(tokens)
            or not part(tokens[step])
            or _starts_other(tokens, step)
        ):
            return end
        end = words(tokens, step)
    return end


def words(tokens: tuple[Token, ...], i: int) -> int:
    """Index behind a run of words that may be part of a name."""
    end = i
    while end < len(tokens) and (
        part(tokens[end])
        or (tokens[end].text in {"-", "–"} and end + 1 < len(tokens) and part(tokens[end + 1]))
    ):
        end += 1
    return end


def _comma_list(tokens: tuple[Token, ...], comma: int) -> bool:
    """Whether a comma continues a list of fields that an "and" closes: "of Biology, Physics and Chemistry"."""
    after = tokens[comma + 1 : comma + 8]
    if after and after[0].lower in {"and", "&"}:
        return len(after) > 1 and _common(after[1])
    return (
        bool(after)
        and _common(after[0])
        and any(t.lower in {"and", "&"} for t in after)
        and not any(heads().get(names.fold(t.text)) for t in after[:4])
    )


def _starts_other(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether what follows "and" is a name of its own: it holds a head word, is known, or is an acronym."""
    end = words(tokens, i)
    if any(
        heads().get(names.fold(t.text)) and names.fold(t.text) not in WEAK_HEADS
        for t in tokens[i:end]
    ):
        return True
    if end < i + 3 and end < len(tokens) and tokens[end].lower in _CHAIRS and tokens[end].capital:
        return True  # "Department of X and Endowed Chair of Y"
    word = tokens[i].text
    if names.fold(word) in names.given_names() and end > i + 1 and not _common(tokens[i]):
        return True
    return (bool(authorities.lookup(word)) and not _common(tokens[i])) or (
        word.isupper() and len(word) > 2
    )
