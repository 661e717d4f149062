"""Programmes as PDF documents, written here by hand."""

from __future__ import annotations

import contextlib
import io
import sys

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, MissingPart, ReadError
from kg.extraction import extract
from kg.model import Page
from kg.readers import Skipped, Source, choose, pdf

LINES = """Why rivers turn
Ada Bergström, Lund University
Rivers turn where the bank gives way, and the bank gives way where roots
are thin. We show with twenty years of photographs how the turning grows
faster when forests are cut, and what it means for villages further down-
stream. The forests were cut for ships.
Ada Bergström is a professor at Lund University. She got her PhD in geo-
logy from Ghent University in 2012.
Reefs and the divers who count them
Jon Roe, University of Otago""".split("\n")


def document(*sheets: list[str]) -> bytes:
    """A document that prints these lines on its sheets."""
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    bodies.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    kids = []
    for lines in sheets:
        told = b"".join(
            b"1 0 0 1 50 %d Tm (%s) Tj\n" % (760 - 14 * n, line.encode("cp1252"))
            for n, line in enumerate(lines)
        )
        stream = b"BT /F1 10 Tf\n" + told + b"ET"
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(b"%d 0 R" % (len(bodies) + 1))
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(bodies)
        )
    bodies[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return out + end % (len(bodies) + 1, table, len(bodies) + 1, len(out))


def read(data: bytes) -> tuple[Page | None, list[Skipped]]:
    found = list(pdf.read(Source("programme.pdf", data)))
    pages = [f for f in found if isinstance(f, Page)]
    return (pages[0] if pages else None), [f for f in found if isinstance(f, Skipped)]


def test_lines_that_a_margin_ended_are_put_together() -> None:
    page, _ = read(document(LINES))
    assert page is not None
    assert page.text.split("\n") == [
        "Why rivers turn",
        "Ada Bergström, Lund University",
        "Rivers turn where the bank gives way, and the bank gives way where roots are thin. We show with twenty years "
        "of photographs how the turning grows faster when forests are cut, and what it means for villages further "
        "downstream. The forests were cut for ships.",
        "Ada Bergström is a professor at Lund University. She got her PhD in geology from Ghent University in 2012.",
        "Reefs and the divers who count them",
        "Jon Roe, University of Otago",
        "",
    ]
    found = [(t.title, [s.name for s in t.speakers]) for t in extract(page)]
    assert found == [
        ("Why rivers turn", ["Ada Bergström"]),
        ("Reefs and the divers who count them", ["Jon Roe"]),
    ]


def test_what_every_sheet_repeats_is_dropped() -> None:
    sheets = [
        ["Coast Days 2021", title, f"by {title[0]}. Roe", f"Page {n} of 3"]
        for n, title in enumerate(("Tides", "Reefs", "Dunes"), 1)
    ]
    page, _ = read(document(*sheets))
    assert page is not None
    assert page.text == "Tides\nby T. Roe\nReefs\nby R. Roe\nDunes\nby D. Roe\n"


def test_what_cannot_be_read_is_said() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(document(LINES)))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    for data, message in (
        (locked.getvalue(), "locked with a password"),
        (document([]), "without text"),
        (b"%PDF-1.7\nnothing", "no PDF that can be read"),
        (document(LINES)[:300], "PDF"),
    ):
        with pytest.raises(ReadError, match=rf"^programme\.pdf.*{message}"):
            read(data)


def test_a_document_locked_without_a_password_is_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(document(LINES)))
    writer.encrypt("", owner_password="secret", algorithm="RC4-128")
    open_to_all = io.BytesIO()
    writer.write(open_to_all)
    page, _ = read(open_to_all.getvalue())
    assert page is not None
    assert page.text.startswith("Why rivers turn\n")


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingPart, match=r"talkgraph\[pdf\]"):
        read(document(LINES))


def test_a_document_is_known_by_its_content() -> None:
    assert choose(Source("programme", document(LINES)))[0] == "pdf"


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 255)), max_size=12))
def test_broken_documents_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(document(LINES))
    for at, byte in changes:
        data[at * len(data) // 1001] = byte
    with contextlib.suppress(KgError):
        read(bytes(data))
