"""Hurdles: what stands between a patient and CAR-T, how well it is measured, what was tried, and what is proposed."""

from functools import partial
from html import escape
from pathlib import Path
from typing import Literal

import streamlit as st

from indicators import catalog, language
from indicators.charts import hurdles
from indicators.charts.chart import Chart
from indicators.figures import hurdles as figures
from indicators.figures.figure import drawing
from indicators.language import _, ngettext
from indicators.measures.proposals import PROPOSALS
from ui import controls, data, filters, shell, state, statements
from ui.card import card
from ui.drawings import drawn
from ui.filters import View
from ui.shell import KeyFigures
from ui.state import Control

STYLESHEET = Path(__file__).parent.parent / "ui" / "hurdles.css"


def key_figures(view: View) -> KeyFigures:
    """Return how many hurdles, findings and levers there are, and for what share of hurdles there is an indicator."""
    order = hurdles.in_order(view.dataset)
    findings = sum(len(hurdles.findings_on(view.dataset, one, view.countries)) for one in order["hurdle_id"])
    levers = sum(len(hurdles.levers_on(view.dataset, one, view.countries)) for one in order["hurdle_id"])
    with_indicator = int(order["indicators"].map(bool).sum())
    return [
        (language.number(len(order)), ngettext("hurdle on the patient's way", "hurdles on the patient's way", len(order))),
        (language.number(findings), ngettext("finding of a study or report", "findings of studies and reports", findings)),
        (language.number(levers), ngettext("policy lever that was tried", "policy levers that were tried", levers)),
        (language.percent(with_indicator / len(order)) if len(order) else "–", _("of the hurdles have an indicator here that measures them")),
    ]


def way_steps(view: View) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return the steps of the way, each with its hurdles: id, label of the button, and what is known of it as HTML."""
    steps: dict[str, list[tuple[str, str, str]]] = {step: [] for step in hurdles.STEP_TEXTS}
    for row in hurdles.in_order(view.dataset).to_dict("records"):
        found = hurdles.findings_on(view.dataset, row["hurdle_id"], view.countries)
        tried = len(hurdles.levers_on(view.dataset, row["hurdle_id"], view.countries))
        seen = hurdles.measured(view.dataset, hurdles.main_indicator(view.dataset, row["indicators"]), view.countries)["iso3"].nunique()
        counted = [
            ngettext("{count} finding", "{count} findings", len(found)).format(count=len(found)),
            ngettext("{count} lever", "{count} levers", tried).format(count=tried),
        ]
        known = [ngettext("{count} country", "{count} countries", seen).format(count=seen) if row["indicators"] else _("no indicator")]
        if len(found):
            known.append(_("grade {grade}").format(grade=found["grade"].min()))
        told = " ".join(f"<span>{escape(' · '.join(parts))}</span>" for parts in (counted, known))
        steps[row["step"]].append((row["hurdle_id"], f"{int(row['position'])} {row['title']}", f"<p class='way-count'>{told}</p>"))
    return [(f"<p class='way-step'>{escape(_(hurdles.STEP_TEXTS[step]))}</p>", rows) for step, rows in steps.items() if rows]


def draw_way(view: View, control: Control) -> None:
    """Draw the patient's way: a column for each step, a button for each hurdle, with what is known of it."""
    chosen, steps = state.value(control), view.remember("way-steps", way_steps)
    if not steps:
        return
    with st.container(key="way"):
        for column, (heading, rows) in zip(st.columns(len(steps)), steps, strict=True):
            with column:
                st.html(heading)
                for hurdle_id, label, told in rows:
                    look: Literal["primary", "secondary"] = "primary" if hurdle_id == chosen else "secondary"
                    st.button(label, key=f"choose-{hurdle_id}", type=look, width="stretch", on_click=state.put, args=(control, hurdle_id))
                    st.html(told)
    note = _("Below each hurdle: what is known of it, the countries that its main indicator says something of, and the best grade among its findings.")
    st.html(f"<p class='how-to-read'>{escape(note)}</p>")


def hurdle_head(view: View, hurdle: dict) -> str:
    """Return a hurdle's step, title, question, what the literature says and its sources, as HTML."""
    step = _("Hurdle {number}: {step}").format(number=int(hurdle["position"]), step=_(hurdles.STEP_TEXTS[hurdle["step"]]).lower())
    return (
        f"<div class='hurdle-head'><p class='step'>{escape(step)}</p><h2>{escape(hurdle['title'])}</h2><p class='asked'>{escape(hurdle['question'])}</p>"
        f"<p class='says'>{escape(hurdle['literature'])}</p>{statements.source_sentence(view.dataset, (hurdle['fact_id'],))}</div>"
    )


