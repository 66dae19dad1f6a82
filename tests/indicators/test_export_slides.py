"""Presentations: read back with python-pptx and opened in LibreOffice, every figure with its title, chart, sources and notes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from indicators import catalog
from indicators.charts.template import DARK
from indicators.dataset import Dataset
from indicators.exhibits import Exhibit, exhibit
from indicators.export import citation, renderer, slide_table
from indicators.export.slides import Slide, presentation
from indicators.figures import registry

SITE = "https://atlas.example.org"
NATIVE = (
    "overview-world?measure=median-list-price&world=ranking",
    "overview-world?world=trend",
    "approvals-pathways",
    "approvals-cumulative",
    "prices-list",
    "prices-against-income",
)


@pytest.fixture(scope="module")
def exhibits(real: Dataset) -> list[Exhibit]:
    return [exhibit(real, reference, published_at=SITE) for reference in NATIVE]


@pytest.fixture(scope="module")
def deck(exhibits: list[Exhibit]) -> bytes:
    """Return a deck of editable charts, with a title and notes."""
    return presentation([Slide(shown, f"Say {number}.\nThen wait.") for number, shown in enumerate(exhibits)], "Access in six charts")


@pytest.fixture
def no_chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let there be no browser to draw with, as on a machine without Chromium."""
    monkeypatch.setenv("BROWSER_PATH", "/no/such/chromium")
    monkeypatch.setattr(renderer, "_shared", renderer.Renderer(tabs=1))
    yield
    renderer._shared.close()  # type: ignore[union-attr]


def opened(content: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(content)).slides)


def figure_of(slide: Any) -> Any:
    return next(shape for shape in slide.shapes if shape.has_chart or shape.has_table or shape.shape_type == 13 or "pic" in shape._element.tag)


