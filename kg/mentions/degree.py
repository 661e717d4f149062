"""Degrees in their national variants: "Ph.D.", "D.Phil.", "M.Tech", "Bachelor of Science", "doctorate", "Habilitation"."""

from __future__ import annotations

import re

from kg.language import Sentence
from kg.mentions import Context
from kg.model import Mention, Span

_D = r"\.?\s?"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("PhD", rf"Ph{_D}D\b\.?|D{_D}Phil\b\.?|DPhil\b|Sc{_D}D\b\.?|D{_D}Sc\b\.?|Dr{_D}(?:rer{_D}(?:nat|pol|oec)|Ing|phil|techn|-Ing)\b\.?|D{_D}Eng\b\.?|Ed{_D}D\b\.?|PHD\b"),
    ("PhD", r"(?i:doctora(?:te|l degree)s?(?: degrees?)?|doctor(?:ate)? of (?:philosophy|science|engineering|education)|doctor(?:['’]s)? degree|doctoral degrees?|doctoral (?:studies|dissertation|thesis)|th[eè]se de doctorat)\b"),
    ("MD", rf"M{_D}D\b\.?(?![a-z])|(?i:doctor of medicine|medical degree)\b"),
    ("JD", rf"J{_D}D\b\.?|(?i:law degree|juris doctor)\b"),
    ("Habilitation", r"(?i:habilitation|habilitated doctor)\b|HDR\b"),
    ("Masters", rf"M{_D}(?:Sc|S|Eng|Phil|Tech|Res|Ed|Math|Stat|Arch|Mus|Litt|Comp|Fin)\b\.?|M\.A\b\.?|MA\b|M{_D}B{_D}A\b\.?|MFA\b|MPH\b|MPP\b|MPA\b|MLIS\b|MLS\b|S\.M\b\.?|LLM\b|MMath\b|MSCS\b|MSEE\b|MDes\b|MCompSci\b|M2\b(?=\s(?:in|degree))"),
    ("Masters", r"(?i:master(?:['’]?s|s['’])?(?: degrees?)?(?: of (?:science|arts|engineering|philosophy|business administration|public (?:health|policy|administration)|technology|education|fine arts|mathematics|research|law|advanced studies|computer science|applied science|library (?:and information )?science))?|laurea magistrale|magister|dea)\b(?!\s+(?:class|student|of ceremonies))"),
    ("Bachelors", rf"B{_D}(?:Sc|Eng|Tech|Ed|Math|Stat|Arch|Mus|Com|Comp)\b\.?|B\.S\.?E?\b\.?|BS\b|BSE\b|B\.A\b\.?|BA\b|B\.E\b\.?|BE\b(?=\s(?:in|degree|from))|A\.B\b\.?|AB\b(?=\s(?:in|degree|from))|S\.B\b\.?|SB\b(?=\s(?:in|degree|from))|BFA\b|LLB\b|BBA\b|BSEE\b|BSCS\b|B\.S\.c\b"),
    ("Bachelors", r"(?i:bachelor(?:['’]?s|s['’])?(?: degrees?)?(?: of (?:science|arts|engineering|technology|education|fine arts|mathematics|commerce|law|laws|business administration|computer science|applied science))?|undergraduate (?:degrees?|studies|education)|laurea triennale|licenciatura)\b"),
    ("Diploma", r"(?i:diploma|dipl\.[- ]?(?:ing|inf|math|phys)\.?|diplom|licentiate|laurea|engineering degree|engineer degree|engineer['’]s degree|ing[ée]nieur)\b"),
)  # fmt: skip
_ALL = tuple(
    (level, re.compile(rf"(?<![\w.-])(?:{p})(?:\s+degrees?\b)?")) for level, p in _PATTERNS
)
_NOT_AFTER = re.compile(
    r"\s*(?:-|–)?\s*(?:students?|candidates?|fellows?|advis[eo]rs?|supervis|committee|program|researchers?|scholars?|holders?|theses|applicants?|projects?|level|symposium|forum|school|course|fellowship|scholarship|award|prize|consortium|intern|position)\b",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"(?:\b\d+|\bseveral|\bmany|\bmore than|\bover|\bher|\bhis|supervis\w+|mentor\w+|\badvis\w+)\s+$",
    re.IGNORECASE,
)


def find(sentence: Sentence, context: Context) -> list[Mention]:
    """Degrees with their level. "PhD student", "doctoral thesis award", "PhD committee" name no degree."""
    del context
    text, start, found = sentence.text, sentence.span.start, []
    for level, pattern in _ALL:
        for match in pattern.finditer(text):
            if _NOT_AFTER.match(text, match.end()) or not _fits(text, match):
                continue
            found.append(
                Mention("degree", Span(start + match.start(), start + match.end()), level, 2.5)
            )
    return found


def _fits(text: str, match: re.Match[str]) -> bool:
    """Whether the surroundings let it be a degree: "30 PhDs" are not the speaker's; "Cambridge, MA" is a state."""
    if match.group() in {"MA", "MD"} and re.search(r"[A-Z][\w’'.-]+,\s*$", text[: match.start()]):
        return bool(re.match(r"\s*(?:\(|,|and\b|in\b|from\b|degree)", text[match.end() :]))
    plural = re.search(
        r"(?:\b\d+|several|many|more than|over)\s+$", text[: match.start()], re.IGNORECASE
    )
    return plural is None