def draw_measures(view: View, indicator_id: str) -> None:
    """Draw the indicator that measures a hurdle, and where it bites most."""
    left, right = st.columns(2, gap="medium")
    with left:
        card(figures.MEASURE, view)
    with right:
        indicator = catalog.get(indicator_id)
        if not indicator.direction:
            with st.container(border=True, key="card-no-direction"):
                text = _("Of “{measure}” neither more nor less is better for patients, so no country can be called worst; only the spread is shown.")
                st.html(f"<p class='how-to-read'>{escape(text.format(measure=_(indicator.title)))}</p>")
        card(figures.BITES, view)


def finding_items(view: View, hurdle_id: str) -> dict[str, str]:
    """Return the findings on a hurdle as HTML, by fact."""
    rows = hurdles.findings_on(view.dataset, hurdle_id, view.countries).to_dict("records")
    return {str(row["fact_id"]): statements.finding_html(view.dataset, row) for row in rows}


def lever_items(view: View, shown: Chart, hurdle_id: str) -> dict[str, str]:
    """Return the levers against a hurdle as HTML, by fact; a target's first fact is the lever, the others its policy events."""
    rows = hurdles.levers_on(view.dataset, hurdle_id, view.countries).to_dict("records")
    return {str(row["fact_id"]): statements.lever_html(view.dataset, row, shown.targets[row["fact_id"]].fact_ids[1:]) for row in rows}


def draw_statements(view: View, hurdle_id: str) -> None:
    """Draw what was found on a hurdle, and what was tried against it."""
    left, right = st.columns(2, gap="large")
    with left:
        shell.section(_("What was found"))
        found = drawn(drawing(hurdles.hurdle_findings, view.dataset, hurdle_id, view.countries))
        items = view.remember(f"findings-{hurdle_id}", lambda own: finding_items(own, hurdle_id))
        rest = len(items) - statements.SHOWN
        statements.draw("findings", view, found, items, ngettext("{count} more finding", "{count} more findings", rest).format(count=rest))
    with right:
        shell.section(_("What was tried"))
        tried = drawn(drawing(hurdles.hurdle_levers, view.dataset, hurdle_id, view.countries))
        items = view.remember(f"levers-{hurdle_id}", lambda own: lever_items(own, tried.chart, hurdle_id))
        rest = len(items) - statements.SHOWN
        statements.draw("levers", view, tried, items, ngettext("{count} more lever", "{count} more levers", rest).format(count=rest))


def draw_proposal(view: View, proposal_id: str) -> None:
    """Draw a proposal: who has it, and how those that have it stand beside the others."""
    proposal = PROPOSALS[proposal_id]
    st.html(
        f"<div class='proposal-head'><p><b>{escape(_('Counted as having it'))}:</b> {escape(_(proposal.criterion))}</p>"
        f"<p><b>{escape(_('Kept apart, in neither row'))}:</b> {escape(_(proposal.apart))}</p><p>{escape(_(proposal.note))}</p></div>"
    )
    with st.expander(_("What it should move, and why"), key="moves"):
        items = "".join(f"<li><b>{escape(_(catalog.get(one).title))}.</b> {escape(_(reason))}</li>" for one, reason in proposal.moves)
        st.html(f"<ul class='moves'>{items}</ul>")
    card(figures.PROPOSAL_DOTS, view)
    card(figures.PROPOSAL_GROUPS, view)


dataset = data.current()
current = filters.view(dataset)
all_hurdles = figures.by_id(dataset)
HURDLE = figures.hurdle_setting(dataset)

st.html(STYLESHEET)
shell.page_head(
    _("What stands between patients and CAR-T?"),
    _("Hurdles along the patient's way, where each bites most, what was tried against it, and whether countries with a proposed remedy do better.")
    + " "
    + filters.describe(current),
)
shell.key_figures(current.remember("hurdles-figures", key_figures))
filters.draw(dataset)

shell.section(_("The patient's way"))
draw_way(current, HURDLE)
hurdle = all_hurdles.get(state.value(HURDLE))
if hurdle is not None:
    st.html(current.remember(f"hurdle-head-{hurdle['hurdle_id']}", partial(hurdle_head, hurdle=hurdle)))
    if hurdle["indicators"]:
        MEASURED_BY = Control("measured_by", figures.main_indicator(dataset, hurdle), state.one_of(hurdle["indicators"]))
        with st.columns([1, 1])[0]:
            measured_by = controls.select(MEASURED_BY, _("Measured here by"), hurdle["indicators"], lambda one: _(catalog.get(one).title))
        if hurdle["note"]:
            st.html(f"<p class='how-to-read'>{escape(hurdle['note'])}</p>")
        draw_measures(current, measured_by)
    else:
        st.info(hurdle["note"] or _("No indicator of the catalog measures this hurdle, so where it bites most can't be computed."))
    draw_statements(current, hurdle["hurdle_id"])

shell.section(_("What is proposed"))
proposal = controls.segments(figures.PROPOSAL, _("Proposal"), list(PROPOSALS), lambda one: _(PROPOSALS[one].title))
draw_proposal(current, proposal)

shell.section(_("How well each hurdle is known"))
card(figures.EVIDENCE, current)
