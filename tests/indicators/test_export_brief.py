"""The country brief: two pages for every country, set from the numbers that the catalog knows, with links to their sources."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from indicators import catalog, language
from indicators.charts import country_timeline
from indicators.charts.wording import value_text
from indicators.dataset import Dataset
from indicators.export.brief import brief, known_code
from indicators.measures import country_events, prices, profile
from indicators.measures.standing import missing, peer_groups

World = Callable[..., Dataset]
Made = Callable[..., bytes]
SITE = "https://atlas.example.org"
A4 = (595.28, 841.89)  # points
FOOTER_TOP, FOOTER_LEAST, SIDE = 799.0, 805.0, 47.0
_WORD = re.compile(r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)</word>')


@pytest.fixture(scope="session")
def made(real: Dataset) -> Made:
    """Return a function that makes the brief of a country on a day, once."""
    return lru_cache(maxsize=64)(lambda iso3, day=None: brief(real, iso3, day, SITE))


def text_of(pdf: bytes) -> str:
    """Return the text of both pages with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def sample(real: Dataset) -> list[str]:
    """Return the countries that a page is hardest on: those with most and fewest facts, the longest names, no income group, and some others."""
    countries = list(real["countries"]["iso3"])
    counts = dict.fromkeys(countries, 0)
    for table, column in (("approvals", "jurisdiction"), ("prices", "jurisdiction"), ("reimbursement", "jurisdiction"), ("manufacturing_sites", "iso3")):
        for place, count in real[table][column].value_counts().items():
            if place in counts:
                counts[place] += int(count)
    by_count = sorted(countries, key=lambda iso3: (counts[iso3], iso3))
    by_name = sorted(countries, key=lambda iso3: len(language.country_name(iso3)))
    unclassified = [iso3 for iso3 in countries if peer_groups(real, iso3)[0] != "income"]
    return list(dict.fromkeys([*by_count[-4:], *by_count[:2], *by_name[-2:], "NRU", "THA", *unclassified[:1], *countries[::45]]))


def misplaced(pdf: bytes) -> list[str]:
    """Return the words that stand beyond the margins, in the footer's room, or on another word."""
    drawn = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    found = []
    for page in drawn.split("<page ")[1:]:
        words = [(*map(float, box), word) for *box, word in _WORD.findall(page)]
        for number, (left, top, right, bottom, word) in enumerate(words):
            in_footer = top > FOOTER_LEAST
            if left < SIDE or right > A4[0] - SIDE or top < 20 or bottom > A4[1] - 10 or (bottom > FOOTER_TOP and not in_footer):
                found.append(f"beyond: {word} at {left:.0f}, {top:.0f}")
            for other in words[number + 1 : number + 120]:
                across, down = min(right, other[2]) - max(left, other[0]), min(bottom, other[3]) - max(top, other[1])
                least = min((right - left) * (bottom - top), (other[2] - other[0]) * (other[3] - other[1]))
                if across > 0 and down > 0 and across * down > 0.5 * least:
                    found.append(f"on one another: {word} and {other[4]}")
    return found


def links(pdf: bytes) -> Iterator[DictionaryObject]:
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for reference in page.get("/Annots", []):
            yield reference.get_object()


def addresses(pdf: bytes) -> list[str]:
    return [str(link["/A"]["/URI"]) for link in links(pdf) if "/A" in link and "/URI" in link["/A"]]


# --- the page ------------------------------------------------------------------------------------------------------------


def test_every_kind_of_country_has_two_a4_pages_from_which_nothing_runs_out(real: Dataset, made: Made) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed")
    for iso3 in sample(real):
        pages = PdfReader(io.BytesIO(made(iso3))).pages
        assert len(pages) == 2, iso3
        assert all((float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4, abs=0.1) for page in pages), iso3
        assert misplaced(made(iso3)) == [], iso3
        assert language.in_sentence(iso3) in text_of(made(iso3)), iso3


def test_its_fonts_are_its_own_and_embedded(made: Made) -> None:
    fonts: dict[str, Any] = {}
    for page in PdfReader(io.BytesIO(made("DEU"))).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font["/DescendantFonts"][0].get_object()
            fonts[str(font["/BaseFont"]).split("+")[1].removesuffix("-Identity-H")] = descendant["/FontDescriptor"].get_object()

    assert set(fonts) == {"Inter-Regular", "Inter-SemiBold", "AtlasSerif-Regular", "AtlasSerif-SemiBold"}
    assert all("/FontFile2" in descriptor or "/FontFile3" in descriptor for descriptor in fonts.values())


