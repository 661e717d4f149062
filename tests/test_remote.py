"""Two servers of other makes, started here: what they hold is what was sent, and they answer what the store answers."""

from __future__ import annotations

import socket
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import operations, reconciliation
from kg.errors import KgError, NotUnderstood, QueryError, RemoteError, UnknownName
from kg.queries import catalogue, conditions, coverage, literal

pytestmark = pytest.mark.loopback
Run = Callable[..., tuple[int, str, str]]
IRI = "https://example.org/talks"
CONFIGURATION = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 5000
MaxDirtyBuffers = 3000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 4
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 2000
"""


@dataclass(frozen=True)
class Engine:
    """A server that runs.

    Parameters:
        url: where it is, with a name and password where it needs them.
        graph: the graph that it is sent; None where it has one without a name.
    """

    name: str
    url: str
    graph: str | None

    @property
    def words(self) -> list[str]:
        """The options that name the graph on it."""
        return ["--store", self.url, *(["--graph-iri", self.graph] if self.graph else [])]


def _port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"the server does not start: {log.read_text('utf-8', 'replace')[-500:]}")


def _oxigraph(folder: Path) -> tuple[list[str], int, Engine]:
    """The command line of a server, the port it takes, and how it is asked."""
    port = _port()
    words = ["serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]
    command = ["oxigraph", *words]
    return command, port, Engine("oxigraph", f"http://127.0.0.1:{port}", None)


def _virtuoso(folder: Path) -> tuple[list[str], int, Engine]:
    sql, port = _port(), _port()
    (folder / "virtuoso.ini").write_text(CONFIGURATION.format(sql=sql, http=port), "utf-8")
    command = ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"]
    return command, port, Engine("virtuoso", f"http://dba:dba@127.0.0.1:{port}/sparql", IRI)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(_oxigraph, id="oxigraph", marks=pytest.mark.oxigraph),
        pytest.param(_virtuoso, id="virtuoso", marks=pytest.mark.virtuoso),
    ],
)
def server(
    request: Any,
    tmp_path_factory: pytest.TempPathFactory,
    server_path: Callable[[str], str | None],
) -> Iterator[Engine]:
    """A server of a folder and of ports of its own, on this machine alone."""
    folder = tmp_path_factory.mktemp("server")
    (name, *words), port, engine = request.param(folder)
    command = [server_path(name) or name, *words]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _await(process, port, folder / "log")
        yield engine
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def loaded(server: Engine, every: kg.KnowledgeGraph) -> Engine:
    """A server that holds the graph of all examples."""
    every.push(server.url, server.graph)
    return server


@pytest.fixture(scope="module")
def far(loaded: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.KnowledgeGraph]:
    """The graph on the server."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TALKGRAPH_HOME", str(tmp_path_factory.mktemp("home")))
        yield kg.connect(loaded.url, loaded.graph)


def told(rows: Sequence[Sequence[str | None]]) -> Counter[tuple[str | None, ...]]:
    """Rows in any order; so are lists in a cell, whose order is left to the engine."""
    return Counter(tuple(c and "; ".join(sorted(c.split("; "))) for c in row) for row in rows)


def test_what_arrives_is_what_was_sent(far: kg.KnowledgeGraph, every: kg.KnowledgeGraph) -> None:
    """Byte for byte, in spite of limits on the rows of an answer."""
    assert len(far) == len(every)
    assert far.ntriples() == every.ntriples()


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_query_has_the_same_answer(
    far: kg.KnowledgeGraph, every: kg.KnowledgeGraph, name: str
) -> None:
    examples = catalogue()[name].examples
    here, there = (graph.query(name, **examples) for graph in (every, far))
    assert told(there.rows) == told(here.rows)
    assert here.rows
    assert (there.columns, there.rests) == (here.columns, here.rests)


def test_conditions_and_measures_have_the_same_answers(
    far: kg.KnowledgeGraph, every: kg.KnowledgeGraph
) -> None:
    for name in coverage():
        assert far.coverage(name) == every.coverage(name)
    for query in conditions().values():
        node = {"person": "who", "talk": "event"}[query.of]
        body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#"))
        text = f"SELECT DISTINCT ?{node} WHERE {{\n{body}\n}}"
        assert told(far.query(text).rows) == told(every.query(text).rows), query.name


