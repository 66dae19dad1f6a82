"""What stands on a picture: title, subtitle, legend, figure and footer, none over another and none cut off."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations

import pytest

from indicators import catalog, exhibits, language
from indicators.charts import headline, lettering, pixels
from indicators.dataset import Dataset
from indicators.exhibits import Exhibit
from indicators.export import picture
from indicators.export.layout import Laid, lay_out
from indicators.figures import registry
from indicators.observations import DOCUMENTED_NONE, NO_EVIDENCE

SITE = "https://atlas.example.org"
_ORDER = ("mark", "title", "subtitle", "legend", "figure", "list", "footer")


def _exhibit(dataset: Dataset, reference: str, style: str = "light") -> Exhibit:
    return exhibits.exhibit(dataset, reference, style, SITE)


def _texts(laid: Laid) -> str:
    return " ".join(str(note.text) for note in laid.figure.layout.annotations)


def _check(laid: Laid, size: str, name: str) -> None:
    sides = picture.SIZES[size]
    present = [laid.boxes[part] for part in _ORDER if part in laid.boxes]
    for upper, lower in pairwise(present):
        assert upper.bottom <= lower.top + 0.01, name
    for box in present:
        assert box.left >= 0, name
        assert box.right <= sides.width + 0.01, name
        assert box.top >= 0, name
        assert box.bottom <= sides.height + 0.01, name
    layout = laid.figure.layout
    assert (layout.width, layout.height) == (sides.width, sides.height)
    assert layout.width - layout.margin.l - layout.margin.r > 100, name
    assert layout.height - layout.margin.t - layout.margin.b > 60, name


def test_nothing_overlaps_on_any_figure(real: Dataset) -> None:
    seen: dict[tuple[str, str], str] = {}
    for reference in registry.references(real):
        asked = registry.read(real, reference)
        seen.setdefault((asked.figure.id, asked.view), reference)
    for number, reference in enumerate(seen.values()):  # each in one size: they take turns
        size = list(picture.SIZES)[number % len(picture.SIZES)]
        _check(picture.layout_of(_exhibit(real, reference), size), size, f"{reference} {size}")


@pytest.mark.parametrize("size", picture.SIZES)
@pytest.mark.parametrize("style", ["light", "dark"])
def test_everything_that_must_travel_is_on_the_picture(real: Dataset, size: str, style: str) -> None:
    exhibit = _exhibit(real, "overview-world?world=ranking", style)
    laid = picture.layout_of(exhibit, size)
    texts = _texts(laid)
    for part in (*exhibit.footer[:-1], exhibit.chart.title, exhibit.chart.subtitle, "CAR-T Access Atlas", "atlas.example.org", "CC BY 4.0"):
        assert all(word in texts for word in part.replace("&", "&amp;").split()), part
    assert laid.figure.layout.paper_bgcolor == exhibit.style.paper
    if laid.note:
        assert laid.note.split(";")[0] in texts


def test_a_map_carries_its_disclaimer(real: Dataset) -> None:
    assert "United Nations" in _texts(picture.layout_of(_exhibit(real, "overview-world"), "portrait"))


@pytest.mark.parametrize("size", ["square", "portrait", "a4"])
def test_a_map_on_a_tall_page_lists_the_values_below_it(real: Dataset, size: str) -> None:
    exhibit = _exhibit(real, "overview-world")
    laid = picture.layout_of(exhibit, size)
    _check(laid, size, size)
    listed = [str(note.text) for note in laid.figure.layout.annotations if note.xanchor in ("left", "right")]
    seen = catalog.observe(real.as_of(exhibit.scene.day), "products-approved")
    values = seen[~seen["status"].isin([NO_EVIDENCE, DOCUMENTED_NONE])].set_index("iso3")["value"].sort_values(ascending=False)
    first = listed.index(language.country_name(values.index[0]))

    assert float(listed[first + 1]) == values.iloc[0]
    heading = next(text for text in listed if "highest first" in text)
    shown = sum(listed.count(language.country_name(iso3)) for iso3 in values.index)
    assert shown == len(values) or f"the first {shown} of {len(values)}" in heading


def test_a_map_on_a_wide_page_has_no_room_for_a_list(real: Dataset) -> None:
    assert "list" not in picture.layout_of(_exhibit(real, "overview-world"), "wide").boxes


@pytest.mark.parametrize("reference", ["overview-world?measure=reimbursement-status", "manufacturing-sites", "hurdles-proposal-dots?proposal_dots=map"])
def test_every_kind_of_map_has_its_list(real: Dataset, reference: str) -> None:
    laid = picture.layout_of(_exhibit(real, reference), "a4")

    _check(laid, "a4", reference)
    assert laid.boxes["list"].bottom < laid.boxes["footer"].top


@pytest.mark.parametrize("size", picture.SIZES)
def test_a_very_long_title_wraps_and_then_gets_smaller(real: Dataset, size: str) -> None:
    exhibit = _exhibit(real, "overview-cascade")
    long = replace(
        exhibit, chart=replace(exhibit.chart, title="Where both are known " * (13 if size == "wide" else 10), subtitle="A long subtitle of many words " * 8)
    )
    laid = picture.layout_of(long, size)
    _check(laid, size, "long")
    lines = [note for note in laid.figure.layout.annotations if note.font.family == headline.SERIF]
    assert len({note.font.size for note in lines}) == 1
    assert len(lines) == 3
    assert lines[0].font.size < picture.SIZES[size].title
    assert all(headline.width(str(note.text), note.font.size) <= picture.SIZES[size].width - 2 * picture.SIZES[size].margin for note in lines)


@pytest.mark.parametrize("size", picture.SIZES)
def test_an_absurd_title_still_leaves_a_picture(real: Dataset, size: str) -> None:
    exhibit = _exhibit(real, "overview-cascade")
    _check(picture.lay_out(replace(exhibit, chart=replace(exhibit.chart, title=" ".join(["Immunotherapeutically"] * 22))), picture.SIZES[size]), size, "absurd")


def test_a_long_address_is_broken_and_not_cut_off(real: Dataset) -> None:
    everywhere = "&".join(f"countries={code}" for code in real["countries"]["iso3"].head(60))
    exhibit = _exhibit(real, f"prices-list?{everywhere}")
    laid = picture.layout_of(exhibit, "portrait")
    _check(laid, "portrait", "address")
    written = "".join(str(note.text).replace("&amp;", "&") for note in laid.figure.layout.annotations if note.font.size == picture.SIZES["portrait"].footer)
    assert exhibit.footer[-1] in written
    most = picture.SIZES["portrait"].width - 2 * picture.SIZES["portrait"].margin
    assert all(lettering.width(str(note.text), note.font.size) <= most * 1.05 for note in laid.figure.layout.annotations if note.font.size == 11)


@pytest.mark.parametrize("reference", ["prices-list?countries=UGA", "prices-list?countries=BRA", "overview-world?countries=BRA&world=ranking"])
def test_an_empty_or_small_selection_is_laid_out(real: Dataset, reference: str) -> None:
    for size in picture.SIZES:
        _check(picture.layout_of(_exhibit(real, reference), size), size, reference)


def test_an_empty_figure_says_so(real: Dataset) -> None:
    exhibit = _exhibit(real, "prices-list?countries=UGA")
    assert exhibit.chart.is_empty
    assert "Nothing to draw here" in _texts(picture.layout_of(exhibit, "wide"))


def test_markup_in_a_title_is_text(real: Dataset) -> None:
    exhibit = _exhibit(real, "overview-cascade")
    laid = lay_out(replace(exhibit, chart=replace(exhibit.chart, title="A < B & <b>C</b>")), picture.SIZES["wide"])
    assert any(note.text == "A &lt; B &amp; &lt;b&gt;C&lt;/b&gt;" for note in laid.figure.layout.annotations)


def test_the_legend_is_on_the_picture_once(real: Dataset) -> None:
    exhibit = _exhibit(real, "approvals-matrix")
    laid = picture.layout_of(exhibit, "wide")
    texts = [note.text for note in laid.figure.layout.annotations]
    assert laid.figure.layout.showlegend is False
    for text, colour in exhibit.chart.legend:
        assert texts.count(text) == 1
        assert any(shape.fillcolor == colour for shape in laid.figure.layout.shapes)


@pytest.mark.parametrize("size", ["wide", "square"])
def test_the_note_counts_the_rows_that_are_drawn(real: Dataset, size: str) -> None:
    laid = picture.layout_of(_exhibit(real, "reimbursement-agreements"), size)
    drawn = {row for trace in pixels.plain(laid.figure)["data"] for row in trace["y"]}
    assert f"The first {len(drawn)} of 28 rows" in laid.note
    assert f"The first {len(drawn)} of 28 rows" in _texts(laid)


def test_the_legend_of_a_cut_picture_names_only_kinds_that_are_on_it(real: Dataset) -> None:
    exhibit = _exhibit(real, "reimbursement-decisions")
    for size in picture.SIZES:
        laid = picture.layout_of(exhibit, size)
        drawn = {trace.name for trace in laid.figure.data if trace.y is not None and len(trace.y)}
        kinds = {trace.name for trace in exhibit.chart.figure.data if trace.name}
        assert {str(note.text) for note in laid.figure.layout.annotations} & kinds == drawn & kinds, size
    assert "Case by case" not in _texts(picture.layout_of(exhibit, "wide"))


@pytest.mark.parametrize("size", picture.SIZES)
@pytest.mark.parametrize("country", ["USA", "DEU", "TLS"])
def test_a_time_line_has_all_its_events_on_every_picture_and_none_over_another(real: Dataset, country: str, size: str) -> None:
    exhibit = _exhibit(real, f"country-timeline?country={country}")
    laid = picture.layout_of(exhibit, size)
    figure = pixels.plain(laid.figure)
    texts = [note for note in figure["layout"]["annotations"] if note.get("yref", "y") == "y"]

    assert laid.note == ""
    assert len(texts) == 2 * sum(len(trace.y) for trace in exhibit.chart.figure.data)
    margin, ends = figure["layout"]["margin"], figure["layout"]["xaxis"]["range"]
    across = (figure["layout"]["width"] - margin["l"] - margin["r"]) / (ends[1] - ends[0])
    size_of = max(note["font"]["size"] for note in texts)
    spans = []
    for note in texts:
        width = max(lettering.width(line, note["font"]["size"]) for line in str(note["text"]).split("<br>"))
        left = margin["l"] + (note["x"] - ends[0]) * across + note["xshift"] - (width if note["xanchor"] == "right" else 0)
        spans.append((note["y"], left, left + width))
    for (one, _left, right), (other, left, _right) in permutations(spans, 2):
        assert abs(one - other) > 0.5 * size_of or left >= right or _left >= _right, (one, right, left)
