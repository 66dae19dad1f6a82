"""What is kept for all readers is kept out of the collections of garbage, which would slow every run."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]


def test_a_run_that_makes_charts_sets_them_aside_and_a_warm_run_does_not(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    # The times are counted, not the objects: what an older run has left may be freed meanwhile, and then there are fewer.
    times = []
    freeze = gc.freeze
    monkeypatch.setattr(gc, "freeze", lambda: (freeze(), times.append("once")))
    opened("prices", as_of="2021-06-29")
    cold = len(times)
    opened("prices", as_of="2021-06-28")  # another day that nobody has asked for
    new = len(times)
    opened("prices", as_of="2021-06-28")

    assert cold >= 1
    assert new == cold + 1
    assert len(times) == new