def test_the_file_says_what_it_is_and_can_be_read_aloud(made: Made) -> None:
    reader = PdfReader(io.BytesIO(made("DEU")))
    about = reader.metadata
    assert about is not None
    assert (about.title, about.author) == ("CAR-T access in Germany", "CAR-T Access Atlas")
    assert "Germany" in str(about["/Keywords"])
    assert about.creation_date is not None
    assert abs((about.creation_date.date() - date.today()).days) <= 1
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith("en")
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert [item.title for item in reader.outline if not isinstance(item, list)] == ["CAR-T access in Germany"]

    alternatives = [str(element["/Alt"]) for element in _elements(root["/StructTreeRoot"]) if element.get("/S") == "/Figure"]
    assert len(alternatives) == 5  # ladder, both columns of the scorecard, prices, time line
    assert any("tisa-cel: Approved" in text for text in alternatives)


def _elements(element: Any) -> Iterator[DictionaryObject]:
    known = element.get_object()
    if isinstance(known, ArrayObject):
        for part in known:
            yield from _elements(part)
    elif isinstance(known, DictionaryObject):
        if "/S" in known:
            yield known
        if "/K" in known and not isinstance(known["/K"], int):
            yield from _elements(known["/K"])


# --- what it says --------------------------------------------------------------------------------------------------------


def test_its_numbers_are_the_catalogs(today: Dataset, made: Made) -> None:
    text = text_of(made("DEU"))
    for indicator_id in ("products-approved", "indications-approved", "manufacturing-sites", "median-list-price", "gdp-per-head", "list-price-gdp-multiple"):
        seen = catalog.observe(today, indicator_id)
        row = seen[seen["iso3"] == "DEU"].iloc[0]
        assert value_text(catalog.get(indicator_id), row["value"], row["label"], short=abs(row["value"]) >= 100_000) in text, indicator_id
    population = catalog.observe(today, "population")
    row = population[population["iso3"] == "DEU"].iloc[0]
    assert f"{row['value']:,.0f} ({row['year']:.0f})" in text


def test_its_prices_are_those_of_the_measures_with_their_dates(today: Dataset, made: Made) -> None:
    text = text_of(made("DEU"))
    own = prices.latest_list_prices(today)
    own = own[own["iso3"] == "DEU"]
    assert len(own) >= 5
    for row in own.to_dict("records"):
        assert f"US${row['usd']:,.0f}, {language.day(row['effective_date'])}" in text


def test_what_does_not_fit_is_counted(today: Dataset, made: Made) -> None:
    text = text_of(made("USA"))
    events = country_events.country_events(today, "USA")
    left_out = int(re.findall(r"(\d+) more events in the atlas", text)[0])
    shown = [row for row in events.to_dict("records") if country_timeline.sentence(today, row) in text]
    assert len(shown) >= len(events) - left_out >= 8
    assert country_timeline.sentence(today, events[events["kind"] == country_events.APPROVED].iloc[0].to_dict()) in text  # the first is given up last
    assert re.search(r"and \d+ more sources at atlas.example.org", text)


def test_missing_evidence_and_documented_absence_are_told_apart(today: Dataset, made: Made) -> None:
    nauru, thailand = text_of(made("NRU")), text_of(made("THA"))
    assert "found no evidence of any" in nauru
    assert "none, documented" not in nauru.split("How to read it")[0]
    assert "Products approved or exempted: none, documented" in thailand
    assert f"On {len(missing(today, 'NRU'))} indicators we found no figure" in nauru
    assert "None, documented" in thailand  # the ladder's legend
    assert (profile.ladder(today, "THA")["state"] == profile.NONE).any()


def test_its_links_lead_to_the_datasets_sources_and_to_the_countrys_page(today: Dataset, made: Made) -> None:
    known = set(today["sources"]["url"])
    for iso3, least in (("DEU", 40), ("NRU", 5)):
        found = set(addresses(made(iso3)))
        address = f"{SITE}/country?country={iso3}&as_of="
        (page,) = (link for link in found if link.startswith(address))
        assert today.day <= date.fromisoformat(page.removeprefix(address)) <= date.today()
        assert found - {page} <= known
        assert len(found) > least


def test_every_number_of_a_source_leads_to_its_entry(made: Made) -> None:
    inner = [link for link in links(made("DEU")) if "/URI" not in link.get("/A", {})]
    assert len(inner) > 40
    assert all("/Dest" in link or link["/A"]["/S"] == "/GoTo" for link in inner)


def test_without_a_site_the_address_is_text_alone(real: Dataset) -> None:
    pdf = brief(real, "TUV")
    assert "/country?country=TUV" in text_of(pdf).replace(" ", "")  # it may take two lines
    assert not [address for address in addresses(pdf) if "/country?" in address]


def test_an_earlier_day_knows_less(real: Dataset, made: Made) -> None:
    day = date(2019, 6, 30)
    then, now = text_of(made("DEU", day)), text_of(made("DEU"))
    seen = catalog.observe(real.as_of(day), "products-approved")
    count = int(seen.loc[seen["iso3"] == "DEU", "value"].iloc[0])
    assert "As of 30 Jun 2019" in then
    assert f"{count} products approved since 2018" in then
    assert "cilta-cel" in now
    assert "cilta-cel" not in then
    assert "as_of=2019-06-30" in then
    assert len(PdfReader(io.BytesIO(made("DEU", day))).pages) == 2


