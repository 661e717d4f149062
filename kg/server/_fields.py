"""The fields of a request: of its address, and of a form."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.server._jobs import Refused

FORM = "application/x-www-form-urlencoded"
_MOST = 100
Fields = list[tuple[str, str]]


async def read(request: Request, *others: str) -> Fields:
    """All fields; the text of another body is the field "query".

    Parameters:
        others: media types that such a body may have.

    Raises:
        Refused: the body is of another kind, or cannot be read.
    """
    asked = _parsed(request.scope["query_string"])
    if request.method != "POST":
        return asked
    kind, charset = content_type(request)
    if kind not in {FORM, *others}:
        raise Refused(415, f"this comes as {' or '.join((FORM, *others))}")
    if charset not in {"", "utf-8", "utf8"}:
        raise Refused(415, "this comes in UTF-8")
    body = await request.body()
    if kind == FORM:
        return [*asked, *_parsed(body)]
    try:
        return [*asked, ("query", body.decode())]
    except UnicodeDecodeError:
        raise Refused(400, "the body is no UTF-8") from None


def content_type(request: Request) -> tuple[str, str]:
    """The media type of a body, and its charset or ""."""
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    charset = dict(_pair(p) for p in rest.split(";")).get("charset", "")
    return kind.strip().lower(), charset


def _pair(parameter: str) -> tuple[str, str]:
    name, _, value = parameter.partition("=")
    return name.strip().lower(), value.strip().strip('"').lower()


def _parsed(text: bytes) -> Fields:
    try:
        return parse_qsl(
            text.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST,
        )
    except ValueError:
        raise Refused(400, "the fields of this request cannot be read") from None


def number(given: Mapping[str, str], name: str, usual: int) -> int:
    """The value of a field that is a number.

    Raises:
        Refused: it is none.
    """
    value = given.get(name) or str(usual)
    if not (value.isascii() and value.isdigit() and len(value) < 9):
        raise Refused(400, f"{name} is a whole number from 0, not {value[:40]!r}")
    return int(value)


def every(fields: Fields, name: str) -> list[str]:
    """All values of a field."""
    return [value for key, value in fields if key == name]


def one(fields: Fields, name: str) -> str | None:
    """The value of a field, if it is there.

    Raises:
        Refused: it is given more than once.
    """
    found = every(fields, name)
    if len(found) > 1:
        raise Refused(400, f"{name} is given {len(found)} times; give it once")
    return found[0] if found else None
