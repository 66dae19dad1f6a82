"""What holds of every chart: words, figure, table and facts, in both styles, for many choices of countries and for none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from indicators import catalog, language, selection
from indicators.catalog import INDICATORS, Indicator, observe
from indicators.charts import (
    agreements,
    among,
    applications,
    approval_kinds,
    approved_uses,
    availability_rate,
    bars,
    care_dots,
    cascade,
    maps,
    matrices,
    need_capacity,
    patient_counts,
    payer_verdicts,
    price_dots,
    price_history,
    price_income,
    price_kinds,
    price_words,
    scatter,
    site_map,
    site_status,
    small_multiples,
    timelines,
    treatment_rates,
    turnaround,
)
from indicators.charts.chart import Chart
from indicators.charts.template import STYLES, Style
from indicators.dataset import Dataset
from indicators.export.cells import csv_of
from indicators.observations import NO_EVIDENCE

World = Callable[..., Dataset]
Draw = Callable[[Dataset, tuple[str, ...], Style], Chart]

LIGHT = STYLES["light"]
UNFILLED = re.compile(r"\bn[aA][nN]\b|NaN|\bNone\b|\bNaT\b|\binf\b|\{\w*\}")


def chosen(dataset: Dataset, indicator_id: str, countries: tuple[str, ...]) -> pd.DataFrame:
    seen = observe(dataset, indicator_id)
    return seen[seen["iso3"].isin(countries)]


def world_map(indicator_id: str, regions: tuple[str, ...] = ()) -> Draw:
    return lambda dataset, countries, style: maps.world_map(
        dataset, indicator_id, maps.with_capitals(dataset, chosen(dataset, indicator_id, countries)), style, regions
    )


def ranking(indicator_id: str) -> Draw:
    return lambda dataset, countries, style: bars.ranking(dataset, indicator_id, chosen(dataset, indicator_id, countries), style)


def trend(indicator_id: str) -> Draw:
    return lambda dataset, countries, style: bars.trend(dataset, indicator_id, countries, dataset.today, style)


def of_sites(build: Callable[[Dataset, pd.DataFrame, Style], Chart]) -> Draw:
    def draw(dataset: Dataset, countries: tuple[str, ...], style: Style) -> Chart:
        sites = dataset["manufacturing_sites"]
        return build(dataset, sites[sites["iso3"].isin(countries)], style)

    return draw


def by(x: str, y: str) -> Draw:
    return lambda dataset, countries, style: scatter.scatter(dataset, x, y, "population", countries, ("UGA",), True, True, True, style)


def over_time(indicator_id: str) -> Draw:
    return lambda dataset, countries, style: small_multiples.small_multiples(
        dataset, indicator_id, selection.most_documented(dataset, countries, 20), dataset.today, style
    )


CHARTS: dict[str, Draw] = {
    "approval matrix": matrices.approval_matrix,
    "decision matrix by product": lambda dataset, countries, style: matrices.decision_matrix(dataset, countries, "product_id", style),
    "decision matrix by indication": lambda dataset, countries, style: matrices.decision_matrix(dataset, countries, "indication_id", style),
    "cumulative approvals": timelines.cumulative_approvals,
    "approval lag": timelines.approval_lag_chart,
    "availability delay": timelines.availability_delay_chart,
    **{
        f"list prices in {measure}": lambda dataset, countries, style, measure=measure: price_dots.list_price_dots(dataset, countries, (), measure, style)
        for measure in price_words.MEASURE_TEXTS
    },
    "price history": lambda dataset, countries, style: price_history.price_history(dataset, countries, (), style),
    "academic against commercial": price_dots.academic_against_commercial,
    "kinds of authorisation": approval_kinds.pathway_bars,
    "age groups": approval_kinds.age_bars,
    **{
        f"authorised uses with {what}": lambda dataset, countries, style, what=what: approved_uses.indication_matrix(dataset, countries, what, style)
        for what in approved_uses.IN_SQUARE_TEXTS
    },
    "applications and refusals": applications.undecided_timeline,
    "rate of availability": availability_rate.availability_bars,
    **{
        f"verdicts of {scope}": lambda dataset, countries, style, scope=scope: payer_verdicts.verdict_bars(dataset, countries, scope, style)
        for scope in payer_verdicts.SCOPE_TEXTS
    },
    "agreements": agreements.agreement_matrix,
    **{
        f"prices of the kind {kind}": lambda dataset, countries, style, kind=kind: price_kinds.price_kind_dots(dataset, countries, (), kind, "usd", style)
        for kind in price_words.PRICE_TYPE_TEXTS
    },
    "bounds in GDP per head": lambda dataset, countries, style: price_kinds.price_kind_dots(dataset, countries, (), "list-public", "gdp", style),
    "prices against income": lambda dataset, countries, style: price_income.income_scatter(dataset, countries, (), style),
    "access cascade": cascade.cascade_chart,
    "site map": of_sites(site_map.site_map),
    "site map of a region": of_sites(lambda dataset, sites, style: site_map.site_map(dataset, sites, style, ("Europe", "Asia"))),
    "sites by country": of_sites(bars.sites_by_country),
    "map of a count": world_map("products-approved"),
    "map of a date": world_map("first-approval-date"),
    "map of categories": world_map("reimbursement-status"),
    "map of routes": world_map("route-to-treatment"),
    "map of a region": world_map("population", ("Africa",)),
    "map of distances": world_map("distance-to-site"),
    "ranking of a count": ranking("products-approved"),
    "ranking of a date": ranking("first-approval-date"),
    "ranking of categories": ranking("reimbursement-status"),
    "ranking by product": ranking("list-price"),
    "ranking of a figure": ranking("median-list-price"),
    "turnaround times": turnaround.times,
    "turnaround rates": turnaround.rates,
    "sites by status": site_status.sites_by_status,
    "vector supply": site_status.vector_supply,
    "waiting and travel": care_dots.on_the_way,
    "shares treated": care_dots.reach,
    "eligible patients": care_dots.eligible,
    **{
        f"{metric} by what they cover": lambda dataset, countries, style, metric=metric: patient_counts.patient_counts(dataset, countries, metric, style)
        for metric in patient_counts.COUNTED_TEXTS
    },
    "treatment rates": treatment_rates.rates_over_time,
    **{
        f"need against {against}": lambda dataset, countries, style, against=against: need_capacity.need_against(dataset, countries, against, style)
        for against in need_capacity.AGAINST
    },
    "trend of a count": trend("products-approved"),
    "trend of a median": trend("time-to-availability"),
    "scatter": by("gdp-per-head", "products-approved"),
    "scatter of a category and a date": by("first-approval-date", "reimbursement-status"),
    "ranking among others": lambda dataset, countries, style: among.ranking(dataset, "gdp-per-head", countries, ("UGA",), style),
    "panels of a count": over_time("products-approved"),
    "panels of categories": over_time("reimbursement-status"),
}


def words(chart: Chart) -> Iterator[str]:
    """Yield every sentence that stands around the figure."""
    yield from (chart.title, chart.subtitle, chart.alt, chart.caveat)
    yield from map(str, chart.table.columns)


def texts(value: object) -> Iterator[str]:
    """Yield every text in a figure's JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in texts(item))
    elif isinstance(value, list):
        yield from (text for item in value for text in texts(item))