@pytest.mark.parametrize("name", ["before", "after", "blind", "more"])
def test_questions_have_the_same_answers(
    far: kg.KnowledgeGraph, every: kg.KnowledgeGraph, name: str
) -> None:
    file = Path(__file__).parent / "questions" / f"{name}.tsv"
    for line in file.read_text("utf-8").splitlines():
        question = line.partition("\t")[0]
        if not question or question.startswith("#"):
            continue
        try:
            here = every.ask(question)
        except NotUnderstood:
            with pytest.raises(NotUnderstood):
                far.ask(question)
            continue
        there = far.ask(question)
        assert (there.reading, there.notes) == (here.reading, here.notes)
        assert told(there.answer.rows) == told(here.answer.rows), question


def test_things_are_found_and_described_alike(
    far: kg.KnowledgeGraph, every: kg.KnowledgeGraph
) -> None:
    for kind in ("person", "institution", "unit", "award", "topic", "series", "talk"):
        assert far.names(kind) == every.names(kind)
    for name in ("Max Welling", "Caltech", "NSF CAREER Award", "machine learning", "göttingen"):
        assert far.show(name) == every.show(name)
        assert far.search(name) == every.search(name)
    assert far.stats() == every.stats() | {"years": tuple(every.stats()["years"])}
    with pytest.raises(UnknownName, match="nearest: Max Welling"):
        far.show("Max Weling")


def test_what_is_asked_from_outside_is_the_same(
    far: kg.KnowledgeGraph, every: kg.KnowledgeGraph
) -> None:
    """Descriptions, ties, ways, sentences, names of tables, an engine's rows as they come."""
    iris = [every.search(name)[0].thing.iri for name in ("Max Welling", "Caltech", "Jason Lee")]
    asked: list[Callable[[kg.KnowledgeGraph], Any]] = [
        lambda graph: [operations.entity(graph, iri) for iri in iris],
        lambda graph: [operations.neighbours(graph, iri) for iri in iris],
        lambda graph: operations.neighbours(graph, iris[1], "^trainedAt"),
        lambda graph: operations.path(graph, iris[0], iris[2]),
        lambda graph: operations.evidence(graph, graph.reader.claims(iris[0])[0][0])["sentence"],
        lambda graph: operations.stats(graph)["triples"],
        lambda graph: reconciliation.reconcile(graph, {"q0": {"query": "Max Weling"}}),
        lambda graph: [str(triple) for triple in graph.about(iris[0])],
        lambda graph: graph.base,
        lambda graph: sorted(map(str, graph.to_networkx("co-topic").edges(data=True))),
    ]
    for ask in asked:
        assert ask(far) == ask(every)


def test_ways_between_things_are_the_same(far: kg.KnowledgeGraph, every: kg.KnowledgeGraph) -> None:
    def ways(graph: kg.KnowledgeGraph, one: str, other: str) -> list[Any]:
        ends = [graph.find(name)[0] for name in (one, other)]
        return [way.rows for way in graph.paths(ends[0], ends[1])]

    for one, other in (("Jason Lee", "Max Welling"), ("May-Britt Moser", "Neil Burgess")):
        assert ways(far, one, other) == ways(every, one, other) != []


@pytest.mark.parametrize(
    "value",
    ["Göttingen", "東京大学 😀", 'a "quoted" {name}', "back\\slash \\u0041", "line\nbreak\ttab", "it's # <no> ?syntax"],
)  # fmt: skip
def test_a_value_is_never_syntax(far: kg.KnowledgeGraph, value: str) -> None:
    assert far.query(f"SELECT ?x WHERE {{ VALUES ?x {{ {literal(value)} }} }}").rows == ((value,),)


