"""Our numbers beside published comparisons.

Each table is kept with its citation, how far it was read, and each published value beside ours. Ours are read through the
indicators' own functions. Where they differ by more than the stated tolerance, the entry says why; a test fails when such a
difference goes away, and when a new one appears. Agreement means "agrees with", never "verified by": reviews have errors of
their own, and some of these papers are sources of ours. Where a paper is our fact's only source, the entry says ``circular``, and
the comparison shows no more than that the figure went in and comes out right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
import pytest

from indicators.catalog import observe
from indicators.dataset import Dataset, load
from indicators.measures.approvals import approved, first_approvals
from indicators.measures.prices import LIST_TYPES, POINT_KINDS, latest_list_prices, priced
from indicators.measures.reimbursement import availability_delays, covered_products
from indicators.money import Money

ProductAndPlace = tuple[str, str]


@dataclass(frozen=True)
class Beside:
    """A published value, ours, why they differ where they do by more than the tolerance, and whether ours rests on the paper alone."""

    published: object
    ours: object
    why: str = ""
    circular: bool = False


def parameters(table: Mapping[object, Beside]) -> list[object]:
    return [pytest.param(key, beside, id=" ".join(key) if isinstance(key, tuple) else str(key)) for key, beside in table.items()]


@pytest.fixture(scope="module")
def atlas() -> Dataset:
    """Return the project's own dataset."""
    return load()


def rests_only_on(atlas: Dataset, fact_id: str, paper: str) -> bool:
    """Say whether a fact has no source but the paper, which is known by a part of its address."""
    urls = [atlas.sources.at[source, "url"] for source in atlas.facts.at[fact_id, "source_ids"].split(";")]
    return all(paper in url for url in urls)


def check_first_approval(atlas: Dataset, key: ProductAndPlace, beside: Beside, paper: str) -> None:
    """Assert that our date is the entry's; it may be less precise than the published one, to the month, never another."""
    dates = first_approvals(atlas)
    found = dates[(dates["product_id"] == key[0]) & (dates["iso3"] == key[1])]
    actual = str(found["approval_date"].iloc[0])
    assert actual == beside.ours
    assert (len(actual) >= 7 and str(beside.published).startswith(actual)) != bool(beside.why)
    assert rests_only_on(atlas, found["fact_id"].iloc[0], paper) == beside.circular


def check_number(actual: float | None, beside: Beside, tolerance: float) -> None:
    """Assert that our number is the entry's, and within the tolerance of the published one unless it says why not."""
    assert actual == (None if beside.ours is None else pytest.approx(beside.ours, abs=0.5))
    agrees = actual is not None and abs(actual - float(beside.published)) <= tolerance  # type: ignore[arg-type]
    assert agrees != bool(beside.why)


# --- (a) Expert Reviews in Molecular Medicine 2022 Jan 28;24:e7. doi 10.1017/erm.2021.32, PMC9617572 (author manuscript).
# Table 1, read in full at pmc.ncbi.nlm.nih.gov/articles/PMC9617572/table/T1; title and authors are not on the table's page.
# First approval of each product by its first regulator, to September 2021. Tolerance: none.
EXPERT_REVIEWS_2022 = {
    ("tisa-cel", "USA"): Beside("2017-08-30", "2017-08-30"),
    ("axi-cel", "USA"): Beside("2017-10-18", "2017-10-18"),
    ("brexu-cel", "USA"): Beside(
        "2020-07-23",
        "2020-07-24",
        "Another journal's table, the product listing at the FDA and trade press of Saturday 25 July, which says Friday, give the 24th; the fact with the 23rd is kept, not preferred.",
    ),
    ("liso-cel", "USA"): Beside("2021-02-05", "2021-02-05"),
    ("ide-cel", "USA"): Beside("2021-03-26", "2021-03-26"),
    ("varni-cel", "ESP"): Beside("2021-02-10", "2021-02-10"),  # a hospital exemption, which the table calls an approval
    ("relma-cel", "CHN"): Beside("2021-09-06", "2021-09-06"),
}


@pytest.mark.parametrize(("key", "beside"), parameters(EXPERT_REVIEWS_2022))
def test_first_approvals_beside_expert_reviews_2022(atlas: Dataset, key: ProductAndPlace, beside: Beside) -> None:
    check_first_approval(atlas, key, beside, "PMC9617572")


# --- Challenges and opportunities in the compassionate use of out-of-specification products in autologous regenerative medicine.
# Stem Cell Research & Therapy 2025. doi 10.1186/s13287-025-04343-0. Table 3, read as far as March 2021. Tolerance: none.
JAPAN_2025 = {
    ("tisa-cel", "JPN"): Beside("2019-03-26", "2019-03-26"),
    ("axi-cel", "JPN"): Beside("2021-01-22", "2021-01-22"),
    ("liso-cel", "JPN"): Beside("2021-03-22", "2021-03-22", circular=True),
}


