"""Headlines on pages: a name with a hyphen in it stays on one line."""

from __future__ import annotations

from ui.headlines import headline


def test_names_with_a_hyphen_do_not_break_and_texts_are_escaped() -> None:
    assert headline("48 have a CAR-T product <b>") == "48 have a <span style='white-space:nowrap'>CAR-T</span> product &lt;b&gt;"
    assert "<span style='white-space:nowrap'>axi-cel</span>" in headline("The list price of axi-cel rose")
    assert headline("upper-middle-income countries") == "upper-middle-income countries"
