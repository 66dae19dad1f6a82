"""How to cite a figure, the dataset and each source: as a plain text in the style of APA 7, as BibTeX and as RIS.

Organisations are the authors, for the dataset keeps no person's name. A view of the atlas changes when the data do, so its
citation says the data version, the day that it speaks of, when it was retrieved and from which address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import zip_longest
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_skeleton

from indicators import language, periods
from indicators.dataset import Dataset
from indicators.language import _
from indicators.licences import LICENCE, LICENCE_ADDRESS

if TYPE_CHECKING:
    from indicators.exhibits import Exhibit

AUTHOR = "The CAR-T Access Atlas contributors"
TITLE = "CAR-T Access Atlas"
UNVERSIONED = "unversioned"  # what a dataset without a change log calls its version

FIGURE, DATASET, PAGE, ARTICLE = "figure", "dataset", "page", "article"
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s?#]+")
_RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_ARTICLES = re.compile(r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov/\d|pmc\.ncbi\.nlm\.nih\.gov/articles/|(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/articles/)")
_SEEN_AT = re.compile(r" \((?:PubMed|abstract on|on |copy on)[^)]*\)$")  # where a journal's article was read is no part of its name


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited. ``issued`` and ``retrieved`` are ISO dates, as much as is known; ``key`` is unique and stays the same.

    ``author`` is an organisation ("" where only the journal is known); ``container`` what it is a part of (the atlas, a
    journal); ``version`` that of the data; ``address`` is "" or a whole one; ``path`` the view where no site is known;
    ``as_of`` the day that a figure speaks of.
    """

    kind: str
    key: str
    author: str
    title: str
    container: str = ""
    issued: str = ""
    version: str = ""
    as_of: str = ""
    retrieved: str = ""
    address: str = ""
    path: str = ""
    doi: str = ""
    licence: str = ""
    notes: tuple[str, ...] = field(default=())


def issued(version: str) -> str:
    """Return the day of a data version such as 2026.11.22.3 in ISO 8601; "" for a dataset without a version."""
    found = re.match(r"(\d{4})\.(\d{2})\.(\d{2})(?:\.|$)", version)
    return "-".join(found.groups()) if found else ""


def figure_work(exhibit: Exhibit, retrieved: date | None = None) -> Work:
    """Return the figure as a work to cite; without a day of retrieval it is today."""
    version = _known(exhibit.dataset.version)
    told = sha256(f"{exhibit.path} {version}".encode()).hexdigest()[:8]
    return Work(
        FIGURE,
        f"car-t-access-atlas-{exhibit.figure.id}-{told}",
        AUTHOR,
        exhibit.chart.title,
        TITLE,
        issued=issued(version),
        version=version,
        as_of=exhibit.scene.day.isoformat(),
        retrieved=(retrieved or date.today()).isoformat(),
        address=exhibit.address if exhibit.site else "",
        path=exhibit.path,
        licence=LICENCE,
        notes=(exhibit.chart.subtitle,),
    )


def dataset_work(version: str, site: str = "") -> Work:
    """Return the whole dataset of a version as a work to cite; a version never changes, so no day of retrieval is needed."""
    day, known = issued(version), _known(version)
    return Work(DATASET, f"car-t-access-atlas-{version}", AUTHOR, TITLE, issued=day, version=known, address=site, licence=LICENCE)


def _known(version: str) -> str:
    return "" if version == UNVERSIONED else version


def source_work(dataset: Dataset, source_id: str) -> Work:
    """Return a source as a work to cite. Raises KeyError for a source that the dataset does not have.

    What has a DOI or stands in PubMed is a journal's article. One without a date is said to be retrieved when a fact of the
    atlas was last confirmed with it.
    """
    row = source_row(dataset, source_id)
    address, publisher, doi = row["url"], row["publisher"], doi_of(row["url"])
    if doi or _ARTICLES.match(address):
        where = f"https://doi.org/{doi}" if _RESOLVER.match(address) else address
        return Work(ARTICLE, source_id, "", row["title"], _SEEN_AT.sub("", publisher), row["published"], address=where, doi=doi)
    retrieved = "" if row["published"] else _last_confirmed(dataset).get(source_id, "")
    return Work(PAGE, source_id, publisher, row["title"], issued=row["published"], retrieved=retrieved, address=address)


def source_row(dataset: Dataset, source_id: str) -> dict[str, str]:
    """Return what the dataset's table of sources says of one, by column. Raises KeyError for a source that it does not have."""
    rows: dict[str, dict[str, str]] = dataset.whole.remember("source_rows", lambda: {row["source_id"]: row for row in dataset["sources"].to_dict("records")})
    return rows[source_id]


