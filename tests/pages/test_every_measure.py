"""Every measure of the catalog can be chosen on the overview, and is drawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from indicators import catalog

Opened = Callable[..., AppTest]


@pytest.mark.parametrize("view", ["map", "ranking"])
def test_every_measure_can_be_seen(view: str, opened: Opened) -> None:
    failed = {}
    shown = opened(world=view)
    for measure in (item.id for item in catalog.INDICATORS.values() if not item.by_product):
        shown.query_params = {"measure": measure, "world": view}
        shown.run()
        if shown.exception or shown.selectbox(key="control-measure").value != measure or not (shown.get("plotly_chart") or shown.dataframe):
            failed[measure] = [error.value for error in shown.exception]

    assert failed == {}