def check(dataset: Dataset, chart: Chart) -> None:
    """Assert what holds of every chart."""
    assert chart.title
    assert chart.alt
    assert chart.subtitle
    for sentence in words(chart):
        # "None" may begin a sentence that is meant; a formatted None never does.
        assert not UNFILLED.search(sentence.replace("none", "")), sentence
    drawn = json.loads(chart.figure.to_json())
    for text in texts(drawn["data"]):
        assert not re.search(r"\bn[aA][nN]\b|NaN|\bNone\b|\bNaT\b|\{\w*\}", text.replace("%{", "")), text
    assert set(chart.fact_ids) <= set(dataset.facts.index)
    assert csv_of(chart.table).startswith(b"\xef\xbb\xbf")
    if not chart.is_empty:
        assert len(chart.table)
        assert chart.figure.data
        assert not any(isinstance(cell, float) and cell in (float("inf"), float("-inf")) for cell in chart.table.to_numpy().ravel())


@pytest.fixture(scope="module")
def everywhere(today: Dataset) -> tuple[str, ...]:
    """Return all countries."""
    return tuple(today["countries"]["iso3"])


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_a_chart_of_the_world_has_words_a_figure_a_table_and_its_facts(today: Dataset, everywhere: tuple[str, ...], draw: Draw) -> None:
    chart = draw(today, everywhere, LIGHT)
    assert not chart.is_empty
    assert chart.fact_ids
    check(today, chart)


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_a_chart_says_and_shows_the_same_in_both_styles(today: Dataset, draw: Draw) -> None:
    light, dark = (draw(today, ("USA", "DEU", "CHN", "UGA"), style) for style in (LIGHT, STYLES["dark"]))
    check(today, dark)
    assert (light.title, light.alt, light.fact_ids) == (dark.title, dark.alt, dark.fact_ids)
    pd.testing.assert_frame_equal(light.table, dark.table)
    assert len(light.figure.data) == len(dark.figure.data)
    assert light.figure.to_json() != dark.figure.to_json()


