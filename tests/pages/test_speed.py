"""What keeps reruns fast: nothing that lives for ever is walked through after each run, and nothing is drawn twice."""

from __future__ import annotations

import copy
import gc
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio
import pytest

from ui import data
from ui.drawings import Finished


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()
    data._set_aside.clear()


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


def test_a_finished_figure_stays_what_it_is_when_it_is_printed_and_its_copy_can_be_changed() -> None:
    finished = Finished(go.Figure(go.Bar(x=["a"], y=[1]), {"template": go.layout.Template(layout={"title": {"text": "Title"}})}))
    before = pio.to_json(finished)

    assert repr(finished) == "Finished(1 traces)"
    changed = copy.deepcopy(finished)
    changed.update_layout(width=500)

    assert type(changed) is go.Figure
    assert pio.to_json(finished) == before


def test_a_new_dataset_lets_what_was_set_aside_with_the_old_one_go() -> None:
    class Circle:
        pass

    circle = Circle()
    circle.itself = circle  # type: ignore[attr-defined]
    gone = weakref.ref(circle)
    data._set_aside("an old dataset")
    del circle
    gc.collect()
    assert gone() is not None

    data._set_aside("a new dataset")

    assert gone() is None
    assert gc.get_freeze_count() > 0
