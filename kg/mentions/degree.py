"""Degrees in their national variants: "Ph.D.", "D.Phil.", "M.Tech", "Bachelor of Science", "doctorate", "Habilitation"."""

from __future__ import annotations

import re
from functools import cache

from kg import names, resources
from kg.language import Sentence
from kg.mentions import Context
from kg.model import Mention, Span

_D = r"\.?\s?"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("PhD", rf"(?:MB[/ -]?)?Ph{_D}D\b\.?|D{_D}Phil\b\.?|DPhil\b|Sc{_D}D\b\.?|D{_D}Sc\b\.?|Dr{_D}(?:rer{_D}(?:nat|pol|oec)|Ing|phil|techn|-Ing)\b\.?|D{_D}Eng\b\.?|Ed{_D}D\b\.?|PHD\b|(?<=dual )PhDs\b|(?<=two )PhDs\b"),
    ("PhD", r"(?i:promovierten?|promoviert|promoveerde|gepromoveerd|disputerade|disputerte|addottorat[oa]|se doctor[oó]|doutorou-se|(?:thèse|tesis doctoral|tesi di dottorato))\b"),
    ("PhD", r"(?i:d(?:oc|ou)tora?|docteure?)\b(?=\s+(?:en|em|por|ès)\s)"),
    ("Masters", r"(?i:m[aáà]ster|mag[ií]ster|m[ae]estr[oae])\b(?=\s+(?:en|em)\s)"),
    ("Bachelors", r"(?i:(?:se )?licenci(?:ad[oa]|[oó])|graduad[oa]|gradua[cç][aã]o)\b(?=\s+(?:en|em|por)\s)"),
    ("PhD", r"(?i:doctora(?:te|l degree)s?(?: degrees?)?|doctor(?:ate)? of (?:philosophy|science|engineering|education)|doctor(?:['’]s)? degree|doctoral degrees?|doctoral (?:studies|dissertation|thesis)|th[eè]se de doctorat|doctorat(?:\s+d['’][eé]tat)?|doctorad[oa]|doutorad[oa]|doutoramento|doktoratu?|doctoraat|doktorsexamen|doktorgrad|promotion(?=\s+(?:an|zum)\b)|dottorato(?:\s+di\s+ricerca)?|laurea\s+dottorale|doctorandus)\b"),
    ("MD", rf"M{_D}D\b\.?(?![a-z])|(?i:doctor of medicine|medical degree)\b"),
    ("JD", rf"J{_D}D\b\.?|(?i:law degree|juris doctor)\b"),
    ("Habilitation", r"(?i:habilitation|habilitated doctor)\b|HDR\b"),
    ("Masters", rf"MSci\b|M{_D}(?:Sc|S|Eng|Phil|Tech|Res|Ed|Math|Stat|Arch|Mus|Litt|Comp|Fin)\b\.?|M\.A\b\.?|MA\b|M{_D}B{_D}A\b\.?|MFA\b|MPH\b|MPP\b|MPA\b|M\.L\.(?:I\.)?S\b\.?|M\.P\.[HAP]\b\.?|M\.F\.A\b\.?|LL\.?\s?M\b\.?|MLIS\b|MLS\b|S\.M\b\.?|LLM\b|MMath\b|MSCS\b|MSEE\b|MDes\b|MCompSci\b|M2\b(?=\s(?:in|degree))"),
    ("Masters", r"(?i:master(?:['’]?s|s['’])?(?: degrees?)?(?: of (?:science|arts|engineering|philosophy|business administration|public (?:health|policy|administration)|technology|education|fine arts|mathematics|research|law|advanced studies|computer science|applied science|library (?:and information )?science))?|laurea magistrale|magister(?:\s+artium)?|dea|maestr[ií]a|mestrado|masterabschluss|masterexamen|magisterexamen|m[aá]ster universitario|staatsexamen)\b(?!\s+(?:class|student|of ceremonies))"),
    ("Bachelors", rf"BSci\b|B{_D}(?:Sc|Eng|Tech|Ed|Math|Stat|Arch|Mus|Com|Comp)\b\.?|B\.S\.?E?\b\.?|BS\b|BSE\b|B\.A\b\.?|BA\b|B\.E\b\.?|BE\b(?=\s(?:in|degree|from))|A\.B\b\.?|AB\b(?=\s(?:in|degree|from))|S\.B\b\.?|SB\b(?=\s(?:in|degree|from))|B\.?F\.?A\b\.?|LL\.?\s?B\b\.?|B\.B\.A\b\.?|BBA\b|BSEE\b|BSCS\b|B\.S\.c\b"),
    ("Bachelors", r"(?i:bachelor(?:['’]?s|s['’])?(?: degrees?)?(?: of (?:science|arts|engineering|technology|education|fine arts|mathematics|commerce|law|laws|business administration|computer science|applied science))?|undergraduate (?:degrees?|studies|education)|undergrad(?:uate)?(?=\s+(?:from|at)\b)|laurea triennale|licenciatura|licence(?=\s+(?:en|in)\b)|grado(?=\s+en\b)|baccal(?:aur[eé]at|aureate))\b"),
    ("Diploma", r"(?i:laureat[oa](?=\s+in\s)|diploma|dipl\.[- ]?(?:ing|inf|math|phys)\.?|diplom|licentiate|laurea|engineering degree|engineer degree|engineer['’]s degree|ing[ée]nieur)\b"),
    ("Other", r"(?i:(?:(?:honou?rs|double|dual|joint|postgraduate|graduate|advanced|university|college) )?degrees?)(?=\s+(?:in|from|at)\b)"),
    ("Other", r"(?i:formad[oa](?=\s+em\s)|diplômée?(?=\s+(?:de|du|d[’']))|(?:egresad[oa](?=\s+del?\s)|absolwent(?:ka|em|ką)?))\b"),
    ("Other", r"(?i:graduated)(?=\s(?:[\w ,'’-]{0,60}?\s)?(?:from|at)\s+(?:the\s+)?[A-Z])|(?i:graduate|alumn(?:us|a)) of(?=\s+(?:the\s+)?[A-Z])|(?i:(?:(?<=was )|^)educated)(?=\s+(?:at|in)\s+(?:the\s+)?[A-Z])"),
)  # fmt: skip
_READ = re.compile(r"stud(?:i|y)|read|train|major")  # what the next one begins with; quick
_STUDIED = re.compile(
    r"\b(?:(studied|read|studying|trained in)|majored in)\s+((?:\w+\s?,?\s?){1,8}?)\s+(?:at|from)\s+(?=(?:the\s+)?[A-Z])"
)
_ALL = tuple(
    (level, re.compile(rf"(?<![\w.-])(?:{p})(?:\s+degrees?\b)?(?!-\w)")) for level, p in _PATTERNS
)
_NOT_AFTER = re.compile(
    r"\s*(?:-|–)?\s*(?:students?|candidates?|fellows?|advis[eo]rs?|supervis|committee|program(?:me)?s?|researchers?|scholars?|holders?|theses|applicants?|projects?|level|symposium|forum|school|course|fellowship|scholarship|award|prize|consortium|intern|position)\b",
    re.IGNORECASE,
)
_HONORARY = re.compile(r"\bhonorary(?:\s+[\w.]+){0,4}?\s+$", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"(?:\b\d{1,3}|\bseveral|\bmany|\bmore than|\bover|\bcombined|\bhonorary|\bhonoris causa|"
    r"\b(?:founder|coordinator|director|head|chair) of (?:the|an?|our)|award for|\bincomplete|\bunfinished)\s+$",
    re.IGNORECASE,
)
_LETTERS = re.compile(  # letters behind the name that opens a sentence: "Ada M. Byron, MS, Ph.D. is ..."
    r"(?:(?:Dr|Prof|Professor|Ms|Mr|Mrs)\.?\s+)*(?:[^\W\d_a-z][\w.'’-]*\s*){1,5}(?:\([^)]*\)\s*)?,?\s*"
    r"(?:[A-Z][A-Za-z]{0,3}(?:\.\s?[A-Za-z]{1,3})*\.?[,/&]?\s*)*$"
)
_SAID_OF = re.compile(
    r"(?:\s*[,/&]?\s*(?:and\s)?[A-Z][A-Za-z]{0,3}(?:\.\s?[A-Za-z]{1,3})*\.?){0,4}"
    r"(?:\s*\([^)]*\))?\s*,?\s*(?:$|(?:is|was|has|serves|joined|works|currently|directs|leads|studies|holds|received|earned|will|graduated|completed)\b)"
)


