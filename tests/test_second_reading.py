"""The learned chain, how its tags become posts, and the annotated pages it learns from."""

from __future__ import annotations

import pytest

from kg import language, posts
from kg.extraction import extract
from kg.facts.affiliation import Affiliation
from kg.facts.education import Education
from kg.model import Page, Span
from kg.tagger import Heard, Tag
from kg.training import _annotated as annotated

WRITTEN = """=== short
S*\t{n.name Ada Byron}, {a1.role reader}, {a1.org Lund University}
O\tShe was a {p1,p2.role postdoc} at {p1.org Oslo} and {p2.org Bergen} and holds a {e1.deg PhD} from {e1.org Ghent}.
"""


def tags(*found: tuple[str, int]) -> list[Tag]:
    """Tags of one letter each, in reading order."""
    return [Tag(kind, Span(at, at + 1)) for kind, at in found]


def roles(found: list[Tag]) -> list[tuple[str, int, int | None]]:
    """Kind and place of every post, and where its role stands."""
    heads = [t for t in found if t.kind in {"aff", "pri", "mem"}]
    told = [posts.roles_of(found, heads, n) for n in range(len(heads))]
    return [
        (h.kind, h.span.start, r[0].span.start if r else None)
        for h, r in zip(heads, told, strict=True)
    ]


def test_a_role_is_shared_by_the_places_behind_it() -> None:
    """ "postdoc at X and Y"."""
    assert roles(tags(("role", 0), ("pri", 2), ("pri", 4))) == [("pri", 2, 0), ("pri", 4, 0)]


def test_a_new_role_is_not_shared_backwards() -> None:
    """ "postdoc at X, professor at Y"."""
    found = tags(("role", 0), ("pri", 2), ("role", 4), ("aff", 6))
    assert roles(found) == [("pri", 2, 0), ("aff", 6, 4)]


def test_an_earlier_post_becomes_a_frame_with_its_role_and_years() -> None:
    """The tense is past; two digits end a range in the century of its start; unsure ones are left out."""
    text = "postdoc at Oslo 2009-11"
    heard = Heard(language.plain(text, Span(0, len(text))), (), "bio", "speaker")
    found = [
        Tag("role", Span(0, 7)), Tag("pri", Span(11, 15), 0.9), Tag("start", Span(16, 20)), Tag("end", Span(21, 23)),
    ]  # fmt: skip
    (frame,) = posts.read(heard, found, 0.8, Span(0, 1))
    assert (frame.kind, frame.tense, frame.start, frame.end) == ("post", "past", "2009", "2011")
    assert frame.anchor is not None
    assert frame.organization is not None
    assert (frame.anchor.value, frame.organization.value) == ("postdoc", "Oslo")
    assert posts.read(heard, found, 0.95, Span(0, 1)) == []


def test_written_pages_are_read_as_annotated() -> None:
    """The marks leave the text, and point at it."""
    (page,) = annotated.parse(WRITTEN, "x")
    assert page.roles == ["S*", "O"]
    assert "{" not in page.text
    shown = {page.text[a:b]: kind for a, b, kind in page.heads}
    assert shown == {
        "Ada Byron": "name", "Lund University": "aff", "Oslo": "pri", "Bergen": "pri", "Ghent": "edu",
    }  # fmt: skip
    ties = {(page.text[a:b], page.text[c:d]) for (a, b, _), (c, d, _) in page.ties}
    assert {("postdoc", "Oslo"), ("postdoc", "Bergen"), ("Ghent", "PhD")} <= ties


def test_a_wrong_mark_is_refused() -> None:
    """An award has no organization."""
    with pytest.raises(ValueError, match="w1 has no part 'org'"):
        annotated.parse("=== x\nO\tShe won {w1.org the Tern Medal}.\n", "x")


def test_every_written_page_can_be_read() -> None:
    """Each line has a role, and each mark a known part."""
    pages = annotated.written()
    assert len(pages) > 400
    assert all(p.roles and p.text for p in pages)


def test_facts_of_a_plain_page_stand() -> None:
    """What both readings agree on is kept, with its sentence."""
    text = (
        "Maps of the deep\nAda Byron, Lund University\n\nAda Byron is a reader in geology at Lund University. "
        "She received her PhD in geology from Ghent University in 2004.\n"
    )
    (talk,) = extract(Page("x", text))
    facts = talk.speakers[0].facts
    assert {f.organization for f in facts if isinstance(f, Affiliation)} == {"Lund University"}
    assert {f.organization for f in facts if isinstance(f, Education)} == {"Ghent University"}
