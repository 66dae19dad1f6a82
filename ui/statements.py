"""Statements of sources as a list: each with its place, date and source, and a button that opens the evidence in the drawer."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from indicators import language
from indicators.charts.hurdles import place_text
from indicators.charts.wording import source_ids
from indicators.dataset import Dataset
from indicators.language import _, ngettext
from ui import provenance, state
from ui.drawings import Drawn
from ui.filters import View
from ui.headlines import headline
from ui.sources import source_link
from ui.state import Control

SHOWN = 3
_LISTED = "list"


def draw(name: str, current: View, drawn: Drawn, items: Mapping[str, str], more: str) -> None:
    """Draw statements in their order: the first SHOWN at once, the rest behind ``more``.

    ``items`` are HTML by the key of the chart's target; ``name`` is the list's name in the address of an open drawer.
    """
    state.value(Control(name, _LISTED, state.one_of([_LISTED])))  # so that the drawer's address is known to belong to this page
    st.html(f"<h3 class='finding'>{headline(drawn.chart.title)}</h3>")
    keys = list(items)
    for key in keys[:SHOWN]:
        _statement(name, key, items[key])
    if len(keys) > SHOWN:
        with st.expander(more, key=f"more-{name}"):
            for key in keys[SHOWN:]:
                _statement(name, key, items[key])
    opened = provenance.opened_in(name)
    if opened is not None:
        provenance.panel(name, current, drawn.chart, opened)


def _statement(name: str, key: str, item: str) -> None:
    with st.container(key=f"statement-{name}-{key}", horizontal=True, wrap=False, vertical_alignment="top"):
        st.html(item)
        st.button(
            _("Evidence"),
            icon=":material/fact_check:",
            type="tertiary",
            key=f"open-{name}-{key}",
            on_click=provenance.open_target,
            args=(name, key),
            help=_("Open the evidence: the fact, its sources, and what is known of them"),
        )


def finding_html(dataset: Dataset, row: Mapping[str, str]) -> str:
    """Return a finding (a row of the table, with ``grade``) as HTML: place, date and grade, the statement, its source."""
    when = language.day(row["reference_date"]) if row["reference_date"] else _("undated")
    where = " · ".join([language.capitalised(place_text(row["jurisdiction"])), when, _("grade {grade}").format(grade=row["grade"])])
    return f"<div class='statement'><p class='where'>{escape(where)}</p><p>{escape(row['finding'])}</p>{_sources(dataset, (row['fact_id'],))}</div>"


def lever_html(dataset: Dataset, row: Mapping[str, str], events: tuple[str, ...]) -> str:
    """Return a lever (a row of the table) as HTML: when and where, what was done, what came of it, its policy events."""
    when = language.day(row["date"]) if row["date"] else _("undated")
    where = f"{when} · {language.capitalised(place_text(row['jurisdiction']))}"
    if row["what_happened"]:
        came = f"<p><b>{escape(_('What happened'))}:</b> {escape(row['what_happened'])}</p>"
    else:
        came = f"<p class='silent'>{escape(_('No source tells what came of it.'))}</p>"
    listed = "".join(f"<li>{_event(dataset, one)}</li>" for one in events)
    told = ngettext("Policy event", "Policy events", len(events))
    linked = f"<p class='where'>{escape(told)}</p><ul>{listed}</ul>" if events else ""
    return (
        f"<div class='statement lever'><p class='where'>{escape(where)}</p><p><b>{escape(row['lever'])}</b></p>"
        f"<p>{escape(row['what_was_done'])}</p>{came}{linked}{_sources(dataset, (row['fact_id'],))}</div>"
    )


def _event(dataset: Dataset, event_id: str) -> str:
    events = dataset.remember("events_by_id", lambda: dataset["policy_events"].set_index("fact_id")[["date", "title"]].to_dict("index"))
    link = source_link(dataset.sources.loc[source_ids(dataset, (event_id,))[0]], short=True)
    return f"{escape(language.day(events[event_id]['date']))}: {escape(events[event_id]['title'])} · {link}"


def _sources(dataset: Dataset, facts: tuple[str, ...]) -> str:
    ids = source_ids(dataset, facts)
    links = ", ".join(source_link(dataset.sources.loc[one], short=True) for one in ids[:2])
    more = f" +{len(ids) - 2}" if len(ids) > 2 else ""
    return f"<p class='from'>{escape(ngettext('Source', 'Sources', len(ids)))}: {links}{more}</p>"


def source_sentence(dataset: Dataset, facts: tuple[str, ...]) -> str:
    """Return all sources of some facts as one line of links."""
    ids = source_ids(dataset, facts)
    links = ", ".join(f"{source_link(source, short=True)} {escape(source['published'][:4])}".strip() for _id, source in dataset.sources.loc[ids].iterrows())
    return f"<p class='from'>{escape(ngettext('Source', 'Sources', len(ids)))}: {links}</p>"
