"""Pages of the web: fetched politely, within limits, and kept."""

from __future__ import annotations

import gzip
import io
import json
import logging
import socket
import sys
import time
import zipfile
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg import readers
from kg.errors import MissingPart, ReadError
from kg.readers import _asking, _fetching, _pages
from kg.readers._fetching import Fetcher
from kg.settings import Settings

if TYPE_CHECKING:
    from tests.conftest import Site

Run = Callable[..., tuple[int, str, str]]
PRIVATE = Settings(private=True)
pytestmark = pytest.mark.loopback


def fetched(url: str, most: int = 100_000) -> bytes:
    return Fetcher(most, private=True).fetch(url).data()


# ---------------------------------------------------------------- what is read


def test_a_page_is_known_by_its_address(site: Site, short: Path) -> None:
    url = site.has("/talks/coast.txt", short.read_bytes())
    graph = kg.build(url, settings=PRIVATE)
    assert "Ada Bergström" in graph.names("person")
    assert f'terms#url> "{url}"^^' in graph.ntriples()


def test_the_media_type_tells_format_and_encoding(site: Site) -> None:
    url = site.has(
        "/export.php?id=3#top", "Jędrzej".encode("iso8859_2"), "text/csv; charset=iso-8859-2"
    )
    site.replies["/export.php?id=3"] = site.replies["/export.php?id=3#top"]
    [place] = readers.located([url], PRIVATE)
    source = place.found.open()
    assert (source.suffix, source.text, place.name) == (".csv", "Jędrzej", url.removesuffix("#top"))


def test_this_program_says_who_it_is(site: Site) -> None:
    fetched(site.has("/a", "x"))
    for headers in site.headers:
        assert headers["User-Agent"].startswith("TalkGraph/")
        assert "(+https://" in headers["User-Agent"]