@pytest.mark.parametrize(("key", "beside"), parameters(JAPAN_2025))
def test_japanese_approvals_beside_stem_cell_research_2025(atlas: Dataset, key: ProductAndPlace, beside: Beside) -> None:
    check_first_approval(atlas, key, beside, "s13287-025-04343-0")


# --- (b) Tan R, Li R, Dai M-Y, Liu M, Zhao J. Redefining chimeric antigen receptor T-cell (CAR-T) regulation: China's responses to
# address secondary cancer risks of CAR-T therapy. J Hematol Oncol 2024;17(1), published 8 October 2024.
# doi 10.1186/s13045-024-01602-0. Table 2, read in full (its footnotes not). Ours as of the day of publication. Tolerance: none.
PUBLISHED_ON = date(2024, 10, 8)
AMERICAN = {"tisa-cel", "axi-cel", "brexu-cel", "liso-cel", "ide-cel", "cilta-cel"}
CHINESE = {"zevor-cel", "inati-cel", "eque-cel", "relma-cel", "axi-cel"}
PRODUCTS_OCTOBER_2024 = {
    "USA": Beside(AMERICAN, AMERICAN),
    "CHN": Beside(
        CHINESE,
        CHINESE | {"cilta-cel"},
        "The authors leave out cilta-cel, which the Chinese regulator approved on 27 August 2024, six weeks before they published.",
    ),
}
# Approvals that we know from this paper alone, from its table 1.
ONLY_FROM_TAN_2024: dict[str, set[str]] = {"USA": set(), "CHN": set()}
FIRST_YEARS = {"USA": Beside(2017, 2017), "CHN": Beside(2021, 2021)}


@pytest.mark.parametrize(("iso3", "beside"), parameters(PRODUCTS_OCTOBER_2024))
def test_products_approved_beside_tan_2024(atlas: Dataset, iso3: str, beside: Beside) -> None:
    then = atlas.as_of(PUBLISHED_ON)
    granted = approved(then)
    ours = set(granted.loc[granted["iso3"] == iso3, "product_id"])
    assert ours == beside.ours
    assert (ours == beside.published) != bool(beside.why)
    assert observe(then, "products-approved").set_index("iso3").at[iso3, "value"] == len(ours)
    here = granted[granted["iso3"] == iso3]
    alone = {product for product, facts in here.groupby("product_id")["fact_id"] if all(rests_only_on(atlas, fact, "s13045-024-01602-0") for fact in facts)}
    assert alone == ONLY_FROM_TAN_2024[iso3]


@pytest.mark.parametrize(("iso3", "beside"), parameters(FIRST_YEARS))
def test_years_of_the_first_approval_beside_tan_2024(atlas: Dataset, iso3: str, beside: Beside) -> None:
    year = int(observe(atlas.as_of(PUBLISHED_ON), "first-approval-date").set_index("iso3").at[iso3, "value"])
    check_number(year, beside, tolerance=0)


# --- (c) Rivetti di Val Cervo P, Alessi E, Lastella M, La Greca A, Trotta F. Advanced Therapy Medicinal Products: Availability, Access
# and Expenditure in Italy. BioDrugs 2024;38(6):831-844. doi 10.1007/s40259-024-00683-0, PMC11530470. Table 2, read in full at
# pmc.ncbi.nlm.nih.gov/articles/PMC11530470/table/Tab2. Published: days from the European decision to AIFA's start (negative: before
# it) plus days of AIFA's assessment. Ours: from the European decision to the first covering decision.
# Tolerance: 14 days, for the assessment ends before its result is announced or printed in the gazette, which is what we have dates of.
ITALIAN_TOLERANCE = 14
ITALY_2024 = {
    ("tisa-cel", "ITA"): Beside(-51 + 397, 349),
    ("axi-cel", "ITA"): Beside(-48 + 481, 445),
    ("brexu-cel", "ITA"): Beside(-45 + 483, 452),
}
# Of the six products, those reimbursed by the end of 2023; ide-cel was refused, cilta-cel and liso-cel were under evaluation.
ITALY_PAID_2023 = Beside({"tisa-cel", "axi-cel", "brexu-cel"}, {"tisa-cel", "axi-cel", "brexu-cel"})


@pytest.mark.parametrize(("key", "beside"), parameters(ITALY_2024))
def test_italian_days_to_a_decision_beside_rivetti_di_val_cervo_2024(atlas: Dataset, key: ProductAndPlace, beside: Beside) -> None:
    check_number(days_to_cover(atlas, *key), beside, ITALIAN_TOLERANCE)


