"""The command that writes one figure to a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from indicators.commands import views
from indicators.commands.errors import WrongCall
from indicators.dataset import load
from indicators.exhibits import exhibit
from indicators.export import formats
from indicators.export.writing import write_whole
from indicators.figures import registry

STANDARD_OUTPUT = "-"


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    exporting = commands.add_parser("export", help="write a figure as a picture, slide, table or citations")
    exporting.add_argument("figure", metavar="FIGURE", help="its id, or a whole reference such as “prices-list?price_in=gdp”")
    exporting.add_argument("--format", choices=tuple(formats.FORMATS), help="default: that of FILE's ending")
    views.add_picture_options(exporting)
    views.add_global_options(exporting)
    exporting.add_argument("--view", metavar="VIEW", help="such as map, ranking or trend (default: the figure's usual one)")
    exporting.add_argument("--set", action="append", default=[], type=_setting, metavar="NAME=VALUE", help="a setting of the figure; may be repeated")
    exporting.add_argument("--data", type=Path, metavar="DIR")
    exporting.add_argument("-o", "--output", required=True, metavar="FILE", help="“-” is the standard output")
    exporting.set_defaults(run=_export)


def _setting(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (sign and name and value):
        raise argparse.ArgumentTypeError(f"not a setting (NAME=VALUE): {text}")
    return name, value


def _export(options: argparse.Namespace) -> int:
    format_ = views.format_of(options.format, options.output)
    check_folder(options.output)
    dataset = load(options.data)
    over = views.global_parameters(options)
    for name, value in options.set:
        over.setdefault(name, []).append(value)
    asked = views.asked(dataset, options.figure, over, options.view)
    made = exhibit(dataset, registry.reference(asked.figure, asked.parameters), options.style, options.address)
    for notice in made.notices:
        print(notice, file=sys.stderr)
    views.tell_without_address(options)
    deliver(options.output, formats.export(made, format_, options.size, options.scale, warn))
    return 0


def warn(text: str) -> None:
    """Say on the standard error what a file that is written all the same does not hold."""
    print(text, file=sys.stderr)


def check_folder(output: str) -> None:
    """Raise WrongCall where a file can't be written because its folder is not there: before the work, not after."""
    if output != STANDARD_OUTPUT and not Path(output).absolute().parent.is_dir():
        raise WrongCall(f"can't write {output}: there is no folder {Path(output).parent}")


def deliver(output: str, content: bytes) -> None:
    """Write a file, and say so, or write to the standard output. Raises WrongCall where that can't be."""
    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        write_whole(Path(output), content)
    except OSError as error:
        raise WrongCall(f"can't write {output}: {error.strerror}") from error
    print(f"written: {output} ({len(content):,} bytes)")
