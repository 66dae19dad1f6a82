"""The commands that write whole documents: the brief on a country, and a deck of slides."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from indicators.commands import views
from indicators.commands.errors import WrongCall
from indicators.commands.export import check_folder, deliver, warn
from indicators.dataset import load
from indicators.decks import BUILT_IN, Deck, DeckError, built_in, from_json
from indicators.exhibits import site
from indicators.scene import AS_OF, FIRST_DAY, TODAY


def add(commands: argparse._SubParsersAction) -> None:
    """Add the commands to the command line."""
    briefing = commands.add_parser("brief", help="write the two-page brief on a country (PDF)")
    briefing.add_argument("country", metavar="COUNTRY", help="its ISO 3166 code of three letters, such as BRA")
    briefing.add_argument("--as-of", metavar="DATE", help="the world as known on that day (default: today)")
    _add_common(briefing)
    briefing.set_defaults(run=_brief)

    deck = commands.add_parser("deck", help="write a deck of slides, built in or from a file of its own")
    deck.add_argument("deck", metavar="DECK", help="the name of one that is built in, such as ten-charts, or a file that the page of decks saved")
    deck.add_argument("--format", choices=("pptx", "pdf"), help="default: that of FILE's ending")
    deck.add_argument("--style", choices=("light", "dark"), default="light")
    _add_common(deck)
    deck.set_defaults(run=_deck)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--address", type=views.address, metavar="URL", help="where the atlas is published, for links back (default: ATLAS_ADDRESS)")
    parser.add_argument("--data", type=Path, metavar="DIR")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="“-” is the standard output")


def _brief(options: argparse.Namespace) -> int:
    check_folder(options.output)
    day = _day(options.as_of)
    from indicators.export.brief import brief, known_code

    dataset = load(options.data)
    try:
        country = known_code(dataset, options.country)
    except ValueError as error:
        raise WrongCall(str(error)) from error
    views.tell_without_address(options)
    deliver(options.output, brief(dataset, country, day, site() if options.address is None else options.address))
    return 0


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    value, bad = AS_OF.read([text])
    if bad:
        raise WrongCall(f"--as-of can't be “{text}”; it is a day from {FIRST_DAY} to today, as YYYY-MM-DD, YYYY-MM or YYYY")
    return None if value == TODAY else date.fromisoformat(value)


def _deck(options: argparse.Namespace) -> int:
    form = options.format or options.output.rpartition(".")[2].lower()
    if form not in ("pptx", "pdf"):
        raise WrongCall(f"“{options.output}” has no ending that says the format; give --format, pptx or pdf")
    check_folder(options.output)
    deck = _deck_of(options.deck)
    from indicators.export import deck_files

    dataset = load(options.data)
    for text in deck_files.missing(deck_files.exhibits(dataset, deck, options.style, options.address)):
        warn(text)
    views.tell_without_address(options)
    given = dataset, deck, options.style, options.address
    deliver(options.output, deck_files.pptx(*given, tell=warn) if form == "pptx" else deck_files.pdf(*given))
    return 0


def _deck_of(name: str) -> Deck:
    """Return the deck that is built in under a name, or that a file holds. Raises WrongCall with what is wrong."""
    if name in BUILT_IN:
        return built_in(name)
    path = Path(name)
    if not path.is_file():
        raise WrongCall(f"no deck “{name}”: it is one of {', '.join(BUILT_IN)}, or a file that the page of decks saved")
    try:
        return from_json(path.read_bytes())
    except OSError as error:
        raise WrongCall(f"can't read {path}: {error.strerror}") from error
    except DeckError as error:
        raise WrongCall(str(error)) from error
