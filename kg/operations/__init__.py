"""What a graph is asked from outside: plain values in, plain values out, and never more than a page of them.

Every function takes a graph and simple values, and gives what JSON can say. It reads and changes nothing.
"""

from __future__ import annotations

from kg.operations._answering import ask, because, queries, query, stats
from kg.operations._bounds import Value, bounded, text, whole
from kg.operations._describing import entity, neighbours, summary
from kg.operations._evidence import evidence
from kg.operations._finding import path, search
from kg.operations._home import home
from kg.operations._links import links
from kg.operations._mapping import behind, chart, charts

__all__ = [
    "Value", "ask", "because", "behind", "bounded", "chart", "charts", "entity", "evidence", "home",
    "links", "neighbours", "path", "queries", "query", "search", "stats", "summary", "text", "whole",
]  # fmt: skip