def texts(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_a_slide_has_the_finding_as_title_the_measure_and_the_source_line(deck: bytes, exhibits: list[Exhibit]) -> None:
    for slide, shown in zip(opened(deck)[1:-1], exhibits, strict=True):
        assert slide.shapes.title.text_frame.text == shown.chart.title
        assert shown.chart.subtitle in texts(slide)
        assert shown.footer[0] in texts(slide)
        assert f"Data {shown.dataset.version}" in texts(slide)
        assert "CC BY 4.0" in texts(slide)
        links = [run.hyperlink.address for shape in slide.shapes if shape.has_text_frame for line in shape.text_frame.paragraphs for run in line.runs]
        assert shown.address in links
        assert shown.address.removeprefix("https://") in texts(slide)


def test_charts_are_powerpoints_own_types(deck: bytes) -> None:
    kinds = [figure_of(slide).chart.chart_type for slide in opened(deck)[1:-1]]

    assert kinds[:3] == [XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.AREA_STACKED, XL_CHART_TYPE.BAR_STACKED]
    assert all("XY_SCATTER" in kind.name for kind in kinds[3:])


def test_a_charts_categories_and_values_are_the_catalogs(deck: bytes, exhibits: list[Exhibit]) -> None:
    chart = figure_of(opened(deck)[1]).chart
    seen = catalog.observe(exhibits[0].dataset, "median-list-price").dropna(subset=["value"])
    values: dict[str, float] = {}
    for series in chart.plots[0].series:
        values |= {name: value for name, value in zip(chart.plots[0].categories, series.values, strict=True) if value is not None}

    assert len(values) == len(seen)
    assert sorted(values.values()) == pytest.approx(sorted(seen["value"]))
    assert chart.has_legend
    assert [name.split("  ")[-1] for name in chart.plots[0].categories] == list(exhibits[0].chart.table.dropna(subset=["List price (US dollars)"])["Country"])[
        ::-1
    ]


def test_a_chart_tells_what_it_shows_to_those_who_cannot_see_it(deck: bytes, exhibits: list[Exhibit]) -> None:
    for slide, shown in zip(opened(deck)[1:-1], exhibits, strict=True):
        properties = next(element for element in figure_of(slide)._element.iter() if element.tag.endswith("cNvPr"))
        assert properties.get("descr") == shown.chart.alt


def test_the_notes_have_the_speakers_words_first_then_method_caveat_and_all_sources(deck: bytes, exhibits: list[Exhibit]) -> None:
    for number, (slide, shown) in enumerate(zip(opened(deck)[1:-1], exhibits, strict=True)):
        notes = slide.notes_slide.notes_text_frame.text
        assert notes.startswith(f"Say {number}.\nThen wait.")
        assert shown.how_to_read in notes
        assert shown.chart.caveat in notes
        assert all(citation.apa_source(shown.dataset, source_id) in notes for source_id in shown.source_ids[:25])
        left = len(shown.source_ids) - 25
        assert (f"… and {left} more: {shown.address}" in notes) == (left > 0)
        assert len(shown.source_ids) > 10
    indicator = catalog.get("median-list-price")
    first = opened(deck)[1].notes_slide.notes_text_frame.text
    assert indicator.definition in first
    assert indicator.formula in first


def test_a_deck_begins_with_its_title_and_ends_with_how_to_cite(deck: bytes, exhibits: list[Exhibit]) -> None:
    first, *_others, last = opened(deck)
    dataset = exhibits[0].dataset

    assert first.shapes.title.text_frame.text == "Access in six charts"
    assert dataset.version in texts(first)
    assert "6 figures" in texts(first)
    assert citation.apa_dataset(dataset.version, SITE) in texts(last)
    cited = last.notes_slide.notes_text_frame.text
    assert all(citation.apa_source(dataset, source_id) in cited for shown in exhibits for source_id in shown.source_ids)


def test_a_single_figure_is_one_slide(real: Dataset) -> None:
    shown = exhibit(real, "prices-academic", published_at="")
    (slide,) = opened(presentation([Slide(shown)]))

    assert slide.shapes.title.text_frame.text == shown.chart.title
    assert "/prices" in texts(slide)  # no site is known: the address is no link
    assert not [run for shape in slide.shapes if shape.has_text_frame for line in shape.text_frame.paragraphs for run in line.runs if run.hyperlink.address]


def test_a_presentation_without_slides_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a figure"):
        presentation([])


def test_the_template_is_wide_has_four_layouts_and_numbers_its_slides(deck: bytes) -> None:
    made = Presentation(io.BytesIO(deck))

    assert (made.slide_width, made.slide_height) == (Inches(13.333), Inches(7.5))
    assert [layout.name for layout in made.slide_layouts] == ["Title", "Figure", "Figure as a picture", "Text"]
    for slide in list(made.slides)[1:]:
        assert "slidenum" in etree.tostring(slide.shapes._spTree).decode()
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height


def test_figure_and_source_line_do_not_overlap(deck: bytes) -> None:
    for slide in opened(deck)[1:-1]:
        source = next(shape for shape in slide.placeholders if shape.placeholder_format.idx == 15)
        figure = figure_of(slide)
        title, subtitle = slide.shapes.title, next(shape for shape in slide.placeholders if shape.placeholder_format.idx == 13)
        assert figure.top + figure.height <= source.top
        assert title.top + title.height <= subtitle.top < figure.top


def test_properties_say_who_and_what_and_the_same_figures_give_the_same_file(real: Dataset) -> None:
    shown = [Slide(exhibit(real, "prices-academic", published_at=SITE))]
    made = presentation(shown, "Title")
    core = Presentation(io.BytesIO(made)).core_properties

    assert (core.title, core.author) == ("Title", "CAR-T Access Atlas")
    assert "prices-academic" in core.keywords
    assert core.created.date() == shown[0].exhibit.scene.day
    assert made == presentation(shown, "Title")


def test_every_part_of_the_file_is_well_formed(deck: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        for name in names:
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
    assert sum(bool(re.fullmatch(r"ppt/charts/chart\d+\.xml", name)) for name in names) == len(NATIVE)
    assert sum(name.endswith(".xlsx") for name in names) == len(NATIVE)


def test_a_map_is_a_picture_with_its_disclaimer(real: Dataset) -> None:
    shown = exhibit(real, "overview-world", published_at=SITE)
    (slide,) = opened(presentation([Slide(shown)]))
    picture = figure_of(slide)

    with Image.open(io.BytesIO(picture.image.blob)) as image:
        assert image.width >= 1800
        assert len(image.convert("RGB").resize((200, 100)).getcolors(maxcolors=20_000) or []) > 20
        assert abs(image.width / image.height - picture.width / picture.height) < 0.02
    assert "do not imply official endorsement" in texts(slide)
    assert next(element for element in picture._element.iter() if element.tag.endswith("cNvPr")).get("descr") == shown.chart.alt


def test_a_matrix_is_a_picture_with_its_legend_and_says_what_was_cut(real: Dataset) -> None:
    shown = exhibit(real, "approvals-matrix", published_at=SITE)
    (slide,) = opened(presentation([Slide(shown)]))

    assert all(text.replace(" ", "\u00a0") in texts(slide) for text, _colour in shown.chart.legend)
    assert re.search(r"first \d+ of \d+ rows", texts(slide))


@pytest.mark.usefixtures("no_chromium")
def test_without_chromium_a_map_is_a_table_and_the_slide_says_why(real: Dataset) -> None:
    shown = exhibit(real, "overview-world", published_at=SITE)
    (slide,) = opened(presentation([Slide(shown)]))
    table = figure_of(slide).table

    assert [cell.text for cell in table.rows[1].cells][:2] == [shown.chart.table.iloc[0]["Country"], str(shown.chart.table.iloc[0, 2])]
    assert "Chromium" not in texts(slide)  # how to install it is for the speaker
    assert "Chromium" in slide.notes_slide.notes_text_frame.text
    assert "The figure's table stands in place of its picture" in texts(slide)
    assert re.search(r"first \d+ of 211 rows", texts(slide))
    assert not [holder for holder in slide.placeholders if holder.placeholder_format.idx == 14]


@pytest.mark.usefixtures("no_chromium")
def test_every_kind_of_figure_makes_a_slide(real: Dataset) -> None:
    one_of_each = {}
    for reference in registry.references(real):
        asked = registry.read(real, reference)
        views_too = asked.figure.id in ("overview-world", "hurdles-bites", "prices-against-income")  # elsewhere they are the same kinds
        one_of_each.setdefault((asked.figure.id, asked.view if views_too else ""), reference)
    shown = [exhibit(real, reference, published_at=SITE) for reference in one_of_each.values()]
    made = opened(presentation([Slide(one) for one in shown]))

    assert [slide.shapes.title.text_frame.text for slide in made] == [one.chart.title for one in shown]
    charts = [one.figure.id for slide, one in zip(made, shown, strict=True) if any(shape.has_chart for shape in slide.shapes)]
    assert len(charts) >= 20, charts  # an editable chart is the rule where PowerPoint has one
    for slide, one in zip(made, shown, strict=True):
        assert any(shape.has_chart or shape.has_table for shape in slide.shapes) or one.chart.is_empty, one.reference


def test_rows_without_room_are_said_to_be_left_out(real: Dataset) -> None:
    (slide,) = opened(presentation([Slide(exhibit(real, "overview-world?world=ranking", published_at=SITE))]))
    shown = len(figure_of(slide).chart.plots[0].categories)

    assert re.search(rf"Shown: {shown} of 48 rows", texts(slide))
    assert f"Shown: {shown} of 48 rows" in slide.notes_slide.notes_text_frame.text


def test_an_empty_selection_says_so_and_draws_nothing(real: Dataset) -> None:
    shown = exhibit(real, "overview-world?measure=capacity-per-1000-eligible&world=ranking", published_at=SITE)
    (slide,) = opened(presentation([Slide(shown)]))

    assert shown.chart.alt in texts(slide)
    assert not any(shape.has_chart for shape in slide.shapes)


def test_a_very_long_title_is_whole_and_set_smaller(exhibits: list[Exhibit]) -> None:
    title = "A finding of many words " * 12
    shown = replace(exhibits[0], chart=replace(exhibits[0].chart, title=title, subtitle=title, caveat=title * 6))
    (slide,) = opened(presentation([Slide(shown)]))

    assert slide.shapes.title.text_frame.text == title
    assert slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt < 26
    assert "notes of this slide say what else" in texts(slide)
    assert (title * 6).strip() in slide.notes_slide.notes_text_frame.text


def test_letters_that_no_presentation_can_hold_are_left_out(exhibits: list[Exhibit]) -> None:
    shown = replace(exhibits[3], chart=replace(exhibits[3].chart, title="A\x0b\x00 & <B>\ufffe", alt="C\x07"))
    (slide,) = opened(presentation([Slide(shown, "Note\x00")]))

    assert slide.shapes.title.text_frame.text == "A & <B>"
    assert slide.notes_slide.notes_text_frame.text.startswith("Note\n")


def test_a_dark_figure_has_a_dark_slide_even_in_a_light_deck(real: Dataset, exhibits: list[Exhibit]) -> None:
    dark = exhibit(real, "prices-academic", "dark", published_at=SITE)
    only, mixed = opened(presentation([Slide(dark)])), opened(presentation([Slide(exhibits[3]), Slide(dark)]))

    theme = zipfile.ZipFile(io.BytesIO(presentation([Slide(dark)]))).read("ppt/theme/theme1.xml").decode()
    assert f'<a:lt1><a:srgbClr val="{DARK.paper[1:]}"/>' in theme
    assert mixed[1].background.fill.fore_color.rgb == RGBColor.from_string(DARK.paper[1:])
    assert mixed[1].shapes.title.text_frame.paragraphs[0].runs[0].font.color.rgb == RGBColor.from_string(DARK.ink[1:])
    assert len(only) == 1


@pytest.mark.skipif(shutil.which("soffice") is None or shutil.which("pdftotext") is None, reason="needs LibreOffice and Poppler")
def test_libreoffice_opens_it_and_shows_every_title(deck: bytes, exhibits: list[Exhibit], tmp_path: Path) -> None:
    (tmp_path / "deck.pptx").write_bytes(deck)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "deck.pptx")],
        check=True,
        capture_output=True,
        timeout=180,
    )
    told = subprocess.run(["pdftotext", "-layout", str(tmp_path / "deck.pdf"), "-"], check=True, capture_output=True, text=True).stdout
    pages = [" ".join(page.split()) for page in told.split("\f") if page.strip()]

    assert len(pages) == len(exhibits) + 2
    for page, shown in zip(pages[1:-1], exhibits, strict=True):
        assert " ".join(shown.chart.title.split()) in page
    # Names of rows and labels stand in the drawn charts.
    assert "United States" in pages[1]
    assert "US$548K" in pages[1]
    assert "43 High income" in pages[4]
    assert "Brazil" in pages[5]


@pytest.mark.usefixtures("no_chromium")
def test_a_table_in_place_of_a_picture_has_amounts_with_their_currency(real: Dataset) -> None:
    (slide,) = opened(presentation([Slide(exhibit(real, "prices-history", published_at=SITE))]))
    head, first, *_others = [[cell.text for cell in row.cells] for row in figure_of(slide).table.rows]

    assert head[head.index("Amount") + 1] == "Currency"
    assert first[head.index("Amount")] == "598,000"
    assert "Amount, high end" not in head  # none of the rows shown has one


def test_cells_of_a_column_have_the_same_decimals_and_missing_ones_are_empty() -> None:
    assert slide_table.texts(pd.Series([9.0, 8.25, None])) == ["9.0", "8.2", ""]
    assert slide_table.texts(pd.Series([2019, pd.NA], dtype="Int64")) == ["2019", ""]
    assert slide_table.texts(pd.Series([1234.5, 12])) == ["1,234", "12"]
    assert slide_table.texts(pd.Series(["x" * 80, None])) == ["x" * 59 + "…", ""]
