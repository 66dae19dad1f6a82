"""Every page shows itself, whatever the filters leave over."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from indicators import catalog, language
from indicators.charts.template import DARK, LIGHT
from indicators.dataset import load
from indicators.observations import DOCUMENTED_NONE

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]

# Of Tuvalu nothing is known but its name and a few figures of context.
SELECTIONS = {
    "a country without facts": {"countries": "TUV"},
    "no country at all": {"region": "Oceania", "countries": "FRA"},
    "the first day": {"as_of": "2017-08-30"},
    "one region": {"region": "Africa"},
    "low income": {"income": "LIC"},
    "one country": {"countries": "BRA"},
    "everything narrowed": {"as_of": "2020-06-15", "region": "Europe", "income": "HIC", "countries": ["FRA", "DEU"]},
}


def figures(test: AppTest) -> list[str]:
    return [element.proto.spec for element in test.get("plotly_chart")]


def test_page_runs_without_exception(each_page: str, opened: Opened) -> None:
    assert not opened(each_page).exception


def test_page_draws_a_figure(each_page: str, opened: Opened) -> None:
    assert figures(opened(each_page))


def test_every_page_asks_a_question_of_its_own(pages: list[str], opened: Opened, markup: Markup) -> None:
    questions = [re.findall(r"<h1 class='question'>(.+?)</h1>", markup(opened(page))) for page in pages]

    assert all(len(found) == 1 for found in questions)
    assert len({found[0] for found in questions}) == len(questions)


def test_page_says_nothing_about_an_address_without_parameters(each_page: str, opened: Opened, notices: Callable[[AppTest], str]) -> None:
    assert notices(opened(each_page)) == ""


def test_page_leaves_defaults_out_of_the_address(each_page: str, opened: Opened) -> None:
    assert opened(each_page).query_params == {}


@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS.keys())
def test_page_runs_whatever_the_filters_leave_over(each_page: str, selection: dict[str, str | list[str]], opened: Opened) -> None:
    assert not opened(each_page, **selection).exception


def test_page_shows_every_card_as_a_table_too(each_topic: str, opened: Opened) -> None:
    shown = opened(each_topic)
    cards = [switch.key.removeprefix("control-") for switch in shown.get("segmented_control") if "Table" in switch.options]

    tables = opened(each_topic, **dict.fromkeys(cards, "table"))

    assert not tables.exception
    # A page may have tables of its own beside those of its cards.
    assert len(tables.dataframe) == len(shown.dataframe) + len(cards)
    assert not figures(tables)


def test_figures_say_in_words_what_they_show(each_page: str, opened: Opened) -> None:
    for element in opened(each_page).get("plotly_chart"):
        assert len(element.proto.alt) > 40


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda style: style.name)
def test_figures_are_drawn_in_the_colours_of_the_readers_theme(each_page: str, theme: object, opened: Opened) -> None:
    own, other = (LIGHT, DARK) if theme is LIGHT else (DARK, LIGHT)

    for spec in figures(opened(each_page, theme=own.name)):
        assert own.ink in spec
        assert other.ink not in spec


def test_figures_say_the_same_after_another_reader_used_the_other_theme(opened: Opened) -> None:
    before = figures(opened(theme="light"))
    opened(theme="dark")

    assert figures(opened(theme="light")) == before


def test_key_figures_count_only_the_chosen_countries(opened: Opened, markup: Markup) -> None:
    shown = opened(countries=["USA", "TUV"])

    assert re.findall(r"<dd>(.*?)</dd>", markup(shown))[0] == "1"


def test_key_figure_of_approvals_is_the_indicators(opened: Opened, markup: Markup) -> None:
    seen = catalog.observe(load().as_of(date(2022, 12, 31)), "products-approved")
    approved = seen[seen["value"].notna() & (seen["status"] != DOCUMENTED_NONE)]

    shown = opened(as_of="2022-12-31")

    assert re.findall(r"<dd>(.*?)</dd>", markup(shown))[0] == str(len(approved))


def test_a_card_without_data_says_so_and_what_to_do(opened: Opened) -> None:
    shown = opened("manufacturing", countries="TUV")

    assert "Widen the filters" in shown.info[0].value


def test_a_documented_absence_is_shown_with_its_sources_where_there_is_nothing_to_draw(opened: Opened, markup: Markup) -> None:
    shown = opened("approvals", countries="NZL")

    assert "A source documents that no product is authorised in New Zealand" in markup(shown)
    assert shown.dataframe[0].value["Status"].tolist() == ["none, documented"]
    assert "Medsafe" in shown.dataframe[0].value["Regulator"].iloc[0]
    assert len(re.findall(r"<p class='source-line'>", markup(shown))) == 1


def test_every_footer_names_version_day_and_licence(each_page: str, opened: Opened, markup: Markup) -> None:
    before = date.today()
    shown = opened(each_page, as_of="2023-12-31")
    footers = re.findall(r"<p class='source-line'>(.*?)</p>", markup(shown))

    # A page without filters shows the dataset as it stands today.
    days = ["31 Dec 2023"] if shown.select_slider else [language.day(before), language.day(date.today())]
    assert footers
    for footer in footers:
        assert load().version in footer
        assert any(day in footer for day in days)
        assert "CC BY 4.0" in footer


def test_source_lists_link_only_to_web_addresses(each_topic: str, opened: Opened, markup: Markup) -> None:
    addresses = re.findall(r"<a href='(.*?)'", markup(opened(each_topic)))

    assert addresses
    assert [address for address in addresses if not address.startswith(("https://", "http://"))] == []


def test_a_card_says_which_chosen_countries_it_has_nothing_on(opened: Opened, markup: Markup) -> None:
    asked = opened("approvals", countries=["BRA", "DEU", "TUV"])

    text = markup(asked)
    assert "Nothing to show here for: Tuvalu." in text  # Germany has the European Union's products
    assert "Nothing to show here for" not in markup(opened("approvals", region="Africa"))


def test_the_legend_of_a_matrix_names_what_is_drawn_and_nothing_else(opened: Opened, markup: Markup) -> None:
    text = markup(opened("reimbursement", countries=["BRA"]))
    legend = re.search(r"<ul class='legend'>(.*?)</ul>", text)

    assert legend
    assert re.findall(r"</i>([^<]+)</li>", legend[1]) == ["No cover, no decision taken"]


@pytest.mark.parametrize("countries", [["BRA"], ["TUV"], ["BRA", "IND", "ZAF"], ["USA"]], ids=" ".join)
def test_key_figures_count_one_thing_in_the_singular_and_say_none_in_words(each_topic: str, countries: list[str], opened: Opened, markup: Markup) -> None:
    figures = re.search(r"<dl class='key-figures'>(.*?)</dl>", markup(opened(each_topic, countries=countries)), re.DOTALL)

    assert figures
    assert not re.search(r"<dt>(?:[^<]* of )?[01] \w+s\b", figures[1])
    for text, number in re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", figures[1]):
        assert number != "1" or not re.match(r"\w+ies\b", text), (number, text)


def test_a_choice_that_no_country_passes_is_told(each_page: str, opened: Opened) -> None:
    shown = opened(each_page, region="Oceania", income="LIC")

    if shown.select_slider and each_page != "country":  # a page of its own choice of country has no such filters
        assert any("No country passes these filters together" in box.value for box in shown.info)


def test_every_card_says_how_to_read_it(each_topic: str, opened: Opened, markup: Markup) -> None:
    shown = opened(each_topic)
    cards = len(figures(shown))

    assert len(re.findall(r"<p class='how-to-read'>.{40,}?</p>", markup(shown))) >= cards


def test_what_changed_starts_a_year_before_the_chosen_day(opened: Opened) -> None:
    shown = opened(as_of="2019-12-31")
    assert shown.date_input[0].value == date(2018, 12, 31)

    shown.select_slider[0].set_value("2022-12-31").run()

    assert shown.date_input[0].value == date(2021, 12, 31)
    assert "since" not in shown.query_params


def test_all_changes_since_a_day_are_listed_each_with_its_source(opened: Opened, markup: Markup) -> None:
    text = markup(opened(since="2026-01-01", as_of="2026-06-30"))
    items = re.findall(r"<ul class='changes'>(.*?)</ul>", text)

    folded = re.search(r"<summary>(\d+) more changes since then</summary>", text)
    assert folded
    assert [listed.count("<li>") for listed in items] == [6, int(folded[1])]
    assert all(item.count("href='http") == 1 for listed in items for item in listed.split("</li>")[:-1])
