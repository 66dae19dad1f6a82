"""How well sourced, how old and how complete the dataset is, what is to be mended, and facts to check again."""

from __future__ import annotations

import json
from html import escape
from random import SystemRandom

import streamlit as st

from indicators import audit, audit_report, language
from indicators.audit_report import share_text
from indicators.figures import data as figures
from indicators.language import _, ngettext
from ui import shell, state
from ui.card import card
from ui.filters import View
from ui.shell import KeyFigures
from ui.sources import source_link
from ui.state import Control
from ui.tables import small_table

DRAWN = 10


def seed_of(text: str) -> str:
    """Return the number that the facts to check are drawn with; raises ValueError for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise ValueError(text)
    return text


DRAW = Control("draw", str(audit.seed_of_the_day()), seed_of)


def key_figures(view: View) -> KeyFigures:
    """Return how many facts and sources, how well they are sourced, how many were wrong, and how many are overdue."""
    whole = audit.sourcing(view.dataset)
    overdue = int(view.dataset.facts["stale"].sum())
    strip = [
        (language.number(whole.facts), _("facts collected one by one, from {count} sources").format(count=language.number(whole.sources))),
        (
            share_text(whole.good),
            _("rest on a regulator, a peer-reviewed paper, or the maker or institution itself; {share} on such a text that we read").format(
                share=share_text(whole.read)
            ),
        ),
        (language.number(overdue), ngettext("fact not confirmed within its shelf life", "facts not confirmed within their shelf life", overdue)),
    ]
    for newest in audit.second_reading(view.dataset["second_readings"]).tail(1).to_dict("records"):
        read_again = newest["facts"] - newest["not_found"]
        if not read_again:
            continue
        text = _("of {count} facts drawn at random had a wrong main value when read a second time")
        strip.insert(2, (share_text(newest["wrong"] / read_again, 1), text.format(count=language.number(read_again))))
    return strip


def draw_others() -> None:
    """Set another number to draw with."""
    st.session_state[DRAW.key] = str(SystemRandom().randrange(10**9))


def facts_to_check(view: View, seed: int) -> str:
    """Return facts drawn at random, each with what it says and links to its sources, as HTML."""
    items = []
    for row in audit.sample(view.dataset, DRAWN, seed).itertuples():
        links = ", ".join(source_link(view.dataset.sources.loc[source], short=True) for source in row.source_ids)
        items.append(f"<li><code>{escape(row.fact_id)}</code><br>{escape(row.fact)}<br><span>{links}</span></li>")
    return f"<ol class='facts-to-check'>{''.join(items)}</ol>"


def draw(current: View) -> None:
    """Draw how good the evidence is, what is to be mended, and ten facts to check again."""
    shell.key_figures(current.remember("data-figures", key_figures))
    card(figures.GRADES, current)
    reach_column, age_column = st.columns(2, gap="large")
    with reach_column:
        card(figures.REACH, current)
    with age_column:
        card(figures.AGE, current)

    shell.section(_("Goals and what is reached"))
    goals = current.dataset.remember("goals", lambda: audit.goals(current.dataset))
    small_table(audit_report.goals_table(goals), _("The goals that this edition was deepened towards"), [_("Reached"), _("Without transcriptions"), _("Goal")])
    st.html(
        f"<p class='how-to-read'>{escape(_('A transcription quotes the original and names its address, but nobody of ours has read the original or a copy of it; a fact that rests on transcriptions alone has medium confidence at most. Nearly all come from one public repository, charlesyapai/5001paper, put together by AI agents and spot-checked by its author.'))}</p>"
    )

    shell.section(_("What is to be mended"))
    small_table(current.remember("mend", lambda view: audit_report.mend_table(view.dataset)), _("Rows that break a rule of good evidence"))
    st.html(f"<p class='how-to-read'>{escape(audit_report.shelf_lives_text())}</p>")
    readings = current.remember("second-readings", lambda view: audit.second_reading(view.dataset["second_readings"]).to_dict("records"))
    for row in readings:
        st.html(f"<p class='how-to-read'>{escape(audit_report.second_reading_text(row))}</p>")

    shell.section(_("Ten facts to check again"))
    seed = int(state.value(DRAW))
    st.html(f"<p class='how-to-read'>{escape(_('Open a source and compare. If it says something else, tell us: the more eyes, the fewer mistakes.'))}</p>")
    st.html(current.remember(f"facts-to-check-{seed}", lambda view: facts_to_check(view, seed)))
    with st.container(horizontal=True):
        st.button(_("Draw others"), icon=":material/casino:", on_click=draw_others)
        st.download_button(
            _("Audit as Markdown"),
            data=lambda: audit_report.as_markdown(current.dataset, DRAWN, seed),
            file_name=f"car-t-access-atlas-audit-{current.day.isoformat()}.md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            _("Audit as JSON, with every row to mend"),
            data=lambda: json.dumps(audit_report.as_data(current.dataset, DRAWN, seed), indent=2, ensure_ascii=False),
            file_name=f"car-t-access-atlas-audit-{current.day.isoformat()}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
