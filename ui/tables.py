"""Small tables as part of the page: read by every screen reader, printed as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from indicators import language


def small_table(frame: pd.DataFrame, caption: str, numbers: Sequence[str] = ()) -> None:
    """Draw a table whose rows are all shown. Numeric columns and those of ``numbers`` (texts of numbers) are set to the right."""
    right = [name in numbers or pd.api.types.is_numeric_dtype(frame[name]) for name in frame]
    head = "".join(f"<th scope='col'{_side(is_right)}>{escape(str(name))}</th>" for name, is_right in zip(frame, right, strict=True))
    rows = []
    for row in frame.itertuples(index=False):
        first, *rest = (f"{_side(is_right)}>{escape(_text(cell))}" for cell, is_right in zip(row, right, strict=True))
        rows.append(f"<tr><th scope='row'{first}</th>" + "".join(f"<td{cell}</td>" for cell in rest) + "</tr>")
    st.html(f"<div class='small-table'><table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>")


def _side(is_right: bool) -> str:
    return " class='number'" if is_right else ""


def _text(cell: object) -> str:
    return language.number(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else str(cell)
