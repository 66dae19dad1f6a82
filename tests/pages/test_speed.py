"""What keeps reruns fast: nothing that lives for ever is walked through after each run, and nothing is drawn twice."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import Any

import plotly.graph_objects as go
import pytest

from ui import data
from ui.card import Finished


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_lives_as_long_as_the_process_is_left_out_of_the_collection_of_garbage(opened: Callable[..., Any]) -> None:
    gc.unfreeze()
    data._set_aside.clear()
    opened()

    assert gc.get_freeze_count() > 50_000
    assert len(gc.get_objects()) < gc.get_freeze_count()


def test_a_finished_figure_is_sent_as_it_was_drawn_and_keeps_no_tree() -> None:
    drawn = go.Figure(go.Scatter(x=[1, 2], y=[3, 4], text=["a", "b"]), {"title": {"text": "Title"}})
    finished = Finished(drawn)

    assert finished.to_dict() == drawn.to_dict()
    assert finished.to_dict() is finished.to_dict()
    assert not hasattr(finished, "_data_objs")
