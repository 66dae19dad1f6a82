"""What a deck is: a title and an ordered list of views, each with notes; its limits, and how it is changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators import language
from indicators.language import _, ngettext

MOST_SLIDES = 60
LONGEST_TITLE = 120  # characters, as the others
LONGEST_REFERENCE = 1500
LONGEST_NOTES = 2000


class DeckError(ValueError):
    """A deck breaks a rule; ``problems`` say each in a sentence what is wrong and where, the message says them all."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def too_many(count: int) -> str:
    """Return a sentence that a deck has more slides than it may."""
    text = ngettext("A deck has at most {most} slides; this one has {count}.", "A deck has at most {most} slides; this one has {count}.", count)
    return text.format(most=MOST_SLIDES, count=language.number(count))


def cleaned(text: str) -> str:
    """Return a text as decks keep it: one kind of line end, no characters that nobody types, no space at its ends."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(letter for letter in unified if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs"}).strip()


@dataclass(frozen=True, slots=True)
class DeckSlide:
    """A view of the atlas, by the reference that indicators.figures.registry reads, and what to say about it.

    The figure need not exist: a slide of an unknown figure says so, and the others work. Texts are cleaned; a line end
    is kept in ``notes`` alone.
    """

    reference: str
    notes: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "reference", " ".join(cleaned(self.reference).split("\n")))
        object.__setattr__(self, "notes", cleaned(self.notes))

    def problems(self, number: int) -> list[str]:
        """Return what is wrong with the slide, which is the deck's ``number``-th, in sentences."""
        found = []
        if not self.reference:
            found.append(_("Slide {number} names no figure.").format(number=number))
        if len(self.reference) > LONGEST_REFERENCE:
            found.append(
                _("Slide {number}: the reference to the figure is longer than {most} characters.").format(
                    number=number, most=language.number(LONGEST_REFERENCE)
                )
            )
        if len(self.notes) > LONGEST_NOTES:
            found.append(_("Slide {number}: the notes are longer than {most} characters.").format(number=number, most=language.number(LONGEST_NOTES)))
        return found


@dataclass(frozen=True, slots=True)
class Deck:
    """An ordered list of slides. ``id`` names a deck that is built in; one of a reader's own has none.

    Changes return a new deck; those that would break a limit raise DeckError.
    """

    id: str
    title: str
    slides: tuple[DeckSlide, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", " ".join(cleaned(self.title).split("\n")))
        object.__setattr__(self, "slides", tuple(self.slides))

    def problems(self) -> list[str]:
        """Return which limits the deck breaks, in sentences."""
        found = []
        if len(self.title) > LONGEST_TITLE:
            found.append(_("The title is longer than {most} characters.").format(most=language.number(LONGEST_TITLE)))
        if len(self.slides) > MOST_SLIDES:
            found.append(too_many(len(self.slides)))
        for number, slide in enumerate(self.slides[:MOST_SLIDES], start=1):
            found += slide.problems(number)
        return found

    def checked(self) -> Deck:
        """Return the deck itself; raises DeckError where it breaks a limit."""
        if found := self.problems():
            raise DeckError(found)
        return self

    def with_slide(self, reference: str, notes: str = "") -> Deck:
        """Return the deck with another slide at its end, as a deck of the reader's own."""
        return self._with((*self.slides, DeckSlide(reference, notes)))

    def without(self, index: int) -> Deck:
        """Return the deck without the slide at an index (from 0). Raises IndexError."""
        self.slides[index]
        return self._with(tuple(slide for place, slide in enumerate(self.slides) if place != index))

    def moved(self, index: int, to: int) -> Deck:
        """Return the deck with a slide moved to another place, at most to its ends. Raises IndexError."""
        rest = [slide for place, slide in enumerate(self.slides) if place != index]
        rest.insert(min(max(to, 0), len(rest)), self.slides[index])
        return self._with(tuple(rest))

    def with_notes(self, index: int, notes: str) -> Deck:
        """Return the deck with other notes on a slide. Raises IndexError."""
        changed = replace(self.slides[index], notes=notes)
        return self._with(tuple(changed if place == index else slide for place, slide in enumerate(self.slides)))

    def titled(self, title: str) -> Deck:
        """Return the deck under another title."""
        return replace(self, id="", title=title).checked()

    def _with(self, slides: tuple[DeckSlide, ...]) -> Deck:
        return replace(self, id="", slides=slides).checked()
