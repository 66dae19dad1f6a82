"""The catalog of figures: its ids, what a reference asks for, and that everything in it can be drawn."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indicators import exhibits
from indicators.dataset import Dataset, load
from indicators.figures import registry
from indicators.figures.figure import PLAY, VIEW_TEXTS
from indicators.figures.registry import FIGURES, UnknownFigure

PAGES = {path.stem for path in (Path(__file__).parents[2] / "pages").glob("*.py")}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load()


def test_a_figures_id_says_its_page_and_its_card() -> None:
    for figure_id, figure in FIGURES.items():
        assert figure_id == figure.id
        assert (figure.page or "overview") in PAGES
        assert figure_id.startswith(figure.page or "overview")


def test_no_two_figures_of_the_catalog_say_the_same_of_themselves() -> None:
    titles = [figure.title for figure in FIGURES.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("figure_id", FIGURES)
def test_every_figure_has_views_with_names_and_says_how_each_is_read(dataset: Dataset, figure_id: str) -> None:
    figure = FIGURES[figure_id]
    asked = registry.request(dataset, figure, {})
    views = figure.views(asked.scene)
    assert set(views) <= set(VIEW_TEXTS)
    for view in views:
        made = exhibits.exhibit(dataset, registry.reference(figure, {figure.name: [view]} if view != next(iter(views)) else {}))
        assert len(made.how_to_read) > 20


@pytest.mark.parametrize("figure_id", FIGURES)
def test_every_figure_can_be_drawn_in_each_view_and_where_no_country_is_chosen(dataset: Dataset, figure_id: str) -> None:
    figure = FIGURES[figure_id]
    for parameters in ({}, {"income": ["LIC"], "region": ["Oceania"]}):
        for view in figure.views(registry.request(dataset, figure, parameters).scene):
            made = exhibits.exhibit(dataset, registry.reference(figure, {**parameters, figure.name: [view]}))
            assert made.chart.title
            assert made.chart.alt
            assert made.footer[-1] == made.short_address


def test_a_reference_says_what_an_address_says(dataset: Dataset) -> None:
    asked = registry.read(dataset, "prices-list?price_in=gdp&countries=BRA,IND&as_of=2024-12-31&product=tisa-cel&list=table")

    assert asked.scene.day == date(2024, 12, 31)
    assert set(asked.scene.countries) == {"BRA", "IND"}
    assert asked.scene.choice == {"price_in": "gdp", "product": ("tisa-cel",)}
    assert asked.view == "table"
    assert asked.notices == ()


def test_a_reference_is_written_as_it_is_read(dataset: Dataset) -> None:
    for text in registry.references(dataset)[::7]:
        asked = registry.read(dataset, text)
        again = registry.read(dataset, registry.reference(asked.figure, asked.parameters))
        assert (again.figure, again.view, again.scene.choice, again.notices) == (asked.figure, asked.view, asked.scene.choice, ())


def test_what_a_reference_asks_for_and_can_not_have_is_said(dataset: Dataset) -> None:
    asked = registry.read(dataset, "prices-list?price_in=gold&list=map&colour=red&region=Europe")

    assert asked.scene.choice["price_in"] == "usd"
    assert asked.view == "chart"
    assert asked.scene.regions == ("Europe",)
    assert len(asked.notices) == 3
    assert any("gold" in notice for notice in asked.notices)


def test_an_unknown_figure_is_told_with_those_that_come_near() -> None:
    with pytest.raises(UnknownFigure, match="prices-list"):
        registry.find("price-list")
    with pytest.raises(UnknownFigure, match="indicators figures"):
        registry.find("zzz")


def test_a_hurdle_that_nothing_measures_has_no_figure_but_a_reason(dataset: Dataset) -> None:
    unmeasured = dataset["hurdles"].loc[dataset["hurdles"]["indicator_ids"] == "", "hurdle_id"].iloc[0]
    with pytest.raises(UnknownFigure, match="no indicator measures it"):
        registry.read(dataset, f"hurdles-measure?hurdle={unmeasured}")


def test_all_references_are_different_and_leave_out_what_moves(dataset: Dataset) -> None:
    found = registry.references(dataset)
    assert len(set(found)) == len(found)
    assert {registry.parse(text)[0] for text in found} == set(FIGURES)
    assert not [text for text in found if f"={PLAY}" in text]


def test_an_exhibits_address_shows_the_same_on_the_page_later(dataset: Dataset) -> None:
    before = date.today()
    made = exhibits.exhibit(dataset, "prices-list?price_in=gdp", published_at="https://atlas.example.org")
    assert before <= made.scene.day <= date.today()
    assert made.address == f"https://atlas.example.org/prices?price_in=gdp&as_of={made.scene.day.isoformat()}"
    assert made.short_address == made.address.removeprefix("https://")
    quality = exhibits.exhibit(dataset, "data-grades")
    assert quality.path.startswith("/data?section=quality&")


def test_a_long_address_is_shortened_where_it_is_printed_only(dataset: Dataset) -> None:
    countries = "&".join(f"countries={iso3}" for iso3 in ("USA", "DEU", "GBR", "JPN", "AUS", "CHN"))
    made = exhibits.exhibit(dataset, f"prices-list?{countries}", published_at="https://atlas.example.org")
    assert "countries=USA" in made.address
    assert made.short_address == f"atlas.example.org/prices?as_of={made.scene.day.isoformat()}"


def test_an_exhibit_is_drawn_once(dataset: Dataset) -> None:
    assert exhibits.exhibit(dataset, "prices-history") is exhibits.exhibit(dataset, "prices-history?history=chart")
    assert exhibits.exhibit(dataset, "prices-history", "dark") is not exhibits.exhibit(dataset, "prices-history")


def test_a_footer_names_what_was_chosen(dataset: Dataset) -> None:
    made = exhibits.exhibit(dataset, "approvals-matrix?countries=BRA,IND&income=UMC&region=Africa")
    assert made.footer[0] == "Chosen: Brazil, India, Africa, Upper middle income"
    assert exhibits.exhibit(dataset, "approvals-matrix").selection == ""
    assert exhibits.exhibit(dataset, "country-ladder?country=BRA&countries=IND").selection == ""


def test_a_long_choice_is_counted(dataset: Dataset) -> None:
    codes = ",".join(sorted(dataset["countries"]["iso3"])[:11])
    assert exhibits.exhibit(dataset, f"overview-cascade?countries={codes}").selection.endswith("+3 more")


@pytest.mark.parametrize("day", ["2030", "2030-05", "2030-05-01", "1999"])
def test_a_day_that_has_not_begun_or_was_before_any_approval_is_not_taken(dataset: Dataset, day: str) -> None:
    before = date.today()
    asked = registry.read(dataset, f"overview-cascade?as_of={day}")
    assert before <= asked.scene.day <= date.today()
    assert asked.notices


def test_a_figure_with_estimates_of_others_says_their_terms_in_its_footer(real: Dataset) -> None:
    """The atlas's own licence allows any use; GLOBOCAN's estimates may not be sold."""
    need = exhibits.exhibit(real, "overview-world?measure=new-cases-myeloma")
    approvals = exhibits.exhibit(real, "overview-world")

    assert "GLOBOCAN estimates: non-commercial use" in need.footer
    assert not any("GLOBOCAN" in part for part in approvals.footer)
