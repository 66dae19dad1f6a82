"""The page on care: its choices live in the address, and its key figures count the chosen countries."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from indicators import catalog
from indicators.dataset import load

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]

CHOICES = [
    ("centres_by", "centres-per-10-million"),
    ("patients_by", "treatment-rate"),
    ("patients_by", "patients-treated-ever"),
    ("trials_by", "trials-per-10-million"),
]


@pytest.mark.parametrize(("name", "measure"), CHOICES, ids=str)
def test_a_measure_in_the_address_is_shown_with_its_definition(name: str, measure: str, opened: Opened, markup: Markup) -> None:
    shown = opened("care", **{name: measure})

    assert not shown.exception
    assert shown.selectbox(key=f"control-{name}").value == measure
    assert catalog.get(measure).title in markup(shown)
    assert catalog.get(measure).definition in markup(shown)
    assert shown.query_params == {name: measure}


@pytest.mark.parametrize("name", ["centres_by", "patients_by", "counted", "trials_by", "against"])
def test_a_measure_that_does_not_exist_is_told_and_left_out(name: str, opened: Opened, notices: Callable[[AppTest], str]) -> None:
    shown = opened("care", **{name: "happiness"})

    assert not shown.exception
    assert "happiness" in notices(shown)
    assert shown.query_params == {}


@pytest.mark.parametrize("views", [{"centres": "ranking", "routes": "ranking", "patients": "map", "trials": "map"}, {"centres": "trend", "patients": "trend"}])
def test_every_view_of_a_card_is_drawn(views: dict[str, str], opened: Opened) -> None:
    shown = opened("care", **views)

    assert not shown.exception
    assert len(shown.get("plotly_chart")) == 10


def test_the_choice_of_what_is_counted_changes_the_figure(opened: Opened, markup: Markup) -> None:
    assert "Patients treated in a year (logarithmic scale)" in markup(opened("care"))
    assert "Patients treated up to the date of the figure" in markup(opened("care", counted="patients-treated-cumulative"))


def test_key_figures_are_the_indicators_of_the_chosen_countries(opened: Opened, markup: Markup) -> None:
    seen = catalog.observe(load(), "treatment-centres").set_index("iso3")["value"]

    text = markup(opened("care", countries=["DEU", "TUV"]))
    figures = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text)

    assert figures[0] == ("country in which CAR-T is known to be given", "1")
    assert figures[1] == ("treatment centres counted, in 1 country", f"{int(seen['DEU'])}")
    assert figures[3][1] == "0%"


def test_key_figures_of_a_country_without_evidence_are_no_zeros_but_a_dash(opened: Opened, markup: Markup) -> None:
    figures = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", markup(opened("care", countries="TUV"))))

    assert figures["no count of treatment centres is known"] == "–"
    assert figures["no yearly figure of patients in a whole country is known"] == "–"


def test_every_card_tells_how_to_read_it(opened: Opened, markup: Markup) -> None:
    for page in ("care", "manufacturing"):
        shown = opened(page)
        cards = [switch for switch in shown.get("segmented_control") if "Table" in switch.options]
        footers = re.split(r"<p class='source-line'>", markup(shown))[:-1]
        assert len(footers) == len(cards)
        assert all("<p class='how-to-read'>" in part for part in footers)
