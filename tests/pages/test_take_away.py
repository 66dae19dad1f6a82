"""What a card's export offers when the server can't make a picture."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from indicators.export import picture
from indicators.export.errors import NoBrowser

Opened = Callable[..., AppTest]


def test_without_chromium_the_readers_own_browser_makes_the_picture(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_named: object) -> bytes:
        raise NoBrowser("Chromium is missing: apt-get install chromium")

    monkeypatch.setattr(picture, "render", refuse)
    shown = opened("prices")
    before = len(shown.get("plotly_chart"))
    shown.button(key="export-list").click().run()

    assert not shown.exception
    assert any("apt-get install chromium" in box.value for box in shown.warning)
    assert len(shown.get("plotly_chart")) == before + 1
