"""Whom a page may be fetched from, and what is told of an address."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import readers
from kg.errors import ReadError
from kg.readers import _addresses, _robots
from kg.readers._addresses import checked, is_url, shown
from kg.readers._fetching import Fetcher
from kg.settings import Settings

if TYPE_CHECKING:
    from tests.conftest import Site

Run = Callable[..., tuple[int, str, str]]
PRIVATE = Settings(private=True)
pytestmark = pytest.mark.loopback


def test_ones_own_machine_is_not_asked_unless_allowed(site: Site, kg_command: Run) -> None:
    url = site.has("/a", "x")
    with pytest.raises(
        ReadError, match="is this machine or one of its own network; --private allows"
    ):
        readers.located([url])
    assert site.asked == []
    code, _, err = kg_command("extract", url)
    assert (code, err.count("\n")) == (1, 2)


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.100.100.200", "0.0.0.0",
        "[fe80::1]", "[fd00:ec2::254]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1", "168.63.129.16",
    ],
)  # fmt: skip
def test_no_way_to_write_an_address_leads_home(host: str) -> None:
    with pytest.raises(ReadError, match=r"is this machine or one of its own|no address of the web"):
        Fetcher(1000).fetch(f"http://{host}/page")


def test_the_machine_that_was_checked_is_the_one_that_is_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads elsewhere the second time it is looked up gains nothing."""
    port = int(site.url.rpartition(":")[2])
    looked: list[str] = []
    known = socket.getaddrinfo

    def look_up(host: str, *rest: Any, **more: Any) -> Any:
        looked.append(host)
        number = "127.0.0.1" if host == "talks.example" else host
        return known(number, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(_addresses, "is_public", lambda number: number == "127.0.0.1")
    site.has("/a", "x")
    url = f"http://talks.example:{port}/a"
    assert Fetcher(1000).fetch(url).data() == b"x"
    assert looked.count("talks.example") == 2, "once for robots.txt, once for the page"
    assert site.headers[-1]["Host"] == f"talks.example:{port}"
    site.says("/b", 302, Location="http://10.1.2.3/a")
    with pytest.raises(ReadError, match=r"^10\.1\.2\.3 is this machine or one of its own"):
        Fetcher(1000).fetch(f"http://talks.example:{port}/b")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://me:hunter2@127.0.0.1/", "user name or password; leave them out"),
        ("ftp://127.0.0.1/a", "only http and https addresses"),
        ("http://", "no address of the web"),
        ("http://[::1", "no address of the web"),
        ("http://127.0.0.1:99999/", "no address of the web"),
        ("http://a\x00b/", "no address of the web|no machine"),
        ("http://xn--/", "no address of the web|no machine"),
        ("http://" + "a" * 300 + "/", "no address of the web|no machine"),
    ],
)
def test_what_is_no_address_is_refused_in_a_line(url: str, told: str) -> None:
    with pytest.raises(ReadError, match=told) as caught:
        Fetcher(1000).fetch(url)
    assert "\n" not in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_keys_in_an_address_are_not_told(site: Site) -> None:
    site.has("/export?apikey=hunter2&id=7", "x")
    [place] = readers.located([site.url + "/export?apikey=hunter2&id=7"], PRIVATE)
    assert place.name == site.url + "/export?apikey=...&id=7"


# ---------------------------------------------------------------- robots.txt


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: other\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", True),
        ("User-agent: TalkGraph/1.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True),
        (
            "User-agent: *\nDisallow: /\nUser-agent: talkgraph\nUser-agent: x\nDisallow: /a",
            "/a",
            False,
        ),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/a.pdf?page=2", True),
        ("User-agent: *\nDisallow: /*?session=", "/a?session=3", False),
        ("User-agent: *\nDisallow: /a*b*c", "/axxbxxcxx", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /a%7eb", "/a~b", False),
        ("User-agent: *\nDisallow: /a%2fb", "/a/b", True),
        ("User-agent: *\nDisallow: /łódź", "/%C5%82%C3%B3d%C5%BA/", False),
        ("\ufeffuser-AGENT : *  # all\r\n disallow : /a # no\r\n", "/a", False),
        ("<html>no robots</html>", "/a", True),
        ("Disallow: /", "/a", True),
    ],
)
def test_the_longest_rule_that_fits_decides(rules: str, path: str, allowed: bool) -> None:
    assert _robots.read(rules).allow(f"http://example.org{path}") is allowed


def test_pauses_are_read_and_limited() -> None:
    for told, pause in (("5", 5), ("0.5", 0.5), ("86400", 30), ("soon", 0), ("-1", 0)):
        assert _robots.read(f"User-agent: *\nCrawl-delay: {told}").pause == pause


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_robots_txt_is_read(rules: str, path: str) -> None:
    _robots.read(f"User-agent: *\nDisallow: {rules}\n{rules}").allow(f"http://a.example/{path}")


@given(st.one_of(st.text(max_size=60), st.from_regex(r"https?://[!-~]{0,40}", fullmatch=True)))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    if is_url(text):
        assert shown(text).isprintable()
        try:
            whole = checked(text)
        except ReadError as error:
            whole = str(error)
        assert "\n" not in whole


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://a.org/t?page=2&event=5", "https://a.org/t?page=2&event=5"),
        ("https://a.org/t?sort=key&se=3", "https://a.org/t?sort=key&se=3"),
        ("https://a.org/t?event=5&access_token=abc", "https://a.org/t?event=5&access_token=..."),
        (
            "https://a.org/t?X-Amz-Security-Token=q&X-Amz-Expires=9&X-Amz-Signature=f&v=1",
            "https://a.org/t?X-Amz-Signature=...&v=1",
        ),
        ("https://a.org/t?sv=2024&se=2026&sr=b&sp=r&sig=abc%3D&v=1", "https://a.org/t?sig=...&v=1"),
        (
            "https://a.org/t?GoogleAccessId=x&Expires=1&Signature=abc",
            "https://a.org/t?Signature=...",
        ),
        (
            "https://a.org/ical/room%40a.org/private-0123456789abcdef/basic.ics",
            "https://a.org/ical/room%40a.org/private-.../basic.ics",
        ),
        ("https://a.org/private-view/talks", "https://a.org/private-view/talks"),
    ],
)
def test_what_is_secret_in_an_address_is_not_told(url: str, told: str) -> None:
    assert shown(url) == told
    assert shown(told) == told
