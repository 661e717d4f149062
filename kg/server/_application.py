"""The ASGI application: its routes, what surrounds them, and the workers that live as long as it does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.middleware.cors import CORSMiddleware

from kg.server import _data, _endpoint, _reconciliation, _rest
from kg.server._door import Bounded, Door, broken, refusal, unfit
from kg.server._jobs import Refused
from kg.server._pool import Pool
from kg.server._work import opened
from kg.settings import Serving
from kg.workspace import product_version


def made(place: Path, serving: Serving) -> FastAPI:
    """The application of a folder.

    Raises:
        WorkspaceError: the folder holds no graph.
    """
    base = opened(place).base  # fails here where it cannot be served, and makes the index of names
    pool = Pool(place, serving)

    @asynccontextmanager
    async def lives(_: FastAPI) -> AsyncIterator[None]:
        await pool.start()
        yield
        await pool.stop()

    app = FastAPI(
        title="TalkGraph",
        version=product_version(),
        lifespan=lives,
        docs_url=None,  # these pages load scripts of a third party
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    door = Door(pool, serving, place, base)
    app.state.root, app.state.base = door.root, base
    app.include_router(_rest.router(door))
    app.router.routes.extend(
        [*_endpoint.routes(door), *_reconciliation.routes(door), *_data.routes(door)]
    )
    app.add_exception_handler(Refused, refusal)
    app.add_exception_handler(RequestValidationError, unfit)
    app.add_exception_handler(Exception, broken)
    app.add_middleware(Bounded, serving=serving)
    app.add_middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"]
    )
    return app
