"""A table of the dataset whose rows open their evidence, with its headings, help and the file of what is shown."""

from __future__ import annotations

from typing import Any, Literal
from zlib import crc32

import numpy as np
import pandas as pd
import streamlit as st

from indicators import explorer, language
from indicators.language import _, ngettext
from indicators.schema import Kind
from indicators.tables import TABLES
from ui import provenance
from ui.filters import View
from ui.provenance import Listing
from ui.state import Control

_DOMAIN = r"^https?://(?:www\.)?([^/]+)"  # of an address: what a link shows
_TALLEST = 560  # pixels
_ROW = 35


def draw(control: Control, current: View, table: str, filters: explorer.Filters, hidden: tuple[str, ...] = ()) -> None:
    """Draw the rows of a table that pass the filters, how many they are, and their file; selecting one opens its evidence.

    ``control`` is the one that the drawer's address begins with; ``hidden`` columns are left out.
    """
    dataset = current.dataset
    positions = explorer.matching(dataset, table, filters)
    keys = explorer.keys(dataset, table)
    frame = explorer.readable(dataset, table)
    frame = frame.drop(columns=[name for name in hidden if name in frame])
    _count(current, table, positions, len(frame))
    if not len(frame):
        st.info(_("This table is still empty."))
    elif not len(positions):
        st.info(_("No row passes. Take a word out of the search, or widen the filters."))
    else:
        _grid(control, table, frame.iloc[positions], [keys[position] for position in positions])
    key = provenance.opened_in(control.name)
    if key is not None:
        _open(control, current, table, [keys[position] for position in positions], key)


def _count(current: View, table: str, positions: np.ndarray, total: int) -> None:
    shown = len(positions)
    text = ngettext("{total} row", "{total} rows", total).format(total=language.number(total))
    if shown != total:
        text = _("{shown} of {total} rows").format(shown=language.number(shown), total=language.number(total))
    with st.container(horizontal=True, vertical_alignment="center", key=f"count-{table}"):
        st.html(f"<p class='row-count' role='status'>{text}</p>")
        st.download_button(
            _("CSV of these rows"),
            data=lambda: explorer.as_csv(current.dataset, table, positions),
            file_name=f"car-t-access-atlas-{table}-{current.day.isoformat()}.csv",
            mime="text/csv",
            icon=":material/download:",
            type="tertiary",
            key=f"csv-{table}",
            on_click="ignore",
            disabled=not shown,
            help=_("Download the rows that are shown, with their sources"),
        )


def _grid(control: Control, table: str, frame: pd.DataFrame, keys: list[str]) -> None:
    widget = f"listing-{table}-{crc32(';'.join(keys).encode()):x}"  # other rows are another grid: its selection is a number of a row

    def select() -> None:
        last = f"{widget}-last"
        rows = st.session_state[widget]["selection"]["rows"]
        key = keys[rows[0]] if rows else st.session_state.get(last, "")  # a second click on a row takes its selection back
        if key:
            st.session_state[last] = key
            provenance.open_target(control.name, key)

    st.dataframe(
        frame,
        hide_index=True,
        height=min(_ROW * len(frame) + _ROW + 5, _TALLEST),
        column_config=_columns(table, frame),
        key=widget,
        alt=_("{title}: {description}").format(title=_(TABLES[table].title), description=_(TABLES[table].description)),
        placeholder="–",
        on_select=select if explorer.opens(table) else "ignore",
        selection_mode="single-row",
    )


def _columns(table: str, frame: pd.DataFrame) -> dict[str, Any]:
    schema = TABLES[table]
    columns: dict[str, Any] = {}
    for number, name in enumerate(frame):
        told: dict[str, Any] = {"label": explorer.heading(name), "help": explorer.help_text(schema, name), "pinned": number == 0}
        column = schema.column_by_name.get(name)
        if name == "source" or (column and column.kind is Kind.URL):
            columns[name] = st.column_config.LinkColumn(**told, display_text=_DOMAIN)
        elif name == "overdue":
            columns[name] = st.column_config.CheckboxColumn(**told)
        elif column and column.kind is Kind.YEAR:
            columns[name] = st.column_config.NumberColumn(**told, format="%d")
        elif pd.api.types.is_numeric_dtype(frame[name]):
            columns[name] = st.column_config.NumberColumn(**told, format="localized")
        else:
            columns[name] = st.column_config.TextColumn(**told, width=_width(frame[name]))
    return columns


def _width(cells: pd.Series) -> Literal["medium", "large"] | None:
    """Return the width of a column of text: long texts must not push the rest out of sight, and are read in full in the drawer."""
    usual = cells.astype("str").str.len().quantile(0.9) if len(cells) else 0
    return "large" if usual > 90 else "medium" if usual > 24 else None


def _open(control: Control, current: View, table: str, shown: list[str], key: str) -> None:
    known = explorer.targets(current.dataset, table)
    offered = shown if key in shown or key not in known else [key, *shown]  # a fact that the filters hide still opens from its address
    targets = {one: known[one] for one in offered if one in known}
    provenance.panel(control.name, current, Listing(f"table-{table}", _(TABLES[table].title), targets), key)
