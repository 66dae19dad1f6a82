"""The figures of a country's page: what they say, that every mark and row opens, and what stays apart."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from indicators.charts import country_key_figures, country_timeline, country_words, fitting, ladder, price_peers, scorecard
from indicators.charts.chart import Chart
from indicators.charts.template import STYLES, Style
from indicators.dataset import Dataset
from indicators.measures import standing

World = Callable[..., Dataset]
LIGHT = STYLES["light"]
DOMAINS = ("approvals", "prices", "reimbursement", "manufacturing", "care", "need", "context")
PLACES = ("BRA", "USA", "DEU", "IND", "TUV", "NZL", "CHN")


def card_of(dataset: Dataset, iso3: str, style: Style = LIGHT, group: str = "region") -> Chart:
    members = standing.peers(dataset, iso3, group)
    return scorecard.scorecard(dataset, iso3, members, country_words.peers_text(dataset, iso3, group), DOMAINS, style)


def prices_of(dataset: Dataset, iso3: str, style: Style = LIGHT) -> Chart:
    return price_peers.prices_against_peers(dataset, iso3, standing.peers(dataset, iso3, "world"), "all countries", style)


CHARTS = {"scorecard": card_of, "ladder": ladder.ladder, "timeline": country_timeline.country_timeline, "prices": prices_of}


def draw(name: str, dataset: Dataset, iso3: str, style: Style = LIGHT) -> Chart:
    return CHARTS[name](dataset, iso3, style=style)


def keys(chart: Chart) -> set[str]:
    return {key for trace in chart.figure.data if trace.customdata is not None for key in trace.customdata}


@pytest.mark.parametrize("iso3", PLACES)
@pytest.mark.parametrize("name", CHARTS)
def test_every_mark_and_row_opens_and_every_sentence_is_whole(today: Dataset, name: str, iso3: str) -> None:
    chart = draw(name, today, iso3)

    assert keys(chart) | set(chart.table.index) <= set(chart.targets)
    assert all(re.fullmatch(r"[A-Za-z0-9.:+_~-]+", key) for key in chart.targets)
    assert set(chart.fact_ids) <= set(today.facts.index)
    for target in chart.targets.values():
        assert set(target.fact_ids) <= set(today.facts.index)
        assert target.says
        assert target.place
    for sentence in (chart.title, chart.subtitle, chart.alt, chart.caveat, *chart.table.columns, json.dumps(chart.figure.to_plotly_json(), default=list)):
        assert not re.search(r"\bnan\b|\bNone\b|NaN|\{\w*\}", sentence.replace("%{", "").replace("None, documented", "")), sentence
    assert chart.title
    assert len(chart.alt) > 10


@pytest.mark.parametrize("name", CHARTS)
def test_a_figure_says_the_same_in_both_styles(today: Dataset, name: str) -> None:
    light, dark = (draw(name, today, "DEU", style) for style in (LIGHT, STYLES["dark"]))

    assert (light.title, light.alt) == (dark.title, dark.alt)
    assert light.table.equals(dark.table)


# --- scorecard -----------------------------------------------------------------------------------------------------------


def own_marks(chart: Chart) -> dict[str, float]:
    """Return where the country itself stands in each row."""
    return {key: x for trace in chart.figure.data for key, x in zip(trace.customdata, trace.x, strict=True) if "." not in key}


def test_missing_and_documented_values_stand_beside_the_strip(world: World) -> None:
    absent = {"product_id": "any", "indication_id": "unspecified", "status": "none-documented", "pathway": "unknown", "jurisdiction": "UGA"}
    dataset = world(approvals=[{"jurisdiction": "USA", "approval_date": "2022-01-01"}, {"jurisdiction": "IND", "approval_date": "2022-01-01"}, absent])

    chart = card_of(dataset, "UGA", group="world")
    assert own_marks(chart)["products-approved"] < 0
    assert own_marks(chart)["first-approval-date"] < 0
    assert chart.table.at["products-approved", "Value"] == "none, documented"
    assert chart.table.at["first-approval-date", "Value"] == "no evidence found"
    looks = {key: trace.marker.symbol for trace in chart.figure.data for key in trace.customdata}
    assert looks["products-approved"] != looks["first-approval-date"]


def test_further_right_is_better_where_less_is(world: World) -> None:
    dataset = world(prices=[{"jurisdiction": iso3, "price_local": price, "effective_date": "2024-01-01"} for iso3, price in (("USA", 475000), ("DEU", 300000))])

    assert own_marks(card_of(dataset, "DEU", group="world"))["median-list-price"] == 1.0
    assert own_marks(card_of(dataset, "USA", group="world"))["median-list-price"] == 0.0


def test_ranks_say_ties_the_ends_and_who_stands_alone(world: World) -> None:
    products = {"USA": ["tisa-cel", "axi-cel", "liso-cel"], "BRA": ["tisa-cel"], "IND": ["tali-cel"], "SGP": ["tisa-cel", "axi-cel"]}
    dataset = world(
        approvals=[{"jurisdiction": iso3, "product_id": product, "approval_date": "2022-01-01"} for iso3, names in products.items() for product in names]
    )

    ranks = {iso3: card_of(dataset, iso3, group="world").table.at["products-approved", "Among peers"] for iso3 in (*products, "UGA")}
    assert ranks == {
        "USA": "highest of 4",
        "SGP": "2nd highest of 4",
        "BRA": "tied 3rd highest of 4",
        "IND": "tied 3rd highest of 4",
        "UGA": "4 peers have a value",
    }
    assert card_of(dataset, "UGA", group="income").table.at["products-approved", "Among peers"] == "no peer has a value"


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"), (112, "112th")]
)
def test_ordinals(number: int, text: str) -> None:
    assert scorecard.ordinal(number) == text


def test_a_median_between_two_counts_is_not_rounded_to_one(world: World) -> None:
    products = {"USA": ["tisa-cel", "axi-cel"], "BRA": ["tisa-cel"]}
    dataset = world(
        approvals=[{"jurisdiction": iso3, "product_id": product, "approval_date": "2022-01-01"} for iso3, names in products.items() for product in names]
    )

    assert card_of(dataset, "UGA", group="world").table.at["products-approved", "The others"] == "median 1.5"


def test_the_finding_leaves_out_what_has_no_better(world: World) -> None:
    dataset = world(cancer_incidence=[{"iso3": iso3, "cancer": "nhl", "new_cases": cases} for iso3, cases in (("USA", 80000), ("BRA", 11000))])

    assert card_of(dataset, "BRA", group="world").title.startswith("Brazil has no figure here that can be set beside")


# --- ladder --------------------------------------------------------------------------------------------------------------


def test_the_ladder_counts_products_and_tells_no_evidence_from_none(world: World) -> None:
    dataset = world(
        approvals=[{"jurisdiction": "BRA", "approval_date": "2022-02-23"}],
        reimbursement=[{"jurisdiction": "BRA", "product_id": "any", "decision": "no-decision", "coverage": "none", "indication_id": "unspecified"}],
    )
    chart = ladder.ladder(dataset, "BRA", LIGHT)

    assert chart.title == "1 product is known in Brazil: 1 approved, none publicly covered at least in part, none made here"
    assert chart.targets["tisa-cel.covered"].says == "None, documented: No cover, no decision taken, said of all CAR-T products"
    assert chart.targets["tisa-cel.priced"].says == "no evidence found"
    colours = {key: (trace.marker.color, trace.marker.size) for trace in chart.figure.data for key in trace.customdata}
    assert colours["tisa-cel.covered"] != colours["tisa-cel.priced"]


def test_the_ladder_says_which_decisions_are_european(world: World) -> None:
    dataset = world(approvals=[{"jurisdiction": "EU", "approval_date": "2018-08-23"}])
    chart = ladder.ladder(dataset, "FRA", LIGHT)

    assert "via EU" in chart.targets["tisa-cel.approved"].says
    assert "EU" in [text for trace in chart.figure.data for text in trace.text]


def test_a_site_that_makes_nothing_yet_and_cover_case_by_case_do_not_count(world: World) -> None:
    sites = {"planned": "axi-cel", "unverified": "tisa-cel", "operational": "tali-cel"}
    dataset = world(
        manufacturing_sites=[{"iso3": "IND", "status": status, "product_ids": product} for status, product in sites.items()],
        reimbursement=[
            {"jurisdiction": "IND", "product_id": "axi-cel", "decision": "no-decision", "coverage": "case-by-case"},
            {"jurisdiction": "IND", "product_id": "tisa-cel", "coverage": "conditional-public"},
            {"jurisdiction": "IND", "product_id": "tali-cel", "scope": "subnational", "decision": "unknown", "coverage": "case-by-case"},
        ],
    )
    chart = ladder.ladder(dataset, "IND", LIGHT)

    assert chart.title == "3 products are known in India: none approved, 1 publicly covered at least in part, 1 made here"
    assert chart.targets["tisa-cel.made"].says == "not confirmed"
    assert chart.targets["axi-cel.made"].says == "In part, on conditions, or planned: planned"
    assert all(chart.targets[f"{product}.covered"].says.endswith(": Case by case") for product in ("axi-cel", "tali-cel"))


def test_a_ladder_without_products_is_empty(world: World) -> None:
    chart = ladder.ladder(world(), "UGA", LIGHT)

    assert chart.is_empty
    assert chart.title == "No product is known in Uganda"


# --- time line -----------------------------------------------------------------------------------------------------------


def test_the_time_line_has_a_line_of_its_own_for_each_event(today: Dataset) -> None:
    for iso3 in PLACES:
        chart = country_timeline.country_timeline(today, iso3, LIGHT)
        tops = [(note.y, note.text.count("<br>") + 1) for note in chart.figure.layout.annotations if note.xanchor == "left"]
        assert len(tops) <= country_timeline.MOST_EVENTS
        for (here, lines), (following, _lines) in pairwise(tops):
            assert following >= here + lines * 15


def test_what_is_not_drawn_is_in_the_table_and_said(today: Dataset) -> None:
    chart = country_timeline.country_timeline(today, "USA", LIGHT)

    assert len(keys(chart)) < len(chart.table)
    assert chart.caveat == "Of more than 40 events those that matter most to patients are drawn; the atlas lists the others too."


def test_a_time_line_without_room_keeps_the_newest_events(today: Dataset) -> None:
    chart = country_timeline.country_timeline(today, "USA", LIGHT)
    fit = fitting.fitted(chart, 500, 320)
    drawn = {key for trace in fit.figure.data for key in trace.customdata}
    dates = chart.table["Date"]

    assert fit.note.startswith(f"The first {len(drawn)} of {len(keys(chart))} rows")
    assert dates[sorted(drawn)].min() >= dates[sorted(keys(chart) - drawn)].max()


def test_a_dated_approval_after_an_undated_one_is_not_the_first(world: World) -> None:
    source = {"sources": [{"source_id": "paper", "published": "2023-10-13"}]}
    undated = {"jurisdiction": "SGP", "product_id": "axi-cel", "approval_date": "", "source_ids": "paper"}
    dated = {"jurisdiction": "SGP", "approval_date": "2025-11-26", "source_ids": "paper"}
    told = [country_timeline.country_timeline(world(approvals=rows, **source), "SGP", LIGHT).title for rows in ([dated], [dated, undated])]

    assert told == [
        "First approval in Singapore: 26 Nov 2025; no dated public cover is known",
        "First dated approval in Singapore: 26 Nov 2025, an undated one was known by 13 Oct 2023; no dated public cover is known",
    ]


def test_dated_cover_after_an_earlier_report_is_not_the_first(world: World) -> None:
    paid = {"jurisdiction": "SGP", "decision_date": "2023-06-22"}
    report = {"jurisdiction": "SGP", "product_id": "unspecified", "decision_date": "2020", "date_basis": "article"}
    approvals = [{"jurisdiction": "SGP", "approval_date": "2021-03-01"}]
    told = [country_timeline.country_timeline(world(approvals=approvals, reimbursement=rows), "SGP", LIGHT).title for rows in ([paid], [paid, report])]

    assert told == [
        "First approval in Singapore: 1 Mar 2021; first public cover: 22 Jun 2023",
        "First approval in Singapore: 1 Mar 2021; first dated decision on public cover: 22 Jun 2023, though an earlier report exists",
    ]


def test_what_happened_in_the_world_is_no_event_of_a_country(world: World) -> None:
    event = {"date": "2023-11-28", "theme": "regulation"}
    dataset = world(
        policy_events=[{**event, "jurisdiction": "WORLD"}, {**event, "jurisdiction": "SGP"}], manufacturing_sites=[{"iso3": "SGP", "start_year": "2022"}]
    )
    chart = country_timeline.country_timeline(dataset, "SGP", LIGHT)

    assert chart.title == "2 dated events in Singapore, none of them an approval"
    assert len(chart.table) == 3


# --- prices --------------------------------------------------------------------------------------------------------------


def test_a_price_stands_beside_prices_of_its_kind_alone(world: World) -> None:
    price = {"effective_date": "2024-01-01", "currency": "USD"}
    dataset = world(
        prices=[
            {**price, "fact_id": "price:list", "jurisdiction": "USA", "price_local": 400000},
            {**price, "fact_id": "price:negotiated", "jurisdiction": "DEU", "price_local": 200000, "price_type": "negotiated"},
            {**price, "fact_id": "price:peer", "jurisdiction": "GBR", "price_local": 300000},
            {**price, "fact_id": "price:bound", "jurisdiction": "FRA", "price_local": 900000, "value_kind": "at-most"},
            {**price, "fact_id": "price:other", "jurisdiction": "GBR", "price_local": 100000, "product_id": "axi-cel"},
        ]
    )
    chart = prices_of(dataset, "USA")

    assert keys(chart) == {"price:list", "price:peer"}
    assert chart.title == "The United States lists 1 of 1 product above the median of all countries, none below it"


def test_a_price_without_peers_is_told_without_comparison(world: World) -> None:
    dataset = world(prices=[{"jurisdiction": "USA", "price_local": 400000, "effective_date": "2024-01-01", "value_kind": "at-most"}])

    told = "In the United States a price is known for 1 combination of product and kind of price; no list price of all countries to set beside"
    assert prices_of(dataset, "USA").title == told


def test_a_bound_beside_a_peers_price_is_not_said_to_have_none(world: World) -> None:
    own = {"jurisdiction": "USA", "price_local": 400000, "effective_date": "2024-01-01", "value_kind": "at-most", "fact_id": "price:own"}
    chart = prices_of(world(prices=[own, {**own, "jurisdiction": "DEU", "currency": "USD", "value_kind": "exact", "fact_id": "price:peer"}]), "USA")
    assert keys(chart) == {"price:own", "price:peer"}
    assert chart.title.endswith("; no exact list price among them to compare with those of all countries")


def test_lines_of_product_and_kind_are_not_called_prices(world: World) -> None:
    price = {"jurisdiction": "USA", "price_local": 400000}
    rows = [
        {**price, "effective_date": "2023-01-01"},
        {**price, "effective_date": "2024-01-01"},
        {**price, "effective_date": "2024-01-01", "price_type": "negotiated"},
    ]

    assert prices_of(world(prices=rows), "USA").title.startswith("In the United States prices are known for 2 combinations of product and kind of price;")


# --- words ---------------------------------------------------------------------------------------------------------------


def test_the_finding_of_a_country_says_what_is_known_and_what_is_not(world: World) -> None:
    dataset = world(
        approvals=[{"jurisdiction": "BRA", "approval_date": "2022-02-23"}, {"jurisdiction": "BRA", "product_id": "axi-cel", "approval_date": "2022-10-26"}],
        reimbursement=[{"jurisdiction": "BRA", "product_id": "any", "decision": "no-decision", "coverage": "none"}],
        manufacturing_sites=[{"iso3": "BRA"}],
    )

    assert country_words.finding(dataset, "BRA") == "Brazil: 2 products approved since 2022; no public cover; made at 1 site; no evidence found on treatment."


def test_what_is_known_in_part_is_not_called_unknown(today: Dataset) -> None:
    assert country_words.finding(today, "TWN").endswith("; known in part, without a figure for the whole: treatment.")
    centres = next(figure for figure in country_key_figures.key_figures(today, "TWN") if figure.indicator_id == "treatment-centres")
    assert (centres.number, centres.text) == ("–", "Treatment centres: no figure for the whole, known in part")
    assert country_key_figures.key_figures(today, "UGA")[-1].text == "Treatment centres: no evidence found"


def test_the_finding_where_nothing_is_known_says_what_was_looked_for(world: World) -> None:
    assert country_words.finding(world(), "UGA") == ("Uganda: we looked for approvals, public cover, manufacture and treatment, and found no evidence of any.")


def test_a_documented_absence_is_in_the_finding(today: Dataset) -> None:
    assert "no product approved, as a source documents" in country_words.finding(today, "NZL")