@pytest.mark.parametrize("countries", [("USA",), ("SGP", "UGA")], ids=" ".join)
@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_a_chart_of_a_few_countries_says_what_is_known_of_them(today: Dataset, draw: Draw, countries: tuple[str, ...]) -> None:
    check(today, draw(today, countries, LIGHT))


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_a_chart_of_no_country_is_empty_and_no_error(today: Dataset, draw: Draw) -> None:
    chart = draw(today, (), LIGHT)
    assert chart.is_empty
    check(today, chart)


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_a_chart_of_a_world_without_events_is_no_error(eventless: Dataset, draw: Draw) -> None:
    check(eventless, draw(eventless, tuple(eventless["countries"]["iso3"]), LIGHT))


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_a_chart_of_the_days_before_anything_happened_is_no_error(real: Dataset, everywhere: tuple[str, ...], draw: Draw) -> None:
    before = real.as_of(date(2017, 8, 30))
    check(before, draw(before, everywhere, LIGHT))


@pytest.fixture(scope="module")
def eventless(world: World) -> Dataset:
    """Return a dataset of countries to which nothing has happened."""
    return world()


def each() -> list[object]:
    return [pytest.param(indicator, id=indicator.id) for indicator in INDICATORS.values() if not indicator.by_product]


@pytest.fixture(scope="module")
def maps_of_the_world(today: Dataset, everywhere: tuple[str, ...]) -> dict[str, Chart]:
    """Return the world map of every indicator."""
    return {indicator.id: world_map(indicator.id)(today, everywhere, LIGHT) for indicator in INDICATORS.values() if not indicator.by_product}


@pytest.mark.parametrize("indicator", each())
def test_every_indicator_can_be_mapped_and_ranked(
    today: Dataset, everywhere: tuple[str, ...], maps_of_the_world: dict[str, Chart], indicator: Indicator
) -> None:
    for chart in (maps_of_the_world[indicator.id], ranking(indicator.id)(today, everywhere, LIGHT)):
        check(today, chart)
        assert sorted(chart.table.iloc[:, 1]) == sorted(everywhere)


@pytest.mark.parametrize("indicator", each())
def test_a_map_draws_each_country_once_and_never_takes_missing_evidence_for_zero(
    today: Dataset, everywhere: tuple[str, ...], maps_of_the_world: dict[str, Chart], indicator: Indicator
) -> None:
    areas = [
        (trace.colorscale[0][1], set(trace.locations))
        for trace in maps_of_the_world[indicator.id].figure.data
        if trace.type == "choropleth" and len(trace.locations)
    ]
    drawn = [iso3 for _, countries in areas for iso3 in countries]
    assert len(drawn) == len(set(drawn))
    seen = chosen(today, indicator.id, everywhere)
    silent = set(seen.loc[seen["status"] == NO_EVIDENCE, "iso3"])
    for colour, countries in areas:
        assert countries <= silent if colour == LIGHT.no_evidence else countries.isdisjoint(silent)
    assert len({colour for colour, _ in areas}) == len(areas), "two classes of one colour"


