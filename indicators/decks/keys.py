"""The keys of the stage, for its own help and for the page from which a talk is begun."""

from __future__ import annotations

from indicators.language import _


def keys() -> list[tuple[tuple[str, ...], str]]:
    """Return the keys of the stage, as they are named on keyboards, with what each group of them does, in the reader's language."""
    return [
        (("→", "↓", _("Space"), "Page Down"), _("next slide")),
        (("←", "↑", _("Shift + Space"), "Page Up"), _("previous slide")),
        (("Home", "End"), _("first and last slide")),
        (("7", "Enter"), _("slide 7")),
        (("B", "."), _("black screen, and back; the point at once, B after a moment, in case a country's name follows")),
        (("W", ","), _("white screen, and back; the comma at once")),
        (("N",), _("notes, next slide and time in a second window")),
        (("F",), _("fill the screen, and back")),
        (("D",), _("dark or light")),
        (("A",), _("change slides by themselves, or stop")),
        (("R",), _("draw this slide again where it failed")),
        (("b r a",), _("a country's name, typed quickly, makes it stand out; it stays when slides change")),
        (("/",), _("the same, typed as slowly as you like; Enter ends the name")),
        (("Esc",), _("take the country back")),
        (("?", "H"), _("these keys")),
    ]
