"""What can be cited: a figure, the dataset, each source; as works, which :mod:`indicators.export.citation` writes.

Organisations are the authors, for the dataset keeps no person's name. A view of the atlas changes when the data do, so it
says the data version, the day that it speaks of, when it was retrieved and from which address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from indicators import language
from indicators.dataset import Dataset
from indicators.language import _
from indicators.licences import LICENCE

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


def edition(work: Work) -> str:
    """Return which data a figure shows, and of which day."""
    day = language.day(work.as_of)
    return _("Data version {version}, as of {day}").format(version=work.version, day=day) if work.version else _("as of {day}").format(day=day)


def one_line(text: str) -> str:
    """Return a text in one line, without signs that nobody sees."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
