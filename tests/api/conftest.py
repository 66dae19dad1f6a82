"""The routes for other programs and screens, without a server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import api


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """Return a client of the routes, at the root."""
    with TestClient(Starlette(routes=api.routes()), base_url="http://atlas.test") as running:
        yield running


@pytest.fixture(scope="session")
def below() -> Iterator[TestClient]:
    """Return a client of the routes below a base path."""
    with TestClient(Starlette(routes=api.routes("/atlas/")), base_url="http://atlas.test") as running:
        yield running
