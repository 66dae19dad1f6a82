"""What is kept for all readers is kept out of the collections of garbage, which would slow every run."""

from __future__ import annotations

import gc
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]


def test_a_run_that_makes_charts_sets_them_aside_and_a_warm_run_does_not(opened: Opened) -> None:
    opened("prices", as_of="2021-06-30")
    before = gc.get_freeze_count()
    opened("prices", as_of="2021-06-29")  # a day that nobody has asked for
    after_new = gc.get_freeze_count()
    opened("prices", as_of="2021-06-29")

    assert after_new > before
    assert gc.get_freeze_count() <= after_new
