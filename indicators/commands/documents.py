"""The commands that write whole documents: the brief on a country, and a deck of slides."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from indicators.commands import views
from indicators.commands.errors import WrongCall
from indicators.commands.export import check_folder, deliver
from indicators.dataset import load
from indicators.exhibits import site
from indicators.scene import AS_OF, FIRST_DAY, TODAY


def add(commands: argparse._SubParsersAction) -> None:
    """Add the commands to the command line."""
    briefing = commands.add_parser("brief", help="write the two-page brief on a country (PDF)")
    briefing.add_argument("country", metavar="COUNTRY", help="its ISO 3166 code of three letters, such as BRA")
    briefing.add_argument("--as-of", metavar="DATE", help="the world as known on that day (default: today)")
    _add_common(briefing)
    briefing.set_defaults(run=_brief)


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
    deliver(options.output, brief(dataset, country, day, site() if options.address is None else options.address))
    return 0


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    value, bad = AS_OF.read([text])
    if bad:
        raise WrongCall(f"--as-of can't be “{text}”; it is a day from {FIRST_DAY} to today, as YYYY-MM-DD, YYYY-MM or YYYY")
    return None if value == TODAY else date.fromisoformat(value)