@pytest.mark.parametrize("indicator", [indicator for indicator in INDICATORS.values() if bars.has_trend(indicator)], ids=lambda indicator: indicator.id)
def test_every_indicator_that_changes_has_a_trend(real: Dataset, indicator: Indicator) -> None:
    countries = ("USA", "DEU", "IND", "CHN", "BRA", "ESP")
    until = date(2018, 6, 30)
    chart = bars.trend(real, indicator.id, countries, until, LIGHT)
    check(real, chart)
    assert [str(day) for day in chart.table.iloc[:, 0]] == ["2017-12-31", "2018-06-30"]
    last = observe(real.as_of(until), indicator.id)
    last = last[last["iso3"].isin(countries) & last["value"].notna() & (last["status"] != "documented-none")]
    assert chart.table.iloc[-1, 1:].sum() == last["iso3"].nunique()


def test_context_and_need_have_no_trend_for_they_are_of_one_year() -> None:
    assert not any(bars.has_trend(indicator) for domain in (catalog.Domain.CONTEXT, catalog.Domain.NEED) for indicator in catalog.in_domain(domain))


@pytest.mark.parametrize("measure", price_words.MEASURE_TEXTS)
def test_a_choice_of_products_leaves_out_the_others(today: Dataset, everywhere: tuple[str, ...], measure: str) -> None:
    chart = price_dots.list_price_dots(today, everywhere, ("tisa-cel",), measure, LIGHT)
    check(today, chart)
    assert chart.table["Product"].str.startswith("tisa-cel").all()
    assert price_dots.list_price_dots(today, everywhere, ("no-such-product",), measure, LIGHT).is_empty


def test_the_table_of_a_chart_is_ordered_by_value_with_missing_values_last(today: Dataset, everywhere: tuple[str, ...]) -> None:
    values = ranking("products-approved")(today, everywhere, LIGHT).table.iloc[:, 2]
    known = values.dropna()
    assert known.is_monotonic_decreasing
    assert values.iloc[len(known) :].isna().all()


def test_a_ranking_draws_the_first_thirty_and_says_how_many_more_there_are(today: Dataset, everywhere: tuple[str, ...]) -> None:
    chart = ranking("population")(today, everywhere, LIGHT)
    assert sum(len(trace.y) for trace in chart.figure.data) == 30
    known = observe(today, "population")["value"].notna().sum()
    assert chart.caveats.startswith(f"{known - 30} more countries")
    few = ranking("population")(today, ("USA", "IND"), LIGHT)
    assert few.caveats == ""


def test_below_a_ranking_that_is_cut_stands_no_country_without_a_value_as_if_it_came_next(today: Dataset, everywhere: tuple[str, ...]) -> None:
    chart = ranking("products-approved")(today, everywhere, LIGHT)
    absent = language.country_name("DZA")

    assert chart.rest > 0
    assert absent not in {name for trace in chart.figure.data for name in trace.y}
    few = ranking("products-approved")(today, ("DZA", "BRA", "USA"), LIGHT)
    assert absent in {name for trace in few.figure.data for name in trace.y}


@pytest.mark.parametrize(
    ("indicator_id", "first"),
    [("population", "India"), ("distance-to-site", "Austria"), ("first-approval-date", "United States"), ("life-expectancy", None)],
)
def test_a_ranking_begins_with_the_best_for_patients(today: Dataset, everywhere: tuple[str, ...], indicator_id: str, first: str | None) -> None:
    chart = ranking(indicator_id)(today, everywhere, LIGHT)
    top = chart.figure.layout.yaxis.categoryarray[-1]
    seen = observe(today, indicator_id).dropna(subset=["value"])
    best = seen["value"].min() if catalog.get(indicator_id).direction < 0 else seen["value"].max()
    by_name = {trace_y: x for trace in chart.figure.data for trace_y, x in zip(trace.y, trace.x, strict=True)}
    if catalog.get(indicator_id).value_type is catalog.ValueType.NUMBER:
        assert by_name[top] == best
    if first:
        assert top == first


# --- findings: small worlds, exact sentences -------------------------------------------------------------------------


def test_the_finding_of_a_count_tells_how_many_and_who_leads(world: World) -> None:
    dataset = world(
        approvals=[
            {"jurisdiction": "IND", "product_id": "tali-cel"},
            {"jurisdiction": "IND", "product_id": "varni-cel"},
            {"jurisdiction": "BRA", "product_id": "tisa-cel"},
        ]
    )
    chart = ranking("products-approved")(dataset, ("IND", "BRA", "UGA"), LIGHT)
    assert chart.title == "2 of 3 countries have a CAR-T product authorised or under a hospital exemption; India has the most, 2"


