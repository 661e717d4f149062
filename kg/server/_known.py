"""The jobs of a worker by their names."""

from __future__ import annotations

from collections.abc import Mapping

from kg.server import _querying
from kg.server._jobs import Job

JOBS: Mapping[str, Job] = {**_querying.JOBS}