def doi_of(address: str) -> str:
    """Return the DOI in an address; "" where there is none."""
    found = _DOI.search(address)
    if not found:
        return ""
    if _RESOLVER.match(address):
        return found.group().rstrip("/")
    return "/".join(found.group().split("/")[:2])  # on a publisher's own pages more follows: /full, /tables/2


def _last_confirmed(dataset: Dataset) -> dict[str, str]:
    def gather() -> dict[str, str]:
        facts = dataset.facts[["source_ids", "checked"]].assign(source_id=lambda frame: frame["source_ids"].str.split(";")).explode("source_id")
        return dict(facts.groupby("source_id")["checked"].max())

    return dataset.remember("last_confirmed_by_source", gather)


# --- plain text --------------------------------------------------------------------------------------------------------


def apa(work: Work) -> str:
    """Return a citation as a plain text in the style of APA 7, in the reader's language."""
    when = f"({_issued_text(work.issued if work.kind in (PAGE, ARTICLE) else work.issued[:4])})."  # of data the year is enough
    title = _text(work.title) + (f" [{_('Figure')}]" if work.kind == FIGURE else "")
    if work.kind == DATASET:
        title += (" " + _("(Data version {version})").format(version=work.version) if work.version else "") + f" [{_('Data set')}]"
    parts = [f"{_stopped(_text(work.author))} {when} {_stopped(title)}" if work.author else f"{_stopped(title)} {when}"]
    if work.kind == FIGURE:
        parts.append(_stopped(f"{work.container} ({_edition(work)})"))
    elif work.container:
        parts.append(_stopped(_text(work.container)))
    return " ".join([*parts, _whence(work)]).strip()


def _edition(work: Work) -> str:
    """Return which data a figure shows, and of which day."""
    day = language.day(work.as_of)
    return _("Data version {version}, as of {day}").format(version=work.version, day=day) if work.version else _("as of {day}").format(day=day)


def _whence(work: Work) -> str:
    if work.retrieved and work.address:
        return _("Retrieved {day}, from {address}").format(day=_long_day(work.retrieved), address=work.address)
    if work.retrieved and work.path:  # where nobody knows the address, a path must not look like one
        return _("Retrieved {day}; view {path}").format(day=_long_day(work.retrieved), path=work.path)
    return work.address


def _issued_text(when: str) -> str:
    if not when:
        return _("n.d.")
    if len(when) == 4:
        return when
    locale = Locale.parse(language.current())
    first = periods.first_day(when)
    return f"{when[:4]}, " + (format_skeleton("MMMMd", first, locale=locale) if len(when) == 10 else format_date(first, "LLLL", locale=locale))


def _long_day(when: str) -> str:
    locale = Locale.parse(language.current())
    if len(when) == 10:
        return format_date(periods.first_day(when), "long", locale=locale)
    return format_skeleton("yMMMM" if len(when) == 7 else "y", periods.first_day(when), locale=locale)


def _text(text: str) -> str:
    """Return a text in one line, without signs that nobody sees."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


# --- BibTeX ------------------------------------------------------------------------------------------------------------

_BIBTEX_TYPES = {FIGURE: "online", DATASET: "dataset", PAGE: "online", ARTICLE: "article"}
# A brace behind a backslash still counts for BibTeX, so a brace is named and never written.
_LATEX = {
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "&%$#_"},
}


def latex(text: str) -> str:
    """Return a text as BibTeX takes it: in one line, LaTeX's own letters escaped, accents as they are (UTF-8)."""
    return "".join(_LATEX.get(letter, letter) for letter in _text(text))


def _verbatim(address: str) -> str:
    """Return an address for a field that LaTeX reads letter by letter: only what would end the field is encoded."""
    return "".join(f"%{ord(letter):02X}" if letter in '{}\\ "<>' or not letter.isprintable() else letter for letter in address)


def bibtex(work: Work) -> str:
    """Return an entry for BibTeX and biblatex (which reads ``date``; BibTeX reads ``year``). Organisations stand in braces."""
    fields = {
        "author": f"{{{latex(work.author)}}}" if work.author else "",
        "title": f"{{{latex(work.title)}}}",  # in braces of its own: names keep their capitals
        "journal": latex(work.container) if work.kind == ARTICLE else "",
        "organization": latex(work.container) if work.kind == FIGURE else "",
        "date": work.issued,
        "year": work.issued[:4] or "n.d.",
        "version": latex(work.version),
        "doi": _verbatim(work.doi),
        "url": _verbatim(work.address),
        "urldate": work.retrieved,
        "note": latex(". ".join(_notes(work))),
    }
    told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{_BIBTEX_TYPES[work.kind]}{{{work.key},\n{told}}}\n"


