"""The command line: the dataset, every indicator and every figure without a browser."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from indicators.commands import dataset, documents, export, export_all, figures
from indicators.commands.errors import WrongCall
from indicators.export.errors import ExportError
from indicators.reading import DatasetError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0; 1 for a broken dataset or what could not be made; 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (DatasetError, ExportError) as error:
        print(error, file=sys.stderr)
        return 1
    except WrongCall as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m indicators", description="The CAR-T Access Atlas without a browser.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in (dataset, figures, export, export_all, documents):
        module.add(commands)
    return parser
