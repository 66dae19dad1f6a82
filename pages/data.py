"""Data: every table to explore and take away, how good the evidence is, where it ends, and how everything is computed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import streamlit as st

from indicators.language import _, mark
from ui import controls, data, filters, shell, state
from ui.data_page import changes, coverage, disagreements, download, gaps, method, quality, sources, tables
from ui.filters import View
from ui.state import Control

STYLESHEET = Path(shell.__file__).with_name("data_page.css")

# Each section's name, what it answers, and what draws it.
SECTIONS: dict[str, tuple[str, str, Callable[[View], None]]] = {
    "quality": (mark("Quality"), mark("What the whole dataset rests on, how old that is, how far it reaches, and which facts to check next."), quality.draw),
    "tables": (mark("Tables"), mark("Every fact, table by table: search, filter, sort, and open the evidence behind a row."), tables.draw),
    "coverage": (mark("Coverage"), mark("What is known of which country: how many facts, how good, how lately confirmed."), coverage.draw),
    "disagreements": (mark("Disagreements"), mark("Where sources contradict each other, which figure is used, and why."), disagreements.draw),
    "gaps": (mark("Gaps"), mark("What we looked for and did not find, and how you can help."), gaps.draw),
    "sources": (mark("Sources"), mark("Every page, paper and file that a fact rests on, with its grade and how it was read."), sources.draw),
    "method": (mark("Method"), mark("How every number comes about: the rules, and each indicator with its formula."), method.draw),
    "changes": (mark("Changes"), mark("What changed from one version of the data to the next."), changes.draw),
    "download": (mark("Download"), mark("The whole dataset in one click: spreadsheet, CSV, Parquet, with licence and citation."), download.draw),
}
SECTION = Control("section", "quality", state.one_of(list(SECTIONS)))

dataset = data.current()
# The dataset as it stands today, whole: filters that other pages share do not reach here, but the links keep them.
current = replace(filters.view(dataset), dataset=dataset.as_of(date.today()), day=date.today())

st.html(STYLESHEET)
shell.page_head(_("What is known, how well, and how do we know?"), _(SECTIONS[state.value(SECTION)][1]))
with st.container(key="sections"):
    section = controls.segments(SECTION, _("Section"), list(SECTIONS), lambda code: _(SECTIONS[code][0]))
with st.spinner(_("Reading the tables …")):  # shows itself only when it takes longer than half a second
    SECTIONS[section][2](current)
