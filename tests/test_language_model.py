"""Asking a language model: a service on this machine that answers well, badly, late or not at all."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg import facade
from kg.errors import KgError, MissingPart, ModelError
from kg.settings import LanguageModel, Settings
from kg.workspace import Workspace

if TYPE_CHECKING:
    from tests.conftest import Chat

pytestmark = pytest.mark.loopback

Run = Callable[..., tuple[int, str, str]]
KEY = "sk-very-secret-0123456789"
DEGREE = {
    "speaker": "Ada Bergström", "kind": "education", "organization": "Ghent University", "degree": "PhD",
    "field": "mathematics", "year": "2012", "role": None,
}  # fmt: skip
MADE_UP = {**DEGREE, "organization": "University of Atlantis", "degree": "MSc", "year": "1870"}


@pytest.fixture
def page(short: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page of one talk, in the folder that commands run in."""
    monkeypatch.chdir(short.parent)
    return short


@pytest.fixture
def two(page: Path) -> list[Path]:
    """Pages of a talk each."""
    other = page.with_name("other.txt")
    text = page.read_text("utf-8")
    other.write_text(text.replace("Tides", "Sands").replace("Ada", "Eva"), "utf-8")
    return [page, other]


def options(chat: Chat, *more: str) -> list[str]:
    """The options that ask the service."""
    return ["--llm", chat.url, "--llm-model", "tide-7b", *more]


def rules(record: str) -> set[str]:
    """Every rule of a record."""
    lists = [v for v in json.loads(record)["speakers"][0].values() if isinstance(v, list)]
    return {entry["rule"] for entries in lists for entry in entries if "rule" in entry}


def test_extract_prints_what_the_model_adds(kg_command: Run, chat: Chat, page: Path) -> None:
    chat.says(DEGREE, MADE_UP)
    code, plain, _ = kg_command("extract", page)
    assert (code, chat.questions) == (0, [])
    code, out, err = kg_command("extract", page, *options(chat))
    assert code == 0
    assert rules(out) - rules(plain) == {"model/education"}
    [old, new] = json.loads(out)["speakers"][0]["education"]
    assert old == json.loads(plain)["speakers"][0]["education"][0]
    assert (new["as_printed"], new["year"], new["confidence"]) == ("Ghent University", "2012", 0.6)
    assert new["evidence"]["quote"].startswith("She got her PhD in mathematics:\nGhent")
    assert "tide-7b: asked 1, from the cache 0; facts added 1; dropped 4" in err
    assert "3 not in the text" in err
    assert "Atlantis" not in out


def test_the_request_is_a_chat_completion(kg_command: Run, chat: Chat, page: Path) -> None:
    kg_command("extract", page, *options(chat))
    [asked], [headers] = chat.questions, chat.headers
    assert (asked["model"], asked["temperature"]) == ("tide-7b", 0)
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert "Ghent University in 2012" in asked["messages"][-1]["content"]
    assert headers["path"] == "/v1/chat/completions"
    assert "authorization" not in {h.lower() for h in headers}


