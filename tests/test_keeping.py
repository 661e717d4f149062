"""What a server keeps of its answers: those of one build, asked for last, up to so many bytes."""

from kg.server._keeping import Answer, Kept


def answer(size: int) -> Answer:
    """One of so many bytes, with its name of one."""
    return Answer(b"x" * (size - 1), {})


def test_what_was_asked_for_last_stays() -> None:
    kept = Kept(most=40)
    for name in "abcd":
        assert kept.found(1, name) is None
        kept.put(1, name, answer(10))
    assert kept.found(1, "a") == answer(10)
    kept.put(1, "e", answer(10))
    assert kept.found(1, "b") is None
    assert all(kept.found(1, name) for name in "acde")


def test_what_is_large_is_not_kept() -> None:
    kept = Kept(most=40)
    assert kept.found(1, "a") is None
    kept.put(1, "a", answer(11))
    assert kept.found(1, "a") is None


def test_another_build_has_other_answers() -> None:
    kept = Kept(most=40)
    kept.found(1, "a")
    kept.put(1, "a", answer(10))
    assert kept.found(2, "a") is None
    kept.put(1, "a", answer(10))  # begun before the build
    assert kept.found(2, "a") is None
    assert kept.found(1, "a") is None
