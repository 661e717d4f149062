"""The graph for agents: tools of the Model Context Protocol over standard input and output.

What a tool gives is what ``kg.operations`` gives, bounded, as structured content and as a text; an input that cannot be
used is a tool error of one line. Standard output carries the protocol alone. Needs the extra ``mcp``, the official SDK
(https://github.com/modelcontextprotocol/python-sdk).
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from kg.agents._tools import INSTRUCTIONS, TOOLS, Tool, called
from kg.errors import KgError, MissingPart, UnknownName
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server

__all__ = ["serve", "tools"]

_NAME = "talkgraph"


def tools() -> tuple[str, ...]:
    """The names of the tools."""
    return tuple(TOOLS)


def serve(graph: KnowledgeGraph, version: str = "") -> None:
    """Answer one agent until it closes standard input.

    Parameters:
        version: of the product, told to the agent.

    Raises:
        MissingPart: the SDK is not installed.
    """
    try:
        import anyio  # noqa: PLC0415  comes with the SDK
        from mcp.server.stdio import stdio_server  # noqa: PLC0415  heavy
    except ImportError:
        raise MissingPart("kg mcp needs the extra mcp: pip install 'talkgraph[mcp]'") from None

    async def run() -> None:
        server = _server(graph, version)
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    anyio.run(run)


def _server(graph: KnowledgeGraph, version: str) -> Server[Any]:
    """The tools as a server; one call at a time, beside the loop that reads what comes in."""
    from anyio import to_thread  # noqa: PLC0415  comes with the SDK
    from mcp import types  # noqa: PLC0415  heavy
    from mcp.server.lowlevel import Server  # noqa: PLC0415  heavy

    one_call = Lock()

    def call(name: str, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        with one_call:
            return called(graph, name, arguments)

    async def listed(_: Any, __: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool, types) for tool in TOOLS.values()])

    async def answered(_: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            if asked.name not in TOOLS:
                raise UnknownName("tool", asked.name, TOOLS)
            text, value = await to_thread.run_sync(call, asked.name, asked.arguments or {})
        except KgError as error:
            told = types.TextContent(type="text", text=" ".join(str(error).split()))
            return types.CallToolResult(content=[told], is_error=True)
        content = types.TextContent(type="text", text=text)
        return types.CallToolResult(content=[content], structured_content=value)

    return Server(
        _NAME,
        version=version,
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=answered,
    )


def _described(tool: Tool, types: Any) -> Any:
    reads = types.ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.schema(),
        annotations=reads,
    )
