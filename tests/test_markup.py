"""Values that hold HTML or Markdown: what is text stays, what is markup goes."""

from __future__ import annotations

from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers._markup import lines, prose


@pytest.mark.parametrize(
    "text",
    [
        "a < b and c > d",
        "if a<b and b>c then",
        "x_1 and y_2, snake_case_name",
        "2 * 3 * 4 and 5*6*7",
        "E[X_i] * E[Y_i]",
        "f(x) = <x, y>",
        "$a_1 * b_2$ and $c*d*e$",
        "C# and F#, see [1], [2]",
        "[Ada Byron] on tides",
        "1986. A year of storms",
        "#tides & rivers",
        "Straße – Ω, 潮汐与河流",
    ],
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert prose(text) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<p>One</p><p>Two<br/>three</p>", "One\nTwo\nthree"),
        (
            "We <b>turn</b> and <i>st</i>ill<br><br>Second &amp; third",
            "We turn and still\nSecond & third",
        ),
        ("<ul><li>reefs</li><li>dunes</li></ul>", "reefs\ndunes"),
        ("*Ada* is a **big** _fan_ of `reefs`", "Ada is a big fan of reefs"),
        ("See [her page](https://x.org/a_(b)) and ![a map](m.png)", "See her page and"),
        ("See [her page][1].\n\n[1]: https://x.org", "See her page."),
        ("# Tides\n\nText goes\non here.", "Tides\nText goes on here."),
        ("- one\n- two\n  more of two\n\n1. first", "one\ntwo more of two\n1. first"),
        ("Title\n=====\n\nSub\n---\nText", "Title\nSub\nText"),
        ("<!-- hidden -->Shown<script>alert(1)</script>", "Shown"),
        ("&lt;p&gt;Double&lt;/p&gt;", "Double"),
        ("```python\nx = 1\n```\nText", "Text"),
        ("| a | b |\n|---|---|\n| c | d |", "a | b\nc | d"),
        ("> quoted\n> and more", "quoted and more"),
        (r"Dr\. Ada \*x\*", "Dr. Ada *x*"),
        ("Text[^1]\n\n[^1]: A note.", "Text\nA note."),
        ("Term\n: its meaning", "Term: its meaning"),
        ("{% include video.html %}\nText {{< ref >}}", "Text"),
        ("河流在春天\n**转弯**。", "河流在春天\n转弯。"),
        (
            "H<sub>2</sub>O over 5 m<sup>2</sup>, as Roe<sup>1,2</sup> says",
            "H2O over 5 m2, as Roe says",
        ),
        ("&nbsp;\n***\n# ", ""),
    ],
)
def test_markup_goes(text: str, wanted: str) -> None:
    assert prose(text) == wanted


def test_a_document_keeps_its_gaps() -> None:
    found = lines("# A\n\nB\nC\n\n- d\n- e\n")
    assert found == [("A", False), ("B", True), ("C", False), ("d", True), ("e", False)]


@given(st.text(alphabet="ab *_<>/[](){}#|`~-=:!&;p\n\\\u6f6e\x00\u202e", max_size=80))
def test_any_text_is_read(text: str) -> None:
    for line in filter(None, prose(text).split("\n")):
        assert line.strip() == line
        assert any(map(str.isalnum, line))


@pytest.mark.parametrize(
    "part",
    [
        "<",
        "*",
        "[",
        "[](",
        "`",
        "<a ",
        "<!--",
        "a\n",
        ": a\n",
        "> ",
        "<div>",
        "**a _b ",
        "{{",
        "```\n",
    ],
)
def test_hostile_text_takes_no_longer_than_its_length_warrants(part: str) -> None:
    began = monotonic()
    prose(part * (200_000 // len(part)))
    assert monotonic() - began < 5
