"""What the line model sees of a line: names of features, from its own shape, its neighbours and its page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from kg import lines, names, readings, shapes
from kg.lines import Line
from kg.readings import Reading

_BY_I = re.compile(r"\b(?:i|my|me|i've|i'm|i am)\b", re.IGNORECASE)
_BY_WE = re.compile(r"\b(?:we|our|us|you|your)\b", re.IGNORECASE)
_BY_THIRD = re.compile(r"\b(?:he|she|his|her|him|they|their)\b", re.IGNORECASE)
_DEGREE = re.compile(
    r"\b(?:ph\.?\s?d|doctorate|doctoral|[bm]\.?\s?sc|[bm]\.?a\.|master'?s?|bachelor'?s?|degrees?|graduated)\b",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?:professor|lecturer|scientist|researcher|director|engineer|founder|developer|postdoc\w*|fellow|student|manager|head|chair|lead|president|consultant|ceo|cto|officer|member|faculty)\b",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"(?:professor|lecturer|reader|scientist|researcher|scholar|fellow|director|engineer|founder|cofounder|developer|programmer|designer|architect|analyst|writer|author|editor|journalist|strategist"
    r"|advocate|evangelist|consultant|advisor|adviser|manager|head|chair|lead|leader|president|ceo|cto|cfo|coo|cio|officer|partner|student|candidate|postdoc\w*|specialist|coordinator|librarian|curator"
    r"|artist|activist|entrepreneur|investor|educator|teacher|instructor|dean|provost|chancellor|secretary|minister|commissioner|associate|assistant|intern|technologist|maintainer|contributor|owner|producer|expert)s?",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"\b(?:is|was)\s+(?:currently\s+|now\s+|also\s+)?(?:an?|the|one of|at|with|working|responsible|interested)\b|\b(?:received|obtained|earned|holds|serves|served|worked|works|joined|teaches|studied|leads|research interests)\b",
    re.IGNORECASE,
)
_ABOUT_TALK = re.compile(
    r"\b(?:this|the|my|our)\s+(?:talk|presentation|lecture|seminar|session|tutorial|workshop|webinar|keynote|panel)\b|\bwill (?:discuss|present|show|describe|explore|talk|introduce|cover)\b|\bin this (?:talk|paper|work)\b",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://|www\.|\.(?:com|org|edu|net|io|html?)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MARKS = {
    ",": "comma",
    "(": "bracket",
    ":": "colon",
    "-": "dash",
    "–": "dash",
    "—": "dash",
    "|": "bar",
}
_KEPT_WORDS = 9


@dataclass(frozen=True)
class Shape:
    """A line with what can be read of it alone.

    Parameters:
        found: readings of the line as speaker line, or as title and speaker in one.
        own: names of features that do not depend on other lines.
    """

    line: Line
    found: dict[str, Reading]

    @cached_property
    def name(self) -> str:
        """The person's name that the line opens with, folded; "" if it opens with none."""
        end = shapes.opens_with_name(self.line.sentence)
        if not end:
            return ""
        span = shapes.bare_name(self.line.sentence, 0, end)
        return names.fold(self.line.text[span.start : span.end])

    @cached_property
    def coarse(self) -> str:
        """The kind of line in a word, for combinations with its neighbours' kinds."""
        line = self.line
        if line.label:
            return line.label + ("+" if line.alone else "")
        if line.size > 30:
            lean = shapes.career_score(line.content)
            return "career" if lean > 2 else "talk" if lean < -2 else "prose"
        if self.name:
            both = "both" in self.found and self.found["both"].score > 2.0
            return "named-title" if both else "named" if "speaker" in self.found else "name-words"
        return self._nameless()

    def _nameless(self) -> str:
        line = self.line
        kinds = (
            ("title-name", "both" in self.found),
            ("date", shapes.is_date(line.sentence)),
            ("link", line.content.startswith(("http", "www.", "@"))),
            ("place", shapes.tells_place(line.sentence.text)),
            ("job", any(_JOB.fullmatch(w) for w in re.findall(r"[^\W\d_]+", line.content)[:5])),
            ("sentence" if line.size > 5 else "end", line.content.endswith((".", ":", ";", ","))),
        )
        size = "word" if line.size <= 2 else "phrase" if line.size <= 5 else "title"
        heading = "?" if shapes.heading_score(line.content) >= 0.4 else ""
        return next((kind for kind, is_so in kinds if is_so), size + heading)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """Features of the line alone."""
        line = self.line
        out = [f"label={line.label}" + ("+" if line.alone else "")] if line.label else []
        out += [f"size={_bucket(line.size)}", f"end={_end(line.content)}"]
        out += [n for n, is_so in _flags(line) if is_so]
        out += self._named()
        return (*out, *(self._short() if line.size <= 30 else self._long()))

    def _named(self) -> list[str]:
        if not self.name:
            return []
        tokens = self.line.sentence.tokens
        end = shapes.opens_with_name(self.line.sentence)
        mark = tokens[end].text if end < len(tokens) else ""
        after = "end" if not mark else _MARKS.get(mark, "word" if mark[0].isalpha() else "other")
        out = ["name", f"name>{after}"]
        if mark and mark[0].isalpha():
            out.append(f"name>{mark.lower()}" if mark.islower() else "name>Word")
        return out

    def _short(self) -> list[str]:
        line, content = self.line, self.line.content
        words = names.fold(content).split()
        out = [f"w={w}" for w in words[:_KEPT_WORDS] if not w.isdigit()]
        out += [f"first={words[0]}", f"last={words[-1]}"] if words else ["wordless"]
        if len(words) <= 4:
            out.append("line=" + re.sub(r"\d+", "9", " ".join(words)))
        out.append(f"place={_step(shapes.place_score(line.sentence.text))}")
        out.append(f"heading={_step(shapes.heading_score(content))}")
        out.append(f"title={_step(lines.looks_like_title(content))}")
        jobs = [bool(_JOB.fullmatch(w)) for w in re.findall(r"[^\W\d_]+", content)[:14]]
        if any(jobs):
            out += [
                "job",
                *(["job-first"] if any(jobs[:3]) else []),
                *(["job-last"] if jobs[-1] else []),
            ]
        capitals = [t.capital for t in line.sentence.tokens if t.word and not t.text.isdigit()]
        out.append(f"capitals={_step(sum(capitals) / max(1, len(capitals)))}")
        out += [f"as-{n}={_step(r.score)}" for n, r in self.found.items()]
        out += [
            n
            for n, yes in (
                ("is-place", shapes.is_place(line.sentence)),
                ("is-date", shapes.is_date(line.sentence)),
            )
            if yes
        ]
        return out

    def _long(self) -> list[str]:
        content = self.line.content
        words = names.fold(content[:60]).split()[:2]
        career = max(-12.0, min(12.0, shapes.career_score(content)))
        return [f"open={w}" for w in words] + [f"career={round(career / 3)}"]


