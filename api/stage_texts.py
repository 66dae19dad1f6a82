"""What the stage and the speaker's window say, in the reader's language; the browser fills in what stands in braces."""

from __future__ import annotations

from indicators.language import _


def stage_texts() -> dict[str, str]:
    """Return the texts of the stage by the names that its script knows."""
    return {
        **_shared(),
        "auto": _("auto"),
        "auto_on": _("Slides change by themselves every {seconds} seconds; A stops them."),
        "auto_off": _("Slides wait for you."),
        "go_to": _("→ {number} ⏎"),
        "no_slide": _("There is no slide {number}; the deck has {count}."),
        "no_fullscreen": _("The browser doesn't let this page fill the screen."),
        "notes_blocked": _("The browser has blocked the window with the notes. Allow windows of this address, or open it yourself:"),
        "open_notes": _("Open the notes"),
        "no_country": _("No country begins with “{text}”."),
        "type_country": _("Type the name of a country …"),
        "nothing_on": _("Nothing in this figure."),
        "through_eu": _("through the European Union"),
        "eu": _("European Union"),
    }


def notes_texts() -> dict[str, str]:
    """Return the texts of the speaker's window by the names that its script knows."""
    return {
        **_shared(),
        "next": _("Next"),
        "last": _("This is the last slide"),
        "no_notes": _("No notes for this slide."),
        "pause": _("Pause"),
        "go_on": _("Go on"),
        "is_black": _("The screen is black."),
        "is_white": _("The screen is white."),
        "is_highlighted": _("{country} stands out."),
        "no_stage": _("No stage answers. Open this window from the stage with the key N, and keep both open."),
    }


def asking_texts() -> dict[str, str]:
    """Return what is said where a figure does not come, by the names that the script knows that asks for figures."""
    return {
        "late": _("The figure has not come within half a minute."),
        "unreachable": _("The atlas could not be reached."),
    }


def _shared() -> dict[str, str]:
    return {
        **asking_texts(),
        "slide_of": _("Slide {number} of {count}"),
        "nothing": _("Nothing to draw here. Widen the filters: another region, all income groups, or a later day."),
        "failed": _("This slide could not be drawn"),
        "all_decks": _("All decks, and how to make one"),
        "unknown": _("This figure is not in the atlas"),
        "try_again": _("Try again"),
        "retry": _("Press R to try again; the other slides are not affected."),
    }
