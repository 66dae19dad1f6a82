"""Taking a figure away: pictures, slides, tables, citations, links; as somebody does it who has a talk in ten minutes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from pptx import Presentation
from pypdf import PdfReader

from indicators.dataset import load
from indicators.exhibits import exhibit

Visit = Callable[..., Page]

# What is said for some seconds only is remembered, for a busy machine may look too late.
_REMEMBER = """selector => {
  window.said = [];
  const note = () => window.said.push(...[...document.querySelectorAll(selector)].map(element => element.textContent));
  new MutationObserver(note).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def opened(page: Page, name: str, kind: str = "Picture") -> Locator:
    page.locator(f".st-key-card-{name}").get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text(kind, exact=True).first.click()
    return dialog


def saved(page: Page, button: Locator) -> tuple[str, Path]:
    with page.expect_download(timeout=120_000) as started:
        button.click()
    return started.value.suggested_filename, started.value.path()


def test_a_picture_is_seen_before_it_is_saved_and_has_the_pixels_that_were_asked_for(visit: Visit) -> None:
    page = visit("/?countries=BRA&countries=IND&countries=USA")
    dialog = opened(page, "world")
    preview = dialog.get_by_test_id("stImage").locator("img")
    expect(preview).to_be_visible(timeout=120_000)
    dialog.get_by_text("Square", exact=True).click()
    dialog.get_by_text("1080 × 1080", exact=True).click()
    expect(preview).to_have_js_property("naturalWidth", 1080, timeout=120_000)  # the picture before it had twice as many
    name, path = saved(page, dialog.get_by_role("button", name="Download PNG"))

    assert name.endswith(".png")
    with Image.open(path) as picture:
        assert picture.size == (1080, 1080)


def test_a_slide_of_a_card_has_its_finding_as_title(visit: Visit) -> None:
    page = visit("/prices?price_in=gdp&countries=BRA&countries=DEU&countries=USA")
    _name, path = saved(page, opened(page, "list", "Slide").get_by_role("button", name="Download PPTX"))

    finding = exhibit(load(), "prices-list?price_in=gdp&countries=BRA&countries=DEU&countries=USA").chart.title
    assert Presentation(str(path)).slides[0].shapes.title.text_frame.text == finding


def test_a_workbook_of_a_card_holds_what_is_shown_and_the_facts_behind_it(visit: Visit) -> None:
    page = visit("/approvals")
    _name, path = saved(page, opened(page, "lag", "Table").get_by_role("button", name="Download Excel"))

    made = exhibit(load(), "approvals-lag")
    book = load_workbook(io.BytesIO(path.read_bytes()))
    assert book.worksheets[0].max_row - 1 == len(made.chart.table)
    assert len(book.worksheets) >= 4


def test_a_figure_of_the_table_view_is_taken_away_whole(visit: Visit) -> None:
    page = visit("/?cascade=table")
    _name, path = saved(page, opened(page, "cascade", "Table").get_by_role("button", name="Download JSON"))

    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["title"] == exhibit(load(), "overview-cascade").chart.title


def test_a_citation_names_the_finding_the_version_and_the_address(visit: Visit) -> None:
    page = visit("/?as_of=2024-12-31")
    dialog = opened(page, "world", "Citation")

    text = dialog.locator("code").first.inner_text()
    assert load().version in text
    assert "31 Dec 2024" in text
    assert "as_of=2024-12-31" in text
    assert exhibit(load(), "overview-world?as_of=2024-12-31").chart.title.rstrip(".") in text
    name, path = saved(page, dialog.get_by_role("button", name="RIS"))
    assert name.endswith(".ris")
    assert path.read_text(encoding="utf-8").count("ER  -") > 10


@pytest.mark.parametrize(
    ("address", "card"),
    [
        ("/?measure=median-list-price&region=Europe&world=ranking", "world"),
        ("/prices?price_in=gdp&countries=BRA&countries=USA&against_income=ranking", "against_income"),
        ("/country?country=BRA&peers=region", "ladder"),
        ("/compare?x=population&y=treatment-centres&y_scale=log&countries=BRA", "scatter"),
        ("/hurdles?hurdle=distance", "bites"),
    ],
)
def test_the_copied_link_shows_the_same_figure_in_another_browser(
    visit: Visit, until_it_holds: Callable[[Callable[[], None]], None], address: str, card: str
) -> None:
    page = visit(address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    drawn = page.locator(f".st-key-card-{card} .main-svg").first
    drawn.wait_for()
    dialog = opened(page, card, "Link")
    page.evaluate(_REMEMBER, "button[data-copy]")
    dialog.get_by_role("button", name="Copy link").click()
    page.wait_for_function("window.said.includes('Copied')")
    link = page.evaluate("navigator.clipboard.readText()")

    assert "as_of" in parse_qs(urlsplit(link).query)
    other = visit(link.removeprefix(f"{urlsplit(link).scheme}://{urlsplit(link).netloc}"))
    other.locator(f".st-key-card-{card} .main-svg").first.wait_for()

    def shows_the_same() -> None:
        for part in ("h3.finding", ".js-plotly-plot"):
            here, there = (shown.locator(f".st-key-card-{card} {part}").first.inner_text() for shown in (page, other))
            assert there == here
            assert here

    until_it_holds(shows_the_same)


def test_the_code_to_embed_shows_the_figure_in_somebody_elses_page(visit: Visit) -> None:
    page = visit("/prices?price_in=gdp&countries=BRA&countries=USA")
    code = opened(page, "list", "Link").locator("code").nth(1).inner_text()
    finding = page.locator(".st-key-card-list h3.finding").inner_text()
    page.set_content(f"<!doctype html><title>A page of somebody else</title><div style='width:600px'>{code}</div>")

    frame = page.frame_locator("iframe")
    expect(frame.locator("h1, h2, h3").first).to_have_text(finding)
    frame.locator(".main-svg").first.wait_for()


def test_escape_closes_and_the_keyboard_alone_is_enough(visit: Visit) -> None:
    page = visit("/")
    button = page.locator(".st-key-card-cascade").get_by_role("button", name="Export")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_is_evidence_and_what_is_taken_away_are_never_open_together(visit: Visit) -> None:
    page = visit("/?open=world.BRA")
    expect(page.get_by_role("dialog")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    opened(page, "world", "Link")
    expect(page.get_by_role("dialog")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_figure_that_is_put_into_the_deck_is_there_on_the_page_of_decks(visit: Visit) -> None:
    page = visit("/prices?price_in=gdp&countries=BRA&countries=USA")
    page.evaluate(_REMEMBER, "[data-testid=stToast]")
    page.locator(".st-key-card-list").get_by_role("button", name="To deck").click()
    page.wait_for_function("window.said.some(text => text.includes('your deck has 1 slide'))")
    page.locator(".st-key-wide-present a").click()
    page.get_by_text("My deck", exact=True).click()

    expect(page.locator(".st-key-card-slide h3.finding")).to_contain_text("GDP per head")
    with page.expect_download() as started:
        page.get_by_role("button", name="Deck file", exact=True).click()
    assert "prices-list?" in started.value.path().read_text(encoding="utf-8")


def test_a_deck_becomes_a_pdf_with_a_page_a_slide(visit: Visit) -> None:
    page = visit("/present?show=prices")
    page.get_by_role("button", name="PDF", exact=True).click()
    save = page.get_by_role("button", name="Save PDF")
    save.wait_for(timeout=180_000)
    _name, path = saved(page, save)

    count = page.locator("[class*='st-key-slide-'] button").count()
    assert len(PdfReader(path).pages) == count


def test_a_countrys_brief_is_two_pages(visit: Visit) -> None:
    page = visit("/country?country=BRA")
    name, path = saved(page, page.get_by_role("button", name="Two-page brief (PDF)"))

    reader = PdfReader(path)
    assert len(reader.pages) == 2
    assert "Brazil" in reader.pages[0].extract_text()
    assert "BRA" in name


def test_a_csv_for_a_spreadsheet_says_what_the_table_says(visit: Visit) -> None:
    page = visit("/prices?countries=BRA&countries=USA")
    _name, path = saved(page, opened(page, "list", "Table").get_by_role("button", name="Download CSV"))

    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    made = exhibit(load(), "prices-list?countries=BRA&countries=USA")
    assert rows[0] == list(made.chart.table.columns)
    assert len(rows) - 1 == len(made.chart.table)