def _notes(work: Work) -> list[str]:
    """Return what no field of BibTeX or RIS has a place for."""
    notes = [_text(note) for note in work.notes if note]
    if work.as_of:
        notes.append(_edition(work))
    if work.licence:
        notes.append(f"{work.licence} ({LICENCE_ADDRESS})")
    if work.path and not work.address:
        notes.append(_("View: {path}").format(path=work.path))
    return notes


# --- RIS ---------------------------------------------------------------------------------------------------------------

# A figure is a page for reference managers: of a "FIGURE" they keep neither the site nor the day of retrieval.
_RIS_TYPES = {FIGURE: "ELEC", DATASET: "DATA", PAGE: "ELEC", ARTICLE: "JOUR"}


def ris(work: Work) -> str:
    """Return a record in the RIS format, its lines ended by CR and LF. What has no date has no line for one."""
    lines: list[tuple[str, str]] = [
        ("TY", _RIS_TYPES[work.kind]),
        ("ID", work.key),
        ("AU", _one_name(work.author)),
        ("TI", work.title),
        ("JO" if work.kind == ARTICLE else "T2", work.container),
        ("PY", work.issued[:4]),
        ("DA", _slashed(work.issued)),
        ("ET", work.version),
        ("M3", _("Figure") if work.kind == FIGURE else ""),
        ("PB", work.author if work.kind == PAGE else ""),
        ("DO", work.doi),
        ("UR", work.address),
        ("Y2", _slashed(work.retrieved)),
        *(("N1", note) for note in _notes(work)),
    ]
    return "".join(f"{tag}  - {_text(value)}\r\n" for tag, value in lines if _text(value)) + "ER  - \r\n"


def _one_name(name: str) -> str:
    """Return an organisation's name without commas, at which reference managers part a family name from first names."""
    return name.replace(", ", " – ").replace(",", " ")


def _slashed(when: str) -> str:
    """Return a date as RIS writes it, year/month/day/ with what is not known left empty."""
    return "/".join(part for part, _place in zip_longest(when.split("-"), range(3), fillvalue="")) + "/" if when else ""


# --- what people ask for -----------------------------------------------------------------------------------------------


def apa_figure(exhibit: Exhibit, retrieved: date | None = None) -> str:
    """Return how to cite a figure, as a plain text."""
    return apa(figure_work(exhibit, retrieved))


def apa_dataset(version: str, site: str = "") -> str:
    """Return how to cite the dataset, as a plain text; ``site`` is where the atlas is published, if that is known."""
    return apa(dataset_work(version, site))


def apa_source(dataset: Dataset, source_id: str) -> str:
    """Return how to cite a source, as a plain text. Raises KeyError for an unknown source."""
    return apa(source_work(dataset, source_id))


def works(exhibit: Exhibit, retrieved: date | None = None) -> list[Work]:
    """Return what there is to cite about a figure: itself, the dataset, and each source, those that carry the most first."""
    sources = [source_work(exhibit.dataset, source_id) for source_id in exhibit.source_ids]
    return [figure_work(exhibit, retrieved), dataset_work(exhibit.dataset.version, exhibit.site), *sources]


def apa_file(exhibit: Exhibit, retrieved: date | None = None) -> str:
    """Return how to cite a figure, the dataset and each source (in the order of the alphabet), as one text with headings."""
    figure, dataset, *sources = (apa(work) for work in works(exhibit, retrieved))
    listed = sorted(sources, key=str.casefold)
    blocks: Sequence[tuple[str, list[str]]] = [(_("This figure"), [figure]), (_("The dataset"), [dataset]), (_("Sources"), listed)]
    return "\n\n".join("\n".join([f"{heading}:", "", *texts]) for heading, texts in blocks if texts) + "\n"


def bibtex_file(exhibit: Exhibit, retrieved: date | None = None) -> str:
    """Return a file for BibTeX with the figure, the dataset and each source."""
    return "\n".join(bibtex(work) for work in works(exhibit, retrieved))


def ris_file(exhibit: Exhibit, retrieved: date | None = None) -> str:
    """Return a file in the RIS format with the figure, the dataset and each source."""
    return "\r\n".join(ris(work) for work in works(exhibit, retrieved))