def test_products_that_italy_paid_for_by_2023_beside_rivetti_di_val_cervo_2024(atlas: Dataset) -> None:
    paid = covered_products(atlas.as_of(date(2023, 12, 31)))
    ours = set(paid.loc[paid["iso3"] == "ITA", "product_id"])
    assert ours == ITALY_PAID_2023.ours
    assert (ours == ITALY_PAID_2023.published) != bool(ITALY_PAID_2023.why)


def days_to_cover(atlas: Dataset, product_id: str, iso3: str) -> float | None:
    """Return the days from a product's authorisation to its first public cover in a country."""
    delays = availability_delays(atlas)
    found = delays.loc[(delays["product_id"] == product_id) & (delays["iso3"] == iso3), "days"]
    return None if found.empty else float(found.iloc[0])


# --- (d) Ronco V, Dilecce M, Lanati E, Canonico PL, Jommi C. Price and reimbursement of advanced therapeutic medicinal products in
# Europe: are assessment and appraisal diverging from expert recommendations? J Pharm Policy Pract 2021.
# doi 10.1186/s40545-021-00311-0, PMC7980570. Table 3, read for tisa-cel in five countries and for axi-cel in three (the stored copy
# stops at Germany). List prices in euros of about 2020. Ours: the newest list price as of the day given.
# Tolerance: none; 2 % for the British price, which the authors and we convert at different rates.
@dataclass(frozen=True)
class ListPrice(Beside):
    """A price in euros, ours as known on a day."""

    day: date = date(2021, 12, 31)


RONCO_2021 = {
    ("tisa-cel", "ITA"): ListPrice(320_000, 320_000),
    ("tisa-cel", "GBR"): ListPrice(313_766, 321_534, "Both are GBP 282,000; ours is of March 2019, at the rate of that year, theirs at a rate of their own."),
    ("tisa-cel", "FRA"): ListPrice(297_666, 297_666),
    ("tisa-cel", "ESP"): ListPrice(320_000, 320_000),
    ("tisa-cel", "DEU"): ListPrice(320_000, 275_000, "The table has the price at launch, ours is the amount negotiated since, in force by August 2020."),
    ("tisa-cel", "DEU", "at launch"): ListPrice(320_000, 320_000, day=date(2019, 12, 31)),
    ("axi-cel", "FRA"): ListPrice(327_000, 327_000),
    ("axi-cel", "ITA"): ListPrice(327_000, 327_000),
    # Published for axi-cel in the United Kingdom: "confidential". Ours is of 2022, when its list price was public.
}


def in_euros(atlas: Dataset, price: pd.Series) -> float:
    """Return a price in euros at the average rates of its own year."""
    if price["currency"] == "EUR":
        return float(price["amount"])
    one_euro = Money.of(atlas).to_usd(1, "EUR", int(price["usd_year"]))
    assert one_euro is not None
    return float(price["usd"] / one_euro.value)


@pytest.mark.parametrize(("key", "beside"), parameters(RONCO_2021))
def test_list_prices_beside_ronco_2021(atlas: Dataset, key: tuple[str, ...], beside: ListPrice) -> None:
    latest = latest_list_prices(atlas.as_of(beside.day))
    found = latest[(latest["product_id"] == key[0]) & (latest["iso3"] == key[1])]
    ours = None if found.empty else in_euros(atlas, found.iloc[0])
    check_number(ours, beside, tolerance=0.02 * 313_766 if key[1] == "GBR" else 0)
    assert beside.circular == (not found.empty and rests_only_on(atlas, found["fact_id"].iloc[0], "s40545-021-00311-0"))


# --- (e) Heine R, Thielen FW, Koopmanschap M, Kersten MJ, Einsele H, Jaeger U, Sonneveld P, Sierra J, Smand C, Uyl-de Groot CA. Health
# Economic Aspects of Chimeric Antigen Receptor T-cell Therapies for Hematological Cancers: Present and Future. HemaSphere
# 2021;5(2):e524. doi 10.1097/HS9.0000000000000524, PMC8051992. Abstract read: list prices of the two products then authorised ran
# from EUR 307,200 to 350,000 in France, Germany, Spain, Italy, the United Kingdom and the Netherlands.
# Tolerance: none; the band itself. Ours: every list price of the two products in these countries known by the end of 2020.
HEINE_BAND = (307_200, 350_000)
HEINE_COUNTRIES = ("FRA", "DEU", "ESP", "ITA", "GBR", "NLD")
OUTSIDE_THE_BAND = {
    "price:axi-cel:DEU:nhi-tariff:2020-08-05": "Amount negotiated after launch, in force by August 2020; the paper's prices are those of launch.",
    "price:tisa-cel:DEU:nhi-tariff:2020-08-05": "Amount negotiated after launch, in force by August 2020; the paper's prices are those of launch.",
    "price:axi-cel:ITA:list-public:2019-11-11": "The formal public price, with margins and tax; the paper's prices are those of companies.",
    "price:tisa-cel:FRA:nhi-tariff:2019-12-26": "The official tariff, set after negotiation; the paper's prices are those that companies asked at launch.",
}