def _flags(line: Line) -> tuple[tuple[str, bool], ...]:
    content = line.content
    raw = line.text[line.text.rfind("\n", 0, line.span.start) + 1 : line.span.start]
    third, we = len(_BY_THIRD.findall(content)), len(_BY_WE.findall(content))
    return (
        ("gap", line.gap), ("timed", line.timed), ("mark", bool(raw.strip()) and not line.label),
        ("alone", line.alone), ("lower", content[:1].islower()), ("digit", content[:1].isdigit()),
        ("capitals", content.isupper()), ("quoted", shapes.quoted(content) is not None),
        ("url", bool(_URL.search(content))), ("handle", content.startswith("@")),
        ("year", bool(_YEAR.search(content))), ("i", bool(_BY_I.search(content))),
        ("we", we > 0), ("third", third > 0), ("third+", third > 1), ("we+", we > 1),
        ("degree", bool(_DEGREE.search(content))), ("post", bool(_POST.search(content))),
        ("self", bool(_SELF.search(content))), ("about-talk", bool(_ABOUT_TALK.search(content))),
        ("commas", content.count(",") > 1), ("colon", ": " in content), ("bar", "|" in content),
        ("dash", bool(re.search(r"\s[-–—]\s", content))), ("tab", "\t" in content),
        ("tba", bool(re.search(r"\bTB[ACD]\b", content))),
    )  # fmt: skip


def _bucket(size: int) -> str:
    return (
        str(size)
        if size <= 3
        else next(f"<{n}" for n in (6, 9, 13, 19, 29, 49, 99, 10**9) if size < n)
    )


def _step(score: float) -> int:
    return round(max(-2.0, min(4.0, score)) * 2)


def _end(content: str) -> str:
    last = content.rstrip("\"'”’)]")[-1:]
    return last if last and not last.isalnum() else "9" if last.isdigit() else "a"


def page_features(page: tuple[Line, ...]) -> list[list[str]]:
    """Features of every line of a page, its neighbours' and the page's included."""
    shaped = [Shape(line, readings.sure(line)) for line in page]
    whole = _page(shaped)
    known = _people(shaped)
    alike = _alike(shaped)
    near = _near_names(shaped)
    under = _under(page)
    out = []
    kinds = ["^^", "^", *(s.coarse for s in shaped), "$", "$$"]
    for i, shape in enumerate(shaped):
        found = [
            *shape.own,
            *whole,
            *_combined(kinds, i + 2, whole),
            *known[i],
            *alike[i],
            *near[i],
            *under[i],
            *_position(i, len(page)),
        ]
        for step in (-2, -1, 1, 2):
            j = i + step
            found += (
                [
                    f"{step}|{f}"
                    for f in shaped[j].own
                    if abs(step) == 1 or not f.startswith(("w=", "open="))
                ]
                if 0 <= j < len(page)
                else [f"{step}|none"]
            )
        out.append(found)
    return out


def _combined(kinds: list[str], i: int, whole: list[str]) -> list[str]:
    """Kinds of this line and those around it, together, and this line's kind on a page like this."""
    a, b, c, d, e = kinds[i - 2 : i + 3]
    around = [
        f"k={c}",
        f"kk={b}/{c}",
        f"kk>{c}/{d}",
        f"kkk={b}/{c}/{d}",
        f"kkk>{c}/{d}/{e}",
        f"kkk<{a}/{b}/{c}",
    ]
    return [*around, *(f"{c} on {w}" for w in whole if "label" not in w)]


