"""What every test gets: the bundled example as a graph, a world without a network, and honest skips."""

from __future__ import annotations

import gc
import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Generator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from tests.browsing import browser_path, chromium, watching  # noqa: F401  fixtures

if TYPE_CHECKING:
    import httpx

    from kg.facade import KnowledgeGraph
    from kg.model import Talk

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "data" / "examples"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
SHARED = Path(os.environ.get("TALKGRAPH_SHARED") or ROOT.parent / "shared")
WAIVED = os.environ.get("TALKGRAPH_SHARED") == "none"
"""Whether whoever runs the tests said that there is no shared evaluation data."""
SHORT = """Tides of Logic
Ada Bergström, Lund University

Abstract: We study rewriting systems that follow the tide, and prove that the shore is confluent.

Bio: Ada Bergström is an associate professor of computer science at Lund University. She got her PhD in mathematics:
Ghent University in 2012. Before that she was a research assistant at Uppsala University.
"""


def _server_path(name: str) -> str | None:
    """Where the command of a server lies: beside this Python, or on the path."""
    return shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what cannot run here, and say why."""
    lacks = {
        "shared": None
        if SHARED.is_dir()
        else f"no shared evaluation data beside the checkout ({SHARED})",
        "browser": None if browser_path() else "no Chromium found; name one with TALKGRAPH_BROWSER",
        "oxigraph": None
        if _server_path("oxigraph")
        else "no server oxigraph found; pip install oxigraph",
        "virtuoso": None
        if _server_path("virtuoso-t")
        else "no server virtuoso-t found; apt-get install virtuoso-opensource",
    }
    for item in items:
        for marker, reason in lacks.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI set, a skipped test of the shared data, of the browser or of a server is a failure."""
    report = yield
    needed = [
        m
        for m in ("shared", "browser", "oxigraph", "virtuoso")
        if item.get_closest_marker(m) and not (m == "shared" and WAIVED)
    ]
    if IN_CI and report.skipped and needed and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = (
            f"skipped, which CI does not accept of a test marked {needed[0]}: {report.longrepr}"
        )
    return report


