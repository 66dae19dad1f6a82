"""The command that writes every figure of the catalog to a folder."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from fnmatch import fnmatchcase
from itertools import groupby
from pathlib import Path

from tqdm import tqdm

from indicators.commands import views
from indicators.commands.errors import NothingToDraw, WrongCall
from indicators.dataset import Dataset, load
from indicators.export import formats
from indicators.export.collection import Manifest, Options, edition, wanted
from indicators.export.making import Task, make_all
from indicators.figures import registry

INTERRUPTED = 130  # as shells say it
_MOST_REASONS = 20


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    exporting = commands.add_parser("export-all", help="write every figure of the catalog to a folder; what is up to date there is left")
    exporting.add_argument("--out", type=Path, required=True, metavar="DIR")
    exporting.add_argument("--format", action="append", choices=tuple(formats.FORMATS), help="may be repeated (default: png and csv)")
    views.add_picture_options(exporting)
    views.add_global_options(exporting)
    exporting.add_argument("--only", metavar="PATTERN", help="figures whose id or reference fits, such as 'prices-*'")
    exporting.add_argument("--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N", help="how many at once (default: one for each processor)")
    exporting.add_argument("--data", type=Path, metavar="DIR")
    exporting.set_defaults(run=_export_all)


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"not a number of jobs: {text}")
    return int(text)


def _export_all(options: argparse.Namespace) -> int:
    dataset = load(options.data)
    chosen = _figures(dataset, views.global_parameters(options), options.only)
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        manifest = Manifest(options.out)
    except OSError as error:
        raise WrongCall(f"can't write to {options.out}: {error.strerror}") from error
    views.tell_without_address(options)
    how = Options(options.size, options.scale, options.style, options.address)
    files = wanted(chosen, list(dict.fromkeys(options.format or ("png", "csv"))), how, edition(options.data))
    to_do = [one for one in files if not manifest.is_up_to_date(one)]
    tasks: list[Task] = [list(group) for _reference, group in groupby(to_do, key=lambda one: one.reference)]
    return _Run(manifest, options.out, len(files) - len(to_do)).follow(tasks, how, options)


def _figures(dataset: Dataset, over: registry.Parameters, pattern: str | None) -> list[tuple[str, str]]:
    """Return a reference to each figure of the catalog that fits, with the day that it speaks of."""
    views.asked(dataset, next(iter(registry.FIGURES)), over)  # a broken setting is broken for all
    found = []
    for reference in registry.references(dataset):
        if pattern and not (fnmatchcase(reference, pattern) or fnmatchcase(reference.partition("?")[0], pattern)):
            continue
        try:
            asked = views.asked(dataset, reference, over)
        except NothingToDraw as nothing:  # of this figure; there are others
            print(nothing, file=sys.stderr)
            continue
        found.append((registry.reference(asked.figure, asked.parameters), asked.scene.day.isoformat()))
    if not found:
        raise WrongCall(f"no figure fits “{pattern}”; `python -m indicators figures` lists them")
    return found


class _Run:
    """A run over many figures: notes what is made as it goes, and sums up at the end, or where it was interrupted."""

    def __init__(self, manifest: Manifest, folder: Path, up_to_date: int) -> None:
        self._manifest, self._folder, self._up_to_date = manifest, folder, up_to_date
        self._made = 0
        self._failed: dict[str, str] = {}

    def follow(self, tasks: list[Task], how: Options, options: argparse.Namespace) -> int:
        """Make the files, and return the exit status."""
        status = 0
        total = sum(map(len, tasks))
        try:
            with tqdm(total=total, unit="file", file=sys.stderr, disable=None, leave=False) as bar:
                for task, outcome in make_all(options.data, options.out, tasks, how, options.jobs):
                    self._manifest.add(outcome.made)
                    self._made += len(outcome.made)
                    self._failed |= outcome.failed
                    bar.update(len(task))
        except KeyboardInterrupt:
            status = INTERRUPTED
        except OSError as error:
            print(f"can't write to {self._folder}: {error.strerror}", file=sys.stderr)
            status = 2
        self._write_index()
        self._sum_up(total)
        return status or int(bool(self._failed))

    def _write_index(self) -> None:
        try:
            self._manifest.write_index()
        except OSError as error:
            print(f"can't write the index of {self._folder}: {error.strerror}", file=sys.stderr)

    def _sum_up(self, total: int) -> None:
        left = total - self._made - len(self._failed)
        told = f"{self._folder}: {self._made} made, {self._up_to_date} up to date, {len(self._failed)} failed"
        print(told + (f", {left} not begun: the same command goes on here" if left else ""))
        reasons = Counter(self._failed.values())
        for reason, count in reasons.most_common(_MOST_REASONS):
            names = [name for name, why in self._failed.items() if why == reason]
            print(f"failed: {names[0]}" + (f" and {count - 1} more" if count > 1 else "") + f": {reason}", file=sys.stderr)
        if len(reasons) > _MOST_REASONS:
            print(f"failed for {len(reasons) - _MOST_REASONS} more reasons", file=sys.stderr)