def find(sentence: Sentence, context: Context) -> list[Mention]:
    """Degrees with their level. "PhD student", "doctoral thesis award", "PhD committee" name no degree."""
    del context
    text, start, found = sentence.text, sentence.span.start, []
    for level, pattern in _ALL:
        for match in pattern.finditer(text):
            if _NOT_AFTER.match(text, match.end()) or not _fits(text, match):
                continue
            if _HONORARY.search(text, 0, match.start()):
                continue  # an honour, no studies
            found.append(
                Mention(
                    "degree",
                    Span(start + match.start(), start + match.end()),
                    level,
                    2.5 if level != "Other" else 2.4,
                    "soft" if level == "Other" else "",
                )
            )
    for match in _STUDIED.finditer(text) if _READ.search(text) else ():
        words = re.split(r"\s+(?:and|&)\s+|,\s*", match.group(2))
        if all(names.fold(w) in _fields() for w in words):
            level = "Other" if match.group(1) else "Bachelors"
            span = Span(start + match.start(2), start + match.end(2))
            found.append(Mention("degree", span, level, 2.6, "soft"))
    return [m for m in found if not any(_explains(text, start, o, m) for o in found)]


def _explains(text: str, start: int, named: Mention, m: Mention) -> bool:
    """Whether a degree in brackets only says what the one before it amounts to: "a diploma (equiv. MSc) in"."""
    if named is m or named.span.end > m.span.start:
        return False
    return bool(
        re.fullmatch(
            r"\s*\((?:equiv\w*\.?|i\.e\.,?|=|comparable)?\s*(?:to)?\s*(?:an?\s)?",
            text[named.span.end - start : m.span.start - start],
        )
        and text[m.span.end - start :].startswith(")")
    )


@cache
def _fields() -> frozenset[str]:
    return frozenset(names.fold(w) for w in resources.words("fields"))


def _fits(text: str, match: re.Match[str]) -> bool:
    """Whether the surroundings let it be a degree: "30 PhDs" are not the speaker's; "Cambridge, MA" is a state."""
    if match.group() in {"MA", "MD"} and re.search(r"[A-Z][\w’'.-]+,\s*$", text[: match.start()]):
        return bool(re.match(r"\s*(?:\(|,|and\b|in\b|from\b|degree)", text[match.end() :]))
    if _NOT_BEFORE.search(text, max(0, match.start() - 40), match.start()):
        return False
    before = text[: match.start()]
    if re.search(r"\b[Hh]onorary\s+(?:\w+\s+){0,5}$", before):
        return False  # an honour
    short = len(match.group()) < 6 and 2 < match.start() < 70
    behind_name = short and _LETTERS.fullmatch(before) and _SAID_OF.match(text, match.end())
    return not (behind_name and len(before.split()) > 1 and before.split()[0][-1:] != ":")