@pytest.fixture(autouse=True)
def no_imports(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What whoever runs the tests has imported changes nothing in them."""
    monkeypatch.setenv("TALKGRAPH_HOME", str(tmp_path_factory.getbasetemp() / "no-registries"))


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection fails the test that tries it; one marked ``loopback`` or ``browser`` may reach this machine."""
    connect = socket.socket.connect
    local = any(request.node.get_closest_marker(m) for m in ("loopback", "browser"))
    allowed = {"127.0.0.1", "::1", "localhost"} if local else set()

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in allowed:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared evaluation data; tests that use it carry the mark ``shared``."""
    return SHARED


@pytest.fixture(scope="session")
def server_path() -> Callable[[str], str | None]:
    """Finds the commands of servers; tests that need one carry its mark."""
    return _server_path


@pytest.fixture(scope="session")
def example() -> Path:
    """The bundled page of recorded talks."""
    return EXAMPLES / "recorded-talks.txt"


@pytest.fixture
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of one talk, in a folder of its own."""
    path = tmp_path_factory.mktemp("page") / "coast.txt"
    path.write_text(SHORT, "utf-8")
    return path


@pytest.fixture(scope="session")
def talks(example: Path) -> tuple[Talk, ...]:
    """The talks of the bundled example."""
    import kg

    return tuple(talk for page in kg.read(example) for talk in kg.extract(page))


def built(source: Path, folder: Path) -> Path:
    """The workspace that a build of a source leaves in a folder."""
    import kg

    kg.build(source, workspace=folder / "talks.kg")
    return folder / "talks.kg"


@pytest.fixture(scope="session")
def workspace(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that a build of the bundled example left; not to be changed."""
    return built(example, tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="session")
def graph(workspace: Path) -> KnowledgeGraph:
    """The graph of the bundled example."""
    import kg

    return kg.load(workspace)


@pytest.fixture(scope="session")
def all_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that a build of all bundled examples left; not to be changed."""
    return built(EXAMPLES, tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="session")
def every(all_examples: Path) -> KnowledgeGraph:
    """The graph of all bundled examples."""
    import kg

    return kg.load(all_examples)


@pytest.fixture
def kg_command(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command line in this process: exit code, stdout, stderr."""
    from kg.cli import main

    def run(*words: str | Path) -> tuple[int, str, str]:
        code = main([str(w) for w in words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


Reply = Callable[[BaseHTTPRequestHandler], None]


class Chat:
    """A chat completions service on this machine: it gives its replies in turn, the last one over and over."""

    def __init__(self) -> None:
        """No question yet; the answer states nothing."""
        self.replies: list[Reply] = []
        self.questions: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.closing = Event()
        self.url = ""
        self.says()

    def says(self, *facts: object) -> None:
        """Answer with these facts."""
        self.writes(json.dumps({"facts": facts}))

    def writes(self, content: object) -> None:
        """Answer with a completion of this content."""
        body = {"choices": [{"message": {"role": "assistant", "content": content}}]}
        self.sends(200, json.dumps(body).encode())

    def sends(self, status: int, body: bytes, **headers: str) -> None:
        """Answer with this status and body."""

        def reply(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        self.replies = [reply]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Note a question and reply."""
        length = int(handler.headers["Content-Length"])
        self.questions.append(json.loads(handler.rfile.read(length)))
        self.headers.append({"path": handler.path, **dict(handler.headers)})
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        reply(handler)


@pytest.fixture
def listen() -> Iterator[Callable[[Reply], str]]:
    """Starts servers on this machine that answer by a function, and gives their addresses; they end with the test."""
    running: list[tuple[ThreadingHTTPServer, Thread]] = []
    gc.disable()  # an iterator of a store may be dropped only by the thread that made it, not by a server's

    def started(answer: Reply) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                try:
                    answer(self)
                except OSError:
                    self.close_connection = True  # whoever asked is gone

            do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815  as http.server has it

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield started
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()
    gc.enable()


@pytest.fixture
def chat(listen: Callable[[Reply], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Chat]:
    """A language model's service; tests that use it carry the mark ``loopback``."""
    monkeypatch.delenv("TALKGRAPH_LLM_KEY", raising=False)
    service = Chat()
    service.url = f"{listen(service.answer)}/v1"
    yield service
    service.closing.set()


class Site:
    """A site on this machine: what it answers by path, and what it was asked."""

    def __init__(self) -> None:
        """A site without any page."""
        self.url = ""
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []

    def has(self, path: str, body: bytes | str, media: str = "text/plain", **headers: str) -> str:
        """Answer with this; the address of it."""
        data = body.encode() if isinstance(body, str) else body
        self.says(path, 200, data, **{"Content-Type": media, **headers})
        return self.url + path

    def says(self, path: str, status: int, data: bytes = b"", **headers: str) -> str:
        """Answer with a status."""

        def reply(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content-Length": str(len(data)), **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(data)

        self.replies[path] = reply
        return self.url + path

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Note a question and reply."""
        self.asked.append(handler.path)
        self.headers.append(dict(handler.headers))
        if found := self.replies.get(handler.path):
            found(handler)
        else:
            handler.send_error(404)

    def pages(self) -> list[str]:
        """The paths that were asked for, but for robots.txt."""
        return [path for path in self.asked if path != "/robots.txt"]


@pytest.fixture
def site(listen: Callable[[Reply], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Site:
    """A site whose pages need no waiting for, and an empty place for copies; its tests carry the mark ``loopback``."""
    from kg.readers import _fetching

    monkeypatch.setenv("TALKGRAPH_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(_fetching, "_PAUSE", 0.0)
    monkeypatch.setattr(_fetching, "_WAIT", 0.01)
    here = Site()
    here.url = listen(here.answer)
    return here


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Starts ``kg serve`` in a process of its own for a folder, and gives the address; all end with the tests."""
    running: list[subprocess.Popen[str]] = []

    def started(folder: Path, *options: str) -> str:
        words = [sys.executable, "-m", "kg", "serve", "-g", str(folder), "--port", "0", *options]
        server = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        running.append(server)
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), "the server did not start"
        return address

    yield started
    for server in running:
        server.terminate()
    for server in running:
        server.communicate(timeout=10)


@pytest.fixture(scope="session")
def address(serve: Callable[..., str], workspace: Path) -> str:
    """Where the graph of the bundled example is served."""
    return serve(workspace)


@pytest.fixture(scope="session")
def every_address(serve: Callable[..., str], all_examples: Path) -> str:
    """Where the graph of all bundled examples is served."""
    return serve(all_examples)


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    """A client of the served example."""
    import httpx

    with httpx.Client(base_url=address, timeout=30) as made:
        yield made
