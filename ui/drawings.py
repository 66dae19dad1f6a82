"""Finished drawings of the running app: made once for all readers, kept as what is sent, each with the text of its sources."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from indicators import language
from indicators.charts.chart import Chart
from indicators.charts.wording import ranked_source_ids, stale_facts, transcribed_facts
from indicators.dataset import Dataset
from indicators.exhibits import source_names
from indicators.figures.figure import Drawing
from indicators.language import _
from indicators.licences import further_terms
from ui.sources import source_link
from ui.theme import style

_LISTED_SOURCES = 60
# Charts that the process has made before, so that only one that takes time is announced.
_made_before: set[tuple[str, ...]] = set()
_MOST_REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with the text of its sources, made together and kept together.

    ``keys`` has, for each trace of the figure, the key of the target that each of its points opens; see Chart.targets.
    """

    chart: Chart
    source_names: str
    source_list: str
    terms: tuple[str, ...]  # what the sources of its facts ask beside the licence
    overdue: int  # facts behind it that have outlived their shelf life
    transcribed: int  # facts behind it of which only a transcription was read
    keys: tuple[tuple[str, ...], ...]


class Finished(go.Figure):
    """A figure that changes no more: checked and written out once, sent often.

    Plotly checks and encodes a figure anew each time that it is sent, and keeps a tree of thousands of objects for it,
    which every collection of garbage walks through. This keeps only what is sent. It can be sent and exported; for
    anything else take a copy, which is an ordinary figure.
    """

    def __init__(self, figure: go.Figure) -> None:
        self._written = figure.to_dict()

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as Plotly sends it; not to be changed."""
        return self._written

    def __reduce__(self) -> tuple[type[go.Figure], tuple[dict[str, Any]]]:
        return go.Figure, (self._written,)

    def __repr__(self) -> str:  # Plotly's own leaves things out of the dictionary that it prints
        return f"Finished({len(self._written['data'])} traces)"


@st.cache_resource(max_entries=400, show_spinner=False)
def _drawn(dataset_key: str, language_code: str, style_name: str, name: str, arguments: str, _draw: Callable[[], Drawn]) -> Drawn:
    return _draw()


def drawn(drawing: Drawing) -> Drawn:
    """Return a finished drawing, made once for each dataset, language, style and arguments."""
    own_style, dataset, build = style(), drawing.dataset, drawing.build

    def draw() -> Drawn:
        made = build(dataset, *drawing.arguments, own_style)
        if made.legend:
            made.figure.update_layout(showlegend=False)
        keys = _take_keys(made.figure) if made.targets else ()
        ids = ranked_source_ids(dataset, made.fact_ids)
        return Drawn(
            replace(made, figure=Finished(made.figure)),
            source_names(dataset, ids),
            _source_list(dataset, ids),
            tuple(further_terms(dataset, made.fact_ids, is_short=True)),
            len(stale_facts(dataset, made.fact_ids)),
            len(transcribed_facts(dataset, made.fact_ids)),
            keys,
        )

    key = (dataset.key, language.current(), own_style.name, f"{inspect.getfile(build)}:{build.__qualname__}", repr(drawing.arguments))
    if key in _made_before:
        return _drawn(*key, draw)
    with st.spinner(_("Drawing the figure …")):  # shows itself only when it takes longer than half a second
        finished = _drawn(*key, draw)
    if len(_made_before) > _MOST_REMEMBERED:
        _made_before.clear()
    _made_before.add(key)
    return finished


def _take_keys(figure: go.Figure) -> tuple[tuple[str, ...], ...]:
    """Return the keys of each trace's points and take them out of the figure: the server knows which point is which.

    What is not selected keeps its colours: the drawer shows what was chosen, and a figure that fades would say that the
    rest does not count.
    """
    keys = []
    for trace in figure.data:
        keys.append(tuple(map(str, trace.customdata)) if trace.customdata is not None else ())
        trace.customdata = None
        if "unselected" in trace:
            trace.unselected = {"marker": {"opacity": 1}}
            if getattr(trace, "textfont", None) is not None and trace.textfont.color is not None and "textfont" in trace.unselected:
                trace.unselected.textfont = {"color": trace.textfont.color}
    return tuple(keys)


def _source_list(dataset: Dataset, ids: list[str]) -> str:
    if not ids:
        return ""
    items = []
    for _id, source in dataset.sources.loc[ids[:_LISTED_SOURCES]].iterrows():
        where = ", ".join(part for part in (source["publisher"], source["published"]) if part)
        items.append(f"<li>{source_link(source)}<br><span>{escape(where)} · {escape(_('grade'))} {escape(source['grade'])}</span></li>")
    more = len(ids) - _LISTED_SOURCES
    if more > 0:
        items.append(f"<li><span>{escape(_('… and {count} more, each beside its row in the table').format(count=more))}</span></li>")
    return f"<ol class='source-list'>{''.join(items)}</ol>"
