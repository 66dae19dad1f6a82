"""Facts that disagree: what is used, what is set aside, and why."""

from __future__ import annotations

from html import escape

import streamlit as st

from indicators import disagreements, language
from indicators.disagreements import Disagreement
from indicators.language import _, ngettext
from indicators.tables import TABLES
from ui import controls, provenance, state
from ui.filters import View
from ui.state import Control


def draw(current: View) -> None:
    """Draw every group of facts that disagree."""
    found = disagreements.disagreements(current.dataset)
    tables = list(dict.fromkeys(one.table for one in found))
    about = Control("about", "", state.one_of(["", *tables]))
    count = ngettext(
        "Sources disagree on {count} question, or a fact was set aside. Every figure is kept; charts use one.",
        "Sources disagree on {count} questions, or a fact was set aside. Every figure is kept; charts use one.",
        len(found),
    )
    rule = _("The better grade of source comes first, then the newer, then the more specific, unless a note says “By hand”.")
    st.html(f"<p class='how-to-read'>{escape(count.format(count=language.number(len(found))))} {escape(rule)}</p>")
    chosen = controls.select(about, _("About"), ["", *tables], lambda name: _(TABLES[name].title) if name else _("All tables"))
    st.html(current.remember(f"disagreements-{chosen}", lambda view: _listed(view, [one for one in found if chosen in ("", one.table)])))


def _listed(current: View, shown: list[Disagreement]) -> str:
    if not shown:
        return f"<p class='how-to-read'>{escape(_('No facts disagree here.'))}</p>"
    parts, last = [], ""
    for one in shown:
        if one.table != last:
            parts.append(f"<h3 class='data-title'>{escape(_(TABLES[one.table].title))}</h3>")
            last = one.table
        heading = disagreements.heading(current.dataset, one) or _(TABLES[one.table].title)
        lists = [
            provenance.fact_list(current.dataset, title, ids, one.place)
            for title, ids in ((_("Used by charts"), one.used), (_("Kept, not used"), one.set_aside))
            if ids
        ]
        parts.append(f"<section class='disagreement'><h4>{escape(heading)}</h4><div>{''.join(f'<div>{text}</div>' for text in lists)}</div></section>")
    return "".join(parts)