def test_other_forms_of_queries(far: kg.KnowledgeGraph, every: kg.KnowledgeGraph) -> None:
    """An ASK, a CONSTRUCT, variables that nothing binds, a mistake, and what would call out."""
    assert far.query("ASK { ?talk a kg:Talk }").rows == (("true",),)
    assert far.query("ASK { ?talk a kg:Nothing }").rows == (("false",),)
    text = "CONSTRUCT { ?p kg:name ?n } WHERE { ?p a kg:Person ; kg:name ?n }"
    assert far.construct(text) == every.construct(text)
    text = "SELECT ?never ?n WHERE { ?p a kg:Person ; kg:name ?n } ORDER BY ?n LIMIT 2"
    assert far.query(text).columns == ("never", "n")
    assert far.query(text).rows == every.query(text).rows
    for wrong in ("SELECT ?n WHERE { ?n kg:name", "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"):  # fmt: skip
        with pytest.raises(QueryError) as there:
            far.query(wrong)
        with pytest.raises(QueryError) as here:
            every.query(wrong)
        assert str(there.value) == str(here.value)


def test_every_command_reads_from_the_server(
    loaded: Engine,
    all_examples: Path,
    kg_command: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TALKGRAPH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    for words in (
        ["query", "trained-at", "Caltech"],
        ["query", "trained-at", "Caltech", "--why", "1"],
        ["query", "SELECT ?n WHERE { ?s a kg:Series ; kg:name ?n } ORDER BY ?n", "--format", "csv"],
        ["ask", "who trained at Caltech and works at Wisconsin?"],
        ["show", "Max Welling"],
    ):
        assert kg_command(*words, *loaded.words) == kg_command(*words, "-g", all_examples)
    assert kg_command("save", "far.nt", "far.graphml", "far.csv", *loaded.words)[0] == 0
    assert kg_command("save", "near.nt", "near.graphml", "near.csv", "-g", all_examples)[0] == 0
    for end in (".nt", ".graphml", ".csv"):
        assert Path(f"far{end}").read_bytes() == Path(f"near{end}").read_bytes()
    for words in (
        ["explain", "Max Welling"],
        ["review"],
        ["correct", "hide", "Max Welling"],
        ["serve"],
    ):
        code, out, err = kg_command(*words, *loaded.words)
        assert (code != 0, out, err.count("\n")) == (True, "", 1)


def test_a_graph_is_replaced_whole_or_not_at_all(
    server: Engine, every: kg.KnowledgeGraph, graph: Any, kg_command: Run, tmp_path: Path
) -> None:
    """Also where another one was; what cannot be sent leaves what was there."""
    place = "https://example.org/other"
    assert every.push(server.url, place).triples == len(every)
    (tmp_path / "small.nt").write_text(graph.ntriples(), "utf-8")
    words = ["load", "-g", tmp_path / "small.nt", "--to", server.url, "--graph-iri", place]
    code, out, err = kg_command(*words)
    assert (code, out) == (0, "")
    assert err.endswith(f"holds {len(graph):,} statements of the graph\n")
    assert "dba" not in err
    assert len(kg.connect(server.url, place)) == len(graph)
    (tmp_path / "blank.nt").write_text("<https://a/b> <https://a/c> _:d .\n", "utf-8")
    with pytest.raises(KgError, match="blank nodes"):
        kg.load(tmp_path / "blank.nt").push(server.url, place)
    assert kg.connect(server.url, place).ntriples() == graph.ntriples()
    query = server.url if server.graph else f"{server.url}/query"
    assert len(kg.connect(f"{query}?default-graph-uri={place}")) == len(graph)
    with pytest.raises(KgError, match="holds no talks"):
        kg.connect(server.url, "https://example.org/nothing")


@pytest.mark.virtuoso
@pytest.mark.parametrize("server", [_virtuoso], indirect=True)
def test_names_and_passwords(server: Engine, graph: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the environment, wrong ones, and none; a server without a nameless graph says so."""
    url = server.url.replace("dba:dba@", "")
    with pytest.raises(RemoteError, match="has no graph without a name"):
        graph.push(server.url)
    with pytest.raises(RemoteError):
        graph.push(url, "https://example.org/third")
    monkeypatch.setenv("TALKGRAPH_STORE_USER", "dba")
    monkeypatch.setenv("TALKGRAPH_STORE_PASSWORD", "wrong-password")
    with pytest.raises(RemoteError, match="refuses the name and password") as caught:
        graph.push(url, "https://example.org/third")
    assert "wrong-password" not in str(caught.value)
    monkeypatch.setenv("TALKGRAPH_STORE_PASSWORD", "dba")
    assert graph.push(url, "https://example.org/third").triples == len(graph)
