"""Every page, paper and file that a fact rests on, and who published them."""

from __future__ import annotations

from html import escape

import streamlit as st

from indicators import audit, audit_report, explorer, language
from indicators.language import _
from ui import controls, listing, shell, state
from ui.filters import View
from ui.state import Control
from ui.tables import small_table

SEARCH = Control("source_search", "", state.words)
_LISTED = Control("sources", "", state.one_of([""]))  # the name that the drawer's address begins with
_HIDDEN = ("source_id",)


def draw(current: View) -> None:
    """Draw the sources with their search and filters, then the publishers."""
    dataset = current.dataset
    choices = explorer.choices(dataset, "sources")
    grade = Control("source_grade", (), state.one_of(choices["grades"]), many=True)
    years = ["", *choices["years"]]
    first, last = Control("source_from", "", state.one_of(years)), Control("source_to", "", state.one_of(years))
    with st.container(key="filters"):
        words, graded, since, until = st.columns([2.2, 1, 0.8, 0.8])
        with words:
            search = controls.search(SEARCH, _("Search in title, publisher, address"), _("Words that must all occur, such as: NICE 2023"))
        with graded:
            grades = controls.choose_many(grade, _("Grade"), choices["grades"], str, _("All"))
        with since:
            begin = controls.select(first, _("From year"), years, lambda year: year or _("Any"))
        with until:
            end = controls.select(last, _("To year"), years, lambda year: year or _("Any"))
    told = _(
        "Each source stands here once, with its grade, how it was read, and how many facts name it. Select a row at its left end to read those facts; a click on a heading sorts."
    )
    st.html(f"<p class='how-to-read'>{escape(told)}</p>")
    listing.draw(_LISTED, current, "sources", explorer.Filters(search, grades=grades, first_year=begin, last_year=end), _HIDDEN)

    shell.section(_("Who published what the atlas rests on"))
    publishers = current.remember("publishers", lambda view: audit.publishers(view.dataset))
    small_table(
        audit_report.publishers_table(publishers.head(audit_report.MOST_PUBLISHERS)),
        _("Publishers with the most facts, of {count}").format(count=language.number(len(publishers))),
    )
