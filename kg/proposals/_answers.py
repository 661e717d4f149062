"""An answer's text to its entries, and the folder that keeps answers."""

from __future__ import annotations

import json
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import ModelError
from kg.proposals._endpoint import Passing
from kg.proposals._question import SLOTS

Entry = dict[str, str]
"""The slots of a proposed fact that hold something."""

_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*?)\n\s*```\s*", re.DOTALL)
_MOST = 200


def entries(text: str, dropped: Counter[str]) -> tuple[Entry, ...]:
    """The proposed facts of an answer; what has another form than asked for is dropped and counted.

    Raises:
        Passing: it is no JSON object with a list of facts.
    """
    fenced = _FENCE.fullmatch(text)
    try:
        found = json.loads(fenced.group(1) if fenced else text)
        facts = found["facts"]
    except (ValueError, LookupError, TypeError, RecursionError):
        facts = None
    if not isinstance(facts, list):
        raise Passing("the answer is no JSON of the form asked for")
    dropped["beyond the first 200 of a talk"] += max(0, len(facts) - _MOST)
    return tuple(dict(_slots(fact, dropped)) for fact in facts[:_MOST])


def _slots(fact: Any, dropped: Counter[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(fact, dict):
        dropped["of another form"] += 1
        return
    for name in SLOTS:
        value = fact.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)  # a year
        if isinstance(value, str):
            if value.strip():
                yield name, value.strip()
        elif value is not None:
            dropped["of another form"] += 1


class Kept:
    """Answers in a folder, a file each, named by the hash of the whole question: text, prompt and model."""

    def __init__(self, folder: str) -> None:
        """Remember the folder; it is made when a first answer comes."""
        self.folder = Path(folder)

    def find(self, question: dict[str, Any]) -> str | None:
        """The text of the answer to a question, if one was kept."""
        try:
            found = json.loads(self._file(question).read_text("utf-8"))
            answer = found["answer"]
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return None
        return answer if isinstance(answer, str) else None

    def keep(self, question: dict[str, Any], answer: str) -> None:
        """Write an answer down, whole or not at all.

        Raises:
            ModelError: the folder cannot be written; asking on would pay for answers that are lost.
        """
        file = self._file(question)
        part = file.with_suffix(f".{secrets.token_hex(4)}.part")
        told = {"model": question["model"], "answer": answer}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(told, indent=1) + "\n", "utf-8", newline="\n")
            part.replace(file)
        except OSError as error:
            raise ModelError(
                f"{self.folder} cannot keep the language model's answers: {error.strerror or error}"
            ) from None
        finally:
            _remove(part)

    def _file(self, question: dict[str, Any]) -> Path:
        canonical = json.dumps(question, sort_keys=True, separators=(",", ":"))
        return self.folder / f"{sha256(canonical.encode()).hexdigest()}.json"


def _remove(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # there is no such folder, or it is closed
