"""Put the graph on a SPARQL server of any make."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter

from kg.cli import DONE, add_folder
from kg.cli._terminal import Terminal, counted

EXAMPLES = (
    "kg load --to http://localhost:7878",
    "kg load --to http://localhost:8890/sparql --graph-iri https://example.org/talks",
    "kg query trained-at --institution Caltech --store http://localhost:7878",
)
_HOW = """Put the graph on a SPARQL server of any make, in place of what a graph there holds.

It is sent in parts (Graph Store Protocol). Where a graph is to be replaced, they go to one beside it, are counted there
and moved (Update): whoever asks sees the old graph or the new one, a failure leaves the old. A server without Update
gets it in one request (PUT). Where there is no graph yet, the parts go straight to its place, and a failure takes them
away again. In the end it is counted; a difference is an error. The addresses for both protocols are found by the one
that is given (Oxigraph, Virtuoso, Fuseki, GraphDB); name them where they are others. A name and password stand in
TALKGRAPH_STORE_USER and TALKGRAPH_STORE_PASSWORD, or in the address."""


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.description, parser.formatter_class = _HOW, RawDescriptionHelpFormatter
    parser.add_argument(
        "--to", metavar="URL", required=True, help="the server, or where it answers queries"
    )
    add_folder(parser)
    parser.add_argument(
        "--graph-iri", metavar="IRI", help="the graph there; default: the one without a name"
    )
    parser.add_argument("--update-url", metavar="URL", help="where the server is changed (Update)")
    parser.add_argument("--gsp-url", metavar="URL", help="where it takes graphs (Graph Store)")


def run(args: Namespace, terminal: Terminal) -> int:
    """Send the graph, and say where it can be asked."""
    from kg import facade

    graph = facade.load(args.graph)
    done = graph.push(args.to, args.graph_iri, update=args.update_url, store=args.gsp_url)
    named = f" --graph-iri {done.graph}" if done.graph else ""
    terminal.note(f"{done.query} holds {counted(done.triples, 'statement')} of the graph")
    terminal.hint(f"kg stats --store {done.query}{named}")
    return DONE