def test_an_archive_of_the_web_is_read(site: Site, short: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("a/coast.txt", short.read_bytes())
    url = site.has("/files/talks.zip", packed.getvalue(), "application/zip")
    assert [p.name for p in readers.located([url], PRIVATE)] == ["talks.zip/a/coast.txt"]
    assert kg.build(url, settings=PRIVATE).stats()["talks"] == 1


def test_what_cannot_be_fetched_does_not_sink_the_rest(
    site: Site, short: Path, tmp_path: Path, kg_command: Run
) -> None:
    url = site.has("/coast.txt", short.read_bytes())
    words = ("build", url, site.url + "/gone", "--private", "-o", tmp_path / "x.kg")
    code, _, err = kg_command(*words)
    assert code == 3
    assert f"skipped: {site.url}/gone: HTTP 404 (Not Found)" in err
    [row] = map(json.loads, (tmp_path / "x.kg" / "dropped.jsonl").read_text("utf-8").splitlines())
    assert row["source"] == f"{site.url}/gone"


def test_a_page_that_did_not_change_is_not_built_again(
    site: Site, short: Path, tmp_path: Path, kg_command: Run
) -> None:
    url = site.has("/coast.txt", short.read_bytes(), ETag='"one"')
    words = ("build", url, "--private", "-o", tmp_path / "x.kg")
    assert kg_command(*words)[0] == 0
    site.says("/coast.txt", 304)
    code, _, err = kg_command(*words)
    assert (code, "is up to date" in err) == (0, True)
    assert site.headers[-1]["If-None-Match"] == '"one"'


# ---------------------------------------------------------------- manners


def test_robots_txt_is_obeyed(site: Site) -> None:
    site.has("/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/talks\n")
    site.has("/private/talks.txt", "x")
    site.has("/private/rest.txt", "x")
    assert fetched(site.url + "/private/talks.txt") == b"x"
    with pytest.raises(
        ReadError, match=r"rest\.txt: the robots\.txt of 127\.0\.0\.1 asks programs not"
    ):
        fetched(site.url + "/private/rest.txt")
    assert site.pages() == ["/private/talks.txt"]


def test_robots_txt_is_asked_once_and_where_it_is_broken_nothing_is_fetched(site: Site) -> None:
    site.says("/robots.txt", 503)
    url = site.has("/a.txt", "x")
    with pytest.raises(ReadError, match=r"/robots\.txt: HTTP 503"):
        fetched(url)
    assert site.pages() == []
    site.replies.pop("/robots.txt")
    site.asked.clear()
    fetcher = Fetcher(1000, private=True)
    fetcher.fetch(url)
    fetcher.fetch(url)
    assert site.asked == ["/robots.txt", "/a.txt", "/a.txt"]


def test_redirections_end_and_each_is_checked(site: Site) -> None:
    site.has("/robots.txt", "User-agent: TalkGraph\nDisallow: /no")
    site.has("/there", "x")
    for number, path in enumerate(("/there", "/5", "/4", "/3", "/2", "/1")):
        site.says(f"/{5 - number}", 302, Location=path)
    assert fetched(site.url + "/1") == b"x"
    site.says("/0", 301, Location="/1")
    site.says("/round", 307, Location="/round")
    for start in ("/0", "/round"):
        with pytest.raises(ReadError, match="leads on more than 5 times"):
            fetched(site.url + start)
    for there, told in (
        ("/no/page", "asks programs not to fetch it"),
        ("file:///etc/passwd", "only http and https"),
        ("http://me:secret@127.0.0.1/", "user name or password"),
        ("", "HTTP 302"),
    ):
        site.says("/away", 302, Location=there)
        with pytest.raises(ReadError, match=told) as caught:
            fetched(site.url + "/away")
        assert "secret" not in str(caught.value)


def test_a_host_is_left_in_peace_between_two_pages(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    monkeypatch.setattr(_fetching, "_PAUSE", 1.0)
    site.has("/robots.txt", "User-agent: *\nCrawl-delay: 3")
    fetcher = Fetcher(1000, private=True)
    for path in ("/a", "/b"):
        fetcher.fetch(site.has(path, "x"))
    assert [round(w) for w in waits] == [3]


def test_a_busy_host_is_asked_again_later(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    url = site.has("/a", "x")
    good = site.replies["/a"]
    turns = iter([429, 503])

    def reply(handler: BaseHTTPRequestHandler) -> None:
        status = next(turns, 0)
        if not status:
            return good(handler)
        handler.send_response(status)
        handler.send_header("Retry-After", "0")
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return None

    site.replies["/a"] = reply
    assert fetched(url) == b"x"
    assert site.pages() == ["/a"] * 3
    site.says("/a", 429, Retry_After="86400")
    other = site.says("/b", 429, Retry_After="86400")
    with pytest.raises(ReadError, match=r"left alone for 86,400 seconds \(HTTP 429"):
        fetched(other)
    assert site.pages().count("/b") == 1


# ---------------------------------------------------------------- limits


def test_a_page_may_be_so_long(site: Site) -> None:
    assert len(fetched(site.has("/a", "x" * 1000), 1000)) == 1000
    for headers, data in (
        ({}, b"x" * 1001),
        ({"Content_Encoding": "gzip"}, gzip.compress(bytes(50_000_000))),
    ):
        url = site.has("/b", data, **headers)
        with pytest.raises(ReadError, match="has more than 1,000 bytes"):
            fetched(url, 1000)


def test_a_page_without_an_end_is_left(site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 1000)

    site.replies["/a"] = endless
    with pytest.raises(ReadError, match="has more than 5,000 bytes"):
        fetched(site.url + "/a", 5000)


def test_packed_pages_are_unpacked_and_others_refused(site: Site) -> None:
    url = site.has("/a", gzip.compress(b"tides"), Content_Encoding="gzip")
    assert fetched(url) == b"tides"
    site.has("/b", b"tides", Content_Encoding="br")
    with pytest.raises(ReadError, match="packed as 'br', unasked"):
        fetched(site.url + "/b")
    site.has("/c", b"tides", Content_Encoding="gzip")
    with pytest.raises(ReadError, match="garbled"):
        fetched(site.url + "/c")


def test_packed_pages_are_whole_or_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_fetching, "_WAIT", 0.0)
    packed = gzip.compress(b"tides ") + gzip.compress(b"of logic")
    assert fetched(site.has("/two", packed, Content_Encoding="gzip")) == b"tides of logic"
    for cut in (packed[:-3], gzip.compress(b"tides" * 1000)[:30]):
        url = site.has("/cut", cut, Content_Encoding="gzip")
        with pytest.raises(ReadError, match="the answer ends in the middle"):
            fetched(url)
    bombs = gzip.compress(bytes(1_000_000)) * 3
    with pytest.raises(ReadError, match="has more than 100,000 bytes"):
        fetched(site.has("/bomb", bombs, Content_Encoding="gzip"))


def test_what_is_secret_in_an_address_is_kept_nowhere(
    site: Site, short: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    signed = "/talks.txt?X-Amz-Algorithm=A4&X-Amz-Date=2026{0}&X-Amz-Signature=s3cr3t{0}&page=2"
    folder, home = tmp_path / "talks.kg", tmp_path / "home"
    with caplog.at_level(logging.DEBUG):
        for day in ("0101", "0102"):
            url = site.has(signed.format(day), short.read_bytes())
            kg.build(url, workspace=folder, settings=PRIVATE)
    files = [p for where in (folder, home) for p in where.rglob("*") if p.is_file()]
    assert files
    assert not [p for p in files if b"s3cr3t" in p.read_bytes()]
    assert "s3cr3t" not in caplog.text
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert [s["name"] for s in manifest["sources"]] == [
        f"{site.url}/talks.txt?X-Amz-Signature=...&page=2"
    ]


@pytest.mark.parametrize("way", ["silent", "trickling", "cut"])
def test_a_page_may_take_so_long(site: Site, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_asking, "_READ", 0.2)
    monkeypatch.setattr(_fetching, "_TOTAL", 1.0)

    def slow(handler: BaseHTTPRequestHandler) -> None:
        if way == "silent":
            time.sleep(0.5)
            return
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        while way == "trickling":
            handler.wfile.write(b"x")
            time.sleep(0.05)

    site.replies["/a"] = slow
    start = time.monotonic()
    with pytest.raises(ReadError, match=r"takes too long|nothing came|connection broke"):
        fetched(site.url + "/a")
    assert time.monotonic() - start < 3


# ---------------------------------------------------------------- copies


def test_a_copy_serves_when_the_site_does_not(
    site: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.has("/a", "x", Last_Modified="Mon, 03 May 2021 10:00:00 GMT")
    fetched(url)
    site.says("/a", 500)
    with caplog.at_level(logging.WARNING, "kg"):
        assert fetched(url) == b"x"
    assert site.headers[-1]["If-Modified-Since"] == "Mon, 03 May 2021 10:00:00 GMT"
    assert "HTTP 500 (Internal Server Error); the copy of 20" in caplog.text

    def nobody(*_: Any, **__: Any) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    assert fetched(url) == b"x"
    with pytest.raises(ReadError, match=r"no machine named '127\.0\.0\.1' was found"):
        fetched(site.url + "/never-seen")


def test_a_page_that_is_gone_has_no_copy(site: Site) -> None:
    url = site.has("/a", "x")
    fetched(url)
    site.says("/a", 410)
    with pytest.raises(ReadError, match="HTTP 410"):
        fetched(url)


def test_a_broken_copy_counts_for_none(site: Site) -> None:
    url = site.has("/a", "x", ETag='"one"')
    fetched(url)
    copy = _pages.kept(url)
    assert copy
    copy.path.write_bytes(b"changed by somebody")
    assert fetched(url) == b"x"
    assert "If-None-Match" not in site.headers[-1]
    copy.path.with_suffix(".json").write_text("[", "utf-8")
    assert _pages.kept(url) is None


def test_a_mark_of_a_page_that_no_header_holds_is_not_sent_back(site: Site) -> None:
    url = site.has("/a", "x", ETag='"\xff"')
    assert fetched(url) == fetched(url) == b"x"
    assert "If-None-Match" not in site.headers[-1]


def test_pages_are_read_where_no_copy_can_be_kept(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TALKGRAPH_HOME", str(tmp_path / "file"))
    assert fetched(site.has("/a", "x")) == b"x"


def test_without_the_http_client_its_extra_is_named(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(MissingPart, match=r"pip install 'talkgraph\[web\]'"):
        fetched(site.has("/a", "x"))
