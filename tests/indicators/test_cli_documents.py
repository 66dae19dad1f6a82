"""Briefs and decks from the command line: opened by other programs, and wrong calls that say what would be right."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from indicators.cli import main
from indicators.decks import BUILT_IN, Deck, DeckSlide, to_json
from indicators.export import slide_picture
from indicators.export.errors import NoBrowser
from indicators.language import country_name

Capture = pytest.CaptureFixture[str]


def test_a_brief_is_a_pdf_of_two_pages_about_the_country(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "bra.pdf"
    assert main(["brief", "bra", "--as-of", "2024-12-31", "--address", "https://atlas.example.org/", "-o", str(path)]) == 0

    pages = PdfReader(io.BytesIO(path.read_bytes())).pages
    text = " ".join(page.extract_text() for page in pages)
    assert len(pages) == 2
    assert country_name("BRA") in text
    assert "31 Dec 2024" in text
    assert f"written: {path}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["brief", "Brasil", "-o", "x.pdf"], ["no country “Brasil”", "BRA"]),
        (["brief", "BRA", "--as-of", "2010-01-01", "-o", "x.pdf"], ["--as-of can't be “2010-01-01”"]),
        (["brief", "BRA", "-o", "no/such/x.pdf"], ["no folder"]),
        (["deck", "eleven-charts", "-o", "x.pptx"], ["no deck “eleven-charts”", *BUILT_IN]),
        (["deck", next(iter(BUILT_IN)), "-o", "x.odp"], ["--format, pptx or pdf"]),
        (["deck", "broken.json", "-o", "x.pptx"], ["no valid JSON"]),
    ],
)
def test_a_wrong_call_says_what_would_be_right_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, arguments: list[str], words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert main(arguments) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert all(word in captured.err for word in words), captured.err
    assert [path.name for path in tmp_path.iterdir()] == ["broken.json"]


def test_a_deck_from_a_file_is_a_presentation_with_its_slides_and_a_word_on_those_left_out(tmp_path: Path, capsys: Capture) -> None:
    deck = Deck("", "Two prices", (DeckSlide("prices-list?countries=BRA&as_of=2026-11-01", "Say this."), DeckSlide("no-such-figure")))
    saved, path = tmp_path / "two.deck.json", tmp_path / "two.pptx"
    saved.write_bytes(to_json(deck))
    assert main(["deck", str(saved), "-o", str(path)]) == 0

    slides = Presentation(io.BytesIO(path.read_bytes())).slides
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide]
    assert any("Say this." in text for text in notes)
    assert "no-such-figure" in capsys.readouterr().err


@pytest.mark.parametrize("address", [[], ["--address", "https://atlas.example.org"]])
def test_who_gives_no_address_is_told_that_links_back_name_a_path_only(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, address: list[str]
) -> None:
    monkeypatch.delenv("ATLAS_ADDRESS", raising=False)
    path = tmp_path / "x.txt"

    assert main(["export", "prices-list", *address, "-o", str(path)]) == 0
    assert ("give --address, or set ATLAS_ADDRESS" in capsys.readouterr().err) is not bool(address)
    assert ("from /" in path.read_text(encoding="utf-8")) is False


def test_a_table_in_place_of_a_map_is_told_on_the_standard_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    def fail(*_arguments: object, **_settings: object) -> bytes:
        raise NoBrowser("Install Chromium.")

    monkeypatch.setattr(slide_picture, "body", fail)
    saved, path = tmp_path / "one.deck.json", tmp_path / "one.pptx"
    saved.write_bytes(to_json(Deck("", "A map", (DeckSlide("overview-world"),))))
    for call in (["export", "overview-world", "-o", str(path)], ["deck", str(saved), "-o", str(path)]):
        assert main(call) == 0
        assert capsys.readouterr().err.splitlines()[-1] == "overview-world: The figure's table stands in place of its picture. Install Chromium."
        assert len(Presentation(io.BytesIO(path.read_bytes())).slides)