def test_a_documented_none_is_told_apart_from_missing_evidence(world: World) -> None:
    none = {"product_id": "any", "indication_id": "unspecified", "status": "none-documented", "jurisdiction": "UGA"}
    dataset = world(approvals=[{"product_id": "tisa-cel"}, none])
    chart = world_map("products-approved")(dataset, ("USA", "UGA", "BRA"), LIGHT)
    names = {iso3: trace.name for trace in chart.figure.data if trace.type == "choropleth" for iso3 in trace.locations or ()}
    assert names["UGA"] == "none, documented"
    assert names["BRA"] == "no evidence found"
    assert names["USA"] not in {"none, documented", "no evidence found"}
    assert "Countries without evidence: 1; documented as none: 1." in chart.alt


def test_a_hover_says_country_value_year_status_and_source_in_that_order(world: World) -> None:
    dataset = world(
        care_capacity=[{"jurisdiction": "DEU", "value": 45, "reference_date": "2025-04", "source_ids": "register"}],
        sources=[{"source_id": "register", "publisher": "Register (Berlin)", "published": "2025-05-06"}],
        context=[],
        countries=[
            {
                "iso3": "DEU",
                "iso2": "DE",
                "name": "Germany",
                "un_m49_region": "Europe",
                "eu_member": "yes",
                "eea_member": "yes",
                "currency": "EUR",
                "source_ids": "register",
            }
        ],
    )
    chart = ranking("treatment-centres")(dataset, ("DEU",), LIGHT)
    assert chart.figure.data[0].hovertext == ("<b>Germany</b><br>45 centres (2025)<br>as the source says<br>Register 2025",)


def test_each_dot_of_the_cascade_is_an_income_group(world: World) -> None:
    people = [{"iso3": iso3, "indicator": "population", "value": 100, "year": 2023} for iso3 in ("USA", "IND", "UGA")]
    chart = cascade.cascade_chart(world(context=people, approvals=[{}]), ("USA", "IND", "UGA"), LIGHT)
    check_title = "33% of people live where a product is approved, none known where public money pays for one; in low-income countries, none that is known"
    assert chart.title == check_title
    dots = [trace for trace in chart.figure.data if trace.mode == "markers"]
    groups = ["High income", "Lower middle income", "Low income"]
    assert [trace.name for trace in dots if trace.showlegend] == groups
    hollow = {trace.name: trace for trace in dots if trace.marker.color == LIGHT.paper}
    assert set(hollow) == {*groups, "none known"}  # of none it is known that public money pays
    assert len(hollow["High income"].x) == len(hollow["Low income"].x) - 1  # approved in the United States


def test_a_title_names_no_country_where_several_are_equal(world: World) -> None:
    figures = (("DEU", 90), ("USA", 90), ("IND", 30))
    people = [{"iso3": iso3, "indicator": "uhc-service-coverage-index", "value": value, "year": 2023} for iso3, value in figures]
    chart = ranking("uhc-index")(world(context=people), ("DEU", "USA", "IND"), LIGHT)

    assert chart.title == "UHC index: from 30 in India to 90 in 2 countries; known for 3 of 3 countries"


def test_the_low_end_of_a_range_is_not_from_twice(today: Dataset, everywhere: tuple[str, ...]) -> None:
    for indicator_id in ("lowest-price", "academic-price"):
        title = ranking(indicator_id)(today, everywhere, LIGHT).title
        assert "from from" not in title.lower(), title


def test_both_ends_of_a_range_count_in_the_finding_on_prices(world: World) -> None:
    prices = [
        {"jurisdiction": "USA", "product_id": "tisa-cel", "price_local": 475000, "effective_date": "2024-06-01"},
        {
            "jurisdiction": "USA",
            "product_id": "axi-cel",
            "value_kind": "range",
            "price_local": "",
            "price_low": 40000,
            "price_high": 50000,
            "effective_date": "2024-06-01",
        },
    ]
    chart = price_dots.list_price_dots(world(prices=prices), ("USA",), (), "usd", LIGHT)

    assert chart.title.startswith("List prices run from about US$40,000 (axi-cel, the United States, 2024; low end of a range)"), chart.title
    assert [trace.name for trace in chart.figure.data if trace.showlegend] == ["axi-cel, a range", "tisa-cel"]


