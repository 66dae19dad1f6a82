"""The document that a page starts in, as the server sends it and as Chromium takes it."""

from __future__ import annotations

import re
import urllib.request
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from bench.serving import ROOT, Server
from ui import document
from ui.sitemap import SITE, SitePage


def _get(address: str) -> tuple[str, bytes]:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.headers["content-type"], answer.read()


def _hints(server: Server, address: str) -> list[str]:
    _kind, body = _get(f"{server.address}/{address}")
    head = body.decode("utf-8").split("</head>")[0]
    return [link.removeprefix("./") for link in re.findall(r'<link rel="(?:module)?preload"[^>]*href="([^"]+)"', head)]


def test_every_page_file_is_on_the_site() -> None:
    assert sorted(page.file for page in SITE) == sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py"))


@pytest.mark.parametrize("page", SITE, ids=lambda page: page.address or "overview")
def test_a_page_says_its_title_and_what_it_answers_before_any_program_runs(server: Server, page: SitePage) -> None:
    kind, body = _get(f"{server.address}/{page.address}?region=Asia")
    text = body.decode("utf-8")

    assert kind.startswith("text/html")
    assert f"<title>{page.title} · CAR-T Access Atlas</title>" in text
    assert f'<meta name="description" content="{page.description}" />' in text
    assert text.count("<title>") == 1


@pytest.mark.parametrize("page", SITE, ids=lambda page: page.address or "overview")
def test_what_the_document_names_for_fetching_is_there(server: Server, page: SitePage) -> None:
    """A new edition of Streamlit may name its programs differently; then the hints are to be mended."""
    hints = _hints(server, page.address)

    for program in document._PROGRAMS:
        assert any(re.fullmatch(rf"static/js/{program}\..+\.js", hint) for hint in hints), program
    for hint in hints:
        kind, _body = _get(f"{server.address}/{hint}")
        assert not kind.startswith("text/html"), hint  # the answer to a wrong address is a page


@pytest.mark.parametrize("page", SITE, ids=lambda page: page.address or "overview")
def test_what_was_fetched_early_is_used_and_not_fetched_again(server: Server, look: Callable[..., Any], page: SitePage) -> None:
    seen = look(page.address or "overview", "desktop", "light")
    requests = Counter(urlsplit(url).path.removeprefix("/") for url in seen.requested)

    for hint in _hints(server, page.address):
        if "/geo/" in hint:  # each of two maps that are drawn at once asks for itself
            assert 1 <= requests[hint] <= 2, hint
        else:
            assert requests[hint] == 1, hint
