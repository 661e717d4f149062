"""Agents: every tool over standard input and output of a real process, by the SDK's own client."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

import kg
from kg import agents
from kg.agents import _tools
from kg.cli import FAILED
from kg.errors import MissingPart, QueryError
from kg.facade import KnowledgeGraph

ROOT = Path(__file__).parent.parent
Run = Callable[..., tuple[int, str, str]]
CALTECH = "California Institute of Technology"


def talk(workspace: Path, speak: Callable[[Client], Awaitable[None]]) -> None:
    """Start the command, speak to it, and let it end."""
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "kg", "mcp", "-g", str(workspace)],
        env={"PYTHONPATH": str(ROOT)},
    )

    async def main() -> None:
        async with Client(stdio_client(command)) as client:
            await speak(client)

    anyio.run(main)


async def told(client: Client, tool: str, **arguments: Any) -> tuple[str, dict[str, Any]]:
    """The text and the values of a call that is answered."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    [content] = result.content
    assert content.type == "text"
    assert isinstance(result.structured_content, dict)
    return content.text, result.structured_content


def test_every_tool_over_standard_input(workspace: Path) -> None:
    async def speak(client: Client) -> None:
        listed = (await client.list_tools()).tools
        assert tuple(t.name for t in listed) == agents.tools()
        assert client.server_info is not None
        assert client.server_info.name == "talkgraph"
        assert "cite" in (client.instructions or "")
        for tool in listed:
            assert tool.description
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
            assert tool.input_schema["additionalProperties"] is False
        await _asks(client)
        await _looks(client)
        await _refused(client)

    talk(workspace, speak)


async def _asks(client: Client) -> None:
    text, value = await told(client, "ask", question="who trained at Caltech?")
    assert f"read as: Speakers who trained at an institution (institution: {CALTECH})" in text
    first = value["rows"][0]
    assert f"“{first['cells']['sentence']}” {first['evidence'][0]['source']}" in text
    text, value = await told(client, "ask", question="who likes cake?")
    assert value["declined"] in text
    assert all(f"can be asked: {question}" in text for question in value["nearest"])
    text, value = await told(client, "queries", about="advisor")
    assert "advised-by" in {q["name"] for q in value["queries"]}
    text, value = await told(client, "query", name="frequent-institutions", limit=3)
    assert len(value["rows"]) == 3
    assert value["rows"][0]["because"][0]["cells"]["sentence"] in text
    assert "rests on: " in text
    text, value = await told(client, "because", name="frequent-institutions", row=1, limit=1)
    assert value["rows"][0]["evidence"][0]["source"] in text


async def _looks(client: Client) -> None:
    text, value = await told(client, "search", q="max well", kind="person")
    [hit] = value["hits"]
    assert f"<{hit['iri']}>" in text
    by_name, by_iri = [
        (await told(client, "entity", thing=thing, limit=50))[1]
        for thing in ("max welling", hit["iri"])
    ]
    assert by_name == by_iri
    said = by_iri["statements"][0]
    text, value = await told(client, "evidence", iri=said["id"], context=40)
    assert said["sentence"] in text
    assert value["context"]["before"] in text
    text, value = await told(client, "neighbours", thing="Max Welling", relation="advisedBy")
    assert "Geoffrey Hinton" in text
    text, value = await told(client, "path", one="Max Welling", other=CALTECH)
    assert value["ways"][0][0]["sentence"] in text


async def _refused(client: Client) -> None:
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("entity", {"thing": "Mx Weling"}, "nearest: Max Welling"),
        ("entity", {"thing": '"}) <script>\n\x00'}, "no person, institution, topic, award or talk"),
        ("query", {"name": "SELECT * { ?s ?p ?o }"}, "no query named"),
        ("query", {"name": "trained-at", "values": "Caltech"}, "values are given by parameter"),
        ("query", {"name": "trained-at"}, "needs a value for institution"),
        ("search", {"q": "a", "limit": 51}, "limit is a whole number from 1 to 50"),
        ("search", {"q": 5}, "q is a text"),
        ("search", {"text": "a"}, "no argument of search named 'text'"),
        ("search", {}, "search needs q"),
        ("cake", {}, "no tool named 'cake'"),
    ]
    for tool, arguments, said in wrong:
        result = await client.call_tool(tool, arguments)
        assert result.is_error
        [content] = result.content
        assert content.type == "text"
        assert said in content.text
        assert "\n" not in content.text


def test_standard_output_carries_the_protocol_alone(workspace: Path) -> None:
    asked = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "0"},
        },
    }
    done = subprocess.run(
        [sys.executable, "-m", "kg", "mcp", "-g", str(workspace)],
        input=json.dumps(asked) + "\nthis is no protocol\n",
        capture_output=True,
        text=True,
        timeout=60,
        env={"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[0]["result"]["serverInfo"]["name"] == "talkgraph"
    assert "9 tools" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_sdk_the_extra_is_named(
    graph: KnowledgeGraph, workspace: Path, kg_command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.stdio", None)
    with pytest.raises(MissingPart, match=r"pip install 'talkgraph\[mcp\]'"):
        agents.serve(graph)
    code, out, err = kg_command("mcp", "-q", "-g", workspace)
    assert (code, out) == (FAILED, "")
    assert err.count("\n") == 1


# ---------------------------------------------------------------- without a process


def test_answers_are_bounded(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_tools, "_LONGEST", 4_000)
    monkeypatch.setattr(_tools, "_LETTERS", 50)
    for tool, arguments in (
        ("queries", {}),
        ("entity", {"thing": "Max Welling", "limit": 50}),
        ("query", {"name": "talks-without-affiliation", "limit": 50}),
        ("search", {"q": "u", "limit": 50}),
    ):
        text, value = _tools.called(graph, tool, arguments)
        assert len(text) <= 4_000
        assert len(json.dumps(value)) <= 4_000
        assert value.get("left_out", "the end").startswith("the end")


def test_a_name_of_several_things_asks_which(tmp_path: Path) -> None:
    base, terms = "https://example.org/talkgraph/person/", "https://w3id.org/talkgraph/terms#"
    lines = [
        line
        for key in ("ada-1", "ada-2")
        for line in (
            f"<{base}{key}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{terms}Person> .",
            f'<{base}{key}> <http://www.w3.org/2000/01/rdf-schema#label> "Ada Byron" .',
            f'<{base}{key}> <{terms}anyName> "Ada Byron" .',
        )
    ]
    (tmp_path / "graph.nt").write_text("\n".join(lines) + "\n", "utf-8")
    graph = kg.load(tmp_path / "graph.nt")
    with pytest.raises(
        QueryError, match=r"2 things are named 'ada byron'; give one .*ada-1, .*ada-2"
    ):
        _tools.called(graph, "entity", {"thing": "ada byron"})
    assert _tools.called(graph, "entity", {"thing": f"{base}ada-2"})[1]["name"] == "Ada Byron"
