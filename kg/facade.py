"""The verbs of the library: the whole line from sources to a graph, and what is done with one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from logging import getLogger
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import (
    building,
    differences,
    evaluation,
    exports,
    network,
    notebook,
    proposals,
    readers,
    records,
    remote,
    segments,
    server,
)
from kg import graph as graphs
from kg.corrections import NONE
from kg.corrections import read as read_corrections
from kg.errors import KgError, ReadError, RemoteError
from kg.exports import csv
from kg.extraction import extract
from kg.model import Answer, Page, Talk
from kg.questions import Reply, ask
from kg.settings import DEFAULT, HOST, PORT, LanguageModel, Serving, Settings
from kg.workspace import Cache, Workspace

if TYPE_CHECKING:
    from typing import Self

OnError = Callable[[str, KgError], None]
_PROGRESS = getLogger("kg.progress")


class KnowledgeGraph(graphs.KnowledgeGraph):
    """A graph of talks, with the networks that are made of it. It is read and never changed."""

    @classmethod
    def of(cls, graph: graphs.KnowledgeGraph) -> Self:
        """The same graph, with everything this class adds."""
        return cls(graph._store, graph._text, graph._identities, graph._counts)

    def ask(
        self,
        question: str,
        llm: LanguageModel | None = None,
        shown: Callable[[str], None] | None = None,
    ) -> Reply:
        """Answer a question in English; the reply says how it was read, and holds the query that ran.

        Parameters:
            llm: a language model that proposes SPARQL where the question is not understood without it.
            shown: gets a proposed query before it runs.

        Raises:
            NotUnderstood: it cannot be read, or names what the graph does not know; carries the nearest questions.
            ModelError: the language model cannot be asked.
        """
        return ask(self, question, llm, shown)

    def show(self, name: str, kind: str | None = None) -> notebook.Shown:
        """Descriptions of all things of a name; a notebook shows the explorer at the first of them.

        Raises:
            UnknownName: nothing has the name; carries the nearest.
        """
        return notebook.Shown.of(super().show(name, kind), self)

    def facts(self) -> Answer:
        """Every fact with its sentences, a row a fact and sentence: what ``kg save facts.csv`` writes.

        ``g.facts().to_frame()`` is a DataFrame; its ``.sample(50, random_state=1)`` are fifty to be checked.
        """
        return Answer(csv.COLUMNS, tuple(csv.rows(self)), "")

    def _repr_html_(self) -> str:
        """A card for notebooks."""
        return notebook.card(self)

    def push(
        self,
        url: str,
        graph: str | None = None,
        *,
        update: str | None = None,
        store: str | None = None,
    ) -> remote.Pushed:
        """Put the graph on a SPARQL server, in place of what a graph there holds, all or none.

        Parameters:
            url: of the server or of its query service; may name a graph (``default-graph-uri``), a name and a password.
            graph: IRI of the graph there; without one it is the graph without a name.
            update: where the server is changed, if not where servers of its make are.
            store: where it takes graphs, likewise.

        Raises:
            RemoteError: the server cannot be asked, refuses, or counts other than was sent.
            MissingPart: the HTTP client is not installed.
        """
        loading = remote.Loading(url, graph, update=update, store=store)
        return loading.put(self.lines, self.stats()["triples"])

    def to_networkx(self, name: str = "graph", **options: Any) -> Any:
        """The networkx graph called ``name``: "graph" is the whole graph, "co-topic" one of those made of it.

        Parameters:
            options: of the network: ``to_networkx("co-topic", from_year=2018, weight="association")``.

        Raises:
            UnknownFormat: no network has this name.
            QueryError: the network does not take an option, or a value makes no sense.
            MissingPart: scipy is not installed.
        """
        return to_networkx(self, name, **options)


def build(
    *sources: readers.Location,
    workspace: readers.Location | None = None,
    settings: Settings | None = None,
    on_error: OnError | None = None,
    corrections: readers.Location | None = None,
) -> KnowledgeGraph:
    """Read pages, find the talks in them, and make a graph.

    Parameters:
        sources: paths of text files, or "-" for standard input.
        workspace: a folder to keep the graph in; without one it lives in memory.
        settings: where the defaults do not suit; how many processes read, and whether to start over.
        on_error: gets the name of a source that had to be left out, and why; without it the first such error is
            raised.
        corrections: a corrections file; without it that of the workspace, if there is one, is replayed.

    Raises:
        ReadError: a source cannot be read, or no source is left.
        CorrectionError: the corrections file cannot be understood.
        NoTalks: no talk stands in a source.
        WorkspaceError: the folder cannot be written, or another build is at work in it; what it held is untouched.
        ModelError: settings name a language model that cannot be asked.
    """
    chosen = settings or DEFAULT
    wanted = read_corrections(Path(corrections), needed=True) if corrections is not None else None
    if workspace is None:
        with Cache(None) as cache:
            making = building.Making(chosen, wanted or NONE, cache, on_error)
            return KnowledgeGraph.of(making.graph(sources))
    folder = Workspace(workspace)
    with folder.locked(), folder.cache() as cache:
        making = building.Making(chosen, wanted or folder.corrections(), cache, on_error)
        making.into(folder, sources)
        folder.state(chosen)
    return KnowledgeGraph.of(folder.open())


def find_talks(
    sources: Iterable[readers.Location],
    settings: Settings = DEFAULT,
    on_error: OnError | None = None,
) -> Iterator[Talk]:
    """Every talk of some sources, page by page in the order of their names.

    Raises:
        ReadError: a source cannot be read, and there is no ``on_error``.
        NoTalks: no talk stands in a page, and there is no ``on_error``.
        ModelError: settings name a language model that cannot be asked.
        MissingPart: they name one, and the HTTP client is not installed.
    """
    model = proposals.Proposer(settings.llm) if settings.llm else None

    def skipped(part: readers.Skipped) -> None:
        error = ReadError(f"{part.source}, {part.place}: {part.reason}")
        if on_error is None:
            raise error
        on_error(part.source, error)

    places = readers.located(sources, settings, on_error)
    for number, page in enumerate(readers.gather(places, settings, on_error, skipped), start=1):
        _PROGRESS.info("reading %s (%d of %d)", page.name, number, len(places))
        if talks := extract(page):
            yield from model.read(page, talks) if model else talks
        elif on_error is None:
            raise building.no_talks(page.name)
        else:
            on_error(page.name, building.no_talks(page.name))
    if model:
        model.report()


def load(path: readers.Location) -> KnowledgeGraph:
    """The graph of a folder that a build wrote, or of an N-Triples file.

    Raises:
        WorkspaceError: the folder holds no graph.
        ReadError: the file is no N-Triples.
    """
    place = Path(path)
    if place.is_file():
        return KnowledgeGraph.of(graphs.KnowledgeGraph.from_ntriples(place))
    return KnowledgeGraph.of(Workspace(place).open())


def connect(url: str, graph: str | None = None) -> KnowledgeGraph:
    """The graph that a SPARQL server holds; all questions are asked there, and what is read is kept until it is let go.

    Parameters:
        url: of the server or of its query service; may name a graph (``default-graph-uri``), a name and a password.
        graph: IRI of the graph; without one what the server takes where none is named.

    Raises:
        RemoteError: nobody answers there, or nobody who knows SPARQL, or no talk is there.
        MissingPart: the HTTP client is not installed.
    """
    store = remote.RemoteStore(url, graph)
    found = KnowledgeGraph(store)
    if found.query("ASK { ?talk a kg:Talk }").rows != (("true",),):
        raise RemoteError(
            f"{store.place} holds no talks; kg load --to URL puts a graph there, --graph-iri names another one"
        )
    return found


def serve(
    path: readers.Location,
    host: str = HOST,
    port: int = PORT,
    serving: Serving | None = None,
    started: Callable[[str], None] = print,
) -> None:
    """Serve a graph over HTTP, read only, until interrupted.

    Parameters:
        path: a folder that a build wrote, or an N-Triples file.
        host: the address to listen at; 127.0.0.1 is this machine alone.
        port: 0 takes a free one.
        serving: limits of time, memory and size, and the address that others know.
        started: is told the address, once it answers.

    Raises:
        MissingPart: the libraries of a server are not installed.
        WorkspaceError: the folder holds no graph.
        ReadError: the file is no N-Triples.
        KgError: the address cannot be listened at.
    """
    server.serve(Path(path), host, port, started, serving)


def diff(old: readers.Location, new: readers.Location) -> differences.Differences:
    """What changed from one graph folder to another: talks, facts, and who is one person.

    Raises:
        WorkspaceError: one of them holds no graph.
    """
    return differences.between(Workspace(old), Workspace(new))


def save(graph: graphs.KnowledgeGraph, path: str | os.PathLike[str]) -> Path:
    """Write a graph to a file; its ending chooses the format, and the longest ending that fits wins.

    Raises:
        UnknownFormat: no export has this ending.
        KgError: the file cannot be written; one of that name is untouched.
    """
    try:
        return exports.save(graph, path)
    except OSError as error:
        raise KgError(f"{os.fspath(path)} cannot be written: {error.strerror or error}") from None


def to_networkx(graph: graphs.KnowledgeGraph, name: str = "graph", **options: Any) -> Any:
    """A networkx graph of a graph of talks.

    Parameters:
        name: "graph" is the whole graph; ``kg network --list`` names those that are made of it.
        options: what a network takes: ``form``, ``from_year``, ``to_year``, ``series``, ``weight``, ``at_least``,
            ``top``, ``significant``, ``backbone``.

    Raises:
        UnknownFormat: no network has this name.
        QueryError: the network does not take an option, or a value makes no sense.
        MissingPart: scipy is not installed.
    """
    return network.to_networkx(graph, name, **options)


def explain_segments(
    source: readers.Location, settings: Settings = DEFAULT
) -> Iterator[tuple[Page, tuple[segments.Role, ...]]]:
    """Every page of a source with the roles that its lines were given.

    Raises:
        ReadError: the source cannot be read.
    """
    for page in readers.read(source, settings):
        yield page, segments.segment(page.text)


def evaluate(folder: readers.Location) -> evaluation.Report:
    """Read annotated pages and compare.

    Parameters:
        folder: holds NAME.json files, each with the ``text`` of a page and its ``talks`` in the record form.

    Raises:
        ReadError: there is no such folder or file, or a file is no annotated page.
    """
    place = Path(folder)
    files = sorted(place.glob("*.json")) if place.is_dir() else []
    if not files:
        raise ReadError(f"{place}: no folder with annotated pages (NAME.json with text and talks)")
    pages = []
    for number, file in enumerate(files, start=1):
        _PROGRESS.info("reading %s (%d of %d)", file.name, number, len(files))
        text, wanted = _annotated(file)
        given = [records.to_record(t) for t in extract(Page(file.stem, text))]
        pages.append((file.stem, wanted, given))
    return evaluation.compare(pages)


def _annotated(file: Path) -> tuple[str, list[evaluation.Record]]:
    try:
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(f"{file}: no readable JSON: {error}") from None
    talks = data.get("talks") if isinstance(data, dict) else None
    if not isinstance(talks, list) or not isinstance(data.get("text"), str):
        raise ReadError(f'{file}: an annotated page is {{"text": ..., "talks": [records]}}')
    return data["text"], talks


def read_baseline(file: Path) -> dict[str, float]:
    """F1 by kind that may not fall; {} when there is no such file yet.

    Raises:
        ReadError: the file is no JSON object of numbers.
    """
    if not file.exists():
        return {}
    try:
        found = json.loads(file.read_text("utf-8"))
        return {str(k): float(v) for k, v in found.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ReadError(f"{file}: no baseline (a JSON object of numbers): {error}") from None
