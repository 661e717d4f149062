"""Pages as sources, and the spans of their text that back claims."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg import ontology
from kg.graph._ntriples import TYPE, Lines, dated, integer, kg, literal
from kg.model import Page, Span
from kg.ontology import RDFS, XSD

OA = "http://www.w3.org/ns/oa#"
_USED = "<http://www.w3.org/ns/prov#used>"
_CONTEXT = 32
_DIGITS = 16


def start_of(sha: str) -> str:
    """The start of a hash that IRIs know a text by."""
    return sha[:_DIGITS]


class Sources:
    """The sources of one graph. Pages of one text are one source, read on the earliest of their days."""

    def __init__(self, lines: Lines, base: str, pages: Iterable[Page]) -> None:
        """Write every page, with the run that read it."""
        self._lines, self._base = lines, base
        self._spans: set[tuple[str, int, int]] = set()
        self._days: dict[str, str] = {}
        same_text: dict[str, set[Page]] = defaultdict(set)
        for page in pages:
            same_text[page.sha256].add(page)
        for sha, copies in same_text.items():
            days = sorted(p.read_on for p in copies if p.read_on)
            known = dated(days[0]) if days else None
            self._days[sha] = known[0] if known else ""
            self._source(sha, copies)

    def node(self, page: Page) -> str:
        """The IRI of a page's text."""
        return f"<{self._base}source/{start_of(page.sha256)}>"

    def read_on(self, page: Page) -> str:
        """The day a text was read, as a literal, or ""."""
        return self._days[page.sha256]

    def _source(self, sha: str, copies: Iterable[Page]) -> None:
        node, run = f"<{self._base}source/{start_of(sha)}>", f"<{self._base}run/{start_of(sha)}>"
        self._lines.add(node, (TYPE, kg("Source")), (kg("sha256"), literal(sha)))
        for page in copies:
            name = literal(page.name)
            self._lines.add(node, (kg("name"), name), (f"<{RDFS}label>", name))
            if page.name.startswith(("http://", "https://")):
                self._lines.add(node, (kg("url"), literal(page.name, f"{XSD}anyURI")))
        if self._days[sha]:
            self._lines.add(node, (kg("retrieved"), self._days[sha]))
        version = literal(ontology.load().version)
        self._lines.add(run, (TYPE, kg("Run")), (_USED, node), (kg("version"), version))

    def evidence(self, page: Page, span: Span) -> str:
        """The node of a span with both selectors; written the first time it is asked for."""
        source = self.node(page)
        node = f"{source[:-1]}/span/{span.start}-{span.end}"
        if (page.sha256, *span) not in self._spans:
            self._spans.add((page.sha256, *span))
            quote, position = f"{node}/quote>", f"{node}/position>"
            self._lines.add(
                f"{node}>", (TYPE, f"<{OA}SpecificResource>"), (f"<{OA}hasSource>", source)
            )
            self._lines.add(f"{node}>", *((f"<{OA}hasSelector>", s) for s in (quote, position)))
            fields = ((kg("sourceField"), literal(path)) for path in _fields(page, span))
            self._lines.add(f"{node}>", *fields)
            self._quote(quote, page.text, span)
            self._lines.add(position, (TYPE, f"<{OA}TextPositionSelector>"))
            self._lines.add(
                position, (f"<{OA}start>", integer(span.start)), (f"<{OA}end>", integer(span.end))
            )
        return f"{node}>"

    def _quote(self, node: str, text: str, span: Span) -> None:
        before, after = (
            text[max(0, span.start - _CONTEXT) : span.start],
            text[span.end : span.end + _CONTEXT],
        )
        exact = literal(text[span.start : span.end])
        self._lines.add(node, (TYPE, f"<{OA}TextQuoteSelector>"), (f"<{OA}exact>", exact))
        if before:
            self._lines.add(node, (f"<{OA}prefix>", literal(before)))
        if after:
            self._lines.add(node, (f"<{OA}suffix>", literal(after)))


def _fields(page: Page, span: Span) -> Iterator[str]:
    """The fields of the source that a span touches; none in prose."""
    at = max(0, bisect_right(page.places, span.start, key=lambda p: p.span.start) - 1)
    for place in page.places[at:]:
        if place.span.start >= span.end:
            break
        if place.span.end > span.start:
            yield place.path