def test_the_list_of_a_category_shows_every_country_below_its_own_category(today: Dataset, everywhere: tuple[str, ...]) -> None:
    seen = observe(today, "reimbursement-status").dropna(subset="value")
    drawn = ranking("reimbursement-status")(today, everywhere, LIGHT).figure

    assert sum(len(trace.y) for trace in drawn.data) == len(seen) > bars.MOST_BARS
    texts = dict(INDICATORS["reimbursement-status"].categories)
    counted = seen["label"].value_counts()
    assert [trace.name for trace in drawn.data] == [f"{texts[code]}: {counted[code]}" for code in texts if code in counted]


def test_a_ranking_of_dates_sets_each_at_its_own_time(today: Dataset, everywhere: tuple[str, ...]) -> None:
    drawn = ranking("first-approval-date")(today, everywhere, LIGHT).figure
    places = {name: x for trace in drawn.data for name, x in zip(trace.y, trace.x, strict=True)}

    assert {trace.type for trace in drawn.data} == {"scatter"}
    assert len(places) == observe(today, "first-approval-date")["value"].notna().sum() > bars.MOST_BARS
    assert 2017.6 < places["United States"] < 2017.7
    assert min(places.values()) == places["United States"] < max(places.values())


def test_a_trend_counts_a_documented_refusal_as_known(real: Dataset, everywhere: tuple[str, ...]) -> None:
    seen = observe(real.as_of(date(2026, 11, 22)), "reimbursement-status").dropna(subset="value")
    chart = bars.trend(real, "reimbursement-status", everywhere, date(2026, 11, 22), LIGHT)

    assert chart.title.endswith(f"for {len(seen)} on 22 Nov 2026")


def test_a_map_tells_countries_that_are_not_chosen_from_those_without_evidence(today: Dataset, everywhere: tuple[str, ...]) -> None:
    def named(countries: tuple[str, ...]) -> set[str]:
        return {trace.name for trace in world_map("products-approved")(today, countries, LIGHT).figure.data if trace.showlegend}

    assert "not chosen" in named(("USA", "UGA"))
    assert "not chosen" not in named(everywhere)
    assert "no evidence found" not in named(("USA",))
    assert LIGHT.not_chosen != LIGHT.no_evidence


def test_every_product_has_a_name_of_its_own(today: Dataset) -> None:
    products = today["products"]["product_id"]
    names = [matrices.product_name(today, product) for product in products]

    assert len(set(names)) == len(products)
    assert matrices.product_name(today, "varni-cel", with_brand=False) == "varni-cel"
    assert matrices.product_name(today, "royan-cd19") == "Royan Institute"


def test_sites_that_are_one_in_each_country_single_out_none(world: World) -> None:
    dataset = world(manufacturing_sites=[{"iso3": iso3} for iso3 in ("USA", "IND", "DEU")])
    title = bars.sites_by_country(dataset, dataset["manufacturing_sites"], LIGHT).title

    assert title.startswith("3 countries with one known operating site each"), title


