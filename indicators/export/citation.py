"""How to cite a figure, the dataset and each source: as a plain text in the style of APA 7, as BibTeX and as RIS."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_skeleton

from indicators import language, periods
from indicators.dataset import Dataset
from indicators.export.reference_managers import bibtex, ris
from indicators.export.works import ARTICLE, DATASET, FIGURE, PAGE, Work, dataset_work, edition, figure_work, one_line, source_work
from indicators.language import _

if TYPE_CHECKING:
    from indicators.exhibits import Exhibit


def apa(work: Work) -> str:
    """Return a citation as a plain text in the style of APA 7, in the reader's language."""
    when = f"({_issued_text(work.issued if work.kind in (PAGE, ARTICLE) else work.issued[:4])})."  # of data the year is enough
    title = one_line(work.title) + (f" [{_('Figure')}]" if work.kind == FIGURE else "")
    if work.kind == DATASET:
        title += (" " + _("(Data version {version})").format(version=work.version) if work.version else "") + f" [{_('Data set')}]"
    parts = [f"{_stopped(one_line(work.author))} {when} {_stopped(title)}" if work.author else f"{_stopped(title)} {when}"]
    if work.kind == FIGURE:
        parts.append(_stopped(f"{work.container} ({edition(work)})"))
    elif work.container:
        parts.append(_stopped(one_line(work.container)))
    return " ".join([*parts, _whence(work)]).strip()


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


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


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
