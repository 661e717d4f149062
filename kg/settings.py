"""Every threshold, limit and default, in one frozen object."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Defaults of a build; ``dataclasses.replace`` makes a variant.

    Parameters:
        base: prefix of entity IRIs; the default lies in a space reserved for examples.
        min_confidence: facts below it stay in the records and get no direct triple.
        max_topics: topics kept for a talk.
        min_topic: weight from 0 to 1 below which a candidate is no topic.
        workspace: the folder a build writes when none is named.
        max_page_chars: a longer page is refused.
        layout_seed: seed of every layout.
    """

    base: str = "https://example.org/talkgraph/"
    min_confidence: float = 0.5
    max_topics: int = 8
    min_topic: float = 0.1
    workspace: str = "talks.kg"
    max_page_chars: int = 20_000_000
    layout_seed: int = 7


DEFAULT = Settings()
