"""What the command line says of a figure's view: its settings as options, checked, with a word on what would be allowed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from difflib import get_close_matches

from indicators.commands.errors import NothingToDraw, WrongCall
from indicators.dataset import Dataset
from indicators.exhibits import site
from indicators.export import formats
from indicators.figures import registry
from indicators.figures.figure import TABLE
from indicators.scene import FIRST_DAY, global_settings
from indicators.settings import OneOf, Setting

_MOST_NAMED = 12


def add_global_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that every figure has: the day, and which countries."""
    parser.add_argument("--as-of", metavar="DATE", help="the world as known on that day (YYYY-MM-DD, or the end of YYYY or YYYY-MM; default: today)")
    parser.add_argument("--countries", metavar="CODES", help="countries (ISO 3166 codes of three letters) and groups, joined by commas: BRA,IND")
    parser.add_argument("--region", action="append", metavar="REGION", help="a region, such as Africa; may be repeated")
    parser.add_argument("--income", metavar="GROUPS", help="World Bank income groups, joined by commas: LIC,LMC")


def add_picture_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of what a file looks like and says of where the atlas is."""
    parser.add_argument("--size", choices=("wide", "square", "portrait", "a4"), default="wide", help="of a picture (default: wide, 16:9)")
    parser.add_argument("--scale", type=int, choices=(1, 2, 4), default=2, help="of a PNG: how many pixels for one (default: 2)")
    parser.add_argument("--style", choices=("light", "dark"), default="light")
    parser.add_argument("--address", type=address, metavar="URL", help="where the atlas is published, for links back (default: ATLAS_ADDRESS)")


def address(text: str) -> str:
    """Return an address of the web without the slash at its end; raises ArgumentTypeError for another text."""
    if not text.startswith(("https://", "http://")) or any(letter.isspace() for letter in text):
        raise argparse.ArgumentTypeError(f"not an address (https://…): {text}")
    return text.rstrip("/")


def tell_without_address(options: argparse.Namespace) -> None:
    """Say, where nobody knows the address of the atlas, that what links back to it can name a path only."""
    if not (site() if options.address is None else options.address):
        print("No address of the atlas is known, so footers and citations name a path only: give --address, or set ATLAS_ADDRESS.", file=sys.stderr)


def global_parameters(options: argparse.Namespace) -> dict[str, list[str]]:
    """Return what the options of :func:`add_global_options` say, as an address would."""
    given = {"as_of": options.as_of, "region": options.region, "income": options.income, "countries": options.countries}
    return {name: texts if isinstance(texts, list) else [texts] for name, texts in given.items() if texts is not None}


def asked(dataset: Dataset, reference: str, over: registry.Parameters, view: str | None = None) -> registry.Request:
    """Return what a reference asks for, with some settings and the view given otherwise.

    Raises WrongCall for an unknown figure, and for each setting or view that can't be had, with what could be; NothingToDraw.
    """
    figure_id, parameters = registry.parse(reference)
    try:
        figure = registry.find(figure_id)
    except registry.UnknownFigure as error:
        raise WrongCall(str(error)) from error
    parameters |= {name: list(texts) for name, texts in over.items()} | ({figure.name: [view]} if view else {})
    settings = (*global_settings(dataset), *figure.settings(dataset))
    bad = [text for name in parameters for text in _problems(name, parameters[name], settings, figure.name, tuple(figure.place))]
    if bad:
        raise WrongCall("\n".join(bad))
    try:
        request = registry.request(dataset, figure, parameters)
    except registry.UnknownFigure as error:
        raise NothingToDraw(str(error)) from error
    views = figure.views(request.scene)
    wrong = [text for text in parameters.get(figure.name, []) if text not in views and text != TABLE]
    if wrong:
        raise WrongCall(f"{figure.id} has no view “{wrong[0]}” with these settings; {_allowed([*views, TABLE], wrong[0])}")
    return request


def _problems(name: str, texts: list[str], settings: Iterable[Setting], view: str, place: tuple[str, ...]) -> list[str]:
    by_name = {setting.name: setting for setting in settings}
    if name == view or name in place:
        return []
    if name not in by_name:
        return [f"“{name}” is no setting of this figure; {_allowed([*by_name, view], name)}"]
    _value, bad = by_name[name].read(texts)
    return [f"“{name}” can't be “{text}”; {_what_may_be(by_name[name], text)}" for text in bad]


def _what_may_be(setting: Setting, text: str) -> str:
    if isinstance(setting.allowed, OneOf):
        return _allowed(setting.allowed.options, text)
    if setting.name == "as_of":
        return f"it is a day from {FIRST_DAY} to today, as YYYY-MM-DD, YYYY-MM or YYYY"
    if setting.name == "countries":
        return "it is a country's code of three letters, such as BRA, or a group's"
    return "`python -m indicators figures --format json` says what it may be"


def _allowed(options: Iterable[str], text: str) -> str:
    known = list(options)
    near = get_close_matches(text, known, n=3, cutoff=0.5)
    if near and len(known) > _MOST_NAMED:
        return f"did you mean {', '.join(near)}?"
    return f"it is one of {', '.join(known[:_MOST_NAMED])}" + (f" and {len(known) - _MOST_NAMED} more" if len(known) > _MOST_NAMED else "")


def format_of(chosen: str | None, file_name: str) -> str:
    """Return the format that was chosen, else that of a file's ending. Raises WrongCall where neither says it."""
    if chosen:
        return chosen
    ending = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    if ending in formats.FORMATS:
        return ending
    told = f"“{file_name}” has no ending that says the format" if file_name != "-" else "the standard output has no format of its own"
    raise WrongCall(f"{told}; give --format, one of {', '.join(formats.FORMATS)}")
