"""The document that a page starts in, as the server sends it and as Chromium takes it."""

from __future__ import annotations

import re
import urllib.request
from collections import Counter
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bench import serving
from bench.serving import ROOT, Server, serve
from ui import document
from ui.sitemap import SITE, SitePage


def _get(address: str) -> tuple[str, bytes]:
    with urllib.request.urlopen(address, timeout=60) as answer:
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
def test_what_was_fetched_early_is_not_fetched_again(server: Server, look: Callable[..., Any], look_anew: Callable[..., Any], page: SitePage) -> None:
    """Chromium lets go of what a page has not used within seconds, so a slow machine may fetch it again; a wrong hint is in vain on every visit."""
    again = set(_hints(server, page.address))
    for see in (look, look_anew, look_anew):
        if not again:
            break
        seen = see(page.address or "overview", "desktop", "light")
        requests = Counter(urlsplit(url).path.removeprefix("/") for url in seen.requested)
        assert all(requests[hint] for hint in again)
        again = {hint for hint in again if requests[hint] > (2 if "/geo/" in hint else 1)}  # each of two maps that are drawn at once asks for itself

    assert not again


def test_what_is_fetched_early_is_what_the_page_asks_for_without_hints(server: Server, new_context: Callable[..., BrowserContext], tmp_path: Path) -> None:
    asked: set[str] = set()
    with serve(ROOT / "app.py", tmp_path / "log.txt") as plain:
        page = new_context().new_page()
        page.on("request", lambda request: asked.add(urlsplit(request.url).path.removeprefix("/")))
        page.goto(plain.address)
        page.locator(".choroplethlayer path").first.wait_for(state="attached")
        page.wait_for_load_state("networkidle")

    assert set(_hints(server, "")) <= asked


def test_the_pages_stand_below_the_path_that_the_server_is_told(tmp_path: Path) -> None:
    with serve(ROOT / "server.py", tmp_path / "log.txt", {"STREAMLIT_SERVER_BASE_URL_PATH": "atlas"}, health="/atlas/_stcore/health") as server:
        _kind, body = _get(f"{server.address}/atlas/prices")

    assert "<title>Prices · CAR-T Access Atlas</title>" in body.decode("utf-8")


@pytest.mark.parametrize("address", ["nonsense", "a/b", "prices2?region=Asia"])
def test_who_opens_a_page_that_does_not_exist_is_led_to_the_overview_which_says_so(server: Server, visit: Callable[..., Page], address: str) -> None:
    page = visit(f"/{address}")

    expect(page.locator(".notice")).to_contain_text(f"no page “{address.split('?')[0]}”")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("h1.question")).to_have_text("Who can get CAR-T cell therapy?", use_inner_text=True)
    expect(page).to_have_url(f"{server.address}/?{address.split('?')[1]}" if "?" in address else f"{server.address}/")


def test_programs_are_not_led_away_from_an_address_that_does_not_exist(server: Server) -> None:
    with urllib.request.urlopen(f"{server.address}/nonsense", timeout=60) as answer:  # asks for no HTML
        assert answer.url == f"{server.address}/nonsense"


def test_a_server_of_the_tests_takes_another_port_where_its_own_is_taken(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, free = int(server.address.rpartition(":")[2]), serving._free_port
    ports = chain([taken], iter(free, None))
    monkeypatch.setattr(serving, "_free_port", lambda: next(ports))
    (tmp_path / "app.py").write_text("import streamlit\n\nstreamlit.write('Here')\n")
    with serve(tmp_path / "app.py", tmp_path / "log.txt") as other:
        assert other.address != server.address
