"""How far each product has come, and how patients get treated."""

from __future__ import annotations

from typing import Any

from indicators import language
from indicators.charts import ladder
from indicators.charts.country_routes import approval_caveat, nothing_found, routes
from indicators.charts.template import LIGHT, readable_on
from indicators.dataset import Dataset
from indicators.export.country_brief.sources import first_source
from indicators.language import _, ngettext
from indicators.measures import profile

MOST_PRODUCTS = 16  # rows for which there is room on a page whatever else stands there
# Marks inside a square, so that print in black and white keeps the states apart.
_MARKS = {profile.NEGATIVE: "×", profile.NONE: "–", profile.UNDER_REVIEW: "?"}


def ladder_part(dataset: Dataset, iso3: str) -> dict[str, Any]:
    """Return the squares of products by stage, the furthest product first, with their legend."""
    cells = profile.ladder(dataset, iso3)
    products = ladder.ordered_products(cells)
    by_product = {product: {cell["stage"]: cell for cell in group.to_dict("records")} for product, group in cells.groupby("product_id")}
    colours = ladder.state_colours(LIGHT)
    shown = products[:MOST_PRODUCTS]
    rows = [
        {"name": ladder.row_name(dataset, product), "cells": [_square(by_product[product][stage], colours) for stage in profile.STAGES]} for product in shown
    ]
    present = [state for state in profile.STATES if (cells["state"] == state).any()]
    legend = [{"text": _(ladder.STATE_TEXTS[state]), "fill": colours[state], "mark": _MARKS.get(state, ""), "state": state} for state in present]
    more = [
        ngettext("{count} more product in the atlas", "{count} more products in the atlas", count).format(count=count) for count in range(1, len(products) + 1)
    ]
    told = ". ".join(
        f"{row['name']}: "
        + ", ".join(f"{_(text)} – {_(ladder.STATE_TEXTS[by_product[product][stage]['state']])}" for stage, text in ladder.STAGE_TEXTS.items())
        for product, row in zip(shown, rows, strict=True)
    )
    return {
        "title": _("How far each product has come"),
        "finding": ladder.finding(cells, iso3),
        "empty": _("We looked for products that are approved, priced, reviewed, covered, made or given here, and found no evidence of any."),
        "columns": [_(text) for text in ladder.STAGE_TEXTS.values()],
        "rows": rows,
        "legend": [item | {"ink": readable_on(item["fill"])} for item in legend],
        "note": " ".join(
            part
            for part in (
                _("Year of the first fact that says so; EU: a European decision. Steps are not nested. Covered is what public money pays for."),
                ladder.said_of_all(cells),
            )
            if part
        ),
        "count": len(products),
        "more": ["", *more],
        "alt": f"{ladder.finding(cells, iso3)}. {told}",
    }


def _square(cell: dict[str, Any], colours: dict[str, str]) -> dict[str, str]:
    fill = colours[cell["state"]]
    return {"state": cell["state"], "fill": fill, "ink": readable_on(fill), "text": ladder.inside(cell) or _MARKS.get(cell["state"], "")}


def routes_part(dataset: Dataset, iso3: str) -> dict[str, Any]:
    """Return the routes to treatment, each with its state, note and source."""
    return {
        "title": _("How patients get treated"),
        "lead": approval_caveat(dataset, iso3),
        "empty": nothing_found(dataset, iso3),
        "items": [
            {"name": route.name, "state": route.state, "note": language.capitalised(route.note), "source": first_source(dataset, route.fact_ids)}
            for route in routes(dataset, iso3)
        ],
    }
