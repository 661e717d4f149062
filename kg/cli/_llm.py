"""The options that name a language model, the same for all commands that may ask one."""

from __future__ import annotations

import math
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from kg.cli import UsageError
from kg.settings import LanguageModel

_CALLS, _SECONDS, _CACHE = (
    LanguageModel.max_calls,
    LanguageModel.timeout,
    LanguageModel.cache,
)


def add_llm(parser: ArgumentParser, wanted: str = "further facts", *, once: bool = False) -> None:
    """Declare the options.

    Parameters:
        wanted: what a language model is asked for.
        once: whether a run asks one question at most; then there is nothing to count or to keep.
    """
    group = parser.add_argument_group(
        "language model", "off unless --llm is given; the key, if any, stands in TALKGRAPH_LLM_KEY"
    )
    group.add_argument(
        *("--llm", "--llm-url")[: 1 + once],
        metavar="URL",
        help=f"ask the OpenAI-compatible service at URL (http://localhost:11434/v1) for {wanted}",
    )
    group.add_argument("--llm-model", metavar="NAME", help="what the service calls the model")
    group.add_argument(
        "--llm-timeout",
        metavar="S",
        type=_seconds,
        help=f"seconds an answer may take (default: {_SECONDS:g})",
    )
    if once:
        parser.set_defaults(llm_max_calls=None, llm_cache=None, strict=False)
        return
    group.add_argument(
        "--llm-max-calls",
        metavar="N",
        type=_count,
        help=f"questions a run may ask, a talk each (default: {_CALLS})",
    )
    group.add_argument(
        "--llm-cache", metavar="DIR", help=f"the folder that keeps the answers (default: {_CACHE})"
    )


def chosen(args: Namespace) -> LanguageModel | None:
    """The language model that the options name, if any.

    Raises:
        UsageError: one of --llm and --llm-model is missing.
    """
    names = ("llm_model", "llm_max_calls", "llm_timeout", "llm_cache")
    given = [f"--{n.replace('_', '-')}" for n in names if getattr(args, n) is not None]
    if args.llm is None:
        if given:
            raise UsageError(f"{given[0]} needs --llm URL")
        return None
    if not args.llm_model:
        raise UsageError("--llm needs --llm-model NAME")
    return LanguageModel(
        args.llm,
        args.llm_model,
        _CALLS if args.llm_max_calls is None else args.llm_max_calls,
        args.llm_timeout or _SECONDS,
        args.llm_cache or _CACHE,
        args.strict,
    )


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(f"{text!r} is no whole number from 0 on")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not (value > 0 and math.isfinite(value)):
        raise ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return value
