"""What happened when: the events of a country, in the order in which a short page gives them up."""

from __future__ import annotations

from typing import Any

import pandas as pd

from indicators import language
from indicators.charts import country_timeline
from indicators.charts.template import LIGHT
from indicators.dataset import Dataset
from indicators.export.country_brief.sources import first_source
from indicators.language import _, ngettext
from indicators.measures import country_events as events

MOST_EVENTS = 40
# What a page gives up last: the first approval and cover, then decisions on access, then policy and sites, then the rest.
_WEIGHTS = {events.APPROVED: 1, events.COVERED: 1, events.DENIED: 1, events.EVENT: 2, events.SITE: 2, events.PRICED: 3, events.EXTENDED: 5}
_ELSEWHERE = 4  # an event of the EU or the world is not the country's own


def timeline_part(dataset: Dataset, iso3: str) -> dict[str, Any]:
    """Return the events, oldest first, each with its ``rank``: a page that has room for n shows those below n."""
    found = events.country_events(dataset, iso3)
    looks = country_timeline.looks(LIGHT)
    ranks = _ranks(found, iso3)
    told = [
        {
            "date": language.day(row["date"]),
            "text": country_timeline.sentence(dataset, row),
            "symbol": looks[row["kind"]][0],
            "colour": looks[row["kind"]][1],
            "rank": rank,
            "source": first_source(dataset, row["fact_ids"]),
        }
        for rank, row in zip(ranks, found.to_dict("records"), strict=True)
        if rank < MOST_EVENTS
    ]
    more = [ngettext("{count} more event in the atlas", "{count} more events in the atlas", count).format(count=count) for count in range(1, len(found) + 1)]
    spoken = " ".join(f"{event['date']}: {event['text']}." for event in told)
    title = country_timeline.finding(dataset, found, iso3)
    return {
        "title": _("What happened when"),
        "finding": title,
        "empty": _("We looked for dated approvals, decisions, prices, sites and events, and found no evidence of any."),
        "events": told,
        "count": len(found),
        "more": ["", *more],
        "alt": f"{title}. {spoken}",
    }


def _ranks(found: pd.DataFrame, iso3: str) -> list[int]:
    """Return the place of each event in the order of weight: of equals the newer first."""
    firsts = {int(found.index[found["kind"] == kind][0]) for kind in (events.APPROVED, events.COVERED) if (found["kind"] == kind).any()}
    weights = [
        0 if number in firsts else _ELSEWHERE if row["kind"] == events.EVENT and row["jurisdiction"] != iso3 else _WEIGHTS[row["kind"]]
        for number, row in zip(found.index, found.to_dict("records"), strict=True)
    ]
    order = sorted(range(len(weights)), key=lambda place: (weights[place], -place))
    return [order.index(place) for place in range(len(weights))]
