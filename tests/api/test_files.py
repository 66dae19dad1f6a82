"""Files of decks and pictures of previews: what they hold, and what is said when they can't be made."""

from __future__ import annotations

import io
from collections.abc import Callable
from urllib.parse import quote

import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader
from starlette.testclient import TestClient

from api import preview_pictures
from indicators import decks
from indicators.charts.template import DARK
from indicators.dataset import load
from indicators.decks import Deck, DeckSlide
from indicators.exhibits import Exhibit, exhibit
from indicators.export import deck_files, picture
from indicators.export.errors import Busy, NoBrowser

DECK = Deck("", "Two figures", (DeckSlide("overview-cascade", "Say this — slowly."), DeckSlide("nothing-here"), DeckSlide("prices-list?countries=BRA")))


def _fails(error: Exception) -> Callable[..., bytes]:
    def fail(*_arguments: object, **_settings: object) -> bytes:
        raise error

    return fail


def test_pdf_has_a_page_for_each_slide_that_exists(client: TestClient) -> None:
    answer = client.get(f"/deck.pdf?{decks.query(DECK)}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith('attachment; filename="car-t-access-atlas-deck-two-figures-')
    found = PdfReader(io.BytesIO(answer.content))
    assert len(found.pages) == 2
    made = [exhibit(load(), reference, published_at="http://atlas.test") for reference in ("overview-cascade", "prices-list?countries=BRA")]
    for page, shown in zip(found.pages, made, strict=True):
        assert float(page.mediabox.width) / float(page.mediabox.height) == pytest.approx(16 / 9, abs=0.001)
        text = " ".join((page.extract_text() or "").split())
        assert shown.chart.title.split()[0] in text
        assert "CC BY 4.0" in text
    assert [mark["/Title"] for mark in found.outline] == [f"1. {made[0].chart.title}", f"3. {made[1].chart.title}"]
    assert [found.get_destination_page_number(mark) for mark in found.outline] == [0, 1]
    notes = [note.get_object() for note in found.pages[0].get("/Annots", [])]
    assert [note["/Contents"] for note in notes if note["/Subtype"] == "/Text"] == ["Say this — slowly."]
    assert found.metadata is not None
    assert found.metadata.title == "Two figures"
    assert load().version in str(found.metadata.subject)


def test_powerpoint_has_a_slide_for_each_figure_with_its_notes(client: TestClient) -> None:
    answer = client.get(f"/deck.pptx?{decks.query(DECK)}")
    assert answer.status_code == 200
    found = Presentation(io.BytesIO(answer.content))
    made = [exhibit(load(), reference) for reference in ("overview-cascade", "prices-list?countries=BRA")]
    texts = [" ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in found.slides]
    for shown in made:
        assert any(shown.chart.title in text for text in texts)
    spoken = [slide.notes_slide.notes_text_frame.text for slide in found.slides if slide.has_notes_slide]
    assert any("Say this — slowly." in text for text in spoken)


def test_deck_without_a_figure_is_told(client: TestClient) -> None:
    answer = client.get("/deck.pdf?slide=nothing-here&slide=nor-this")
    assert answer.status_code == 503
    assert "Slide 2 is left out" in answer.text
    assert client.get("/deck.pptx?deck=unknown").status_code == 404


def test_left_out_slides_are_told() -> None:
    told = deck_files.missing(deck_files.exhibits(load(), DECK))
    assert len(told) == 1
    assert told[0].startswith("Slide 2 is left out")


@pytest.mark.parametrize(("error", "says"), [(NoBrowser("Install Chromium."), "Install Chromium."), (Busy("Later."), "Try again in a minute")])
def test_what_stands_in_the_way_of_a_file_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception, says: str) -> None:
    monkeypatch.setattr(picture, "render", _fails(error))
    answer = client.get(f"/deck.pdf?slide=prices-history&title={quote(says)}")
    assert answer.status_code == 503
    assert says in answer.text


def test_preview_shows_the_pages_first_figure(client: TestClient) -> None:
    answer = client.get("/preview/prices.png?countries=BRA&countries=CHN&style=dark")
    assert answer.headers["content-type"] == "image/png"
    found = Image.open(io.BytesIO(answer.content))
    assert found.size == (1200, 630)
    assert found.getpixel((3, 3)) == tuple(int(DARK.paper[place : place + 2], 16) for place in (1, 3, 5))
    assert answer.content != preview_pictures.FALLBACK.read_bytes()


def test_no_picture_or_file_names_the_host_of_a_request(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    sites: list[str] = []

    def refuse(made: Exhibit, **_settings: object) -> bytes:
        sites.append(made.site)
        raise NoBrowser("none")

    monkeypatch.setattr(picture, "render", refuse)
    for path in ("/preview/prices.png?countries=IND", "/deck.pdf?slide=prices-list&title=Host"):
        client.get(path, headers={"Host": "evil.example.com"})
    monkeypatch.setenv("ATLAS_ADDRESS", "https://atlas.example.org")
    client.get("/preview/prices.png?countries=IND", headers={"Host": "evil.example.com"})
    assert sites == ["", "", "https://atlas.example.org"]


def test_strangers_do_not_push_previews_out_with_many_hosts(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(preview_pictures, "_drawn", lambda *_arguments: (asked.append(1), b"picture")[1])
    for number in range(5):
        answer = client.get("/preview/prices.png?countries=ESP&countries=ITA", headers={"Host": f"host{number}.example.com"})
        assert answer.content == b"picture"
    assert asked == [1]


@pytest.mark.parametrize("name", ["nothing", "present", "..%2Fserver", "data?section=x"])
def test_preview_is_never_missing(client: TestClient, name: str) -> None:
    answer = client.get(f"/preview/{name.split('?')[0]}.png")
    assert answer.status_code in (200, 404)
    if answer.status_code == 200:
        assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)


def test_preview_without_a_browser_is_the_atlas_own(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "render", _fails(NoBrowser("none")))
    answer = client.get("/preview/prices.png?countries=JPN")
    assert answer.content == preview_pictures.FALLBACK.read_bytes()
    assert "max-age=60" in answer.headers["cache-control"]


def test_every_page_with_figures_has_a_preview() -> None:
    for page in ("overview", "approvals", "prices", "reimbursement", "manufacturing", "care", "country", "compare", "hurdles"):
        figure_id = preview_pictures.figure_of(page)
        assert figure_id is not None, page
        assert isinstance(exhibit(load(), figure_id), Exhibit)
    assert preview_pictures.figure_of("prices-history") == "prices-history"
    assert preview_pictures.figure_of("present") is None
