"""What every worker needs is read once, in the process that they are split off from, and shared by all."""

from __future__ import annotations

import gc

from kg import ontology, queries
from kg.graph import kinds
from kg.resolution import form
from kg.server import _pages, _work  # noqa: F401  and all that it imports
from kg.server._front import parts

for _kind in kinds():
    form(_kind, "a name")
ontology.load()
queries.catalogue()
queries.conditions()
queries.coverage()
parts()
_pages.prepare()
gc.freeze()  # a search for garbage would copy the pages that all share
