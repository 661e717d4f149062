"""The OpenRefine reconciliation service as functions of a graph: names in a table to things, and what is known of them.

Reconciliation Service API, version 0.2, of the W3C Entity Reconciliation Community Group
(https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/). Ids of things are the ends of their
IRIs ("person/ada-byron"), types are classes of the ontology. Malformed requests are ``QueryError`` (status 400),
batches too large ``TooMuch`` (413).
"""

from __future__ import annotations

from kg.reconciliation._extending import extend, propose_properties, suggest
from kg.reconciliation._serving import manifest, preview, reconcile

__all__ = ["extend", "manifest", "preview", "propose_properties", "reconcile", "suggest"]
