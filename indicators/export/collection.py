"""Every figure of the catalog as files in a folder: what there is to make, what is up to date, and an index of all.

``manifest.jsonl`` in the folder says of each file what it was made from, a line each, added when the file is whole. So a run
that was killed goes on where it stopped, and a file is made anew only when the data, the code or the options have changed.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from indicators import language
from indicators.dataset import Dataset, folder_of
from indicators.exhibits import Exhibit, exhibit
from indicators.export import formats
from indicators.export.cells import csv_text, neutralised
from indicators.export.writing import write_whole

MANIFEST, INDEX_JSON, INDEX_CSV = "manifest.jsonl", "index.json", "index.csv"
_LONGEST_NAME = 120
_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]
_DRAWN_WITH = ("plotly", "kaleido", "pandas", "XlsxWriter", "pyarrow", "python-pptx", "pycountry", "babel")


@dataclass(frozen=True, slots=True)
class Options:
    """How files are made, beside what they show: size and scale of pictures, style, and where the atlas is published."""

    size: str = "wide"
    scale: int = 2
    style: str = "light"
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to make: of which figure, in which format, by which name, and what it would be made from."""

    reference: str
    format: str
    file: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made: a line of the manifest, and of the index."""

    file: str
    fingerprint: str
    checksum: str
    reference: str
    format: str
    title: str
    finding: str
    measure: str
    alternative_text: str
    data_version: str
    as_of: str
    address: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a figure's files: those that were made, and for the others why not, by their names."""

    made: tuple[Made, ...] = ()
    failed: Mapping[str, str] = field(default_factory=dict)


def edition(folder: Path | None = None) -> str:
    """Return a text that changes when the data of a folder do, the code that makes the files, or what it draws with."""
    data = folder_of(folder)
    return sha256(f"{_digest([*data.glob('*.csv'), data / 'CHANGELOG.md'])} {_code_edition()}".encode()).hexdigest()


def _code_edition() -> str:
    code = [path for name in ("indicators", "static", "locales") for path in (_ROOT / name).rglob("*") if path.suffix != ".pyc"]
    return " ".join([_digest(code), *(f"{package} {metadata.version(package)}" for package in _DRAWN_WITH)])


def _digest(files: Iterable[Path]) -> str:
    digest = sha256()
    for path in sorted(path for path in files if path.is_file()):
        digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def wanted(references: Iterable[tuple[str, str]], codes: Sequence[str], options: Options, made_from: str) -> list[Wanted]:
    """Return the files to make: for each figure (a reference, and the day that it speaks of) one in each format.

    ``made_from`` is the :func:`edition`. Names come from the references, so they stay the same from day to day.
    """
    files, names = [], set()
    for reference, day in references:
        for code in codes:
            name = _slug(reference) + formats.suffix(code, options.size, options.style) + f".{formats.FORMATS[code].ending}"
            if name in names:  # two references that differ in signs alone
                name = f"{sha256(reference.encode()).hexdigest()[:8]}-{name}"
            names.add(name)
            files.append(Wanted(reference, code, name, _fingerprint(reference, day, code, options, made_from)))
    return files


def _slug(reference: str) -> str:
    name = re.sub(r"[^A-Za-z0-9._]+", "-", reference).strip("-.")
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 9]}-{sha256(reference.encode()).hexdigest()[:8]}"


def _fingerprint(reference: str, day: str, code: str, options: Options, made_from: str) -> str:
    kind = formats.FORMATS[code].kind
    if kind != formats.PICTURE:  # what has no size does not change with it
        options = replace(options, size="", style=options.style if kind == formats.SLIDE else "")
    if code != "png":
        options = replace(options, scale=0)
    told = json.dumps([reference, day, code, asdict(options), made_from, language.current()])
    return sha256(told.encode()).hexdigest()


def make(dataset: Dataset, folder: Path, files: Sequence[Wanted], options: Options) -> Outcome:
    """Make the files of one figure; what goes wrong with one of them is told, and does not stop the others."""
    made, failed = [], {}
    try:
        drawn = exhibit(dataset, files[0].reference, options.style, options.address)
    except Exception as error:
        return Outcome(failed=dict.fromkeys((one.file for one in files), _reason(error, files[0].reference)))
    for one in files:
        try:
            content = formats.export(drawn, one.format, options.size, options.scale)
            write_whole(folder / one.file, content)
            made.append(_told(drawn, one, content))
        except Exception as error:
            failed[one.file] = _reason(error, one.reference)
    return Outcome(tuple(made), failed)


def _reason(error: Exception, reference: str) -> str:
    from indicators.export.errors import ExportError

    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, ExportError):
        return str(error)
    # A fault of the code, which its name alone does not lead to.
    _LOG.error("a file of “%s” could not be made", reference, exc_info=error)
    return f"{type(error).__name__}: {error}"


def _told(drawn: Exhibit, one: Wanted, content: bytes) -> Made:
    return Made(
        file=one.file,
        fingerprint=one.fingerprint,
        checksum=sha256(content).hexdigest(),
        reference=one.reference,
        format=one.format,
        title=language._(drawn.figure.title),
        finding=drawn.chart.title,
        measure=drawn.chart.subtitle,
        alternative_text=drawn.chart.alt,
        data_version=drawn.dataset.version,
        as_of=drawn.scene.day.isoformat(),
        address=drawn.address,
    )


class Manifest:
    """The files of a folder that are known to be whole, and what they were made from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.made: dict[str, Made] = {}
        path = folder / MANIFEST
        for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
            try:
                one = Made(**json.loads(line))
            except (ValueError, TypeError):  # a line that was cut off, or of another edition
                continue
            self.made[one.file] = one

    def is_up_to_date(self, one: Wanted) -> bool:
        """Return whether a file is there, as it was made, from what it would be made from now."""
        known, path = self.made.get(one.file), self._folder / one.file
        if known is None or known.fingerprint != one.fingerprint or not path.is_file():
            return False
        return sha256(path.read_bytes()).hexdigest() == known.checksum

    def add(self, made: Sequence[Made]) -> None:
        """Note files that were made, at once and for good. Raises OSError."""
        with (self._folder / MANIFEST).open("a", encoding="utf-8") as lines:
            lines.write("".join(f"{_line(one)}\n" for one in made))
        self.made.update({one.file: one for one in made})

    def write_index(self) -> None:
        """Write the index of all files that are there, as JSON and as CSV, and the manifest without its older lines.

        Raises OSError.
        """
        self.made = {name: one for name, one in sorted(self.made.items()) if (self._folder / name).is_file()}
        write_whole(self._folder / MANIFEST, "".join(f"{_line(one)}\n" for one in self.made.values()).encode())
        rows = [{name: value for name, value in asdict(one).items() if name not in ("fingerprint", "checksum")} for one in self.made.values()]
        write_whole(self._folder / INDEX_JSON, (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode())
        write_whole(self._folder / INDEX_CSV, _csv(rows))


def _line(one: Made) -> str:
    return json.dumps(asdict(one), ensure_ascii=False)


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    columns = ("reference", "title", "file", "finding", "measure", "alternative_text", "data_version", "as_of", "address")
    return csv_text([columns, *([neutralised(row[column]) for column in columns] for row in rows)])
