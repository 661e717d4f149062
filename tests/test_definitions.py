"""Short forms that a page introduces."""

from __future__ import annotations

import pytest

from kg import definitions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at the Institute for Tidal Research (ITR)", {"ITR": "Institute for Tidal Research"}),
        ("She leads ITR (Institute for Tidal Research).", {"ITR": "Institute for Tidal Research"}),
        (
            "She leads the Coastal Institute for Tidal Research (ITR).",
            {"ITR": "Institute for Tidal Research"},
        ),
        ("She leads ITR (the Institute for Tidal Research)", {}),
        ("ITR (Coastal Institute for Tidal Research)", {}),
        ("NASA (The Space Agency)", {}),
        ("We use Gated Recurrent Units (GRU)", {}),
        ("GRU (Gated Recurrent Units)", {}),
    ],
)
def test_short_forms_are_spelled_out_by_their_letters(text: str, found: dict[str, str]) -> None:
    assert definitions.find(text) == found