def _position(i: int, n: int) -> list[str]:
    return [f"at={i}" if i < 4 else "at=later", "last" if i == n - 1 else "inner"]


def _page(shaped: list[Shape]) -> list[str]:
    """What the page as a whole is like: its size, how much of it is prose, the labels and times it uses."""
    n = len(shaped)
    long = sum(s.line.size > 30 for s in shaped) / max(1, n)
    used = {s.line.label for s in shaped if s.line.label}
    timed = sum(s.line.timed for s in shaped)
    named = sum(bool(s.name) for s in shaped)
    out = [
        f"page:n={'few' if n <= 6 else 'some' if n <= 20 else 'many'}",
        f"page:long={round(long * 4)}",
    ]
    out += [f"page:label={u}" for u in sorted(used)]
    out += [f"page:timed={'no' if not timed else 'few' if timed < 4 else 'many'}"]
    return [*out, f"page:named={'no' if not named else 'one' if named < 3 else 'many'}"]


def _people(shaped: list[Shape]) -> list[list[str]]:
    """Where a line's name stands elsewhere on the page: above, below, or at the head of the prose that follows."""
    seen: Counter[str] = Counter()
    out: list[list[str]] = []
    openings = [names.fold(s.line.content[:80]).split()[:8] for s in shaped]
    for i, shape in enumerate(shaped):
        found: list[str] = []
        own = shape.name.split()
        if own:
            found += ["seen"] if seen[shape.name] else []
            below = [j for j in range(i + 1, min(len(shaped), i + 9)) if own[-1] in openings[j]]
            if below:
                prose = shaped[below[0]].line.size > 20
                found.append(
                    f"again{'-prose' if prose else ''}{'-near' if below[0] - i <= 3 else ''}"
                )
            if any(shaped[j].name == shape.name for j in range(i + 1, len(shaped))):
                found.append("repeated")
            seen[shape.name] += 1
        elif shape.line.size > 12:
            above = [s.name.split()[-1] for s in shaped[max(0, i - 6) : i] if s.name]
            found += ["names-above"] if any(a in openings[i] for a in above) else []
        out.append(found)
    return out


def _signature(shape: Shape) -> str:
    """What lines of one kind have in common on a page: mark, label, time, first separator, size."""
    line = shape.line
    start = line.text.rfind("\n", 0, line.span.start) + 1
    before = line.text[start : line.span.start].strip()[:1]
    mark = next((_MARKS[c] for c in line.content if c in "|\t:–—(" and c in _MARKS), "")
    comma = "," if "," in line.content else ""
    size = "short" if line.size <= 5 else "line" if line.size <= 25 else "prose"
    return f"{before if not before.isalnum() else 'x'}{line.label}{mark}{comma}{size}{line.gap}{line.timed}"


def _alike(shaped: list[Shape]) -> list[list[str]]:
    """How many lines of the page are of this line's kind, and what share of those open with a name or are quoted."""
    kinds: dict[str, list[Shape]] = {}
    signs = [_signature(s) for s in shaped]
    for sign, shape in zip(signs, shaped, strict=True):
        kinds.setdefault(sign, []).append(shape)
    told = {}
    for sign, members in kinds.items():
        n = len(members)
        named = sum(bool(m.name) for m in members) / n
        both = sum("both" in m.found for m in members) / n
        many = "1" if n == 1 else "2" if n < 4 else "4" if n < 10 else "10"
        told[sign] = [
            f"alike={many}",
            f"alike:named={round(named * 4)}{'' if n > 2 else '?'}",
            f"alike:both={round(both * 4)}{'' if n > 2 else '?'}",
        ]
    return [told[s] for s in signs]


def _near_names(shaped: list[Shape]) -> list[list[str]]:
    """How far the last line that opens with a name is, and the next one; whether prose lies between."""
    out: list[list[str]] = [[] for _ in shaped]
    for step, word in ((1, "last"), (-1, "next")):
        order = range(len(shaped)) if step > 0 else range(len(shaped) - 1, -1, -1)
        since, prose = 99, False
        for i in order:
            far = str(since) if since < 4 else "4" if since < 8 else "8" if since < 99 else "none"
            out[i].append(f"name-{word}={far}{'p' if prose else ''}")
            short_name = bool(shaped[i].name) and shaped[i].line.size <= 25
            since, prose = (
                (1, False)
                if short_name
                else (min(99, since + 1), prose or shaped[i].line.size > 30)
            )
    return out


def _under(page: tuple[Line, ...]) -> list[list[str]]:
    """The label that a line stands under, and how far below it."""
    out: list[list[str]] = []
    label, since = "", 0
    for line in page:
        if line.label:
            out.append([f"under={label}"])
            label, since = line.label + ("+" if line.alone else ""), 0
            continue
        since += 1
        out.append(
            [f"under={label}", f"under={label}{'1' if since == 1 else '2' if since < 4 else '4'}"]
            if label
            else []
        )
    return out