# --- what it is asked ------------------------------------------------------------------------------------------------------


def test_an_unknown_country_is_answered_with_those_that_come_near(real: Dataset) -> None:
    with pytest.raises(ValueError, match=r"no country “BRZ”.*BRA \(Brazil\)"):
        brief(real, "BRZ")
    with pytest.raises(ValueError, match=r"DEU \(Germany\)"):
        brief(real, "germny")
    with pytest.raises(ValueError, match="three letters"):
        brief(real, "@@@@")


@pytest.mark.parametrize("text", ["bra", " BRA ", "br", "Brazil"])
def test_a_country_may_be_meant_by_its_codes_in_any_case_or_its_name(real: Dataset, text: str) -> None:
    assert known_code(real, text) == "BRA"


def test_a_group_of_countries_has_no_brief(real: Dataset) -> None:
    with pytest.raises(ValueError, match="no country"):
        known_code(real, "G20")


@pytest.mark.parametrize("day", [date(2017, 8, 29), date(2999, 1, 1)])
def test_a_day_that_the_atlas_does_not_know_is_refused(real: Dataset, day: date) -> None:
    with pytest.raises(ValueError, match="no day of the atlas"):
        brief(real, "BRA", day)


# --- hard cases ------------------------------------------------------------------------------------------------------------


def test_nothing_that_a_source_writes_is_taken_for_markup(world: World) -> None:
    wild = 'A *bold* #panic("no") $x^2$ _it_ `raw` <label> @ref \\ // "quoted" ] [ { } = - + / 恺源'
    dataset = world(
        sources=[{"source_id": "source-a", "title": wild, "publisher": "#publisher[*]", "grade": "A"}],
        approvals=[{"jurisdiction": "BRA", "approval_date": "2022-05-25"}],
        policy_events=[{"jurisdiction": "BRA", "date": "2023-01-02", "title": wild}],
    )
    text = text_of(brief(dataset, "BRA"))
    assert '#panic("no") $x^2$ _it_ `raw`' in text
    assert "#publisher[*]" in text


def test_a_country_with_far_more_than_fits_keeps_to_two_pages_and_says_how_much_is_left_out(world: World) -> None:
    products = [f"product-{number:02d}" for number in range(30)]
    names = "The Very Long Name of a University Hospital and Research Centre for Haematology and Cell Therapy"
    dataset = world(
        products=[
            {"product_id": product, "developer": f"{names} {number}", "inn": "", "fact_id": f"products:{product}"} for number, product in enumerate(products)
        ],
        sources=[{"source_id": f"s{number}-a", "title": f"{names} {number}", "publisher": names, "grade": "A"} for number in range(90)],
        approvals=[
            {"jurisdiction": "USA", "product_id": product, "approval_date": f"20{20 + number % 6}-0{1 + number % 9}-01", "source_ids": f"s{number}-a"}
            for number, product in enumerate(products)
        ],
        prices=[
            {"jurisdiction": "USA", "product_id": product, "price_local": 300000 + 1000 * number, "effective_date": "2024", "source_ids": f"s{30 + number}-a"}
            for number, product in enumerate(products)
        ],
        exchange_rates=[{"currency": "USD", "year": year, "lcu_per_usd": 1} for year in (2023, 2024)],
        policy_events=[
            {"jurisdiction": "USA", "date": f"2025-{1 + number % 12:02d}", "title": f"{names} does something {number}", "source_ids": f"s{60 + number}-a"}
            for number in range(30)
        ],
        availability=[
            {"iso3": "USA", "route": route, "note": " ".join([f"{names}."] * 6)}
            for route in ("marketing-authorisation", "named-patient", "clinical-trial-only")
        ],
    )
    pdf = brief(dataset, "USA")
    text = text_of(pdf)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2
    rows = text.split("How far each product has come")[1].split("Among its peers")[0]
    assert int(re.findall(r"(\d+) more products in the atlas", text)[0]) + len(set(re.findall(r"product-\d\d", rows))) == 31  # one not named
    assert re.search(r"\d+ more events in the atlas", text)
    assert re.search(r"\d+ more prices in the atlas", text)
    if shutil.which("pdftotext"):
        assert misplaced(pdf) == []


def test_several_can_be_made_at_once(real: Dataset, made: Made) -> None:
    asked = ["TUV", "NRU", "THA", "TUV", "NRU", "THA"]
    alone = {iso3: text_of(made(iso3)) for iso3 in set(asked)}
    with ThreadPoolExecutor(max_workers=6) as pool:
        together = list(pool.map(lambda iso3: text_of(brief(real, iso3, None, SITE)), asked))
    assert together == [alone[iso3] for iso3 in asked]