def test_the_key_is_sent_and_kept_nowhere(
    kg_command: Run, chat: Chat, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKGRAPH_LLM_KEY", KEY)
    chat.says(DEGREE)
    code, out, err = kg_command("build", page, *options(chat))
    assert code == 0
    assert {k.lower(): v for k, v in chat.headers[0].items()}["authorization"] == f"Bearer {KEY}"
    files = [p.read_bytes() for p in page.parent.rglob("*") if p.is_file()]
    assert len(files) > 5
    assert not any(KEY.encode() in data for data in files)
    chat.sends(500, json.dumps({"error": {"message": f"bad\x1b[31m key {KEY}"}}).encode())
    _, out_, err_ = kg_command("extract", page, *options(chat, "--llm-cache", "none", "--debug"))
    assert "HTTP 500: bad [31m key ..." in err_
    assert KEY not in out + err + out_ + err_


def test_a_second_build_asks_nothing_and_gives_the_same_bytes(
    kg_command: Run, chat: Chat, page: Path
) -> None:
    chat.says(DEGREE)
    assert kg_command("build", page, "-o", "one", *options(chat))[0] == 0
    assert kg_command("build", page, "-o", "other", *options(chat, "--llm-max-calls", "0"))[0] == 0
    gone = ["--llm", "http://127.0.0.1:9/v1", "--llm-model", "tide-7b"]
    code, _, err = kg_command("build", page, "-o", "third", *gone)
    assert (code, len(chat.questions)) == (0, 1)
    assert "asked 0, from the cache 1; facts added 1" in err
    for name in ("graph.nt", "records.jsonl"):
        assert len({Path(d, name).read_bytes() for d in ("one", "other", "third")}) == 1
    kg_command("build", page, "--llm", chat.url, "--llm-model", "another")
    assert len(chat.questions) == 2
    assert "model/education" in Path("one", "graph.nt").read_text("utf-8")


def test_the_manifest_names_the_model_and_no_place(chat: Chat, page: Path) -> None:
    model = LanguageModel(chat.url, "tide-7b", cache=str(page.parent / "kept"))
    kg.build(page, workspace="talks.kg", settings=Settings(llm=model))
    told = Workspace("talks.kg").manifest()["settings"]["llm"]
    assert told == {"name": "tide-7b", "max_calls": 200, "timeout": 60.0, "strict": False}
    kg.build(page, workspace="talks.kg")
    assert Workspace("talks.kg").manifest()["settings"]["llm"] is None
    assert len(list((page.parent / "kept").glob("*.json"))) == 1


def test_the_cap_on_calls(kg_command: Run, chat: Chat, two: list[Path]) -> None:
    code, _, err = kg_command("extract", *two, *options(chat, "--llm-max-calls", "1"))
    assert (code, len(chat.questions)) == (0, 1)
    assert err.count("was asked 1 times, the most for a run") == 1
    code, _, err = kg_command("extract", *two, *options(chat, "--llm-max-calls", "1"))
    assert (code, len(chat.questions)) == (0, 2)
    assert "most for a run" not in err
    strict = options(chat, "--llm-max-calls", "0", "--llm-cache", "new", "--strict")
    code, _, err = kg_command("extract", *two, *strict)
    assert code == 1
    assert "the most for a run" in err


def slow(chat: Chat) -> None:
    """The service says nothing for a while."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        del handler
        chat.closing.wait(10)

    chat.replies = [reply]


def trickling(chat: Chat) -> None:
    """The service sends a byte now and then."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
        while not chat.closing.wait(0.05):
            handler.wfile.write(b"x")

    chat.replies = [reply]


FAILURES: dict[str, tuple[Callable[[Chat], None], str]] = {
    "no JSON": (lambda chat: chat.writes('{"facts": [{"kind": "aw'), "no JSON of the form"),
    "other JSON": (lambda chat: chat.writes('{"things": []}'), "no JSON of the form"),
    "deep JSON": (lambda chat: chat.writes("[" * 100_000), "no JSON of the form"),
    "a refusal": (lambda chat: chat.writes(None), "no chat completion"),
    "a web page": (lambda chat: chat.sends(200, b"<html>"), "no chat completion"),
    "bytes": (lambda chat: chat.sends(200, b"\xff\xfe\x00"), "no chat completion"),
    "500": (lambda chat: chat.sends(500, b"oops"), "HTTP 500"),
    "429": (lambda chat: chat.sends(429, b'{"error": "too many"}'), "HTTP 429: too many"),
    "400": (lambda chat: chat.sends(400, b'{"error": {"message": "too long"}}'), "HTTP 400: too"),
    "huge": (lambda chat: chat.sends(200, b" " * 1_500_000), "longer than 1,000,000 bytes"),
    "slow": (slow, "no answer within 0.4 seconds"),
    "trickling": (trickling, "no answer within 0.4 seconds"),
    "broken": (
        lambda chat: chat.sends(200, b"{", **{"Transfer-Encoding": "chunked"}),
        "connection broke",
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_talk_without_an_answer_is_read_by_the_rules(
    kg_command: Run, chat: Chat, page: Path, failure: str
) -> None:
    fail, told = FAILURES[failure]
    _, plain, _ = kg_command("extract", page)
    fail(chat)
    limits = ("--llm-timeout", "0.4" if "answer within" in told else "20")
    code, out, err = kg_command("extract", page, *options(chat, *limits))
    assert (code, out) == (0, plain)
    [note] = [line for line in err.splitlines() if "of no use" in line]
    assert told in note
    assert note.startswith("kg: coast.txt: 'Tides of Logic': tide-7b was of no use")
    assert note.endswith("; read by the built-in rules alone")
    code, _, err = kg_command("build", page, "--strict", *options(chat, *limits))
    assert code == 1
    assert told in err
    assert len(err.splitlines()) == 1
    assert not Path("talks.kg").exists()
    assert not Path("talks.llm").exists(), "an answer of no use is not kept"


def test_after_three_failures_in_a_row_nothing_is_asked(
    kg_command: Run, chat: Chat, two: list[Path]
) -> None:
    text = two[0].read_text("utf-8")
    pages = [two[0].with_name(f"{n}.txt") for n in range(5)]
    for n, path in enumerate(pages):
        path.write_text(text.replace("Tides", f"Tides {n}"), "utf-8")
    chat.sends(503, b"")
    code, out, err = kg_command("extract", *pages, *options(chat))
    assert (code, len(out.splitlines()), len(chat.questions)) == (0, 5, 3)
    assert "tide-7b is asked no more: 3 failures in a row" in err
    busy = chat.replies[0]
    chat.says(DEGREE)
    chat.replies = [busy, busy, *chat.replies, busy, busy]
    kg_command("extract", *pages, *options(chat))
    assert len(chat.questions) == 8, "an answer between failures ends the row"


FATAL = {
    401: (401, {}, "asks for a key; set TALKGRAPH_LLM_KEY (HTTP 401)"),
    403: (403, {}, "asks for a key; set TALKGRAPH_LLM_KEY (HTTP 403)"),
    404: (404, {}, "no such model or is no chat completions endpoint (HTTP 404: unknown)"),
    302: (302, {"Location": "http://elsewhere.invalid/"}, "no chat completions endpoint (HTTP 302"),
}


@pytest.mark.parametrize("status", FATAL)
def test_what_no_further_question_would_mend_is_an_error(
    kg_command: Run, chat: Chat, page: Path, status: int
) -> None:
    assert kg_command("build", page)[0] == 0
    before = Path("talks.kg", "graph.nt").read_bytes()
    number, headers, told = FATAL[status]
    chat.sends(number, b'{"error": {"message": "unknown"}}', **headers)
    code, out, err = kg_command("build", page, *options(chat))
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert told in err
    assert Path("talks.kg", "graph.nt").read_bytes() == before


def test_a_refused_key(
    kg_command: Run, chat: Chat, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKGRAPH_LLM_KEY", KEY)
    chat.sends(401, json.dumps({"error": {"message": f"wrong: {KEY}"}}).encode())
    code, _, err = kg_command("extract", page, *options(chat, "--debug"))
    assert code == 1
    assert "refuses the key in TALKGRAPH_LLM_KEY (HTTP 401)" in err
    assert KEY not in err
    monkeypatch.setenv("TALKGRAPH_LLM_KEY", f"{KEY}\nmore")
    code, _, err = kg_command("extract", page, *options(chat, "--debug"))
    assert code == 1
    assert "TALKGRAPH_LLM_KEY holds characters that no key has" in err
    assert KEY not in err
    assert len(chat.questions) == 1


def test_nobody_answers(kg_command: Run, page: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # taken and not listened to: a connection is refused
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        code, _, err = kg_command("extract", page, "--llm", url, "--llm-model", "m")
    assert (code, len(err.splitlines())) == (1, 1)
    assert f"no language model answers at {url}/chat/completions" in err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--llm", "http://127.0.0.1:9/v1"), 2, "--llm needs --llm-model NAME"),
        (("--llm-model", "m"), 2, "--llm-model needs --llm URL"),
        (("--llm-max-calls", "5"), 2, "--llm-max-calls needs --llm URL"),
        (("--llm-max-calls", "-1"), 2, "no whole number"),
        (("--llm-timeout", "0"), 2, "no number of seconds above 0"),
        (("--llm-timeout", "nan"), 2, "no number of seconds above 0"),
        (("--llm", "localhost", "--llm-model", "m"), 1, "no http or https address"),
        (("--llm", "http://[", "--llm-model", "m"), 1, "no http or https address"),
        (("--llm", "file:///etc/passwd", "--llm-model", "m"), 1, "no http or https address"),
        (("--llm", "http://me:pass@127.0.0.1/v1", "--llm-model", "m"), 1, "TALKGRAPH_LLM_KEY"),
        (("--llm", "http://127.0.0.1/v1?key=pass", "--llm-model", "m"), 1, "TALKGRAPH_LLM_KEY"),
        (("--llm", "http://127.0.0.1/v1", "--llm-model", " "), 1, "has no name"),
    ],
)
def test_options_that_are_wrong(
    kg_command: Run, page: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    for command in ("extract", "build"):
        got, out, err = kg_command(command, page, *words)
        assert (got, out, len(err.splitlines())) == (code, "", 1)
        assert told in err
        assert "pass@" not in err
        assert "key=pass" not in err


def test_settings_that_are_wrong(page: Path) -> None:
    for wrong in ({"max_calls": -1}, {"timeout": 0.0}):
        model = LanguageModel("http://127.0.0.1:9/v1", "m", **wrong)
        with pytest.raises(ModelError, match="at least 0"):
            list(facade.find_talks([page], Settings(llm=model)))


def test_a_key_over_an_open_line_is_noted(
    kg_command: Run, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALKGRAPH_LLM_KEY", KEY)
    far = ["--llm", "http://192.0.2.1/v1", "--llm-model", "m", "--llm-max-calls", "0"]
    code, _, err = kg_command("extract", page, *far)
    assert code == 0
    assert "travels unencrypted" in err


def test_a_cache_that_cannot_be_written(kg_command: Run, chat: Chat, page: Path) -> None:
    Path("taken").write_text("", "utf-8")
    code, _, err = kg_command("extract", page, *options(chat, "--llm-cache", "taken"))
    assert (code, len(err.splitlines())) == (1, 1)
    assert "taken cannot keep the language model's answers" in err


@pytest.mark.parametrize("spoilt", [b"", b"{}", b"\xff", b'{"answer": "no JSON"}', b'{"answer": 7}'])  # fmt: skip
def test_a_spoilt_answer_in_the_cache_is_asked_for_again(
    kg_command: Run, chat: Chat, page: Path, spoilt: bytes
) -> None:
    chat.says(DEGREE)
    _, first, _ = kg_command("extract", page, *options(chat))
    [file] = Path("talks.llm").iterdir()
    good = file.read_bytes()
    file.write_bytes(spoilt)
    _, second, _ = kg_command("extract", page, *options(chat))
    assert (first, file.read_bytes(), len(chat.questions)) == (second, good, 2)


def test_without_the_client_it_says_what_to_install(
    chat: Chat, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(MissingPart, match=r"pip install 'talkgraph\[llm\]'"):
        kg.build(page, settings=Settings(llm=LanguageModel(chat.url, "m")))
    assert issubclass(MissingPart, KgError)
    assert kg.build(page).stats()


def test_a_page_without_talks_is_not_asked_about(kg_command: Run, chat: Chat, page: Path) -> None:
    page.write_text("Nothing to see here.\n", "utf-8")
    code, _, _ = kg_command("extract", page, *options(chat))
    assert (code, chat.questions) == (1, [])
