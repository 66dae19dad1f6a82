"""A deck as a file: JSON that says its own format and version, so that a later atlas can still read it."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from indicators.decks.model import LONGEST_NOTES, LONGEST_REFERENCE, LONGEST_TITLE, MOST_SLIDES, Deck, DeckError, DeckSlide, too_many
from indicators.language import _

FORMAT = "car-t-access-atlas-deck"
VERSION = 1
FILE_ENDING = ".deck.json"
# Bytes of the largest deck that the limits allow: a character has at most four in UTF-8, and a slide about 100 around its texts.
LARGEST_FILE = 4 * (LONGEST_TITLE + MOST_SLIDES * (LONGEST_REFERENCE + LONGEST_NOTES)) + 100 * (MOST_SLIDES + 1)
_MOST_PROBLEMS = 12


def to_json(deck: Deck) -> bytes:
    """Return a deck as a file's content, in UTF-8."""
    slides = [{"figure": slide.reference, **({"notes": slide.notes} if slide.notes else {})} for slide in deck.slides]
    content = {"format": FORMAT, "version": VERSION, "title": deck.title, "slides": slides}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def file_name(deck: Deck) -> str:
    """Return a name for the deck's file, without an ending: words of its title in plain letters."""
    plain = unicodedata.normalize("NFKD", deck.title).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:60].strip("-")
    return f"car-t-access-atlas-deck-{words or deck.id or 'untitled'}"


def from_json(content: bytes | str) -> Deck:
    """Return the deck that a file holds; it has no id, for it may have been changed. Raises DeckError with all that is wrong."""
    if len(content) > LARGEST_FILE:
        raise DeckError([_("The file is larger than any deck; is it the right one?")])
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise DeckError([_("The file is no text in UTF-8: byte {place} can't be read.").format(place=error.start + 1)]) from None
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        place = _("line {line}, column {column}").format(line=error.lineno, column=error.colno)
        raise DeckError([_("The file is no valid JSON at {place}: {problem}.").format(place=place, problem=error.msg)]) from None
    except ValueError:  # Python reads no number of more than some thousand digits
        raise DeckError([_("The file is no deck: it holds a number of thousands of digits.")]) from None
    except RecursionError:
        raise DeckError([_("The file is no deck: it is nested too deeply.")]) from None
    return _deck(found)


def _deck(found: Any) -> Deck:
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise DeckError([_("The file is no deck of this atlas: it does not begin with “format”: “{format}”.").format(format=FORMAT)])
    version = found.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise DeckError([_("“version” must be a number, such as {version}.").format(version=VERSION)])
    if version > VERSION:
        raise DeckError(
            [_("The deck has version {version}, which a newer atlas wrote; this one reads up to version {known}.").format(version=version, known=VERSION)]
        )
    problems: list[str] = []
    title = _text(found, "title", _("the deck"), problems)
    slides = found.get("slides")
    if not isinstance(slides, list):
        problems.append(_("“slides” must be a list."))
        slides = []
    if len(slides) > MOST_SLIDES:  # none of them is read: a small packed address may hold a hundred thousand
        raise DeckError([*problems, too_many(len(slides))])
    read = [_slide(slide, number, problems) for number, slide in enumerate(slides, start=1)]
    deck = Deck("", title, tuple(read))
    # A slide without a figure has been reported where its figure was read.
    problems = list(dict.fromkeys([*problems, *deck.problems()]))
    if problems:
        more = len(problems) - _MOST_PROBLEMS
        raise DeckError([*problems[:_MOST_PROBLEMS], *([_("… and {count} more.").format(count=more)] if more > 0 else [])])
    return deck


def _slide(found: Any, number: int, problems: list[str]) -> DeckSlide:
    where = _("slide {number}").format(number=number)
    if not isinstance(found, dict):
        problems.append(_("Slide {number} must have a “figure” and may have “notes”.").format(number=number))
        return DeckSlide("?")
    before = len(problems)
    reference = _text(found, "figure", where, problems)
    notes = _text(found, "notes", where, problems) if "notes" in found else ""
    return DeckSlide("?" if len(problems) > before and not reference else reference, notes)


def _text(found: dict[str, Any], name: str, where: str, problems: list[str]) -> str:
    text = found.get(name)
    if isinstance(text, str):
        return text
    problems.append(_("“{name}” of {where} must be a text.").format(name=name, where=where))
    return ""