def test_charts_do_not_change_what_they_are_given(today: Dataset, everywhere: tuple[str, ...]) -> None:
    before = observe(today, "products-approved").copy(deep=True)
    for draw in (world_map("products-approved"), ranking("products-approved"), matrices.approval_matrix):
        draw(today, everywhere, LIGHT)
    pd.testing.assert_frame_equal(observe(today, "products-approved"), before)
    first, second = (ranking("products-approved")(today, everywhere, LIGHT).figure.to_json() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_text_and_marks_stand_out_from_the_paper(style: Style) -> None:
    """WCAG 2: a contrast of 4.5 for text, 3 for what carries meaning in a figure."""

    def luminance(colour: str) -> float:
        channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
        red, green, blue = (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, other: str) -> float:
        low, high = sorted([luminance(one), luminance(other)])
        return (high + 0.05) / (low + 0.05)

    assert contrast(style.ink, style.paper) >= 4.5
    assert contrast(style.muted, style.paper) >= 4.5
    for colour in (style.accent, style.other_product, *style.products.values(), *style.site_type.values(), *style.qualitative):
        assert contrast(colour, style.paper) >= 3, colour


def test_a_product_has_a_colour_of_its_own_in_both_styles() -> None:
    light, dark = (STYLES[name].products for name in ("light", "dark"))
    assert set(light) == set(dark)
    assert len(set(light.values())) == len(light)
    assert len(set(dark.values())) == len(dark)


def test_a_chart_is_plain_data_that_a_program_can_copy() -> None:
    chart = Chart(id="a", title="t", subtitle="s", figure=None, alt="a", table=pd.DataFrame({"Année": ["été"]}), fact_ids=())  # type: ignore[arg-type]
    assert replace(chart, title="another").title == "another"
    assert csv_of(chart.table).decode("utf-8-sig") == "Année\nété\n"


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_no_finding_counts_zero_of_anything(real: Dataset, everywhere: tuple[str, ...], draw: Draw) -> None:
    """Where there is none, a title says so in words: neither "0 countries" nor "0 sites"."""
    for dataset, countries in ((real.as_of(date(2017, 8, 1)), everywhere), (real, ("BRA",)), (real, ("ATA", "NRU")), (real, ())):
        title = draw(dataset, countries, LIGHT).title
        assert not re.search(r"(?<![\d.,])0 [a-z]", title), title


def test_money_is_written_on_axes_as_in_titles(today: Dataset, everywhere: tuple[str, ...]) -> None:
    drawn = price_dots.list_price_dots(today, everywhere, (), "usd", STYLES["light"])
    labels = drawn.figure.layout.xaxis.labelalias

    assert labels["US$100k"] == "US$100K"
    assert labels["US$570k"] == "US$570K"


def test_each_row_of_a_matrix_is_named_at_both_ends(today: Dataset, everywhere: tuple[str, ...]) -> None:
    """On a small screen the left end scrolls out of sight."""
    figure = matrices.approval_matrix(today, everywhere, STYLES["light"]).figure

    assert [note.text for note in figure.layout.annotations] == list(reversed(figure.layout.yaxis.categoryarray))


def american_prices(product: str, *prices: tuple[str, str, int]) -> list[dict[str, object]]:
    """Return wholesale acquisition costs of a product: date, indication, amount."""
    return [
        {
            "product_id": product,
            "effective_date": day,
            "indication_id": use,
            "price_local": amount,
            "price_type": "list-wac",
            "fact_id": f"price:{product}:{day}:{use}",
        }
        for day, use, amount in prices
    ]


def lines_of(chart: Chart) -> list[list[float]]:
    return [list(trace.y) for trace in chart.figure.data if trace.mode == "lines+markers"]


def test_the_price_of_a_package_is_one_line_whatever_it_is_used_for(world: World) -> None:
    rows = american_prices("axi-cel", ("2017-10-18", "lbcl-3l", 373_000), ("2022-07-01", "unspecified", 399_000), ("2023-07-01", "unspecified", 424_000))
    shown = price_history.price_history(world(prices=rows), ("USA",), (), LIGHT)

    assert lines_of(shown) == [[373_000, 399_000, 424_000]]
    assert shown.title == "In the United States the list price of axi-cel rose by 14%, from US$373,000 in 2017 to US$424,000 in 2023"


def test_a_product_that_is_priced_by_use_has_a_line_for_each(world: World) -> None:
    rows = american_prices(
        "tisa-cel",
        ("2017-08-30", "ball-paed", 475_000),
        ("2018-05-01", "lbcl-3l", 373_000),
        ("2022-07-01", "lbcl-3l", 399_000),
    )
    shown = price_history.price_history(world(prices=rows), ("USA",), (), LIGHT)

    assert lines_of(shown) == [[373_000, 399_000]]


def test_each_product_with_a_history_has_a_panel_and_the_rest_share_one(world: World) -> None:
    rows = american_prices("axi-cel", *((f"202{year}-01-01", "unspecified", 400_000 + year) for year in range(4)))
    rows += american_prices("obe-cel", ("2024-11-08", "unspecified", 525_000))
    shown = price_history.price_history(world(prices=rows), ("USA",), (), LIGHT)

    titles = [note.text for note in shown.figure.layout.annotations if note.yref == "paper"]
    assert titles == ["axi-cel", "other products"]
    ranges = {tuple(axis.range) for axis in (shown.figure.layout.yaxis, shown.figure.layout.yaxis2)}
    assert len(ranges) == 1  # the panels share their scale
    assert max(next(iter(ranges))) > 525_000


def test_a_planned_capacity_makes_no_large_dot(world: World) -> None:
    places = {"latitude": 40.6, "longitude": -74.6, "capacity_patients_per_year": 40_000}
    dataset = world(
        manufacturing_sites=[
            {**places, "capacity_value_kind": "target", "status": "unverified", "fact_id": "site:planned"},
            {**places, "capacity_patients_per_year": 100, "capacity_value_kind": "exact", "fact_id": "site:running"},
            {**places, "capacity_patients_per_year": None, "fact_id": "site:silent"},
        ]
    )
    chart = site_map.site_map(dataset, dataset["manufacturing_sites"], LIGHT)
    sizes = next(list(trace.marker.size) for trace in chart.figure.data if trace.lat[0] is not None)

    assert sizes[0] == sizes[2] < sizes[1]
    hovers = next(list(trace.text) for trace in chart.figure.data if trace.lat[0] is not None)
    assert ["40,000 patients a year (target)" in hovers[0], "100 patients a year<br>" in hovers[1]] == [True, True]
    assert chart.table["What the figure is"].tolist() == ["target", "exact", ""]


def test_a_documented_absence_is_told_with_its_source_where_nothing_is_authorised(world: World) -> None:
    absent = {"product_id": "any", "indication_id": "unspecified", "status": "none-documented", "approval_date": ""}
    dataset = world(approvals=[absent | {"jurisdiction": "BRA"}, {"jurisdiction": "USA"}])
    alone = matrices.approval_matrix(dataset, ("BRA",), LIGHT)
    assert alone.title == "A source documents that no product is authorised in Brazil"
    assert alone.is_empty
    assert len(alone.fact_ids) == 1
    assert alone.table["Code"].tolist() == ["BRA"]
    together = matrices.approval_matrix(dataset, ("BRA", "USA"), LIGHT)
    assert not together.is_empty
    assert "1 more country" in together.caveat
    assert sorted(together.table["Code"]) == ["BRA", "USA"]
    assert matrices.approval_matrix(dataset, ("USA",), LIGHT).caveat == ""


def test_a_ranking_never_cuts_a_tie(real: Dataset) -> None:
    """Who is drawn and who is not must not have the same value."""
    countries = real["countries"]["iso3"].tolist()
    people = [{"iso3": iso3, "value": 7.0 if number < 40 else 1.0} for number, iso3 in enumerate(countries)]
    frame = pd.DataFrame(people).assign(status="observed", label="", fact_ids=[() for _iso3 in countries])
    chart = bars.ranking(real, "products-approved", frame, LIGHT)

    drawn = {key for trace in chart.figure.data for key in trace.customdata or ()}
    assert drawn == set(countries[:40])
    assert chart.figure.layout.yaxis.ticktext[-1].startswith("=1  ")


def test_zero_none_and_missing_look_different_in_a_ranking(world: World) -> None:
    dataset = world(
        approvals=[{"jurisdiction": "USA"}, {"jurisdiction": "DEU"}, {"jurisdiction": "BRA", "status": "none-documented", "product_id": "any"}],
        reimbursement=[
            {"jurisdiction": "USA", "coverage": "full-public"},
            {"jurisdiction": "DEU", "coverage": "none", "decision": "not-recommended", "fact_id": "reimbursement:2"},
        ],
    )
    rate = bars.ranking(dataset, "rate-of-availability", observe(dataset, "rate-of-availability"), LIGHT)
    looks = {trace.name: trace for trace in rate.figure.data}
    assert list(looks["zero"].customdata) == ["DEU"]
    assert "BRA" in looks["no evidence found"].customdata

    products = {trace.name: trace for trace in bars.ranking(dataset, "products-approved", observe(dataset, "products-approved"), LIGHT).figure.data}
    assert list(products["none, documented"].customdata) == ["BRA"]
    assert len({(trace.marker.symbol, trace.marker.color) for trace in (looks["zero"], looks["no evidence found"], products["none, documented"])}) == 3
