"""A confidence is the share of facts like it that were right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import confidence


@given(st.floats(0, 1), st.sampled_from(sorted(confidence.KINDS)), st.text(max_size=12))
def test_it_is_a_share(base: float, kind: str, rule: str) -> None:
    assert 0 < confidence.calibrated(kind, rule, base) < 1


def test_a_rule_never_seen_has_the_share_of_its_kind() -> None:
    right, n = confidence.counts()["award"]
    found = confidence.calibrated("AwardReceipt", "award/never-seen", 0.9)
    assert found == pytest.approx(right / n, abs=0.03)


def test_other_facts_keep_theirs() -> None:
    assert confidence.calibrated("TopicAssignment", "topic/phrase", 0.65) == 0.65


def test_the_counts_are_possible() -> None:
    assert all(0 <= right <= n for right, n in confidence.counts().values())
