"""The page on the evidence itself: facts to check again, and the audit to take away."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import escape

from streamlit.testing.v1 import AppTest

from indicators import audit
from indicators.dataset import Dataset, load

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]


def today() -> Dataset:
    return load().as_of(date.today())


def facts_shown(text: str) -> list[str]:
    return re.findall(r"<li><code>(.+?)</code>", text)


def test_ten_facts_are_drawn_each_with_a_link_to_its_source(opened: Opened, markup: Markup) -> None:
    text = markup(opened("data", draw="42"))
    drawn = audit.sample(today(), 10, 42)

    assert facts_shown(text) == drawn["fact_id"].tolist()
    for urls in drawn["urls"]:
        assert all(escape(url, quote=True) in text for url in urls)


def test_others_are_drawn_at_a_click_and_the_address_brings_them_back(opened: Opened, markup: Markup) -> None:
    first = opened("data")
    before = facts_shown(markup(first))

    after = next(button for button in first.button if button.label == "Draw others").click().run()

    assert facts_shown(markup(after)) != before
    assert facts_shown(markup(opened("data", draw=after.query_params["draw"]))) == facts_shown(markup(after))


def test_a_draw_that_is_no_number_is_said_to_be_unknown(opened: Opened, notices: Callable[[AppTest], str]) -> None:
    assert "draw" in notices(opened("data", draw="ten"))


def test_goals_are_told_with_what_is_reached(opened: Opened, markup: Markup) -> None:
    text = markup(opened("data"))

    for goal in audit.goals(today()):
        assert escape(goal.text) in text


def test_what_was_read_in_a_transcription_links_to_it(opened: Opened, markup: Markup) -> None:
    dataset = today()
    transcribed = set(dataset.facts.index[dataset.facts["read_grade"] == ""])
    seed = next(seed for seed in range(200) if transcribed & set(audit.sample(dataset, 10, seed)["fact_id"]))
    fact_id = next(iter(transcribed & set(audit.sample(dataset, 10, seed)["fact_id"])))
    source = dataset.sources.loc[dataset.facts.at[fact_id, "source_ids"].split(";")[0]]

    text = markup(opened("data", draw=str(seed)))

    assert f"<a href='{escape(source['read_at'], quote=True)}'" in text
    assert "read in a transcription" in text
