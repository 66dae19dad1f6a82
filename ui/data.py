"""The dataset of the running app: loaded once a process, followed when its files change, never half-way."""

from __future__ import annotations

import gc

import streamlit as st

from indicators.dataset import Dataset, LiveDataset
from indicators.language import _, ngettext
from indicators.memory import Memory
from indicators.reading import DatasetError, Problem

_SHOWN_PROBLEMS = 40
_LOOK_THROUGH_EVERY = 40


@st.cache_resource(show_spinner=False)
def _live() -> LiveDataset:
    return LiveDataset()


@st.cache_resource(max_entries=1, show_spinner=False)
def _set_aside(dataset_key: str) -> None:
    """Take what is alive now, above all the dataset and the libraries, out of the collections of garbage.

    Streamlit collects all garbage after each run and so holds up every reader's next one. Walking through objects that
    live as long as the process took 85 of the 110 ms of a warm run of the overview. What dies later is still freed, but
    for circles of references, which wait for the next dataset.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class _Housekeeping:
    """What has been set aside so far, for the whole process."""

    results = 0
    times = 0


def set_new_aside() -> None:
    """Set aside what this run has made and the process keeps: charts with what their marks open, tables, texts.

    At the end of a run that made something; the reader has everything by then. Without it the collection of garbage after
    each run walks through all that was ever drawn: warm runs grew from 60 to 180 ms while a hundred charts were made.
    Now and then everything is looked through again, for sessions that have ended leave circles of references behind.
    """
    if Memory.results_made == _Housekeeping.results:
        return
    _Housekeeping.results, _Housekeeping.times = Memory.results_made, _Housekeeping.times + 1
    if _Housekeeping.times % _LOOK_THROUGH_EVERY == 0:
        gc.unfreeze()
    gc.collect()
    gc.freeze()


def current() -> Dataset:
    """Return the dataset to show; when there is none, say what is wrong with the files and end the run."""
    try:
        dataset = _live().current()
        _set_aside(dataset.key)
        return dataset
    except DatasetError as error:
        st.error(_("The dataset has mistakes, so the dashboard does not start. Mend these lines and reload:"))
        st.code(_listed(error.problems), language=None)
        st.stop()


def warn_if_outdated() -> None:
    """Say so when the files have broken since the dashboard started and it shows the last good state."""
    problems = _live().problems
    if problems:
        text = ngettext(
            "The dataset's files have {count} mistake; the dashboard shows the last good state.",
            "The dataset's files have {count} mistakes; the dashboard shows the last good state.",
            len(problems),
        )
        st.warning(text.format(count=len(problems)))


def _listed(problems: list[Problem]) -> str:
    lines = [str(problem) for problem in problems[:_SHOWN_PROBLEMS]]
    more = len(problems) - len(lines)
    return "\n".join(lines + ([_("… and {count} more; `python -m indicators validate` lists all").format(count=more)] if more else []))
