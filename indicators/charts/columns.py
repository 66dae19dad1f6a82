"""The named columns of a grid: those that a cut leaves without a mark go with the rows that they had marks in."""

from __future__ import annotations

from typing import Any

from indicators.charts import room, rows


def without_emptied(whole: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Return ``part`` (what a cut left of the plain figure ``whole``) without the named columns that lost all their marks.

    Columns that had no mark before stay, and so does an axis that texts or shapes stand on at places of their own.
    """
    layout = dict(part["layout"])
    for axis_id in dict.fromkeys(trace.get("xaxis", "x") for trace in part["data"]):
        name = rows.name_of(axis_id)
        axis = layout.get(name, {})
        order = list(axis.get("categoryarray") or ())
        ends = axis.get("range")
        if not order or not ends or not room.is_categorical(whole, axis_id) or _is_written_on(layout, axis_id):
            continue
        lost = _marked(whole, axis_id) - _marked(part, axis_id)
        kept = [column for column in order if column not in lost]
        if lost and kept:
            layout[name] = axis | {"type": "category", "categoryarray": kept, "range": [ends[0], ends[1] - (len(order) - len(kept))]}
    return {"data": part["data"], "layout": layout}


def _marked(figure: dict[str, Any], axis_id: str) -> set[Any]:
    return {value for trace in figure["data"] if trace.get("xaxis", "x") == axis_id for value in trace.get("x") or () if value is not None}


def _is_written_on(layout: dict[str, Any], axis_id: str) -> bool:
    parts = [*(layout.get("annotations") or ()), *(layout.get("shapes") or ())]
    return any(str(part.get("xref", "x")).split(" ")[0] == axis_id for part in parts)
