from __future__ import annotations

import pytest

from indicators.checks import is_web_address, what_is_wrong
from indicators.tables import APPROVALS, CARE_CAPACITY, COUNTRIES, OUTCOMES, PRICES, SOURCES


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://www.example.org/a/page.html?x=1&y=2#part",
        "https://example.org:8443/",
        "https://example.org./",
        "https://bücher.example/seite",
        "https://xn--bcher-kva.example/",
        "https://example.org/%D9%85%D8%B3/(in_brackets)",
        "https://0-doi-org.library.example.ac.uk/10.1000%2F182",
    ],
)
def test_addresses_that_lead_somewhere_are_taken(address: str) -> None:
    assert is_web_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "//example.org/page",
        "https://",
        "https://localhost/page",
        "https://example",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://[::1/",
        "https://-example.org/",
        "https://exam ple.org/",
        "https://example.org/a\tb",
        "https://bücher..example/",
        "mailto:somebody@example.org",
        "javascript:alert(1)",
        "ftp://example.org/file",
    ],
)
def test_what_leads_nowhere_is_refused(address: str) -> None:
    assert not is_web_address(address)


@pytest.mark.parametrize(
    ("table", "column", "cell"),
    [
        (PRICES, "price_local", "0"),
        (PRICES, "price_local", "320000.50"),
        (PRICES, "price_local", ""),
        (PRICES, "effective_date", "2024"),
        (PRICES, "effective_date", "2024-02-29"),
        (PRICES, "currency", "HRK"),
        (PRICES, "fact_id", "price:tisa-cel:DEU:list-public:2018-09~2"),
        (PRICES, "source_ids", "one-source;another-2024"),
        (PRICES, "note", "any text, “quoted” or not; 100 % free"),
        (OUTCOMES, "value", "100"),
        (OUTCOMES, "jurisdiction", "WORLD"),
        (CARE_CAPACITY, "jurisdiction", "EU"),
        (APPROVALS, "approval_date", ""),
        (COUNTRIES, "capital_lat", "-41.3"),
        (COUNTRIES, "wb_income_group", ""),
        (SOURCES, "grade", "D"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_right_cell_is_left_alone(table: object, column: str, cell: str) -> None:
    assert what_is_wrong(table.column_by_name[column], cell) == ""  # type: ignore[attr-defined]


@pytest.mark.parametrize(("column", "cell"), [("capital_lat", "-90.1"), ("capital_lat", "91"), ("capital_lon", "180.5")])
def test_a_place_off_the_globe_is_refused(column: str, cell: str) -> None:
    assert "out of range" in what_is_wrong(COUNTRIES.column_by_name[column], cell)
