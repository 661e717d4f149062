"""Ask a question in English."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from kg.cli import DONE, UNANSWERED, _llm, add_graph, interruptible, opened
from kg.cli._terminal import Terminal, printable
from kg.cli._written import TABLE, add_format, chosen, rests, show, written
from kg.errors import NotUnderstood, QueryError

if TYPE_CHECKING:
    from kg.questions import Reply

EXAMPLES = (
    'kg ask "who trained at Caltech and won an NSF CAREER award?"',
    'kg ask "how is Jason Lee connected to Max Welling?"',
    'kg ask "which talks are about causal discovery?" --format csv',
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "question", metavar="QUESTION", nargs="+", help="in English; quotes are not needed"
    )
    add_format(parser)
    parser.add_argument(
        "--sparql", action="store_true", help="print the query instead of its answer"
    )
    add_graph(parser)
    _llm.add_llm(parser, "SPARQL where the question is not understood", once=True)


def run(args: Namespace, terminal: Terminal) -> int:
    """Answer the question, and say how it was read; decline one that the graph cannot answer."""
    from kg.questions import PROPOSED

    model = _llm.chosen(args)

    def shown(sparql: str) -> None:
        terminal.note(printable(f"{PROPOSED} ({args.llm_model}):"))
        terminal.note("\n".join(printable(line) for line in sparql.splitlines()))

    interruptible()
    try:
        reply = opened(args).ask(" ".join(args.question), model, shown)
    except NotUnderstood as refused:
        terminal.error(refused.reason)
        for question in refused.nearest:
            terminal.note(f"  you can ask: {question}")
        return UNANSWERED
    form = chosen(args, terminal)
    for line in _told(reply):
        terminal.note(line)
    if args.sparql:
        terminal.out(_query(reply))
        return DONE
    if form == TABLE:
        show(reply.answer, terminal)
    else:
        terminal.out(_json(reply) if form == "json" else written(reply.answer, form))
    terminal.note(rests(reply.answer))
    return DONE


def _told(reply: Reply) -> list[str]:
    """How the question was read, and how to run the query again."""
    values = " ".join(f'--{name} "{value}"' for name, value in reply.values.items())
    ran = (
        f"kg query {reply.query} {values}".rstrip() if reply.query and reply.query != "path" else ""
    )
    return [printable(line) for line in (reply.reading, *reply.notes, ran) if line]


def _query(reply: Reply) -> str:
    """The query that gave the answer.

    Raises:
        QueryError: it was found without one.
    """
    if not reply.answer.sparql:
        raise QueryError("no query gives this: connections are looked for step by step")
    return reply.answer.sparql.rstrip("\n")


def _json(reply: Reply) -> str:
    rows = [dict(zip(reply.answer.columns, row, strict=True)) for row in reply.answer.rows]
    told = {
        "reading": reply.reading,
        "query": reply.query or None,
        "proposed_by": reply.proposed_by or None,
        "values": dict(reply.values),
        "notes": reply.notes,
        "rows": rows,
        "found": reply.answer.found,
        "rests_on": reply.answer.rests,
        "sparql": reply.answer.sparql,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)
