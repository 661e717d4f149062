"""A small neural network that reads a page: what each line is, what stands where on it, and what a biography says.

The lower layers of MiniLM (Wang et al., NeurIPS 2020), fine-tuned on annotated pages (``kg/training/encoder.py``), with
eight-bit weights; ONNX Runtime runs it on the processor, one thread. Of prose it reads the head only to tell what a
line is, and a speaker's sentences whole to tell what they say. Weights and names of its outputs are
``data/models/encoder.*``.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kg import resources, windows
from kg.errors import MissingPart
from kg.model import Part, Span
from kg.windows import Head, Window

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]


LONG = 40
"""Words of a line beyond which it is prose, of which no parts are asked for."""


@dataclass(frozen=True)
class Read:
    """What the encoder makes of a line.

    Parameters:
        roles: log-probability of every role, by its letter and star.
        parts: in reading order; they mean something only if the line speaks of a speaker.
    """

    roles: dict[str, float]
    parts: tuple[Part, ...]


@cache
def names() -> tuple[list[str], list[str], list[str]]:
    """Roles, kinds of parts, and labels of words in a biography, in the order of the network's outputs."""
    plain = json.loads((resources.folder("data/models") / "encoder.json").read_text("utf-8"))
    return plain["roles"], plain["parts"], plain["labels"]


@cache
def _session() -> Any:
    # Later releases of the runtime report their use to their maker, unless this stands there before they load.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime  # noqa: PLC0415 - heavy
    except ImportError as error:
        raise MissingPart(
            "the runtime of the encoder is missing or does not load; pip install onnxruntime"
        ) from error

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    file = resources.folder("data/models") / "encoder.onnx"
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    width = session.get_outputs()[0].shape[-1]
    assert width == _ends()[2], "encoder.onnx and encoder.json are not of one model"
    return session


@cache
def _ends() -> tuple[int, int, int]:
    """Behind which columns of the outputs the scores of roles, of parts and of labels end."""
    roles, parts, told = names()
    return len(roles), len(roles) + 1 + 2 * len(parts), len(roles) + 1 + 2 * len(parts) + len(told)


def read(text: str) -> list[Read]:
    """What the lines are that hold anything, in order."""
    heads = windows.heads(text)
    out: list[Read] = []
    for window in windows.cut(heads):
        asked = [
            (mark, windows.positions(heads[n], mark) if heads[n].size <= LONG else [])
            for mark, n in window.lines
        ]
        scores = _run(window, [at for mark, inside in asked for at in (mark, *inside)])
        out += _lines([heads[n] for _, n in window.lines], [len(i) for _, i in asked], scores)
    return out


def labels(name: str, words: Sequence[str], beside: bool) -> Array:
    """Log-probability of every label for every word of a paragraph about a speaker, in the order of ``names``.

    Parameters:
        name: the speaker.
        words: not empty.
        beside: whether the words stand beside the speaker's name, not in a biography.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    _, first, end = _ends()
    rows = [
        _logs(_run(window, [at for at, _ in window.lines])[:, first:end])
        for window in windows.passages(name, words, beside)
    ]
    out: Array = np.concatenate(rows)
    return out


def _run(window: Window, wanted: Sequence[int]) -> Array:
    """Scores of the wanted positions, by output."""
    import numpy as np  # noqa: PLC0415 - heavy

    given = {
        "pieces": np.array([window.pieces], dtype=np.int64),
        "shapes": np.array([window.shapes], dtype=np.int64),
        "wanted": np.array(wanted, dtype=np.int64),
    }
    found: Array = _session().run(None, given)[0][0]
    return found


def _lines(heads: Sequence[Head], sizes: Sequence[int], scores: Array) -> Iterator[Read]:
    """Lines of a window: for each, a row of scores for its mark, and one for every word whose part is asked for."""
    roles, kinds, _ = names()
    first, end, _ = _ends()
    at = 0
    for head, size in zip(heads, sizes, strict=True):
        known = dict(zip(roles, map(float, _logs(scores[at, :first])), strict=True))
        inside = scores[at + 1 : at + 1 + size, first:end]
        yield Read(known, tuple(_parts(head, kinds, inside)) if size else ())
        at += 1 + size


def _logs(scores: Array) -> Array:
    """Log-probabilities along the last axis."""
    import numpy as np  # noqa: PLC0415 - heavy

    high = scores - scores.max(axis=-1, keepdims=True)
    out: Array = high - np.log(np.exp(high).sum(axis=-1, keepdims=True))
    return out


def _parts(head: Head, kinds: Sequence[str], scores: Array) -> Iterator[Part]:
    """Runs of words with labels in BIO notation: 0 is none, then two a kind, the first of which begins a part."""
    if not head.words:
        return
    best = scores.argmax(axis=-1).tolist()
    sure = _logs(scores).max(axis=-1).tolist()
    run: list[int] = []
    for n, label in enumerate([*best, 0]):
        inner = run and label and label % 2 == 0 and n != head.cut
        goes_on = inner and (label - 1) // 2 == (best[run[0]] - 1) // 2
        if run and not goes_on:
            yield _part(head, kinds[(best[run[0]] - 1) // 2], run, sure)
            run = []
        if label:
            run.append(n)


def _part(head: Head, kind: str, run: list[int], sure: list[float]) -> Part:
    span = Span(head.words[run[0]].span.start, head.words[run[-1]].span.end)
    return Part(kind, span, round(math.exp(sum(sure[n] for n in run) / len(run)), 3))