@pytest.mark.parametrize("iso3", HEINE_COUNTRIES)
def test_launch_prices_lie_in_the_band_of_heine_2021(atlas: Dataset, iso3: str) -> None:
    prices = priced(atlas.as_of(date(2020, 12, 31)))
    prices = prices[
        (prices["iso3"] == iso3)
        & prices["product_id"].isin(["tisa-cel", "axi-cel"])
        & prices["price_type"].isin(LIST_TYPES)
        & prices["value_kind"].isin(POINT_KINDS)
    ]
    assert not prices.empty
    low, high = HEINE_BAND
    for _, price in prices.iterrows():
        inside = low <= in_euros(atlas, price) <= high
        assert inside != (price["fact_id"] in OUTSIDE_THE_BAND), price["fact_id"]


# --- (f) Menon J, Madaj K, De Cock E, Vossen C. Time to Approval of Chimeric Antigen Receptor-T Cells (CAR-T) Therapies Among Nordic
# Countries. ISPOR 2023 (conference abstract, no full paper), www.ispor.org, presentation intl2023-3667. Read up to the sentence on ide-cel.
# Published: days from the European authorisation to a national decision. Ours: to the first covering decision.
# Tolerance: 2 days, for copies of the European decision on tisa-cel give 22 and 23 August 2018.
NORDIC_TOLERANCE = 2
NORDIC_2023 = {
    ("tisa-cel", "NOR"): Beside(116, 116),
    ("tisa-cel", "DNK"): Beside(160, 146, "Our month, January 2019, is reckoned from this very figure; its middle stands for it.", circular=True),
    ("tisa-cel", "FIN"): Beside(202, 205, "Our month, March 2019, is reckoned from this very figure; its middle stands for it.", circular=True),
    ("tisa-cel", "SWE"): Beside(
        267, None, "In Sweden the regions decide; our source dates that by its year. The council's advice, May 2019, is kept as advice."
    ),
    ("axi-cel", "NOR"): Beside(1517, 1517),
    ("axi-cel", "FIN"): Beside(476, 476),
    ("axi-cel", "SWE"): Beside(379, None, "As for tisa-cel; the council's advice of 6 September 2019 is day 379."),
    ("brexu-cel", "FIN"): Beside(366, 367, circular=True),
    ("brexu-cel", "SWE"): Beside(710, None, "No Swedish decision on brexu-cel is among our facts."),
}


@pytest.mark.parametrize(("key", "beside"), parameters(NORDIC_2023))
def test_nordic_days_to_a_decision_beside_menon_2023(atlas: Dataset, key: ProductAndPlace, beside: Beside) -> None:
    check_number(days_to_cover(atlas, *key), beside, NORDIC_TOLERANCE)
    assert beside.circular == is_dated_by(atlas, key, "intl2023-3667")


def is_dated_by(atlas: Dataset, key: ProductAndPlace, paper: str) -> bool:
    """Say whether the date of a product's first public cover is reckoned from the paper's own figure, as the fact's note says."""
    delays, notes = availability_delays(atlas), atlas["reimbursement"].set_index("fact_id")["note"]
    found = delays[(delays["product_id"] == key[0]) & (delays["iso3"] == key[1])]
    facts = [fact for ids in found["fact_ids"] for fact in ids if fact in notes.index and "reckoned" in notes[fact]]
    return any(paper in atlas.sources.at[source, "url"] for fact in facts for source in atlas.facts.at[fact, "source_ids"].split(";"))


# Not approved by January 2023: tisa-cel for lymphoma in any of the four, axi-cel in Denmark.
NORDIC_REFUSALS = {
    ("tisa-cel", "DNK"): Beside(False, False),
    ("tisa-cel", "FIN"): Beside(
        False, True, "The Finnish council's own page of 12 December 2019 recommends it with restrictions (grade A); the abstract differs."
    ),
    ("tisa-cel", "NOR"): Beside(False, False),
    ("tisa-cel", "SWE"): Beside(False, False),
    ("axi-cel", "DNK"): Beside(False, False),
}


@pytest.mark.parametrize(("key", "beside"), parameters(NORDIC_REFUSALS))
def test_nordic_refusals_in_lymphoma_beside_menon_2023(atlas: Dataset, key: ProductAndPlace, beside: Beside) -> None:
    product_id, iso3 = key
    paid = covered_products(atlas.as_of(date(2023, 1, 1)))
    ours = bool(((paid["product_id"] == product_id) & (paid["iso3"] == iso3) & (paid["indication_id"] == "lbcl-3l")).any())
    assert ours == beside.ours
    assert (ours == beside.published) != bool(beside.why)
