"""Readers: encodings, what is no text, names that tell pages apart."""

from __future__ import annotations

import codecs
import contextlib
import io
import logging
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import readers
from kg.errors import KgError, ReadError
from kg.model import Page
from kg.readers import Source
from kg.readers._decoding import decode
from kg.settings import Settings

TEXT = "Tides of Logic\nAda Bergström, Łódź – “Ω”\n"


def page(tmp_path: Path, data: bytes, name: str = "page.txt") -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("suffix", readers.readers()["text"].SUFFIXES)
def test_text_is_read_as_it_stands(tmp_path: Path, suffix: str) -> None:
    [read] = readers.read(page(tmp_path, TEXT.encode(), f"page{suffix}"))
    assert (read.name, read.text) == (f"page{suffix}", TEXT)


@pytest.mark.parametrize("name", ["page", "page.weird", "page.TXT", ".hidden"])
def test_an_unknown_suffix_is_text(tmp_path: Path, name: str) -> None:
    assert readers.read(page(tmp_path, TEXT.encode(), name))[0].text == TEXT


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\u2028").encode(),
    ],
)
def test_encodings_and_line_breaks_make_one_text(data: bytes) -> None:
    assert decode("page.txt", data) == TEXT


def test_windows_text_is_read_with_a_note(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "kg"):
        assert decode("old.txt", "José’s talk – x\n".encode("cp1252")) == "José’s talk – x\n"
    assert caplog.messages == ["old.txt is not UTF-8 (byte 3); read as Windows-1252"]


def test_what_a_quote_would_not_show_is_dropped() -> None:
    text = (
        "uni\u00adver\u200bsity \u202edlo\u202c \u2066x\u2069 a\x00b \x1b[31mred\n"
        + "filler " * 200
    )
    assert decode("page.txt", text.encode()).startswith("university dlo x ab [31mred\n")


def test_joiners_of_other_scripts_stay() -> None:
    assert decode("page.txt", "می\u200cخواهم".encode()) == "می\u200cخواهم"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "page.txt is empty"),
        (b" \n\t\r\n", "page.txt is empty"),
        ("\ufeff\u200b".encode(), "page.txt is empty"),
        (b"%PDF-1.7 ...", "no PDF that can be read"),
        (b"PK\x03\x04rest", "a ZIP archive or an office document"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (bytes(range(256)) * 4, "page.txt is a binary file, not text"),
        (b"\x00\x01\x02" * 100, "page.txt is a binary file, not text"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        readers.read(page(tmp_path, data))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>", "<html lang='en'>", "\n<!-- x -->\n<!doctype HTML>"]
)
def test_a_web_page_is_known_whatever_it_is_called(start: str) -> None:
    assert readers.choose(Source("page.txt", f"{start}<p>Tides</p>".encode()))[0] == "html"


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    page(tmp_path, b"x", "recorded-talks.txt")
    with pytest.raises(
        ReadError, match=r"no file named '.*recorded-talk\.txt'; nearest: recorded-talks\.txt"
    ):
        readers.read(tmp_path / "recorded-talk.txt")
    with pytest.raises(ReadError, match="there is no folder"):
        readers.read(tmp_path / "nowhere" / "page.txt")


def test_an_empty_folder_and_an_odd_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="holds no file to read"):
        readers.read(tmp_path)
    with pytest.raises(ReadError, match="cannot be read"):
        readers.read("a\0b")


def test_a_page_that_is_too_long_is_refused(tmp_path: Path) -> None:
    path = page(tmp_path, b"a talk " * 100)
    for most in (10, 600):
        with pytest.raises(ReadError, match=f"more than {most} characters"):
            readers.read(path, Settings(max_page_chars=most))
    assert readers.read(path, Settings(max_page_chars=700))


def test_standard_input_is_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    [read] = readers.read("-")
    assert (read.name, read.text) == ("stdin", TEXT)


def names(sources: list[Any]) -> list[str]:
    """Names of the pages of some sources, in their order."""
    return [p.name for p in readers.gather(readers.located(sources))]


def test_a_page_is_named_by_its_file_whatever_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = page(tmp_path, b"one", "here/page.txt")
    monkeypatch.chdir(path.parent)
    named = [names([p])[0] for p in (path, "page.txt", "../here/page.txt")]
    assert named == ["page.txt"] * 3


def test_pages_of_one_name_get_as_much_path_as_they_need(tmp_path: Path) -> None:
    places = ["a/x/page.txt", "b/x/page.txt", "b/other.txt"]
    paths = [page(tmp_path, place.encode(), place) for place in places]
    for order in (paths, paths[::-1]):
        assert names(order) == [
            "other.txt",
            "a/x/page.txt",
            "b/x/page.txt",
        ]


def test_a_text_given_twice_is_read_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    one, other = page(tmp_path, b"same", "one.txt"), page(tmp_path, b"same", "two.txt")
    assert names([other, one, one]) == ["one.txt"]
    assert "two.txt holds the same text as one.txt; read once" in caplog.messages


def test_errors_go_where_they_are_asked_for(tmp_path: Path) -> None:
    good, bad = page(tmp_path, b"good", "good.txt"), page(tmp_path, b"", "bad.txt")
    told: dict[str, KgError] = {}
    places = readers.located([bad, good])
    assert [p.name for p in readers.gather(places, on_error=told.__setitem__)] == ["good.txt"]
    assert list(told) == ["bad.txt"]
    with pytest.raises(ReadError):
        list(readers.gather(places))


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    pages: list[Page] = []
    with contextlib.suppress(ReadError):
        found = readers.readers()["text"].read(Source("any.txt", data))
        pages = [p for p in found if isinstance(p, Page)]
    assert all(p.text.strip() and not set(p.text) & {"\r", "\0", "\x1b"} for p in pages)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1))
def test_plain_text_comes_back_as_it_is(text: str) -> None:
    if text.strip() and not text.encode().startswith((b"PK\x03\x04", b"%PDF", b"GIF8", b"{\\rtf")):
        assert decode("page.txt", text.encode()) == text
