"""Every threshold, limit and default, in one frozen object."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LanguageModel:
    """A language model that may propose facts, and how far it may be asked; its key is no setting.

    Parameters:
        url: where an OpenAI-compatible service answers, up to and including "/v1".
        name: what the service calls the model.
        max_calls: questions a run may ask; 0 takes what the cache holds and asks nothing.
        timeout: seconds an answer may take.
        cache: the folder that keeps the answers.
        strict: fail where a talk would be read by the built-in rules alone.
    """

    url: str
    name: str
    max_calls: int = 200
    timeout: float = 60.0
    cache: str = "talks.llm"
    strict: bool = False


@dataclass(frozen=True)
class Server:
    """How far a SPARQL server is asked; its address and password are no settings.

    Parameters:
        timeout: seconds a whole answer may take.
        moving: seconds that a change may take, of which one may bear on the whole graph.
        most_bytes: length of an answer.
        part_bytes: length of the parts in which a graph is sent.
        at_once: things that one question asks for.
    """

    timeout: float = 600.0
    moving: float = 7200.0
    most_bytes: int = 4_000_000_000
    part_bytes: int = 8_000_000
    at_once: int = 200


@dataclass(frozen=True)
class Serving:
    """How far a server goes for its clients.

    Parameters:
        quick: jobs at once of sorts that were quick before.
        trial: jobs at once of sorts that are not known yet.
        slow: jobs at once that take longer than ``patience``.
        patience: seconds a job may take before it gives way to others.
        time_limit: seconds a job may take at all, and may wait for its turn among slow ones.
        max_wait: seconds a job may wait for its first turn.
        waiting: jobs that may wait for their first turn; more are turned away.
        queued: slow jobs that may wait.
        memory: bytes a job may take beyond the opened graph.
        max_request: bytes of a request.
        max_result: bytes of an answer.
        max_held: bytes of all answers that are not sent yet; requests that are not read yet may take a fourth of it.
        max_idle: seconds a request or an answer may take on its way, and more for a long one.
        url: the address that others know the server by, with a slash at its end; without one what it listens at.
    """

    quick: int = 2
    trial: int = 1
    slow: int = 2
    patience: float = 0.25
    time_limit: float = 20.0
    max_wait: float = 10.0
    waiting: int = 500
    queued: int = 16
    memory: int = 256_000_000
    max_request: int = 1_000_000
    max_result: int = 32_000_000
    max_held: int = 128_000_000
    max_idle: float = 30.0
    url: str = ""


@dataclass(frozen=True)
class Settings:
    """Defaults of a build; ``dataclasses.replace`` makes a variant.

    Parameters:
        base: prefix of entity IRIs; the default lies in a space reserved for examples.
        min_confidence: facts below it stay in the records and get no direct triple.
        max_topics: topics kept for a talk.
        min_topic: weight from 0 to 1 below which a candidate is no topic.
        least_likely: probability below which the learned chain strikes out a fact of the clauses.
        least_added: probability from which it adds an earlier post that they missed.
        workspace: the folder a build writes when none is named.
        max_page_chars: a longer page is refused.
        layout_seed: seed of every layout.
        jobs: processes that read pages; each holds the models once.
        rebuild: read and resolve everything anew, also what did not change.
        private: whether pages may be fetched from this machine and its own network.
        llm: a language model that proposes further facts; without one nothing calls out.
        title: what the graph is called; None leaves what its folder says of it, "" takes it away.
        licence: the terms it may be used under, an address or a name; None and "" likewise.
    """

    base: str = "https://example.org/talkgraph/"
    min_confidence: float = 0.5
    max_topics: int = 8
    min_topic: float = 0.2
    least_likely: float = 0.2
    least_added: float = 0.8
    workspace: str = "talks.kg"
    max_page_chars: int = 20_000_000
    layout_seed: int = 7
    jobs: int = 1
    rebuild: bool = False
    private: bool = False
    llm: LanguageModel | None = None
    title: str | None = None
    licence: str | None = None


@dataclass(frozen=True)
class Limits:
    """How much may be asked for at once by those who ask from outside.

    Parameters:
        page: entries of a page that names no number of its own.
        most: entries of a page.
        rows: rows of an answer.
        deepest: entries that may be skipped.
        characters: letters of a name or question.
        names: further names that are told of a thing.
        context: letters of the page before and after a sentence.
        linked: things whose ties to each other are told.
        batch: names that are reconciled at once, or things that are extended.
    """

    page: int = 20
    most: int = 200
    rows: int = 1_000
    deepest: int = 100_000
    characters: int = 500
    names: int = 100
    context: int = 300
    linked: int = 300
    batch: int = 50


@dataclass(frozen=True)
class Networks:
    """How large a network may get.

    Parameters:
        edges: edges of a network whose least count nobody chose; the count is raised until no more are left.
        work: multiplications that are done at once, which bounds the memory of a projection.
        names: labels that are looked up in one query.
    """

    edges: int = 50_000
    work: int = 5_000_000
    names: int = 1_500


@dataclass(frozen=True)
class Analysis:
    """How a network is analysed.

    Parameters:
        weight: the attribute of a link that communities, PageRank and bridging go by.
        method: "leiden" or "louvain".
        resolution: above 1 makes smaller communities, below 1 larger ones.
        seed: of the first run, and of every draw.
        runs: runs that search for communities, each with the next seed.
        budget: starts times links and nodes up to which betweenness is exact.
        starts: starts that an estimate of betweenness takes at least.
    """

    weight: str = "weight"
    method: str = "leiden"
    resolution: float = 1.0
    seed: int = 7
    runs: int = 10
    budget: float = 1.2e8
    starts: int = 200


@dataclass(frozen=True)
class Look:
    """How a picture of a network looks.

    Parameters:
        width: millimetres; 180 is the full width of most journals.
        height: millimetres; those of a map, and the most that others take.
        nodes: nodes of a map, those with most talks.
        labels: names on a map.
        rows: rows of a table of years, institutions on each side of flows, people of a tree.
        seed: of the search for communities.
    """

    width: float = 180.0
    height: float = 128.0
    nodes: int = 350
    labels: int = 90
    rows: int = 36
    seed: int = 7


@dataclass(frozen=True)
class Charts:
    """How large the maps of the explorer are.

    Parameters:
        nodes: nodes of a map, those with most talks.
        links: links of a node that are kept at least, those of highest cosine.
        seed: of the search for communities.
        trends: topics that rise, and that fall, which are told.
        soon: talks of a graph whose maps a request may have made, where they do not lie there yet.
    """

    nodes: int = 2_000
    links: int = 4
    seed: int = 7
    trends: int = 12
    soon: int = 3_000


HOST, PORT = "127.0.0.1", 8010
"""Where a server listens if nobody says: this machine alone hears it."""
DEFAULT = Settings()
LIMITS = Limits()
NETWORKS = Networks()
ANALYSIS = Analysis()
LOOK = Look()
CHARTS = Charts()
