"""Explore every table: search, filter, sort, and open the evidence behind a row."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from indicators import explorer, language
from indicators.charts.matrices import product_name
from indicators.language import _, mark, ngettext
from indicators.tables import GRADES, TABLES
from ui import controls, listing, state
from ui.filters import View
from ui.state import Control

TABLE = Control("table", "approvals", state.one_of(list(TABLES)))
SEARCH = Control("search", "", state.words)
CONFIDENCE_TEXTS = {"high": mark("High"), "medium": mark("Medium"), "low": mark("Low")}
# What people come for first; what stands behind the figures and the classifications last.
_LAST = ("countries", "country_groups", "products", "indications", "context", "exchange_rates", "cancer_incidence", "sources", "second_readings")
ORDER = [*(name for name in TABLES if name not in _LAST), *_LAST]


def draw(current: View) -> None:
    """Draw the choice of table, its filters, and its rows."""
    dataset = current.dataset
    left, right = st.columns([2, 3])
    with left:
        table = controls.select(TABLE, _("Table"), ORDER, lambda name: f"{_(TABLES[name].title)} ({language.number(len(dataset[name]))})")
    with right:
        search = controls.search(SEARCH, _("Search in all cells"), _("Words that must all occur, such as: Brazil Kymriah"))
    choices = explorer.choices(dataset, table)
    filters = _filters(current, choices, search)
    st.html(f"<p class='how-to-read'>{escape(_told(table, choices, filters))}</p>")
    listing.draw(TABLE, current, table, filters)


def _filters(current: View, choices: dict[str, tuple[str, ...]], search: str) -> explorer.Filters:
    """Draw the filters that the table has, and return what they say."""
    years = choices["years"]
    place = Control("place", (), state.one_of(choices["places"]), many=True)
    product = Control("product", (), state.one_of(choices["products"]), many=True)
    grade = Control("grade", (), state.one_of(choices["grades"]), many=True)
    confidence = Control("confidence", (), state.one_of(choices["confidences"]), many=True)
    first, last = Control("from", "", state.one_of(["", *years])), Control("to", "", state.one_of(["", *years]))
    chosen: dict[str, tuple[str, ...]] = {}
    offered: list[tuple[Control, tuple[str, ...], str, Callable[[str], str], str]] = [
        (place, choices["places"], _("Country or place"), language.country_name, _("All")),
        (product, choices["products"], _("Product"), lambda one: product_name(current.dataset, one), _("All")),
        (grade, choices["grades"], _("Grade"), str, _("All")),
        (confidence, choices["confidences"], _("Confidence"), lambda code: _(CONFIDENCE_TEXTS[code]), _("All")),
    ]
    shown = [one for one in offered if len(one[1]) > 1]
    for control, options, *_rest in offered:  # the address may ask for a filter that this table does not offer
        if len(options) <= 1:
            chosen[control.name] = tuple(state.value(control))
    places = st.container(key="filters").columns([*(1.6 if len(one[1]) > len(GRADES) else 1 for one in shown), *([0.8, 0.8] if len(years) > 1 else [])] or [1])
    for column, (control, options, label, text, placeholder) in zip(places, shown, strict=False):
        with column:
            chosen[control.name] = controls.choose_many(control, label, options, text, placeholder)
    span = ["", ""]
    for number, (control, label) in enumerate(((first, _("From year")), (last, _("To year")))):
        if len(years) > 1:
            with places[len(shown) + number]:
                span[number] = controls.select(control, label, ["", *years], lambda year: year or _("Any"))
        else:
            span[number] = str(state.value(control))
    return explorer.Filters(search, chosen["place"], chosen["product"], chosen["grade"], chosen["confidence"], *span)


def _told(table: str, choices: dict[str, tuple[str, ...]], filters: explorer.Filters) -> str:
    parts = [_(TABLES[table].description)]
    if explorer.opens(table):
        parts.append(
            _("Select a row at its left end to open the facts that rest on the source.")
            if table == "sources"
            else _("Select a row at its left end to open its evidence; a click on a heading sorts, its menu says what the column means.")
        )
    if table == "approvals" and filters.places:
        parts.append(_("A decision for the European Union stands in one row of its own, not in those of its members."))
    if filters.first_year or filters.last_year:
        parts.append(_("Rows without a date are left out while a year is chosen."))
    months = TABLES[table].shelf_life_months
    if months:
        text = ngettext(
            "Facts of this table are overdue {months} month after they were last confirmed.",
            "Facts of this table are overdue {months} months after they were last confirmed.",
            months,
        )
        parts.append(text.format(months=months))
    return " ".join(parts)
