"""Embedded figures, the stage and the speaker's window as documents: what they say without a script, and what they refuse."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import tomllib
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import lxml.html
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

import api
from api import assets, drawing, embed, theme
from indicators import decks, exhibits
from indicators.dataset import load
from indicators.decks import Deck, DeckSlide
from indicators.exhibits import exhibit
from indicators.export.drawing_page import FACES

SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


def _deck(text: str) -> dict:
    return json.loads(lxml.html.fromstring(text).get_element_by_id("deck").text)


def test_embedded_figure_says_everything_without_a_script(client: TestClient) -> None:
    answer = client.get("/embed/prices-list?countries=BRA&countries=CHN&as_of=2024-12-31")
    made = exhibit(load(), "prices-list?countries=BRA&countries=CHN&as_of=2024-12-31", published_at="http://atlas.test")
    document = lxml.html.fromstring(answer.text)
    said = document.text_content()
    assert made.chart.title in said
    assert made.chart.subtitle in said
    for part in made.footer[:-1]:
        assert part in said
    assert document.find_class("figure")[0].get("aria-label") == made.chart.alt
    assert re.search(r"<noscript>.*needs JavaScript.*</noscript>", answer.text)
    links = [link.get("href") for link in document.iter("a")]
    assert "../prices?as_of=2024-12-31&countries=BRA&countries=CHN" in links
    assert "../prices?as_of=2024-12-31&countries=BRA&countries=CHN&list=table" in links


def test_embedded_figure_leads_to_its_place_on_its_page(client: TestClient) -> None:
    document = lxml.html.fromstring(client.get("/embed/data-grades?as_of=2024-12-31").text)
    links = [link.get("href") for link in document.iter("a")]
    assert "../data?section=quality&as_of=2024-12-31" in links
    tables = [link for link in links if "=table" in link]
    assert tables
    assert all(link.startswith("../data?section=quality&") for link in tables)


def test_embedded_figure_and_its_script_ask_for_the_same(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    draw = drawing.payload
    monkeypatch.setattr(drawing, "payload", lambda made, frame: (drawn.append(made.reference), draw(made, frame))[1])
    answer = client.get("/embed/prices-list?nonsense=1&price_in=gold&as_of=2021-03-03&countries=BRA&list=nothing")
    document = lxml.html.fromstring(answer.text)
    assert len(document.find_class("notice")) == 3
    asks = json.loads(document.get_element_by_id("embed").text)["figure"]
    assert client.get(asks.removeprefix("..")).json()["title"] == document.find("body//h1").text_content()
    assert drawn == ["prices-list?as_of=2021-03-03&countries=BRA"]


def test_embedded_figures_are_drawn_at_the_desk_and_kept(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[str] = []
    draw = embed.exhibit
    monkeypatch.setattr(embed, "exhibit", lambda *arguments: (threads.append(threading.current_thread().name), draw(*arguments))[1])
    footers: list[str] = []
    monkeypatch.setattr(exhibits, "footer", lambda *arguments: (footers.append(threading.current_thread().name), ["the footer"])[1])
    first = client.get("/embed/overview-cascade?as_of=2020-02-20").text
    monkeypatch.setattr(exhibits, "_REMEMBERED", 0)
    client.get("/embed/prices-list?as_of=2020-02-20")  # pushes the exhibit out
    assert client.get("/embed/overview-cascade?as_of=2020-02-20").text == first
    assert len(threads) == 2
    assert all(name.startswith("desk") for name in [*threads, *footers])


def test_all_may_frame_an_embedded_figure_and_nobody_the_stage(client: TestClient) -> None:
    embedded = client.get("/embed/overview-world").headers
    assert "frame-ancestors *" in embedded["content-security-policy"]
    assert "x-frame-options" not in embedded
    stage = client.get("/present?deck=prices").headers
    assert "frame-ancestors 'none'" in stage["content-security-policy"]
    assert stage["x-frame-options"] == "DENY"
    assert {embedded["x-content-type-options"], stage["x-content-type-options"]} == {"nosniff"}


@pytest.mark.parametrize("theme", ["light", "dark", "auto", "pink"])
def test_theme_of_an_embedded_figure(client: TestClient, theme: str) -> None:
    document = lxml.html.fromstring(client.get(f"/embed/overview-cascade?theme={theme}").text)
    assert document.get("data-theme") == ("light" if theme == "pink" else theme)


def test_unknown_figure_is_a_page_in_words(client: TestClient) -> None:
    answer = client.get("/embed/prices-lst")
    assert answer.status_code == 404
    assert "prices-list" in answer.text
    assert "frame-ancestors *" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        f"/embed/{SCRIPT.replace('/', '%2F')}",
        f"/embed/prices-list?{urlencode({'price_in': SCRIPT, SCRIPT: 'x', 'countries': SCRIPT})}",
        f"/present?{urlencode({'title': SCRIPT, 'slide': 'prices-list?x=' + SCRIPT, 'note': '1:' + SCRIPT})}",
        f"/present?{urlencode({'deck': SCRIPT})}",
        f"/present?{urlencode({'deck': 'prices', 'theme': SCRIPT, 'auto': SCRIPT})}",
        f"/present/notes?{urlencode({'slide': SCRIPT, 'note': '1:' + SCRIPT, 'channel': SCRIPT})}",
        f"/deck.pdf?{urlencode({'deck': SCRIPT})}",
    ],
)
def test_no_text_of_an_address_becomes_part_of_a_document(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "atlas.test"})
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    document = lxml.html.fromstring(answer.text)
    assert all("alert" not in (script.text or "") for script in document.iter("script") if script.get("type") != "application/json")


def test_stage_holds_the_deck_of_the_address(client: TestClient) -> None:
    deck = Deck("", "Mine & yours", (DeckSlide("prices-list?countries=BRA", "Say <this>."), DeckSlide("overview-world")))
    given = _deck(client.get(f"/present?{decks.query(deck)}&auto=15").text)
    assert given["title"] == "Mine & yours"
    assert given["slides"] == [{"reference": "prices-list?countries=BRA", "notes": "Say <this>."}, {"reference": "overview-world", "notes": ""}]
    assert given["auto"] == 15
    brazil = next(country for country in given["countries"] if country[0] == "BRA")
    assert "Brazil" in brazil
    assert next(country for country in given["countries"] if country[0] == "DEU")[1] == ["EU"]


def test_stage_lists_its_figures_for_those_without_a_script(client: TestClient) -> None:
    text = client.get("/present?deck=prices").text
    hidden = re.search(r"<noscript>(.*?)</noscript>", text, re.DOTALL)
    assert hidden is not None
    links = re.findall(r'href="\./(embed/[^"]*)"', hidden.group(1))
    assert len(links) == len(decks.built_in("prices").slides)
    assert client.get("/" + unescape(links[0])).status_code == 200


@pytest.mark.parametrize("query", ["deck=nothing", "deck=z1.broken", "slide=", "slide=%20&title=x", "slide=nope", "slide=nope&slide=nor?countries=BRA"])
def test_deck_that_is_not_there_leads_to_those_that_are(client: TestClient, query: str) -> None:
    answer = client.get(f"/present?{query}")
    assert answer.status_code in (200, 404)
    assert "present?deck=ten-charts" in answer.text


@pytest.mark.parametrize("path", ["/present", "/present/notes", "/deck.pdf"])
def test_decks_are_read_beside_the_event_loop(client: TestClient, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    beside: list[bool] = []

    def read(_found: object) -> decks.Reading:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            beside.append(True)
        return decks.Reading(None, ("Nothing here.",))

    monkeypatch.setattr(decks, "read", read)
    assert "Nothing here." in client.get(f"{path}?deck=z1.x").text
    assert beside == [True]


def test_stage_and_page_of_one_name_have_titles_of_their_own(client: TestClient) -> None:
    assert "<title>Deck: Prices · CAR-T Access Atlas</title>" in client.get("/present?deck=prices").text


def test_deck_of_unknown_figures_says_which(client: TestClient) -> None:
    answer = client.get("/present?slide=price-list")
    assert answer.status_code == 404
    assert "There is no figure “price-list”." in answer.text
    assert "prices-list" in answer.text
    assert client.get("/present?slide=nope&slide=prices-list").status_code == 200


def test_present_without_a_deck_is_handed_on() -> None:
    async def page(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("the page")

    client = TestClient(Starlette(routes=api.routes("", page)))
    assert client.get("/present").text == "the page"
    assert client.get("/present?as_of=2024").text == "the page"
    assert "<!DOCTYPE html>" in client.get("/present?deck=prices").text


def test_everything_is_found_below_a_base_path(below: TestClient) -> None:
    for path in ("/atlas/present?deck=prices", "/atlas/present/notes?deck=prices", "/atlas/embed/overview-world"):
        document = lxml.html.fromstring(below.get(path).text)
        document.make_links_absolute(f"http://atlas.test{path}")
        files = [element.get("src") for element in document.iter("script") if element.get("src")]
        files += [element.get("href") for element in document.iter("link") if element.get("rel") == "stylesheet"]
        assert len(files) >= 3
        for file in files:
            assert below.get(file).status_code == 200, file
        assert all(link.get("href").startswith("http://atlas.test/atlas/") for link in document.iter("a"))


def test_typefaces_have_the_same_letters_on_pages_stages_and_pictures() -> None:
    pages = tomllib.loads((Path(api.__file__).parents[1] / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]["fontFaces"]
    wanted = {face["url"]: (face["family"], face["weight"], face["unicodeRange"]) for face in pages}
    assert {f"app/static/fonts/{face.file}": (face.family, face.weights, face.unicode_range) for face in FACES} == wanted
    rules = theme.faces("../")
    for url, (_family, _weight, letters) in wanted.items():
        assert any(f'"../{url}"' in rule and letters in rule for rule in rules.split("@font-face"))


def test_files_of_the_stage_are_kept_for_good_and_old_ones_are_not(client: TestClient) -> None:
    document = lxml.html.fromstring(client.get("/present?deck=prices").text)
    address = next(script.get("src") for script in document.iter("script") if (script.get("src") or "").endswith("stage.js"))
    answer = client.get(address.removeprefix("."))
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")
    old = client.get("/stage/0000000000000000/stage.js")
    assert (old.status_code, old.headers["cache-control"]) == (200, "no-cache")
    for path in ("/stage/x/nothing.js", "/stage/x/..%2F__init__.py", "/stage/x/__init__.py"):
        assert client.get(path).status_code == 404
    library = next(script.get("src") for script in document.iter("script") if (script.get("src") or "").endswith("plotly.js"))
    sent = client.get(library.removeprefix("."))
    assert sent.headers["content-encoding"] == "gzip"
    assert sent.text.startswith("/**\n* plotly.js")


def test_library_is_not_read_for_its_address_once_the_routes_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assets._plotly_version.cache_clear()
    client = TestClient(Starlette(routes=api.routes()))
    read: list[str] = []
    content = assets._content
    monkeypatch.setattr(assets, "_content", lambda name: (read.append(name), content(name))[1])
    assert "/plotly.js" in client.get("/present?deck=prices").text
    assert assets.PLOTLY not in read


def test_previews_of_documents_name_a_picture_of_their_own(client: TestClient) -> None:
    for path in ("/embed/prices-list?countries=BRA", "/present?deck=prices"):
        document = lxml.html.fromstring(client.get(path).text)
        told = {element.get("property") or element.get("name"): element.get("content") for element in document.iter("meta")}
        assert told["og:title"]
        assert told["og:description"]
        assert told["og:url"].startswith("http://atlas.test" + path.split("?")[0])
        assert told["og:image"].startswith("http://atlas.test/preview/prices-list.png?countries=")
        assert told["twitter:card"] == "summary_large_image"
